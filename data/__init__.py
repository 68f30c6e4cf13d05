"""The catalogue that ships, and the figures of what viewers like together."""

from data.catalogue import Catalogue, Title
from data.errors import CatalogueError
from data.franchises import Franchises
from data.liked import Liked

__all__ = ["Catalogue", "CatalogueError", "Franchises", "Liked", "Title"]
