"""Everything that is kept in Redis."""

from memory.chat import Conversation, Opened, Recalled
from memory.conversations import Conversations
from memory.embedded import embedded
from memory.live import Live
from memory.messages import Message, Pick, new_id
from memory.seen import SeenLists
from memory.store import connected

__all__ = [
    "Conversation",
    "Conversations",
    "Live",
    "Message",
    "Opened",
    "Pick",
    "Recalled",
    "SeenLists",
    "connected",
    "embedded",
    "new_id",
]
