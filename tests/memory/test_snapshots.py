"""What a share carries, what it never tells anyone, and that old ones can still be read."""

import json
import traceback
from dataclasses import fields, replace
from pathlib import Path

import pytest
from pydantic import TypeAdapter
from redis.asyncio import Redis

from memory import Message, OpenedShare, Pick, SharedMessage, SharedPick, Shares, Snapshot, new_id
from memory.errors import ShareTooNew, StoreError
from tests.memory.said import answered
from tests.memory.test_shares import CALM, NOW, PIRATES, WEEK, shared

FORM_1 = Path(__file__).with_name("shares_form_1.json")
ALLOWED = {
    Snapshot: {"title", "messages", "state"},
    SharedMessage: {"role", "text", "at", "picks", "answered_by", "ending", "notice"},
    SharedPick: {"n", "mal_id", "reason"},
}
SECRET_PICK = Pick(n=1, mal_id=457, reason="quiet", fit=0.4711)
SECRETIVE = replace(answered(turn="secret turn"), picks=(SECRET_PICK,))


def dump() -> dict[str, str]:
    """The fields of a share as they stood in Redis when its form was released."""
    return TypeAdapter(dict[str, str]).validate_json(FORM_1.read_bytes())


async def put(redis: Redis, **changed: str) -> str:
    """A share with the dump's fields but for those that are changed."""
    token = new_id()
    for name, text in (dump() | changed).items():
        await redis.hset(f"share:{{{token}}}", name, text)
    await redis.zadd("owner:{mika}:shares", {token: 1})
    return token


@pytest.fixture
def shares(redis: Redis) -> Shares:
    return Shares(redis)


@pytest.mark.parametrize("kind", ALLOWED)
def test_a_snapshot_has_these_fields_and_no_others(
    kind: type[Snapshot | SharedMessage | SharedPick],
) -> None:
    assert {each.name for each in fields(kind)} == ALLOWED[kind]


def test_all_that_is_allowed_is_taken_over() -> None:
    message = replace(answered(), ending="stopped", notice="You stopped this answer.")
    (taken,) = Snapshot.of("Calm", [message], "{}").messages
    told = {each.name: getattr(taken, each.name) for each in fields(SharedMessage)}
    assert told.pop("picks") == (SharedPick(1, 457, "quiet and slow"),)
    assert told == {name: getattr(message, name) for name in told}


async def test_nothing_else_of_a_share_is_told_to_anybody(shares: Shares, redis: Redis) -> None:
    snapshot = Snapshot.of("Calm", [SECRETIVE], "{}")
    share = await shares.create("its chat", snapshot, owner="secret owner", expires=WEEK, now=NOW)
    await redis.hset(f"share:{{{share.token}}}", "fit", "secret field")
    told = [
        share,
        await shares.open(share.token, visitor="ren"),
        await shares.of("secret owner"),
    ]
    shown = "".join(f"{each!r}{TypeAdapter(type(each)).dump_json(each)!r}" for each in told)
    assert "Try Mushishi" in shown
    assert "secret" not in shown
    assert "its chat" not in f"{told[1]!r}"  # its owner alone knows what it is of
    assert "4711" not in shown


async def test_nothing_of_a_message_but_what_is_allowed_is_kept(
    shares: Shares, redis: Redis
) -> None:
    share = await shared(shares, Snapshot.of("Calm", [SECRETIVE], "{}"))
    kept = str(await redis.hget(f"share:{{{share.token}}}", "snapshot"))
    assert "Try Mushishi" in kept
    assert "secret" not in kept
    assert "4711" not in kept


async def test_what_a_later_form_adds_is_not_told(shares: Shares, redis: Redis) -> None:
    added = json.loads(dump()["snapshot"])
    added["owner"] = added["messages"][1]["turn"] = added["messages"][1]["picks"][0]["fit"] = "hush"
    token = await put(redis, snapshot=json.dumps(added))
    assert await shares.open(token, visitor="ren") == OpenedShare(CALM, NOW + WEEK)


async def test_a_share_of_the_first_form_can_be_read(shares: Shares, redis: Redis) -> None:
    token = await put(redis)
    assert await shares.open(token, visitor="ren") == OpenedShare(CALM, NOW + WEEK)
    (listed,) = await shares.of("mika")
    assert (listed.title, listed.created, listed.expires) == ("Quiet evenings", NOW, NOW + WEEK)
    assert (listed.token, listed.opened) == (token, 1)


async def test_a_share_is_written_in_the_form_that_says_so(shares: Shares, redis: Redis) -> None:
    token = (await shared(shares)).token
    assert await redis.hgetall(f"share:{{{token}}}") == dump()


async def test_a_share_of_a_newer_form_is_not_shown_but_can_be_revoked(
    shares: Shares, redis: Redis
) -> None:
    token = await put(redis, version="2", snapshot="something else")
    with pytest.raises(ShareTooNew):
        await shares.open(token, visitor="ren")
    assert [each.token for each in await shares.of("mika")] == [token]
    await shares.revoke(token, owner="mika")
    assert await redis.keys("*") == []


async def test_an_update_is_written_in_the_form_that_it_says(shares: Shares, redis: Redis) -> None:
    token = await put(redis, version="2", snapshot="something else")
    await shares.update(token, PIRATES, owner="mika")
    assert await shares.open(token, visitor="ren") == OpenedShare(PIRATES, NOW + WEEK)


async def test_a_form_that_cannot_be_read_is_refused_without_a_word_of_it(
    shares: Shares, redis: Redis
) -> None:
    token = await put(redis, snapshot='{"title": "secret wish"}')
    with pytest.raises(StoreError) as caught:
        await shares.open(token, visitor="ren")
    assert "secret wish" not in "".join(traceback.format_exception(caught.value))


def test_a_message_has_no_field_that_was_not_thought_of() -> None:
    left_out = {each.name for each in fields(Message)} - ALLOWED[SharedMessage]
    assert left_out == {"after", "turn", "v"}
    assert {each.name for each in fields(Pick)} - ALLOWED[SharedPick] == {"fit"}
