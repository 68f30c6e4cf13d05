"""The web application: Streamlit's server with the owner's cookie and the routes for machines."""

import gc
import os
import sys
from collections.abc import AsyncGenerator
from contextlib import AbstractContextManager, AsyncExitStack, asynccontextmanager
from pathlib import Path
from typing import Any

# `streamlit run chatbot/app.py` puts only this folder on the path.
sys.path[:0] = [str(Path(__file__).resolve().parent.parent)]

import asyncio  # noqa: E402  # below the path, as all that follows

import streamlit as st  # noqa: E402
import structlog  # noqa: E402
from starlette.middleware import Middleware  # noqa: E402
from starlette.requests import Request  # noqa: E402
from starlette.responses import JSONResponse, Response  # noqa: E402
from starlette.routing import Route  # noqa: E402

from chatbot import exposition, logs, moving  # noqa: E402
from chatbot.checks import ready  # noqa: E402
from chatbot.errors import is_known, told  # noqa: E402
from chatbot.owner import OwnerCookie  # noqa: E402
from chatbot.running import Running, current, started  # noqa: E402
from chatbot.settings import Settings, environment  # noqa: E402


@asynccontextmanager
async def _lifespan(_: st.App) -> AsyncGenerator[dict[str, Any] | None]:
    """Run the app while the server runs, unless whoever serves it has started it."""
    async with AsyncExitStack() as stack:
        if current() is None:
            opening = await asyncio.to_thread(_opened)
            stack.push_async_callback(asyncio.to_thread, opening.__exit__, None, None, None)
        # Streamlit collects garbage after each run of the page, for which it would walk through
        # all that stays as long as the server: 150 ms before an answer could be shown.
        gc.freeze()
        yield None


def _opened() -> AbstractContextManager[Running]:
    """Start the app, or end the process with a sentence."""
    try:
        settings = Settings.read(environment(Path.cwd()))
        logs.configure(settings)
        opening = started(settings)
        opening.__enter__()
    except Exception as error:  # noqa: BLE001  # the edge of the process
        if not is_known(error):
            structlog.get_logger().exception("start_failed")
        sys.stderr.write(f"{told(error)}\n")
        sys.stderr.flush()
        # The server would print a traceback around anything that is raised here.
        os._exit(2)
    return opening


async def _healthz(_: Request) -> Response:
    return JSONResponse({"status": "ok"})


async def _readyz(_: Request) -> Response:
    running = current()
    if running is None:
        return JSONResponse({"status": "starting"}, status_code=503)
    problems = await asyncio.to_thread(running.loop.run, ready(running.app))
    model = running.app.parts.model
    status = {
        "status": "unready" if problems else "ready",
        "model": model.status if model else "none",
        "problems": problems,
    }
    return JSONResponse(status, status_code=503 if problems else 200)


async def _metrics(_: Request) -> Response:
    running = current()
    if running is None:
        return Response(status_code=503)
    return exposition.answer(running.app.settings, running.app.parts.metrics.registry)


app = st.App(
    Path(__file__).with_name("page.py"),
    lifespan=_lifespan,
    routes=[
        Route("/healthz", _healthz),
        Route("/readyz", _readyz),
        Route("/metrics", _metrics),
        *moving.ROUTES,
    ],
    middleware=[Middleware(OwnerCookie)],
)
