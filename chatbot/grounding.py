"""An answer on its way to the page: held to the candidates, whoever writes it."""

import re
from collections.abc import Callable, Iterator, Sequence
from collections.abc import Set as AbstractSet

from chatbot.events import Picked, Piece
from chatbot.texts import visible
from memory import Pick
from retrieval import Candidate
from retrieval.words import plain

_MARK = re.compile(r"\[\s?(\d{1,2})\s?\]")
# A sentence ends at its stop and the space behind it; a line always ends one.
_SENTENCE = re.compile(r"[^\n]*?[.!?…。！？][\"'”’)]*(?:\s+|$)|[^\n]*\n+", re.DOTALL)  # noqa: RUF001
_LINK = re.compile(r"https?://|www\.|\]\(|\b[\w-]+\.(?:com|net|org|io|tv)\b", re.IGNORECASE)
_TAG = re.compile(r"<[^>\n]{0,200}>")
_EMPHASIS = re.compile(r"(\*\*|__|\*|_|`)(?=\S)(.+?)(?<=\S)\1")
# Names set off by signs are claims that such a title exists.
_SET_OFF = re.compile(
    r"(?:\*\*|\*|_)([^*_\n]{2,80})(?:\*\*|\*|_)|[“\"«「『]([^”\"»」』\n]{2,80})[”\"»」』]"
)

Named = Callable[[str], AbstractSet[int]]


class Grounding:
    """Turns pieces of a draft into pieces and picks that the page may show.

    A mark `[n]` in the draft points at a candidate, counted from 1, and becomes the number of
    the pick; a mark outside of the list is dropped. So is a sentence that names a title which is
    neither a candidate nor `allowed` (what the person spoke of), and one with a link in it.
    """

    def __init__(
        self, candidates: Sequence[Candidate], allowed: AbstractSet[int], named: Named
    ) -> None:
        self._candidates = candidates
        known = {each.title.mal_id for each in candidates} | allowed
        self._known, self._named = known, named
        self._names = {plain(name) for each in candidates for name in each.title.names}
        self._draft = ""
        self._text = ""
        self.picks: list[Pick] = []

    @property
    def text(self) -> str:
        """All that the pieces so far say."""
        return self._text.strip()

    def feed(self, piece: str) -> Iterator[Piece | Picked]:
        """Take a piece of the draft; yield what of it can be shown by now."""
        self._draft += visible(piece)
        yield from self._pick(self._draft)
        while sentence := _SENTENCE.match(self._draft):
            # The stop may be that of "3.5" or of a name that goes on with the next piece.
            if sentence.end() == len(self._draft) and not sentence[0].endswith("\n"):
                break
            self._draft = self._draft[sentence.end() :]
            yield from self._show(sentence[0])

    def add(self, text: str) -> Iterator[Piece | Picked]:
        """Take text that is known to be sound, as the composer's is."""
        yield from self.close()
        yield from self._pick(text)
        yield from self._say(text)

    @property
    def told(self) -> frozenset[int]:
        """The titles whose marks are in the text."""
        marked = {int(mark[1]) for mark in _MARK.finditer(self._text)}
        return frozenset(pick.mal_id for pick in self.picks if pick.n in marked)

    def drop(self) -> None:
        """Forget the sentence that was begun and will not be ended."""
        self._draft = ""

    def close(self) -> Iterator[Piece | Picked]:
        """Yield what is left of the draft, now that nothing follows."""
        rest, self._draft = self._draft, ""
        yield from self._show(rest)

    def _pick(self, text: str) -> Iterator[Picked]:
        for mark in _MARK.finditer(text):
            candidate = self._at(int(mark[1]))
            if candidate is None or self._number(candidate):
                continue
            mal_id = candidate.title.mal_id
            pick = Pick(len(self.picks) + 1, mal_id, candidate.reason, candidate.fit)
            self.picks.append(pick)
            yield Picked(pick)

    def _show(self, sentence: str) -> Iterator[Piece | Picked]:
        if self._sound(sentence):
            yield from self._say(_EMPHASIS.sub(r"\2", _TAG.sub("", sentence)))

    def _say(self, sound: str) -> Iterator[Piece]:
        text = _MARK.sub(self._renumbered, sound)
        if text.strip() or self._text:
            self._text += text
            yield Piece(text)

    def _renumbered(self, mark: re.Match[str]) -> str:
        candidate = self._at(int(mark[1]))
        return f"[{self._number(candidate)}]" if candidate else ""

    def _at(self, number: int) -> Candidate | None:
        return self._candidates[number - 1] if 0 < number <= len(self._candidates) else None

    def _number(self, candidate: Candidate) -> int | None:
        numbers = (each.n for each in self.picks if each.mal_id == candidate.title.mal_id)
        return next(numbers, None)

    def _sound(self, sentence: str) -> bool:
        if _LINK.search(sentence) or self._named(sentence) - self._known:
            return False
        claims = (claim[1] or claim[2] for claim in _SET_OFF.finditer(sentence))
        return all(self._plausible(claim) for claim in claims)

    def _plausible(self, claim: str) -> bool:
        """Whether words that are set off are no title, or one that may be spoken of."""
        looks_like_title = claim[:1].isupper() or not claim.isascii()
        return not looks_like_title or plain(claim) in self._names or bool(self._named(claim))
