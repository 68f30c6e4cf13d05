"""`ask`: one message in, the answer out."""

import asyncio
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

from chatbot.commands.lines import written
from chatbot.commands.outcome import Outcome, answered
from chatbot.commands.replay import row
from chatbot.settings import Settings
from chatbot.wiring import wired
from memory import new_id


def ask(settings: Settings, text: str, form: str) -> bool:
    """Print the answer, or the whole turn as JSON, and return whether there was one.

    The conversation is kept nowhere.
    """
    with TemporaryDirectory() as folder:
        return asyncio.run(_asked(settings, text, form, Path(folder)))


async def _asked(settings: Settings, text: str, form: str, folder: Path) -> bool:
    async with wired(settings, state=folder) as app:
        outcome: Outcome = await answered(app, new_id(), text, new_id())
        if form == "json":
            sys.stdout.write(written({"user": text} | row(outcome, app.parts.catalogue)))
        else:
            stream = sys.stderr if outcome.failed else sys.stdout
            stream.write(f"{outcome.answer}\n")
            if outcome.notice:
                sys.stderr.write(f"{outcome.notice}\n")
        return not outcome.failed
