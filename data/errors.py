"""What can be wrong with a file of the catalogue, or with a service that titles come from.

CatalogueError
├── SourceAway    a service cannot be reached, or answers with errors however often it is asked
└── SourceRefused a service does not know what it is asked for
"""


class CatalogueError(Exception):
    """A file or source cannot be used; the message is a sentence for its owner."""


class SourceAway(CatalogueError):
    """A service cannot be reached or is out of order."""


class SourceRefused(CatalogueError):
    """A service refuses what it is asked for."""
