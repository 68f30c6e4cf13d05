"""Moves: taking what is one's own to another browser by a code that is typed there."""

import secrets
from datetime import timedelta

from redis.asyncio import Redis

from memory import keys
from memory.errors import CodeGone, translated

VALID = timedelta(minutes=5)
# Crockford's base 32: no two characters look alike, and what does is read as what was meant.
_ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_MEANT = str.maketrans({"O": "0", "I": "1", "L": "1", "-": None, " ": None})
_CHARACTERS = 10
_GROUP = 5


class Moves:
    """The codes in Redis; each stands for its owner once, for five minutes.

    A code is short enough to be typed: 50 random bits. With 1,000 codes in force it takes 10^12
    guesses to hit one, so whoever may guess 10 times a minute needs 200,000 years. That they may
    not guess faster is the affair of `Limits`, by address, wherever `redeem` is called.
    """

    def __init__(self, redis: Redis) -> None:
        self._redis = redis

    async def offer(self, owner: str) -> str:
        """A new code in groups, as it is to be shown; the owner's former one is void."""
        code = "".join(secrets.choice(_ALPHABET) for _ in range(_CHARACTERS))
        with translated():
            async with self._redis.pipeline(transaction=False) as change:
                change.set(keys.of_offer(owner), code, ex=VALID)
                change.set(keys.of_code(code), owner, ex=VALID)
                await change.execute()
        return "-".join(code[at : at + _GROUP] for at in range(0, _CHARACTERS, _GROUP))

    async def redeem(self, code: str) -> str:
        """The owner whom the code stands for, the first time; otherwise raise CodeGone.

        Case, spaces and hyphens do not matter.
        """
        meant = code.upper().translate(_MEANT)
        if len(meant) != _CHARACTERS or not set(meant) <= set(_ALPHABET):
            raise CodeGone
        with translated():
            found = await self._redis.getdel(keys.of_code(meant))
            if found is None:
                raise CodeGone
            owner = str(found)
            # A later offer lies in another slot and leaves this code there, so it is looked at.
            if await self._redis.get(keys.of_offer(owner)) != meant:
                raise CodeGone
        return owner
