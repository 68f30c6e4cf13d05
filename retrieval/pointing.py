"""What the numbers in a message do: count the titles that are wanted, or point at one shown."""

from collections.abc import Iterator, Sequence

from retrieval.lexicon import Phrase
from retrieval.reading import Number, Reading
from retrieval.understanding import MOST_PICKS, PICKS

# What a number directly in front of it counts: "two comedies".
_COUNTED = {"type", "tag", "tone", "motif", "popularity"}
_EXACTLY = {"exactly", "top", "best"}
_ONLY = {"just", "only"}
_NOTHING = {"", "please", "pls", "plz", "thanks"}
_TITLES = {"titles", "shows", "movies", "films", "series", "anime", "animes", "recs", "suggestions"}

# What a number may measure instead of pointing: "with 2 seasons".
_UNITS = {"seasons", "cours", "years", "months", "weeks", "days", "nights", "hours", "times"}


def pointed(reading: Reading, picks: Sequence[int]) -> list[tuple[int, int]]:
    """Titles of the list shown last that the message points at by number, each with its word."""
    ordinals = list(_ordinals(reading))
    numbers = [
        (each.value, each.at)
        for each in reading.numbers
        if not (_counts(reading, each) or _following(reading, each) in _UNITS)
        and reading.words[each.at].text.isdecimal()
    ]
    spelt = [(each.value, each.at) for each in reading.numbers if _names_a_place(reading, each)]
    places = sorted({*ordinals, *numbers, *spelt}, key=lambda each: (each[1], each[0]))
    indices = ((number - 1 if number > 0 else len(picks) + number, at) for number, at in places)
    return [(picks[place], at) for place, at in indices if 0 <= place < len(picks)]


def _ordinals(reading: Reading) -> Iterator[tuple[int, int]]:
    """Places named, "the first two" being two of them."""
    numbers = {each.at: each.value for each in reading.numbers}
    for number in reading.numbers:
        if _is_of_the_top(reading, number):
            yield from ((place, number.at) for place in range(1, number.value + 1))
    for each in reading.said("ordinal"):
        first, several = int(each.phrase.value), numbers.get(each.phrase.end, 1)
        last = first + several if first > 0 else first - several
        for place in range(first, last, 1 if first > 0 else -1):
            yield place, each.phrase.start


def count(reading: Reading) -> int:
    """How many titles are wanted."""
    counts = (each for each in reading.numbers if each.value > 0 and _counts(reading, each))
    return next((min(each.value, MOST_PICKS) for each in counts), PICKS)


def _is_of_the_top(reading: Reading, number: Number) -> bool:
    """Whether a number tells how many from the top are pointed at: "of the top two, which …"."""
    before = [word.text for word in reading.words[max(number.at - 3, 0) : number.at]]
    return before == ["of", "the", "top"] or before[-2:] == ["of", "top"]


def _names_a_place(reading: Reading, number: Number) -> bool:
    """Whether a number written in letters points: "two or three, which is shorter"."""
    if number.value == 1 or reading.words[number.at].text.isdecimal():
        return False
    listing = reading.says("compare", "versus", "seen", "like", "accept", "why")
    ends = number.at + 1 not in reading.rest
    return listing and ends and not _counts(reading, number)


def _counts(reading: Reading, number: Number) -> bool:
    """Whether the number says how many titles are wanted, instead of pointing at one."""
    before = reading.words[max(number.at - 1, 0)].text
    if _is_of_the_top(reading, number) or _continues_an_ordinal(reading, number):
        return False
    after = _following(reading, number)
    alone = before in _ONLY and after in _NOTHING and len(reading.numbers) == 1
    if alone or (before in _EXACTLY and not reading.words[number.at].breaks):
        return True
    around = [each.phrase for each in reading.found if number.at in _beside(each.phrase)]
    around = [phrase for phrase in around if not _parted(reading, number.at, phrase)]
    more = any(phrase.kind == "cue" and phrase.value == "more" for phrase in around)
    if more and number.at + 1 < len(reading.words):
        # "five extra" counts; "another like 2" points.
        return _follows_with(reading, number, "more") or not reading.says("like")
    if number.value == 1:
        # "one more" and "just one" count; in "show me one with robots" it stands for a title.
        return more or (before in _ONLY and after != "of")
    compared = reading.said("cue", "like", "fond", "seen")
    if any(each.phrase.end <= number.at for each in compared):
        return after in _TITLES
    kinds = {phrase.kind for phrase in around if phrase.start > number.at}
    asked = reading.said("cue", "more", "amount")
    return bool(asked or kinds & _COUNTED or after in _TITLES)


def _following(reading: Reading, number: Number) -> str:
    """The word behind a number, if there is one."""
    return next((word.text for word in reading.words[number.at + 1 : number.at + 2]), "")


def _continues_an_ordinal(reading: Reading, number: Number) -> bool:
    return any(each.phrase.end == number.at for each in reading.said("ordinal"))


def _follows_with(reading: Reading, number: Number, cue: str) -> bool:
    return any(each.phrase.start == number.at + 1 for each in reading.said("cue", cue))


def _parted(reading: Reading, at: int, phrase: Phrase) -> bool:
    """Whether a comma stands between a number and the phrase beside it."""
    return reading.words[max(at, phrase.start)].breaks


def _beside(phrase: Phrase) -> tuple[int, int]:
    return phrase.start - 1, phrase.end
