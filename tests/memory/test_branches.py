"""A message can be said anew, and both paths stay."""

import json

import pytest
from redis.asyncio import Redis

from memory import Conversations, Message, Runs
from memory.errors import ConversationGone, TurnRunning
from memory.messages import written
from tests.memory.conftest import Say
from tests.memory.said import NOON, answered, asked


async def texts(chats: Conversations) -> list[str]:
    return [each.text for each in (await chats.open("calm", owner="mika")).messages]


async def test_a_message_said_anew_takes_the_place_of_all_that_followed(
    chats: Conversations, say: Say
) -> None:
    await say("calm")
    await say("older", minute=2)
    await say("newer", minute=4)
    await say("shorter", minute=6, instead="older_at_2")
    assert await texts(chats) == ["calm", "calm!", "shorter", "shorter!"]


async def test_a_branch_recalls_what_was_before_it_and_the_state_of_then(
    runs: Runs, say: Say
) -> None:
    await say("calm")
    await say("older", minute=2)
    anew = asked("shorter", turn="anew")
    recalled = await runs.begin("calm", owner="mika", message=anew, instead="older_at_2")
    assert [each.text for each in recalled.messages] == ["calm", "calm!"]
    assert recalled.state == "after calm"


async def test_the_first_message_can_be_said_anew(
    chats: Conversations, runs: Runs, say: Say
) -> None:
    await say("calm")
    message = asked("loud", turn="loud")
    recalled = await runs.begin("calm", owner="mika", message=message, instead="calm_at_0")
    assert (recalled.messages, recalled.state) == ((), None)
    assert await texts(chats) == ["loud"]


async def test_one_goes_back_to_where_a_branch_was_left(chats: Conversations, say: Say) -> None:
    await say("calm")
    await say("older", minute=2)
    await say("newer", minute=4)
    await say("shorter", minute=6, instead="older_at_2")
    await say("funny", minute=8)
    opened = await chats.open("calm", owner="mika")
    assert opened.branches == dict.fromkeys(
        ("older_at_2", "shorter_at_6"), ("older_at_2", "shorter_at_6")
    )
    await chats.choose("calm", "older_at_2", owner="mika")
    assert (await texts(chats))[2:] == ["older", "older!", "newer", "newer!"]
    assert (await chats.open("calm", owner="mika")).state == "after newer"
    await chats.choose("calm", "shorter_at_6", owner="mika")
    assert (await texts(chats))[2:] == ["shorter", "shorter!", "funny", "funny!"]
    assert (await chats.open("calm", owner="mika")).state == "after funny"


async def test_branches_within_branches_are_left_and_found_again(
    chats: Conversations, say: Say
) -> None:
    await say("calm")
    await say("older", minute=2)
    await say("newer", minute=4)
    await say("dark", minute=6, instead="newer_at_4")
    await say("loud", minute=8, instead="calm_at_0")
    assert await texts(chats) == ["loud", "loud!"]
    await chats.choose("calm", "calm_at_0", owner="mika")
    assert await texts(chats) == ["calm", "calm!", "older", "older!", "dark", "dark!"]
    await chats.choose("calm", "newer_at_4", owner="mika")
    assert (await texts(chats))[4:] == ["newer", "newer!"]


async def test_a_third_way_of_saying_it_stands_beside_the_others(
    chats: Conversations, say: Say
) -> None:
    await say("calm")
    await say("loud", minute=2, instead="calm_at_0")
    await say("dark", minute=4, instead="loud_at_2")
    opened = await chats.open("calm", owner="mika")
    assert opened.branches["dark_at_4"] == ("calm_at_0", "loud_at_2", "dark_at_4")


async def test_while_a_turn_runs_no_other_path_can_be_chosen(
    chats: Conversations, runs: Runs, say: Say
) -> None:
    await say("calm")
    await say("loud", minute=2, instead="calm_at_0")
    await runs.begin("calm", owner="mika", message=asked("more", turn="more"))
    with pytest.raises(TurnRunning):
        await chats.choose("calm", "calm_at_0", owner="mika")


@pytest.mark.parametrize("turn", ["never", "", "of:", "calm_at_0"])
async def test_a_turn_that_is_not_one_of_several_cannot_be_chosen(
    chats: Conversations, say: Say, turn: str
) -> None:
    await say("calm")
    with pytest.raises(ConversationGone):
        await chats.choose("calm", turn, owner="mika")
    assert await texts(chats) == ["calm", "calm!"]


async def test_what_was_never_said_cannot_be_said_anew(
    chats: Conversations, runs: Runs, say: Say
) -> None:
    await say("calm")
    with pytest.raises(ConversationGone):
        await runs.begin("calm", owner="mika", message=asked(turn="new"), instead="never")
    with pytest.raises(ConversationGone):
        await runs.begin("other", owner="mika", message=asked(turn="new"), instead="never")
    assert await texts(chats) == ["calm", "calm!"]


async def test_an_interrupted_message_can_be_said_in_other_words(
    chats: Conversations, runs: Runs, redis: Redis, say: Say
) -> None:
    await say("calm")
    await runs.begin("calm", owner="mika", message=asked("mroe", turn="typo"))
    await redis.delete("chat:{calm}:lease")
    await say("more", minute=4, instead="typo")
    assert await texts(chats) == ["calm", "calm!", "more", "more!"]


async def test_a_long_conversation_is_read_page_by_page(chats: Conversations) -> None:
    said = [each for turn in range(1000) for each in _exchange(turn)]
    made = await chats.restore("Long", said, "{}", owner="mika", now=NOON)
    read: list[Message] = []
    opened = await chats.open(made, owner="mika")
    read[:0] = opened.messages
    assert len(opened.messages) == 50
    while opened.earlier:
        opened = await chats.open(made, owner="mika", earlier=opened.earlier)
        read[:0] = opened.messages
    assert [each.text for each in read] == [each.text for each in said]


def _exchange(turn: int) -> tuple[Message, Message]:
    name = f"turn{turn}"
    return asked(str(turn), turn=name), answered(f"{turn}!", turn=name)


async def test_a_conversation_of_the_first_form_goes_on_and_branches(
    chats: Conversations, runs: Runs, redis: Redis, say: Say
) -> None:
    times = {"created": NOON.isoformat(), "updated": NOON.isoformat()}
    facts = {"owner": "mika", "title": "Calm", "version": "1", **times}
    for name, text in facts.items():
        await redis.hset("chat:{calm}", name, text)
    for turn in range(2):
        for message in _exchange(turn):
            form = json.loads(written(message)) | {"v": 1}
            await redis.rpush("chat:{calm}:messages", json.dumps(form))
    await redis.set("chat:{calm}:state", "kept")
    opened = await chats.open("calm", owner="mika")
    assert ([each.text for each in opened.messages], opened.state) == (
        ["0", "0!", "1", "1!"],
        "kept",
    )
    recalled = await runs.begin("calm", owner="mika", message=asked("more", turn="more"))
    assert (len(recalled.messages), recalled.state) == (4, "kept")
    await runs.remember(recalled.lease, message=answered(turn="more"), state="new")
    await say("other", minute=9, instead="turn1")
    assert await texts(chats) == ["0", "0!", "other", "other!"]
