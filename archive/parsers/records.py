"""What does this page say, all in all? The one entry point: a page in, its records out."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Final

from archive.errors import PageError
from archive.memory import lifted
from archive.models import CoopDirectory, CoopMention, DepartmentMention, FoundDate, Page, Passage, Record
from archive.parsers.articles import article
from archive.parsers.clippings import board_records, own_page_record
from archive.parsers.coops import coops
from archive.parsers.departments import departments
from archive.parsers.events import events
from archive.parsers.feed_articles import feed_records
from archive.parsers.html import parse
from archive.parsers.kinds import CONTENT_TYPES, kind
from archive.parsers.quotes import quotes
from archive.parsers.structured import structured
from archive.parsers.surveys import survey

_OLD_OFFICE: Final = b"\xd0\xcf\x11\xe0"
_HEAD_OF_PDF: Final = 1024  # bytes, among which its first line may stand
# « Les » and a space, the longest article that may part the beginning of a name from that of its place.
_ARTICLE = 5


def records(page: Page, directory: CoopDirectory | None = None) -> list[Record]:
    """Return the records of a page: one for an article or a PDF, one a tile for a clipping board.

    Raises PageError, naming the address, when the page cannot be read.
    """
    return [with_facts(record, page, directory) for record in _read(page)]


def _read(page: Page) -> Iterable[Record]:
    if b"%PDF-" in page.body[:_HEAD_OF_PDF]:  # whatever its address or header claims
        with lifted():
            from archive.parsers.pdf import publication  # here: it takes longer to import than a page to read

        return [publication(page)]
    if (made := _of_document(page)) is not None:
        return [made]
    if page.hints.role == "full_feed":
        return feed_records(page)
    document = parse(page)
    data = structured(document)
    seen = survey(document, data, page)
    if clippings := board_records(document, data, page, seen.page):
        return clippings
    record = article(document, data, page, seen)
    if record.obstacle is None and (clipping := own_page_record(record, document, page)) is not None:
        return [clipping]
    return [record]


def _of_document(page: Page) -> Record | None:
    """Return the record of a text document or an e-mail, ``None`` for a page of the web."""
    head = page.body[:_HEAD_OF_PDF].lstrip()
    if head.startswith(b"<") or not head:
        return None
    if head.startswith(_OLD_OFFICE):
        raise PageError(f"{page.url}: an Office document of the old kind, or one that asks for a password")
    what = kind(page.body)
    if what in ("docx", "odt"):
        with lifted():
            from archive.parsers import text_documents  # here, as above

        return text_documents.docx(page) if what == "docx" else text_documents.odt(page)
    if what == "eml":
        with lifted():
            from archive.parsers.mails import mail

        return mail(page)
    told = (page.content_type or "").partition(";")[0].strip().lower()
    if head.startswith(b"PK") and told in (CONTENT_TYPES["docx"], CONTENT_TYPES["odt"]):
        raise PageError(f"{page.url}: the document is cut short or no ZIP file")
    return None


# Characters of a text in which facts are looked for: a book of 500 pages. The longest article of a
# thousand labelled pages has 108,000; what is longer is no article, and would keep all others waiting.
MOST_READ: Final = 1_000_000


def with_facts(record: Record, page: Page, directory: CoopDirectory | None) -> Record:
    """Return the record with the co-ops, departments, events and quotations of its title, kicker and text.

    ``facts_until`` says so where the text is longer than ``MOST_READ`` and was not read to its end.
    """
    if record.obstacle is not None:
        return record
    text = record.text[:MOST_READ]
    passages = tuple(
        passage
        for passage in (
            Passage("title", record.title or ""),
            Passage("kicker", record.kicker or ""),
            Passage("text", text),
        )
        if passage.text
    )
    if not passages:
        return record
    places = departments(passages, page.hints.region, record.language)
    named = coops(passages, places, directory, record.language)
    return replace(
        record,
        published=_placed(record.published, record.text),
        updated=_placed(record.updated, record.text),
        departments=without_names(places, named),
        coops=named,
        events=events(text, record.published, record.title),
        quotes=quotes(passages, record.language),
        facts_until=len(text) if len(text) < len(record.text) else None,
    )


def without_names(
    places: Sequence[DepartmentMention], named: Sequence[CoopMention]
) -> tuple[DepartmentMention, ...]:
    """Return the places but for those that are the very name of a co-op: La Coudre is a village as well."""
    ends = {(one.field, one.end): one.start for one in named}
    return tuple(
        place
        for place in places
        if place.via != "commune"
        or place.start - ends.get((place.field, place.end), -_ARTICLE) not in range(_ARTICLE)
    )


def _placed(found: FoundDate | None, text: str) -> FoundDate | None:
    """Return a date with the offsets of its evidence, where the text itself shows it."""
    if found is None or (start := text.find(found.evidence)) < 0:
        return found
    return replace(found, start=start, end=start + len(found.evidence))
