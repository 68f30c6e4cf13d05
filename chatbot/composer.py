"""Answers written without any model, in terms of what was asked for."""

from collections.abc import Iterator, Sequence

from chatbot.answers import Answers
from retrieval import Candidate, Found, Relaxation, RequestState, Understanding, joined

_QUESTION = "Should it be a film or a series? And what mood are you in?"
_OPENINGS = {
    "more": "More of the same",
    "seen": "Noted. Instead of what you have seen",
    "reject": "Then something else",
    "surprise": "A surprise",
    "identify": "It may be one of these",
    "switch": "Something else, then",
}


class Composer:
    """Writes answers; marks `[n]` count candidates from 1."""

    def __init__(self, answers: Answers) -> None:
        self._answers = answers

    def write(
        self, understanding: Understanding, found: Found, begun: frozenset[int] = frozenset()
    ) -> Iterator[str]:
        """The answer in pieces; `begun` are the candidates that are in the text already."""
        if not understanding.searches:
            yield self._answers.write(understanding, found)
            return
        chosen = list(enumerate(found.candidates[: understanding.count], 1))
        if not begun:
            yield _opening(understanding, found) + "\n"
        wanted = understanding.count - len(begun)
        fresh = [each for each in chosen if each[0] not in begun][:wanted]
        for number, candidate in fresh:
            yield f"\n[{number}] {_line(candidate)}\n"
        if found.whole < len(chosen):
            yield f"\n{_partly(found.whole)}\n"
        if len(chosen) < understanding.count:
            yield f"\n{_shortage(understanding.state, found.relaxations, some=bool(chosen))}"
        elif understanding.state.asked:
            yield f"\n{_QUESTION}"


def wishes_in_words(state: RequestState) -> str:
    """The wishes in force, the constraints last: "dark, no Romance and at most 12 episodes"."""
    return joined([*state.tones, *(each.label for each in state.constraints)])


def _opening(understanding: Understanding, found: Found) -> str:
    subject = wishes_in_words(understanding.state)
    about = f" for {subject}" if subject else ""
    if not found.candidates:
        return f"Nothing in the catalogue fits{about}."
    if understanding.opened:
        gone = joined([each.label for each in understanding.opened])
        return f"Without “{gone}” there is more{about}:"
    if understanding.intent == "like" and found.near:
        return f"Closest to {joined(found.near)}{about}:"
    if opening := _OPENINGS.get(understanding.intent):
        return f"{opening}{about}:"
    return f"Here is what fits{about}:" if subject else "Here is what fits best:"


def _line(candidate: Candidate) -> str:
    title = candidate.title
    year = f" ({title.year})" if title.year else ""
    return f"{title.shown}{year}: {candidate.reason} {title.premise}".rstrip()


def _partly(whole: int) -> str:
    if not whole:
        return "No title has all of these genres and themes at once, so these have some of them."
    first = "the first has" if whole == 1 else f"the first {whole} have"
    return f"Only {first} all of these genres and themes, the others have some."


def _shortage(state: RequestState, relaxations: Sequence[Relaxation], *, some: bool) -> str:
    begun = "That is all that fits." if some else ""
    if not relaxations:
        told = "Everything that comes near has been shown." if state.shown else ""
        return " ".join(filter(None, [begun, told, "Try asking for something else."]))
    costly = relaxations[0]
    count = f"{costly.titles} more title{'s' if costly.titles > 1 else ''}"
    return (
        f"{begun} The wish that costs the most is “{costly.constraint.label}”: "
        f"without it there are {count}. Shall I drop it?"
    ).strip()
