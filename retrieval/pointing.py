"""What the numbers in a message do: count the titles that are wanted, or point at one shown."""

from collections.abc import Sequence

from retrieval.lexicon import Phrase
from retrieval.reading import Number, Reading
from retrieval.understanding import MOST_PICKS, PICKS

# What a number directly in front of it counts: "two comedies".
_COUNTED = {"type", "tag", "tone", "motif", "popularity"}
_TITLES = {"titles", "shows", "movies", "films", "series", "anime", "animes", "recs", "suggestions"}


def pointed(reading: Reading, picks: Sequence[int]) -> list[tuple[int, int]]:
    """Titles of the list shown last that the message points at by number, each with its word."""
    ordinals = [(int(each.phrase.value), each.phrase.start) for each in reading.said("ordinal")]
    numbers = [
        (each.value, each.at)
        for each in reading.numbers
        if not _counts(reading, each) and reading.words[each.at].text.isdecimal()
    ]
    spelt = [(each.value, each.at) for each in reading.numbers if _names_a_place(reading, each)]
    places = sorted({*ordinals, *numbers, *spelt}, key=lambda each: each[1])
    indices = ((number - 1 if number > 0 else len(picks) + number, at) for number, at in places)
    return [(picks[place], at) for place, at in indices if 0 <= place < len(picks)]


def count(reading: Reading) -> int:
    """How many titles are wanted."""
    counts = (each for each in reading.numbers if each.value > 0 and _counts(reading, each))
    return next((min(each.value, MOST_PICKS) for each in counts), PICKS)


def _names_a_place(reading: Reading, number: Number) -> bool:
    """Whether a number written in letters points: "two or three, which is shorter"."""
    if number.value == 1 or reading.words[number.at].text.isdecimal():
        return False
    listing = reading.says("compare", "seen", "like", "accept", "why")
    return listing and not _counts(reading, number)


def _counts(reading: Reading, number: Number) -> bool:
    """Whether the number says how many titles are wanted, instead of pointing at one."""
    after = next((word.text for word in reading.words[number.at + 1 : number.at + 2]), "")
    around = [each.phrase for each in reading.found if number.at in _beside(each.phrase)]
    more = any(phrase.kind == "cue" and phrase.value == "more" for phrase in around)
    if more and number.at + 1 < len(reading.words):
        # "five extra" counts; "another like 2" points.
        return _follows_with(reading, number, "more") or not reading.says("like")
    if number.value == 1:
        # "one more" counts; in "show me one with robots" it stands for a title.
        return more
    compared = reading.said("cue", "like", "fond", "seen")
    if any(each.phrase.end <= number.at for each in compared):
        return after in _TITLES
    kinds = {phrase.kind for phrase in around if phrase.start > number.at}
    asked = reading.said("cue", "more", "amount")
    return bool(asked or kinds & _COUNTED or after in _TITLES)


def _follows_with(reading: Reading, number: Number, cue: str) -> bool:
    return any(each.phrase.start == number.at + 1 for each in reading.said("cue", cue))


def _beside(phrase: Phrase) -> tuple[int, int]:
    return phrase.start - 1, phrase.end
