"""Two turns of one conversation never run at once, and nothing is half kept or kept twice."""

import asyncio
from dataclasses import replace
from datetime import timedelta

import pytest
from redis.asyncio import Redis

from memory import Conversations, Lease, Live, Message, Recalled, Runs
from memory.errors import ConversationGone, LeaseLost, TooManyConversations, TurnRunning
from tests.memory.conftest import Say, Until
from tests.memory.said import NOON, answered, asked

KEPT = timedelta(days=30)


async def _begun(runs: Runs, text: str = "something calm", turn: str = "first") -> Recalled:
    return await runs.begin("calm", owner="mika", message=asked(text, turn=turn))


async def _expired(runs: Runs, redis: Redis) -> Lease:
    """A lease that has run out."""
    lease = (await _begun(runs)).lease
    await redis.delete("chat:{calm}:lease")
    return lease


async def _messages(chats: Conversations) -> tuple[Message, ...]:
    found = (await chats.open("calm", owner="mika")).messages
    return tuple(replace(each, after=None) for each in found)


async def test_a_new_conversation_has_nothing_to_recall(runs: Runs) -> None:
    recalled = await _begun(runs)
    assert (recalled.messages, recalled.state, recalled.seen) == ((), None, frozenset())
    assert (recalled.lease.conversation, recalled.lease.owner) == ("calm", "mika")


async def test_a_follow_up_recalls_what_was_said_and_the_state(runs: Runs, say: Say) -> None:
    await say("calm")
    recalled = await _begun(runs, "more", "second")
    assert [each.text for each in recalled.messages] == ["calm", "calm!"]
    assert recalled.state == "after calm"


async def test_only_the_last_twenty_messages_are_recalled(chats: Conversations, runs: Runs) -> None:
    said = [each for turn in range(50) for each in _exchange(turn)]
    made = await chats.restore("Long", said, "{}", owner="mika", now=NOON)
    recalled = await runs.begin(made, owner="mika", message=asked(turn="last"))
    assert [each.text for each in recalled.messages] == [each.text for each in said[-20:]]


def _exchange(turn: int) -> tuple[Message, Message]:
    name = f"turn{turn}"
    return asked(str(turn), turn=name), answered(f"{turn}!", turn=name)


async def test_an_opened_conversation_names_the_run_that_answers(
    chats: Conversations, runs: Runs
) -> None:
    lease = (await _begun(runs)).lease
    assert (await chats.open("calm", owner="mika")).running == lease.run


async def test_a_second_turn_is_refused_and_leaves_no_message(
    chats: Conversations, runs: Runs
) -> None:
    await _begun(runs)
    with pytest.raises(TurnRunning):
        await _begun(runs, "more", "second")
    assert await _messages(chats) == (asked(),)


async def test_of_many_turns_begun_at_once_one_runs(chats: Conversations, runs: Runs) -> None:
    begun = (_begun(runs, turn=str(number)) for number in range(50))
    outcomes = await asyncio.gather(*begun, return_exceptions=True)
    assert [type(each) for each in outcomes].count(TurnRunning) == 49
    assert len(await _messages(chats)) == 1


async def test_of_fifty_who_write_at_once_all_are_answered_in_order(
    chats: Conversations, runs: Runs
) -> None:
    async def write(number: int) -> None:
        message = asked(f"message {number}", turn=f"turn_{number}")
        while True:
            try:
                lease = (await runs.begin("calm", owner="mika", message=message)).lease
                break
            except TurnRunning:
                await asyncio.sleep(0.002)
        answer = answered(f"answer {number}", turn=lease.turn)
        await runs.remember(lease, message=answer, state="{}")

    async with asyncio.timeout(30):
        await asyncio.gather(*map(write, range(50)))
    kept = await _every(chats)
    pairs = list(zip(kept[::2], kept[1::2], strict=True))
    assert {one.text.split()[1] for one, _ in pairs} == set(map(str, range(50)))
    assert all(one.text.split()[1] == other.text.split()[1] for one, other in pairs)


async def _every(chats: Conversations) -> list[Message]:
    opened = await chats.open("calm", owner="mika")
    found = [*opened.messages]
    while opened.earlier:
        opened = await chats.open("calm", owner="mika", earlier=opened.earlier)
        found[:0] = opened.messages
    return found


async def test_a_message_that_nobody_answered_and_that_is_said_again_stands_once(
    chats: Conversations, runs: Runs, redis: Redis
) -> None:
    lease = await _expired(runs, redis)
    again = (await _begun(runs, turn="second")).lease
    assert (again.turn, again.run != lease.run) == ("first", True)
    assert await _messages(chats) == (asked(),)


async def test_another_message_behind_one_that_nobody_answered_is_kept_beside_it(
    runs: Runs, redis: Redis, say: Say
) -> None:
    await say("calm")
    await _begun(runs, "unheard", "second")
    await redis.delete("chat:{calm}:lease")
    recalled = await _begun(runs, "pirates", "third")
    assert [each.text for each in recalled.messages] == ["calm", "calm!", "unheard"]
    assert recalled.state == "after calm"


async def test_a_kept_answer_gives_the_lease_back(chats: Conversations, runs: Runs) -> None:
    lease = (await _begun(runs)).lease
    await runs.remember(lease, message=answered(), state="{}")
    assert (await chats.open("calm", owner="mika")).running is None
    await _begun(runs, "more", "second")


async def test_an_answer_is_kept_although_its_lease_ran_out_while_nobody_else_began(
    chats: Conversations, runs: Runs, redis: Redis
) -> None:
    lease = await _expired(runs, redis)
    await runs.remember(lease, message=answered(), state="{}")
    assert await _messages(chats) == (asked(), answered())


async def test_an_answer_is_not_kept_once_its_turn_is_run_again(
    chats: Conversations, runs: Runs, redis: Redis
) -> None:
    lease = await _expired(runs, redis)
    again = (await _begun(runs)).lease
    with pytest.raises(LeaseLost):
        await runs.remember(lease, message=answered("late"), state="{}")
    await runs.remember(again, message=answered(), state="{}")
    with pytest.raises(LeaseLost):
        await runs.remember(lease, message=answered("late"), state="{}")
    assert await _messages(chats) == (asked(), answered())


async def test_an_answer_to_a_deleted_conversation_does_not_bring_it_back(
    chats: Conversations, runs: Runs
) -> None:
    lease = (await _begun(runs)).lease
    await chats.delete("calm", owner="mika", now=NOON)
    with pytest.raises(LeaseLost):
        await runs.remember(lease, message=answered(), state="{}")
    with pytest.raises(LeaseLost):
        await runs.renew(lease)
    with pytest.raises(ConversationGone):
        await chats.open("calm", owner="mika")


async def test_a_lease_runs_out_by_itself(runs: Runs, redis: Redis) -> None:
    await _begun(runs)
    assert 0 < await redis.pttl("chat:{calm}:lease") <= 10_000


async def test_a_dead_run_is_known_as_soon_as_its_lease_has_run_out(
    chats: Conversations, redis: Redis, until: Until
) -> None:
    await _begun(Runs(redis, kept=KEPT, lease=timedelta(milliseconds=5)))

    async def ran_out() -> bool:
        return (await chats.open("calm", owner="mika")).running is None

    await until(ran_out)


async def test_a_renewed_lease_holds_for_its_full_time(runs: Runs, redis: Redis) -> None:
    lease = (await _begun(runs)).lease
    await redis.pexpire("chat:{calm}:lease", 1_000)
    assert await runs.renew(lease) is False
    assert await redis.pttl("chat:{calm}:lease") > 1_000


async def test_a_lease_that_ran_out_is_had_again_unless_the_turn_is_run_again(
    runs: Runs, redis: Redis
) -> None:
    lease = await _expired(runs, redis)
    await runs.renew(lease)
    await redis.delete("chat:{calm}:lease")
    await _begun(runs)
    with pytest.raises(LeaseLost):
        await runs.renew(lease)


async def test_a_run_that_was_told_to_stop_learns_of_it_and_no_other(
    runs: Runs, live: Live
) -> None:
    lease = (await _begun(runs)).lease
    await live.stop("calm", "another")
    assert await runs.renew(lease) is False
    await live.stop("calm", lease.run)
    assert await runs.renew(lease) is True


async def test_a_message_that_is_sent_again_after_a_lost_reply_is_kept_once(
    chats: Conversations, runs: Runs, say: Say, monkeypatch: pytest.MonkeyPatch
) -> None:
    await say("calm")
    monkeypatch.setattr("memory.runs.new_id", lambda: "the same run")
    first, again = [await _begun(runs, "more", "second") for _ in range(2)]
    assert first == again
    assert len(await _messages(chats)) == 3


async def test_an_answer_that_is_sent_again_after_a_lost_reply_is_kept_once(
    chats: Conversations, runs: Runs
) -> None:
    lease = (await _begun(runs)).lease
    await runs.remember(lease, message=answered(), state="{}")
    await runs.remember(lease, message=answered(), state="{}")
    assert await _messages(chats) == (asked(), answered())


async def test_one_conversation_too_many_is_refused_and_leaves_nothing(
    chats: Conversations, redis: Redis, until: Until
) -> None:
    few = Runs(redis, kept=KEPT, lease=timedelta(seconds=10), per_owner=2)
    for number in range(2):
        await few.begin(str(number), owner="mika", message=asked(turn=str(number)))
    with pytest.raises(TooManyConversations, match="Delete one first"):
        await few.begin("third", owner="mika", message=asked(turn="third"))
    assert [each.id for each in await chats.list("mika")] == ["1", "0"]

    async def gone() -> bool:
        return not [key for key in await redis.keys("*") if "third" in str(key)]

    await until(gone)


async def test_seen_titles_are_recalled_in_every_conversation(runs: Runs) -> None:
    lease = (await _begun(runs)).lease
    await runs.remember(lease, message=answered(), state="{}", seen=[457, 1])
    other = await runs.begin("other", owner="mika", message=asked(turn="other"))
    assert other.seen == {457, 1}
