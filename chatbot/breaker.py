"""When not to ask a model that has failed: a circuit breaker, one for each model."""

from collections.abc import Callable
from datetime import timedelta
from typing import Literal

from chatbot.errors import ModelAway, ModelError, ModelRefused, Refused

Status = Literal["ready", "away", "refused"]

_FAILURES = 3
_REST = timedelta(seconds=30)
_REST_AFTER_REFUSAL = timedelta(minutes=5)


class Breaker:
    """Three failures in a row, or a refused key or model, and the model rests for a while.

    After the rest one request is let through; the others go on resting until it has an answer.
    """

    def __init__(self, clock: Callable[[], float]) -> None:
        """Take a clock that counts seconds and never goes back."""
        self._clock = clock
        self._failures = 0
        self._refused: Refused | None = None
        self._rests_until = 0.0

    @property
    def status(self) -> Status:
        """How the model does, as far as is known."""
        if self._refused:
            return "refused"
        return "away" if self._failures >= _FAILURES else "ready"

    def admit(self) -> None:
        """Return if the model may be asked, or raise what its last failures amount to."""
        if self.status == "ready":
            return
        if self._clock() >= self._rests_until:
            self._rest()
            return
        if self._refused:
            raise ModelRefused(self._refused, "not asked, because it refused lately")
        raise ModelAway("resting", "not asked, because it failed lately")

    def answered(self) -> None:
        """Close: whatever was wrong is over."""
        self._failures = 0
        self._refused = None

    def failed(self, error: ModelError) -> None:
        """Count the failure, and open if it was one too many."""
        if isinstance(error, ModelAway) and error.reason == "cut_short":
            self.answered()
            return
        self._failures += 1
        # A single request that is refused says nothing of the next one.
        refused = error.refused if isinstance(error, ModelRefused) else None
        self._refused = None if refused == "request" else refused
        if self.status != "ready":
            self._rest()

    def _rest(self) -> None:
        rest = _REST_AFTER_REFUSAL if self._refused else _REST
        self._rests_until = self._clock() + rest.total_seconds()
