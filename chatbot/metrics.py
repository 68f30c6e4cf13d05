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
        self.turns = Counter(
            "osusume_turns_total",
            "Turns that ended, by what was wanted and how they ended.",
            ["intent", "outcome"],
            registry=registry,
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
        self.model_requests = Counter(
            "osusume_model_requests_total",
            "Requests to the model, by how they ended.",
            ["outcome"],
            registry=registry,
        )
        self.tokens = Counter(
            "osusume_tokens_total",
            "Tokens the model says it has read (input) and written (output).",
            ["kind"],
            registry=registry,
        )
        self.fallbacks = Counter(
            "osusume_fallbacks_total",
            "Turns that the composer took over from the model, by reason.",
            ["reason"],
            registry=registry,
        )
        self.store_errors = Counter(
            "osusume_store_errors_total",
            "Reads and writes of chats that failed.",
            registry=registry,
        )
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
