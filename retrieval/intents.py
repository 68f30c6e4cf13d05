"""What messages are for: a row for each intent, with the rule that recognises it."""

import re
from collections.abc import Callable

from retrieval.case import Case
from retrieval.lexicon import word_list
from retrieval.understanding import Intent

# More words than these that nothing was recognised in, and a follow-up is a request of its own.
REFINING = 2
# With more than these it tells a story.
_PLOT = 4
_ARITHMETIC = re.compile(
    r"\d\s*(?:[*\u00d7^]|times|plus|minus|divided by|multiplied by|mod)\s*\d", re.IGNORECASE
)


def _off_topic(case: Case) -> bool:
    if case.says("injection") or _ARITHMETIC.search(case.reading.text):
        return True
    if case.says("offtopic") and not (case.wanted or case.reading.mentions):
        return word_list("anime").isdisjoint(word.text for word in case.reading.words)
    if case.wanted or case.spoken or case.says("more", "like", "identify", "where", "why"):
        return False
    return _of_the_world(case)


def _of_the_world(case: Case) -> bool:
    """A question that no chat about anime is asked: "how do i boil an egg", "who is …"."""
    known = case.asks or case.seeks or case.speaks or case.points
    return case.rest > 1 and not known and case.reading.opens_with("how", "who", "whos", "convert")


def _decline(case: Case) -> bool:
    said = case.says("no") or (case.says("negation", "reject") and not case.rest)
    open_question = case.state.offered or case.state.asked
    return bool(said and open_question) and not (case.asks or case.spoken or case.says("more"))


def _agree(case: Case) -> bool:
    agrees = case.says("yes", "thanks", "fine")
    return bool(agrees and case.state.offered) and not (case.asks or case.spoken or case.rest)


def _hello(case: Case) -> bool:
    return _thanks(case) and not case.says("thanks")


def _thanks(case: Case) -> bool:
    if case.says("more", "seeking", "like", "switch", "surprise", "reject", "offtopic", "identify"):
        return False
    if case.asks or case.spoken or case.points:
        return False
    otherwise = case.says("seen", "why", "accept")
    return case.says("thanks", "hello") and case.rest <= REFINING and not otherwise


def _where(case: Case) -> bool:
    if not case.says("where") or case.says("like", "more"):
        return False
    return not (case.asks and (case.says("seeking") or not case.speaks))


def _order(case: Case) -> bool:
    if case.says("sequence") and not case.likens:
        return bool(case.spoken or case.reading.question or case.speaks)
    if not case.says("order") or case.says("more", "like", "seeking"):
        return False
    return bool(case.spoken) or (not case.wanted and (case.speaks or case.reading.question))


def _compare(case: Case) -> bool:
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
        return bool(chooses)
    ranks = case.says("best") or "comparison" in case.kinds
    superlative = ranks and case.reading.question and case.says("all", "compare")
    return superlative and bool(case.state.picks) and not case.says("seeking")


def _why(case: Case) -> bool:
    if not case.says("why") or case.says("more", "seeking") or case.says("fond"):
        return False
    asks = case.reading.question or not (case.asks or case.says("like"))
    return asks and bool(case.about) and (case.speaks or not (case.rest or case.asks))


def _fact(case: Case) -> bool:
    if case.says("like", "same", "more", "identify", "content") or case.reading.limits:
        return False
    if not case.about or any(each.stance in {"drop", "welcome"} for each in case.changes):
        return False
    if case.points:
        told = case.reading.question or case.spoken or case.state.focus
        sought = case.says("seeking", "reject") and not (case.reading.question and case.spoken)
        return bool(told) and not sought
    if case.implied_points and not case.says("seeking", "welcome"):
        could = case.reading.opens_with("can", "could", "would", "should", "do", "what")
        told = bool(case.titles("example") or case.says("it")) and not could
        return case.reading.question and told
    bare = not (case.asks or case.rest or case.says("fond", "accept", "reject"))
    return bool(case.titles("example")) and bare and case.reading.question


def _which(case: Case) -> bool:
    of_them = case.says("all") and case.reading.opens_with("are", "is", "any", "which", "do")
    picked = of_them and case.state.picks
    return bool(picked and case.wanted) and not (
        case.spoken or case.says("more", "seeking", "like")
    )


def _content(case: Case) -> bool:
    """Any other question about titles that were shown or named."""
    loosens = any(each.stance in {"drop", "welcome"} for each in case.changes)
    if loosens or case.says("more", "fond", "seen", "switch"):
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


def _accept(case: Case) -> bool:
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


def _identify(case: Case) -> bool:
    goes_on = case.state.searched == "identify" and case.rest > _PLOT and not case.wanted
    return (case.says("identify") and case.rest >= REFINING) or goes_on


def _surprise(case: Case) -> bool:
    return case.says("surprise") and case.rest <= REFINING and not case.spoken


def _switch(case: Case) -> bool:
    """A new subject; to take back a limit alone is none."""
    loosens = any(each.stance in {"drop", "welcome"} for each in case.changes)
    if case.says("reset"):
        return True
    if not case.says("switch") or case.titles("seen") or loosens:
        return False
    subject = case.kinds & {"tag", "motif", "tone"} or case.spoken or case.rest > REFINING
    return bool(subject) or not case.wanted


def _seen(case: Case) -> bool:
    if case.says("like") and not case.titles("seen"):
        return False
    all_of_them = case.says("seen") and case.says("all", "it") and not case.spoken
    told = bool(case.titles("seen") or all_of_them) and not case.reading.question
    return case.follows and told


def _reject(case: Case) -> bool:
    refused = case.says("reject") or (case.says("against") and case.says("all"))
    return refused and bool(case.state.picks) and not (case.asks or case.spoken)


def _relax(case: Case) -> bool:
    loosens = any(each.stance in {"drop", "welcome"} for each in case.changes)
    return case.follows and (loosens or (case.says("correct") and bool(case.spoken)))


def _unlike(case: Case) -> bool:
    return bool(case.titles("avoid")) and not case.titles("example")


def _like(case: Case) -> bool:
    again = case.says("like") and case.says("it", "same")
    same = case.says("same") and not case.reading.said("column")
    return bool(case.titles("example")) or (bool(case.state.focus) and (again or same))


def _more(case: Case) -> bool:
    alone = case.rest <= REFINING or case.says("all", "it")
    return case.says("more") and case.follows and alone and not case.asks


def _silent(case: Case) -> bool:
    """A message that names no subject, and so says nothing against what was asked for."""
    return case.follows and not (case.asks or case.rest)


def _refine(case: Case) -> bool:
    """A change to what was asked for: with few words besides, or without a new subject."""
    subject = any(each.column == "tag" and each.rule == "any" for each in case.wanted)
    aside = case.rest <= REFINING or not (subject or case.leanings)
    points_back = case.says("it", "all") and case.rest <= _PLOT
    return case.follows and ((case.asks and aside) or (points_back and not subject))


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
    ("order", _order),
    ("compare", _compare),
    ("why", _why),
    ("fact", _fact),
    ("which", _which),
    ("content", _content),
    ("accept", _accept),
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
