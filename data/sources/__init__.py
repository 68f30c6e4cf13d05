"""Where titles come from: files of other shapes, Jikan and AniList."""

from data.sources import anilist, jikan
from data.sources.api import Clock
from data.sources.files import csv_records, json_records
from data.sources.pages import Ask, Page, Part, fetched, records
from data.sources.wanted import Wanted

__all__ = [
    "Ask",
    "Clock",
    "Page",
    "Part",
    "Wanted",
    "anilist",
    "csv_records",
    "fetched",
    "jikan",
    "json_records",
    "records",
]
