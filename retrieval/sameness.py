"""Wishes for the same maker, source or format as a title has."""

from collections.abc import Iterator, Sequence

from data import Title
from retrieval.constraints import Change, Column, Constraint, wanted
from retrieval.reading import Reading

_SHARED: dict[str, Column] = {"studio": "studio", "source": "source", "type": "type"}


def shared(reading: Reading, titles: Sequence[Title]) -> Iterator[Change]:
    """The same studio, source or format as the titles spoken of."""
    if titles and reading.says("makers"):
        studios = tuple(dict.fromkeys(name for title in titles for name in title.studios))
        yield wanted(Constraint(column="studio", rule="any", values=studios))
    if not (titles and reading.says("same")):
        return
    for each in reading.said("column"):
        column = _SHARED.get(each.phrase.value)
        values = [value for title in titles for value in _held(title, column)]
        if column and values:
            yield wanted(Constraint(column=column, rule="any", values=tuple(dict.fromkeys(values))))


def _held(title: Title, column: Column | None) -> tuple[str, ...]:
    if column == "studio":
        return title.studios
    return tuple(filter(None, [title.source if column == "source" else title.type]))
