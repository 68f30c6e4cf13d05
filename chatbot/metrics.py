"""What Prometheus can read of the app: one object, handed to whoever counts."""

from collections.abc import Generator
from contextlib import contextmanager
from itertools import product
from time import perf_counter
from typing import get_args

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, Info
from prometheus_client.gc_collector import GCCollector
from prometheus_client.process_collector import ProcessCollector

from chatbot.errors import AwayReason, TooManyTurns
from chatbot.events import Ending
from memory.errors import LimitReached, StoreAway, StoreError, TooManyConversations
from retrieval.understanding import Sought, Told

STAGES = ("understand", "search", "answer", "memory")
INTENTS: tuple[str, ...] = (*get_args(Told), *get_args(Sought), "unknown")
_AWAY: tuple[str, ...] = get_args(AwayReason)
_STAGE_BUCKETS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 1.5, 2.5, 5, 10, 20, 30, 60)
_FIRST_BUCKETS = (0.1, 0.2, 0.3, 0.5, 0.75, 1, 1.5, 2, 3, 4, 6, 8, 12)
# Those that a label of known values has before its first event, so that a rate sees that event.
_KNOWN: dict[str, tuple[tuple[str, ...], ...]] = {
    "turns": (INTENTS, get_args(Ending)),
    "stage_seconds": (STAGES,),
    "first_card_seconds": (("with", "without"),),
    "model_requests": (
        ("answered", "refused", "cancelled", *(each for each in _AWAY if each != "resting")),
    ),
    "tokens": (("input", "output"),),
    "fallbacks": (("refused", *_AWAY),),
    "store_errors": (("away", "refused"),),
    "rejections": (("owner_messages", "address_messages", "turns", "conversations"),),
    "thumbs": (("up", "down"),),
}


class Metrics:
    """The metrics of one process; labels come from sets that are known in advance."""

    def __init__(self, registry: CollectorRegistry, *, version: str = "unreleased") -> None:
        self.registry = registry
        self._of_turns()
        self._of_the_model()
        self._of_the_service(version)
        for name, sets in _KNOWN.items():
            metric: Counter | Histogram = getattr(self, name)
            for values in product(*sets):
                metric.labels(*values)

    def _of_turns(self) -> None:
        self.turns = self._counter(
            "turns", "Turns that ended, by what was wanted and how they ended.", "intent", "outcome"
        )
        self.stage_seconds = self._histogram(
            "stage", "How long a stage of a turn took.", _STAGE_BUCKETS, "stage"
        )
        self.first_card_seconds = self._histogram(
            "first_card",
            "From a turn's start to its first card, with a model set up and without.",
            _FIRST_BUCKETS,
            "model",
        )
        self.rejected_picks = self._counter("rejected_picks", "Titles that somebody turned down.")
        self.thumbs = self._counter("thumbs", "Answers that somebody rated.", "thumb")

    def _of_the_model(self) -> None:
        self.first_token_seconds = self._histogram(
            "first_token",
            "From asking the model to the first piece of its answer.",
            _FIRST_BUCKETS,
        )
        self.model_requests = self._counter(
            "model_requests", "Requests to the model, by how they ended.", "outcome"
        )
        self.tokens = self._counter(
            "tokens", "Tokens the model says it has read (input) and written (output).", "kind"
        )
        self.fallbacks = self._counter(
            "fallbacks", "Turns that the composer took over from the model, by reason.", "reason"
        )

    def _of_the_service(self, version: str) -> None:
        self.store_errors = self._counter(
            "store_errors", "Calls to Redis that failed a turn or a person, by why.", "kind"
        )
        self.store_up = self._gauge("store_up", "1 while Redis answers, else 0.")
        self.store_used = self._gauge("store_used_bytes", "The memory that Redis uses.")
        self.store_limit = self._gauge("store_limit_bytes", "Its maxmemory; 0 if it has none.")
        self.rejections = self._counter(
            "rejections", "What was not done because somebody asked for too much.", "limit"
        )
        self.live_turns = self._gauge("live_turns", "Turns that are being answered.")
        self.most_live_turns = self._gauge("live_turns_limit", "TURNS_AT_ONCE.")
        self.index_titles = self._gauge("index_titles", "Titles in the index.")
        self.index_built = self._gauge(
            "index_built_timestamp_seconds", "When the index was built; 0 if it does not say."
        )
        Info("osusume_build", "What runs.", registry=self.registry).info({"version": version})
        ProcessCollector(registry=self.registry)
        GCCollector(registry=self.registry)

    @contextmanager
    def stage(self, name: str) -> Generator[None]:
        """Observe how long the block takes, unless it fails."""
        begun = perf_counter()
        yield
        self.stage_seconds.labels(name).observe(perf_counter() - begun)

    def failed(self, error: BaseException) -> None:
        """Count an error that reached a turn or a person, if Redis or a limit is its cause."""
        match error:
            case LimitReached():
                self.rejections.labels(error.kind).inc()
            case TooManyTurns():
                self.rejections.labels("turns").inc()
            case TooManyConversations():
                self.rejections.labels("conversations").inc()
            case StoreAway():
                self.store_errors.labels("away").inc()
            case StoreError() if type(error) is StoreError:  # the others are answers
                self.store_errors.labels("refused").inc()
            case _:
                pass

    def _counter(self, name: str, words: str, *labels: str) -> Counter:
        return Counter(f"osusume_{name}_total", words, labels, registry=self.registry)

    def _gauge(self, name: str, words: str) -> Gauge:
        return Gauge(f"osusume_{name}", words, registry=self.registry)

    def _histogram(
        self, name: str, words: str, buckets: tuple[float, ...], *labels: str
    ) -> Histogram:
        return Histogram(
            f"osusume_{name}_seconds", words, labels, buckets=buckets, registry=self.registry
        )
