"""What the prompts promise to those who write with them."""

import pytest

import prompts

BLANKS = {
    "answer": {"least", "most"},
    "found": {"wishes", "candidates", "message"},
    "message": {"wishes", "shown", "message"},
    "rewrite": {"tags"},
}


@pytest.mark.parametrize("name", sorted(BLANKS))
def test_a_prompt_is_rendered_with_its_blanks_filled(name: str) -> None:
    text = prompts.render(name, **dict.fromkeys(BLANKS[name], "FILLED"))
    assert text.count("FILLED") >= len(BLANKS[name])
    assert "{{" not in text


def test_a_missing_blank_is_named() -> None:
    with pytest.raises(LookupError, match="most"):
        prompts.render("answer", least="3")


def test_an_unknown_blank_is_named() -> None:
    with pytest.raises(LookupError, match="colour"):
        prompts.render("rewrite", tags="x", colour="red")


def test_what_fills_a_blank_is_not_read_for_blanks() -> None:
    text = prompts.render("found", wishes="x", candidates="y", message="{{wishes}} \\1 {{most}}")
    assert "{{wishes}} \\1 {{most}}" in text


def test_an_unknown_prompt_is_no_file() -> None:
    with pytest.raises(FileNotFoundError):
        prompts.render("poem")
