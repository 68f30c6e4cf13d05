"""Kana are read as they sound."""

import pytest

from retrieval.romaji import romanised


@pytest.mark.parametrize(
    ("kana", "sound"),
    [
        ("なると", "naruto"),
        ("ラブコン", "rabukon"),
        ("けいおん", "keion"),
        ("きっしゃ", "kissha"),
        ("ふぢつ", "fujitsu"),
        ("ギョーザ", "gyoza"),
        ("ファンタジー", "fantaji"),
        ("ジャッジ", "jajji"),
    ],
)
def test_kana_are_read_as_they_sound(kana: str, sound: str) -> None:
    assert romanised(kana) == sound


@pytest.mark.parametrize("text", ["進撃の巨人", "naruto", "ナルト2", ""])
def test_nothing_else_is_read(text: str) -> None:
    assert not romanised(text)
