"""How its owner wants the page to look, and who is to answer."""

from dataclasses import dataclass
from typing import Literal, Self

from pydantic import TypeAdapter, ValidationError

Names = Literal["english", "romanised", "native"]


@dataclass(frozen=True, slots=True)
class Look:
    """Whether posters are fetched from where the catalogue says, and which names titles have.

    `by_model` is whether the model answers, where there is one.
    """

    posters: bool = False
    names: Names = "english"
    by_model: bool = True

    @classmethod
    def read(cls, text: str | None) -> Self:
        """The look from its JSON; none, or one of a form we no longer know, is as at first."""
        if text is None:
            return cls()
        try:
            return TypeAdapter(cls).validate_json(text)
        except ValidationError:
            return cls()

    def written(self) -> str:
        """The look as JSON."""
        return TypeAdapter(Look).dump_json(self).decode()
