"""Two turns of one conversation never run at once, and nothing is half kept or kept twice."""

import asyncio
from datetime import timedelta

import pytest
from redis.asyncio import Redis

from memory import Conversations
from memory.errors import LeaseLost, TurnRunning
from tests.memory.conftest import Until
from tests.memory.said import answered, asked


async def _begun(chats: Conversations) -> None:
    await chats.begin("calm", owner="mika", message=asked())


async def _brief(redis: Redis, until: Until) -> Conversations:
    """Conversations one of whose leases has just run out."""
    chats = Conversations(redis, kept=timedelta(days=30), lease=timedelta(milliseconds=1))
    await _begun(chats)

    async def ran_out() -> bool:
        return (await chats.open("calm", owner="mika")).running is None

    await until(ran_out)
    return chats


async def test_an_opened_conversation_names_its_running_turn(chats: Conversations) -> None:
    await _begun(chats)
    assert (await chats.open("calm", owner="mika")).running == "first"


async def test_a_second_turn_is_refused_and_leaves_no_message(chats: Conversations) -> None:
    await _begun(chats)
    with pytest.raises(TurnRunning):
        await chats.begin("calm", owner="mika", message=asked("more", turn="second"))
    assert (await chats.open("calm", owner="mika")).messages == (asked(),)


async def test_of_many_turns_begun_at_once_one_runs(chats: Conversations) -> None:
    begun = (
        chats.begin("calm", owner="mika", message=asked(turn=str(number))) for number in range(8)
    )
    outcomes = await asyncio.gather(*begun, return_exceptions=True)
    assert [type(each) for each in outcomes].count(TurnRunning) == 7
    assert len((await chats.open("calm", owner="mika")).messages) == 1


async def test_a_message_that_nobody_answered_and_that_is_sent_again_stands_once(
    redis: Redis, until: Until
) -> None:
    chats = await _brief(redis, until)
    recalled = await chats.begin("calm", owner="mika", message=asked(turn="second"))
    assert recalled.messages == ()
    assert (await chats.open("calm", owner="mika")).messages == (asked(turn="second"),)


async def test_another_message_behind_one_that_nobody_answered_is_kept_beside_it(
    redis: Redis, until: Until
) -> None:
    chats = await _brief(redis, until)
    await chats.begin("calm", owner="mika", message=asked("pirates", turn="second"))
    assert len((await chats.open("calm", owner="mika")).messages) == 2


async def test_a_kept_answer_gives_the_lease_back(chats: Conversations) -> None:
    await _begun(chats)
    await chats.remember("calm", message=answered(), state="{}")
    await chats.begin("calm", owner="mika", message=asked("more", turn="second"))
    assert (await chats.open("calm", owner="mika")).running == "second"


async def test_after_a_lease_has_run_out_another_turn_may_run(redis: Redis, until: Until) -> None:
    chats = await _brief(redis, until)
    recalled = await chats.begin("calm", owner="mika", message=asked("more", turn="second"))
    assert recalled.messages == (asked(),)


async def test_a_turn_whose_lease_has_run_out_keeps_nothing(redis: Redis, until: Until) -> None:
    chats = await _brief(redis, until)
    with pytest.raises(LeaseLost):
        await chats.remember("calm", message=answered(), state="{}")
    opened = await chats.open("calm", owner="mika")
    assert (opened.messages, opened.state) == ((asked(),), None)


async def test_an_answer_of_another_turn_leaves_the_lease_alone(chats: Conversations) -> None:
    await _begun(chats)
    with pytest.raises(LeaseLost):
        await chats.remember("calm", message=answered(turn="other"), state="{}")
    assert (await chats.open("calm", owner="mika")).running == "first"


async def test_an_answer_to_a_deleted_conversation_does_not_bring_it_back(
    chats: Conversations, redis: Redis
) -> None:
    await _begun(chats)
    await chats.delete("calm", owner="mika")
    with pytest.raises(LeaseLost):
        await chats.remember("calm", message=answered(), state="{}")
    assert await redis.keys("*") == []


async def test_a_renewed_lease_holds_for_its_full_time(chats: Conversations, redis: Redis) -> None:
    await _begun(chats)
    await redis.pexpire("chat:{calm}:lease", 1_000)
    await chats.renew("calm", "first")
    assert await redis.pttl("chat:{calm}:lease") > 1_000


async def test_a_lease_that_has_run_out_cannot_be_renewed(redis: Redis, until: Until) -> None:
    chats = await _brief(redis, until)
    with pytest.raises(LeaseLost):
        await chats.renew("calm", "first")


async def test_the_lease_of_another_turn_cannot_be_renewed(chats: Conversations) -> None:
    await _begun(chats)
    with pytest.raises(LeaseLost):
        await chats.renew("calm", "second")


async def test_a_message_that_is_sent_again_after_a_lost_reply_is_kept_once(
    chats: Conversations,
) -> None:
    await _begun(chats)
    await chats.remember("calm", message=answered(), state="{}")
    await chats.begin("calm", owner="mika", message=asked("more", turn="second"))
    recalled = await chats.begin("calm", owner="mika", message=asked("more", turn="second"))
    assert recalled.messages == (asked(), answered())
    assert len((await chats.open("calm", owner="mika")).messages) == 3


async def test_an_answer_that_is_sent_again_after_a_lost_reply_is_kept_once(
    chats: Conversations,
) -> None:
    await _begun(chats)
    await chats.remember("calm", message=answered(), state="{}")
    await chats.remember("calm", message=answered(), state="{}")
    assert (await chats.open("calm", owner="mika")).messages == (asked(), answered())
