"""What the page promises where a code from another browser is typed."""

import re
from collections.abc import Iterator

import pytest
from starlette.applications import Starlette
from starlette.testclient import TestClient

from chatbot.moving import ROUTES
from chatbot.owner import OwnerCookie
from chatbot.running import Running
from memory import new_id

OWN = {"sec-fetch-site": "same-origin"}


@pytest.fixture
def client() -> Iterator[TestClient]:
    application = OwnerCookie(Starlette(routes=ROUTES))
    with TestClient(application, follow_redirects=False) as opened:
        yield opened


def test_a_code_makes_the_browser_its_owner_s(client: TestClient, running: Running) -> None:
    owner = new_id()
    code = running.loop.run(running.app.store.moves.offer(owner))
    answer = client.post("/move", data={"code": code.lower()}, headers=OWN)
    assert (answer.status_code, answer.headers["location"]) == (303, "/")
    assert answer.headers["set-cookie"].startswith(f"osusume_owner={owner}; Path=/; ")
    assert "; HttpOnly; SameSite=Lax" in answer.headers["set-cookie"]


def test_a_code_works_once(client: TestClient, running: Running) -> None:
    code = running.loop.run(running.app.store.moves.offer(new_id()))
    client.post("/move", data={"code": code}, headers=OWN)
    again = client.post("/move", data={"code": code}, headers=OWN)
    assert again.status_code == 400
    assert "This code does not work" in again.text


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"origin": "null"},
        {"origin": "http://evil.example"},
        {"origin": "http://testserver.evil.example"},
        {"sec-fetch-site": "cross-site"},
        {"sec-fetch-site": "same-site"},
        {"sec-fetch-site": "none"},
        {"sec-fetch-site": "cross-site", "origin": "http://testserver"},
    ],
)
def test_another_page_cannot_move_a_browser(
    client: TestClient, running: Running, headers: dict[str, str]
) -> None:
    owner = new_id()
    code = running.loop.run(running.app.store.moves.offer(owner))
    answer = client.post("/move", data={"code": code}, headers=headers)
    assert answer.status_code == 403
    assert owner not in answer.headers.get("set-cookie", "")
    assert running.loop.run(running.app.store.moves.redeem(code)) == owner


def test_a_browser_that_tells_its_origin_alone_can_move(
    client: TestClient, running: Running
) -> None:
    code = running.loop.run(running.app.store.moves.offer(new_id()))
    headers = {"origin": "http://testserver"}
    assert client.post("/move", data={"code": code}, headers=headers).status_code == 303


def test_nobody_guesses_faster_than_ten_times_a_minute(
    client: TestClient, running: Running
) -> None:
    assert running.app
    tries = [client.post("/move", data={"code": "wrong"}, headers=OWN) for _ in range(11)]
    assert [each.status_code for each in tries] == [400] * 10 + [429]
    assert re.search(r"Try again in \d+ seconds?\.", tries[-1].text)
    assert 0 < int(tries[-1].headers["retry-after"]) <= 6


@pytest.mark.parametrize("content", [b"", b"code=" + b"0" * 100_000, b"\xff\xfe=%zz", b"other=1"])
def test_what_is_no_code_is_refused(client: TestClient, running: Running, content: bytes) -> None:
    assert running.app
    headers = OWN | {"content-type": "application/x-www-form-urlencoded"}
    answer = client.post("/move", content=content, headers=headers)
    assert (answer.status_code, "This code does not work" in answer.text) == (400, True)


def test_before_the_app_has_started_the_page_says_so(client: TestClient) -> None:
    assert client.post("/move", data={"code": "x"}, headers=OWN).status_code == 503


def test_the_page_runs_no_script_and_is_in_no_index(client: TestClient) -> None:
    headers = client.get("/move").headers
    assert headers["content-security-policy"].startswith("default-src 'none'; style-src 'sha256-")
    assert headers["x-robots-tag"] == "noindex"
    assert headers["x-content-type-options"] == "nosniff"


def test_the_page_gives_a_new_browser_an_owner(client: TestClient) -> None:
    assert "osusume_owner=" in client.get("/move").headers["set-cookie"]
