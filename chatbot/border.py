"""Where errors of Groq's client become ours."""

import re
from collections.abc import Generator
from contextlib import contextmanager
from datetime import timedelta

import httpx
from pydantic import BaseModel, TypeAdapter, ValidationError

from chatbot.errors import AwayReason, ModelAway, ModelError, ModelRefused, Refused


@contextmanager
def translated(key: str) -> Generator[None]:
    """Turn every error of Groq's client and of what carries it into a ModelError without the key.

    Enter it around the iteration of a stream, too: half of them come in the middle.
    """
    import groq  # noqa: PLC0415  # takes most of a second
    from langchain_core.exceptions import LangChainException  # noqa: PLC0415  # as much

    try:
        yield
    except groq.APITimeoutError as error:
        raise ModelAway("time_out") from error
    except groq.APIConnectionError as error:
        raise _lost(error.__cause__ or error, key) from error
    except groq.APIError as error:
        raise _said(error, key) from error
    except groq.GroqError as error:
        raise ModelRefused("key", "Groq's client does not accept the key") from error
    except (httpx.HTTPError, OSError) as error:
        raise _lost(error, key) from error
    # Their client hardly checks what it reads, so a strange reply ends in any of these. Only
    # the class is told: these texts quote the reply.
    except (*_STRAYS, LangChainException) as error:
        raise ModelAway("malformed", type(error).__name__) from error


_STRAYS = (
    *(ValueError, TypeError, LookupError, AttributeError),
    *(httpx.InvalidURL, httpx.CookieConflict, httpx.StreamError),
)
_REFUSED: dict[int, Refused] = {401: "key", 403: "key", 404: "model"}
_AWAY: dict[int, AwayReason] = {
    408: "time_out",
    409: "unavailable",
    424: "unavailable",
    429: "rate_limited",
    498: "unavailable",  # the paid tier's "no capacity"
    499: "unavailable",
}
_GARBLED_CODES = ("json_validate_failed", "tool_use_failed")
_BAD_REQUEST, _SERVERS_FAULT = 400, 500


class _Fault(BaseModel):
    code: str | int | None = None
    message: str | None = None


class _Body(BaseModel):
    error: _Fault


# The whole body when a status tells of an error, only its inside when a stream does.
_BODY: TypeAdapter[_Body | _Fault] = TypeAdapter(_Body | _Fault)


def _lost(error: BaseException, key: str) -> ModelAway:
    detail = f"{type(error).__name__}: {error}".replace(key, "[hidden]")
    if isinstance(error, TimeoutError | httpx.TimeoutException):
        return ModelAway("time_out", detail)
    refused = isinstance(error, ConnectionRefusedError | httpx.ConnectError)
    return ModelAway("refused_connection" if refused else "broken_off", detail)


def _said(error: Exception, key: str) -> ModelError:
    """Translate an error that the server put in words; a stream's has no status."""
    status: int | None = getattr(error, "status_code", None)
    fault = _fault(getattr(error, "body", None))
    code = str(fault.code or "")
    detail = f"{status or 'stream'} {code}: {(fault.message or '')[:300]}".replace(key, "[hidden]")
    if code in _GARBLED_CODES:
        return ModelAway("malformed", detail)
    if status is None:
        limited = code == "rate_limit_exceeded"
        return ModelAway("rate_limited" if limited else "unavailable", detail)
    if status in _AWAY or not _BAD_REQUEST <= status < _SERVERS_FAULT:
        reason = _AWAY.get(status, "unavailable")
        return ModelAway(reason, detail, retry_after=_retry_after(error))
    return ModelRefused(
        "model" if code.startswith("model_") else _REFUSED.get(status, "request"), detail
    )


def _fault(body: object) -> _Fault:
    try:
        read = _BODY.validate_python(body)
    except ValidationError:
        return _Fault()
    return read.error if isinstance(read, _Body) else read


def _retry_after(error: Exception) -> timedelta | None:
    response: httpx.Response | None = getattr(error, "response", None)
    said = response.headers.get("retry-after", "") if response is not None else ""
    seconds = re.fullmatch(r"[0-9]{1,6}(\.[0-9]+)?", said)
    return timedelta(seconds=float(seconds[0])) if seconds else None
