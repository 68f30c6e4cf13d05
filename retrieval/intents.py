"""What messages are for: a row for each intent, with the rule that recognises it."""

from collections.abc import Callable

from retrieval import questions
from retrieval.case import FEW, PLOT, Case
from retrieval.understanding import Intent


def _identify(case: Case) -> bool:
    goes_on = case.state.searched == "identify" and case.rest > PLOT and not case.wanted
    described = case.says("identify") and case.rest >= FEW
    return described or case.reading.narrates or goes_on


def _surprise(case: Case) -> bool:
    return case.says("surprise") and case.rest <= FEW and not case.spoken


def _switch(case: Case) -> bool:
    """A new subject; to take back a limit alone is none."""
    if case.says("reset"):
        return True
    if not case.says("switch") or case.titles("seen") or case.loosens:
        return False
    subject = case.kinds & {"tag", "motif", "tone"} or case.spoken or case.rest > FEW
    return bool(subject) or not case.wanted


def _seen(case: Case) -> bool:
    if case.says("like") and not case.titles("seen"):
        return False
    alone = not (case.asks or case.rest)
    all_of_them = case.says("seen") and not case.spoken and (alone or case.says("all", "it"))
    told = bool(case.titles("seen") or all_of_them) and not case.reading.question
    return case.follows and told


def _reject(case: Case) -> bool:
    refused = case.says("reject") or (case.says("against") and case.says("all"))
    return refused and bool(case.state.picks) and not (case.asks or case.spoken)


def _relax(case: Case) -> bool:
    return case.follows and (case.loosens or (case.says("correct") and bool(case.spoken)))


def _unlike(case: Case) -> bool:
    return bool(case.titles("avoid")) and not case.titles("example")


def _like(case: Case) -> bool:
    again = case.says("like") and (case.says("it", "same") or not case.rest)
    same = case.says("same") and not case.reading.said("column")
    return bool(case.titles("example")) or (bool(case.state.focus) and (again or same))


def _more(case: Case) -> bool:
    alone = case.rest <= FEW or case.says("all", "it")
    return case.says("more") and case.follows and alone and not case.asks


def _silent(case: Case) -> bool:
    """A message that names no subject, and so says nothing against what was asked for."""
    return case.follows and not (case.asks or case.rest)


def _refine(case: Case) -> bool:
    """A change to what was asked for: with few words besides, or without a new subject."""
    subject = any(each.column == "tag" and each.rule == "any" for each in case.wanted)
    aside = case.rest <= FEW or not (subject or case.leanings)
    points_back = case.says("it", "all") and case.rest <= PLOT
    goes_on = (case.asks and aside) or case.adds or (points_back and not subject)
    return case.follows and goes_on


def _request(_: Case) -> bool:
    return True


# The first that applies is the intent; a new kind of message is a row here.
INTENTS: tuple[tuple[Intent, Callable[[Case], bool]], ...] = (
    ("off_topic", questions.off_topic),
    ("decline", questions.decline),
    ("relax", questions.agree),
    ("identify", _identify),
    ("hello", questions.hello),
    ("thanks", questions.thanks),
    ("where", questions.where),
    ("order", questions.order),
    ("compare", questions.compare),
    ("why", questions.why),
    ("fact", questions.fact),
    ("which", questions.which),
    ("content", questions.content),
    ("accept", questions.accept),
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
