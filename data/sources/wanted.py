"""Which titles of a service are wanted."""

import re
from dataclasses import dataclass
from typing import Literal, Self

from data.errors import CatalogueError

_FORM = re.compile(
    r"(?P<top>top)|season:(?P<year>(?:19|20)\d\d)-(?P<season>winter|spring|summer|fall)"
    r"|search:(?P<text>\S.{0,199})",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Wanted:
    """The best known titles, those of a season, or those that a search finds."""

    kind: Literal["top", "season", "search"]
    year: int = 0
    season: str = ""
    text: str = ""

    @classmethod
    def read(cls, source: str) -> Self:
        """Read `top`, `season:2024-fall` or `search:TEXT`, or raise CatalogueError."""
        found = _FORM.fullmatch(source.strip())
        if found is None:
            raise CatalogueError(
                f"“{source}” is no source of titles; say top, season:2024-fall or search:TEXT."
            )
        if found["top"]:
            return cls("top")
        if found["text"]:
            return cls("search", text=found["text"])
        return cls("season", year=int(found["year"]), season=found["season"].lower())
