"""Progress bars on the terminal, beside what a command prints."""

from rich.console import Console
from rich.progress import (
    BarColumn,
    MofNCompleteColumn,
    Progress,
    ProgressColumn,
    Task,
    TextColumn,
    TimeRemainingColumn,
)
from rich.text import Text


def bar(doing: str) -> Progress:
    """How many of all titles are done, how many in a second, and the time that is left."""
    return Progress(
        TextColumn(doing),
        BarColumn(),
        MofNCompleteColumn(),
        _Rate(),
        TimeRemainingColumn(),
        console=Console(stderr=True),
    )


class _Rate(ProgressColumn):
    def render(self, task: Task) -> Text:
        """Titles a second, empty until it is known."""
        return Text(f"{task.speed:.0f}/s" if task.speed else "")
