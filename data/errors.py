"""What can be wrong with a file of the catalogue.

CatalogueError    the file cannot be used; the message says what is wrong and where
"""


class CatalogueError(Exception):
    """A file of the catalogue cannot be used; the message is a sentence for its owner."""
