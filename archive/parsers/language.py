"""Which language is the article in? Its words decide; what the page declares is often the template's."""

import re
from functools import cache
from typing import Final

from archive.parsers.html import Document

# Below this many characters the guess is no better than the page's own word.
_ENOUGH: Final = 200
_SOME: Final = 30
_SAMPLE: Final = 2000
_CODE: Final = re.compile(r"^\s*([a-zA-Z]{2})(?:[-_]|\s*$)")


def language(document: Document | None, text: str) -> str | None:
    """Return the ISO 639-1 code of the text's language, ``None`` when there is nothing to go by."""
    if len(text) >= _ENOUGH:
        return _guessed(text)
    declared = _declared(document) if document is not None else None
    return declared or (_guessed(text) if len(text) >= _SOME else None)


def _declared(document: Document) -> str | None:
    root = document.tree
    match = _CODE.match(
        root.get("lang")
        or root.get("{http://www.w3.org/XML/1998/namespace}lang")
        or root.get("xml:lang")
        or ""
    )
    return match.group(1).lower() if match else None


def _guessed(text: str) -> str:
    code, _ = _identifier().classify(text[:_SAMPLE])
    return str(code)


@cache
def _identifier():  # type: ignore[no-untyped-def]  # py3langid has no types
    """Load the model once, on first use: it takes most of a second."""
    import py3langid

    return py3langid
