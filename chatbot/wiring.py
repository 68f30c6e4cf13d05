"""Where everything is built and put together, from the top to the bottom, and closed in reverse."""

import asyncio
from collections.abc import AsyncGenerator, Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

from prometheus_client import CollectorRegistry

from chatbot.answers import Answers
from chatbot.composer import Composer
from chatbot.metrics import Metrics
from chatbot.parts import Parts
from chatbot.pulse import felt
from chatbot.settings import Settings
from chatbot.turns import Bounds, Turns
from data import Catalogue, Franchises
from memory import Store, connected, embedded
from retrieval import (
    Embedder,
    Index,
    Learned,
    Place,
    Rewriting,
    Rules,
    Search,
    build,
    embedder,
    index,
)

# What a turn may take besides its answer.
_SPARE = timedelta(seconds=10)

Progress = Callable[[int], None]


@dataclass(frozen=True, slots=True)
class App:
    """What the page and the command line use."""

    settings: Settings
    store: Store
    turns: Turns
    parts: Parts


@dataclass(frozen=True, slots=True)
class Library:
    """The catalogue, and the model and place of its index."""

    catalogue: Catalogue
    embedder: Embedder
    place: Place

    @classmethod
    def of(cls, settings: Settings) -> "Library":
        """Read the catalogue that the settings name, or raise CatalogueError."""
        return cls(
            Catalogue.read(settings.catalogue),
            embedder(settings.embeddings, settings.huggingfacehub_api_token),
            Place(settings.index_folder, settings.chroma_url),
        )

    def is_built(self) -> bool:
        """Whether the index is there."""
        return index.is_built(self.catalogue, self.embedder, self.place)

    def gaps(self) -> index.Gaps:
        """Where the index that is there differs from the catalogue."""
        return index.opened(self.catalogue, self.embedder, self.place).gaps(self.catalogue)

    def build(self, progress: Progress) -> None:
        """Build the index; `progress` is told how many titles more are done."""
        build(self.catalogue, self.embedder, self.place, progress)

    def ready(self) -> Index:
        """The index, built first if it is not there."""
        if not self.is_built():
            self.build(_unseen)
        return index.opened(self.catalogue, self.embedder, self.place)


@asynccontextmanager
async def wired(
    settings: Settings, *, state: Path | None = None, parts: Parts | None = None
) -> AsyncGenerator[App]:
    """The whole app in the running event loop.

    `state` is where the embedded Redis keeps it, `parts` what was made of the settings before.
    """
    async with AsyncExitStack() as stack:
        url = settings.redis_url
        if url is None:
            folder = (state or settings.state_dir) / "redis"
            url = await stack.enter_async_context(embedded(folder))
        redis = await stack.enter_async_context(connected(url))
        parts = await asyncio.to_thread(made, settings) if parts is None else parts
        if settings.groq_api_key:
            from chatbot.model import Model  # noqa: PLC0415  # two seconds, only with a key

            model = Model(settings, parts.metrics)
            stack.push_async_callback(model.close)
            parts = replace(parts, model=model)
        store = Store.on(redis, kept=settings.chat_days, chats=settings.chats_per_owner, secret=url)
        bounds = Bounds(
            longest=settings.answer_seconds + _SPARE,
            at_once=settings.turns_at_once,
            of_owner=settings.messages_per_minute,
            of_address=settings.address_messages_per_minute,
        )
        await stack.enter_async_context(felt(store.space, parts.metrics))
        turns = Turns(store, parts, now=now, bounds=bounds)
        stack.push_async_callback(turns.close)
        yield App(settings, store, turns, parts)


def made(settings: Settings, library: Library | None = None) -> Parts:
    """Everything that an answer is made with, but for the model."""
    library = library or Library.of(settings)
    with ThreadPoolExecutor(max_workers=1) as beside:
        # Reading the model's file leaves the interpreter free for the rest.
        loading = beside.submit(library.embedder.load)
        rules, franchises = Rules(library.catalogue), Franchises.read()
        learned, titles = Learned.beside(settings.catalogue), library.ready()
        search = Search(library.catalogue, franchises, learned, library.embedder, titles)
        loading.result()
    metrics = Metrics(CollectorRegistry(), version=settings.version)
    metrics.index_titles.set(len(titles))
    metrics.index_built.set(titles.built)
    return Parts(
        catalogue=library.catalogue,
        rules=rules,
        rewriting=Rewriting(library.catalogue, rules.names),
        search=search,
        composer=Composer(Answers(library.catalogue, franchises)),
        metrics=metrics,
        model=None,
        history_tokens=settings.history_tokens,
    )


def _unseen(_: int) -> None:
    """Build without telling anybody."""


def now() -> datetime:
    """The time, as everything that is kept has it."""
    return datetime.now(UTC)
