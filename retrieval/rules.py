"""Messages understood by rules, without a model: what a reading means for the request state."""

from dataclasses import replace

from data import Catalogue
from retrieval.case import Case, unique
from retrieval.intents import INTENTS, REFINING, TOLD
from retrieval.lexicon import Lexicon, tones
from retrieval.names import Names
from retrieval.pointing import count
from retrieval.reading import Reader, Reading
from retrieval.roles import Spoken, spoken
from retrieval.state import Column, Constraint, RequestState
from retrieval.topic import topic
from retrieval.understanding import Intent, Understanding
from retrieval.wishes import changes, leanings

# What a new subject lets go of: what the last one was about, and for a switch the rest of it.
_SUBJECT: tuple[Column, ...] = ("tag",)
_EVERYTHING: tuple[Column, ...] = ("tag", "year", "popularity", "studio", "source", "score")
_ALL: tuple[Column, ...] = (*_EVERYTHING, "type", "episodes", "minutes")
_ANEW: dict[Intent, tuple[Column, ...]] = {
    "request": _SUBJECT,
    "identify": _SUBJECT,
    "switch": _EVERYTHING,
}
# What is let go of goes before what takes its place.
_ORDER = ("drop", "welcome", "avoid", "want")
# Messages whose words say what is searched for.
_SUBJECTS = ("request", "like", "unlike", "refine", "relax", "switch", "identify", "seen", "reject")


class Rules:
    """Understands messages about one catalogue."""

    def __init__(self, catalogue: Catalogue) -> None:
        self._catalogue = catalogue
        lexicon = Lexicon.read(catalogue)
        self.names = Names(catalogue, lexicon.words)
        self._lexicon = lexicon
        self._reader = Reader(lexicon, self.names)

    def read(self, text: str) -> Reading:
        """The message taken apart, by itself."""
        return self._reader.read(text)

    def understand(self, text: str, state: RequestState) -> Understanding:
        """Read a message in the light of the state; never raises, whatever the text."""
        case = self._case(text, replace(state, turn=state.turn + 1))
        intent = _intent(case)
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
            before=None if sure else case.state,
            refining=None if sure else self._heeded(case, "refine", case.state),
        )

    def _case(self, text: str, state: RequestState) -> Case:
        reading = self.read(text)
        titles = self._with_families(reading, spoken(reading, state.picks))
        named = unique(each.mal_id for each in titles)
        compared = unique(each.mal_id for each in titles if each.role == "than") or named
        wishes = changes(reading, state, self._catalogue, compared or state.focus)
        return Case(reading, state, titles, wishes, leanings(reading))

    def _with_families(self, reading: Reading, titles: tuple[Spoken, ...]) -> tuple[Spoken, ...]:
        """The titles, and where one word rules out a whole family, all of it: "no gundam"."""
        words = {each.start: each for each in reading.mentions if each.end == each.start + 1}
        more = [
            replace(each, mal_id=mal_id)
            for each in titles
            if each.role == "avoid" and each.at in words
            for mal_id in self.names.family(reading.words[each.at].text)
        ]
        return (*titles, *more)

    def _told(self, case: Case, intent: Intent) -> Understanding:
        """A message that is answered from what is known; the wishes stay what they were."""
        again = case.state.points if intent == "fact" else ()
        points = case.points or case.implied_points or again
        about = case.titles() or case.state.focus if intent == "accept" else case.about
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
        if state.searched == "identify" and intent not in ("identify", "more"):
            # The plot of a title that was looked for is not what the next ones are about.
            state = replace(state, topic="", leanings=())
        if case.follows and (intent in _ANEW or _names_its_own(case, intent)):
            gone = _ALL if case.says("reset") else _ANEW.get(intent, _SUBJECT)
            state = _begun_anew(state, gone)
        for change in sorted(case.changes, key=lambda each: _ORDER.index(each.stance)):
            state = state.changed(change)
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


def _intent(case: Case) -> Intent:
    """What the message is for; a mere correction is for what the last one was."""
    again = case.says("correct") or (case.reading.question and not case.rest and not case.points)
    plain = not (case.asks or case.says("like", "more", "seen"))
    if case.spoken and ((again and plain) or case.says("again")):
        for intent in TOLD:
            if intent == case.state.intent:
                return intent
    return next(name for name, applies in INTENTS if applies(case))


def _has_a_subject(case: Case, intent: Intent) -> bool:
    """Whether words that nothing was recognised in say what is searched for."""
    return intent != "refine" or case.rest <= REFINING or bool(case.tones or case.leanings)


def _names_its_own(case: Case, intent: Intent) -> bool:
    """Whether examples are named that make a request of its own: "things like School Rumble"."""
    return (
        intent == "like"
        and not case.referred
        and bool(case.rest > REFINING or not case.says("more"))
    )


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
