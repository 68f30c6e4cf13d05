"""What messages are for: the rules beside the nearest labelled examples, as decision 005 has it.

The 990 messages of messages.toml were written without knowledge of the rules, which have learnt
some of their wordings since. Run: python -m benchmarks.intents
"""

import tomllib
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from data import Catalogue
from retrieval import RequestState, Rules, embedder

_MESSAGES = Path(__file__).parent / "messages.toml"
_FOLDS, _NEAREST = 5, 10
# Kinds that several intents do right by: what is agreed to, and requests in all their forms.
_RIGHT = {
    "agree": {"relax", "more", "refine"},
    "thanks": {"thanks", "hello"},
    "request": {"request", "like", "unlike", "identify", "surprise"},
    "identify": {"identify", "request"},
    "refine": {"refine", "relax", "unlike"},
    "content": {"content", "fact", "which"},
}
_FIRST = {"request", "identify"}


@dataclass(frozen=True, slots=True)
class Labelled:
    """A message and the kind it is of."""

    text: str
    kind: str


def main() -> None:
    """Print the share of messages whose kind is told rightly."""
    catalogue = Catalogue.read()
    messages = list(_labelled())
    by_rules = list(_by_rules(Rules(catalogue), catalogue, messages))
    by_example = list(_by_example(messages))
    for name, told in (("rules", by_rules), ("nearest", by_example)):
        right = np.mean([each.kind == kind for each, kind in zip(messages, told, strict=True)])
        print(f"{name:8} {right:.0%} of {len(messages)} kinds")


def _labelled() -> Iterator[Labelled]:
    for kind, texts in tomllib.loads(_MESSAGES.read_text(encoding="utf-8")).items():
        yield from (Labelled(text, kind) for text in texts)


def _by_rules(rules: Rules, catalogue: Catalogue, messages: list[Labelled]) -> Iterator[str]:
    """The kind that the rules take each message for, after a request and its answer."""
    shown = tuple(title.mal_id for title in catalogue[:5])
    after = rules.understand("romance movies", RequestState()).state.showing(shown)
    offering = replace(after, offered=after.constraints[0])
    for each in messages:
        state = offering if each.kind in {"agree", "decline"} else after
        state = RequestState() if each.kind in _FIRST else state
        intent = rules.understand(each.text, state).intent
        yield each.kind if intent in _RIGHT.get(each.kind, {each.kind}) else intent


def _by_example(messages: list[Labelled]) -> Iterator[str]:
    """The kind of the nearest messages of the other folds."""
    model = embedder("onnx").model
    vectors: NDArray[np.float64] = np.array(model.embed_documents([each.text for each in messages]))
    vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
    folds = np.random.default_rng(0).integers(0, _FOLDS, len(messages))
    for place in range(len(messages)):
        alike = np.where(folds == folds[place], -1, vectors @ vectors[place])
        votes = defaultdict[str, float](float)
        for other in np.argsort(-alike)[:_NEAREST]:
            votes[messages[int(other)].kind] += float(alike[int(other)]) ** 3
        yield max(votes, key=votes.__getitem__)


if __name__ == "__main__":
    main()
