"""Everything that is kept in Redis."""

from memory.chat import Conversation, Earlier, Lease, Opened, Recalled, Thumb
from memory.connection import connected
from memory.conversations import Conversations
from memory.embedded import embedded
from memory.limits import Bucket, Limits
from memory.live import Live
from memory.messages import Message, Pick, new_id
from memory.moves import Moves
from memory.preferences import Preferences
from memory.runs import Runs
from memory.seen import SeenLists
from memory.shares import Share, Shares
from memory.snapshots import OpenedShare, SharedMessage, SharedPick, Snapshot
from memory.space import Space
from memory.store import Store

__all__ = [
    "Bucket",
    "Conversation",
    "Conversations",
    "Earlier",
    "Lease",
    "Limits",
    "Live",
    "Message",
    "Moves",
    "Opened",
    "OpenedShare",
    "Pick",
    "Preferences",
    "Recalled",
    "Runs",
    "SeenLists",
    "Share",
    "SharedMessage",
    "SharedPick",
    "Shares",
    "Snapshot",
    "Space",
    "Store",
    "Thumb",
    "connected",
    "embedded",
    "new_id",
]
