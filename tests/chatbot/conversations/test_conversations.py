"""How well recorded conversations are understood, from the first message to the last answer.

Those of `blind` were written without knowledge of the rules: their floors are lower, and what
they fell short of at first sight stands in docs/understanding.md.
"""

from dataclasses import dataclass

from chatbot.commands.outcome import answered
from chatbot.wiring import App
from memory import new_id
from tests.chatbot.conftest import Wire
from tests.chatbot.conversations.expectations import Dialogue, recorded
from tests.chatbot.conversations.judge import Judge, Reply, Verdict

DEVELOPMENT_TURNS, DEVELOPMENT_WHOLE, BLIND_TURNS = 0.97, 0.9, 0.9


@dataclass(frozen=True, slots=True)
class Run:
    """The verdicts on all turns of some conversations, by conversation and turn."""

    verdicts: dict[str, list[Verdict]]

    @property
    def failing(self) -> list[str]:
        """Every turn that fails, with why."""
        return [
            f"{name} turn {n}: {'; '.join(verdict.faults)}"
            for name, verdicts in self.verdicts.items()
            for n, verdict in enumerate(verdicts, 1)
            if verdict.faults
        ]

    @property
    def turns(self) -> float:
        """The share of turns as expected."""
        return 1 - len(self.failing) / sum(map(len, self.verdicts.values()))

    @property
    def whole(self) -> float:
        """The share of conversations in which every turn is as expected."""
        good = [not any(each.faults for each in verdicts) for verdicts in self.verdicts.values()]
        return sum(good) / len(good)

    @property
    def hard(self) -> tuple[int, int, int]:
        """Picks that break a hard wish, that were shown before, and that do not exist."""
        every = [each for verdicts in self.verdicts.values() for each in verdicts]
        broken, repeated = sum(each.broken for each in every), sum(each.repeated for each in every)
        return broken, repeated, sum(each.unknown for each in every)


async def judged(app: App, dialogue: Dialogue, judge: Judge) -> list[Verdict]:
    conversation, owner = new_id(), new_id()
    replies = dict[int, Reply]()
    for n, turn in enumerate(dialogue.turns, 1):
        outcome = await answered(app, conversation, turn.say, owner)
        searched = bool(outcome.understood and outcome.understood.searches)
        picks = tuple(pick.mal_id for pick in outcome.picks)
        replies[n] = Reply(searched, picks, outcome.answer)
    expected = enumerate(dialogue.turns, 1)
    return [judge.judge(turn.expect, n, replies) for n, turn in expected]


async def run(name: str, wire: Wire, settings: dict[str, str]) -> Run:
    async with wire(settings) as app:
        judge = Judge(app.parts.catalogue)
        return Run({each.id: await judged(app, each, judge) for each in recorded(name)})


async def test_the_development_conversations_go_as_expected(
    wire: Wire, settings: dict[str, str]
) -> None:
    development = await run("development", wire, settings)
    assert development.hard == (0, 0, 0), development.failing
    assert development.turns >= DEVELOPMENT_TURNS, development.failing
    assert development.whole >= DEVELOPMENT_WHOLE, development.failing


async def test_conversations_that_the_rules_were_not_written_for_go_well(
    wire: Wire, settings: dict[str, str]
) -> None:
    blind = await run("blind", wire, settings)
    assert blind.turns >= BLIND_TURNS, blind.failing
    assert blind.hard[1:] == (0, 0)
