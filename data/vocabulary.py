"""The names of genres, themes and other kinds, whatever others call them."""

import re
import tomllib
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Literal

Part = Literal["genres", "themes", "motifs", "types", "sources", "age_ratings"]

# Names that say little to those who are new here, or that are no words of a sentence.
_IN_WORDS = {
    "CGDCT": "cute girls doing cute things",
    "Idols (Female)": "female idols",
    "Idols (Male)": "male idols",
    "Iyashikei": "iyashikei (healing)",
    "Mahou Shoujo": "magical girls",
}


def named(part: Part, name: str) -> str:
    """Our name for it, empty where it is none of ours."""
    return _names()[part].get(_folded(name), "")


def genres(names: Sequence[str]) -> tuple[str, ...]:
    """Those of the names that are genres, as we write them, by the alphabet."""
    return tuple(sorted({ours for name in names if (ours := named("genres", name))}))


def themes(names: Sequence[str]) -> tuple[str, ...]:
    """Those of the names that are themes, as we write them, in the order of the vocabulary."""
    found = {named("themes", name) or named("motifs", name) for name in names}
    every = (*_names()["themes"].values(), *_names()["motifs"].values())
    return tuple(dict.fromkeys(each for each in every if each in found))


def in_words(name: str) -> str:
    """A genre or theme within a sentence."""
    return _IN_WORDS.get(name, name.lower())


def unknown(names: Sequence[str]) -> tuple[str, ...]:
    """Those of the names that are neither a genre nor a theme."""
    parts: tuple[Part, ...] = ("genres", "themes", "motifs")
    return tuple(name for name in names if not any(named(part, name) for part in parts))


@cache
def _names() -> Mapping[str, Mapping[str, str]]:
    text = Path(__file__).with_name("vocabulary.toml").read_text(encoding="utf-8")
    return {
        part: {_folded(each): ours for ours, others in names.items() for each in (ours, *others)}
        for part, names in tomllib.loads(text).items()
    }


def _folded(name: str) -> str:
    return re.sub("[^a-z0-9+]", "", name.casefold())
