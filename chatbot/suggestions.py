"""What could be said next: wishes that go on from what is asked for."""

from functools import lru_cache
from itertools import islice

from retrieval import RequestState, Rules

_MOST = 3
# Those that stand nearer to one another are of different kinds.
_WISHES = (
    "only movies",
    "shorter",
    "hidden gems",
    "older ones",
    "finished ones only",
    "only series",
    "newer ones",
    "well known ones",
)


@lru_cache(maxsize=256)
def suggestions(rules: Rules, state: RequestState) -> tuple[str, ...]:
    """Up to three messages, each a wish that can be had with all those in force."""
    if not state.picks:
        return ()
    begin = state.turn % len(_WISHES)
    wishes = (*_WISHES[begin:], *_WISHES[:begin])
    return tuple(islice((each for each in wishes if _adds(rules, each, state)), _MOST))


def _adds(rules: Rules, text: str, state: RequestState) -> bool:
    """Whether the message is surely understood as one wish more."""
    understood = rules.understand(text, state)
    known, wished = set(state.constraints), set(understood.state.constraints)
    return understood.sure and understood.searches and known < wished
