"""Which paragraphs do the lines of a PDF make? Joined across lines, columns and pages; hyphens undone."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from statistics import median
from typing import Final

from archive.parsers.blocks import squeeze
from archive.parsers.pdf_lines import Line, Sheet

_MARGIN: Final = 0.12  # of the page's height, above and below: running heads and feet stand there
_OTHER_SIZE: Final = 1.08
_WIDE_GAP: Final = 1.25  # of the usual distance between two lines
_SHORT: Final = 0.88  # of the column's width: a line that ends before it ends a paragraph
_VERY_SHORT: Final = 0.7  # and so does one without a full stop, if a capital follows: a row of a list
_BEGINS: Final = re.compile(r"[A-ZÀ-ÖØ-Þ0-9«“]")
_ENDS: Final = re.compile(r"[.!?…:;»”]\W*$")
_BULLET: Final = re.compile(r"^(?:[•●▪■◆►→‣–—-]|\d{1,2}\s?[.)→])\s")
_LIGATURES: Final = str.maketrans(
    {"ﬀ": "ff", "ﬁ": "fi", "ﬂ": "fl", "ﬃ": "ffi", "ﬄ": "ffl", "\u00ad": "\u2010"}
)
_UNMAPPED: Final = re.compile(r"\(cid:\d+\)")
_BROKEN_WORD: Final = re.compile(r"(\w*[^\W\d_])[-\u2010]$")
# What stands behind a hyphen of the language: « peut-être », « dit-il », « celui-là ».
_OWN_HYPHEN: Final = re.compile(
    r"(?:il|elle|on|ils|elles|je|tu|nous|vous|moi|toi|lui|leur|les?|la|ce|ci|là|même|mêmes|être|t|y|en)\b"
)


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph and the page on which it begins; ``size`` is its type size in points.

    ``edge`` is how far it is from the nearest end of the page, as a share of its height.
    """

    page: int
    text: str
    size: float
    bold: bool
    top: float
    edge: float

    @property
    def in_margin(self) -> bool:
        """Say whether it stands where running heads and feet do."""
        return self.edge < _MARGIN


def paragraphs(sheets: Iterable[Sheet]) -> list[Paragraph]:
    """Return the paragraphs of a document in reading order, those of the margins among them."""
    pages = [(sheet, [_clean(line) for line in sheet.lines]) for sheet in sheets]
    known = {
        word for _, lines in pages for line in lines for word in re.findall(r"\w+-\w+", line.text.lower())
    }
    found: list[Paragraph] = []
    for sheet, lines in pages:
        for chunk in _chunks(lines, sheet):
            text = _joined([line.text for line in chunk], known)
            if text:
                first = chunk[0]
                edge = max(_edge(line, sheet) for line in chunk)
                found.append(Paragraph(sheet.number, text, first.size, first.bold, first.y1, edge))
    return _continued(found, known)


def _clean(line: Line) -> Line:
    return replace(line, text=_UNMAPPED.sub("", line.text.translate(_LIGATURES)))


def _edge(line: Line, sheet: Sheet) -> float:
    """Return how far the line's inner side is from the nearest end of the page, as a share of its height."""
    return min(line.y1, sheet.height - line.y0) / (sheet.height or 1.0)


def _in_margin(line: Line, sheet: Sheet) -> bool:
    return _edge(line, sheet) < _MARGIN


def _chunks(lines: Sequence[Line], sheet: Sheet) -> list[list[Line]]:
    """Cut the lines of a page where a paragraph ends."""
    chunks: list[list[Line]] = []
    usual = _leading(lines)
    for line in lines:
        if chunks and not _ends_between(chunks[-1], line, usual, sheet):
            chunks[-1].append(line)
        else:
            chunks.append([line])
    return chunks


def _leading(lines: Sequence[Line]) -> float:
    """Return the usual distance from one line to the next, in type sizes."""
    steps = [
        (one.y0 - two.y0) / one.size
        for one, two in pairwise(lines)
        if one.size and 0.5 < (one.y0 - two.y0) / one.size < 3 and abs(one.size - two.size) < 0.5
    ]
    return min(max(median(steps), 1.0), 1.7) if steps else 1.2


def _ends_between(chunk: Sequence[Line], line: Line, usual: float, sheet: Sheet) -> bool:
    last = chunk[-1]
    if abs(last.y0 - line.y0) < 0.3 * last.size:  # the same row
        return _in_margin(last, sheet) or line.x0 < last.x0
    if _in_margin(last, sheet) != _in_margin(line, sheet):
        return True
    ratio = max(last.size, line.size) / (min(last.size, line.size) or 1)
    drop = last.y0 - line.y0
    if ratio > _OTHER_SIZE or drop <= 0 or drop > usual * _WIDE_GAP * max(last.size, line.size):
        return True
    if last.bold != line.bold and not line.text.lstrip()[:1].islower():
        return True
    if _BULLET.match(line.text.lstrip()):
        return True
    width = max(one.x1 for one in chunk) - min(one.x0 for one in chunk)
    column = max(width, line.x1 - line.x0)
    is_short = last.x1 < min(one.x0 for one in chunk) + _SHORT * column
    is_indented = line.x0 - last.x0 > 0.7 * line.size
    if _ENDS.search(last.text.rstrip()) is not None:
        return is_short or is_indented
    is_very_short = last.x1 < min(one.x0 for one in chunk) + _VERY_SHORT * column
    return is_very_short and _BEGINS.match(line.text.lstrip()) is not None


def _joined(texts: Sequence[str], known: set[str]) -> str:
    text = ""
    for piece in map(squeeze, texts):
        text = _with(text, piece, known)
    return text


def _with(text: str, piece: str, known: set[str]) -> str:
    """Put a line behind a text; a word broken at its end is made whole, unless the hyphen is its own."""
    broken = _BROKEN_WORD.search(text)
    if not text or not piece:
        return text or piece
    if broken is None or not piece[:1].islower():
        return text + piece if broken is not None and piece[:1].isalpha() else f"{text} {piece}"
    half = piece.split()[0].strip(".,;:!?»)").lower()
    keeps = f"{broken[1].lower()}-{half}" in known or _OWN_HYPHEN.fullmatch(half.split("-")[0])
    soft = text.endswith("\u2010")
    return f"{text[:-1]}-{piece}" if keeps and not soft else f"{text[:-1]}{piece}"


def _continued(found: Sequence[Paragraph], known: set[str]) -> list[Paragraph]:
    """Join paragraphs that a column or a page has cut in two; what stands in the margins does not count."""
    whole: list[Paragraph] = []
    last: int | None = None
    for paragraph in found:
        before = whole[last] if last is not None else None
        if before is not None and _goes_on(before, paragraph):
            whole[last or 0] = replace(before, text=_with(before.text, paragraph.text, known))
            continue
        whole.append(paragraph)
        if not paragraph.in_margin:
            last = len(whole) - 1
    return whole


def _goes_on(before: Paragraph, paragraph: Paragraph) -> bool:
    if paragraph.in_margin or abs(before.size - paragraph.size) > 0.3 or before.bold != paragraph.bold:
        return False
    jumped = paragraph.page != before.page or paragraph.top > before.top
    broken = _BROKEN_WORD.search(before.text) is not None
    open_end = _ENDS.search(before.text) is None
    return paragraph.text[:1].islower() and open_end and (jumped or broken)
