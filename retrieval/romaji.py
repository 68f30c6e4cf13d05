"""Japanese syllables in Latin letters, as names are written for who does not read them."""

import re
import unicodedata

# Where Hepburn's romanisation differs from the names that Unicode gives the syllables.
_HEPBURN = {"si": "shi", "ti": "chi", "tu": "tsu", "hu": "fu", "zi": "ji", "di": "ji", "du": "zu"}
_PALATAL = ("shi", "chi", "ji")
_LONG = "ー"
_DOUBLED = "'"


def romanised(text: str) -> str | None:
    """The text as it sounds, long vowels of katakana as short ones; None unless it is all kana."""
    sounds: list[str] = []
    for character in text.replace(_LONG, ""):
        script, _, sound = unicodedata.name(character, "").lower().partition(" letter ")
        if script not in {"hiragana", "katakana"}:
            return None
        small = sound.startswith("small ")
        sound = sound.removeprefix("small ")
        if small and sound == "tu":
            sounds.append(_DOUBLED)
        elif small and sounds:
            sounds.append(_glided(sounds.pop(), sound))
        else:
            sounds.append(_HEPBURN.get(sound, sound))
    doubled = re.sub(f"{_DOUBLED}(.)", r"\1\1", "".join(sounds))
    return doubled.replace(_DOUBLED, "")


def _glided(sound: str, small: str) -> str:
    """A syllable with a small one behind it: "ki" and "yo" are "kyo", "shi" and "ya" "sha"."""
    vowel = small[-1] if sound in _PALATAL else small
    return sound[:-1] + vowel
