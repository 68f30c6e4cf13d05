"""How the page shows a pick: HTML of our own, in which every text of others is escaped."""

from html import escape
from urllib.parse import quote, urlsplit

from chatbot.views.look import Look
from data import Title

# Where posters are: the browser may fetch pictures from nowhere else.
POSTER_HOSTS = ("s4.anilist.co", "media.kitsu.app", "cdn.myanimelist.net", "myanimelist.net")
# Hues of the drawn placeholders, in degrees.
_HUES = {"Horror": 0, "Suspense": 260, "Romance": 335, "Comedy": 45, "Sci-Fi": 200, "Fantasy": 140}
_OTHER_HUE = 22


def card(number: int, title: Title, reason: str, look: Look) -> str:
    """A title with its facts and why it was picked, as HTML."""
    return (
        f'<article class="card">{_poster(title, look)}<div>'
        f"<h3>{number}. {escape(name(title, look))}</h3>"
        f'<p class="facts">{escape(facts(title))}</p><p>{escape(reason)}</p></div></article>'
    )


def facts(title: Title) -> str:
    """Year, format, length, genres and score on one line."""
    extent = f"{title.episodes} episodes" if title.episodes and title.episodes > 1 else ""
    minutes = f"{title.minutes} minutes" if title.minutes and title.episodes == 1 else ""
    parts = [
        str(title.year or ""),
        title.type,
        extent or minutes,
        ", ".join(title.genres[:3]),
        f"scored {title.score:g}" if title.score else "",
    ]
    return " · ".join(filter(None, parts))


def name(title: Title, look: Look) -> str:
    """The name that the title is to be shown by."""
    names = {"english": title.shown, "romanised": title.name, "native": title.native}
    return names[look.names] or title.name


def _poster(title: Title, look: Look) -> str:
    """A poster above a drawn one, which shows where the other cannot be fetched."""
    pictures = [f"data:image/svg+xml,{quote(_drawn(title))}"]
    address = urlsplit(title.poster_url)
    if look.posters and address.scheme == "https" and address.hostname in POSTER_HOSTS:
        pictures.insert(0, quote(title.poster_url, safe=":/?=&%"))
    layers = ",".join(f"url('{each}')" for each in pictures)
    return f'<div class="poster" aria-hidden="true" style="background-image:{layers}"></div>'


def _drawn(title: Title) -> str:
    """The title's initials on a colour of its genre."""
    hue = next((_HUES[genre] for genre in title.genres if genre in _HUES), _OTHER_HUE)
    initials = escape("".join(word[0] for word in title.shown.split()[:2] if word[0].isalnum()))
    return (
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 72 100">'
        f'<rect width="72" height="100" fill="hsl({hue} 45% 38%)"/>'
        '<text x="36" y="58" font-family="sans-serif" font-size="26" font-weight="600" '
        f'fill="#fff" text-anchor="middle">{initials.upper()}</text></svg>'
    )
