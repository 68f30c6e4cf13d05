"""Names without their small words, their spaces or one of their ends."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping

# What people leave out of a name, or put into it.
SMALL = frozenset(
    (
        "a",
        "an",
        "the",
        "of",
        "and",
        "&",
        "to",
        "in",
        "on",
        "at",
        "is",
        "no",
        "wo",
        "ga",
        "wa",
        "ni",
        "n",
    )
)


def together(words: Iterable[str]) -> str:
    """The words that are not small, with nothing between them."""
    return "".join(word for word in words if word not in SMALL)


def telling(name: str) -> tuple[str, ...]:
    """The words that are not small, in the order of the alphabet."""
    return tuple(sorted(word for word in name.split() if word not in SMALL))


def ends(names: Iterable[str], ids: Mapping[str, int]) -> Iterator[tuple[str, str]]:
    """What names of one title begin or end with, and no others: "loser ranger"."""
    owners = defaultdict[str, dict[int, str]](dict)
    for name in names:
        words = name.split()
        for at in range(1, len(words)):
            for run in (words[:at], words[at:]):
                if len(telling(" ".join(run))) > 1:
                    owners[" ".join(run)].setdefault(ids[name], name)
    return ((run, next(iter(found.values()))) for run, found in owners.items() if len(found) == 1)
