"""Seconds to understand a message by rules, and how many messages the rules are not sure of.

The messages are those of tests/chatbot/conversations, each in the state that those before it
left behind.
Run: make bench, or: python -m benchmarks.understanding [CATALOGUE ...] for other catalogues.
"""

import json
import sys
from collections.abc import Iterator
from pathlib import Path
from time import perf_counter

import numpy as np

from data import Catalogue
from data.catalogue import SHIPPED
from retrieval import RequestState, Rules

_DIALOGUES = Path(__file__).parent.parent / "tests" / "chatbot" / "conversations"
_ROUNDS = 3
# A list like those that are shown.
_SHOWN = 5


def main() -> None:
    """Print a line for each catalogue: milliseconds at the median and the 95th percentile."""
    print("titles   messages   p50 ms   p95 ms   not sure of")
    for path in list(map(Path, sys.argv[1:])) or [SHIPPED]:
        catalogue = Catalogue.read(path)
        rules = Rules(catalogue)
        taken = [each for _ in range(_ROUNDS) for each in _measured(rules, catalogue)]
        milliseconds = np.array([seconds for seconds, _ in taken]) * 1000
        unsure = sum(not sure for _, sure in taken) / len(taken)
        middle, high = np.percentile(milliseconds, [50, 95])
        times = f"{middle:8.2f} {high:8.2f}"
        print(f"{len(catalogue):6} {len(taken) // _ROUNDS:10} {times} {unsure:12.1%}")


def _measured(rules: Rules, catalogue: Catalogue) -> Iterator[tuple[float, bool]]:
    """The seconds that each message takes, and whether the rules are sure of it."""
    shown = tuple(title.mal_id for title in catalogue[:_SHOWN])
    for messages in _conversations():
        state = RequestState()
        for message in messages:
            begun = perf_counter()
            understanding = rules.understand(message, state)
            yield perf_counter() - begun, understanding.sure
            state = understanding.state
            state = state.showing(shown) if understanding.searches else state


def _conversations() -> Iterator[list[str]]:
    for path in sorted(_DIALOGUES.glob("*.jsonl")):
        for line in path.read_text(encoding="utf-8").splitlines():
            yield [turn["say"] for turn in json.loads(line)["turns"]]


if __name__ == "__main__":
    main()
