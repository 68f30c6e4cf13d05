"""`index`: the index built, with a bar that shows how far it is, or compared with its catalogue."""

import sys
from collections.abc import Sequence

from chatbot.commands.bars import bar
from chatbot.settings import Settings
from chatbot.wiring import Library
from data import Title

_TOLD = 20
_BUILD = "Build it with: python -m chatbot index\n"


def build(settings: Settings) -> None:
    """Build the index unless it is there, and say so."""
    built = indexed(Library.of(settings))
    told = "built" if built else "was up to date"
    sys.stdout.write(f"The index of {settings.catalogue} {told}.\n")


def indexed(library: Library) -> bool:
    """Have the index ready; whether it had to be built."""
    if library.is_built():
        return False
    with bar("Indexing titles") as progress:
        task = progress.add_task("", total=len(library.catalogue))
        library.build(lambda titles: progress.advance(task, titles))
    return True


def check(settings: Settings) -> int:
    """Say whether every title is in the index as it is in the catalogue: 0 if so, else 1."""
    library = Library.of(settings)
    if not library.is_built():
        sys.stdout.write(f"There is no index of {settings.catalogue} yet. {_BUILD}")
        return 1
    gaps = library.gaps()
    _tell("Not in the index", gaps.missing)
    _tell("With another text in the index", gaps.changed)
    _tell("No longer in the catalogue", gaps.unknown)
    if gaps:
        sys.stdout.write(_BUILD)
        return 1
    sys.stdout.write(f"All {len(library.catalogue):,} titles are in the index.\n")
    return 0


def _tell(what: str, titles: Sequence[Title | int]) -> None:
    for title in titles[:_TOLD]:
        named = f"{title.mal_id} {title.shown}" if isinstance(title, Title) else title
        sys.stdout.write(f"{what}: {named}\n")
    if len(titles) > _TOLD:
        sys.stdout.write(f"{what}: {len(titles) - _TOLD:,} more\n")
