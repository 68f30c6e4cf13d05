"""Texts of others on the page show as they are."""

import pytest

from chatbot.texts import escaped


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("K-On!", r"K\-On\!"),
        ("**bold**", r"\*\*bold\*\*"),
        (":red[x] :smile:", r"\:red\[x\] \:smile\:"),
        ("<b>&amp;", r"\<b\>\&amp;"),
        ("$x$\n# y", r"\$x\$ \# y"),
    ],
)
def test_every_sign_of_markdown_is_shown_as_it_is(text: str, shown: str) -> None:
    assert escaped(text) == shown
