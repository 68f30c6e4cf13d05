"""Seconds to the first piece of an answer: the textbook LangChain chain beside ours, in one run.

Both ask the same stand-in for Groq, which waits before each word as a model does, and both use
the same embedding model and catalogue. Run: make bench
"""

import asyncio
import os
import statistics
from datetime import timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter

from langchain_chroma import Chroma
from langchain_classic.chains import create_history_aware_retriever, create_retrieval_chain
from langchain_classic.chains.combine_documents import (
    create_stuff_documents_chain,  # pyright: ignore[reportUnknownVariableType]  # half typed
)
from langchain_core.documents import Document
from langchain_core.messages import AIMessage, BaseMessage, HumanMessage
from langchain_core.prompts import ChatPromptTemplate, MessagesPlaceholder
from langchain_groq import ChatGroq
from pydantic import SecretStr

from chatbot import logs
from chatbot.events import Piece
from chatbot.settings import Settings
from chatbot.wiring import App, wired
from data import Catalogue
from memory import new_id
from retrieval import embedder
from tests.wire import FakeGroq

_ROUNDS = 10
# Between the words of a reply, the first included: the stand-in is as quick as a fast model.
_WORD = timedelta(milliseconds=20)
_MESSAGES = ("dark psychological thrillers", "only movies", "more like the second one")
_ANSWER = "Here:\n[1] One: it fits.\n[2] Two: it fits.\n[3] Three: it fits."


class Textbook:
    """create_history_aware_retriever and create_retrieval_chain, as LangChain's tutorial has it."""

    def __init__(self, groq: FakeGroq) -> None:
        model = ChatGroq(
            model="openai/gpt-oss-120b",
            api_key=SecretStr("key"),
            base_url=groq.base,
            reasoning_effort="low",
        )
        store = Chroma(embedding_function=embedder("onnx").model)
        store.add_documents([Document(title.document) for title in Catalogue.read()])
        rewrite = _prompt("Rewrite the last message so that it stands alone.")
        answer = _prompt("Answer from this:\n{context}")
        self._chain = create_retrieval_chain(
            create_history_aware_retriever(model, store.as_retriever(), rewrite),
            create_stuff_documents_chain(model, answer),
        )

    async def converse(self) -> list[float]:
        """Seconds to the first piece of each answer."""
        history: list[BaseMessage] = []
        seconds: list[float] = []
        for message in _MESSAGES:
            begun, first = perf_counter(), 0.0
            async for chunk in self._chain.astream({"input": message, "chat_history": history}):
                if chunk.get("answer"):
                    first = first or perf_counter() - begun
            seconds.append(first)
            history += [HumanMessage(message), AIMessage(_ANSWER)]
        return seconds


def _prompt(system: str) -> ChatPromptTemplate:
    history = MessagesPlaceholder("chat_history")
    return ChatPromptTemplate([("system", system), history, ("human", "{input}")])


async def converse(app: App) -> list[float]:
    """Seconds to the first piece of each answer, Redis and all."""
    conversation, owner = new_id(), new_id()
    seconds: list[float] = []
    for message in _MESSAGES:
        begun, first = perf_counter(), 0.0
        turn = await app.turns.start(conversation, message, owner=owner)
        async for event in app.turns.follow(conversation, turn):
            if isinstance(event, Piece):
                first = first or perf_counter() - begun
        seconds.append(first)
    return seconds


async def measure(groq: FakeGroq, folder: Path) -> None:
    """Print a row for each message: the medians, and how many times as fast ours is."""
    place = {"STATE_DIR": str(folder), "INDEX_DIR": os.environ.get("INDEX_DIR", f"{folder}/index")}
    key = {"GROQ_API_KEY": "key", "GROQ_API_BASE": groq.base}
    textbook = Textbook(groq)
    theirs = [await textbook.converse() for _ in range(_ROUNDS)]
    async with wired(Settings.read(place | key)) as app:
        ours = [await converse(app) for _ in range(_ROUNDS)]
    async with wired(Settings.read(place)) as app:
        alone = [await converse(app) for _ in range(_ROUNDS)]
    print("| message | textbook | with Groq | ratio | without a key |")
    print("| --- | --- | --- | --- | --- |")
    for number, message in enumerate(_MESSAGES):
        a, b, c = (statistics.median(row[number] for row in rows) for rows in (theirs, ours, alone))
        print(f"| {message} | {a:.3f} s | {b:.3f} s | {a / b:.1f} | {c:.3f} s |")


def main() -> None:
    """Measure."""
    logs.configure(Settings(log_level="warning"))
    with FakeGroq() as groq, TemporaryDirectory() as folder:
        groq.answers(_ANSWER, pause=_WORD)
        asyncio.run(measure(groq, Path(folder)))


if __name__ == "__main__":
    main()
