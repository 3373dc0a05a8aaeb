"""Where are the lists of words? In two TOML files beside this module, read once."""

import tomllib
from pathlib import Path
from typing import Final


def _read(name: str) -> dict[str, list[str]]:
    found: dict[str, list[str]] = tomllib.loads(Path(__file__).with_name(name).read_text("utf-8"))
    return found


WORDS: Final = {name: " ".join(lines).split() for name, lines in _read("words.toml").items()}
"""Small lists by name: ``stop``, ``elided``, ``plurals_in_x``, ``invariable``, ``conjugation``."""

FAMILIES: Final = _read("families.toml")
"""Families of words, one a line: ``together``, ``apart``, ``senses``."""
