"""Documents a second when a catalogue is indexed: the textbook beside ours, on the same texts.

The textbook is sentence-transformers on torch with LangChain's `add_documents`; both models are
loaded before the clock starts. Run, after installing requirements-torch.txt besides:
python -m benchmarks.indexing [--catalogue FILE] [--titles N] [--model NAME_OR_FOLDER]
"""

import argparse
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter

from langchain_chroma import Chroma
from langchain_core.documents import Document
from langchain_huggingface import HuggingFaceEmbeddings

from data import Catalogue
from data.catalogue import SHIPPED
from retrieval import Place, build, embedder

_MODEL = "sentence-transformers/all-MiniLM-L6-v2"
_ROUNDS = 2


def main() -> None:
    """Print the table."""
    arguments = _arguments()
    titles = Catalogue.read(arguments.catalogue)[: arguments.titles]
    # Another text than the one whose vectors ship.
    catalogue = Catalogue([replace(each, synopsis=f"{each.synopsis} Again.") for each in titles])
    textbook, ours = _textbook(catalogue, arguments.model), _ours(catalogue)
    rounds = [(_rate(catalogue, textbook), _rate(catalogue, ours)) for _ in range(_ROUNDS)]
    best, best_of_ours = (max(each) for each in zip(*rounds, strict=True))
    print(f"{len(catalogue):,} documents, the better of {_ROUNDS} rounds\n")
    print("| | documents a second |\n| --- | --- |")
    print(f"| textbook | {best:.0f} |\n| ours | {best_of_ours:.0f} |")
    print(f"| ratio | {best_of_ours / best:.1f} |")


def _rate(catalogue: Catalogue, index: Callable[[Path], None]) -> float:
    with TemporaryDirectory() as folder:
        begun = perf_counter()
        index(Path(folder))
        return len(catalogue) / (perf_counter() - begun)


def _textbook(catalogue: Catalogue, model: str) -> Callable[[Path], None]:
    embeddings = HuggingFaceEmbeddings(model_name=model)
    embeddings.embed_query("")
    documents = [Document(title.document) for title in catalogue]

    def index(folder: Path) -> None:
        Chroma("titles", embeddings, persist_directory=str(folder)).add_documents(documents)

    return index


def _ours(catalogue: Catalogue) -> Callable[[Path], None]:
    model = embedder("onnx")
    model.model.embed_documents([""])

    def index(folder: Path) -> None:
        build(catalogue, model, Place(folder), lambda _: None)

    return index


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--catalogue", type=Path, default=SHIPPED)
    parser.add_argument("--titles", type=int, default=1000)
    parser.add_argument("--model", default=_MODEL)
    return parser.parse_args()


if __name__ == "__main__":
    main()
