"""`serve`: the index, the app, and the page on Streamlit's server."""

import errno
import os
import socket

import click

from chatbot.commands.index import indexed
from chatbot.running import started
from chatbot.settings import Settings
from chatbot.wiring import Library, made


def serve(settings: Settings, port: int) -> None:
    """Serve the page until told to stop."""
    if port == settings.metrics_port:
        raise click.UsageError("PORT and METRICS_PORT must be two ports.")
    _free(settings.host, port, "--port or PORT")
    if settings.metrics_port:
        _free(settings.host, settings.metrics_port, "METRICS_PORT")
    library = Library.of(settings)
    indexed(library)
    with started(settings, parts=made(settings, library)):
        from chatbot.app import app  # noqa: PLC0415  # half a second, only to serve

        click.echo(f"Osusume is ready: http://{settings.host}:{port}", err=True)
        app.run(config={"server.port": port, "server.address": settings.host})


def _free(host: str, port: int, setting: str) -> None:
    """Look whether the port can be had, for Streamlit would quietly take another."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            why = "is in use" if error.errno == errno.EADDRINUSE else os.strerror(error.errno or 0)
            raise click.UsageError(
                f"Port {port} on {host} cannot be had ({why}). Choose another with {setting}."
            ) from error
