"""What does a brochure or newsletter in PDF say? Its text in reading order, its title and its date."""

import io
import re
import struct
import zlib
from collections import Counter
from collections.abc import Sequence
from typing import Final
from urllib.parse import unquote, urlsplit

from pdfminer.pdfdocument import PDFDocument, PDFPasswordIncorrect, PDFTextExtractionNotAllowed
from pdfminer.pdfexceptions import PDFException
from pdfminer.pdfparser import PDFParser
from pdfminer.psexceptions import PSException
from pdfminer.utils import decode_text

from archive.errors import PageError
from archive.models import FoundDate, Page, Record, Section
from archive.parsers.blocks import squeeze
from archive.parsers.figures import figures
from archive.parsers.language import language
from archive.parsers.outlets import fold
from archive.parsers.pdf_lines import Sheet, sheets
from archive.parsers.pdf_paragraphs import Paragraph, paragraphs
from archive.parsers.written_dates import written

# The archive reads no more of one document: a larger one comes without its end.
_MOST_BYTES: Final = 64 << 20

# What pdfminer lets through on broken files, besides its own errors.
_BROKEN: Final = (
    PSException, PDFException, ValueError, TypeError, KeyError, IndexError, AttributeError, AssertionError,
    RecursionError, OverflowError, EOFError, struct.error, zlib.error,
)  # fmt: skip

_FAR_OUT: Final = 0.09  # of the page's height: small print this near to its end is no footnote
_LETTERS: Final = re.compile(r"[^\W\d_]{2}")
_LONGEST_HEADING: Final = 120
_OUTLINED: Final = 200  # curves on a page: letters drawn as lines
_CAPTION: Final = 200  # characters: a page of text has more
_ISSUE: Final = re.compile(r"\b(?:n\s?[°ºo]|num[ée]ro)\s?(\d{1,4})\b(?!\s?(?:%|euros))", re.IGNORECASE)
_DIGITS: Final = re.compile(r"\d+")
_FOLIO: Final = re.compile(r"(?:^|\W)(?:page|p\.)\s?\d+|^\W*\d{1,3}\W*$", re.IGNORECASE)
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


def publication(page: Page) -> Record:
    """Return the PDF's record, facts of its text not yet looked for.

    A scan without text has an empty text, and ``needs_ocr``. Raises PageError when the file is broken, asks
    for a password or is too large.
    """
    if len(page.body) >= _MOST_BYTES:
        raise PageError(f"{page.url}: a PDF of {_MOST_BYTES >> 20} MiB or more")
    try:
        info = _info(page.body)
        read = list(sheets(page.body))
    except (PDFPasswordIncorrect, PDFTextExtractionNotAllowed) as error:
        raise PageError(f"{page.url}: the PDF asks for a password") from error
    except _BROKEN as error:
        raise PageError(f"{page.url}: the PDF cannot be read ({type(error).__name__}: {error})") from error
    if not read:
        raise PageError(f"{page.url}: the PDF has no page")
    found = paragraphs(read)
    running = _running(found)
    body = [one for one in found if one not in running]
    title = _title(info, body)
    shown = [one for one in body if one.text != title]
    text, starts = _laid_out(shown)
    needs_ocr = _needs_ocr(read, text) and not _was_recognised(info)
    if not text and not needs_ocr:
        raise PageError(f"{page.url}: neither text nor pictures can be read on the pages of the PDF")
    sections = _sections(shown, starts)
    return Record(
        url=page.url,
        kind="publication",
        title=title,
        language=language(None, text),
        published=_published(page, title, running, body),
        outlet=page.hints.outlet or _outlet(info, running),
        text=text,
        issue=_issue(title, running, body),
        pages=_page_starts(shown, starts, len(read)),
        sections=sections,
        figures=figures(text, {section.start for section in sections}),
        needs_ocr=needs_ocr,
    )


def _info(body: bytes) -> dict[str, str]:
    """Return the document's own metadata as text."""
    document = PDFDocument(PDFParser(io.BytesIO(body)))
    found: dict[str, str] = {}
    for values in document.info:
        for key in ("Title", "Author", "Creator", "Producer"):
            raw = values.get(key)
            if isinstance(raw, bytes) and (text := squeeze(decode_text(raw).replace("\x00", ""))):
                found.setdefault(key, text)
    return found


def _laid_out(shown: Sequence[Paragraph]) -> tuple[str, list[int]]:
    """Return the text, a paragraph a line, and where each begins in it."""
    starts, at = [], 0
    for one in shown:
        starts.append(at)
        at += len(one.text) + 1
    return "\n".join(one.text for one in shown), starts


def _page_starts(shown: Sequence[Paragraph], starts: Sequence[int], count: int) -> tuple[int, ...]:
    """Return for each page where in the text what begins on it begins; a page without text adds nothing."""
    found, at = [], 0
    end = starts[-1] + len(shown[-1].text) if starts else 0
    for number in range(1, count + 1):
        while at < len(shown) and shown[at].page < number:
            at += 1
        found.append(starts[at] if at < len(shown) else end)
    return tuple(found)


def _sections(shown: Sequence[Paragraph], starts: Sequence[int]) -> tuple[Section, ...]:
    """Return the headings of the text: short, and larger or bolder than what they head."""
    usual = _usual_size(shown)
    return tuple(
        Section(one.text, start, start + len(one.text), one.page)
        for one, start in zip(shown, starts, strict=True)
        if _is_heading(one, usual)
    )


def _is_heading(one: Paragraph, usual: float) -> bool:
    if (
        len(one.text) > _LONGEST_HEADING
        or not _LETTERS.search(one.text)
        or one.text.endswith((".", ",", ";"))
    ):
        return False
    return one.size > usual * 1.1 or (one.bold and one.size > usual * 0.98)


def _usual_size(found: Sequence[Paragraph]) -> float:
    """Return the type size in which most of the text is set."""
    letters: Counter[float] = Counter()
    for one in found:
        letters[round(one.size, 1)] += len(one.text)
    return letters.most_common(1)[0][0] if letters else 0.0


def _needs_ocr(read: Sequence[Sheet], text: str) -> bool:
    """Say whether the pages are pictures of text: most have none of their own, or a caption at the most.

    Letters that were turned into lines are pictures too.
    """
    silent = [sheet for sheet in read if sum(len(line.text) for line in sheet.lines) < _CAPTION]
    pictured = [sheet for sheet in silent if sheet.pictured > 0.5 or sheet.curves >= _OUTLINED]
    return len(pictured) * 2 >= len(read) or (not text and any(sheet.pictured for sheet in read))


def _was_recognised(info: dict[str, str]) -> bool:
    return any("ocrmypdf" in info.get(key, "").lower() for key in ("Creator", "Producer"))


def _issue(title: str | None, running: Sequence[Paragraph], body: Sequence[Paragraph]) -> str | None:
    """Return the number of the issue, as « n° 39 » in the title, a running line or near the top."""
    first = [one.text for one in body if one.page == 1 and len(one.text) <= _LONGEST_DATE_LINE]
    texts = [title or "", *(one.text for one in running), *first[:_FIRST_LINES]]
    return next((match[1] for text in texts if (match := _ISSUE.search(text))), None)


def _running(found: Sequence[Paragraph]) -> list[Paragraph]:
    """Return the running heads and feet: in the margin and repeated, numbered or set smaller."""
    usual = _usual_size(found)
    seen = Counter(_DIGITS.sub("#", one.text) for one in found if one.in_margin)
    return [
        one
        for one in found
        if one.in_margin
        and len(one.text) <= _LONGEST_TITLE
        and (
            seen[_DIGITS.sub("#", one.text)] > 1
            or _FOLIO.search(one.text)
            or (one.size < usual * 0.97 and one.edge < _FAR_OUT)
        )
    ]


def _title(info: dict[str, str], body: Sequence[Paragraph]) -> str | None:
    """Return the title of the metadata unless a program set it, else the largest line of the first page."""
    declared = info.get("Title")
    if declared and not _NO_TITLE.search(declared):
        return declared
    first = [line for line in body if line.page == 1 and len(line.text) <= _LONGEST_TITLE]
    if not first:
        return None
    largest = max(first, key=lambda line: (line.size, line.top))
    usual = _usual_size(body)
    return largest.text if largest.size > usual * 1.1 else None


def _outlet(info: dict[str, str], running: Sequence[Paragraph]) -> str | None:
    """Return the author of the metadata where the running lines show it as the publisher."""
    author = info.get("Author")
    if author is None or _NOBODY.match(author):
        return None
    return author if any(fold(author) in fold(line.text) for line in running) else None


def _published(
    page: Page, title: str | None, running: Sequence[Paragraph], body: Sequence[Paragraph]
) -> FoundDate | None:
    """Return the issue's date: in its title, its running lines, the short lines of page one, or its address.

    The file's creation date is left alone: it tells when the file was made, or made again.
    """
    first = [line.text for line in body if line.page == 1 and len(line.text) <= _LONGEST_DATE_LINE]
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
