"""Which lines stand on a page of a PDF, and in what order are they read? Columns one after the other."""

import io
import logging
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from statistics import median
from typing import Final

from pdfminer.high_level import extract_pages
from pdfminer.layout import (
    LAParams,
    LTChar,
    LTCurve,
    LTFigure,
    LTImage,
    LTItem,
    LTPage,
    LTTextBox,
    LTTextLine,
)

# A brochure is shorter; a report of a thousand pages must not hold up the rest.
MOST_PAGES: Final = 120

# It tells each oddity of a broken file; what matters becomes an error or an empty page.
logging.getLogger("pdfminer").setLevel(logging.CRITICAL)

_BOLD: Final = ("bold", "black", "heavy", "demi")
_MOSTLY: Final = 0.8
_GUTTER: Final = 5.0  # points of white between two columns, at the least
_SIDE_BY_SIDE: Final = 3  # lines that stand beside others, at the least
_MOST_LINES: Final = 1_000  # a page with more is a plan or a register
_WORD: Final = re.compile(r"[^\W\d_]{2}")
_SAME_HEIGHT: Final = 0.5  # of a line's height: lines that overlap by more stand beside each other


@dataclass(frozen=True, slots=True)
class Line:
    """One line: its text, its box in points from the lower left corner, its type size, whether it is bold."""

    text: str
    x0: float
    y0: float
    x1: float
    y1: float
    size: float
    bold: bool


@dataclass(frozen=True, slots=True)
class Sheet:
    """A page: its lines in reading order, its height in points, the share of it that its largest picture
    covers, and how many curves are drawn on it.
    """

    number: int
    height: float
    lines: tuple[Line, ...]
    pictured: float
    curves: int


def sheets(body: bytes) -> Iterator[Sheet]:
    """Yield the pages of a PDF, at most ``MOST_PAGES``; raises what pdfminer raises."""
    layout = LAParams(boxes_flow=None, all_texts=True)  # the text of a scan that was read lies in a figure
    for number, page in enumerate(extract_pages(io.BytesIO(body), maxpages=MOST_PAGES, laparams=layout), 1):
        lines = [line for line in _lines(page) if line.text.strip()]
        yield Sheet(number, page.height, tuple(ordered(lines)), _pictured(page), _curves(page))


def _lines(page: LTPage) -> Iterator[Line]:
    for box in _within(page):
        if not isinstance(box, LTTextBox):
            continue
        for line in box:
            if isinstance(line, LTTextLine):
                chars = [char for char in line if isinstance(char, LTChar)]
                if chars:
                    yield _line(line, chars, page)


def _within(holder: LTPage | LTFigure) -> Iterator[LTItem]:
    """Yield what stands on a page, in its figures too."""
    for thing in holder:
        if isinstance(thing, LTFigure):
            yield from _within(thing)
        else:
            yield thing


def _line(line: LTTextLine, chars: Sequence[LTChar], page: LTPage) -> Line:
    bold = sum(any(word in char.fontname.lower() for word in _BOLD) for char in chars)
    return Line(
        line.get_text().replace("\x00", "").rstrip("\n"),
        line.x0 - page.x0,
        line.y0 - page.y0,
        line.x1 - page.x0,
        line.y1 - page.y0,
        median(char.size for char in chars),
        bold >= _MOSTLY * len(chars),
    )


def _pictured(page: LTPage) -> float:
    """Return the share of the page that its largest picture covers."""
    areas = [thing.width * thing.height for thing in _within(page) if isinstance(thing, LTImage)]
    return min(max(areas, default=0.0) / (page.width * page.height or 1.0), 1.0)


def _curves(page: LTPage) -> int:
    return sum(isinstance(thing, LTCurve) for thing in page)


def ordered(lines: Sequence[Line]) -> list[Line]:
    """Return lines in the order in which a person reads them: columns one after the other.

    A gutter is where lines stand side by side and few run across. Those that do (a title over two columns)
    part the page into bands; within a band each column is read to its end, a table row by row.
    """
    gutter = _gutter(lines) if len(lines) <= _MOST_LINES else None
    if gutter is None:
        return _rows(lines)
    bands: list[list[Line]] = [[]]
    read: list[Line] = []
    for line in sorted(lines, key=lambda line: -line.y1):
        if line.x0 < gutter < line.x1:
            read += [*_columns(bands.pop(), gutter), line]
            bands.append([])
        else:
            bands[-1].append(line)
    return [*read, *_columns(bands[-1], gutter)]


def _columns(lines: Sequence[Line], gutter: float) -> list[Line]:
    left = [line for line in lines if line.x1 <= gutter]
    right = [line for line in lines if line.x1 > gutter]
    return _rows(lines) if _is_table(left, right) else [*ordered(left), *ordered(right)]


def _gutter(lines: Sequence[Line]) -> float | None:
    """Return the middle of the white between two columns, ``None`` where there is one column."""
    found: tuple[float, float, float] | None = None
    starts = sorted({line.x0 for line in lines})
    for end in sorted({line.x1 for line in lines}):
        start = next((start for start in starts if start >= end), None)
        if start is None or start - end < _GUTTER:
            continue
        middle = (start + end) / 2
        left, right = [ln for ln in lines if ln.x1 <= middle], [ln for ln in lines if ln.x0 >= middle]
        across = len(lines) - len(left) - len(right)
        beside = sum(any(_same_row(one, other) for other in right) for one in left)
        worth = (beside - across / 2, start - end, middle)
        if beside >= _SIDE_BY_SIDE and worth[0] > 0 and (found is None or worth > found):
            found = worth
    return found[2] if found else None


def _is_table(left: Sequence[Line], right: Sequence[Line]) -> bool:
    """Say whether two columns are those of a table: one holds figures, each beside what it counts."""
    if not left or not right:
        return False
    counts = any(sum(not _WORD.search(line.text) for line in side) * 2 >= len(side) for side in (left, right))
    shorter, longer = sorted((left, right), key=len)
    return counts and all(any(_same_row(one, other) for other in longer) for one in shorter)


def _same_row(one: Line, other: Line) -> bool:
    shared = min(one.y1, other.y1) - max(one.y0, other.y0)
    return shared > _SAME_HEIGHT * min(one.y1 - one.y0, other.y1 - other.y0)


def _rows(lines: Sequence[Line]) -> list[Line]:
    """Return lines from top to bottom, those of one row from left to right."""
    rows: list[list[Line]] = []
    for line in sorted(lines, key=lambda line: -line.y1):
        if rows and _same_row(rows[-1][0], line):
            rows[-1].append(line)
        else:
            rows.append([line])
    return [line for row in rows for line in sorted(row, key=lambda line: line.x0)]
