"""What Prometheus can read of the app: one object, handed to whoever counts."""

from typing import get_args

from prometheus_client import CollectorRegistry, Counter, Histogram

from chatbot.errors import AwayReason

STAGES = ("understand", "search", "answer", "memory")
_AWAY: tuple[str, ...] = get_args(AwayReason)
_STAGE_BUCKETS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 1.5, 2.5, 5, 10, 20, 30, 60)
_FIRST_TOKEN_BUCKETS = (0.1, 0.2, 0.3, 0.5, 0.75, 1, 1.5, 2, 3, 4, 6, 8, 12)


class Metrics:
    """The metrics of one process; labels come from sets that are known in advance."""

    def __init__(self, registry: CollectorRegistry) -> None:
        self.registry = registry
        self.turns = self._counter(
            "turns", "Turns that ended, by what was wanted and how they ended.", "intent", "outcome"
        )
        self.stage_seconds = Histogram(
            "osusume_stage_seconds",
            "How long a stage of a turn took.",
            ["stage"],
            buckets=_STAGE_BUCKETS,
            registry=registry,
        )
        self.first_token_seconds = Histogram(
            "osusume_first_token_seconds",
            "From asking the model to the first piece of its answer.",
            buckets=_FIRST_TOKEN_BUCKETS,
            registry=registry,
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
        self.store_errors = self._counter(
            "store_errors", "Turns that failed because chats could not be read or written."
        )
        self.thumbs = self._counter("thumbs", "Answers that people rated.", "thumb")
        self._begin_at_zero()

    def _begin_at_zero(self) -> None:
        """Show known labels before their first event, so that a rate sees that event."""
        for stage in STAGES:
            self.stage_seconds.labels(stage)
        for outcome in ("answered", "refused", "cancelled", *_AWAY):
            if outcome != "resting":
                self.model_requests.labels(outcome)
        for kind in ("input", "output"):
            self.tokens.labels(kind)
        for reason in ("refused", *_AWAY):
            self.fallbacks.labels(reason)
        for thumb in ("up", "down"):
            self.thumbs.labels(thumb)

    def _counter(self, name: str, words: str, *labels: str) -> Counter:
        return Counter(f"osusume_{name}_total", words, labels, registry=self.registry)
