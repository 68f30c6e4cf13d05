"""Messages that need no search: the rules that recognise them."""

import re

from retrieval.case import FEW, Case
from retrieval.lexicon import word_list

_ARITHMETIC = re.compile(
    r"\d\s*(?:[*\u00d7^]|times|plus|minus|divided by|multiplied by|mod)\s*\d", re.IGNORECASE
)

_PLAYED = {"pretend", "act"}


def off_topic(case: Case) -> bool:
    """Neither anime nor small talk, or an attempt to give orders."""
    if _orders(case) or _ARITHMETIC.search(case.reading.text):
        return True
    if case.reading.narrates:
        return False
    if case.says("offtopic") and not (case.wanted or case.reading.mentions):
        return word_list("anime").isdisjoint(word.text for word in case.reading.words)
    if case.wanted or case.spoken or case.says("more", "like", "identify", "where", "why"):
        return False
    return _of_the_world(case)


def _orders(case: Case) -> bool:
    """Whether it is an attempt to give orders; in a story somebody may pretend to be a prince."""
    phrases = [each.phrase for each in case.reading.said("cue", "injection")]
    played = {case.reading.words[phrase.start].text for phrase in phrases} <= _PLAYED
    return bool(phrases) and not (case.reading.narrates and played)


def _of_the_world(case: Case) -> bool:
    """A question that no chat about anime is asked: "how do i boil an egg", "who is …"."""
    known = case.asks or case.seeks or case.speaks or case.points
    return case.rest > 1 and not known and case.reading.opens_with("how", "who", "whos", "convert")


def decline(case: Case) -> bool:
    """A no to what the last answer offered or asked."""
    said = case.says("no") or (case.says("negation", "reject") and not case.rest)
    open_question = case.state.offered or case.state.asked
    return bool(said and open_question) and not (case.asks or case.spoken or case.says("more"))


def agree(case: Case) -> bool:
    """A yes to what the last answer offered."""
    agrees = case.says("yes", "fine")
    return bool(agrees and case.state.offered) and not (case.asks or case.spoken or case.rest)


def hello(case: Case) -> bool:
    """A greeting and nothing else."""
    return thanks(case) and not case.says("thanks")


def thanks(case: Case) -> bool:
    """Thanks, a goodbye or a greeting, and nothing else."""
    if case.says("more", "seeking", "like", "switch", "surprise", "reject", "offtopic", "identify"):
        return False
    if case.asks or case.spoken or case.points:
        return False
    otherwise = case.says("seen", "why", "accept")
    return case.says("thanks", "hello") and case.rest <= FEW and not otherwise


def where(case: Case) -> bool:
    """Where a title can be watched."""
    if not case.says("where") or case.says("like", "more"):
        return False
    return not (case.asks and (case.says("seeking") or not case.speaks))


def order(case: Case) -> bool:
    """What comes before and after a title."""
    if case.says("sequence") and not case.likens:
        return bool(case.spoken or case.reading.question or case.speaks)
    if not case.says("order") or case.says("more", "like"):
        return False
    asked = case.speaks or case.reading.question
    return bool(case.spoken) or bool(asked and not (case.wanted or case.says("seeking")))


def compare(case: Case) -> bool:
    """Which of several titles is more of something."""
    several = len(case.titles("example", "than")) > 1
    if (
        several
        and case.reading.question
        and not (case.likens or case.says("seeking", "fond", "seen"))
    ):
        return True
    if case.says("fond", "more") or (case.says("like", "seen") and not case.says("best")):
        return False
    if case.says("versus") and (case.spoken or case.says("all")):
        return not case.says("seeking")
    chooses = case.says("compare", "best") or (case.points and case.reading.question)
    if several:
        return bool(chooses) and not (case.likens or case.says("seeking"))
    ranks = case.says("best") or "comparison" in case.kinds
    alone = case.says("best") and not (case.rest or case.asks)
    superlative = ranks and case.reading.question and (alone or case.says("all", "compare"))
    return superlative and bool(case.state.picks) and not case.says("seeking")


def why(case: Case) -> bool:
    """Why a title was recommended."""
    if not case.says("why") or case.says("more", "seeking") or case.says("fond"):
        return False
    asks = case.reading.question or not (case.asks or case.says("like"))
    return asks and bool(case.about) and (case.speaks or not (case.rest or case.asks))


def fact(case: Case) -> bool:
    """A fact of a title, or what it is about."""
    if case.says("like", "same", "more", "identify", "content") or case.reading.limits:
        return False
    if not case.about or case.loosens:
        return False
    if case.points:
        told = case.reading.question or case.spoken or case.state.focus
        sought = case.says("seeking", "reject") and not (case.reading.question and case.spoken)
        return bool(told) and not sought
    if case.implied_points and not case.says("seeking", "welcome"):
        could = case.reading.opens_with("can", "could", "would", "should", "do", "what")
        meant = bool(case.titles("example") or case.says("it"))
        return case.reading.question and meant and not could
    bare = not (case.asks or case.rest or case.says("fond", "accept", "reject"))
    return bool(case.titles("example")) and bare and case.reading.question


def which(case: Case) -> bool:
    """Which of the titles shown a wish holds for."""
    of_them = case.says("all") and case.reading.opens_with("are", "is", "any", "which", "do")
    picked = of_them and case.state.picks
    return bool(picked and case.wanted) and not (
        case.spoken or case.says("more", "seeking", "like")
    )


def content(case: Case) -> bool:
    """Any other question about titles that were shown or named."""
    if case.loosens or case.says("more", "fond", "seen", "switch"):
        return False
    if not (case.reading.question and case.about):
        return False
    asked = case.says("content") or (bool(case.titles("example")) and not case.likens)
    if case.reading.opens_with("can", "could", "should", "would", "what", "whats", "which"):
        # "Can it be funny too" and "what about comedy" ask for other titles.
        return asked and (case.says("content") or not case.changes)
    if case.spoken or case.says("like", "seeking"):
        return asked
    return case.says("content", "it", "all") or case.reading.opens_with("does", "will", "is", "did")


def accept(case: Case) -> bool:
    """A title is chosen."""
    if case.says("like", "more", "why", "seen", "seeking", "against", "reject", "surprise"):
        return False
    if case.says("same") or (case.says("fond") and not case.says("accept")):
        return False
    if case.changes or case.reading.question or case.titles("avoid") or case.says("switch"):
        return False
    if case.says("accept") and case.titles("example"):
        return True
    if case.referred:
        # Of what one is offered, one names what one takes.
        return not case.tones
    held = case.state.focus or case.state.picks
    return case.says("accept") and bool(held) and case.rest <= 1 and not case.asks
