"""What a message asks for, as data."""

from dataclasses import dataclass
from typing import Literal, get_args

from retrieval.constraints import Constraint
from retrieval.state import RequestState

Told = Literal[
    "accept",
    "fact",
    "content",
    "which",
    "where",
    "why",
    "compare",
    "order",
    "decline",
    "hello",
    "thanks",
    "off_topic",
]
Sought = Literal[
    "request",
    "more",
    "like",
    "unlike",
    "refine",
    "relax",
    "switch",
    "seen",
    "reject",
    "surprise",
    "identify",
]
Intent = Told | Sought
# Those that are answered from what is known, without a search.
TOLD: tuple[Told, ...] = get_args(Told)

PICKS = 5
MOST_PICKS = 10


@dataclass(frozen=True, slots=True, kw_only=True)
class Understanding:
    """A message read in the light of the turns before it.

    `query` can be searched by itself. `state` is the request state with the message heeded, its
    constraints and examples included. `about` are the titles that the message speaks of, by
    `mal_id`, and `points` the facts that it asks for (columns of the lexicon) or wishes that it
    asks whether they hold. `opened` are wishes that it let go of or widened, as they were.
    `sure` is whether the rules vouch for their reading.
    """

    intent: Intent
    query: str
    state: RequestState
    about: tuple[int, ...] = ()
    points: tuple[str, ...] = ()
    held: tuple[Constraint, ...] = ()
    """Wishes that a question is about: whether the titles satisfy them."""
    opened: tuple[Constraint, ...] = ()
    count: int = PICKS
    searches: bool = True
    sure: bool = True
    understood_by: Literal["rules", "model"] = "rules"
    before: RequestState | None = None
    refining: RequestState | None = None
    """Where the rules are not sure: the state as the message met it, and were it a refinement."""
