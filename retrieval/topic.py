"""What a request is about, in the words of the messages: what words and meaning are searched by."""

from collections.abc import Iterator

from retrieval.lexicon import Lexicon, Phrase
from retrieval.reading import Reading
from retrieval.state import RequestState
from retrieval.words import split

# Phrases that say what is searched for, beside words that nothing was recognised in.
_TOPICAL = {"tag", "motif", "tone"}


def topic(reading: Reading, state: RequestState, lexicon: Lexicon) -> str:
    """The state's topic with that of the message, but for words that are no longer meant.

    Those are words for tags that are now ruled out, and for tones that others have replaced.
    """
    known = state.topic.split()
    words = split(" ".join([*known, *(word for word in _said(reading) if word not in known)]))
    out = {value for each in state.constraints if each.rule == "none" for value in each.values}
    left = [word.text for word in words]
    for phrase in lexicon.find(words, [False] * len(words)):
        tag = phrase.kind in {"tag", "motif"} and out.issuperset(phrase.values)
        tone = phrase.kind == "tone" and state.tones and phrase.value not in state.tones
        if tag or tone:
            left[phrase.start : phrase.end] = [""] * (phrase.end - phrase.start)
    return " ".join(filter(None, left))


def _said(reading: Reading) -> list[str]:
    """The words that say what the message is about, negated ones left out."""
    if reading.narrates:
        cues = {n for each in reading.said("cue", "identify") for n in _places(each.phrase)}
        return [word.text for n, word in enumerate(reading.words) if n not in cues]
    kept = set(reading.rest).difference(_denied(reading))
    for each in reading.found:
        if each.phrase.kind in _TOPICAL and each.stance == "want":
            kept.update(_places(each.phrase))
    return [reading.words[number].text for number in sorted(kept)]


def _denied(reading: Reading) -> Iterator[int]:
    """The words behind a negation up to the next phrase: "no giant crabs"."""
    idle = {n for each in reading.said("filler") for n in _places(each.phrase)}
    for each in reading.said("cue", "negation"):
        for n in range(each.phrase.end, len(reading.words)):
            if reading.words[n].breaks or n not in idle | {*reading.rest}:
                break
            yield n


def _places(phrase: Phrase) -> range:
    return range(phrase.start, phrase.end)
