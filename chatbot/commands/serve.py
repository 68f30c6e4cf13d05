"""`serve`: the index, the app, and the page on Streamlit's server."""

import errno
import os
import socket
from pathlib import Path

import click

from chatbot.commands.index import indexed
from chatbot.running import started
from chatbot.settings import Settings

_APP = Path(__file__).parent.parent / "app.py"


def serve(settings: Settings, port: int) -> None:
    """Serve the page until told to stop."""
    _free(settings.host, port)
    indexed(settings)
    with started(settings):
        from streamlit.web import bootstrap  # noqa: PLC0415  # half a second, only to serve

        click.echo(f"Osusume is ready: http://{settings.host}:{port}", err=True)
        options = {"server_port": port, "server_address": settings.host}
        bootstrap.load_config_options(options)
        bootstrap.run(str(_APP), is_hello=False, args=[], flag_options=options)


def _free(host: str, port: int) -> None:
    """Look whether the port can be had, for Streamlit would quietly take another."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            why = "is in use" if error.errno == errno.EADDRINUSE else os.strerror(error.errno or 0)
            raise click.UsageError(
                f"Port {port} on {host} cannot be had ({why}). Choose another with --port or PORT."
            ) from error
