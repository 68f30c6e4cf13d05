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
    library = await asyncio.to_thread(_checked, "Catalogue", lambda: _catalogue(settings))
    checks = [library]
    if not library.problem:
        checks.append(
            await asyncio.to_thread(_checked, "Embeddings", lambda: _embeddings(settings))
        )
        checks.append(await asyncio.to_thread(_checked, "Index", lambda: _index(settings)))
    checks.append(await _store(settings))
    checks.append(await _model(settings))
    return checks


def _checked(name: str, look: Callable[[], str]) -> Check:
    try:
        return Check(name, look())
    except (CatalogueError, RetrievalError) as error:
        return Check(name, "", str(error))


def _catalogue(settings: Settings) -> str:
    return f"{len(Library.of(settings).catalogue):,} titles in {settings.catalogue}"


def _embeddings(settings: Settings) -> str:
    embedder = Library.of(settings).embedder
    return f"{embedder.name}, {len(embedder.model.embed_query('a quiet story'))} dimensions"


def _index(settings: Settings) -> str:
    library = Library.of(settings)
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
