"""What people can rely on when they add wishes, take them back, or make room."""

import pytest

from tests.retrieval.conftest import Say

# 37, 26 and 26 episodes; of 2006, 2005 and 1998.
SHOWN = (1535, 457, 1)


def labels(say: Say, *messages: str) -> list[str]:
    return [each.label for each in say(*messages, picks=SHOWN).state.constraints]


@pytest.mark.parametrize(
    ("before", "after", "left"),
    [
        ("series", "movies are fine too", ["TV or ONA or Movie"]),
        ("from 2010", "older ones r ok after all", []),
        ("10 to 14 eps", "24ish is fine as well", ["at least 10 episodes", "at most 26 episodes"]),
        ("no horror", "horror is ok again", []),
        ("90s movies", "forget the 90s thing", ["Movie"]),
        ("90s movies", "the year doesnt matter", ["Movie"]),
        ("short movies", "any length", ["Movie"]),
        ("mecha by bones", "fine, whichever studio then", ["Mecha"]),
        ("no romance, movies", "i take back the no romance rule", ["Movie"]),
        ("anime by bones", "production ig instead of bones", ["Production I.G"]),
        ("horror", "no supernatural horror", ["Horror", "no Supernatural"]),
        ("with my 8yo", "now for me: horror", ["Horror"]),
    ],
)
def test_wishes_are_widened_and_let_go_of_as_said(
    say: Say, before: str, after: str, left: list[str]
) -> None:
    assert sorted(labels(say, before, after)) == sorted(left)


@pytest.mark.parametrize(
    ("message", "wishes"),
    [
        ("films dont count", ["no Movie"]),
        ("isekai is out", ["no Isekai"]),
        ("no mecha, isekai or harem", ["no Harem", "no Isekai", "no Mecha"]),
        ("no romance, comedy", ["Comedy", "no Romance"]),
        ("never give me isekai", ["no Isekai"]),
        ("based on a light novel", ["Light novel"]),
        ("highly rated", ["scored at least 7.9"]),
        ("hidden gems", ["little known"]),
        ("only the famous ones", ["well known"]),
        ("my daughter is 7", ["rated G or PG"]),
        ("my students are 14", ["rated G or PG or PG-13"]),
        ("skip anything R+ or 17+", ["not rated R+", "not rated R-17+ or R+"]),
        ("only finished ones", ["finished"]),
        ("a calm finished comedy", ["Comedy", "finished"]),
        ("romance, finished please", ["Romance", "finished"]),
        ("comedies. finished naruto yesterday", ["Comedy"]),
        ("but finished", ["finished"]),
        ("finished, and no romance", ["finished", "no Romance"]),
        ("like mushishi but finished", ["finished"]),
        ("a comedy, we finished everything else", ["Comedy"]),
        ("horror. i've already finished another", ["Horror"]),
        ("no food", ["no Gourmet or Cooking"]),
        ("no thrillers", ["no Suspense"]),
        ("the folks who animated violet evergarden", ["Kyoto Animation"]),
        ("same studio as 2", ["Artland"]),
        ("longer than the first", ["at least 38 episodes"]),
        ("nothing over 26 eps but funny", ["at most 26 episodes"]),
        ("cops or gangsters", ["Police or Organized Crime"]),
    ],
)
def test_wishes_are_read_in_many_wordings(say: Say, message: str, wishes: list[str]) -> None:
    assert sorted(labels(say, message)) == sorted(wishes)


def test_things_in_a_plot_only_lean(say: Say) -> None:
    plot = say("that one where a detective in a hospital forgets who he is").state
    assert plot.constraints == ()
    assert set(plot.leanings) == {"Detective", "Medical"}


def test_what_is_finished_and_what_is_never_wanted_outlast_a_switch(say: Say) -> None:
    wishes = labels(say, "completed fantasy, never ecchi", "something else entirely: sports")
    assert sorted(wishes) == ["Sports", "finished", "no Ecchi"]


def test_what_was_let_go_of_is_told_to_the_search(say: Say) -> None:
    assert [each.label for each in say("movies", "forget the format").opened] == ["Movie"]
