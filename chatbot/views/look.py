"""How its owner wants the page to look."""

from dataclasses import dataclass
from typing import Literal

Names = Literal["english", "romanised", "native"]


@dataclass(frozen=True, slots=True)
class Look:
    """Whether posters are fetched from where the catalogue says, and which names titles have."""

    posters: bool = False
    names: Names = "english"
