"""What a message does to the request state, once it is known what it is for."""

from dataclasses import replace

from retrieval.case import FEW, Case, unique
from retrieval.constraints import Column, Constraint
from retrieval.lexicon import Lexicon, tones
from retrieval.state import RequestState
from retrieval.topic import topic
from retrieval.understanding import Intent

# What a new subject lets go of: what the last one was about, and for a switch the rest of it.
_SUBJECT: tuple[Column, ...] = ("tag",)
_EVERYTHING: tuple[Column, ...] = ("tag", "year", "popularity", "studio", "source", "score")
_ALL: tuple[Column, ...] = (*_EVERYTHING, "type", "episodes", "minutes")
_ANEW: dict[Intent, tuple[Column, ...]] = {
    "request": _SUBJECT,
    "identify": _ALL,
    "switch": _EVERYTHING,
}
# What is let go of goes before what takes its place.
_ORDER = ("drop", "welcome", "avoid", "want")
# Messages whose words say what is searched for.
_SUBJECTS = ("request", "like", "unlike", "refine", "relax", "switch", "identify", "seen", "reject")


def heeded(case: Case, intent: Intent, lexicon: Lexicon) -> RequestState:
    """The state with all that the message asks for, read as this intent."""
    state = case.state
    if intent == "relax" and state.offered and not case.changes:
        state = state.without(state.offered)
    if state.searched == "identify" and intent not in ("identify", "more"):
        # The plot of a title that was looked for is not what the next ones are about.
        state = replace(state, topic="", leanings=())
    if case.follows and (intent in _ANEW or _names_its_own(case, intent)):
        gone = _ALL if case.says("reset") else _ANEW.get(intent, _SUBJECT)
        state = _begun_anew(state, gone)
    for change in sorted(case.changes, key=lambda each: _ORDER.index(each.stance)):
        # "Tv is fine" answers the question whether it should be.
        answers = state.asked and change.stance == "welcome"
        state = state.changed(replace(change, stance="want") if answers else change)
    state = _with_titles(case, intent, state)
    dropped = {each.phrase.value for each in case.reading.said("tone") if each.stance == "drop"}
    kept = tuple(tone for tone in state.tones if tone not in dropped)
    state = replace(
        state,
        tones=case.tones or kept,
        leanings=unique((*state.leanings, *case.leanings)),
        intent=intent,
        searched=intent,
        points=(),
        offered=None,
    )
    if intent in _SUBJECTS and _has_a_subject(case, intent):
        state = replace(state, topic=topic(case.reading, state, lexicon))
    bare = intent == "request" and not case.asks and not case.rest and not case.follows
    return replace(state, asked="type" if bare else "")


def _has_a_subject(case: Case, intent: Intent) -> bool:
    """Whether words that nothing was recognised in say what is searched for."""
    few = case.rest <= FEW or case.adds
    return intent != "refine" or few or bool(case.tones or case.leanings)


def _names_its_own(case: Case, intent: Intent) -> bool:
    """Whether examples are named that make a request of its own: "things like School Rumble"."""
    named = bool(case.titles()) and not case.referred
    return intent == "like" and named and bool(case.rest > FEW or not case.says("more"))


def _begun_anew(state: RequestState, columns: tuple[Column, ...]) -> RequestState:
    """The state with what the request was about dropped, and every other wish kept."""
    state = state.free_of(columns)
    return replace(state, topic="", tones=(), leanings=(), near=(), unlike=())


def _with_titles(case: Case, intent: Intent, state: RequestState) -> RequestState:
    """The state with the titles of the message put to what they are there for."""
    seen = case.titles("seen")
    if intent == "seen" and not case.spoken:
        seen = state.picks if case.says("all") or not state.focus else state.focus
    avoided = case.titles("avoid")
    rejected = avoided
    if case.says("reject") and not case.spoken and case.state.picks:
        rejected = (*avoided, *case.state.picks)
    examples = case.titles("example") or (state.focus if intent == "like" else ())
    if intent == "like" or (seen and not examples and (case.says("like") or not case.follows)):
        near = examples or seen
    else:
        near = state.near or (() if intent == "seen" else examples)
    return replace(
        state,
        near=tuple(each for each in near if each not in avoided and not _turns_away(case)),
        unlike=unique((*state.unlike, *avoided)),
        liked=unique((*state.liked, *examples, *case.titles("than"))),
        seen=unique((*state.seen, *seen)),
        rejected=unique((*state.rejected, *rejected)),
        focus=case.referred or state.focus,
    )


def _turns_away(case: Case) -> bool:
    """Whether a tone is asked for that is the opposite of the one before, with no example."""
    opposites = {tones()[tone].opposite for tone in case.tones}
    return bool(opposites & set(case.state.tones)) and not case.spoken


def opened(case: Case, state: RequestState) -> tuple[Constraint, ...]:
    """The wishes that the message let go of or widened, as they were before."""
    mended = {each.column for each in case.changes if each.stance in {"drop", "welcome"}}
    before = [each for each in case.state.constraints if each not in state.constraints]
    offered = case.state.offered
    return tuple(each for each in before if each.column in mended or each == offered)
