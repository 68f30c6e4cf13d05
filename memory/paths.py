"""What must happen in one step to a conversation in Redis, as Lua scripts.

A conversation is a tree of turns of which one path is shown: that to the turn `tip` in its facts.
Messages are appended in the order in which they were said, and each of the owner's says which turn
it comes `after`. In `branches`, `of:TURN` lists the turns that follow TURN where there are several,
`tip:TURN` is where the path ended when it last went through TURN, and `thumb:TURN` what the owner
thinks of TURN's answer.

KEYS are those of `keys.of_conversation`: facts, messages, states, lease, branches, and the one
state that form 1 had. Everything is decided before anything is written, so that a refusal leaves no
trace, and a script that redis-py sends again after a lost reply does nothing twice.
"""

from pathlib import Path

_FOLDER = Path(__file__).with_name("lua")


def _script(*names: str) -> str:
    return "\n".join((_FOLDER / f"{name}.lua").read_text(encoding="utf-8") for name in names)


BEGIN = _script("own", "walk", "begin")
REMEMBER = _script("own", "remember")
RENEW = _script("own", "renew")
OPEN = _script("own", "walk", "open")
CHOOSE = _script("own", "walk", "choose")
RESTORE = _script("own", "restore")
RATE = _script("own", "rate")
RENAME = _script("own", "rename")
DELETE = _script("own", "delete")
UNDELETE = _script("own", "undelete")
