"""`/move`, where a code from another browser is typed: a plain page, since it sets the cookie."""

import asyncio
from base64 import b64encode
from datetime import timedelta
from hashlib import sha256
from html import escape
from math import ceil
from pathlib import Path
from string import Template
from urllib.parse import parse_qs, urlsplit

from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response
from starlette.routing import Route

from chatbot.address import network
from chatbot.errors import explain
from chatbot.owner import cookie, is_secure
from chatbot.running import Running, current
from memory import Bucket
from memory.errors import CodeGone, LimitReached, StoreError

_PAGE = Template(Path(__file__).with_name("move.html").read_text(encoding="utf-8"))
_STYLE = Path(__file__).with_name("move.css").read_text(encoding="utf-8")
_HASH = b64encode(sha256(_STYLE.encode()).digest()).decode()
_HEADERS = {
    "Cache-Control": "no-store",
    "Content-Security-Policy": (
        f"default-src 'none'; style-src 'sha256-{_HASH}'; img-src data:; form-action 'self'; "
        "base-uri 'none'; frame-ancestors 'none'"
    ),
    # With "no-referrer" browsers would not say from where the form is sent.
    "Referrer-Policy": "same-origin",
    "X-Robots-Tag": "noindex",
}
# Moves relies on nobody guessing faster than this.
_TRIES, _PER = 10, timedelta(minutes=1)
_LARGEST_BYTES = 500


async def _typed(_: Request) -> Response:
    return _page()


async def _redeemed(request: Request) -> Response:
    """Have the browser be the owner whom the code stands for."""
    running = current()
    if running is None:
        return _page("Osusume is starting. Try again in a moment.", 503)
    if not _is_ours(request):
        return _page("This was sent from another page. Type the code here.", 403)
    code = await _code(request)
    place = network(request.client.host if request.client else None)
    try:
        owner = await asyncio.to_thread(running.loop.run, _owner(running, code, place))
    except LimitReached as error:
        refused = _page(explain(error), 429)
        refused.headers["Retry-After"] = str(ceil(error.try_again.total_seconds()))
        return refused
    except StoreError as error:
        return _page(explain(error), 400 if isinstance(error, CodeGone) else 503)
    answer = RedirectResponse("/", 303)
    answer.headers.append("Set-Cookie", cookie(owner, secure=is_secure(request.scope)))
    return answer


async def _owner(running: Running, code: str, place: str) -> str:
    store = running.app.store
    await store.limits.take(Bucket("moves", place, _TRIES, _PER))
    return await store.moves.redeem(code)


async def _code(request: Request) -> str:
    """What was typed; empty where it is longer than any code."""
    content = b""
    async for part in request.stream():
        content += part
        if len(content) > _LARGEST_BYTES:
            return ""
    return parse_qs(content.decode(errors="replace")).get("code", [""])[0]


def _is_ours(request: Request) -> bool:
    """Whether the form was sent from this very address, as browsers alone can say."""
    if site := request.headers.get("sec-fetch-site"):
        return site == "same-origin"
    origin = urlsplit(request.headers.get("origin", ""))
    return bool(origin.netloc) and origin.netloc == request.headers.get("host")


def _page(wrong: str = "", status: int = 200) -> Response:
    alert = f'<p role="alert">{escape(wrong)}</p>' if wrong else ""
    return HTMLResponse(_PAGE.substitute(style=_STYLE, alert=alert), status, _HEADERS)


ROUTES = (
    Route("/move", _typed, methods=["GET"]),
    Route("/move", _redeemed, methods=["POST"]),
)
