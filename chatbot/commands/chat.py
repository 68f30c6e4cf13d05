"""`chat`: a conversation in the terminal, which goes on where it was left."""

import asyncio
import sys

from rich.console import Console
from rich.text import Text

from chatbot.commands.outcome import answered
from chatbot.commands.terminal import owner_here
from chatbot.errors import BadMessage, explain
from chatbot.events import Event, Found, Piece, Understood
from chatbot.settings import Settings
from chatbot.wiring import App, wired
from memory import Message, new_id
from memory.errors import ConversationGone, StoreError

_RECALLED = 6


def chat(settings: Settings) -> None:
    """Take messages until the end of the input."""
    asyncio.run(_chatted(settings, Console(highlight=False)))


async def _chatted(settings: Settings, console: Console) -> None:
    async with wired(settings) as app:
        owner = owner_here(settings)
        conversation = await _recalled(app, owner, console)
        console.print("Say what you feel like watching; /new begins anew, /quit ends.", style="dim")
        while (text := await _line()) not in {None, "/quit"}:
            if text == "/new":
                conversation = new_id()
            elif text:
                await _answered(app, conversation, text, owner, console)


async def _answered(app: App, conversation: str, text: str, owner: str, console: Console) -> None:
    def see(event: Event) -> None:
        if isinstance(event, Piece):
            console.print(Text(event.text), end="")
        elif isinstance(event, Understood | Found) and console.is_terminal:
            console.print("…", style="dim", end="\r")

    try:
        outcome = await answered(app, conversation, text, owner, see)
    except (BadMessage, StoreError) as error:
        console.print(Text(explain(error), "red"))
        return
    console.print(Text(f"\n{outcome.notice}".rstrip(), "dim"))


async def _recalled(app: App, owner: str, console: Console) -> str:
    """The conversation that was used last, with its end shown, or a new one."""
    conversations = await app.store.conversations.list(owner)
    if not conversations:
        return new_id()
    try:
        opened = await app.store.conversations.open(conversations[0].id, owner=owner)
    except ConversationGone:
        return new_id()
    for message in opened.messages[-_RECALLED:]:
        console.print(_shown(message))
    return conversations[0].id


def _shown(message: Message) -> Text:
    mine = message.role == "user"
    return Text(f"> {message.text}" if mine else f"{message.text}\n", "bold" if mine else "dim")


async def _line() -> str | None:
    """The next line of the input without surrounding blanks, None at its end."""
    if sys.stdin.isatty():
        sys.stderr.write("> ")
        sys.stderr.flush()
        # A thread would wait for a line even when Ctrl-C has ended everything else.
        await _readable(sys.stdin.fileno())
        line = sys.stdin.readline()
    else:
        line = await asyncio.to_thread(sys.stdin.readline)
    return line.strip() if line else None


async def _readable(file: int) -> None:
    loop = asyncio.get_running_loop()
    readable = asyncio.Event()
    loop.add_reader(file, readable.set)
    try:
        await readable.wait()
    finally:
        loop.remove_reader(file)
