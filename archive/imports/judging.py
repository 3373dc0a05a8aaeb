"""Can this record of someone else's archive be believed? Its digests, its date, its address, what it is."""

import base64
import hashlib
import io
import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from urllib.parse import urlsplit

from warcio.bufferedreaders import BufferedReader, ChunkedDataReader
from warcio.recordloader import ArcWarcRecord

from archive.imports.sources import HOST
from archive.imports.unpacking import CHUNK, Damaged, Torn

Headers = Sequence[tuple[str, str]]

# No page of interest is larger; the archive itself reads no more of one.
MOST_BODY = 64 << 20
_LONGEST_ADDRESS = 4_000
# The first browser is of 1990; nothing was archived from the web before.
_FIRST_YEAR = 1990
_DAY = timedelta(days=1)
_PAGES = re.compile(
    r"^(?:text/html|application/(?:xhtml\+xml|pdf|x-pdf|vnd\.oasis\.opendocument\.text"
    r"|vnd\.openxmlformats-officedocument\.wordprocessingml\.document)|message/rfc822)\s*(?:;|$)",
    re.IGNORECASE,
)
# Servers that do not know a file's kind say one of these.
_UNKNOWN = re.compile(
    r"^(?:application/(?:octet-stream|download|x-download|force-download)|unk|no-type)?\s*(?:;|$)", re.I
)
_BEGINS_AS_PAGE = re.compile(rb"^(?:\xef\xbb\xbf)?\s*(?:<!doctype html|<html|%PDF-)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Response:
    """A page as someone else's crawler got it; ``body`` is free of its transfer encoding alone.

    ``digest`` is the payload digest that the record gives, ``None`` when it gives none.
    """

    url: str
    fetched_at: datetime
    status: int
    reason: str
    headers: Headers
    body: bytes
    digest: str | None


@dataclass(frozen=True, slots=True)
class Revisit:
    """A page that was as before: ``digest``, or address and time, lead to the response it repeats."""

    url: str
    fetched_at: datetime
    digest: str | None
    original_url: str
    original_at: datetime | None


@dataclass(frozen=True, slots=True)
class Passed:
    """A record that is no page: what it is, for the count."""

    what: str


def judged(record: ArcWarcRecord, now: datetime) -> Response | Revisit | Passed:
    """Return what a record brings; ``now`` (aware) is the latest time that can be believed.

    Raises Damaged, saying why, when it brings a page that cannot be believed.
    """
    kind = record.rec_type
    if kind not in ("response", "revisit", "resource"):
        return Passed(f"{kind} records")
    url = record.rec_headers.get_header("WARC-Target-URI") or ""
    if not url.lower().startswith(("http://", "https://")):
        return Passed("records of no web address")
    _check_address(url)
    if kind == "revisit":
        return _revisit(record, url, now)
    status = 200 if record.http_headers is None else _status(record)
    if status != 200:
        return Passed(f"answers {status}" if 100 <= status < 600 else "answers without a status")
    return _response(record, url, now)


def _response(record: ArcWarcRecord, url: str, now: datetime) -> Response | Passed:
    headers = _headers(record)
    told = next((value for name, value in headers if name.lower() == "content-type"), "")
    is_page, may_be = _PAGES.match(told) is not None, _UNKNOWN.match(told.strip()) is not None
    if not is_page and not may_be:
        return Passed("other files than pages and documents")
    fetched_at = moment(record.rec_headers.get_header("WARC-Date"), now)
    raw = _block(record)
    body = _unchunked(raw, headers)
    _check_digests(record, raw, body)
    if not is_page and not _BEGINS_AS_PAGE.match(body[:200]):
        return Passed("other files than pages and documents")
    line = record.http_headers.statusline if record.http_headers is not None else "200 OK"
    digest = record.rec_headers.get_header("WARC-Payload-Digest")
    return Response(url, fetched_at, 200, line.partition(" ")[2], headers, body, digest)


def _revisit(record: ArcWarcRecord, url: str, now: datetime) -> Revisit:
    head = record.rec_headers
    told = head.get_header("WARC-Refers-To-Date")
    return Revisit(
        url,
        moment(head.get_header("WARC-Date"), now),
        head.get_header("WARC-Payload-Digest"),
        (head.get_header("WARC-Refers-To-Target-URI") or url).strip("<>"),
        moment(told, now) if told else None,
    )


def moment(text: str | None, now: datetime) -> datetime:
    """Return a WARC-Date to the second, in UTC; raise Damaged for one that cannot be.

    >>> moment("2019-03-01T10:30:00.123456Z", datetime(2024, 1, 1, tzinfo=UTC)).isoformat()
    '2019-03-01T10:30:00+00:00'
    """
    try:
        when = datetime.fromisoformat((text or "").strip()[:40])
    except ValueError as error:
        raise Damaged(f"its date is none ({(text or '')[:40]!r})") from error
    when = when.replace(tzinfo=UTC) if when.tzinfo is None else when.astimezone(UTC)
    if not datetime(_FIRST_YEAR, 1, 1, tzinfo=UTC) <= when <= now + _DAY:
        raise Damaged(f"its date cannot be right ({text})")
    return when.replace(microsecond=0)


def _check_address(url: str) -> None:
    try:
        host = urlsplit(url).hostname
        _ = urlsplit(url).port
    except ValueError as error:
        raise Damaged(f"its address is none ({error})") from error
    if not HOST.fullmatch(host or "") or len(url) > _LONGEST_ADDRESS or not url.isprintable() or " " in url:
        raise Damaged("its address is none")


def _status(record: ArcWarcRecord) -> int:
    code = record.http_headers.get_statuscode() or ""
    return int(code) if code.isascii() and code.isdecimal() and len(code) < 6 else 0


def _headers(record: ArcWarcRecord) -> Headers:
    if record.http_headers is None:
        return [("Content-Type", record.rec_headers.get_header("Content-Type") or "")]
    return [(str(name), str(value)) for name, value in record.http_headers.headers]


def _block(record: ArcWarcRecord) -> bytes:
    """Read what stands behind the head, whole, or raise Damaged."""
    parts, size = [], 0
    try:
        while part := record.raw_stream.read(CHUNK):
            size += len(part)
            if size > MOST_BODY:
                raise Damaged(f"larger than {MOST_BODY >> 20} MiB")
            parts.append(part)
    except ValueError as error:
        raise Damaged(f"its digest is none ({error})") from error
    if record.raw_stream.limit > 0:
        raise Torn("the record is shorter than it says")
    return b"".join(parts)


def _unchunked(raw: bytes, headers: Headers) -> bytes:
    """Return the body free of its transfer encoding; many crawlers leave the header over a body that is."""
    told = next((value for name, value in headers if name.lower() == "transfer-encoding"), "")
    if told.strip().lower() != "chunked":
        return raw
    reader, parts = ChunkedDataReader(io.BytesIO(raw)), []
    while part := reader.read(CHUNK):
        parts.append(part)
    return b"".join(parts)


def _check_digests(record: ArcWarcRecord, raw: bytes, body: bytes) -> None:
    """Raise Damaged unless the record's digests hold.

    Some crawlers take the payload's digest before, others after they undo transfer and content encoding.
    """
    problems = record.digest_checker.problems
    if any("block digest failed" in problem for problem in problems):
        raise Damaged("the block digest is wrong: the record was altered")
    told = record.rec_headers.get_header("WARC-Payload-Digest")
    if not any("payload digest failed" in problem for problem in problems) or told is None:
        return
    if not any(_matches(told, data) for data in (raw, body, _decoded(record, body))):
        raise Damaged("the payload digest is wrong: the record was altered")


def _matches(told: str, data: bytes) -> bool:
    name, _, value = told.partition(":")
    try:
        found = hashlib.new(name.lower().replace("-", ""), data).digest()
    except (ValueError, TypeError):
        return False
    return value.upper() in (base64.b32encode(found).decode(), found.hex().upper())


def _decoded(record: ArcWarcRecord, body: bytes) -> bytes:
    told = record.http_headers.get_header("Content-Encoding") if record.http_headers is not None else None
    if (told or "").lower() not in ("gzip", "deflate"):
        return body
    reader, parts, size = BufferedReader(io.BytesIO(body), decomp_type=str(told).lower()), [], 0
    while (part := reader.read(CHUNK)) and size <= MOST_BODY:
        size += len(part)
        parts.append(part)
    return b"".join(parts)
