"""How a record of any source becomes a title, and when it does not."""

import pytest

from data import Title
from data.cleaning import Cleaned, cleaned
from data.sources.records import Json, Rejected, record

LATEST = 2031


def title(**columns: Json) -> Title:
    found = cleaned(record("line 2", {"mal_id": 1, "title": "A", **columns}), LATEST)
    assert isinstance(found, Cleaned)
    return found.title


def left_out(**columns: Json) -> tuple[str, ...]:
    found = cleaned(record("line 2", {"mal_id": 1, "title": "A", **columns}), LATEST)
    assert isinstance(found, Cleaned)
    return found.left_out


@pytest.mark.parametrize(
    ("name", "text", "value"),
    [
        ("episodes", "13.0", 13),
        ("episodes", "Unknown", None),
        ("episodes", 0, None),
        ("duration", "24 min. per ep.", 24),
        ("duration", "1 hr. 55 min.", 115),
        ("duration", "2 hr", 120),
        ("duration", "40 sec.", 1),
        ("duration", "24.0", 24),
        ("runtime", "24 min", 24),
        ("Premiered", "Spring 1998", 1998),
        ("season", "winter 1970", 1970),
        ("aired", "Apr 3, 1998 to Apr 24, 1999", 1998),
        ("starting_time", "4/3/1998", 1998),
        ("start_date", "1970-03-17", 1970),
        ("score", 86, 8.6),
        ("score", "9.07", 9.07),
        ("score", "0", None),
        ("rating", "9.37", 9.37),
        ("rating", "PG-13 - Teens 13 or older", "PG-13"),
        ("num_list_users", "1483219", 1483219),
    ],
)
def test_numbers_are_read_as_others_write_them(
    name: str, text: Json, value: float | str | None
) -> None:
    facts = title(**{name: text})
    found = {
        facts.episodes,
        facts.minutes,
        facts.year,
        facts.score,
        facts.members,
        facts.age_rating,
    }
    assert found - {None, 0, ""} == {value} - {None}


@pytest.mark.parametrize(
    ("columns", "told"),
    [
        ({"year": 3001}, "year 3001"),
        ({"year": "1800"}, "year 1800"),
        ({"episodes": "99999"}, "episodes 99999"),
        ({"duration": "999"}, "minutes 999"),
        ({"type": "Movie", "duration": "1"}, "minutes 1"),
        ({"genres": ["Comedy", "Nonsense"]}, "“Nonsense”"),
    ],
)
def test_what_cannot_be_is_left_out_and_told(columns: dict[str, Json], told: str) -> None:
    assert left_out(**columns) == (told,)


def test_the_misspelt_columns_of_the_2020_dump_are_known() -> None:
    found = title(Genders="Comedy, School", sypnopsis="A boy.")
    assert (found.genres, found.themes, found.synopsis) == (("Comedy",), ("School",), "A boy.")


def test_jikan_s_nested_object_is_read() -> None:
    found = title(
        title_japanese="蟲師",
        titles=[{"type": "Default", "title": "A"}, {"type": "Synonym", "title": "Bug Master"}],
        images={"jpg": {"image_url": "https://cdn.example/1.jpg"}},
        aired={"prop": {"from": {"year": 2005}}},
        genres=[{"mal_id": 36, "name": "Slice of Life"}],
        demographics=[{"mal_id": 42, "name": "Seinen"}],
        studios=[{"mal_id": 8, "name": "Art, Land"}],
    )
    assert (found.native, found.aliases, found.year) == ("蟲師", ("Bug Master",), 2005)
    assert (found.genres, found.themes) == (("Slice of Life",), ("Seinen",))
    assert (found.studios, found.poster_url) == (("Art, Land",), "https://cdn.example/1.jpg")


def test_anilist_s_nested_object_is_read() -> None:
    found = cleaned(
        record(
            "entry 1",
            {
                "id": 5,
                "idMal": None,
                "title": {"romaji": "A", "english": "An A", "native": "あ"},
                "format": "TV_SHORT",
                "averageScore": 71,
                "popularity": 900,
                "tags": [{"name": "Time Loop", "rank": 90}, {"name": "School", "rank": 20}],
                "studios": {"nodes": [{"name": "Shaft"}]},
                "startDate": {"year": 2010},
            },
        ),
        LATEST,
    )
    assert isinstance(found, Cleaned)
    assert found.title == Title(
        mal_id=1_000_000_005,
        name="A",
        english="An A",
        native="あ",
        type="TV",
        year=2010,
        themes=("Time Loop",),
        studios=("Shaft",),
        score=7.1,
        members=900,
    )


@pytest.mark.parametrize(
    "columns",
    [{"genres": "Hentai"}, {"rating": "Rx - Hentai"}, {"isAdult": True}, {"is_adult": "True"}],
)
def test_titles_for_adults_alone_are_known_as_such(columns: dict[str, Json]) -> None:
    found = cleaned(record("line 2", {"mal_id": 1, "title": "A", **columns}), LATEST)
    assert isinstance(found, Cleaned)
    assert found.is_adult


@pytest.mark.parametrize(
    ("columns", "reason"),
    [
        ({"mal_id": 1}, "it has no title"),
        ({"title": "A"}, "it has no MyAnimeList id"),
        ({"title": "A", "mal_id": "x"}, "it has no MyAnimeList id"),
        ({"title": " ", "mal_id": 1}, "it has no title"),
    ],
)
def test_a_record_that_is_no_title_says_why(columns: dict[str, Json], reason: str) -> None:
    found = cleaned(record("line 2", columns), LATEST)
    assert isinstance(found, Rejected)
    assert (found.place, found.reason) == ("line 2", reason)
