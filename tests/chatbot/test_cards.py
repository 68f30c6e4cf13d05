"""What a card says of a title."""

from chatbot.views.cards import facts
from data import Title


def test_a_series_is_shown_with_its_episodes() -> None:
    title = Title(mal_id=1, name="A", type="TV", year=1998, episodes=26, genres=("Drama",))
    assert facts(title) == "1998 · TV · 26 episodes · Drama"


def test_a_film_is_shown_with_its_minutes() -> None:
    title = Title(mal_id=1, name="A", type="Movie", episodes=1, minutes=90, score=8.0)
    assert facts(title) == "Movie · 90 minutes · scored 8"


def test_unknown_facts_are_left_out() -> None:
    assert facts(Title(mal_id=1, name="A")) == ""
