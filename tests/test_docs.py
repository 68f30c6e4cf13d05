"""What the documents say is so."""

import re
from dataclasses import fields
from pathlib import Path

import pytest

from chatbot.__main__ import main
from chatbot.settings import PROJECT, Settings

README = (PROJECT / "README.md").read_text(encoding="utf-8")
PAGES = sorted([*PROJECT.glob("*.md"), *PROJECT.glob("docs/**/*.md"), *PROJECT.glob("data/*.md")])


def test_the_readme_lists_every_setting_and_no_other() -> None:
    table = README.partition("## Settings")[2].partition("\n## ")[0]
    rows = re.findall(r"^\| `(\w+)`", table, re.MULTILINE)
    assert rows == [each.name.upper() for each in fields(Settings)]


def test_the_readme_lists_every_command() -> None:
    table = README.partition("## Commands")[2].partition("\n## ")[0]
    assert set(re.findall(r"`([a-z]+)(?: [^`]*)?`(?=[ ,|])", table)) >= set(main.commands)


def test_the_example_of_an_env_file_names_only_settings() -> None:
    example = (PROJECT / ".env.example").read_text(encoding="utf-8")
    names = set(re.findall(r"^#? ?([A-Z_]+)=", example, re.MULTILINE))
    assert names <= {each.name.upper() for each in fields(Settings)}


def test_the_readmes_first_screen_has_a_picture_and_the_two_commands() -> None:
    first = "\n".join(README.splitlines()[:14])
    assert "docs/pictures/" in first
    assert "make run" in first
    assert "make test" in first


def test_the_readme_stays_short() -> None:
    assert README.count("\n") <= 150


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.relative_to(PROJECT).as_posix())
def test_every_link_to_a_file_leads_to_one(page: Path) -> None:
    text = page.read_text(encoding="utf-8")
    links = re.findall(r"\]\((?!https?:|#)([^)#]+)", text)
    assert [link for link in links if not (page.parent / link).exists()] == []


def test_the_example_of_a_chain_runs(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    page = (PROJECT / "docs" / "understanding.md").read_text(encoding="utf-8")
    [example] = re.findall(r"```python\n(from langchain_core.*?)```", page, re.DOTALL)
    monkeypatch.chdir(tmp_path)
    exec(compile(example, "understanding.md", "exec"), {})  # noqa: S102  # it is our own page
    assert "Recommend from these titles only" in capsys.readouterr().out
