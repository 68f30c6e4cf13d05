"""`learn`: the liked-together figures and the ranking's weights made anew from viewers' files."""

import sys
from collections.abc import Mapping
from pathlib import Path

from rich.console import Console

from chatbot.settings import Settings
from chatbot.wiring import Library
from data import CatalogueError, Franchises, Liked, liked, ratings
from data.liked import Figures
from data.ratings import Together
from retrieval.learned import FIGURES, WEIGHTS
from retrieval.learning import Learning

_Pair = tuple[int, int]


def learn(settings: Settings, rated: Path, recommended: Path, to: Path) -> None:
    """Write the figures to the file and the weights beside it, and say what they reach."""
    if to.name != FIGURES:
        raise CatalogueError(f"The file must be called {FIGURES}: the app looks for that name.")
    library = Library.of(settings)
    catalogue = library.catalogue
    together = ratings.together(rated, Franchises.read().roots(catalogue))
    votes = ratings.recommendations(recommended)

    def known(some: Mapping[_Pair, int]) -> Liked:
        return Liked.of(_figures(together, some))

    with Console(stderr=True).status("Fitting the weights …"):
        fitted = Learning(catalogue, library.ready(), known).fit(votes)
    liked.write(to, _figures(together, votes))
    fitted.write(to.with_name(WEIGHTS))
    sys.stdout.write(
        f"{len(together):,} pairs liked together and {len(votes):,} recommended written to {to}.\n"
        f"{WEIGHTS} beside it: of {fitted.titles:,} times that recommendations of a title were "
        f"held back, nDCG@10 was {fitted.ndcg:.3f}, and one of them was among the first ten in "
        f"{fitted.hits:.0%}.\n"
    )


def _figures(together: Mapping[_Pair, Together], votes: Mapping[_Pair, int]) -> list[Figures]:
    nothing = Together(0, 0.0)
    return [
        (*pair, each.users, each.similarity, votes.get(pair, 0))
        for pair in sorted({*together, *votes})
        for each in [together.get(pair, nothing)]
    ]
