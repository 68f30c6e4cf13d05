"""Answers to what needs no search: facts, reasons, comparisons, watch orders and small talk."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from chatbot.facts import UNKNOWN, all_facts, compared, in_short, stated
from data import Catalogue, Franchises, Title
from data.franchises import Entry
from data.vocabulary import in_words
from retrieval import Candidate, Found, Intent, Understanding, joined

_WELCOME = "You are welcome. Whenever you want something to watch, say what it should be like."
_HELLO = "Hello. Say what you feel like watching: a mood, a genre, a title you loved."
_OFF_TOPIC = (
    "That is outside of what I can help with: I recommend anime. "
    "Tell me what you feel like watching, and I will find something to watch."
)
_NOWHERE = (
    "That I don't know: services differ by country and change every season. "
    "JustWatch and LiveChart list where a title can be watched legally."
)
_KEPT = "Then it stays as it is. Say what else it should be like."
_NONE_MEANT = "Which one do you mean? Say its number in the list, or its name."
# A franchise with more parts than these is told up to here.
_PARTS = 12
# Of so many titles the order is told at once.
_TITLES = 2


@dataclass(frozen=True, slots=True)
class Asked:
    """A question with the titles it is about, and what was found of them."""

    understanding: Understanding
    titles: tuple[Title, ...]
    found: Found


class Answers:
    """Answers by intent; a function of this module for each that needs no search."""

    def __init__(self, catalogue: Catalogue, franchises: Franchises) -> None:
        self._catalogue = catalogue
        self._by_intent: Mapping[Intent, Callable[[Asked], str]] = {
            "accept": _accepted,
            "fact": _facts,
            "content": _content,
            "which": _which,
            "where": _where,
            "why": _why,
            "compare": _comparison,
            "order": lambda asked: _order(asked, franchises, catalogue),
            "decline": lambda _: _KEPT,
            "hello": lambda _: _HELLO,
            "thanks": lambda _: _WELCOME,
            "off_topic": lambda _: _OFF_TOPIC,
        }

    def write(self, understanding: Understanding, found: Found) -> str:
        """The answer to a message that needs no search."""
        about = (self._catalogue.find(mal_id) for mal_id in understanding.about)
        titles = tuple(title for title in about if title)
        return self._by_intent[understanding.intent](Asked(understanding, titles, found))


def _accepted(asked: Asked) -> str:
    if not asked.titles:
        return _WELCOME
    names = joined([title.shown for title in asked.titles])
    facts = f" {in_short(asked.titles[0])}." if len(asked.titles) == 1 else ""
    return f"{names} it is.{facts} I will remember that you liked the sound of it. Enjoy."


def _facts(asked: Asked) -> str:
    if not asked.titles:
        return _NONE_MEANT
    points = asked.understanding.points or ("synopsis",)
    sentences = [stated(title, point) for title in asked.titles for point in points]
    return "\n".join(dict.fromkeys(sentences))


def _content(asked: Asked) -> str:
    if not asked.titles:
        return _NONE_MEANT
    wanted = [value for each in asked.understanding.held for value in each.values]
    tags = [value for each in asked.understanding.held if each.column == "tag" for value in wanted]
    told = [" ".join(_content_of(title, dict.fromkeys(tags))) for title in asked.titles]
    return "\n".join([*told, "More than these facts I don't know."])


def _content_of(title: Title, tags: Mapping[str, None]) -> Iterator[str]:
    yield stated(title, "age")
    held = [in_words(tag) for tag in tags if tag in title.tags]
    missing = [in_words(tag) for tag in tags if tag not in title.tags]
    if held:
        yield f"{joined(held).capitalize()} is among its genres and themes."
    if missing:
        yield f"Its genres and themes do not list {joined(missing)}."
    yield stated(title, "tag")
    yield f"For the rest: {all_facts(title)}."


def _which(asked: Asked) -> str:
    wish = joined([each.label for each in asked.understanding.held])
    holding = [each.title.shown for each in asked.found.candidates]
    if not holding:
        return f"None of the titles shown fits “{wish}”. Shall I look for others that do?"
    return f"Of the titles shown, “{wish}” fits {joined(holding)}."


def _where(asked: Asked) -> str:
    if asked.understanding.state.focus and len(asked.titles) == 1:
        return f"{_NOWHERE} Look for {asked.titles[0].shown} there."
    return _NOWHERE


def _why(asked: Asked) -> str:
    if not asked.found.candidates:
        return _NONE_MEANT
    return "\n".join(_reason(each, asked.found.near) for each in asked.found.candidates)


def _reason(candidate: Candidate, near: Sequence[str]) -> str:
    title = candidate.title
    like = f" You asked for something like {joined(near)}." if near else ""
    return f"{title.shown}: {candidate.reason}{like} {in_short(title)}. {title.premise}".strip()


def _comparison(asked: Asked) -> str:
    if not asked.titles:
        return _NONE_MEANT
    points = [point for point in asked.understanding.points if point != UNKNOWN]
    lines = [f"{title.shown}: {in_short(title)}." for title in asked.titles]
    for point in points:
        lines += [stated(title, point) for title in asked.titles]
    verdicts = [compared(asked.titles, point) for point in points or ("episodes", "score")]
    return "\n".join(dict.fromkeys([*lines, *filter(None, verdicts)]))


def _order(asked: Asked, franchises: Franchises, catalogue: Catalogue) -> str:
    if not asked.titles:
        return _NONE_MEANT
    told = (_order_of(title, franchises, catalogue) for title in asked.titles[:_TITLES])
    return "\n\n".join(told)


def _order_of(title: Title, franchises: Franchises, catalogue: Catalogue) -> str:
    parts = franchises.parts(title.mal_id)
    related = _related(title, catalogue)
    if len(parts) > 1:
        lines = [f"{title.shown}, in order of release, is the safe way to watch it:"]
        lines += [_part(number, part) for number, part in enumerate(parts[:_PARTS], 1)]
        more = len(parts) - _PARTS
        lines += [f"And {more} more after these."] if more > 0 else []
        return "\n".join([*lines, *filter(None, [related])])
    if related:
        return f"{title.shown} ({title.year}) and its namesakes are works of their own. {related}"
    return (
        f"There is no order to keep for {title.shown}: it stands alone as far as I know, "
        "though I can't rule out a sequel or a film that I have not heard of."
    )


def _part(number: int, part: Entry) -> str:
    several = f"{part.episodes} episodes" if part.episodes and part.episodes > 1 else ""
    told = ", ".join(filter(None, [part.type, str(part.year or ""), several]))
    return f"{number}. {part.name} ({told})"


def _related(title: Title, catalogue: Catalogue) -> str:
    """Other works that bear its name, which the franchises keep apart."""
    head = title.shown.partition(":")[0]
    named_so = [each for each in catalogue if each.shown.partition(":")[0] == head]
    others = sorted((each for each in named_so if each != title), key=lambda each: each.year or 0)
    named = joined([f"{each.shown} ({each.year})" for each in others if each.year])
    return f"In order of release, also by that name: {named}." if named else ""
