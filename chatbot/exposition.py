"""Where Prometheus reads the metrics: on METRICS_PORT if it is set, else on the app's port."""

import os
from collections.abc import Generator
from contextlib import contextmanager

from prometheus_client import CONTENT_TYPE_LATEST, CollectorRegistry, generate_latest
from prometheus_client import start_http_server as listening
from starlette.responses import Response

from chatbot.errors import BadSettings
from chatbot.settings import Settings


@contextmanager
def exposed(settings: Settings, registry: CollectorRegistry) -> Generator[None]:
    """Answer on METRICS_PORT meanwhile, if it is set; raise BadSettings if it cannot be had."""
    if settings.metrics_port is None:
        yield
        return
    try:
        server, thread = listening(settings.metrics_port, settings.host, registry)
    except OSError as error:
        why = os.strerror(error.errno or 0)
        raise BadSettings(
            f"METRICS_PORT {settings.metrics_port} on {settings.host} cannot be had ({why})"
        ) from error
    try:
        yield
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def answer(settings: Settings, registry: CollectorRegistry) -> Response:
    """What /metrics on the app's own port says: nothing where there is a port for it."""
    if settings.metrics_port is not None:
        return Response(status_code=404)
    return Response(generate_latest(registry), media_type=CONTENT_TYPE_LATEST)
