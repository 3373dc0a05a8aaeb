"""What is one clipping, before its words are read? And small questions that boards and their tiles share."""

import re
from dataclasses import dataclass
from typing import Final
from urllib.parse import urlsplit

_LONGEST_LABEL: Final = 80
_SENTENCE_END: Final = re.compile(r"[.!?…»\")\]]$")


@dataclass(frozen=True, slots=True)
class Tile:
    """One clipping: its words, the page it was cut from, its own page or element, and its lines of origin."""

    title: str
    text: str
    labels: tuple[str, ...]
    original: str | None
    own_page: str | None
    element_id: str | None


def is_label(text: str) -> bool:
    """Say whether a line names an origin or a date rather than being prose.

    >>> is_label("Le Fil · 27/09/2022"), is_label("La ressourcerie a déménagé.")
    (True, False)
    """
    return len(text) <= _LONGEST_LABEL and _SENTENCE_END.search(text) is None


def is_same_site(address: str, url: str) -> bool:
    """Say whether two addresses share the last two labels of their hosts."""
    return site_of(address) == site_of(url)


def site_of(url: str) -> str:
    """Return the last two labels of an address's host.

    >>> site_of("https://m.clairon.example/a/1")
    'clairon.example'
    """
    return ".".join((urlsplit(url).hostname or "").split(".")[-2:])
