"""Where on the page does a reader see a date? Short lines with their label and their place."""

import re
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Final

from lxml.html import HtmlElement

from archive.parsers.calendar_words import fold
from archive.parsers.date_labels import (
    DATE_MARK,
    LABEL,
    Label,
    heads_others,
    is_bare,
    is_dateline,
    label_before,
    words_beside,
)
from archive.parsers.html import Document
from archive.parsers.signs import Signs
from archive.parsers.surroundings import INVISIBLE, LONGEST_LINE, Surroundings, is_thread, names, short_text
from archive.parsers.written_dates import WrittenDate, relative, written


@dataclass(frozen=True, slots=True)
class DateLine:
    """One date that a reader sees in a short line.

    ``label`` says what the words before it call it. ``marked``: the markup calls it a date. ``bare``: the
    line holds hardly anything else; ``words`` counts the rest. ``relative``: counted back from the fetch.
    ``distance`` counts elements from the headline, negative above it, ``None`` without a headline;
    ``headings`` counts the headings in between, ``prose`` the long paragraphs and ``sentences`` the texts
    that end like one. ``visit``: the markup calls it today's date. ``element`` holds the line.
    """

    date: WrittenDate
    text: str
    label: Label | None = None
    marked: bool = False
    words: int = 0
    bare: bool = True
    relative: bool = False
    distance: int | None = None
    headings: int = 0
    prose: int = 0
    sentences: int = 0
    visit: bool = False
    element: HtmlElement | None = field(default=None, compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class Look:
    """How to look at a page: where its headline is, how it writes dates and when it was seen."""

    around: Surroundings
    title: str
    month_first: bool = False
    seen: datetime | None = None


# What a text node must hold to be looked at: a year, a numeric date or a counted day; a day and a word must
# turn out to be a date. What begins with a digit is tried at digits alone.
_DIGIT: Final = re.compile(r"\d")
_PROMISING: Final = re.compile(r"\d(?:(?<=1)9\d\d|(?<=2)0\d\d|\s?[/.|]\s?\d{1,2}\s?[/.|]\s?\d\d| \w+ ago)")
_DAY_AND_WORD: Final = re.compile(r"\d(?:er)?\s+[^\W\d_]{3}")
_WORD_AND_DAY: Final = re.compile(r"[^\W\d_]{3}\s+\d{1,2}/\d")
# « Date de création : 22/11/2010 @ 21:14 »: with its hour it is a page's, without it may be a company's.
_CREATED: Final = re.compile(r"date de creation ?: ?$")
_AT_HOUR: Final = re.compile(r" ?@ ?\d")
_STAMP: Final = re.compile(r"\d{4}-\d\d-\d\dT\d\d:")
_COUNTED: Final = re.compile(r"\b(?:il y a|hier|aujourd|yesterday|today|an? \w+ ago)\b", re.IGNORECASE)
_COUNTED_IN_FIGURES: Final = re.compile(r"[Ii]l y a (?:environ )?\d")
_COUNTING_WORDS: Final = Signs(("il y a", "hier", "aujourd", "yesterday", "today", " ago"))
_LONGEST_COUNTED: Final = 80
# Names of the place for today's date in the head of a page.
_VISIT: Final = re.compile(r"du[_-]?jour|today|aujourd|current[_-]?date|date[_-]?(?:actuelle|courante|jour)")
_LONGEST_NODE: Final = 400
_SHORTEST_PROSE: Final = 160
_SHORTEST_SENTENCE: Final = 50
_SENTENCE_ENDS: Final = frozenset(".!?…»")
_HEADINGS: Final = frozenset(("h1", "h2", "h3", "h4"))
# Elements from the headline within which class names matter little.
BESIDE: Final = 10
_DATELINE: Final = 80
# A page with more dates is a table or a list; the article's own come first.
_MOST_LINES: Final = 500


def date_lines(
    document: Document, headline: HtmlElement | None, month_first: bool = False, seen: datetime | None = None
) -> list[DateLine]:
    """Return the dates that stand in short lines of the page's own content, in page order.

    Days counted back (« hier ») are read only when ``seen``, the time of the fetch in Paris, is known.
    """
    title = short_text(headline) if headline is not None else ""
    around = Surroundings(headline, is_thread(document.url))
    walk = _Walk(headline, Look(around, title, month_first, seen))
    for index, element in enumerate(_body(document).iter()):
        tag = element.tag
        if element is headline:
            walk.top = index
        elif tag in _HEADINGS:
            walk.heading(index, element)
        if (text := element.text) and tag not in INVISIBLE and not text.isspace():
            walk.text(index, text, element)
        if (text := element.tail) and not text.isspace() and (parent := element.getparent()) is not None:
            walk.text(index, text, parent)
    return walk.lines()


class _Walk:
    """What has been met so far on the way through a page: its headings, its prose and its dates."""

    def __init__(self, headline: HtmlElement | None, look: Look) -> None:
        self.headline, self.look = headline, look
        self.headings: list[int] = []
        self.prose: list[int] = []
        self.sentences: list[int] = []
        self.sights: list[tuple[int, HtmlElement, DateLine]] = []
        self.done: set[HtmlElement] = set()
        self.top: int | None = None
        # The box of a heading over other pages, and its level: lower headings in the box are theirs.
        self.others: HtmlElement | None = None
        self.level = ""

    def heading(self, index: int, element: HtmlElement) -> None:
        """Take note of a heading and, below the headline, of whether it stands over other pages."""
        self.headings.append(index)
        if self.top is None or (
            self.others is not None and element.tag > self.level and _is_in(element, self.others)
        ):
            return
        self.level = element.tag
        self.others = _box_of(element) if heads_others(short_text(element)) else None

    def text(self, index: int, text: str, holder: HtmlElement) -> None:
        """Read the dates of the line around a text, and of one that opens a press release."""
        if len(text) > _SHORTEST_SENTENCE and text.rstrip()[-1] in _SENTENCE_ENDS:
            self.sentences.append(index)
        if len(text) > _SHORTEST_PROSE:
            self.prose.append(index)
            if self.top is not None and len(self.prose) <= 2:
                self.sights.extend((index, holder, line) for line in _dateline(text, self.look.month_first))
        if not _is_promising(text) or (self.others is not None and _is_in(holder, self.others)):
            return
        around = self.look.around
        block = around.line(holder, LABEL)
        if block not in self.done and block is not self.headline and len(self.sights) < _MOST_LINES:
            self.done.add(block)
            # What belongs to others by any measure need not be read.
            if around.is_ours(block, lenient=True):
                self.sights.extend((index, block, line) for line in _read(block, self.look))

    def lines(self) -> list[DateLine]:
        """Return the dates met that are the article's own, with their place on the page."""
        placed = ((block, self.placed(line, index)) for index, block, line in self.sights)
        return [line for block, line in placed if _belongs(block, line, self.look.around)]

    def placed(self, line: DateLine, index: int) -> DateLine:
        """Return a line with its place relative to the headline."""
        first, last = sorted((index, self.top or 0))
        headings, prose, sentences = (
            bisect_left(places, last) - bisect_left(places, first + 1)
            for places in (self.headings, self.prose, self.sentences)
        )
        distance = None if self.top is None else index - self.top
        return replace(line, distance=distance, headings=headings, prose=prose, sentences=sentences)


def _body(document: Document) -> HtmlElement:
    body = document.tree.find("body")
    return document.tree if body is None else body


def _box_of(heading: HtmlElement) -> HtmlElement | None:
    """Return the element that a heading opens: the first around it that holds more than its words."""
    words = short_text(heading)
    return next((above for above in heading.iterancestors() if short_text(above) != words), None)


def _is_in(element: HtmlElement, box: HtmlElement) -> bool:
    return element is box or any(above is box for above in element.iterancestors())


def _is_promising(text: str) -> bool:
    if len(text) > _LONGEST_NODE:
        return False
    if _DIGIT.search(text) and (_PROMISING.search(text) or (_may_have_day(text) and written(text))):
        return True
    return _COUNTING_WORDS.are_in(text.lower()) and _is_counted(text)


def _may_have_day(text: str) -> bool:
    return _DAY_AND_WORD.search(text) is not None or ("/" in text and _WORD_AND_DAY.search(text) is not None)


def _is_counted(text: str) -> bool:
    counted = _COUNTED if len(text) <= _LONGEST_COUNTED else _COUNTED_IN_FIGURES
    return counted.search(text) is not None


def _belongs(block: HtmlElement, line: DateLine, around: Surroundings) -> bool:
    """Tell whether a line is the article's own. Beside the headline and under a label names matter less."""
    beside = (
        line.distance is not None and abs(line.distance) <= BESIDE and not line.headings and line.prose <= 1
    )
    return around.is_ours(block, lenient=beside or line.label is not None) and not around.is_in_card(block)


def _read(block: HtmlElement, look: Look) -> Iterator[DateLine]:
    text = look.around.text(block)
    if len(text) > LONGEST_LINE:
        return
    dates = written(text, look.month_first)
    if len(dates) > 1:  # a stamp for machines beside the day for readers
        dates = [one for one in dates if not _STAMP.match(text, one.start)] or dates
    counted = False
    if not any(found.year for found in dates):
        text, dates, counted = _counted_back(block, text, dates, look.seen)
    if not dates:
        return
    folded = fold(text)
    words = words_beside(folded, dates, look.title)
    # Two days that nothing calls a publication are those of what is announced.
    is_one = len({found.value for found in dates if found.year}) < 2 or LABEL.search(folded) is not None
    bare = is_one and is_bare(folded, words)
    visit = _VISIT.search(names(block)) is not None
    line = DateLine(dates[0], text, None, _is_marked(block), words, bare, counted, visit=visit, element=block)
    before = 0
    label: Label | None = None
    for found in dates:
        # What follows a labelled date without a label of its own is a remark on it.
        remark = label is not None
        label = label_before(folded[before : found.start])
        if label is None and _CREATED.search(folded[before : found.start]):
            label = "published" if found.time or _AT_HOUR.match(folded, found.end) else None
        yield replace(line, date=found, label=label, bare=line.bare and not (remark and label is None))
        before = found.end


def _is_marked(block: HtmlElement) -> bool:
    return any(element.tag == "time" or DATE_MARK.search(names(element)) for element in block.iter())


def _counted_back(
    block: HtmlElement, text: str, dates: list[WrittenDate], seen: datetime | None
) -> tuple[str, list[WrittenDate], bool]:
    """Read a line without a year: from its ``<time datetime>``, else from « il y a 3 jours »."""
    for element in block.iter():  # <time>, or a web component such as <relative-time>
        stamp = element.get("datetime") or element.get("title") or ""
        if stamp and (exact := written(stamp)):
            return stamp, exact[:1], False
    counted = relative(text, seen) if seen is not None and not dates else None
    return (text, [counted], True) if counted else (text, dates, False)


def _dateline(text: str, month_first: bool) -> Iterator[DateLine]:
    """Yield the date that opens the first paragraph of a press release."""
    start = text.lstrip()[:_DATELINE]
    dates = written(start, month_first)
    if dates and dates[0].as_day() is not None and is_dateline(start, dates[0]):
        yield DateLine(dates[0], start, marked=True)
