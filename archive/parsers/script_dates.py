"""Which publication dates do a page's scripts carry: data layers for statistics, states for the browser?"""

import re
from collections.abc import Iterator
from typing import Final

from archive.models import FoundDate
from archive.parsers.html import Document
from archive.parsers.signs import Signs
from archive.parsers.stamps import Reading, stamp

# A key, quoted or not, that ends in one of these words, and its value: « datePublication: "20160914" ».
_VALUE: Final = r"""["']?\s{0,5}[:=]\s{0,5}["']?(?P<value>\d[^"'\n,;{}\]]{7,40})"""
_KEY: Final = (
    r"date_?published|date_?(?:de_?)?publication|date_?(?:de_?)?parution|date_?crea(?:tion|ted)|article_?date"
    r"|date_?article|publi(?:shed|cation)[_-]?(?:at|date|on|first|time|datetime|timestamp)?"
    r"|pub_?date|publish_?(?:at|date|time|ed_?on)|release_?date|upload_?date|created_?(?:at|date|datetime)"
)
_IN_SCRIPT: Final = re.compile(rf"(?P<key>{_KEY}){_VALUE}", re.IGNORECASE)
# Scripts are long; the expression is tried only where such a key may begin.
_BEGINNINGS: Final = Signs(("date", "article", "pub", "release", "upload", "created"))
# What every such key holds, and those that give another day than that of the publication.
_SIGNS: Final = ("ubli", "ub_", "ubD", "UB", "date", "Date", "DATE", "reated")
_OTHER_KEY: Final = re.compile(
    r"(?:last|latest|un|next|prev\w*|modif\w*|updated?|user|site|re)[_-]?\Z", re.IGNORECASE
)
_BEFORE: Final = 12
# Beside the page's own title a mere « date » is enough.
_BESIDE_TITLE: Final = re.compile(
    rf"""["'](?P<key>date|date_?gmt|published|created){_VALUE}""", re.IGNORECASE
)
_BY_TITLE: Final = 600
_TITLES: Final = re.compile(
    r"""(?:title|headline|titre)["']?\s{0,5}:\s{0,5}(?P<mark>["'])(?P<title>[^"'\n]{3,200})(?P=mark)"""
)
_TELLING_WORD: Final = re.compile(r"[^\W\d_]{4,}")


def in_scripts(document: Document, reading: Reading, title: str = "") -> Iterator[FoundDate]:
    """Yield publication dates in the data that a page's own scripts carry, those by the page's title first.

    Such data hold other articles too: where they give titles, the page's own must be among them.
    """
    for script in document.elements("script"):
        text = script.text or ""
        if not any(sign in text for sign in _SIGNS):
            continue
        own = text.find(title) if title else -1
        if own < 0 and title and _tells_of_others(text, title):
            continue
        matches = [match for match in _values(text) if _is_of_publication(text, match)]
        if own >= 0:
            matches += _BESIDE_TITLE.finditer(text, max(0, own - _BY_TITLE), own + len(title) + _BY_TITLE)
            matches.sort(key=lambda match: abs(match.start() - own))
        for match in matches:
            if found := stamp(match["value"], "script", reading):
                yield found


def _values(text: str) -> Iterator[re.Match[str]]:
    """Yield what ``_IN_SCRIPT`` finds in a script."""
    lower = text.lower()
    if len(lower) != len(text):  # « İ » becomes two characters
        yield from _IN_SCRIPT.finditer(text)
        return
    read = 0
    for start, _ in _BEGINNINGS.places(lower):
        if start >= read and (match := _IN_SCRIPT.match(text, start)) is not None:
            read = match.end()
            yield match


def _tells_of_others(text: str, title: str) -> bool:
    """Tell whether a script gives titles, and none with words of the page's own."""
    own = set(_TELLING_WORD.findall(title.lower()))
    given = [set(_TELLING_WORD.findall(match["title"].lower())) for match in _TITLES.finditer(text)]
    return bool(given) and not any(own & words for words in given)


def _is_of_publication(text: str, match: re.Match[str]) -> bool:
    return _OTHER_KEY.search(text[max(0, match.start() - _BEFORE) : match.start()]) is None
