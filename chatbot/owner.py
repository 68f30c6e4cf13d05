"""Who a browser is: a random cookie, set once and unreadable to scripts."""

import re
import secrets

from starlette.datastructures import Headers, MutableHeaders
from starlette.requests import HTTPConnection
from starlette.types import ASGIApp, Message, Receive, Scope, Send

COOKIE = "osusume_owner"
# 128 random bits in URL-safe characters.
_ID = re.compile(r"[A-Za-z0-9_-]{22}")
# The longest that browsers keep a cookie.
_SECONDS = 400 * 24 * 3600

# Where the posters are of the titles that ship, and of those that Jikan and AniList give. The page
# asks there only when its owner wants posters.
_POSTERS = (
    "https://cdn.myanimelist.net",
    "https://media.kitsu.app",
    "https://myanimelist.net",
    "https://s4.anilist.co",
)
_HEADERS = {
    "Content-Security-Policy": (
        "default-src 'self'; script-src 'self' 'unsafe-inline' 'unsafe-eval'; "
        f"style-src 'self' 'unsafe-inline'; img-src 'self' data: blob: {' '.join(_POSTERS)}; "
        "font-src 'self' data:; connect-src 'self' ws: wss:; worker-src 'self' blob:; "
        "object-src 'none'; base-uri 'self'; form-action 'self'; frame-ancestors 'none'"
    ),
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
}


def owner_of(cookie: str | None) -> str | None:
    """The owner's id in a cookie's value, or None where there is none of our making."""
    return cookie if cookie and _ID.fullmatch(cookie) else None


def cookie(owner: str, *, secure: bool) -> str:
    """The header that has a browser be the owner's."""
    known = f"{COOKIE}={owner}; Path=/; Max-Age={_SECONDS}"
    return f"{known}; HttpOnly; SameSite=Lax{'; Secure' if secure else ''}"


def is_secure(scope: Scope) -> bool:
    """Whether the browser asked by https, of us or of what stands before us."""
    return "https" in {scope["scheme"], Headers(scope=scope).get("x-forwarded-proto", "")}


class OwnerCookie:
    """Gives every browser an owner's id, and every answer the headers that keep it safe."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        known = owner_of(HTTPConnection(scope).cookies.get(COOKIE))
        is_shared = b"share=" in scope["query_string"]

        async def marked(message: Message) -> None:
            if message["type"] == "http.response.start":
                answered = MutableHeaders(scope=message)
                for name, text in _HEADERS.items():
                    answered.setdefault(name, text)
                if is_shared:
                    answered["X-Robots-Tag"] = "noindex"
                if not known and "text/html" in answered.get("content-type", ""):
                    owner = secrets.token_urlsafe(16)
                    answered.append("Set-Cookie", cookie(owner, secure=is_secure(scope)))
            await send(message)

        await self._app(scope, receive, marked)
