"""What was learned from viewers: the liked-together figures, and the weights fitted to them."""

import json
import os
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Self

from pydantic import TypeAdapter, ValidationError

from data import CatalogueError, Liked
from data.liked import SHIPPED
from retrieval.ranking import Weights

FIGURES, WEIGHTS = "liked.csv", "weights.json"


@dataclass(frozen=True, slots=True)
class Fitted:
    """Weights for "like X", and the figures that they gave when they were fitted."""

    examples: Weights
    ndcg: float
    ndcg_before: float
    folds: int
    titles: int

    def write(self, path: Path) -> None:
        """Write them, or raise CatalogueError."""
        beside = path.with_name(f".{path.name}.{os.getpid()}")
        try:
            beside.write_text(json.dumps(asdict(self), indent=2) + "\n", encoding="utf-8")
            beside.replace(path)
        except OSError as error:
            raise CatalogueError(f"{path} cannot be written: {error.strerror}.") from error
        finally:
            beside.unlink(missing_ok=True)

    @classmethod
    def read(cls, path: Path) -> "Fitted":
        """Read them, or raise CatalogueError."""
        try:
            return _FITTED.validate_json(path.read_bytes())
        except OSError as error:
            raise CatalogueError(f"{path} cannot be opened: {error.strerror}.") from error
        except ValidationError as error:
            raise CatalogueError(
                f"{path} holds no weights; write it anew with: python -m chatbot learn"
            ) from error


@dataclass(frozen=True, slots=True)
class Learned:
    """All that was learned for a catalogue."""

    liked: Liked
    examples: Weights

    @classmethod
    def beside(cls, catalogue: Path) -> Self:
        """Read what lies beside a catalogue's file, else what ships; or raise CatalogueError."""
        figures, weights = (catalogue.with_name(name) for name in (FIGURES, WEIGHTS))
        return cls(
            Liked.read(figures if figures.is_file() else SHIPPED),
            Fitted.read(weights if weights.is_file() else SHIPPED.with_name(WEIGHTS)).examples,
        )


_FITTED = TypeAdapter(Fitted)
