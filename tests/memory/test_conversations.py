"""What a conversation promises to its owner, and refuses to everybody else."""

from collections.abc import Awaitable, Callable
from datetime import UTC, datetime, timedelta

import pytest
from redis.asyncio import Redis

from memory import Conversations, Runs, Thumb
from memory.errors import ConversationGone, StoreError, TooManyConversations
from tests.memory.conftest import Say
from tests.memory.said import NOON, answered, asked

CALLS: dict[str, Callable[[Conversations, str], Awaitable[object]]] = {
    "open": lambda chats, owner: chats.open("calm", owner=owner),
    "choose": lambda chats, owner: chats.choose("calm", "calm_at_0", owner=owner),
    "rename": lambda chats, owner: chats.rename("calm", "Mine", owner=owner),
    "delete": lambda chats, owner: chats.delete("calm", owner=owner, now=NOON),
    "undelete": lambda chats, owner: chats.undelete("calm", owner=owner),
}


async def test_an_opened_conversation_shows_all_of_it(chats: Conversations, say: Say) -> None:
    await say("calm")
    opened = await chats.open("calm", owner="mika")
    turn = "calm_at_0"
    assert opened.messages == (
        asked("calm", turn=turn, after=""),
        answered("calm!", turn=turn),
    )
    assert (opened.state, opened.running, opened.earlier) == ("after calm", None, None)
    assert opened.conversation.created == NOON
    assert opened.conversation.updated == NOON + timedelta(minutes=1)


@pytest.mark.parametrize("call", CALLS.values(), ids=CALLS)
async def test_another_owner_finds_no_conversation_there(
    chats: Conversations, say: Say, call: Callable[[Conversations, str], Awaitable[object]]
) -> None:
    await say("calm")
    before = await chats.open("calm", owner="mika")
    with pytest.raises(ConversationGone):
        await call(chats, "ren")
    assert await chats.open("calm", owner="mika") == before


@pytest.mark.parametrize("call", CALLS.values(), ids=CALLS)
async def test_a_conversation_that_never_was_is_gone(
    chats: Conversations, call: Callable[[Conversations, str], Awaitable[object]]
) -> None:
    with pytest.raises(ConversationGone):
        await call(chats, "mika")


async def test_another_owner_says_nothing_in_it(
    chats: Conversations, runs: Runs, redis: Redis, say: Say
) -> None:
    await say("calm")
    before = await chats.open("calm", owner="mika")
    with pytest.raises(ConversationGone):
        await runs.begin("calm", owner="ren", message=asked(turn="theirs"))
    assert await chats.open("calm", owner="mika") == before
    assert await chats.list("ren") == ()
    assert not await redis.exists("chat:{calm}:lease")


async def test_the_list_begins_with_what_was_used_last(chats: Conversations, say: Say) -> None:
    await say("calm", chat="calm", minute=0)
    await say("robots", chat="robots", minute=10)
    await say("more", chat="calm", minute=20)
    assert [each.id for each in await chats.list("mika")] == ["calm", "robots"]


async def test_a_long_list_comes_in_pages(chats: Conversations, say: Say) -> None:
    for number in range(5):
        await say("calm", chat=str(number), minute=number)
    pages = [await chats.list("mika", since=since, most=2) for since in (0, 2, 4, 6)]
    assert [[each.id for each in page] for page in pages] == [["4", "3"], ["2", "1"], ["0"], []]


async def test_chats_are_found_by_the_words_of_their_titles(chats: Conversations, say: Say) -> None:
    for number, text in enumerate(["calm stories", "pirates", "Stories of Pirates"]):
        await say(text, chat=str(number), minute=number)
    found = await chats.find("PIRATES stories", owner="mika")
    assert [each.id for each in found] == ["2"]
    assert [each.id for each in await chats.find("s", owner="mika", most=2)] == ["2", "1"]
    assert await chats.find("pirates", owner="ren") == ()


async def test_an_entry_whose_conversation_is_gone_is_taken_off_the_list(
    chats: Conversations, redis: Redis, say: Say
) -> None:
    await say("calm")
    await redis.delete("chat:{calm}")
    assert await chats.list("mika") == ()
    assert await redis.zcard("owner:{mika}:chats") == 0


async def test_a_conversation_that_is_not_listed_is_listed_with_its_answer(
    chats: Conversations, runs: Runs, redis: Redis
) -> None:
    lease = (await runs.begin("calm", owner="mika", message=asked())).lease
    await redis.delete("owner:{mika}:chats")
    await runs.remember(lease, message=answered(), state="{}")
    assert [each.id for each in await chats.list("mika")] == ["calm"]


async def test_a_renamed_conversation_keeps_its_new_title(chats: Conversations, runs: Runs) -> None:
    lease = (await runs.begin("calm", owner="mika", message=asked())).lease
    await chats.rename("calm", "  Quiet \n evenings ", owner="mika")
    await runs.remember(lease, message=answered(), state="{}", title="Calm stories")
    assert (await chats.list("mika"))[0].title == "Quiet evenings"


async def test_the_first_answer_that_knows_a_title_gives_it(
    chats: Conversations, runs: Runs
) -> None:
    titles: list[str] = []
    for minute, title in enumerate(("", "Calm stories", "Loud stories")):
        message = asked(str(minute), turn=str(minute), minute=minute)
        lease = (await runs.begin("calm", owner="mika", message=message)).lease
        answer = answered(turn=str(minute), minute=minute)
        await runs.remember(lease, message=answer, state="{}", title=title)
        titles.append((await chats.list("mika"))[0].title)
    assert titles == ["0", "Calm stories", "Calm stories"]


async def test_a_title_needs_a_character(chats: Conversations, say: Say) -> None:
    await say("calm")
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
async def test_until_then_it_is_the_beginning_of_the_message_to_the_end_of_a_word(
    chats: Conversations, runs: Runs, text: str, title: str
) -> None:
    await runs.begin("calm", owner="mika", message=asked(text))
    assert (await chats.list("mika"))[0].title == title


async def test_a_deleted_conversation_is_gone_for_its_owner_too(
    chats: Conversations, runs: Runs, say: Say
) -> None:
    await say("calm")
    await chats.delete("calm", owner="mika", now=NOON)
    assert await chats.list("mika") == ()
    with pytest.raises(ConversationGone):
        await chats.open("calm", owner="mika")
    with pytest.raises(ConversationGone):
        await runs.begin("calm", owner="mika", message=asked("more", turn="second"))


async def test_of_a_deleted_conversation_nothing_is_left_after_ten_minutes(
    chats: Conversations, redis: Redis, say: Say
) -> None:
    await say("calm")
    await chats.delete("calm", owner="mika", now=NOON)
    left = {str(key): await redis.pttl(key) for key in await redis.keys("*")}
    assert "chat:{calm}:lease" not in left
    assert 0 < max(left.values()) <= 600_000


async def test_a_deleted_conversation_can_be_had_back_as_it_was(
    chats: Conversations, say: Say
) -> None:
    await say("calm", chat="calm", minute=0)
    await say("robots", chat="robots", minute=10)
    before = await chats.open("calm", owner="mika")
    await chats.delete("calm", owner="mika", now=NOON)
    await chats.undelete("calm", owner="mika")
    assert await chats.open("calm", owner="mika") == before
    assert [each.id for each in await chats.list("mika")] == ["robots", "calm"]


async def test_everything_of_a_conversation_expires_after_its_last_use(
    redis: Redis, say: Say
) -> None:
    await say("calm")
    await say("robots", minute=2, instead="calm_at_0")
    left = [await redis.pttl(key) for key in await redis.keys("*")]
    assert len(left) == 5
    assert min(left) > timedelta(days=29) / timedelta(milliseconds=1)


async def test_what_was_said_elsewhere_becomes_a_conversation_of_ones_own(
    chats: Conversations, runs: Runs
) -> None:
    said = (asked(), answered(), asked("more", turn="second"), answered(turn="second"))
    made = await chats.restore("Calm", said, "the state", owner="ren", now=NOON)
    opened = await chats.open(made, owner="ren")
    assert [each.text for each in opened.messages] == [each.text for each in said]
    assert (opened.conversation.title, opened.state) == ("Calm", "the state")
    recalled = await runs.begin(made, owner="ren", message=asked("now", turn="third"))
    assert (len(recalled.messages), recalled.state) == (4, "the state")


async def test_times_are_told_in_utc_whatever_zone_they_came_in(
    chats: Conversations, say: Say
) -> None:
    await say("calm")
    assert (await chats.list("mika"))[0].created == datetime(2026, 11, 22, 12, tzinfo=UTC)
    assert (await chats.list("mika"))[0].created.tzinfo == UTC


async def test_an_answered_ping_raises_nothing(chats: Conversations) -> None:
    await chats.ping()


async def test_what_is_thought_of_an_answer_stays_with_its_turn(
    chats: Conversations, say: Say
) -> None:
    await say("calm")
    await chats.rate("calm", "calm_at_0", Thumb(up=False, word="too\nloud"), owner="mika")
    await chats.rate("calm", "calm_at_0", Thumb(up=True, word="w" * 300), owner="mika")
    await say("robots", minute=2)
    opened = await chats.open("calm", owner="mika")
    assert opened.thumbs == {"calm_at_0": Thumb(up=True, word="w" * 200)}
    assert not opened.branches


async def test_nobody_else_rates_an_answer(chats: Conversations, say: Say) -> None:
    await say("calm")
    with pytest.raises(ConversationGone):
        await chats.rate("calm", "calm_at_0", Thumb(up=True), owner="ren")
    assert not (await chats.open("calm", owner="mika")).thumbs


async def test_nobody_takes_over_more_chats_than_there_may_be(redis: Redis) -> None:
    chats = Conversations(redis, kept=timedelta(days=30), per_owner=1)
    await chats.restore("One", [asked()], "{}", owner="mika", now=NOON)
    with pytest.raises(TooManyConversations):
        await chats.restore("Two", [asked()], "{}", owner="mika", now=NOON)
    assert [each.title for each in await chats.list("mika")] == ["One"]
