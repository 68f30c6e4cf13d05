"""Whether everything that the app needs is there: what /readyz and `doctor` tell."""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta

from langchain_core.messages import HumanMessage
from prometheus_client import CollectorRegistry

from chatbot.errors import ModelError, explain
from chatbot.metrics import Metrics
from chatbot.settings import Settings
from chatbot.wiring import App, Library
from data.errors import CatalogueError
from memory import connected, embedded
from memory.errors import StoreError, StoreTaken
from retrieval.errors import RetrievalError

_PATIENCE = timedelta(seconds=3)


@dataclass(frozen=True, slots=True)
class Check:
    """One thing that was looked at; `problem` is empty when it is well."""

    name: str
    found: str
    problem: str = ""


async def ready(app: App) -> list[str]:
    """What keeps the app from answering, in sentences; nothing when it is ready."""
    try:
        async with asyncio.timeout(_PATIENCE.total_seconds()):
            await app.store.conversations.ping()
    except (StoreError, TimeoutError) as error:
        return [explain(error)]
    return []


async def examined(settings: Settings) -> list[Check]:
    """Look at everything that the settings name."""
    checks = await asyncio.to_thread(_library, settings)
    checks.append(await _store(settings))
    checks.append(await _model(settings))
    return checks


def _library(settings: Settings) -> list[Check]:
    try:
        library = Library.of(settings)
    except (CatalogueError, RetrievalError) as error:
        return [Check("Catalogue", "", str(error))]
    return [
        Check("Catalogue", f"{len(library.catalogue):,} titles in {settings.catalogue}"),
        _checked("Embeddings", lambda: _embeddings(library)),
        _checked("Index", lambda: _index(library)),
    ]


def _checked(name: str, look: Callable[[], str]) -> Check:
    try:
        return Check(name, look())
    except RetrievalError as error:
        return Check(name, "", str(error))


def _embeddings(library: Library) -> str:
    dimensions = len(library.embedder.model.embed_query("a quiet story"))
    return f"{library.embedder.name}, {dimensions} dimensions"


def _index(library: Library) -> str:
    if not library.is_built():
        return "not built yet; the first start builds it"
    return f"{len(library.ready()):,} titles indexed"


async def _store(settings: Settings) -> Check:
    place = "REDIS_URL" if settings.redis_url else "embedded"
    try:
        if settings.redis_url:
            await _reached(settings.redis_url)
        else:
            async with embedded(settings.state_dir / "redis") as url:
                await _reached(url)
    except StoreTaken:
        return Check("Redis", f"{place}, in use by an Osusume that runs")
    except StoreError as error:
        return Check("Redis", place, str(error))
    return Check("Redis", f"{place}, answers")


async def _reached(url: str) -> None:
    async with connected(url):
        pass


async def _model(settings: Settings) -> Check:
    if not settings.groq_api_key:
        return Check("Groq", "no GROQ_API_KEY, so the composer answers")
    from chatbot.model import Model  # noqa: PLC0415  # two seconds, only with a key

    model = Model(settings, Metrics(CollectorRegistry()))
    try:
        async for _ in model.write([HumanMessage("Answer with the one word: yes")]):
            break
    except ModelError as error:
        return Check("Groq", "", f"{explain(error)} ({error})")
    finally:
        await model.close()
    return Check("Groq", f"{settings.groq_model} answers")
