"""A clock for tests, in place of the monotonic one."""


class Clock:
    """Time that passes only when a test says so."""

    def __init__(self) -> None:
        self.now = 0.0

    def __call__(self) -> float:
        """Return the seconds since the test began."""
        return self.now
