"""Small servers on loopback for tests: an ASGI app served in a thread while it is needed."""

import threading
from collections.abc import Generator
from contextlib import contextmanager

import uvicorn
from starlette.types import ASGIApp

_DEADLINE_SECONDS = 10


@contextmanager
def served(app: ASGIApp) -> Generator[str]:
    """Serve the app; its address without a path."""
    config = uvicorn.Config(app, host="127.0.0.1", port=0, log_level="error", ws="none")
    sock = config.bind_socket()
    # From here on connections wait until the server takes them.
    sock.listen()
    server = uvicorn.Server(config)
    thread = threading.Thread(target=server.run, args=([sock],), daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{sock.getsockname()[1]}"
    server.should_exit = True
    thread.join(_DEADLINE_SECONDS)
    sock.close()
