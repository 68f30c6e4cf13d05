"""What all commands have in common: their options, and how their errors are told."""

from dataclasses import replace
from pathlib import Path
from typing import Any

import click
import structlog

from chatbot.errors import is_known, told

FILE = click.Path(path_type=Path, dir_okay=False)
FOLDER = click.Path(path_type=Path, file_okay=False)


class Commands(click.Group):
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


class Command(click.Command):
    """Every command can be pointed at another catalogue, by options named as the settings are."""

    def __init__(self, *arguments: Any, **options: Any) -> None:
        super().__init__(*arguments, **options)
        self.params += [
            click.Option(["--catalogue"], type=FILE, help="Instead of the setting CATALOGUE."),
            click.Option(["--index", "index_dir"], type=FOLDER, help="Instead of INDEX_DIR."),
        ]

    def invoke(self, ctx: click.Context) -> object:
        """Run the command with the settings that the options change."""
        chosen = {name: ctx.params.pop(name) for name in ("catalogue", "index_dir")}
        ctx.obj = replace(ctx.obj, **{name: path for name, path in chosen.items() if path})
        return super().invoke(ctx)


class _Sentence(click.ClickException):
    exit_code = 2
