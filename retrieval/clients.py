"""Chroma's clients: of a folder, and of a server."""

from typing import TYPE_CHECKING
from urllib.parse import urlsplit

if TYPE_CHECKING:
    from pathlib import Path

    from chromadb.api import ClientAPI


def folder_client(path: "Path") -> "ClientAPI":
    """A client of the index in a folder."""
    import chromadb  # noqa: PLC0415  # a second, when first used
    from chromadb.config import Settings  # noqa: PLC0415

    return chromadb.PersistentClient(str(path), Settings(anonymized_telemetry=False))


def server_client(url: str) -> "ClientAPI":
    """A client of a Chroma server."""
    import chromadb  # noqa: PLC0415  # a second, when first used
    from chromadb.config import Settings  # noqa: PLC0415

    parts = urlsplit(url)
    return chromadb.HttpClient(
        host=parts.hostname or "",
        port=parts.port or 8000,
        ssl=parts.scheme == "https",
        settings=Settings(anonymized_telemetry=False),
    )
