"""A stand-in that speaks Groq's wire on loopback, with Groq's faults on demand.

FakeGroq answers requests for text and for forms (structured output) from two scripts; the last
reply of a script is repeated. Like Groq it refuses unknown models, JSON schemas that are streamed
or not strict, and reasoning parameters of another family.
By hand: python -m tests.wire --port 8600 --answer "Mushishi [1]"
"""

import argparse
import asyncio
import contextlib
import json
import threading
from collections.abc import Mapping
from dataclasses import replace
from datetime import timedelta
from typing import Any, Self

from tests.frames import (
    AT_ONCE,
    MODELS,
    End,
    On,
    Reply,
    Request,
    completion,
    error,
    events,
    received,
    refusal,
    whole,
)

_DEADLINE_SECONDS = 10


class FakeGroq:
    """Groq on 127.0.0.1 while entered; `base` is what GROQ_API_BASE must be."""

    def __init__(self, port: int = 0) -> None:
        self.base = ""
        self.requests: list[Request] = []
        self.left = threading.Event()  # set when a client leaves before the end of a reply
        self._port = port
        self._scripts: dict[On, list[Reply]] = {"text": [], "form": []}
        self._ready, self._last = threading.Event(), Reply("Try Mushishi [1].")
        self._thread = threading.Thread(target=lambda: asyncio.run(self._serve()), daemon=True)

    def __enter__(self) -> Self:
        self._thread.start()
        assert self._ready.wait(_DEADLINE_SECONDS), "the stand-in did not start"
        return self

    def __exit__(self, *_: object) -> None:
        self._loop.call_soon_threadsafe(self._stop.set)
        self._thread.join(_DEADLINE_SECONDS)

    def answers(self, text: str, *, finish: str = "stop", pause: timedelta = AT_ONCE) -> Self:
        """Stream the text word by word, with a pause before each."""
        return self._add("text", Reply(text, finish=finish, pause=pause))

    def fills(self, form: Mapping[str, Any] | str, *, pause: timedelta = AT_ONCE) -> Self:
        """Answer a structured call, with rubbish if the form is a text."""
        text = form if isinstance(form, str) else json.dumps(form)
        return self._add("form", Reply(text, pause=pause))

    def fails(
        self,
        status: int,
        code: str = "",
        *,
        retry_after: str | None = None,
        message: str = "in organization `org_01hush` it went wrong",
        on: On = "text",
    ) -> Self:
        """Answer with an error's status and body."""
        return self._add(
            on, Reply(status=status, code=code, message=message, retry_after=retry_after)
        )

    def hangs(self, on: On = "text") -> Self:
        """Accept the request and say nothing until the client leaves."""
        return self._add(on, Reply(start="hang"))

    def garbles(self, text: str = "<html>502</html>", on: On = "text") -> Self:
        """Answer with status 200 and something else than a chunk or a completion."""
        return self._add(on, Reply(text, start="garbage"))

    def then_drops(self) -> Self:
        """Cut the connection after the text just scripted."""
        return self._end("drop")

    def then_stalls(self) -> Self:
        """Say nothing more after the text, until the client leaves."""
        return self._end("stall")

    def then_truncates(self) -> Self:
        """End the stream after the text without saying why, as Groq does when it gives up."""
        return self._end("truncate")

    def then_errs(self, code: str = "internal_error") -> Self:
        """Send an error as an event after the text, and leave it to the client to hang up."""
        script = self._scripts["text"]
        script[-1] = replace(script[-1], code=code, message="it went wrong on the way")
        return self._end("error")

    def _add(self, on: On, reply: Reply) -> Self:
        self._scripts[on].append(reply)
        return self

    def _end(self, end: End) -> Self:
        script = self._scripts["text"]
        script[-1] = replace(script[-1], end=end)
        return self

    def _next(self, on: On) -> Reply:
        script = self._scripts[on]
        if not script:
            return Reply("Try Mushishi [1].")
        return script.pop(0) if len(script) > 1 else script[0]

    async def _serve(self) -> None:
        self._loop, self._stop = asyncio.get_running_loop(), asyncio.Event()
        server = await asyncio.start_server(self._connection, "127.0.0.1", self._port)
        self.base = f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}"
        self._ready.set()
        await self._stop.wait()
        server.close()

    async def _connection(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        gone = None
        # Clients leave in the middle, and the end of the loop cancels whoever still waits.
        with contextlib.suppress(OSError, asyncio.IncompleteReadError, asyncio.CancelledError):
            request = await received(reader)
            self.requests.append(request)
            gone = asyncio.create_task(reader.read())
            await self._respond(request, writer, gone)
        if gone:
            gone.cancel()
        writer.close()

    async def _respond(
        self, request: Request, writer: asyncio.StreamWriter, gone: asyncio.Task[bytes]
    ) -> None:
        refused = refusal(request)
        if refused is None and request.method == "GET":
            models = [{"id": name, "object": "model", "active": True} for name in MODELS]
            writer.write(whole(200, json.dumps({"object": "list", "data": models})))
            return
        reply = refused or self._next(request.on)
        await self._wait(gone, None if reply.start == "hang" else reply.pause)
        if reply.status != 200:
            writer.write(whole(reply.status, error(reply), reply.retry_after))
        elif request.body.get("stream"):
            await self._stream(reply, writer, gone)
        else:
            writer.write(whole(200, completion(reply)))

    async def _stream(
        self, reply: Reply, writer: asyncio.StreamWriter, gone: asyncio.Task[bytes]
    ) -> None:
        head = "content-type: text/event-stream\r\ntransfer-encoding: chunked\r\n"
        writer.write(f"HTTP/1.1 200 OK\r\n{head}connection: close\r\n\r\n".encode())
        for event in events(reply):
            data = f"{event}\n\n".encode()
            writer.write(b"%x\r\n%s\r\n" % (len(data), data))
            await writer.drain()
            await self._wait(gone, reply.pause)
        if reply.end in {"stall", "error"}:
            await self._wait(gone, None)
        if reply.end != "drop":
            writer.write(b"0\r\n\r\n")

    async def _wait(self, gone: asyncio.Task[bytes], pause: timedelta | None) -> None:
        """Let the pause pass, for ever if None, unless the client leaves."""
        await asyncio.wait({gone}, timeout=None if pause is None else pause.total_seconds())
        if gone.done():
            self.left.set()
            raise ConnectionAbortedError


def main() -> None:
    """Serve one answer until interrupted, for trials by hand."""
    parser = argparse.ArgumentParser(prog="python -m tests.wire")
    parser.add_argument("--port", type=int, default=8600)
    parser.add_argument("--answer", default="Try Mushishi [1].")
    given = parser.parse_args()
    with FakeGroq(given.port).answers(given.answer) as groq, contextlib.suppress(KeyboardInterrupt):
        print(f"GROQ_API_BASE={groq.base}")  # noqa: T201  # what one copies
        threading.Event().wait()


if __name__ == "__main__":
    main()
