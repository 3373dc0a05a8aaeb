"""Where on the page does a reader see a date? Short lines with their label, place and surroundings."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Final, Literal

from lxml.html import HtmlElement

from archive.parsers.calendar_words import fold
from archive.parsers.html import Document
from archive.parsers.written_dates import WrittenDate, relative, written

Label = Literal["published", "modified"]


@dataclass(frozen=True, slots=True)
class DateLine:
    """One date that a reader sees in a short line.

    ``label`` says what the words before it call it. ``marked``: the markup calls it a date. ``bare``: the line
    holds hardly anything else. ``distance`` counts elements from the headline, negative above it, ``None``
    without a headline; ``headings`` counts the headings in between and ``prose`` the long paragraphs.
    """

    date: WrittenDate
    text: str
    label: Label | None
    marked: bool
    words: int
    bare: bool
    relative: bool
    distance: int | None
    headings: int
    prose: int


# What a text node must hold to be looked at: a year, a short numeric date, a day and a word, or a relative day.
_PROMISING: Final = re.compile(
    r"(?:19|20)\d\d|\d\s?[/.]\s?\d{1,2}\s?[/.]\s?\d\d|\d(?:er)?\s+[^\W\d_]{3}|il y a|\bhier\b|\bago\b|aujourd|yesterday"
)
_LONGEST_NODE: Final = 400
_LONGEST_LINE: Final = 200
_PROSE: Final = 160
_SPACES: Final = re.compile(r"\s+")
_HEADINGS: Final = frozenset(("h1", "h2", "h3", "h4"))
_ROWS: Final = frozenset(("dl", "tr", "p", "li", "time"))

_INVISIBLE: Final = frozenset(
    ("script", "style", "noscript", "template", "select", "option", "textarea", "svg", "head")
)
_APART: Final = frozenset(("footer", "nav", "aside", "figure", "figcaption", "blockquote"))
_INLINE: Final = frozenset(
    (
        "a",
        "abbr",
        "b",
        "big",
        "cite",
        "em",
        "font",
        "i",
        "label",
        "small",
        "span",
        "strong",
        "sub",
        "sup",
        "time",
        "u",
        "br",
        "bdi",
    )
)
# Class and id names of what other people or other articles say; tested below the headline's own ancestors.
_OTHERS: Final = re.compile(
    r"relat(?:ed|ion)|side-?bar|widget[_-]|comment(?!s?-link)|forum|reply|disqus|recent|latest|popular|trending|carousel|slider"
    r"|suggest|recommend|read-?more|see-?also|autres|dernieres|voir-?aussi|a-lire|similar|newsletter|ticker|weather|meteo"
)
# Names of a page's furniture, which designers also give to the line under a headline.
_FURNITURE: Final = re.compile(
    r"teaser|footer|menu|nav(?!y)|calend|agenda|also|copyright|legal|cookie|caption|legende|credit|archives?(?:-|$)|previous|next"
)
_BESIDE: Final = 10
_DATE_MARK: Final = re.compile(
    r"date|publi|posted|pubdate|timestamp|(?:^|[\s_-])time|created|meta|byline|info|quand|when|entry-footer|postinfo|author"
)

_PUBLISHED: Final = (
    r"publi\w{0,6}|mise? en ligne|mis en line|poste[es]{0,2}|paru\w{0,2}|ecrit|redige|cree|diffuse\w?|date|edite|ajoute|depose"
    r"|posted|published|created|submitted|added|written|first published|release date|veroffentlicht|erstellt|geschrieben"
    r"|publicado|pubblicato|geplaatst|gepubliceerd|opublikowano|dodano|dodana|data|datum|eingestellt|erschienen|datowany|erscheinungsdatum|veroffentlichungsdatum|publicatiedatum|data publikacji"
)
_MODIFIED: Final = (
    r"mise? a jour|maj|derniere modif\w*|modifie\w*|actualise\w*|revise\w*|corrige\w*|reedite|updated?|last (?:updated|modified|edited|changed)"
    r"|modified|edited|revised|aktualisiert|aktualisierung|geandert|stand|aktualizacja|actualizado|aggiornato|bijgewerkt|last change"
)
_LABEL: Final = re.compile(
    rf"(?<![^\W\d_])(?:(?P<modified>{_MODIFIED})|(?P<published>{_PUBLISHED}))(?![^\W\d_])"
)
# Between a label and its date: a preposition, a weekday, an author's name; a sentence end parts them.
_LABEL_REACH: Final = 60
_SENTENCE_END: Final = re.compile(r"[.!?;]\s+[a-z]{4}")

# Words that tie a date to something else than this page's publication.
_OTHER_MATTER: Final = re.compile(
    r"(?<![^\W\d_])(?:du \d|jusqu|depuis|loi|decret|arrete|ordonnance|nee?|couverture|journal du|journal officiel|photo|copyright"
    r"|inscri\w+|bonne fete|saint|congres|avant le|a partir|rendez-vous|prochain\w*|reserv\w+|expire|valable|rcs|siret"
    r"|volume|vol|isbn|consulte|acces|retrieved|numero du|edition du|archives?)(?![^\W\d_])|©|\(c\)"
)
_WORD: Final = re.compile(r"[^\W\d_]{2,}")
_MOST_WORDS_BESIDE: Final = 8
_SHORTEST_TITLE: Final = 12


@dataclass(frozen=True, slots=True)
class _Sight:
    """A date line before its place on the page is known; ``index`` counts elements from the top."""

    date: WrittenDate
    text: str
    label: Label | None
    marked: bool
    words: int
    bare: bool
    relative: bool
    block: HtmlElement
    index: int


def date_lines(
    document: Document, headline: HtmlElement | None, month_first: bool = False, seen: date | None = None
) -> list[DateLine]:
    """Return the dates that stand in short lines of the page's own content, in page order.

    Days counted back (« hier ») are read only when ``seen``, the day of the fetch, is known.
    """
    sights: list[_Sight] = []
    headings: list[int] = []
    prose: list[int] = []
    top: int | None = None
    done: set[HtmlElement] = set()
    for index, element in enumerate(_body(document).iter()):
        if element is headline:
            top = index
        elif element.tag in _HEADINGS:
            headings.append(index)
        for text, holder in ((element.text, element), (element.tail, element.getparent())):
            if not text or holder is None or (element.tag in _INVISIBLE and holder is element):
                continue
            if len(text) > _PROSE:
                prose.append(index)
                if top is not None and len(prose) == 1 and (start := _dateline(text, month_first)):
                    sights.append(_Sight(*start, holder, index))
            if len(text) > _LONGEST_NODE or not _PROMISING.search(text.lower()):
                continue
            block = _block(holder, headline)
            if block not in done and block is not headline:
                done.add(block)
                sights.extend(_Sight(*line, block, index) for line in _read(block, headline, month_first, seen))
    return [_placed(sight, top, headings, prose) for sight in sights if _belongs(sight, headline, top)]


def _belongs(sight: _Sight, headline: HtmlElement | None, top: int | None) -> bool:
    """Tell whether a line is the article's own. Beside the headline and under a label names matter less."""
    beside = top is not None and abs(sight.index - top) <= _BESIDE
    return is_ours(sight.block, headline, lenient=beside or sight.label is not None)


def _placed(sight: _Sight, top: int | None, headings: list[int], prose: list[int]) -> DateLine:
    first, last = sorted((sight.index, top or 0))
    return DateLine(
        sight.date,
        sight.text,
        sight.label,
        sight.marked,
        sight.words,
        sight.bare,
        sight.relative,
        None if top is None else sight.index - top,
        sum(first < heading < last for heading in headings),
        sum(first < paragraph < last for paragraph in prose),
    )


def headline_of(document: Document) -> HtmlElement | None:
    """Guess the headline where nothing better is known: the heading that the page's title begins with."""
    title = _squeezed(document.tree.findtext(".//title") or "")
    fallback: HtmlElement | None = None
    for level in ("h1", "h2", "h3"):
        for heading in document.tree.iter(level):
            words = _squeezed(heading.text_content())
            if len(words) > 3 and words in title:
                return heading
            if level == "h1" and words and fallback is None:
                fallback = heading
    return fallback


def _squeezed(text: str) -> str:
    return "".join(char for char in fold(text) if char.isalnum())


def _body(document: Document) -> HtmlElement:
    body = document.tree.find("body")
    return document.tree if body is None else body


def _block(holder: HtmlElement, headline: HtmlElement | None) -> HtmlElement:
    """Climb from the element that holds a date to the short line around it: spans, labels, a table row."""
    block = holder
    while (parent := block.getparent()) is not None and parent is not headline and parent.tag != "body":
        if block.tag not in _INLINE and (_LABEL.search(fold(_text(block))) or parent.tag not in _ROWS):
            break
        if len(_text(parent)) > _LONGEST_LINE or (headline is not None and _holds(parent, headline)):
            break
        block = parent
    return block


def _holds(element: HtmlElement, headline: HtmlElement) -> bool:
    return element is headline or any(ancestor is element for ancestor in headline.iterancestors())


def _text(element: HtmlElement) -> str:
    """Return the element's text with white space joined, cut soon after the longest line."""
    parts: list[str] = []
    length = 0
    for part in element.itertext():
        parts.append(part)
        length += len(part.strip())
        if length > _LONGEST_LINE:
            break
    return _SPACES.sub(" ", " ".join(parts)).strip()


def is_ours(block: HtmlElement, headline: HtmlElement | None, lenient: bool = False) -> bool:
    """Tell whether an element is the article's own: not a footer's, a teaser's or a comment's.

    ``lenient`` refuses only comments, sidebars and lists of other articles.
    """
    for element in (block, *block.iterancestors()):
        if element.tag in ("body", "html") or (headline is not None and _holds(element, headline)):
            return True
        if element.tag in _INVISIBLE or (not lenient and element.tag in _APART):
            return False
        names = _names(element)
        if names and (_OTHERS.search(names) or (not lenient and _FURNITURE.search(names))):
            return False
    return True


def _names(element: HtmlElement) -> str:
    return f"{element.get('class') or ''} {element.get('id') or ''}".lower()


_Line = tuple[WrittenDate, str, Label | None, bool, int, bool, bool]


def _read(
    block: HtmlElement, headline: HtmlElement | None, month_first: bool, seen: date | None
) -> Iterator[_Line]:
    text = _text(block)
    if len(text) > _LONGEST_LINE:
        return
    dates = written(text, month_first)
    counted = False
    if not any(found.year for found in dates):
        text, dates, counted = _counted_back(block, text, dates, seen)
    folded = fold(text)
    marked = any(
        _DATE_MARK.search(_names(element)) or element.tag == "time"
        for element in (block, *block.iterdescendants())
    )
    words = _words_beside(folded, dates, headline)
    bare = words <= _MOST_WORDS_BESIDE and not _OTHER_MATTER.search(folded)
    before, label = 0, None
    for found in dates:
        # What follows a labelled date without a label of its own is a remark on it.
        remark = label is not None
        label = _label(folded[before : found.start])
        yield found, text, label, marked, words, bare and not (remark and label is None), counted
        before = found.end


def _counted_back(
    block: HtmlElement, text: str, dates: list[WrittenDate], seen: date | None
) -> tuple[str, list[WrittenDate], bool]:
    """Read a line without a year: from its ``<time datetime>``, else from « il y a 3 jours »."""
    for element in block.iter("time"):
        stamp = element.get("datetime") or ""
        if exact := written(stamp):
            return stamp, exact[:1], False
    counted = relative(text, seen) if seen is not None and not dates else None
    return (text, [counted], True) if counted else (text, dates, False)


# « Paris, le 12 mai 2019 – », « (18.01.2018) »: what may stand before and must stand after such a date.
_PLACE: Final = re.compile(r"\(?\s*(?:[^\W\d_][\w'’-]{1,30}(?:\s[\w'’-]{1,30}){0,3},?\s)?(?:le\s|the\s)?")
_AFTER_DATELINE: Final = re.compile(r"\s*(?:[)–—:-]|\.\s)")
_DATELINE: Final = 80


def _dateline(text: str, month_first: bool) -> _Line | None:
    """Read the date that opens the first paragraph of a press release."""
    start = text.lstrip()[:_DATELINE]
    dates = written(start, month_first)
    if not dates or dates[0].as_day() is None:
        return None
    first = dates[0]
    if not _PLACE.fullmatch(start[: first.start]) or not _AFTER_DATELINE.match(start, first.end):
        return None
    return first, start, None, False, 0, True, False


def _label(before: str) -> Label | None:
    """Return what the nearest label in the words before a date calls it."""
    labels = list(_LABEL.finditer(before[-_LABEL_REACH:]))
    if not labels or _SENTENCE_END.search(before[-_LABEL_REACH:], labels[-1].end()):
        return None
    return "modified" if labels[-1]["modified"] else "published"


def _words_beside(folded: str, dates: list[WrittenDate], headline: HtmlElement | None) -> int:
    """Count the words of a line besides its dates, their labels and the headline repeated."""
    for found in reversed(dates):
        folded = f"{folded[: found.start]} {folded[found.end :]}"
    if headline is not None and len(title := fold(_text(headline))) > _SHORTEST_TITLE:
        folded = folded.replace(title, " ")
    return len(_WORD.findall(_LABEL.sub(" ", folded)))
