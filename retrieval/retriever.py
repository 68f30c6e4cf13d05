"""Osusume's search as a retriever for any LangChain chain.

It has a module of its own, outside of `retrieval`'s public names, because LangChain's runnables
take a second to import and the chat does without them.
"""

from collections.abc import Sequence
from typing import Any, TypedDict

from langchain_core.documents import Document
from langchain_core.messages import AIMessage, BaseMessage, HumanMessage
from langchain_core.runnables import Runnable, RunnableConfig
from pydantic import TypeAdapter, ValidationError

from retrieval.candidates import Candidate
from retrieval.rules import Rules
from retrieval.search import Search
from retrieval.state import RequestState
from retrieval.understanding import Understanding

_PICKS = TypeAdapter(tuple[int, ...])


class Asked(TypedDict):
    """A message and what was said before it, as LangChain's history-aware retrievers take them.

    An answer tells its picks, by `mal_id`, in `additional_kwargs["picks"]`.
    """

    input: str
    chat_history: Sequence[BaseMessage]


class HistoryAwareRetriever(Runnable[str | Asked, list[Document]]):
    """Takes a message, with the chat before it or alone, and gives the titles that answer it."""

    def __init__(self, rules: Rules, search: Search) -> None:
        self._rules = rules
        self._search = search

    def invoke(
        self,
        input: str | Asked,  # noqa: A002  # the name that LangChain calls it by
        config: RunnableConfig | None = None,
        **_: Any,
    ) -> list[Document]:
        """The titles, best first; none where the message asks for none."""
        return self._call_with_config(self._found, input, config, run_type="retriever")

    def _found(self, asked: str | Asked) -> list[Document]:
        text = asked if isinstance(asked, str) else asked["input"]
        history = () if isinstance(asked, str) else asked.get("chat_history", ())
        understanding = self._rules.understand(text, self._recalled(history))
        if not understanding.searches:
            return []
        found = self._search.find(understanding, understanding.count)
        return [_document(each, understanding) for each in found.candidates]

    def _recalled(self, history: Sequence[BaseMessage]) -> RequestState:
        """The request state after these messages."""
        state = RequestState()
        for message in history:
            if isinstance(message, HumanMessage):
                state = self._rules.understand(str(message.text), state).state
            elif isinstance(message, AIMessage) and (picks := _picks(message)):
                state = state.showing(picks)
        return state


def _picks(message: AIMessage) -> tuple[int, ...]:
    try:
        return _PICKS.validate_python(message.additional_kwargs.get("picks", ()))
    except ValidationError:
        return ()


def _document(candidate: Candidate, understanding: Understanding) -> Document:
    title = candidate.title
    return Document(
        id=str(title.mal_id),
        page_content=title.document,
        metadata={
            "mal_id": title.mal_id,
            "title": title.shown,
            "fit": candidate.fit,
            "reason": candidate.reason,
            "query": understanding.query,
        },
    )
