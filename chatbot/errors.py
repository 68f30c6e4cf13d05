"""What the app itself can get wrong, and the sentence people get for any error.

BadSettings      one or more settings cannot be used
BadMessage       a message cannot be used; the text says why, to its writer
BadFile          a file cannot be used; the text says why, to whoever chose it
TooManyTurns     this process answers as many messages as it can
ModelError
├── ModelAway    the model did not answer; it may do so soon
└── ModelRefused the key, the model's name or the request is not accepted: the operator's affair
"""

from datetime import timedelta
from typing import Literal

from data.errors import CatalogueError
from memory import errors as memory
from retrieval import errors as retrieval

AwayReason = Literal[
    "rate_limited",
    "time_out",
    "refused_connection",
    "unavailable",
    "broken_off",  # the stream ended before the answer did
    "malformed",
    "empty",
    "cut_short",  # the model stopped by itself before the end, for length as a rule
    "resting",  # not asked, because it failed lately
]
Refused = Literal["key", "model", "request"]


class BadSettings(Exception):
    """One or more settings cannot be used; the message has one line for each."""


class BadMessage(Exception):
    """A message cannot be used; the text is the sentence for who wrote it."""


class BadFile(Exception):
    """A file cannot be used; the text is the sentence for whoever chose it."""


class TooManyTurns(Exception):
    """As many messages are being answered as can be; one of them will soon be done."""


class ModelError(Exception):
    """The model wrote no answer, or not all of it."""


class ModelAway(ModelError):
    """The model did not answer; it may do so soon."""

    def __init__(
        self, reason: AwayReason, detail: str = "", *, retry_after: timedelta | None = None
    ) -> None:
        super().__init__(detail or reason)
        self.reason: AwayReason = reason
        self.retry_after = retry_after


class ModelRefused(ModelError):
    """Asking again does not help before an operator has mended what is refused."""

    def __init__(self, refused: Refused, detail: str = "") -> None:
        super().__init__(detail or refused)
        self.refused: Refused = refused


_UNUSABLE_SEARCH = (
    "The search is not set up correctly. `python -m chatbot doctor` says what to mend."
)
_SENTENCES: dict[type[BaseException], str] = {
    BadMessage: "{error}",
    BadFile: "{error}",
    BadSettings: "Osusume is not set up correctly:\n{error}",
    TooManyTurns: "Very many people are asking right now. Try again in a few seconds.",
    ModelAway: "The language model cannot be reached right now. Try again in a moment.",
    ModelRefused: "The language model does not accept our settings. "
    "`python -m chatbot doctor` says what to mend.",
    ModelError: "The language model could not answer. Try again in a moment.",
    CatalogueError: "{error}",
    memory.StoreAway: "Chats cannot be reached right now. Try again in a moment.",
    memory.StoreTaken: "Osusume is already running with this folder. Close the other one, or set "
    "STATE_DIR to another folder.",
    memory.ConversationGone: "This chat is no longer here. Begin a new one.",
    memory.TurnRunning: "The last message is still being answered. Wait for it, or stop it.",
    memory.TooManyConversations: "{error}",
    memory.ShareGone: "This link no longer works. Ask whoever sent it for a new one.",
    memory.ShareTooNew: "This link was made by a newer Osusume. Reload the page in a few minutes.",
    memory.ShareRefused: "{error}",
    memory.LimitReached: "{error}",
    memory.CodeGone: "This code does not work. Show a new one in the other browser, and type it "
    "here within five minutes.",
    memory.LeaseLost: "This answer was interrupted. Try again.",
    memory.StoreError: "Chats cannot be read or saved now, until we mend it. Come back later.",
    retrieval.EmbeddingsAway: "Titles cannot be searched right now. Try again in a moment.",
    retrieval.IndexAway: "Titles cannot be searched right now. Try again in a moment.",
    retrieval.EmbeddingsUnusable: _UNUSABLE_SEARCH,
    retrieval.IndexUnusable: _UNUSABLE_SEARCH,
    retrieval.RetrievalError: "The search did not work. Try again, in other words perhaps.",
    Exception: "Something went wrong on our side. Try again in a moment.",
}


def explain(error: Exception) -> str:
    """Return the sentence for people, by the nearest class that has one."""
    nearest = next(kind for kind in type(error).__mro__ if kind in _SENTENCES)
    return _SENTENCES[nearest].format(error=error)


def told(error: Exception) -> str:
    """Return what whoever runs the app is told: exactly what is wrong, where that is known."""
    exact = isinstance(error, CatalogueError | memory.StoreError | retrieval.RetrievalError)
    return (str(error) if exact else "") or explain(error)


def is_known(error: Exception) -> bool:
    """Whether the error is one of ours, foreseen and with a sentence of its own."""
    return any(kind in _SENTENCES for kind in type(error).__mro__ if kind is not Exception)
