"""`doctor`: a table of what was looked at, and what to mend."""

import asyncio

from rich.console import Console
from rich.table import Table
from rich.text import Text

from chatbot.checks import examined
from chatbot.settings import Settings


def examine(settings: Settings) -> int:
    """Print the table; 1 if something is wrong, else 0."""
    checks = asyncio.run(examined(settings))
    table = Table("", "Looked at", "Found")
    for each in checks:
        mark = Text("wrong", "bold red") if each.problem else Text("well", "green")
        table.add_row(mark, each.name, Text(each.problem or each.found))
    Console().print(table)
    return int(any(each.problem for each in checks))
