"""The form in which a model says what a message asks for, with nothing filled in."""

from typing import Any

EMPTY: dict[str, Any] = {
    "intent": "request",
    "query": "",
    "titles": [],
    "shown": [],
    "point": "",
    "wanted": [],
    "unwanted": [],
    "types": [],
    "year_from": 0,
    "year_to": 0,
    "episodes_from": 0,
    "episodes_to": 0,
}
