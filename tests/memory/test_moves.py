"""A code takes its owner to another browser once, and nobody else anywhere."""

import asyncio

import pytest
from redis.asyncio import Redis

from memory import Moves
from memory.errors import CodeGone


@pytest.fixture
def moves(redis: Redis) -> Moves:
    return Moves(redis)


async def _told(moves: Moves, code: str) -> str:
    with pytest.raises(CodeGone) as caught:
        await moves.redeem(code)
    return repr(caught.value)


async def test_a_code_stands_for_its_owner(moves: Moves) -> None:
    assert await moves.redeem(await moves.offer("mika")) == "mika"


async def test_a_code_is_short_in_groups_and_new_each_time(moves: Moves) -> None:
    codes = {await moves.offer("mika") for _ in range(20)}
    assert len(codes) == 20
    assert {tuple(map(len, code.split("-"))) for code in codes} == {(5, 5)}
    assert not set("".join(codes)) & set("OILU")


@pytest.mark.parametrize("between", ["-", "", " ", "- "])
async def test_case_spaces_and_hyphens_are_forgiven(moves: Moves, between: str) -> None:
    code = await moves.offer("mika")
    assert await moves.redeem(code.lower().replace("-", between)) == "mika"


async def test_what_looks_alike_is_read_as_what_was_meant(moves: Moves, redis: Redis) -> None:
    await redis.set("move:{0011122233}", "mika")
    await redis.set("owner:{mika}:move", "0011122233")
    assert await moves.redeem("oOiIl-22233") == "mika"


async def test_a_code_works_once(moves: Moves) -> None:
    code = await moves.offer("mika")
    await moves.redeem(code)
    await _told(moves, code)


async def test_of_many_who_redeem_a_code_at_once_one_gets_it(moves: Moves) -> None:
    code = await moves.offer("mika")
    redeeming = (moves.redeem(code) for _ in range(20))
    results = await asyncio.gather(*redeeming, return_exceptions=True)
    assert results.count("mika") == 1
    assert [type(each) for each in results].count(CodeGone) == 19


async def test_a_later_code_makes_the_former_void_and_is_valid_itself(moves: Moves) -> None:
    former, later = await moves.offer("mika"), await moves.offer("mika")
    await _told(moves, former)
    assert await moves.redeem(later) == "mika"


async def test_codes_of_several_owners_are_valid_at_once(moves: Moves) -> None:
    codes = {owner: await moves.offer(owner) for owner in ("mika", "ren")}
    assert {owner: await moves.redeem(code) for owner, code in codes.items()} == {
        "mika": "mika",
        "ren": "ren",
    }


async def test_a_code_is_valid_for_five_minutes(moves: Moves, redis: Redis) -> None:
    await moves.offer("mika")
    left = [await redis.ttl(key) for key in await redis.keys("*")]
    assert len(left) == 2
    assert 290 < min(left) <= max(left) <= 300


@pytest.mark.parametrize(
    "typed", ["00000-00000", "", "-", "0" * 99, "}{*-?", "é" * 10, "\ud800" * 10]
)
async def test_whatever_is_wrong_with_a_code_the_same_is_told(
    moves: Moves, redis: Redis, typed: str
) -> None:
    used, expired = await moves.offer("mika"), await moves.offer("ren")
    await moves.redeem(used)
    await redis.delete(f"move:{{{expired.replace('-', '')}}}")
    assert len({await _told(moves, code) for code in (typed, used, expired)}) == 1
