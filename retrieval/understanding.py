"""What a message asks for, as data."""

from dataclasses import dataclass
from typing import Literal

from retrieval.state import RequestState

Intent = Literal["request", "more", "like", "refine", "relax", "thanks"]

PICKS = 5
MOST_PICKS = 10


@dataclass(frozen=True, slots=True, kw_only=True)
class Understanding:
    """A message read in the light of the turns before it.

    `query` can be searched by itself. `state` is the request state with the message heeded, its
    constraints and examples included. `referred` are the titles shown before that the message
    points at, by `mal_id`. `sure` is whether the rules vouch for their reading.
    """

    intent: Intent
    query: str
    state: RequestState
    referred: tuple[int, ...] = ()
    count: int = PICKS
    searches: bool = True
    sure: bool = True
    understood_by: Literal["rules", "model"] = "rules"
    refining: RequestState | None = None
    """Where a request of its own was read but not surely: the state, were it a refinement."""
