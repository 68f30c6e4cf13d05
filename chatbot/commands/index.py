"""`index`: the index built, with a bar that shows how far it is."""

import sys

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

from chatbot.settings import Settings
from chatbot.wiring import Library


def build(settings: Settings) -> None:
    """Build the index unless it is there, and say so."""
    built = indexed(settings)
    told = "built" if built else "was up to date"
    sys.stdout.write(f"The index of {settings.catalogue} {told}.\n")


def indexed(settings: Settings) -> bool:
    """Have the index ready; whether it had to be built."""
    library = Library.of(settings)
    if library.is_built():
        return False
    columns = (TextColumn("Indexing titles"), BarColumn(), MofNCompleteColumn())
    bar = Progress(*columns, TimeRemainingColumn(), console=Console(stderr=True))
    with bar:
        task = bar.add_task("", total=len(library.catalogue))
        library.build(lambda titles: bar.advance(task, titles))
    return True
