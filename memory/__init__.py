"""Everything that is kept in Redis."""

from memory.conversations import Conversation, Conversations, Opened, Recalled
from memory.embedded import embedded
from memory.live import Live
from memory.messages import Message, Pick, new_id
from memory.store import connected

__all__ = [
    "Conversation",
    "Conversations",
    "Live",
    "Message",
    "Opened",
    "Pick",
    "Recalled",
    "connected",
    "embedded",
    "new_id",
]
