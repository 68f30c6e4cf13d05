"""Groq's wire as bytes and text: what is read of a request, and how a reply is written."""

import asyncio
import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any, Literal, cast

On = Literal["text", "form"]
End = Literal["finish", "drop", "stall", "truncate", "error"]

MODELS = ("openai/gpt-oss-120b", "openai/gpt-oss-20b", "qwen/qwen3.8-27b")
AT_ONCE = timedelta()


@dataclass(frozen=True, slots=True)
class Reply:
    """One scripted reply: hanging, not JSON, an error's status, or text and how it ends."""

    text: str = ""
    start: Literal["answer", "hang", "garbage"] = "answer"
    end: End = "finish"
    finish: str = "stop"
    pause: timedelta = AT_ONCE
    status: int = 200
    code: str = ""
    message: str = ""
    retry_after: str | None = None


@dataclass(frozen=True, slots=True)
class Request:
    """What the stand-in was asked."""

    method: str
    path: str
    key: str
    body: Mapping[str, Any]

    @property
    def on(self) -> On:
        """Which script answers it."""
        return "form" if "response_format" in self.body else "text"


async def received(reader: asyncio.StreamReader) -> Request:
    head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1")
    method, path, _ = head.split(" ", 2)
    fields = {name.lower(): text for name, text in re.findall(r"(?m)^([\w-]+): *(.*?)\r?$", head)}
    body = await reader.readexactly(int(fields.get("content-length", 0)))
    key = fields.get("authorization", "").removeprefix("Bearer ")
    return Request(method, path, key, json.loads(body or b"{}"))


def refusal(request: Request) -> Reply | None:
    body, model = request.body, request.body.get("model", "")
    shape = body.get("response_format", {}).get("json_schema", {})
    oss = model.startswith("openai/gpt-oss")
    refused: list[tuple[object, Reply]] = [
        (
            request.path not in {"/openai/v1/models", "/openai/v1/chat/completions"},
            Reply(status=404, code="unknown_url", message="Unknown request URL"),
        ),
        (not request.key, Reply(status=401, code="invalid_api_key", message="Invalid API Key")),
        (
            request.method == "POST" and model not in MODELS,
            Reply(
                status=404, code="model_not_found", message=f"The model `{model}` does not exist"
            ),
        ),
        (shape and body.get("stream"), _bad("json_schema cannot be streamed")),
        (shape and not oss, _bad("This model does not support response format `json_schema`")),
        (shape.get("strict") and not _strict(shape["schema"]), _bad("invalid JSON schema")),
        (oss and body.get("reasoning_format"), _bad("reasoning_format is not supported")),
        (oss and body.get("reasoning_effort") == "none", _bad("reasoning_effort must be low")),
    ]
    return next((reply for holds, reply in refused if holds), None)


def _bad(message: str) -> Reply:
    return Reply(status=400, code="invalid_request_error", message=message)


def _strict(schema: object) -> bool:
    """Whether every object of the schema is closed and wants all of its properties."""
    if isinstance(schema, list):
        return all(map(_strict, cast("list[object]", schema)))
    if not isinstance(schema, dict):
        return True
    parts = cast("dict[str, Any]", schema)
    wanted = set(parts.get("required", ())) == set(parts.get("properties", ()))
    closed = parts.get("type") != "object" or parts.get("additionalProperties") is False
    return wanted and closed and all(map(_strict, parts.values()))


def whole(status: int, body: str, retry_after: str | None = None) -> bytes:
    again = f"retry-after: {retry_after}\r\n" if retry_after is not None else ""
    size = f"content-type: application/json\r\ncontent-length: {len(body.encode())}\r\n"
    return f"HTTP/1.1 {status} Told\r\n{size}{again}connection: close\r\n\r\n{body}".encode()


def error(reply: Reply) -> str:
    fault = {"message": reply.message, "type": "stand_in", "code": reply.code}
    return json.dumps({"error": fault})


def _usage(reply: Reply) -> dict[str, int]:
    words = len(reply.text.split())
    return {"prompt_tokens": 7, "completion_tokens": words, "total_tokens": 7 + words}


def completion(reply: Reply) -> str:
    if reply.start == "garbage":
        return reply.text
    message = {"role": "assistant", "content": reply.text}
    choice = {"index": 0, "message": message, "finish_reason": reply.finish}
    whole = {"id": "chatcmpl-1", "object": "chat.completion", "created": 1, "model": MODELS[0]}
    return json.dumps({**whole, "choices": [choice], "usage": _usage(reply)})


def events(reply: Reply) -> list[str]:
    """The lines of the stream, as far as the reply's end lets it come."""
    if reply.start == "garbage":
        return [f"data: {reply.text}"]
    pieces = re.findall(r"\s*\S+\s*", reply.text)
    events = [_chunk({"role": "assistant", "content": ""}, x_groq={"id": "req_1"})]
    events += [_chunk({"content": piece}) for piece in pieces]
    if reply.end == "error":
        events.append(f"event: error\ndata: {error(reply)}")
    if reply.end == "finish":
        events.append(
            _chunk({}, finish=reply.finish, x_groq={"id": "req_1", "usage": _usage(reply)})
        )
    if reply.end == "truncate":
        events.append(_chunk({}, x_groq={"id": "req_1", "error": "stopped early"}))
    return [*events, "data: [DONE]"] if reply.end in {"finish", "truncate"} else events


def _chunk(
    delta: Mapping[str, str], *, finish: str | None = None, x_groq: Mapping[str, Any] | None = None
) -> str:
    choice = {"index": 0, "delta": delta, "logprobs": None, "finish_reason": finish}
    chunk = {"id": "chatcmpl-1", "object": "chat.completion.chunk", "created": 1}
    return "data: " + json.dumps(
        {**chunk, "model": MODELS[0], "choices": [choice], "x_groq": x_groq}
    )
