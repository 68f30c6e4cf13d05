"""What the owner's cookie promises."""

import re
from urllib.parse import urlsplit

import pytest
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse
from starlette.routing import Route
from starlette.testclient import TestClient

from chatbot.owner import OwnerCookie, owner_of
from data import Catalogue
from data.catalogue import SHIPPED

OWNER = "a" * 22


@pytest.fixture
def client() -> TestClient:
    routes = [Route("/", _page), Route("/data", _data)]
    return TestClient(OwnerCookie(Starlette(routes=routes)))


async def _page(_: Request) -> HTMLResponse:
    return HTMLResponse("page")


async def _data(_: Request) -> JSONResponse:
    return JSONResponse({})


def test_a_new_browser_gets_an_id_that_scripts_cannot_read(client: TestClient) -> None:
    cookie = client.get("/").headers["set-cookie"]
    assert re.match(r"osusume_owner=[\w-]{22}; ", cookie)
    assert "HttpOnly; SameSite=Lax" in cookie


def test_two_browsers_get_different_ids(client: TestClient) -> None:
    first = client.get("/").headers["set-cookie"]
    client.cookies.clear()
    assert client.get("/").headers["set-cookie"] != first


@pytest.mark.parametrize("before", ["", 'prefs={"a":1}; ', "x=hello world; "])
def test_a_browser_that_has_an_id_keeps_it(client: TestClient, before: str) -> None:
    headers = {"cookie": f"{before}osusume_owner={OWNER}"}
    assert "set-cookie" not in client.get("/", headers=headers).headers


@pytest.mark.parametrize("cookie", ["osusume_owner=short", "osusume_owner=\x7f", "=;;", "a=b"])
def test_an_id_that_we_did_not_make_is_replaced(client: TestClient, cookie: str) -> None:
    assert "set-cookie" in client.get("/", headers={"cookie": cookie}).headers


def test_behind_https_the_cookie_is_secure(client: TestClient) -> None:
    headers = {"x-forwarded-proto": "https"}
    assert "; Secure" in client.get("/", headers=headers).headers["set-cookie"]


def test_only_pages_set_the_cookie(client: TestClient) -> None:
    assert "set-cookie" not in client.get("/data").headers


def test_every_answer_has_the_headers_that_keep_it_safe(client: TestClient) -> None:
    headers = client.get("/data").headers
    assert headers["x-content-type-options"] == "nosniff"
    assert "frame-ancestors 'none'" in headers["content-security-policy"]


@pytest.mark.parametrize("cookie", [None, "", "x" * 21, "x" * 23, "../" + "x" * 19])
def test_no_other_text_is_an_owner(cookie: str | None) -> None:
    assert owner_of(cookie) is None


def test_a_shared_chat_is_in_no_index(client: TestClient) -> None:
    assert client.get("/?share=abc").headers["x-robots-tag"] == "noindex"
    assert "x-robots-tag" not in client.get("/").headers


def test_posters_of_the_titles_that_ship_may_be_shown(client: TestClient) -> None:
    policy = client.get("/").headers["content-security-policy"]
    images = policy.partition("img-src ")[2].partition(";")[0].split()
    posters = {urlsplit(each.poster_url)[:2] for each in Catalogue.read(SHIPPED) if each.poster_url}
    assert {f"{scheme}://{host}" for scheme, host in posters} <= set(images)
