"""Visitors of the page without a browser, who speak Streamlit's own wire."""

import asyncio
import secrets
from collections.abc import AsyncGenerator, Sequence
from contextlib import asynccontextmanager
from urllib.parse import parse_qs

from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import WebSocketException
from websockets.typing import Subprotocol

from chatbot.owner import COOKIE


class Visitor:
    """Begins one chat after the other, and reads each answer to its end."""

    def __init__(self, ports: Sequence[int], place: int) -> None:
        self.owner = secrets.token_urlsafe(16)
        self.acknowledged = set[str]()
        self.moved = 0
        self._ports, self._place = ports, place
        self._chat = ""

    async def talk(self, enough: asyncio.Event) -> None:
        """Say something until it is enough."""
        while not enough.is_set() or self._chat:
            try:
                async with self._connected() as page:
                    while not enough.is_set() or self._chat:
                        await self._turn(page)
            except (OSError, WebSocketException, TimeoutError):
                self._place += 1  # to the other, which shows the same chat
                self.moved += 1
                await asyncio.sleep(0.1)

    async def _turn(self, page: ClientConnection) -> None:
        field_id = await self._shown(page, self._chat)
        if not self._chat:
            asked = BackMsg()
            state = asked.rerun_script.widget_states.widgets.add(id=field_id)
            state.chat_input_value.data = "dark thrillers"
            await page.send(asked.SerializeToString())
            await self._read(page, begun=True)
        self._chat = ""

    async def _shown(self, page: ClientConnection, chat: str) -> str:
        """Open the chat and read until its page is whole; the id of the field to write in."""
        opening = BackMsg()
        opening.rerun_script.query_string = f"chat={chat}" if chat else ""
        await page.send(opening.SerializeToString())
        return await self._read(page, begun=False)

    async def _read(self, page: ClientConnection, *, begun: bool) -> str:
        """Read until a script has ended, if one `begun` with a message after it has its chat."""
        found = ""
        async with asyncio.timeout(60):
            async for data in page:
                message = ForwardMsg.FromString(bytes(data) if isinstance(data, bytes) else b"")
                found = message.delta.new_element.chat_input.id or found
                if message.HasField("page_info_changed"):
                    self._chat = _chat_in(message.page_info_changed.query_string)
                    self.acknowledged.update(filter(None, [self._chat]))
                ended = message.script_finished == ForwardMsg.FINISHED_SUCCESSFULLY
                if message.HasField("script_finished") and ended and (self._chat or not begun):
                    return found
        raise TimeoutError

    @asynccontextmanager
    async def _connected(self) -> AsyncGenerator[ClientConnection]:
        port = self._ports[self._place % len(self._ports)]
        async with connect(
            f"ws://127.0.0.1:{port}/_stcore/stream",
            additional_headers={"Cookie": f"{COOKIE}={self.owner}"},
            subprotocols=[Subprotocol("streamlit")],
            max_size=None,
            proxy=None,
        ) as page:
            yield page


def _chat_in(query: str) -> str:
    return parse_qs(query).get("chat", [""])[0]
