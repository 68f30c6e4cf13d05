"""Messages understood by rules, without a model: what a reading means for the request state."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from typing import TypeVar

from data import Catalogue
from retrieval.lexicon import Lexicon, tones
from retrieval.names import Names, everyday_words
from retrieval.pointing import count, pointed
from retrieval.reading import Reader, Reading
from retrieval.state import Constraint, RequestState
from retrieval.topic import topic
from retrieval.understanding import Intent, Understanding
from retrieval.wishes import constraints

_T = TypeVar("_T")
# More words than these that nothing was recognised in, and a follow-up is a request of its own.
_REFINING = 2


@dataclass(frozen=True, slots=True)
class Case:
    """A reading and the state it meets, with what several rules ask of them."""

    reading: Reading
    state: RequestState
    referred: tuple[int, ...]
    named: tuple[int, ...]
    unlike: tuple[int, ...]
    """Titles pointed at or named that a negation rules out."""
    wishes: tuple[Constraint, ...]
    offered: Constraint | None
    """The wish that the last answer offered to drop."""

    @property
    def asks(self) -> bool:
        """Whether the message says how titles should be, or which not."""
        return bool(self.wishes or self.unlike or _tones(self.reading))

    @property
    def follows(self) -> bool:
        """Whether something was asked for before."""
        return bool(self.state.topic or self.state.picks or self.state.constraints)


class Rules:
    """Understands messages about one catalogue."""

    def __init__(self, catalogue: Catalogue) -> None:
        self._catalogue = catalogue
        lexicon = Lexicon.read(catalogue)
        self.names = Names(catalogue, everyday_words(catalogue, lexicon.words))
        self._lexicon = lexicon
        self._reader = Reader(lexicon, self.names)

    def understand(self, text: str, state: RequestState) -> Understanding:
        """Read a message in the light of the state; never raises, whatever the text."""
        reading = self._reader.read(text)
        offered = state.offered
        state = replace(state, turn=state.turn + 1, offered=None)
        wishes = constraints(reading, state, self._catalogue)
        case = replace(_case(reading, state, wishes), offered=offered)
        intent: Intent = next(name for name, applies in _INTENTS if applies(case))
        if intent == "thanks":
            return Understanding(intent=intent, query="", state=state, searches=False)
        anew = case.follows and (intent == "request" or (intent == "like" and not case.referred))
        refined = self._heeded(case, intent, state)
        heeded = self._heeded(case, intent, _begun_anew(state)) if anew else refined
        return Understanding(
            intent=intent,
            query=self._query(heeded),
            state=heeded,
            referred=case.referred,
            count=count(reading),
            sure=_sure(case, intent),
            refining=None if _sure(case, intent) else refined,
        )

    def _heeded(self, case: Case, intent: Intent, state: RequestState) -> RequestState:
        """The state with all that the message asks for."""
        if intent == "relax" and case.offered:
            state = state.without(case.offered)
        for wish in case.wishes:
            state = state.with_constraint(wish)
        examples = (*case.referred, *case.named)
        near = examples if intent == "like" else state.near or case.named
        state = replace(
            state,
            near=_unique(each for each in near if each not in case.unlike),
            liked=_unique((*state.liked, *case.named)),
            rejected=_unique((*state.rejected, *case.unlike)),
            tones=_tones(case.reading) or state.tones,
        )
        return replace(state, topic=topic(case.reading, state, self._lexicon))

    def _query(self, state: RequestState) -> str:
        titles = [title for mal_id in state.near if (title := self._catalogue.find(mal_id))]
        near = " and ".join(title.shown for title in titles)
        tones = [tone for tone in state.tones if tone not in state.topic]
        parts = [state.topic, *tones, near and f"like {near}"]
        labels = [each.label for each in state.constraints]
        unsaid = [label for label in labels if label.lower() not in state.topic]
        return ", ".join(filter(None, [*parts, *unsaid])) or "anything"


def _case(reading: Reading, state: RequestState, wishes: tuple[Constraint, ...]) -> Case:
    places = [(each.mal_id, each.start) for each in reading.mentions]
    shown = pointed(reading, state.picks)
    return Case(
        reading,
        state,
        referred=_unique(each for each, start in shown if not reading.rules_out(start)),
        named=_unique(each for each, start in places if not reading.rules_out(start)),
        unlike=_unique(each for each, start in (*places, *shown) if reading.rules_out(start)),
        wishes=wishes,
        offered=None,
    )


def _unique(each: Iterable[_T]) -> tuple[_T, ...]:
    return tuple(dict.fromkeys(each))


def _tones(reading: Reading) -> tuple[str, ...]:
    meant = (
        tones()[each.phrase.value].opposite if each.negated else each.phrase.value
        for each in reading.said("tone")
    )
    return _unique(filter(None, meant))


def _thanks(case: Case) -> bool:
    said, more = case.reading.said("cue", "thanks"), case.reading.said("cue", "more")
    return bool(said) and not (more or case.asks or case.named or case.reading.rest)


def _like(case: Case) -> bool:
    pointed = case.reading.said("cue", "like", "fond", "more")
    return bool((case.referred and pointed) or case.named)


def _more(case: Case) -> bool:
    asked = case.reading.said("cue", "more")
    return bool(asked) and case.follows and not (case.asks or case.reading.rest)


def _silent(case: Case) -> bool:
    """A message that says nothing we know, and so nothing against what was asked for."""
    return case.follows and not (case.asks or case.reading.rest)


def _relax(case: Case) -> bool:
    agrees = case.reading.said("cue", "yes")
    return bool(agrees and case.offered) and not (case.asks or case.named or case.reading.rest)


def _refine(case: Case) -> bool:
    return case.follows and case.asks and len(case.reading.rest) <= _REFINING


def _request(_: Case) -> bool:
    return True


# The first that applies is the intent; a new kind of message is a row here.
_INTENTS: tuple[tuple[Intent, Callable[[Case], bool]], ...] = (
    ("thanks", _thanks),
    ("relax", _relax),
    ("like", _like),
    ("more", _more),
    ("refine", _refine),
    ("more", _silent),
    ("request", _request),
)


def _sure(case: Case, intent: Intent) -> bool:
    """A first message stands as it is; a later one had better be recognised."""
    if intent == "more":
        return bool(case.reading.said("cue", "more"))
    return not case.follows or intent != "request"


def _begun_anew(state: RequestState) -> RequestState:
    """The state with what the request was about dropped, and every other wish kept."""
    about = (each for each in state.constraints if each.column == "tag" and each.rule == "any")
    for each in about:
        if not each.standing:
            state = state.without(each)
    return replace(state, topic="", tones=(), near=())
