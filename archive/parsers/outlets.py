"""Which paper or site published it? The name that the site gives itself."""

import re
from typing import Final

from archive.parsers.blocks import squeeze, text_of
from archive.parsers.html import Document
from archive.parsers.structured import Structured
from archive.parsers.titles import fold, site_names

# « Le carnet de La Ramée », « Le blog d'Argile »: the publisher is the one whose carnet it is.
_ORGAN: Final = re.compile(
    r"^(?:le |la )?(?:carnet|blog|site(?: internet| web| officiel)?) (?:de |du |des |d[’'])(?=[A-ZÀ-Ý])",
    re.IGNORECASE,
)
_SEPARATOR: Final = re.compile(r"\s+[|–—\-·•»]\s+")
_LONGEST: Final = 80


def outlet(document: Document, data: Structured, title: str | None, known: str | None) -> str | None:
    """Return the outlet's name: the source's word for it, else the page's; ``None`` if the page names none."""
    if known:
        return known
    names = site_names(data)
    name = names[0] if names else _beside_title(document, title)
    return _ORGAN.sub("", name) if name else None


def _beside_title(document: Document, title: str | None) -> str | None:
    """Return what the head's title adds to the headline: « Titre - Le Clairon »."""
    element = document.tree.find(".//title")
    whole = text_of(element) if element is not None else ""
    if not title or not whole:
        return None
    wanted = fold(title)
    for match in _SEPARATOR.finditer(whole):
        before, after = whole[: match.start()], whole[match.end() :]
        if fold(before) == wanted or fold(before).endswith(wanted):
            return squeeze(_SEPARATOR.split(after)[-1])[:_LONGEST] or None
        if fold(after) == wanted:
            return squeeze(before)[:_LONGEST] or None
    return None
