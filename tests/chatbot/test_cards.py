"""What a card says of a title."""

import pytest

from chatbot.views.cards import card, facts, name
from chatbot.views.look import Look, Names
from data import Title


def test_a_series_is_shown_with_its_episodes() -> None:
    title = Title(mal_id=1, name="A", type="TV", year=1998, episodes=26, genres=("Drama",))
    assert facts(title) == "1998 · TV · 26 episodes · Drama"


def test_a_film_is_shown_with_its_minutes() -> None:
    title = Title(mal_id=1, name="A", type="Movie", episodes=1, minutes=90, score=8.0)
    assert facts(title) == "Movie · 90 minutes · scored 8"


def test_unknown_facts_are_left_out() -> None:
    assert facts(Title(mal_id=1, name="A")) == ""


def test_every_text_on_a_card_is_shown_as_it_is() -> None:
    title = Title(mal_id=1, name="<img src=x onerror=alert(1)>", genres=("<b>Drama</b>",))
    shown = card(1, title, "</p><script>alert(1)</script>", Look())
    assert "<img" not in shown
    assert "<b>" not in shown
    assert "<script" not in shown


@pytest.mark.parametrize(
    ("address", "look", "fetched"),
    [
        ("https://s4.anilist.co/a.jpg", Look(posters=True), True),
        ("https://s4.anilist.co/a.jpg", Look(), False),
        ("https://example.org/a.jpg", Look(posters=True), False),
        ("http://s4.anilist.co/a.jpg", Look(posters=True), False),
        ("https://s4.anilist.co/a.jpg');background:url('//x", Look(posters=True), True),
    ],
)
def test_posters_come_from_known_hosts_when_they_are_wanted(
    address: str, look: Look, *, fetched: bool
) -> None:
    shown = card(1, Title(mal_id=1, name="A", poster_url=address), "", look)
    assert ("https://" in shown) == fetched
    assert "data:image/svg+xml" in shown
    assert shown.count("url('") == shown.count("')") == 1 + fetched


@pytest.mark.parametrize(
    ("names", "shown"),
    [("english", "Your Name."), ("romanised", "Kimi no Na wa."), ("native", "君")],
)
def test_a_title_is_shown_by_the_name_that_is_wanted(names: Names, shown: str) -> None:
    title = Title(mal_id=1, name="Kimi no Na wa.", english="Your Name.", native="君")
    assert name(title, Look(names=names)) == shown


def test_a_title_without_such_a_name_is_shown_by_its_own() -> None:
    assert name(Title(mal_id=1, name="Akira"), Look(names="native")) == "Akira"
