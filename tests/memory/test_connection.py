"""What the connection tells when it cannot be had, and what it never tells."""

import socket

import pytest
from redis.asyncio import Redis

from memory import connected
from memory.errors import StoreAway, StoreError


def _told(error: BaseException | None) -> str:
    """What a log shows of an error and of what led to it."""
    if error is None:
        return ""
    earlier = None if error.__suppress_context__ else error.__context__
    return f"{error} {_told(error.__cause__ or earlier)}"


async def test_the_connection_answers_in_text(server: str) -> None:
    async with connected(server) as redis:
        await redis.set("title", "蟲師")
        assert await redis.get("title") == "蟲師"


async def test_a_port_where_nobody_listens_is_away() -> None:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port = listener.getsockname()[1]
    with pytest.raises(StoreAway):
        async with connected(f"redis://127.0.0.1:{port}"):
            pytest.fail("nobody listens there")


async def test_a_socket_that_is_not_there_is_away() -> None:
    with pytest.raises(StoreAway):
        async with connected("unix:///nowhere/redis.sock"):
            pytest.fail("there is no such socket")


async def test_a_wrong_password_is_refused_and_not_told(server: str, redis: Redis) -> None:
    await redis.acl_setuser("mika", enabled=True, passwords=["+right"])
    with pytest.raises(StoreError) as caught:
        async with connected(server.replace("unix://", "unix://mika:wr0ng@")):
            pytest.fail("the password is wrong")
    assert "password" in str(caught.value)
    assert "wr0ng" not in _told(caught.value)


@pytest.mark.parametrize("url", ["redis://:wr0ng/half@127.0.0.1", "redis://:half@127.0.0.1:wr0ng"])
async def test_an_address_that_cannot_be_read_is_not_told(url: str) -> None:
    with pytest.raises(StoreError) as caught:
        async with connected(url):
            pytest.fail("there is no such address")
    assert "wr0ng" not in _told(caught.value)


@pytest.mark.parametrize("url", ["redis+http://h", "http://h", "localhost:6379", ""])
async def test_an_unknown_scheme_is_answered_with_those_that_are_known(url: str) -> None:
    with pytest.raises(StoreError, match="redis://, rediss://, unix://"):
        async with connected(url):
            pytest.fail("there is no such scheme")


async def test_sentinels_need_the_name_of_the_service() -> None:
    with pytest.raises(StoreError, match="name of the service"):
        async with connected("redis+sentinel://127.0.0.1:1"):
            pytest.fail("no service is named")
