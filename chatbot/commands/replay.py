"""`replay`: whole conversations, each turn as the page would run it, a line of JSON for each."""

import asyncio
import sys
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import asdict
from pathlib import Path
from tempfile import TemporaryDirectory

import click
from pydantic import BaseModel, ValidationError

from chatbot.commands.lines import numbered, written
from chatbot.commands.outcome import Outcome, answered
from chatbot.errors import BadMessage
from chatbot.settings import Settings
from chatbot.wiring import App, wired
from data import Catalogue
from memory import Pick, new_id
from retrieval import Constraint


class _Said(BaseModel):
    say: str


class _Dialogue(BaseModel):
    """A line of the input; what else it holds is ignored."""

    id: str | int
    turns: list[str | _Said]


def replay(settings: Settings, lines: Iterable[str]) -> None:
    """Print a line for each turn as soon as it is there; conversations are kept nowhere."""
    with TemporaryDirectory() as folder:
        asyncio.run(_replayed(settings, lines, Path(folder)))


async def _replayed(settings: Settings, lines: Iterable[str], folder: Path) -> None:
    async with wired(settings, state=folder) as app:
        for number, line in numbered(lines):
            dialogue = _dialogue(number, line)
            conversation, owner = new_id(), new_id()
            for turn, said in enumerate(dialogue.turns, 1):
                text = said if isinstance(said, str) else said.say
                outcome = await _outcome(app, conversation, text, owner)
                named = {"dialogue": dialogue.id, "turn": turn, "user": text}
                sys.stdout.write(written(named | row(outcome, app.parts.catalogue)))
                sys.stdout.flush()


async def _outcome(app: App, conversation: str, text: str, owner: str) -> Outcome:
    try:
        return await answered(app, conversation, text, owner)
    except BadMessage as error:
        return Outcome(answer=str(error))


def _dialogue(number: int, line: str) -> _Dialogue:
    try:
        return _Dialogue.model_validate_json(line)
    except ValidationError as error:
        raise click.UsageError(
            f'Line {number} is no conversation: it must be {{"id": "1", "turns": ["…"]}}.'
        ) from error


def row(outcome: Outcome, catalogue: Catalogue) -> dict[str, object]:
    """The turn as a line of the output has it."""
    understood = outcome.understood
    return {
        "intent": understood.intent if understood else None,
        "query": understood.query if understood else "",
        "filters": _filters(understood.constraints if understood else ()),
        "searched": bool(understood and understood.searches),
        "picks": [_pick(pick, catalogue) for pick in outcome.picks],
        "answer": outcome.answer,
        "understood_by": understood.understood_by if understood else None,
        "answered_by": outcome.answered_by,
        "seconds": asdict(outcome.seconds),
    }


def _filters(constraints: Iterable[Constraint]) -> dict[str, object]:
    """The wishes in force; of several lists under one name each must be satisfied."""
    lists: defaultdict[str, list[list[str]]] = defaultdict(list)
    limits: dict[str, float] = {}
    for each in constraints:
        name = f"{each.column}_{each.rule}"
        if each.values:
            lists[name].append(list(each.values))
        else:
            limits[name] = each.number
    return {**lists, **limits}


def _pick(pick: Pick, catalogue: Catalogue) -> dict[str, object]:
    title = catalogue.find(pick.mal_id)
    facts = (
        {
            "title": title.shown,
            "year": title.year,
            "type": title.type,
            "episodes": title.episodes,
            "genres": list(title.genres),
            "score": title.score,
        }
        if title
        else {}
    )
    return {"n": pick.n, "mal_id": pick.mal_id, **facts, "reason": pick.reason}
