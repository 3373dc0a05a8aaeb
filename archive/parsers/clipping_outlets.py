"""From which paper was this clipping cut? By the address it leads to, its label, its title, its words."""

import re
from collections.abc import Callable
from typing import Final
from urllib.parse import urlsplit

from archive import press
from archive.addresses import publisher_domain
from archive.parsers.outlets import NamedOutlet, fold
from archive.parsers.tiles import Tile
from archive.parsers.written_dates import written

_NAME: Final = (
    r"[A-ZÀ-Ý0-9][\w’'.&-]*(?:[  ](?:(?:de|du|des|la|le|les|d’|d'|&|et)[  ])*[A-ZÀ-Ý0-9][\w’'.&-]*){0,4}"
)
# « Titre | Radio Estran », « Titre - Le Journal »: what follows the last separator, if it reads like a name.
_AFTER_TITLE: Final = re.compile(r"^.{8,}\s[|–—-]\s+([A-ZÀ-Ý][^|]{2,50})$")
_AFTER_TITLE_KNOWN: Final = re.compile(r"^.{8,}?\s[|–—-]\s+([^|,:]{2,50})(?=\s*[|,:–—-]|$)")
_LABEL_CUT: Final = re.compile(r"\s*[·|•]\s*|\s+[–—-]\s+|,\s+(?=(?:le |lun|mar|mer|jeu|ven|sam|dim|\d))")
# Words of a label that name a kind of document or a length, not an outlet.
_NO_OUTLET: Final = re.compile(
    r"^(?:vid[ée]o|podcast|audio|photos?|article|lire|voir|source|il y a|hier|aujourd|publi[ée]|[ée]pisode"
    r"|dur[ée]e|en savoir|partager|tags?\b|scooped by|\d|(?:www\.)?[\w-]+(?:\.[\w-]+)+$)",
    re.IGNORECASE,
)
_SOURCE: Final = re.compile(
    r"^(?:sources?|par|via|dans|sur|in|from|paru dans|lu (?:dans|sur))\s*:?\s+(?=\S)", re.IGNORECASE
)
# What a text says of where it stands: « Crédits France Télévisions », « Un article de Wikipédia »,
# « Lu dans Le Clairon », « photo Libé.fr », « Libération.fr passe à la loupe ».
_SAID: Final = tuple(
    re.compile(pattern)
    for pattern in (
        rf"\b(?:[Uu]n article d[eu]|[Pp]aru dans|[Ll]u dans|[Ss]ource\s*:|[Pp]ublié (?:par|dans)) ({_NAME})",
        rf"\b(?:[Cc]rédits?|©|\(c\))\s*:?\s*({_NAME})",
        r"\(?\b(?:[Pp]hoto|[Dd]essin) ([A-ZÀ-Ý][\w’'-]*\.(?:fr|com|org|net|info))\b",
        r"(?<![\w.@/-])([A-ZÀ-Ý][\w’'-]{2,30}\.(?:fr|com|org|net|info))\b",
    )
)
# « Terre d’Ici, le 3 avril 2013. » opens an excerpt: a known title only, for anything may stand there.
_OPENS: Final = re.compile(r"^([^,.\n(]{3,50})(?:,\s+|\s+\()(?:le\s+)?(?:\w+\s+)?\d")
_OUTLET_REACH: Final = 300
_SHORTEST_HOST: Final = 5
_MOST_NAME_WORDS: Final = 6
_WORD: Final = re.compile(r"[^\W_]+")


def clipping_outlet(tile: Tile) -> NamedOutlet | None:
    """Return the outlet of a tile and the rule that found it, ``None`` where nothing names one."""
    for rule in _RULES:
        if (found := rule(tile)) is not None:
            return found
    return None


def _known_address(tile: Tile) -> NamedOutlet | None:
    title = press.by_address(tile.original) if tile.original else None
    return NamedOutlet(title.name, "link") if title else None


def _label(tile: Tile) -> NamedOutlet | None:
    for label in tile.labels:
        name = _SOURCE.sub("", _LABEL_CUT.split(label)[0]).strip()
        if name and not _NO_OUTLET.match(name) and not written(name):
            return NamedOutlet(_usual(name), "label")
    return None


def _after_title(tile: Tile) -> NamedOutlet | None:
    if (match := _AFTER_TITLE_KNOWN.search(tile.title)) and (title := press.by_name(match[1])):
        return NamedOutlet(title.name, "title")
    if match := _AFTER_TITLE.match(tile.title):
        return NamedOutlet(_usual(re.split(r"\s+:\s", match[1])[0].strip()), "title")
    return None


def _said(tile: Tile) -> NamedOutlet | None:
    """Return a known title that the words of the tile say they come from."""
    if (match := _OPENS.match(tile.text)) and (title := press.by_name(match[1])):
        return NamedOutlet(title.name, "text")
    for rule in _SAID:
        for match in rule.finditer(tile.text):
            if title := _longest_known(match[1]):
                return NamedOutlet(title.name, "text")
    return None


def _longest_known(name: str) -> press.Title | None:
    """Return the known title that the first words of a name make: « France Télévisions Direction »."""
    words = name.split(" ")
    found = (press.by_name(" ".join(words[:last])) for last in range(len(words), 0, -1))
    return next((title for title in found if title is not None), None)


def _spelled_host(tile: Tile) -> NamedOutlet | None:
    """Return the words of the tile that spell the host it leads to.

    ``terredechos.example`` is « Terre d'Échos » where the excerpt says so.
    """
    wanted = fold(_host(tile)).replace(" ", "")
    if len(wanted) < _SHORTEST_HOST:
        return None
    text = f"{tile.title}\n{tile.text[:_OUTLET_REACH]}"
    found = list(_WORD.finditer(text))
    for first, word in enumerate(found):
        spelled = ""
        for last in found[first : first + _MOST_NAME_WORDS]:
            spelled += fold(last.group())
            if not wanted.startswith(spelled):
                break
            if spelled == wanted and word.group()[0].isupper():
                return NamedOutlet(text[word.start() : last.end()], "text")
    return None


def _host_words(tile: Tile) -> NamedOutlet | None:
    """Return the host's own words, as a last resort: « essonne-info-locale.example »."""
    host = _host(tile)
    if "-" not in host or len(host) < _SHORTEST_HOST:
        return None
    return NamedOutlet(" ".join(part.capitalize() for part in host.split("-")), "host")


_RULES: Final[tuple[Callable[[Tile], NamedOutlet | None], ...]] = (
    _known_address,
    _label,
    _after_title,
    _said,
    _spelled_host,
    _host_words,
)


def _usual(name: str) -> str:
    """Return the register's name for what a tile writes, else the name as written."""
    title = press.by_name(name)
    return title.name if title else name


def _host(tile: Tile) -> str:
    """Return the longest label of the host that a tile leads to; empty where people share."""
    if publisher_domain(tile.original) is None:
        return ""
    labels = (urlsplit(tile.original or "").hostname or "").removeprefix("www.").split(".")
    return max(labels[:-1], key=len, default="")
