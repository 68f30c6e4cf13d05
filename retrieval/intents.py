"""What messages are for: a row for each intent, with the rule that recognises it."""

import re
from collections.abc import Callable

from retrieval.case import Case
from retrieval.understanding import Intent

# More words than these that nothing was recognised in, and a follow-up is a request of its own.
REFINING = 2
_ARITHMETIC = re.compile(
    r"\d\s*(?:[*×^]|times|plus|minus|divided by|multiplied by|mod)\s*\d", re.IGNORECASE
)
# So few words, and a message is nothing but what its cue says.
_SHORT = 4
_TOLD = ("fact", "content", "why", "compare", "where", "order", "which", "accept")


def _off_topic(case: Case) -> bool:
    if case.says("injection") or _ARITHMETIC.search(case.reading.text):
        return True
    elsewhere = case.wanted or case.spoken or case.says("more", "like", "identify")
    return case.says("offtopic") and not (elsewhere or (case.seeks and case.follows))


def _decline(case: Case) -> bool:
    said = case.says("no") and (case.state.offered or case.state.asked)
    return bool(said) and not (case.asks or case.spoken or case.rest or case.says("more"))


def _agree(case: Case) -> bool:
    agrees = case.says("yes") or (case.says("fine") and not case.kinds & {"tag", "type"})
    return bool(agrees and case.state.offered) and not (case.asks or case.spoken or case.rest)


def _thanks(case: Case) -> bool:
    if case.says("more", "seeking", "like", "switch", "surprise", "reject", "offtopic", "identify"):
        return False
    if case.asks or case.spoken or case.points:
        return False
    return case.says("thanks", "hello") and case.rest <= REFINING and not case.says("seen", "why")


def _hello(case: Case) -> bool:
    return _thanks(case) and not case.says("thanks")


def _where(case: Case) -> bool:
    return case.says("where") and not (case.asks and (case.seeks or not case.speaks))


def _order(case: Case) -> bool:
    if not case.says("order") or case.says("more", "like") or case.wanted:
        return False
    return bool(case.spoken or case.speaks or case.reading.question)


def _compare(case: Case) -> bool:
    if case.says("like", "seen", "fond", "more") and not case.says("best"):
        return False
    several = len(case.titles("example", "than")) > 1
    chooses = case.says("compare", "best") or (case.points and case.reading.question)
    if several:
        return bool(chooses) or case.reading.question
    superlative = case.says("best") and (case.reading.question or case.says("all"))
    return superlative and bool(case.state.picks) and not case.spoken and not case.wanted


def _why(case: Case) -> bool:
    if not case.says("why") or case.says("more", "like") or case.wanted:
        return False
    return bool(case.spoken) or (bool(case.about) and case.rest <= REFINING and not case.seeks)


def _fact(case: Case) -> bool:
    if case.says("like", "same", "more", "identify") or case.reading.limits:
        return False
    if not case.about or any(each.stance in {"drop", "welcome"} for each in case.changes):
        return False
    if case.points:
        told = case.reading.question or case.spoken or case.says("it", "all") or case.state.focus
        return bool(told) and not (case.says("seeking") and not case.spoken)
    if case.implied_points and not case.says("seeking"):
        return case.reading.question and bool(case.titles("example") or case.says("it"))
    return _asks_about(case)


def _asks_about(case: Case) -> bool:
    """A question that holds nothing but a title: "and the third?"."""
    bare = not (case.asks or case.rest or case.says("fond", "seen", "accept", "reject", "where"))
    return bool(case.titles("example")) and bare and case.reading.question


def _content(case: Case) -> bool:
    if case.says("like", "more", "seeking", "amount") and not case.spoken:
        return False
    asked = case.kinds & {"tag", "motif", "tone", "age", "rating"} or case.says("content")
    if not (asked and case.reading.question and case.about) or case.says("like", "more", "fond"):
        return False
    # "Can it be funny too" asks for other titles.
    return bool(case.spoken) or (case.says("it", "all") and not case.says("welcome"))


def _which(case: Case) -> bool:
    picked = case.reading.question and case.says("all") and case.state.picks
    return bool(picked and case.wanted) and not (case.spoken or case.says("more", "seeking", "like"))


def _accept(case: Case) -> bool:
    if not case.says("accept") or case.says("like", "more", "why", "negation", "seen"):
        return False
    if case.changes or case.reading.question or case.says("seeking"):
        return False
    return bool(case.titles("example")) or (
        case.says("it") and bool(case.state.focus) and case.rest <= REFINING
    )


def _identify(case: Case) -> bool:
    return case.says("identify") and case.rest >= REFINING


def _surprise(case: Case) -> bool:
    return case.says("surprise") and case.rest <= REFINING and not case.spoken


def _switch(case: Case) -> bool:
    return case.says("switch") and not case.titles("seen")


def _seen(case: Case) -> bool:
    if case.says("like") and not case.titles("seen"):
        return False
    all_of_them = case.says("seen") and case.says("all", "it") and not case.spoken
    return bool(case.state.picks or case.follows) and bool(case.titles("seen") or all_of_them)


def _reject(case: Case) -> bool:
    refused = case.says("reject") or (case.says("against") and case.says("all"))
    return refused and bool(case.state.picks) and not (case.asks or case.spoken)


def _relax(case: Case) -> bool:
    loosens = any(each.stance in {"drop", "welcome"} for each in case.changes)
    return case.follows and (loosens or case.says("correct") and bool(case.spoken))


def _unlike(case: Case) -> bool:
    return bool(case.titles("avoid")) and not case.titles("example")


def _like(case: Case) -> bool:
    return bool(case.titles("example")) or (
        case.says("like") and case.says("it") and bool(case.state.focus)
    )


def _more(case: Case) -> bool:
    return case.says("more") and case.follows and not (case.asks or case.rest)


def _silent(case: Case) -> bool:
    """A message that says nothing we know, and so nothing against what was asked for."""
    return case.follows and not (case.asks or case.rest)


def _refine(case: Case) -> bool:
    return case.follows and case.asks and case.rest <= REFINING


def _request(_: Case) -> bool:
    return True


# The first that applies is the intent; a new kind of message is a row here.
INTENTS: tuple[tuple[Intent, Callable[[Case], bool]], ...] = (
    ("off_topic", _off_topic),
    ("decline", _decline),
    ("relax", _agree),
    ("identify", _identify),
    ("hello", _hello),
    ("thanks", _thanks),
    ("where", _where),
    ("compare", _compare),
    ("order", _order),
    ("accept", _accept),
    ("why", _why),
    ("fact", _fact),
    ("which", _which),
    ("content", _content),
    ("switch", _switch),
    ("surprise", _surprise),
    ("seen", _seen),
    ("reject", _reject),
    ("relax", _relax),
    ("unlike", _unlike),
    ("like", _like),
    ("more", _more),
    ("refine", _refine),
    ("more", _silent),
    ("request", _request),
)
# Those that are answered from what is known, without a search.
TOLD: frozenset[Intent] = frozenset(
    {
        "accept",
        "fact",
        "content",
        "which",
        "where",
        "why",
        "compare",
        "order",
        "decline",
        "hello",
        "thanks",
        "off_topic",
    }
)
