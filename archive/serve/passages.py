"""Where does it stand in the text? Escaped excerpts and paragraphs with their evidence marked."""

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from markupsafe import Markup, escape

_PARAGRAPH = re.compile(r"[^\n]+")
_EXCERPT = 240  # characters of a text shown in a list
_FOUND = '<mark class="found">', "</mark>"
_TRIED = 60  # found words among which the beginning of an excerpt is chosen


@dataclass(frozen=True, slots=True)
class Mark:
    """A stretch of a text to be shown as evidence; ``anchor`` is its id, ``target`` that of its proof."""

    start: int
    end: int
    kind: str
    anchor: str
    title: str
    target: str = ""


class _Plain(dict[int, str]):
    """Folds one character to one lower-case character without accent, so that offsets stay true."""

    def __missing__(self, code: int) -> str:
        folded = unicodedata.normalize("NFD", chr(code))[0].lower()
        self[code] = folded if len(folded) == 1 else chr(code)
        return self[code]


_PLAIN = _Plain()


def paragraphs(text: str, marks: Iterable[Mark]) -> list[Markup]:
    """Return the paragraphs of a text, escaped, with every mark that lies within one.

    Of marks that overlap, the one that begins first and reaches farthest is shown.
    """
    waiting = sorted(marks, key=lambda mark: (mark.start, -mark.end))
    found = []
    for line in _PARAGRAPH.finditer(text):
        inside = [mark for mark in waiting if line.start() <= mark.start < mark.end <= line.end()]
        if line.group().strip():
            found.append(_marked(text, line.start(), line.end(), inside))
    return found


def context(text: str, start: int | None, end: int | None, around: int = 70) -> Markup:
    """Return the words around ``text[start:end]`` with that stretch marked; empty when it lies outside."""
    if start is None or end is None or not 0 <= start < end <= len(text):
        return Markup()
    left, right = max(0, start - around), min(len(text), end + around)
    before, after = _one_line(text[left:start]), _one_line(text[end:right])
    if left:  # begin with a whole word
        before = before[before.find(" ") + 1 :]
    if right < len(text):  # and end with one
        after = after[: after.rfind(" ") + 1] or after
    return Markup("{}{}<mark>{}</mark>{}{}").format(
        "…" if left else "", before, _one_line(text[start:end]), after, "…" if right < len(text) else ""
    )


def excerpt(text: str | None, found: Sequence[tuple[int, int]] = ()) -> Markup:
    """Return the beginning of a text, or its part with the most of the found places, those marked.

    ``found`` are offsets in the text, in order.
    """
    if not text:
        return Markup()
    start = max(0, _densest(text, found) - _EXCERPT // 3) if found else 0
    if start:  # begin with a whole word
        start = text.find(" ", start) + 1 or start
    end = start + _EXCERPT
    if end < len(text):  # and end with one
        end = max(text.rfind(" ", start, end), start + _EXCERPT // 2)
    part = _one_line(text[start:end])
    shown = marked(
        part, [(left - start, right - start) for left, right in found if start <= left < right <= end]
    )
    return Markup("{}{}{}").format("… " if start else "", shown, "…" if end < len(text) else "")


def marked(text: str, found: Sequence[tuple[int, int]]) -> Markup:
    """Return a whole text, escaped, with the found places marked."""
    pieces, at = [], 0
    for left, right in found:
        if left >= at:
            pieces += [escape(text[at:left]), _FOUND[0], escape(text[left:right]), _FOUND[1]]
            at = right
    return Markup("".join([*pieces, escape(text[at:])]))


def _densest(text: str, found: Sequence[tuple[int, int]]) -> int:
    """Return where an excerpt should begin to show the most different words that were found."""
    best, where = 0, found[0][0]
    tried = found[:_TRIED]
    words = [text[left : min(right, left + 5)].translate(_PLAIN) for left, right in tried]
    past = 0
    for at, (start, _) in enumerate(tried):
        while past < len(tried) and tried[past][1] <= start + _EXCERPT // 2:
            past += 1
        inside = len(set(words[at:past]))
        if inside > best:
            best, where = inside, start
    return where


def _marked(text: str, start: int, end: int, marks: Sequence[Mark]) -> Markup:
    pieces, at = [], start
    for mark in marks:
        if mark.start < at:
            continue
        pieces.append(escape(text[at : mark.start]))
        identity = Markup(' id="{}"').format(mark.anchor) if mark.anchor else Markup()
        shown = Markup('<mark class="{}"{}>{}</mark>')
        pieces.append(shown.format(mark.kind, identity, _explained(mark, text[mark.start : mark.end])))
        at = mark.end
    return Markup().join([*pieces, escape(text[at:end])])


def _explained(mark: Mark, words: str) -> Markup:
    """Return the words of a mark, as a link to their proof which says on focus and hover what they are."""
    if not mark.target:
        return escape(words)
    return Markup('<a href="#{}" data-told="{}">{}</a>').format(mark.target, mark.title, words)


def _one_line(text: str) -> str:
    """Return the text with line breaks and tabs as single spaces, its length unchanged."""
    return re.sub(r"[\n\r\t]", " ", text)
