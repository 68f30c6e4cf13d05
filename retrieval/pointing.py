"""What the numbers in a message do: count the titles that are wanted, or point at one shown."""

from collections.abc import Sequence

from retrieval.lexicon import Phrase
from retrieval.reading import Number, Reading
from retrieval.understanding import MOST_PICKS, PICKS

# What a number directly in front of it counts: "two comedies".
_COUNTED = {"type", "tag", "tone"}


def pointed(reading: Reading, picks: Sequence[int]) -> list[tuple[int, int]]:
    """Titles of the list shown last that the message points at by number, each with its word."""
    numbers = [(int(each.phrase.value), each.phrase.start) for each in reading.said("ordinal")]
    numbers = numbers or [
        (each.value, each.at) for each in reading.numbers if not _counts(reading, each)
    ]
    places = ((number - 1 if number > 0 else len(picks) + number, at) for number, at in numbers)
    return [(picks[place], at) for place, at in places if 0 <= place < len(picks)]


def count(reading: Reading) -> int:
    """How many titles are wanted."""
    counts = (each for each in reading.numbers if each.value > 0 and _counts(reading, each))
    return next((min(each.value, MOST_PICKS) for each in counts), PICKS)


def _counts(reading: Reading, number: Number) -> bool:
    """Whether the number says how many titles are wanted, instead of pointing at one."""
    compared = reading.said("cue", "like", "fond")
    if any(each.phrase.end <= number.at for each in compared):
        return False
    around = [each.phrase for each in reading.found if number.at in _beside(each.phrase)]
    if number.value == 1:
        # "one more" counts; in "show me one with robots" it stands for a title.
        return any(phrase.kind == "cue" and phrase.value == "more" for phrase in around)
    asked = reading.said("cue", "more", "amount")
    kinds = {phrase.kind for phrase in around if phrase.start > number.at}
    return bool(asked or kinds & _COUNTED)


def _beside(phrase: Phrase) -> tuple[int, int]:
    return phrase.start - 1, phrase.end
