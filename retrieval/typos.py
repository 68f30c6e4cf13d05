"""Names that somebody meant to write, a few letters off."""

from collections import defaultdict
from collections.abc import Iterable

from rapidfuzz import fuzz, process
from rapidfuzz.distance import OSA

from retrieval.titles import numbers

# So many letters may be missing, wrong, too many or swapped in a name of at least this length.
_OFF = ((16, 3), (8, 2), (4, 1))
_SHORTEST = 4
# Below this similarity (0 to 100, rapidfuzz's ratio) two spellings are different names.
_ALIKE = 86


class Typos:
    """Names in the order in which they are to be preferred, found by what is nearly them."""

    def __init__(self, names: Iterable[str]) -> None:
        self._names: defaultdict[tuple[str, int, str], list[str]] = defaultdict(list)
        for name in names:
            self._names[name[0], len(name), numbers(name)].append(name)

    def nearest(self, written: str) -> str | None:
        """The name that was meant where one is to be expected, by optimal string alignment."""
        if len(written) < _SHORTEST:
            return None
        off = next(off for length, off in _OFF if len(written) >= length)
        lengths = range(len(written) - off, len(written) + off + 1)
        near = self._of_length(written, lengths)
        found = process.extractOne(written, near, scorer=OSA.distance, score_cutoff=off)
        return found[0] if found else None

    def alike(self, written: str) -> tuple[str, float] | None:
        """The name most alike wherever one may stand, and how alike it is (0 to 100)."""
        reach = (200 - _ALIKE) / _ALIKE
        lengths = range(int(len(written) / reach), int(len(written) * reach) + 1)
        near = self._of_length(written, lengths)
        found = process.extractOne(written, near, scorer=fuzz.ratio, score_cutoff=_ALIKE)
        return (found[0], found[1]) if found else None

    def _of_length(self, written: str, lengths: Iterable[int]) -> list[str]:
        # "Number 9" is no misspelt "number 6", and the first letter is hardly ever wrong.
        figures = numbers(written)
        found = (self._names.get((written[0], length, figures), ()) for length in lengths)
        return [name for names in found for name in names]
