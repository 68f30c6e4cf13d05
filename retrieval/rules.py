"""Messages understood by rules, without a model: what a reading means for the request state."""

from dataclasses import replace

from data import Catalogue
from retrieval.case import Case, unique
from retrieval.constraints import forgetting
from retrieval.heeding import heeded, opened
from retrieval.intents import INTENTS
from retrieval.lexicon import Lexicon
from retrieval.names import Names
from retrieval.pointing import count
from retrieval.reader import Reader
from retrieval.reading import Reading
from retrieval.roles import Spoken, spoken
from retrieval.state import RequestState
from retrieval.understanding import TOLD, Intent, Understanding
from retrieval.wishes import changes, leanings

# Cues of questions that are not the last one asked again of another title.
_OF_THEIR_OWN = ("why", "where", "order", "sequence", "versus", "content", "accept")


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
        named = next((each for each in state.constraints if text == forgetting(each)), None)
        if named:
            # As agreed to an offer to drop it.
            return self.understand("yes", replace(state, offered=named))
        case = self._case(text, replace(state, turn=state.turn + 1))
        intent = _intent(case)
        if intent in TOLD:
            return self._told(case, intent)
        sure = _sure(case, intent)
        state = heeded(case, intent, self._lexicon)
        return Understanding(
            intent=intent,
            query=self._query(state),
            state=state,
            about=case.titles(),
            opened=opened(case, state),
            count=count(case.reading),
            sure=sure,
            before=None if sure else case.state,
            refining=None if sure else heeded(case, "refine", self._lexicon),
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
    plain = not (case.asks or case.says("like", "more", "seen", *_OF_THEIR_OWN))
    if case.spoken and ((again and plain) or case.says("again")):
        for intent in TOLD:
            if intent == case.state.intent:
                return intent
    return next(name for name, applies in INTENTS if applies(case))


def _sure(case: Case, intent: Intent) -> bool:
    """A first message stands as it is; a later one had better be recognised."""
    if intent == "more":
        return case.says("more")
    return not case.follows or intent != "request"
