"""An app that keeps one chat in the folder it is given, says so, and waits to be killed."""

import asyncio
import sys
from datetime import timedelta
from pathlib import Path

from memory import Runs, connected, embedded
from tests.memory.said import asked


async def _run(folder: Path) -> None:
    async with embedded(folder) as url, connected(url) as redis:
        runs = Runs(redis, kept=timedelta(days=30), lease=timedelta(milliseconds=1))
        await runs.begin("calm", owner="mika", message=asked())
        sys.stdout.write(f"{url}\n")
        sys.stdout.flush()
        await asyncio.Event().wait()


asyncio.run(_run(Path(sys.argv[1])))
