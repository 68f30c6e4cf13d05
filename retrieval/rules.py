"""Messages understood by rules, without a model: what a reading means for the request state."""

from dataclasses import replace

from data import Catalogue
from retrieval.case import Case, unique
from retrieval.intents import INTENTS, REFINING, TOLD
from retrieval.lexicon import Lexicon
from retrieval.names import Names, everyday_words
from retrieval.pointing import count
from retrieval.reading import Reader
from retrieval.roles import spoken
from retrieval.state import Constraint, RequestState
from retrieval.topic import topic
from retrieval.understanding import Intent, Understanding
from retrieval.wishes import changes, leanings

# What a new subject lets go of: what the last one was about, and for a switch the rest of it.
_SUBJECT = ("tag",)
_EVERYTHING = ("tag", "year", "popularity", "studio", "source", "score")
_ANEW: dict[str, tuple[str, ...]] = {
    "request": _SUBJECT,
    "identify": _SUBJECT,
    "switch": _EVERYTHING,
}
# Messages whose words say what is searched for.
_SUBJECTS = ("request", "like", "unlike", "refine", "relax", "switch", "identify", "seen", "reject")


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
        case = self._case(text, replace(state, turn=state.turn + 1))
        intent = next(name for name, applies in INTENTS if applies(case))
        if intent in TOLD:
            return self._told(case, intent)
        sure = _sure(case, intent)
        state = self._heeded(case, intent, case.state)
        return Understanding(
            intent=intent,
            query=self._query(state),
            state=state,
            about=case.titles(),
            opened=_opened(case, state),
            count=count(case.reading),
            sure=sure,
            refining=None if sure else self._heeded(case, "refine", case.state),
        )

    def _case(self, text: str, state: RequestState) -> Case:
        reading = self._reader.read(text)
        titles = spoken(reading, state.picks)
        named = unique(each.mal_id for each in titles)
        compared = unique(each.mal_id for each in titles if each.role == "than") or named
        wishes = changes(reading, state, self._catalogue, compared or state.focus)
        return Case(reading, state, titles, wishes, leanings(reading))

    def _told(self, case: Case, intent: Intent) -> Understanding:
        """A message that is answered from what is known; the wishes stay what they were."""
        again = case.state.points if intent == "fact" else ()
        points = case.points or case.implied_points or again
        about = case.about
        state = replace(case.state, intent=intent, offered=None, asked="")
        if intent == "accept":
            state = replace(state, liked=unique((*state.liked, *about)))
        if case.spoken:
            state = replace(state, focus=about)
        if points:
            state = replace(state, points=points)
        return Understanding(
            intent=intent,
            query="",
            state=state,
            about=about,
            points=points,
            held=case.wanted,
            searches=False,
        )

    def _heeded(self, case: Case, intent: Intent, state: RequestState) -> RequestState:
        """The state with all that the message asks for."""
        if intent == "relax" and state.offered and not case.changes:
            state = state.without(state.offered)
        if case.follows and (intent in _ANEW or _names_its_own(case, intent)):
            state = _begun_anew(state, _ANEW.get(intent, _SUBJECT))
        for change in case.changes:
            state = state.changed(change)
        state = _with_titles(case, intent, state)
        dropped = {each.phrase.value for each in case.reading.said("tone") if each.stance == "drop"}
        kept = tuple(tone for tone in state.tones if tone not in dropped)
        state = replace(
            state,
            tones=case.tones or kept,
            leanings=unique((*state.leanings, *case.leanings)),
            intent=intent,
            points=(),
            offered=None,
        )
        if intent in _SUBJECTS:
            state = replace(state, topic=topic(case.reading, state, self._lexicon))
        bare = intent == "request" and not case.asks and not case.rest and not case.follows
        return replace(state, asked="type" if bare else "")

    def _query(self, state: RequestState) -> str:
        titles = [title for mal_id in state.near if (title := self._catalogue.find(mal_id))]
        near = " and ".join(title.shown for title in titles)
        tones = [tone for tone in state.tones if tone not in state.topic]
        parts = [state.topic, *tones, near and f"like {near}"]
        labels = [each.label for each in state.constraints]
        unsaid = [label for label in labels if label.lower() not in state.topic]
        return ", ".join(filter(None, [*parts, *unsaid])) or "anything"


def _names_its_own(case: Case, intent: Intent) -> bool:
    """Whether examples are named that make a request of its own: "things like School Rumble"."""
    return intent == "like" and not case.referred and bool(case.rest > REFINING or not case.says("more"))


def _begun_anew(state: RequestState, columns: tuple[str, ...]) -> RequestState:
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
    if intent == "like" or (seen and case.says("like") and not examples):
        near = examples or seen
    else:
        near = state.near or (() if intent == "seen" else examples)
    return replace(
        state,
        near=tuple(each for each in near if each not in avoided),
        unlike=unique((*state.unlike, *avoided)),
        liked=unique((*state.liked, *examples)),
        seen=unique((*state.seen, *seen)),
        rejected=unique((*state.rejected, *rejected)),
        focus=case.referred or state.focus,
    )


def _opened(case: Case, state: RequestState) -> tuple[Constraint, ...]:
    """The wishes that the message let go of or widened, as they were before."""
    mended = {each.column for each in case.changes if each.stance in {"drop", "welcome"}}
    before = [each for each in case.state.constraints if each not in state.constraints]
    offered = case.state.offered
    return tuple(each for each in before if each.column in mended or each == offered)


def _sure(case: Case, intent: Intent) -> bool:
    """A first message stands as it is; a later one had better be recognised."""
    if intent == "more":
        return case.says("more")
    return not case.follows or intent != "request"
