"""What people can rely on when they name a title or point at one: what it is taken for."""

import pytest

from retrieval import Rules
from retrieval.roles import spoken

NARUTO, BLEACH, MONSTER, BEBOP = 20, 269, 19, 1
SHOWN = (MONSTER, BEBOP, 457)


@pytest.mark.parametrize(
    ("text", "roles"),
    [
        ("something like naruto", ["example"]),
        ("nothing like naruto", ["avoid"]),
        ("not like naruto or bleach", ["avoid", "avoid"]),
        ("no romance, like naruto", ["example"]),
        ("seen naruto and bleach", ["seen", "seen"]),
        ("1, 2 and 3 i know", ["seen", "seen", "seen"]),
        ("seen 1, more like 2", ["seen", "example"]),
        ("longer than the first", ["than"]),
        ("2 looks boring", ["avoid"]),
        ("the same studio as 2", ["than"]),
        ("i hated naruto", ["avoid"]),
    ],
)
def test_what_stands_around_a_title_tells_what_it_is_there_for(
    rules: Rules, text: str, roles: list[str]
) -> None:
    assert [each.role for each in spoken(rules.read(text), SHOWN)] == roles


def test_a_number_points_and_a_name_names(rules: Rules) -> None:
    found = spoken(rules.read("like 2 and naruto"), SHOWN)
    assert [(each.mal_id, each.shown) for each in found] == [(BEBOP, True), (NARUTO, False)]
