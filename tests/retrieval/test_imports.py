"""What a start of the chat does not wait for."""

import subprocess
import sys

import pytest


@pytest.mark.parametrize(
    "heavy",
    ["aiohttp", "chromadb", "defusedxml", "huggingface_hub", "langchain_chroma", "onnxruntime"],
)
def test_importing_the_retrieval_does_not_import(heavy: str) -> None:
    code = f"import sys, retrieval; sys.exit({heavy!r} in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0  # noqa: S603  # our own
