"""The command line: python -m chatbot COMMAND."""

import signal
import sys
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path
from typing import Any, NoReturn

import click

from chatbot.commands.forms import FILE, FOLDER, Command, Commands
from chatbot.settings import Settings, environment


@click.group(cls=Commands, context_settings={"help_option_names": ["-h", "--help"]})
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


@main.command(cls=Command)
@click.option("--port", type=click.IntRange(1, 65535), help="Where the page is served.")
@click.pass_obj
def serve(settings: Settings, port: int | None) -> None:
    """Build the index if need be, and serve the page."""
    from chatbot.commands import serve as command  # noqa: PLC0415

    command.serve(settings, port or settings.port)


@main.command(cls=Command)
@click.pass_obj
def chat(settings: Settings) -> None:
    """Chat in the terminal; the conversation goes on where it was left."""
    from chatbot.commands import chat as command  # noqa: PLC0415

    command.chat(settings)


@main.command(cls=Command)
@click.argument("text")
@click.option("--json", "form", flag_value="json", default="text", help="Print a line of JSON.")
@click.pass_obj
def ask(settings: Settings, text: str, form: str) -> None:
    """Answer one message; exit status 1 if it could not be answered."""
    from chatbot.commands import ask as command  # noqa: PLC0415

    if not command.ask(settings, text, form):
        raise click.exceptions.Exit(1)


@main.command(cls=Command)
@click.argument("text", required=False)
@click.option("--k", "count", type=click.IntRange(1, 200), default=10, show_default=True)
@click.option("--json", "form", flag_value="json", default="text", help="Print lines of JSON.")
@click.option("--batch", type=FILE, help="A file of queries, one JSON object a line.")
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


@main.command(cls=Command)
@click.argument("file", type=click.File(encoding="utf-8"), default="-")
@click.pass_obj
def replay(settings: Settings, file: Iterable[str]) -> None:
    """Run the conversations of FILE (standard input without one), a line of JSON a turn."""
    from chatbot.commands import replay as command  # noqa: PLC0415

    command.replay(settings, file)


@main.command("import")
@click.argument("kind", type=click.Choice(["csv", "json", "jikan", "anilist"]))
@click.argument("sources", metavar="SOURCE...", nargs=-1, required=True)
@click.option("--to", type=FILE, required=True, help="The catalogue file to be written.")
@click.option("--most", type=click.IntRange(1, 100_000), help="Take no more titles of a service.")
@click.option("--adult", is_flag=True, help="Keep titles for adults alone.")
@click.option("--index", "index_dir", type=FOLDER, help="Index the catalogue in this folder, too.")
@click.pass_obj
def gather(settings: Settings, /, **order: Any) -> None:
    """Make a catalogue of the titles of another.

    SOURCE is a file for csv and json (several complete each other). For jikan and anilist it is
    top, season:2024-fall or search:TEXT; an import that broke off goes on where it stopped.
    """
    from chatbot.commands import imports as command  # noqa: PLC0415

    command.gather(settings, command.Order(**order))


@main.command(cls=Command)
@click.option("--check", is_flag=True, help="Only say whether every title is in the index.")
@click.pass_obj
def index(settings: Settings, *, check: bool) -> None:
    """Build the index, or find it up to date."""
    from chatbot.commands import index as command  # noqa: PLC0415

    if check:
        sys.exit(command.check(settings))
    command.build(settings)


@main.command(cls=Command)
@click.argument("kind", type=click.Choice(["mal", "anilist", "list"]))
@click.argument("source")
@click.pass_obj
def seen(settings: Settings, kind: Any, source: str) -> None:
    """Keep what SOURCE lists as seen, for the chats of this terminal.

    SOURCE is MyAnimeList's export (.xml, .xml.gz), a user name at AniList, or a file with a title
    on each line.
    """
    from chatbot.commands import seen as command  # noqa: PLC0415

    command.take(settings, kind, source)


@main.command(cls=Command)
@click.argument("ratings", type=FILE)
@click.argument("recommendations", type=FILE)
@click.option("--to", type=FILE, required=True, help="liked.csv, beside your catalogue.")
@click.pass_obj
def learn(settings: Settings, ratings: Path, recommendations: Path, to: Path) -> None:
    """Make the liked-together figures and the ranking's weights anew.

    RATINGS is a CSV of user, mal_id and rating; RECOMMENDATIONS is a CSV of a, b and votes, or
    JSON of {title: {recommended: votes}}. weights.json is written beside the file.
    """
    from chatbot.commands import learn as command  # noqa: PLC0415

    command.learn(settings, ratings, recommendations, to)


@main.command(cls=Command)
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
