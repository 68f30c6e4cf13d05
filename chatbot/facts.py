"""What the catalogue knows of a title, a sentence for each point that people ask about."""

from collections.abc import Callable, Mapping, Sequence

from data import Title

# What people ask about and no catalogue of ours has.
UNKNOWN = "unknown"
# MyAnimeList's ratings in its own terms.
_RATINGS = {
    "G": "for all ages",
    "PG": "for children",
    "PG-13": "for teens from 13",
    "R-17+": "from 17, for violence or profanity",
    "R+": "for adults, with some nudity",
    "Rx": "for adults only",
}
_FORMATS = {"TV": "a TV series", "Movie": "a film", "OVA": "an OVA", "ONA": "a web series"}


def stated(title: Title, point: str) -> str:
    """The fact about the title as a sentence, or that it is not known."""
    tell = _POINTS.get(point, _of_unknown)
    return tell(title) or f"For {title.shown} I don't know that."


def in_short(title: Title) -> str:
    """The facts of a title on one line."""
    several = title.episodes is not None and title.episodes > 1
    extent = f"{title.episodes} episodes" if several else ""
    length = f"{title.minutes} minutes" if title.minutes else ""
    parts = [
        _FORMATS.get(title.type, title.type).partition(" ")[2] or title.type,
        str(title.year or ""),
        " of ".join(filter(None, [extent, length])),
        ", ".join(title.genres),
        f"scored {title.score:g}" if title.score else "",
    ]
    line = ", ".join(filter(None, parts))
    return f"{line[:1].upper()}{line[1:]}"


def all_facts(title: Title) -> str:
    """What is known of a title on one line, with who made it and what it is based on."""
    maker = f"by {' and '.join(title.studios)}" if title.studios else ""
    source = "an original story" if title.source == "Original" else f"from {title.source.lower()}"
    return ", ".join(filter(None, [in_short(title), maker, source if title.source else ""]))


def compared(titles: Sequence[Title], point: str) -> str:
    """Which of the titles is first on a point that can be measured, or nothing."""
    if point not in _MEASURES:
        return ""
    measure, least, most = _MEASURES[point]
    known = [(value, title) for title in titles if (value := measure(title)) is not None]
    if len(known) < 2:  # noqa: PLR2004  # one alone is nothing to compare
        return ""
    low = min(known, key=lambda each: each[0])
    high = max(known, key=lambda each: each[0])
    if low[0] == high[0]:
        return f"On {_NAMED[point]} they are level."
    sides = [
        f"{title.shown} is the {side}" for side, (_, title) in ((least, low), (most, high)) if side
    ]
    return f"{' and '.join(sides)}."


def _whole_length(title: Title) -> float | None:
    """All of a title in minutes, so that a film and a series can be compared."""
    return title.episodes * (title.minutes or 24) if title.episodes else None


_NAMED = {
    "episodes": "length",
    "score": "score",
    "year": "year",
    "minutes": "minutes",
    "popularity": "fame",
}
_MEASURES: Mapping[str, tuple[Callable[[Title], float | None], str, str]] = {
    "episodes": (_whole_length, "shorter", "longer"),
    "minutes": (lambda title: title.minutes, "one with less minutes", ""),
    "year": (lambda title: title.year, "older", "newer"),
    "score": (lambda title: title.score, "", "better scored"),
    "popularity": (lambda title: title.members, "", "better known"),
}


def _of_year(title: Title) -> str:
    return f"{title.shown} came out in {title.year}." if title.year else ""


def _of_episodes(title: Title) -> str:
    each = f" of about {title.minutes} minutes" if title.minutes else ""
    if title.episodes == 1 and not title.minutes:
        return f"{title.shown} is a single film or episode; how long it runs I don't know."
    if title.episodes == 1:
        return f"{title.shown} is a single {'film' if title.type == 'Movie' else 'episode'}{each}."
    return f"{title.shown} has {title.episodes} episodes{each}." if title.episodes else ""


def _of_minutes(title: Title) -> str:
    if not title.minutes:
        return ""
    one = "" if title.episodes == 1 else "An episode of "
    return f"{one}{title.shown} takes {title.minutes} minutes."


def _of_type(title: Title) -> str:
    return f"{title.shown} is {_FORMATS.get(title.type, title.type)}." if title.type else ""


def _of_tags(title: Title) -> str:
    return f"Genres and themes of {title.shown}: {', '.join(title.tags)}." if title.tags else ""


def _of_studio(title: Title) -> str:
    return f"{title.shown} was made by {' and '.join(title.studios)}." if title.studios else ""


def _of_popularity(title: Title) -> str:
    if not title.members:
        return ""
    return f"{title.members:,} people have {title.shown} on their list at MyAnimeList."


def _of_score(title: Title) -> str:
    if not title.score:
        return ""
    return f"Viewers score {title.shown} {title.score:g} out of 10."


def _of_age(title: Title) -> str:
    if not title.age_rating:
        return f"I don't know the age rating of {title.shown}."
    meaning = _RATINGS.get(title.age_rating, "")
    return f"{title.shown} is rated {title.age_rating}{f', {meaning}' if meaning else ''}."


def _of_source(title: Title) -> str:
    if title.source == "Original":
        return f"{title.shown} is an original story, not based on anything."
    return f"{title.shown} is based on: {title.source.lower()}." if title.source else ""


def _of_status(title: Title) -> str:
    if not title.episodes:
        return f"I don't know of an end of {title.shown}: it may still be running."
    if title.episodes == 1:
        what = "film" if title.type == "Movie" else "episode"
        return f"{title.shown} is a single {what}, complete in itself."
    return f"{title.shown} is complete as far as I know, with {title.episodes} episodes."


def _of_synopsis(title: Title) -> str:
    return " ".join(filter(None, [f"{title.shown}: {in_short(title)}.", title.synopsis]))


def _of_names(title: Title) -> str:
    return f"{title.shown} is also called {', '.join(title.names)}."


def _of_unknown(title: Title) -> str:
    return f"That I don't know of {title.shown}. What I know: {in_short(title)}."


_POINTS: Mapping[str, Callable[[Title], str]] = {
    "year": _of_year,
    "episodes": _of_episodes,
    "minutes": _of_minutes,
    "type": _of_type,
    "tag": _of_tags,
    "tone": _of_tags,
    "studio": _of_studio,
    "popularity": _of_popularity,
    "score": _of_score,
    "age": _of_age,
    "source": _of_source,
    "status": _of_status,
    "synopsis": _of_synopsis,
    "native": _of_names,
    UNKNOWN: _of_unknown,
}
