"""Chats that earlier versions have kept go on: a dump of each released form is read."""

from pathlib import Path
from typing import Any

import pytest
from pydantic import TypeAdapter
from redis.asyncio import Redis

from memory import Conversations, Runs
from retrieval import RequestState
from tests.memory.said import answered, asked

CHAT, OWNER = "formformformformform12", "ownerownerownerowner12"
SAID = ["dark thrillers, no romance", "only movies", "i have seen Perfect Blue"]
PERFECT_BLUE = 437
_DUMP = TypeAdapter(dict[str, tuple[str, Any]])


async def kept(redis: Redis, form: int) -> None:
    """Put a dump into Redis as it was taken."""
    path = Path(__file__).with_name(f"chats_form_{form}.json")
    for key, (kind, value) in _DUMP.validate_json(path.read_bytes()).items():
        if kind == "hash":
            await redis.hset(key, mapping=value)
        elif kind == "list":
            await redis.rpush(key, *value)
        elif kind == "zset":
            await redis.zadd(key, value)
        elif kind == "set":
            await redis.sadd(key, *value)
        else:
            await redis.set(key, value)


def owners(messages: tuple[Any, ...]) -> list[str]:
    return [each.text for each in messages if each.role == "user"]


@pytest.mark.parametrize(("form", "said"), [(1, SAID), (2, [SAID[0], "only series"])])
async def test_a_released_form_is_listed_opened_and_gone_on_with(
    redis: Redis, chats: Conversations, runs: Runs, form: int, said: list[str]
) -> None:
    await kept(redis, form)
    assert [each.id for each in await chats.list(OWNER)] == [CHAT]
    opened = await chats.open(CHAT, owner=OWNER)
    assert owners(opened.messages) == said
    assert all(each.picks for each in opened.messages if each.role == "assistant")
    assert "no Romance" in [each.label for each in RequestState.read(opened.state).constraints]
    recalled = await runs.begin(CHAT, owner=OWNER, message=asked("older", turn="new"))
    assert PERFECT_BLUE in recalled.seen
    await runs.remember(recalled.lease, message=answered("here", turn="new"), state="later")
    again = await chats.open(CHAT, owner=OWNER)
    assert owners(again.messages) == [*said, "older"]
    assert again.state == "later"


async def test_a_branch_of_the_second_form_is_found_again(
    redis: Redis, chats: Conversations
) -> None:
    await kept(redis, 2)
    opened = await chats.open(CHAT, owner=OWNER)
    (first, _) = opened.branches[opened.messages[2].turn]
    await chats.choose(CHAT, first, owner=OWNER)
    assert owners((await chats.open(CHAT, owner=OWNER)).messages) == SAID
