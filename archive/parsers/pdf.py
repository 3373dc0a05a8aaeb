"""What does a brochure or newsletter in PDF say? Its text in reading order, its title and its date."""

import io
import re
import struct
import zlib
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from statistics import median
from typing import Final
from urllib.parse import unquote, urlsplit

from pdfminer.high_level import extract_pages
from pdfminer.layout import LAParams, LTChar, LTPage, LTTextBox, LTTextLine
from pdfminer.pdfdocument import PDFDocument
from pdfminer.pdfexceptions import PDFException
from pdfminer.pdfparser import PDFParser
from pdfminer.psexceptions import PSException
from pdfminer.utils import decode_text

from archive.errors import PageError
from archive.models import FoundDate, Page, Record
from archive.parsers.blocks import squeeze
from archive.parsers.language import language
from archive.parsers.outlets import fold
from archive.parsers.written_dates import written

# A brochure is shorter; a report of a thousand pages must not hold up the rest.
_MOST_PAGES: Final = 120

# What pdfminer lets through on broken files, besides its own errors.
_BROKEN: Final = (
    PSException, PDFException, ValueError, TypeError, KeyError, IndexError, AttributeError, AssertionError,
    RecursionError, OverflowError, EOFError, struct.error, zlib.error,
)  # fmt: skip

_MARGIN: Final = 0.09  # of the page's height, above and below
_DIGITS: Final = re.compile(r"\d+")
_FOLIO: Final = re.compile(r"(?:^|\W)(?:page|p\.)\s?\d+|^\W*\d{1,3}\W*$", re.IGNORECASE)
_HYPHENATED: Final = re.compile(r"(?<=[a-zà-ÿ])[-\u2010\u00ad]\n(?=[a-zà-ÿ])")
# Titles that a program or a scanner set.
_NO_TITLE: Final = re.compile(
    r"^(?:untitled|sans titre|sans nom|scan\w*|document\s?\d*|unknown|pr[ée]sentation powerpoint"
    r"|microsoft word.*|\(?anonymous\)?|mise en page \d+)$"
    r"|\.(?:docx?|indd|pdf|qxp|odt|pptx?|xlsx?|pub)$|^[\d_\W]*$",
    re.IGNORECASE,
)
_NOBODY: Final = re.compile(
    r"^(?:\(?anonymous\)?|\(?unspecified\)?|unknown|user|admin\w*|.*microsoft.*|windows.*)?$", re.IGNORECASE
)
_YEAR: Final = re.compile(r"(?<!\d)(?:19[5-9]\d|20[0-4]\d)(?!\d)")
_LONGEST_TITLE: Final = 200
_LONGEST_DATE_LINE: Final = 80
_FIRST_LINES: Final = 12  # of page one, among which an issue may give its date


@dataclass(frozen=True, slots=True)
class _Line:
    """One line or paragraph of a page; ``size`` is its type size in points."""

    page: int
    text: str
    size: float
    top: float
    in_margin: bool


def publication(page: Page) -> Record:
    """Return the PDF's record, facts of its text not yet looked for.

    A scan without text has an empty text. Raises PageError when the file is broken or asks for a password.
    """
    try:
        info = _info(page.body)
        lines = list(_lines(page.body))
    except _BROKEN as error:
        raise PageError(f"{page.url}: the PDF cannot be read ({type(error).__name__}: {error})") from error
    running = _running(lines)
    body = [line for line in lines if line not in running]
    title = _title(info, body)
    text = "\n".join(line.text for line in body if line.text != title)
    return Record(
        url=page.url,
        kind="publication",
        title=title,
        language=language(None, text),
        published=_published(page, title, running, body),
        outlet=page.hints.outlet or _outlet(info, running),
        text=text,
    )


def _info(body: bytes) -> dict[str, str]:
    """Return the document's own metadata as text."""
    document = PDFDocument(PDFParser(io.BytesIO(body)))
    found: dict[str, str] = {}
    for values in document.info:
        for key in ("Title", "Author"):
            raw = values.get(key)
            if isinstance(raw, bytes) and (text := squeeze(decode_text(raw).replace("\x00", ""))):
                found.setdefault(key, text)
    return found


def _lines(body: bytes) -> Iterator[_Line]:
    layout = LAParams(boxes_flow=0.5)
    for number, sheet in enumerate(extract_pages(io.BytesIO(body), maxpages=_MOST_PAGES, laparams=layout)):
        for box in sheet:
            if isinstance(box, LTTextBox) and (line := _line(box, sheet, number)) is not None:
                yield line


def _line(box: LTTextBox, sheet: LTPage, number: int) -> _Line | None:
    joined = _HYPHENATED.sub("", box.get_text().strip())
    text = squeeze(joined.replace("\x00", ""))
    if not text:
        return None
    sizes = [
        char.size for line in box if isinstance(line, LTTextLine) for char in line if isinstance(char, LTChar)
    ]
    edge = _MARGIN * sheet.height
    outside = box.y0 - sheet.y0 > sheet.height - edge or box.y1 - sheet.y0 < edge
    return _Line(number, text, median(sizes) if sizes else 0.0, box.y1, outside)


def _running(lines: list[_Line]) -> list[_Line]:
    """Return the running heads and feet: in the margin and repeated, numbered or set smaller."""
    if not lines:
        return []
    usual = median([size for line in lines for size in [line.size] * len(line.text)])
    seen = Counter(_DIGITS.sub("#", line.text) for line in lines if line.in_margin)
    return [
        line
        for line in lines
        if line.in_margin
        and len(line.text) <= _LONGEST_TITLE
        and (seen[_DIGITS.sub("#", line.text)] > 1 or _FOLIO.search(line.text) or line.size < usual * 0.97)
    ]


def _title(info: dict[str, str], body: list[_Line]) -> str | None:
    """Return the title of the metadata unless a program set it, else the largest line of the first page."""
    declared = info.get("Title")
    if declared and not _NO_TITLE.search(declared):
        return declared
    first = [line for line in body if line.page == 0 and len(line.text) <= _LONGEST_TITLE]
    if not first:
        return None
    largest = max(first, key=lambda line: (line.size, line.top))
    usual = median(line.size for line in body)
    return largest.text if largest.size > usual * 1.1 else None


def _outlet(info: dict[str, str], running: list[_Line]) -> str | None:
    """Return the author of the metadata where the running lines show it as the publisher."""
    author = info.get("Author")
    if author is None or _NOBODY.match(author):
        return None
    return author if any(fold(author) in fold(line.text) for line in running) else None


def _published(page: Page, title: str | None, running: list[_Line], body: list[_Line]) -> FoundDate | None:
    """Return the issue's date: in its title, its running lines, the short lines of page one, or its address.

    The file's creation date is left alone: it tells when the file was made, or made again.
    """
    first = [line.text for line in body if line.page == 0 and len(line.text) <= _LONGEST_DATE_LINE]
    name = _file_name(page.url).replace("_", " ")
    places = (
        ("pdf_title", [title or ""]),
        ("pdf_running", [line.text for line in running]),
        ("pdf_line", first[:_FIRST_LINES]),
        # « lettre-39-novembre-2011.pdf »: with commas, 39 is not taken for a day.
        ("url", [name, name.replace("-", ", ")]),
    )
    for rule, texts in places:
        found = next((one for text in texts if (one := _written(text, rule))), None)
        if found is None and rule != "pdf_line":
            found = next((one for text in texts if (one := _year(text, rule))), None)
        if found is not None:
            return found
    return None


def _file_name(url: str) -> str:
    """Return the file's name; one that was brought in without an address has it behind its digest.

    >>> _file_name("https://a.example/f/lettre%2039.pdf"), _file_name("urn:sha1:ABC#lettre-39.pdf")
    ('lettre 39.pdf', 'lettre-39.pdf')
    """
    parts = urlsplit(url)
    return unquote(parts.fragment if parts.scheme == "urn" else parts.path.rsplit("/", 1)[-1])


def _written(text: str, rule: str) -> FoundDate | None:
    dated = next((one for one in written(text) if one.year), None)
    if dated is None:
        return None
    return FoundDate(dated.value, dated.precision, rule, text[dated.start : dated.end])


def _year(text: str, rule: str) -> FoundDate | None:
    match = _YEAR.search(text)
    return FoundDate(match.group(), "year", rule, match.group()) if match else None
