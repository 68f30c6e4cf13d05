"""Messages understood by rules, without a model: what a reading means for the request state."""

from collections.abc import Callable
from dataclasses import dataclass, replace

from data import Catalogue
from retrieval.lexicon import Lexicon, tones
from retrieval.names import Names, everyday_words
from retrieval.reading import Reader, Reading
from retrieval.state import RequestState
from retrieval.understanding import MOST_PICKS, PICKS, Intent, Understanding
from retrieval.wishes import constraints

# More words than these that nothing was recognised in, and a follow-up is a request of its own.
_REFINING = 2
# Phrases that say what is searched for, beside words that nothing was recognised in.
_TOPICAL = {"tag", "tone"}


@dataclass(frozen=True, slots=True)
class Case:
    """A reading and the state it meets, with what several rules ask of them."""

    reading: Reading
    state: RequestState
    referred: tuple[int, ...]
    wishes: bool

    @property
    def named(self) -> tuple[int, ...]:
        """The titles that the message names."""
        return tuple(dict.fromkeys(each.mal_id for each in self.reading.mentions))

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
        self._reader = Reader(lexicon, self.names)

    def understand(self, text: str, state: RequestState) -> Understanding:
        """Read a message in the light of the state; never raises, whatever the text."""
        reading = self._reader.read(text)
        state = replace(state, turn=state.turn + 1, offered=None)
        wishes = constraints(reading, state, self._catalogue)
        moods = _tones(reading)
        case = Case(reading, state, _referred(reading, state), bool(wishes or moods))
        intent = next(name for name, applies in _INTENTS if applies(case))
        if intent == "thanks":
            return Understanding(intent=intent, query="", state=state, searches=False)
        if case.follows and (intent == "request" or (intent == "like" and not case.referred)):
            state = _begun_anew(state)
        for wish in wishes:
            state = state.with_constraint(wish)
        topic = _topic(reading) if intent == "request" else _joined(state.topic, _topic(reading))
        near = case.referred or case.named if intent == "like" else state.near
        near = near or case.named
        state = replace(state, topic=topic, near=near, tones=moods or state.tones)
        return Understanding(
            intent=intent,
            query=self._query(state),
            state=state,
            referred=case.referred,
            count=_count(reading),
            sure=_sure(case, intent),
        )

    def _query(self, state: RequestState) -> str:
        titles = [title for mal_id in state.near if (title := self._catalogue.find(mal_id))]
        near = " and ".join(title.shown for title in titles)
        tones = [tone for tone in state.tones if tone not in state.topic]
        parts = [state.topic, *tones, near and f"like {near}"]
        labels = [each.label for each in state.constraints]
        unsaid = [label for label in labels if label.lower() not in state.topic]
        return ", ".join(filter(None, [*parts, *unsaid])) or "anything"


def _tones(reading: Reading) -> tuple[str, ...]:
    meant = (
        tones()[each.phrase.value].opposite if each.negated else each.phrase.value
        for each in reading.said("tone")
    )
    return tuple(dict.fromkeys(filter(None, meant)))


def _thanks(case: Case) -> bool:
    said = case.reading.said("cue", "thanks")
    return bool(said) and not (case.wishes or case.named or case.reading.rest)


def _like(case: Case) -> bool:
    pointed = case.reading.said("cue", "like", "fond", "more")
    return bool((case.referred and pointed) or case.named)


def _more(case: Case) -> bool:
    asked = case.reading.said("cue", "more")
    return bool(asked) and case.follows and not (case.wishes or case.reading.rest)


def _refine(case: Case) -> bool:
    return case.follows and case.wishes and len(case.reading.rest) <= _REFINING


def _request(_: Case) -> bool:
    return True


# The first that applies is the intent; a new kind of message is a row here.
_INTENTS: tuple[tuple[Intent, Callable[[Case], bool]], ...] = (
    ("thanks", _thanks),
    ("like", _like),
    ("more", _more),
    ("refine", _refine),
    ("request", _request),
)


def _sure(case: Case, intent: Intent) -> bool:
    """A first message stands as it is; a later one had better be recognised."""
    if not case.follows or intent != "request":
        return True
    return case.wishes and len(case.reading.rest) <= _REFINING


def _begun_anew(state: RequestState) -> RequestState:
    """The state with what the request was about dropped, and every other wish kept."""
    about = (each for each in state.constraints if each.column == "tag" and each.rule == "any")
    for each in about:
        if not each.standing:
            state = state.without(each)
    return replace(state, topic="", tones=(), near=())


def _referred(reading: Reading, state: RequestState) -> tuple[int, ...]:
    """Titles of the list shown last that the message points at by their numbers."""
    numbers = [int(each.phrase.value) for each in reading.said("ordinal")]
    # "gimme 5 more" counts, "like 2" points.
    if not numbers and not _counted(reading):
        numbers = _numbers(reading)
    picks = state.picks
    places = (number - 1 if number > 0 else len(picks) + number for number in numbers)
    return tuple(dict.fromkeys(picks[place] for place in places if 0 <= place < len(picks)))


def _count(reading: Reading) -> int:
    asked = [number for number in _numbers(reading) if 1 < number <= MOST_PICKS]
    return asked[0] if asked and _counted(reading) else PICKS


def _counted(reading: Reading) -> bool:
    """Whether numbers in the message say how many titles are wanted."""
    return bool(reading.said("cue", "more", "amount")) and not reading.said("cue", "like")


def _numbers(reading: Reading) -> list[int]:
    spelt = [int(each.phrase.value) for each in reading.said("number")]
    return [*spelt, *reading.numbers]


def _topic(reading: Reading) -> str:
    """The words that say what the message is about, negated ones left out."""
    kept = set(reading.rest)
    for each in reading.found:
        if each.phrase.kind in _TOPICAL and not each.negated:
            kept.update(range(each.phrase.start, each.phrase.end))
    return " ".join(reading.words[number].text for number in sorted(kept))


def _joined(topic: str, added: str) -> str:
    known = set(topic.split())
    return " ".join([topic, *(word for word in added.split() if word not in known)]).strip()
