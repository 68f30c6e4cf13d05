"""What can go wrong while titles are searched.

RetrievalError
├── EmbeddingsAway       the model that embeds texts cannot be reached; it may work soon
├── EmbeddingsUnusable   the setting, the package or the file of that model is wrong
├── IndexAway            the Chroma server cannot be reached; it may work soon
└── IndexUnusable        the folder of the index cannot be read or written
"""

from collections.abc import Generator
from contextlib import contextmanager

import httpx


class RetrievalError(Exception):
    """The search could not be done."""


class EmbeddingsAway(RetrievalError):
    """The model that embeds texts cannot be reached."""


class EmbeddingsUnusable(RetrievalError):
    """The model that embeds texts cannot be used; the message says what to mend."""


class IndexAway(RetrievalError):
    """The Chroma server cannot be reached."""


class IndexUnusable(RetrievalError):
    """The folder of the index cannot be used; the message says what to mend."""


@contextmanager
def translated() -> Generator[None]:
    """Turn every error of Chroma and of what carries it into a RetrievalError."""
    from chromadb.errors import ChromaError  # noqa: PLC0415  # takes a second to import

    try:
        yield
    except (httpx.HTTPError, ConnectionError) as error:
        raise IndexAway(str(error)) from error
    # Chroma's Rust part raises bare InternalError and ValueError; its client OSError.
    except (ChromaError, OSError, ValueError) as error:
        # A client that finds no server says so with a ValueError.
        if isinstance(error.__context__, httpx.HTTPError):
            raise IndexAway(str(error)) from error
        raise IndexUnusable(f"The index cannot be used: {error}") from error
