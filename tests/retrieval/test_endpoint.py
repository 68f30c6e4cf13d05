"""What EMBEDDINGS=endpoint: promises, tried with a small server that speaks the wire."""

from collections.abc import Iterator
from inspect import getmembers, isclass

import httpx
import pytest
from huggingface_hub import errors as hub
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from retrieval import embedder
from retrieval.endpoint import translated
from retrieval.errors import EmbeddingsAway, EmbeddingsUnusable, RetrievalError
from tests.serving import served

HUB = [kind for _, kind in getmembers(hub, isclass) if issubclass(kind, hub.HfHubHTTPError)]
CARRIER = [kind for _, kind in getmembers(httpx, isclass) if issubclass(kind, httpx.HTTPError)]


async def answered(request: Request) -> Response:
    """Vectors of one number, the text's length; a status or rubbish where the path says so."""
    kind = request.path_params["kind"]
    if kind.isdecimal():
        return Response("organization 01hush", status_code=int(kind))
    texts = (await request.json())["inputs"]
    answers = {"vectors": [[float(len(text))] for text in texts], "rubbish": {"oh": "no"}}
    return JSONResponse(answers.get(kind, [[0.0]]))


@pytest.fixture(scope="module")
def endpoint() -> Iterator[str]:
    app = Starlette(routes=[Route("/{kind}", answered, methods=["POST"])])
    with served(app) as base:
        yield f"endpoint:{base}"


def test_a_server_of_ones_own_embeds_texts(endpoint: str) -> None:
    model = embedder(f"{endpoint}/vectors").model
    assert model.embed_documents(["a", "bcd"]) == [[1], [3]]
    assert model.embed_query("four") == [4]


@pytest.mark.parametrize("status", [429, 500, 502, 503, 504])
def test_an_overloaded_server_is_away(endpoint: str, status: int) -> None:
    with pytest.raises(EmbeddingsAway):
        embedder(f"{endpoint}/{status}").model.embed_query("x")


@pytest.mark.parametrize("status", [400, 401, 403, 404, 413, 422])
def test_a_refusal_says_what_to_check(endpoint: str, status: int) -> None:
    with pytest.raises(EmbeddingsUnusable, match=f"status {status}. Check EMBEDDINGS"):
        embedder(f"{endpoint}/{status}", "hf_hush").model.embed_query("x")


@pytest.mark.parametrize("answer", ["rubbish", "one-vector-for-all"])
def test_an_answer_without_a_vector_for_each_text_is_not_used(endpoint: str, answer: str) -> None:
    with pytest.raises(EmbeddingsUnusable):
        embedder(f"{endpoint}/{answer}").model.embed_documents(["a", "b"])


def test_a_server_that_is_not_there_is_away() -> None:
    with pytest.raises(EmbeddingsAway):
        embedder("endpoint:http://127.0.0.1:9/").model.embed_query("x")


@pytest.mark.parametrize("kind", [*CARRIER, httpx.StreamClosed, httpx.InvalidURL, TimeoutError])
def test_no_error_of_the_carrier_crosses_the_border(kind: type[Exception]) -> None:
    with pytest.raises(RetrievalError) as caught, translated():
        raise kind.__new__(kind)
    assert isinstance(caught.value.__cause__, kind)


@pytest.mark.parametrize("kind", HUB)
def test_no_error_of_the_hub_crosses_the_border(kind: type[hub.HfHubHTTPError]) -> None:
    refused = httpx.Response(418, request=httpx.Request("POST", "http://127.0.0.1"))
    with pytest.raises(EmbeddingsUnusable) as caught, translated():
        raise kind("hush", response=refused)
    assert isinstance(caught.value.__cause__, kind)
