"""`search`: retrieval alone, as a first message would be understood and ranked."""

import json
import sys
from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path
from time import perf_counter

import click
from pydantic import BaseModel, Field, ValidationError

from chatbot.commands.lines import numbered, written
from chatbot.parts import Parts
from chatbot.settings import Settings
from chatbot.texts import cleaned
from chatbot.wiring import made
from retrieval import Candidate, RequestState

_MOST = 200


class _Query(BaseModel):
    """A line of a batch."""

    id: str | int
    query: str
    k: int = Field(default=10, ge=1, le=_MOST)


def search(settings: Settings, text: str, count: int, form: str) -> None:
    """Print the titles found, best first."""
    for candidate in _found(made(settings), text, count):
        if form == "json":
            sys.stdout.write(written(_row(candidate)))
        else:
            title = candidate.title
            sys.stdout.write(
                f"{candidate.fit:6.3f}  {title.shown} ({title.year or 'year unknown'})\n"
            )


def batch(settings: Settings, path: Path) -> None:
    """Answer each query of a file with a line."""
    queries = list(_queries(path))
    parts = made(settings)
    for query in queries:
        begun = perf_counter()
        results = [_row(each) for each in _found(parts, query.query, query.k)]
        seconds = round(perf_counter() - begun, 4)
        line = {"id": query.id, "query": query.query, "results": results, "seconds": seconds}
        sys.stdout.write(written(line))
        sys.stdout.flush()


def _found(parts: Parts, text: str, count: int) -> tuple[Candidate, ...]:
    understanding = replace(parts.rules.understand(cleaned(text), RequestState()), count=count)
    return parts.search.find(understanding, count).candidates


def _row(candidate: Candidate) -> dict[str, object]:
    title = candidate.title
    return {"mal_id": title.mal_id, "title": title.shown, "score": candidate.fit}


def _queries(path: Path) -> Iterator[_Query]:
    try:
        with path.open(encoding="utf-8") as file:
            yield from _parsed(file)
    except (OSError, UnicodeDecodeError) as error:
        raise click.UsageError(f"{path} cannot be read as UTF-8 text.") from error


def _parsed(lines: Iterable[str]) -> Iterator[_Query]:
    for number, line in numbered(lines):
        try:
            yield _Query.model_validate_json(line)
        except ValidationError as error:
            raise click.UsageError(
                f"Line {number} is no query: it must be {json.dumps({'id': '1', 'query': '…'})} "
                f"with k from 1 to {_MOST} at will."
            ) from error
