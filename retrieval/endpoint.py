"""Vectors from a Hugging Face inference endpoint, or from a server that speaks like one."""

from collections.abc import Generator
from contextlib import contextmanager

import httpx
import numpy as np
from huggingface_hub import InferenceClient
from huggingface_hub.errors import HfHubHTTPError
from langchain_core.embeddings import Embeddings
from langchain_huggingface import HuggingFaceEndpointEmbeddings

from retrieval.errors import EmbeddingsAway, EmbeddingsUnusable

_TIMEOUT_SECONDS = 30.0
# Too many requests, and a request that took too long: the same may work later.
_PASSING = {408, 429}
# A server of text embeddings takes no more at once unless it is told to.
_BATCH = 32


class EndpointEmbeddings(Embeddings):
    """A model by its name at Hugging Face, or by the address of a server of one's own (TEI)."""

    def __init__(self, model: str, token: str | None) -> None:
        with translated():
            client = InferenceClient(model, token=token, timeout=_TIMEOUT_SECONDS)
            # LangChain's class takes no address, and would wait for an answer for ever.
            self._model = HuggingFaceEndpointEmbeddings(huggingfacehub_api_token=token)
            self._model.client = client

    def embed_documents(self, texts: list[str]) -> list[list[float]]:
        """Vectors of the texts, in their order; EmbeddingsAway or EmbeddingsUnusable."""
        batches = (texts[start : start + _BATCH] for start in range(0, len(texts), _BATCH))
        return [vector for batch in batches for vector in self._embedded(batch)]

    def embed_query(self, text: str) -> list[float]:
        """The vector of one text; EmbeddingsAway or EmbeddingsUnusable."""
        return self.embed_documents([text])[0]

    def _embedded(self, texts: list[str]) -> list[list[float]]:
        with translated():
            vectors = np.asarray(self._model.embed_documents(texts), dtype=np.float32)
            if vectors.ndim != 2 or len(vectors) != len(texts):  # noqa: PLR2004
                raise ValueError(f"{len(texts)} texts, but vectors of shape {vectors.shape}")
        embedded: list[list[float]] = vectors.tolist()
        return embedded


@contextmanager
def translated() -> Generator[None]:
    """Turn every error of the hub's client and of what carries it into a RetrievalError."""
    try:
        yield
    except HfHubHTTPError as error:
        status = error.response.status_code
        if status in _PASSING or status >= httpx.codes.INTERNAL_SERVER_ERROR:
            raise EmbeddingsAway(f"The endpoint answered with status {status}.") from error
        raise EmbeddingsUnusable(
            f"The embedding endpoint refused the request with status {status}. "
            "Check EMBEDDINGS and HUGGINGFACEHUB_API_TOKEN."
        ) from error
    except (httpx.HTTPError, httpx.StreamError, ConnectionError, TimeoutError) as error:
        raise EmbeddingsAway(f"The embedding endpoint cannot be reached: {error}") from error
    # An address that is none, a model that nobody serves, or an answer that is no vector.
    except (httpx.InvalidURL, OSError, ValueError, TypeError, LookupError) as error:
        raise EmbeddingsUnusable(f"The embedding endpoint cannot be used: {error}") from error
