"""Frozen values that pass between the stages; nothing here computes.

``None`` means that the page does not say; it is never replaced by ``""`` or by today.
Offsets count characters (Python ``str`` indices, end exclusive).
"""

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Literal, Protocol

SourceKind = Literal["union", "press", "board", "blog", "publication"]
RecordKind = Literal["article", "clipping", "publication"]
Role = Literal["article", "original", "board", "listing", "feed", "full_feed", "sitemap", "robots", "other"]
Precision = Literal["day", "month", "year"]
Field = Literal["title", "kicker", "text"]
Obstacle = Literal["login", "not_found", "bot_wall"]
CoopStatus = Literal["directory", "discovered", "ambiguous"]

# What a site answers for a page that is no more.
GONE = (404, 410)


# --- fetched ---------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Exchange:
    """One request and its response as the crawler saw them, before anything is kept or parsed.

    ``body`` is as received after transfer decoding, still under its ``Content-Encoding``.
    ``fetched_at`` is aware (UTC). ``announced`` is the ISO date that a feed or sitemap gave for the page.
    ``noarchive`` says that the site wants no copy kept: then ``body`` is empty. ``tdm_reservation`` is what
    the site declares on text and data mining (``1``: rights reserved). ``imported_from`` names the archive
    file of others that the response was taken from; ``added_by`` and ``added_why`` tell who brought it in by
    hand, and what for.
    """

    source: str
    role: Role
    url: str
    status: int
    reason: str
    headers: Sequence[tuple[str, str]]
    body: bytes
    fetched_at: datetime
    request_method: str = "GET"
    request_headers: Sequence[tuple[str, str]] = ()
    ip_address: str | None = None
    announced: str | None = None
    via: str | None = None
    noarchive: bool = False
    tdm_reservation: str | None = None
    imported_from: str | None = None
    added_by: str | None = None
    added_why: str | None = None


@dataclass(frozen=True, slots=True)
class Place:
    """Where a record begins: byte ``offset`` of the WARC file called ``file``."""

    file: str
    offset: int


@dataclass(frozen=True, slots=True)
class Capture:
    """Where one response lies in the raw archive. ``offset`` and ``length`` are bytes of the gzip member.

    ``original`` is the earlier response whose body this one repeats, ``None`` when it has its own.
    """

    source: str
    role: Role
    url: str
    status: int
    content_type: str | None
    fetched_at: datetime
    digest: str
    file: str
    offset: int
    length: int
    announced: str | None = None
    etag: str | None = None
    last_modified: str | None = None
    noarchive: bool = False
    tdm_reservation: str | None = None
    original: Place | None = None
    imported_from: str | None = None
    added_by: str | None = None
    added_why: str | None = None


@dataclass(frozen=True, slots=True)
class Visits:
    """What is known of a page from all answers it gave.

    ``url`` is the address that answered last, with ``status``. ``since`` is when the page was first seen as
    it still is, ``last`` when it was last asked (both aware, UTC).
    """

    url: str
    status: int
    since: datetime
    last: datetime


# --- read ------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Layout:
    """CSS selectors that help on one site, valid for pages published up to ``until`` (``None``: still)."""

    body: str | None = None
    title: str | None = None
    published: str | None = None
    until: date | None = None


@dataclass(frozen=True, slots=True)
class Image:
    """An image of the page's own content, absolute; ``caption`` is what the page writes under it."""

    url: str
    caption: str | None = None


@dataclass(frozen=True, slots=True)
class Site:
    """What the pages of a source have taught about it.

    ``root`` is the signature of the element that holds the body on most of them (see
    ``parsers.site_habits``), ``repeated`` the digests of blocks that stand on several.
    """

    root: str | None = None
    repeated: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True)
class Hints:
    """What the source knows about its pages before one is read.

    ``region`` holds department codes of the source's territory, to settle place names with namesakes.
    ``announced`` is the ISO date given by the feed or sitemap that led to the page. ``site`` is what other
    pages of the source have taught; a page must be readable without.
    """

    kind: SourceKind | None = None
    role: Role = "article"
    outlet: str | None = None
    region: tuple[str, ...] = ()
    layouts: tuple[Layout, ...] = ()
    announced: str | None = None
    site: Site = Site()


@dataclass(frozen=True, slots=True)
class Page:
    """A page to be read: decoded of its Content-Encoding, not of its character set."""

    url: str
    body: bytes
    content_type: str | None = None
    fetched_at: datetime | None = None
    hints: Hints = field(default_factory=Hints)


@dataclass(frozen=True, slots=True)
class Passage:
    """A part of the page's own content in which facts are looked for."""

    field: Field
    text: str


@dataclass(frozen=True, slots=True)
class OtherDate:
    """A date that the page also gives for the same thing and that was not believed."""

    value: str
    rule: str
    evidence: str


@dataclass(frozen=True, slots=True)
class FoundDate:
    """A date as far as the page tells it: ``2018-09-20``, ``2018-09`` or ``2018``.

    ``time`` is ``HH:MM`` in Europe/Paris where the page gives one. ``evidence`` is the exact wording;
    ``start`` and ``end`` are its offsets in the record's text, when it stands there. ``others`` are the
    page's other answers that disagree, so that a person can see what was decided against.
    """

    value: str
    precision: Precision
    rule: str
    evidence: str
    time: str | None = None
    start: int | None = None
    end: int | None = None
    others: tuple[OtherDate, ...] = ()


@dataclass(frozen=True, slots=True)
class CoopMention:
    """A co-op named in a passage: ``surface`` is ``text[start:end]`` of the passage called ``field``.

    ``status`` is ``ambiguous`` where several co-ops of the directory share the name and nothing on the page
    tells which is meant. ``confidence`` (0 to 1) is that of the rule.
    """

    name: str
    form: str | None
    department: str | None
    siren: str | None
    status: CoopStatus
    surface: str
    start: int
    end: int
    rule: str
    field: Field = "text"
    confidence: float = 1.0


@dataclass(frozen=True, slots=True)
class DepartmentMention:
    """A department that a passage speaks of: by code, by name, by postal code or by one of its communes."""

    code: str
    via: Literal["code", "name", "postal_code", "commune"]
    evidence: str
    start: int
    end: int
    field: Field = "text"


@dataclass(frozen=True, slots=True)
class Event:
    """A dated happening: ``start`` and ``end`` are ISO dates or ``YYYY-MM-DDTHH:MM`` (Europe/Paris)."""

    start: str
    what: str
    evidence: str
    end: str | None = None
    place: str | None = None
    evidence_start: int | None = None
    evidence_end: int | None = None


@dataclass(frozen=True, slots=True)
class Link:
    """An outgoing link of the page's own content, absolute."""

    url: str
    text: str


@dataclass(frozen=True, slots=True)
class Quote:
    """What somebody is quoted with: ``quote`` is ``text[start:end]`` of the passage called ``field``.

    The speaker's name stands at ``speaker_start`` to ``speaker_end`` of the same passage; ``None`` where the
    text gives no name. ``role`` is what the text says they are. ``confidence`` (0 to 1) is that of the rule.
    """

    field: Field
    start: int
    end: int
    quote: str
    speaker: str | None
    speaker_start: int | None
    speaker_end: int | None
    role: str | None
    rule: str
    confidence: float


@dataclass(frozen=True, slots=True)
class Section:
    """A heading of a publication, at ``text[start:end]`` of the record, on a page (from 1) if it has one."""

    title: str
    start: int
    end: int
    page: int | None


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure of a survey or report: ``value`` of what ``label`` says, as « 62 % » of « des associés … ».

    ``unit`` is ``%``, ``€`` or ``None`` for a plain count. ``evidence`` is ``text[start:end]``.
    """

    label: str
    value: float
    unit: str | None
    evidence: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Shape:
    """What one page can teach about its site: its content root's signature, the digests of its blocks."""

    root: str
    blocks: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Record:
    """What one page (or one tile of a clipping board) says, with its evidence.

    Of a publication, ``issue`` is its number, ``pages`` where in the text each page begins, and ``needs_ocr``
    says that its pages are pictures of text.
    ``facts_until`` is the length of the part of an enormous text in which co-ops, departments and events were
    looked for; ``None``, as nearly always, means all of it.
    """

    url: str
    kind: RecordKind
    canonical: str | None = None
    title: str | None = None
    kicker: str | None = None
    language: str | None = None
    published: FoundDate | None = None
    updated: FoundDate | None = None
    authors: tuple[str, ...] = ()
    outlet: str | None = None
    outlet_rule: str | None = None
    text: str = ""
    coops: tuple[CoopMention, ...] = ()
    departments: tuple[DepartmentMention, ...] = ()
    events: tuple[Event, ...] = ()
    links: tuple[Link, ...] = ()
    images: tuple[Image, ...] = ()
    board: str | None = None
    original: str | None = None
    position: int | None = None
    paywalled: bool = False
    facts_until: int | None = None
    issue: str | None = None
    pages: tuple[int, ...] = ()
    sections: tuple[Section, ...] = ()
    figures: tuple[Figure, ...] = ()
    needs_ocr: bool = False
    quotes: tuple[Quote, ...] = ()
    obstacle: Obstacle | None = None
    shape: Shape | None = None

    def page_at(self, start: int) -> int | None:
        """Return the page of a publication (from 1) on which the text has this offset, else ``None``."""
        return bisect_right(self.pages, start) or None


# --- the co-op directory, passed into the parsers ----------------------------------------------


@dataclass(frozen=True, slots=True)
class CoopEntry:
    """One co-op of the directory. ``department`` is an INSEE code (``01``, ``2A``, ``974``)."""

    name: str
    form: str | None = None
    siren: str | None = None
    commune: str | None = None
    department: str | None = None
    website: str | None = None
    aliases: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class CoopMatch:
    """A directory name or alias that stands at ``text[start:end]``; several entries may share a name."""

    start: int
    end: int
    entries: tuple[CoopEntry, ...]


class CoopDirectory(Protocol):
    """What the parsers need of a co-op directory."""

    def matches(self, text: str) -> Sequence[CoopMatch]:
        """Return the longest, non-overlapping whole-word matches in ``text``, in order."""
        ...
