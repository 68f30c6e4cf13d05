"""What is taken off the names and synopses of other people."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from data import prose


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        ("A boy.<br><br>\n\nA <i>girl</i>.", "A boy. A girl."),
        ("Him &amp; her &amp;quot;here&amp;quot;", 'Him & her "here"'),
        ("Told.\n\n[Written by MAL Rewrite]", "Told."),
        ("Told.\n\n(Source: ANN)", "Told."),
        ("Told. (Source: Crunchyroll, edited)", "Told."),
        ("Told.\nSource: the web site", "Told."),
        ("Told. ~!He dies.!~ More.", "Told. More."),
        ("A <script>alert(1)</script>tale", "A tale"),
        ("1 < 2 and 3 > 2", "1 < 2 and 3 > 2"),
        ("zero\u200bwidth\x07 and\u00a0blank", "zerowidth and blank"),
        ("Cafe\u0301", "Café"),
        ("No synopsis information has been added to this title. Help improve it.", ""),
        ("The source of all power: a boy.", "The source of all power: a boy."),
    ],
)
def test_a_synopsis_is_one_paragraph_without_markup_and_credits(text: str, plain: str) -> None:
    assert prose.synopsis(text) == plain


def test_a_name_keeps_its_signs() -> None:
    assert prose.name(" Gintama&#039;:  Enchousen \n") == "Gintama': Enchousen"
    assert prose.name("Love Live! <3") == "Love Live! <3"


@given(st.text())
def test_cleaning_twice_changes_nothing_more(text: str) -> None:
    once = prose.name(text)
    assert "\n" not in once
    assert once == once.strip()
    assert "\n" not in prose.synopsis(text)
