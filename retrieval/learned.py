"""What was learned from viewers: the liked-together figures, and the weights fitted to them."""

import json
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Self

from pydantic import TypeAdapter, ValidationError

from data import CatalogueError, Liked, texts
from data.liked import SHIPPED
from retrieval.likeness import FEATURES

FIGURES, WEIGHTS = "liked.csv", "weights.json"
_UNUSABLE = "holds no weights of this version; write it anew with: python -m chatbot learn"


@dataclass(frozen=True, slots=True)
class Fitted:
    """The weight of each feature for "like X", and what they reached when they were fitted.

    `ndcg` and `hits` are nDCG@10 and the share with a hit among ten, of so many `titles` with
    recommendations that were held back.
    """

    examples: dict[str, float]
    ndcg: float
    hits: float
    titles: int

    def write(self, path: Path) -> None:
        """Write them, or raise CatalogueError."""
        with texts.written(path) as file:
            file.write(json.dumps(asdict(self), indent=2) + "\n")

    @classmethod
    def read(cls, path: Path) -> "Fitted":
        """Read them, or raise CatalogueError."""
        try:
            fitted = _FITTED.validate_json(path.read_bytes())
        except OSError as error:
            raise CatalogueError(f"{path} cannot be opened: {error.strerror}.") from error
        except ValidationError as error:
            raise CatalogueError(f"{path} {_UNUSABLE}") from error
        if set(fitted.examples) != set(FEATURES):
            raise CatalogueError(f"{path} {_UNUSABLE}")
        return fitted


@dataclass(frozen=True, slots=True)
class Learned:
    """All that was learned for a catalogue."""

    liked: Liked
    examples: dict[str, float]

    @classmethod
    def beside(cls, catalogue: Path) -> Self:
        """Read what lies beside a catalogue's file, else what ships; or raise CatalogueError."""
        figures, weights = (catalogue.with_name(name) for name in (FIGURES, WEIGHTS))
        return cls(
            Liked.read(figures if figures.is_file() else SHIPPED),
            Fitted.read(weights if weights.is_file() else SHIPPED.with_name(WEIGHTS)).examples,
        )


_FITTED = TypeAdapter(Fitted)
