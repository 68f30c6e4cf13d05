"""The command line: python -m chatbot COMMAND."""

import signal
import sys
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path
from typing import Any, NoReturn

import click
import structlog

from chatbot.errors import is_known, told
from chatbot.settings import Settings, environment

_FILE = click.Path(path_type=Path, dir_okay=False)
_FOLDER = click.Path(path_type=Path, file_okay=False)


class _Commands(click.Group):
    """Shows every error as one sentence and exits with 2; nobody sees a traceback."""

    def invoke(self, ctx: click.Context) -> object:
        """Run the command."""
        try:
            return super().invoke(ctx)
        except (click.ClickException, click.exceptions.Exit, click.Abort):
            raise
        except Exception as error:  # the edge of the process
            if not is_known(error):
                structlog.get_logger().exception("command_failed")
            raise _Sentence(told(error)) from error


class _Command(click.Command):
    """Every command can be pointed at another catalogue, by options named as the settings are."""

    def __init__(self, *arguments: Any, **options: Any) -> None:
        super().__init__(*arguments, **options)
        self.params += [
            click.Option(["--catalogue"], type=_FILE, help="Instead of the setting CATALOGUE."),
            click.Option(["--index", "index_dir"], type=_FOLDER, help="Instead of INDEX_DIR."),
        ]

    def invoke(self, ctx: click.Context) -> object:
        """Run the command with the settings that the options change."""
        chosen = {name: ctx.params.pop(name) for name in ("catalogue", "index_dir")}
        ctx.obj = replace(ctx.obj, **{name: path for name, path in chosen.items() if path})
        return super().invoke(ctx)


class _Sentence(click.ClickException):
    exit_code = 2


@click.group(cls=_Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.pass_context
def main(context: click.Context) -> None:
    """Osusume recommends anime, in a chat that remembers."""
    from chatbot import logs  # noqa: PLC0415

    signal.signal(signal.SIGTERM, _end)
    settings = Settings.read(environment(Path.cwd()))
    # Only a server's log is read for what goes well; at a terminal it would drown the answer.
    serving = context.invoked_subcommand == "serve"
    logs.configure(settings if serving else replace(settings, log_level="warning"))
    context.obj = settings


@main.command(cls=_Command)
@click.option("--port", type=click.IntRange(1, 65535), help="Where the page is served.")
@click.pass_obj
def serve(settings: Settings, port: int | None) -> None:
    """Build the index if need be, and serve the page."""
    from chatbot.commands import serve as command  # noqa: PLC0415

    command.serve(settings, port or settings.port)


@main.command(cls=_Command)
@click.pass_obj
def chat(settings: Settings) -> None:
    """Chat in the terminal; the conversation goes on where it was left."""
    from chatbot.commands import chat as command  # noqa: PLC0415

    command.chat(settings)


@main.command(cls=_Command)
@click.argument("text")
@click.option("--json", "form", flag_value="json", default="text", help="Print a line of JSON.")
@click.pass_obj
def ask(settings: Settings, text: str, form: str) -> None:
    """Answer one message."""
    from chatbot.commands import ask as command  # noqa: PLC0415

    command.ask(settings, text, form)


@main.command(cls=_Command)
@click.argument("text", required=False)
@click.option("--k", "count", type=click.IntRange(1, 200), default=10, show_default=True)
@click.option("--json", "form", flag_value="json", default="text", help="Print lines of JSON.")
@click.option("--batch", type=_FILE, help="A file of queries, one JSON object a line.")
@click.pass_obj
def search(settings: Settings, text: str | None, count: int, form: str, batch: Path | None) -> None:
    """Search titles for TEXT, without a conversation around it."""
    from chatbot.commands import search as command  # noqa: PLC0415

    if (text is None) == (batch is None):
        raise click.UsageError("Give either a TEXT to search for or --batch FILE.")
    if batch is not None:
        command.batch(settings, batch)
    elif text is not None:
        command.search(settings, text, count, form)


@main.command(cls=_Command)
@click.argument("file", type=click.File(encoding="utf-8"), default="-")
@click.pass_obj
def replay(settings: Settings, file: Iterable[str]) -> None:
    """Run the conversations of FILE (standard input without one), a line of JSON a turn."""
    from chatbot.commands import replay as command  # noqa: PLC0415

    command.replay(settings, file)


@main.command(cls=_Command)
@click.pass_obj
def index(settings: Settings) -> None:
    """Build the index, or find it up to date."""
    from chatbot.commands import index as command  # noqa: PLC0415

    command.build(settings)


@main.command(cls=_Command)
@click.pass_obj
def doctor(settings: Settings) -> None:
    """Check settings, catalogue, index, Redis and Groq; exit with 1 if something is wrong."""
    from chatbot.commands import doctor as command  # noqa: PLC0415

    sys.exit(command.examine(settings))


def _end(*_: object) -> NoReturn:
    """End in order. A server has ended when it raises the signal again, what it uses has not."""
    sys.exit(0)


if __name__ == "__main__":
    main(prog_name="python -m chatbot")
