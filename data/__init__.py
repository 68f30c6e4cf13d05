"""The catalogue that ships, and what viewers liked together."""

from data.catalogue import Catalogue, Title
from data.liked import Liked, Pair

__all__ = ["Catalogue", "Liked", "Pair", "Title"]
