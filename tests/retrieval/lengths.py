"""A model that embeds a text as its length, and remembers what it was asked."""

from langchain_core.embeddings import Embeddings


class Lengths(Embeddings):
    """Vectors of two numbers, so that lengths differ in direction too."""

    def __init__(self) -> None:
        self.asked: list[str] = []

    def embed_documents(self, texts: list[str]) -> list[list[float]]:
        """The length of each, and 1."""
        self.asked += texts
        return [[float(len(text)), 1.0] for text in texts]

    def embed_query(self, text: str) -> list[float]:
        """The length of one, and 1."""
        return self.embed_documents([text])[0]
