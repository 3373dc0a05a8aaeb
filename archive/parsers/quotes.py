"""Who says what? Quotations in guillemets, each with its speaker where the text gives one."""

import re
from collections.abc import Iterator, Sequence
from typing import Final

from archive.models import Passage, Quote
from archive.parsers.people import People
from archive.parsers.speakers import Speaker, speaker
from archive.parsers.speech_words import FINITE, LABELS

# Nested marks count within the outer ones; a paragraph of a long quotation may open with a mark of its own.
_OPENING: Final = {"«": "»", "“": "”", '"': '"'}
_MARKS: Final = {
    mark: re.compile(f"[{mark}{ending}\n]" if mark == '"' else f"[{mark}{ending}]")
    for mark, ending in _OPENING.items()
}
_DEEPEST: Final = 3
# A straight mark opens behind white and closes behind a word.
_OPENS: Final = re.compile(r"«|“|\"(?<![^\s(\[’']\")(?=\S)")
_LAW: Final = re.compile(r"\s?\(?(?:l[’'])?(?:article|art\.)\s", re.IGNORECASE)
_LONGEST: Final = 2_500
_WORD: Final = re.compile(r"[^\W\d_][\w’'-]*")
_SENTENCE_END: Final = re.compile(r"[.!?…]$")
_FRAGMENT: Final = 3  # words that somebody must be told to have said
_SENTENCE: Final = 5  # words of a sentence that needs no speaker
_CONFIDENCE: Final = {
    "after_verb": 0.95,
    "before_verb": 0.95,
    "to_say": 0.95,
    "inside": 0.95,
    "according_to": 0.9,
    "for": 0.9,
    "name_and_colon": 0.85,
    "signature": 0.8,
    "same_sentence": 0.75,
    "pronoun": 0.7,
    "office": 0.7,
    "sentence": 0.5,
}


def quotes(passages: Sequence[Passage], language: str | None = None) -> tuple[Quote, ...]:
    """Return the quotations of a page's own passages in order; names and single words in guillemets are none.

    A page in another language than French gives nothing; ``None`` stands for an unknown language.

    >>> text = "« Nous sommes prêts », assure Luce Marin, gérante de la Scop."
    >>> [(one.quote, one.speaker, one.role) for one in quotes([Passage("text", text)])]
    [('Nous sommes prêts', 'Luce Marin', 'gérante de la Scop')]
    """
    if language not in (None, "fr"):
        return ()
    return tuple(quote for passage in passages for quote in _of(passage))


def _of(passage: Passage) -> Iterator[Quote]:
    text = passage.text
    spans = list(_spans(text))
    if not spans:
        return
    known = People(text)
    for start, end in spans:
        found = _judged(text, start, end, known)
        if found is None:
            continue
        told, confidence = found
        inner_start, inner_end = _inner(text, start, end)
        yield Quote(
            field=passage.field,
            start=inner_start,
            end=inner_end,
            quote=text[inner_start:inner_end],
            speaker=told.name,
            speaker_start=told.start,
            speaker_end=told.end,
            role=told.role,
            rule=told.rule,
            confidence=confidence,
        )


def _spans(text: str) -> Iterator[tuple[int, int]]:
    """Yield where marks open and close (exclusive) the outermost quotations."""
    at = 0
    while (opened := _next_mark(text, at)) is not None:
        closed = _closing(text, opened)
        if closed is None:
            at = opened + 1
            continue
        yield opened, closed + 1
        at = closed + 1


def _next_mark(text: str, at: int) -> int | None:
    match = _OPENS.search(text, at)
    return match.start() if match else None


def _closing(text: str, opened: int) -> int | None:
    """Return where the quotation that opens here ends, ``None`` when it does not."""
    mark = text[opened]
    depth = 0
    for match in _MARKS[mark].finditer(text, opened + 1, opened + _LONGEST):
        at, found = match.start(), match.group()
        if mark == '"':  # within one line, and behind a word
            return at if found == mark and not text[at - 1].isspace() else None
        if found == mark:
            depth += not _opens_paragraph(text, at)
        elif depth == 0:
            return at
        else:
            depth -= 1
        if depth > _DEEPEST:
            return None
    return None


def _opens_paragraph(text: str, at: int) -> bool:
    return text[max(0, at - 3) : at].rstrip(" \u00a0\u202f").endswith("\n")


def _inner(text: str, start: int, end: int) -> tuple[int, int]:
    inner = text[start + 1 : end - 1]
    return start + 1 + len(inner) - len(inner.lstrip()), end - 1 - (len(inner) - len(inner.rstrip()))


def _judged(text: str, start: int, end: int, known: People) -> tuple[Speaker, float] | None:
    """Return who says what stands between marks and how sure that is; ``None`` when nobody says it."""
    inner = text[start + 1 : end - 1].strip()
    count = len(_WORD.findall(inner))
    if count < 2:
        return None
    is_sentence = FINITE.search(inner) is not None and (
        count >= _SENTENCE or _SENTENCE_END.search(inner) is not None
    )
    told = speaker(text, start, end, known)
    if told is not None and (is_sentence or (count >= _FRAGMENT and not _is_label(text, start))):
        if told.rule == "same_sentence" and not is_sentence and count < _SENTENCE:
            return None
        if told.rule == "signature" and not (is_sentence and _begins_line(text, start)):
            return None
        return told, _CONFIDENCE[told.rule]
    if (
        is_sentence
        and _stands_alone(text, start, end)
        and not _is_label(text, start)
        and not _LAW.match(text, end)
    ):
        return Speaker("sentence"), _CONFIDENCE["sentence"]
    return None


def _is_label(text: str, start: int) -> bool:
    """Say whether what stands before a quotation announces a name."""
    return LABELS.search(text[max(0, start - 40) : start].rstrip(" \u00a0\u202f").lower()) is not None


def _begins_line(text: str, start: int) -> bool:
    before = text[max(0, start - 4) : start].rstrip(" \u00a0\u202f–—-")
    return not before or before.endswith("\n")


def _stands_alone(text: str, start: int, end: int) -> bool:
    """Say whether a quotation without a speaker is one all the same: it begins or is its own sentence."""
    inner = text[start + 1 : end - 1].strip()
    before = text[:start].rstrip(" \u00a0\u202f")
    begins = not before or before.endswith(("\n", ".", "!", "?", "…", ":", "»", "-", "–", "—"))
    return begins and inner[:1].isupper()
