"""Which language is the article in? Its words decide; what the page declares is often the template's."""

import os
import re
from collections import Counter
from functools import cache
from typing import Final

from archive.memory import lifted
from archive.parsers.html import Document

# Below this many characters the guess is no better than the page's own word.
_ENOUGH: Final = 200
_SOME: Final = 30
_SAMPLE: Final = 2000
# Small words that one language has and its neighbours have not; where they are plain, no model is asked.
_SMALL_WORDS: Final = {
    "fr": "et du les des une dans pour qui sur pas avec aux sont ce cette vous ont été leur ses nous mais où",
    "en": "the of and to is that for with was are this it by from be have has not they which you",
    "de": "der die das und den von zu ist mit für auf dem nicht ein eine sich auch im als wird sind bei",
    "es": "el los las y su más pero sus también fue muy según ella ellos desde hasta donde cuando",
}
_LANGUAGE_OF: Final = {word: code for code, words in _SMALL_WORDS.items() for word in words.split()}
_PLAIN: Final = 0.12  # share of the words
_PLAIN_AS_DECLARED: Final = 0.05  # where the page declares that language
_TIMES_THE_NEXT: Final = 5
_CODE: Final = re.compile(r"^\s*([a-zA-Z]{2})(?:[-_]|\s*$)")


def language(document: Document | None, text: str) -> str | None:
    """Return the ISO 639-1 code of the text's language, ``None`` when there is nothing to go by."""
    declared = _declared(document) if document is not None else None
    if len(text) >= _ENOUGH:
        return _guessed(text, declared)
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


def _guessed(text: str, declared: str | None = None) -> str:
    sample = text[:_SAMPLE]
    plain = _by_small_words(sample, declared)
    return plain if plain is not None else str(_identifier().classify(sample)[0])


def _by_small_words(text: str, declared: str | None) -> str | None:
    """Return the language whose small words are many and whose neighbours' are few, ``None`` otherwise.

    Fewer are enough where the page declares that language.
    """
    words = text.lower().split()
    counts = Counter(_LANGUAGE_OF[word] for word in words if word in _LANGUAGE_OF).most_common(2)
    if not counts:
        return None
    least = _PLAIN_AS_DECLARED if counts[0][0] == declared else _PLAIN
    if counts[0][1] < least * len(words):
        return None
    return counts[0][0] if len(counts) == 1 or counts[0][1] >= _TIMES_THE_NEXT * counts[1][1] else None


@cache
def _identifier():  # type: ignore[no-untyped-def]  # py3langid has no types
    """Load the model once, on first use: it takes longer than to read fifty pages."""
    # Its arithmetic needs no threads, each of which would take 32 MiB for itself.
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    with lifted():
        import py3langid

        py3langid.classify("")  # the model itself is loaded with the first text
    return py3langid
