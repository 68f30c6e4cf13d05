"""The app's commands, run as people at a terminal run them."""

import os
import subprocess
import sys

from click.testing import CliRunner

from chatbot.__main__ import main
from chatbot.settings import PROJECT

_DEADLINE_SECONDS = 60


def run(
    *arguments: str, given: str | None = None, **environment: str
) -> subprocess.CompletedProcess[str]:
    """Run a command with nothing in its environment but this."""
    kept = {name: text for name, text in os.environ.items() if name in {"PATH", "HOME"}}
    return subprocess.run(  # noqa: S603  # the app itself
        [sys.executable, "-m", "chatbot", *arguments],
        cwd=PROJECT,
        env=kept | environment,
        input=given,
        capture_output=True,
        text=True,
        timeout=_DEADLINE_SECONDS,
        check=False,
    )


def refusal(*arguments: str) -> str:
    """The one sentence of a command that is refused, run within this process: much faster."""
    done = CliRunner().invoke(main, arguments)
    assert (done.exit_code, done.stdout) == (2, "")
    return done.stderr


def complaint(done: subprocess.CompletedProcess[str]) -> str:
    """The one sentence of a command that was refused."""
    assert (done.returncode, done.stdout) == (2, "")
    assert "Traceback" not in done.stderr
    return done.stderr
