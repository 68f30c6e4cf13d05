"""What a conversation promises to its owner, and refuses to everybody else."""

from collections.abc import Awaitable, Callable
from datetime import UTC, datetime, timedelta

import pytest
from redis.asyncio import Redis

from memory import Conversations, Recalled
from memory.errors import ConversationGone, StoreError
from tests.memory.said import NOON, answered, asked

CALLS: dict[str, Callable[[Conversations, str], Awaitable[object]]] = {
    "begin": lambda chats, owner: chats.begin("calm", owner=owner, message=asked(turn="theirs")),
    "open": lambda chats, owner: chats.open("calm", owner=owner),
    "rename": lambda chats, owner: chats.rename("calm", "Mine", owner=owner),
    "delete": lambda chats, owner: chats.delete("calm", owner=owner),
}


async def _begun(chats: Conversations) -> None:
    await chats.begin("calm", owner="mika", message=asked())


async def _kept(chats: Conversations, name: str = "calm", *, minute: int = 0) -> None:
    await chats.begin(name, owner="mika", message=asked(minute=minute))
    await chats.remember(name, message=answered(minute=minute + 1), state='{"genres": []}')


async def test_a_new_conversation_has_nothing_to_recall(chats: Conversations) -> None:
    recalled = await chats.begin("calm", owner="mika", message=asked())
    assert recalled == Recalled(messages=(), state=None)


async def test_a_follow_up_recalls_what_was_said_and_the_state(chats: Conversations) -> None:
    await _kept(chats)
    recalled = await chats.begin("calm", owner="mika", message=asked("more", turn="second"))
    assert recalled == Recalled((asked(), answered()), '{"genres": []}')


async def test_a_turn_without_an_answer_is_recalled_with_the_state_before_it(
    chats: Conversations, redis: Redis
) -> None:
    await _kept(chats)
    await chats.begin("calm", owner="mika", message=asked("more", turn="second"))
    await redis.delete("chat:{calm}:lease")
    recalled = await chats.begin("calm", owner="mika", message=asked("older", turn="third"))
    assert recalled.messages[2:] == (asked("more", turn="second"),)
    assert recalled.state == '{"genres": []}'


async def test_only_the_last_twenty_messages_are_recalled(
    chats: Conversations, redis: Redis
) -> None:
    await _kept(chats)
    kept = await redis.lrange("chat:{calm}:messages", 0, -1)
    await redis.rpush("chat:{calm}:messages", *kept * 11)
    recalled = await chats.begin("calm", owner="mika", message=asked("more", turn="last"))
    assert recalled.messages == (asked(), answered()) * 10


async def test_an_opened_conversation_shows_all_of_it(chats: Conversations) -> None:
    await _kept(chats)
    opened = await chats.open("calm", owner="mika")
    assert opened.messages == (asked(), answered())
    assert (opened.state, opened.running) == ('{"genres": []}', None)
    assert opened.conversation.created == NOON
    assert opened.conversation.updated == NOON + timedelta(minutes=1)


@pytest.mark.parametrize("call", CALLS.values(), ids=CALLS)
async def test_another_owner_finds_no_conversation_there(
    chats: Conversations, call: Callable[[Conversations, str], Awaitable[object]]
) -> None:
    await _kept(chats)
    before = await chats.open("calm", owner="mika")
    with pytest.raises(ConversationGone):
        await call(chats, "ren")
    assert await chats.open("calm", owner="mika") == before


@pytest.mark.parametrize("name", ["open", "rename", "delete"])
async def test_a_conversation_that_never_was_is_gone(chats: Conversations, name: str) -> None:
    with pytest.raises(ConversationGone):
        await CALLS[name](chats, "mika")


async def test_another_owners_conversation_is_in_nobody_elses_list(chats: Conversations) -> None:
    await _kept(chats)
    with pytest.raises(ConversationGone):
        await CALLS["begin"](chats, "ren")
    assert await chats.list("ren") == ()


async def test_a_refused_message_leaves_another_owner_no_lease(
    chats: Conversations, redis: Redis
) -> None:
    await _kept(chats)
    with pytest.raises(ConversationGone):
        await CALLS["begin"](chats, "ren")
    assert not await redis.exists("chat:{calm}:lease")


async def test_the_list_begins_with_what_was_used_last(chats: Conversations) -> None:
    await _kept(chats, "calm", minute=0)
    await _kept(chats, "robots", minute=10)
    await chats.begin("calm", owner="mika", message=asked(turn="second", minute=20))
    assert [each.id for each in await chats.list("mika")] == ["calm", "robots"]


async def test_an_answer_makes_its_conversation_the_last_used(chats: Conversations) -> None:
    await chats.begin("calm", owner="mika", message=asked(minute=0))
    await _kept(chats, "robots", minute=1)
    await chats.remember("calm", message=answered(minute=9), state="{}")
    assert [each.id for each in await chats.list("mika")] == ["calm", "robots"]


async def test_an_entry_whose_conversation_is_gone_is_taken_off_the_list(
    chats: Conversations, redis: Redis
) -> None:
    await _kept(chats)
    await redis.delete("chat:{calm}")
    assert await chats.list("mika") == ()
    assert await redis.zcard("owner:{mika}:chats") == 0


async def test_a_conversation_that_is_not_listed_is_listed_with_its_answer(
    chats: Conversations, redis: Redis
) -> None:
    await chats.begin("calm", owner="mika", message=asked())
    await redis.delete("owner:{mika}:chats")
    await chats.remember("calm", message=answered(), state="{}")
    assert [each.id for each in await chats.list("mika")] == ["calm"]


async def test_a_renamed_conversation_keeps_its_new_title(chats: Conversations) -> None:
    await _kept(chats)
    await chats.rename("calm", "  Quiet \n evenings ", owner="mika")
    await chats.begin("calm", owner="mika", message=asked("more", turn="second"))
    assert (await chats.list("mika"))[0].title == "Quiet evenings"


async def test_a_title_needs_a_character(chats: Conversations) -> None:
    await _kept(chats)
    with pytest.raises(StoreError, match="at least one character"):
        await chats.rename("calm", " \n", owner="mika")


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("something\ncalm", "something calm"),
        ("a" * 60, "a" * 60),
        ("a" * 61, "a" * 60 + " …"),
        ("a" * 50 + " and thirteen", "a" * 50 + " and …"),
        ("a" * 56 + " and more", "a" * 56 + " and …"),
    ],
)
async def test_a_title_is_the_beginning_of_the_message_to_the_end_of_a_word(
    chats: Conversations, text: str, title: str
) -> None:
    await chats.begin("calm", owner="mika", message=asked(text))
    assert (await chats.list("mika"))[0].title == title


async def test_of_a_deleted_conversation_nothing_is_left(
    chats: Conversations, redis: Redis
) -> None:
    await _kept(chats)
    await chats.delete("calm", owner="mika")
    assert await redis.keys("*") == []


@pytest.mark.parametrize("use", [_begun, _kept])
async def test_everything_of_a_conversation_expires_after_its_last_use(
    chats: Conversations, redis: Redis, use: Callable[[Conversations], Awaitable[None]]
) -> None:
    await use(chats)
    left = [await redis.pttl(key) for key in await redis.keys("*") if "lease" not in str(key)]
    assert len(left) >= 3
    assert min(left) > timedelta(days=29) / timedelta(milliseconds=1)


async def test_a_lease_runs_out_by_itself(chats: Conversations, redis: Redis) -> None:
    await _begun(chats)
    assert 0 < await redis.pttl("chat:{calm}:lease") <= 10_000


async def test_times_are_told_in_utc_whatever_zone_they_came_in(chats: Conversations) -> None:
    await _kept(chats)
    assert (await chats.list("mika"))[0].created == datetime(2026, 11, 22, 12, tzinfo=UTC)
    assert (await chats.list("mika"))[0].created.tzinfo == UTC


async def test_an_answered_ping_raises_nothing(chats: Conversations) -> None:
    await chats.ping()
