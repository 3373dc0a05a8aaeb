"""What stands in a WARC record? Builds those of an exchange, and describes a record read back."""

import base64
import hashlib
import io
from datetime import UTC, datetime
from http import HTTPStatus

from warcio.recordloader import ArcWarcRecord
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from archive.errors import RawError
from archive.models import Capture, Exchange, Place, Role

_TIME = "%Y-%m-%dT%H:%M:%SZ"
# Both ways of saying « as before » (WARC 1.1, section 6.7).
_SAME_DIGEST = "http://netpreserve.org/warc/1.1/revisit/identical-payload-digest"
_NOT_MODIFIED = "http://netpreserve.org/warc/1.1/revisit/server-not-modified"
_ORIGINAL = "Coopress-Refers-To"


def response_record(writer: WARCWriter, exchange: Exchange) -> ArcWarcRecord:
    """Build the response record; the body is free of its transfer encoding, so the header goes too.

    What no site was asked for is a resource record (WARC 1.1, section 6.4).
    """
    if not is_asked(exchange):
        return _resource_record(writer, exchange)
    return writer.create_warc_record(
        _one_line(exchange.url),
        "response",
        payload=io.BytesIO(exchange.body),
        length=len(exchange.body),
        http_headers=_http_headers(exchange, len(exchange.body)),
        warc_headers_dict=_own_headers(exchange),
    )


def is_asked(exchange: Exchange) -> bool:
    """Say whether a site was asked: a document without an address was brought in by a person."""
    return exchange.url.startswith(("http://", "https://"))


def _resource_record(writer: WARCWriter, exchange: Exchange) -> ArcWarcRecord:
    types = [value for name, value in exchange.headers if name.lower() == "content-type"]
    return writer.create_warc_record(
        _one_line(exchange.url),
        "resource",
        payload=io.BytesIO(exchange.body),
        length=len(exchange.body),
        warc_content_type=_one_line(next(iter(types), "application/octet-stream")),
        warc_headers_dict={
            **_own_headers(exchange),
            "WARC-Payload-Digest": payload_digest(exchange.body),
        },
    )


def revisit_record(writer: WARCWriter, exchange: Exchange, before: Capture) -> ArcWarcRecord:
    """Build the record that says: the same body as ``before``, which is not kept a second time."""
    profile = _NOT_MODIFIED if exchange.status == HTTPStatus.NOT_MODIFIED else _SAME_DIGEST
    return writer.create_warc_record(
        _one_line(exchange.url),
        "revisit",
        http_headers=_http_headers(exchange, 0),
        warc_headers_dict={
            **_own_headers(exchange),
            "WARC-Profile": profile,
            "WARC-Payload-Digest": before.digest,
            "WARC-Refers-To-Target-URI": before.url,
            "WARC-Refers-To-Date": before.fetched_at.strftime(_TIME),
            # The standard names the earlier response by address and time; this finds it without an index.
            _ORIGINAL: f"{before.offset} {before.file}",
        },
    )


def _http_headers(exchange: Exchange, length: int) -> StatusAndHeaders:
    headers = [
        (k, v) for k, v in exchange.headers if k.lower() not in ("transfer-encoding", "content-length")
    ]
    headers.append(("Content-Length", str(length)))
    line = _one_line(f"{exchange.status} {exchange.reason}".strip())
    return StatusAndHeaders(line, _clean(headers), protocol="HTTP/1.1")


def _own_headers(exchange: Exchange) -> dict[str, str]:
    ours = {
        "WARC-Date": exchange.fetched_at.astimezone(UTC).strftime(_TIME),
        "WARC-IP-Address": exchange.ip_address,
        "WARC-Truncated": "unspecified" if exchange.noarchive else None,
        "Coopress-Source": exchange.source,
        "Coopress-Role": exchange.role,
        "Coopress-Announced": exchange.announced,
        "Coopress-Via": exchange.via,
        "Coopress-Noarchive": "1" if exchange.noarchive else None,
        "Coopress-TDM-Reservation": exchange.tdm_reservation,
        "Coopress-Imported-From": exchange.imported_from,
        "Coopress-Added-By": exchange.added_by,
        "Coopress-Added-Why": exchange.added_why,
    }
    return {k: _one_line(v) for k, v in ours.items() if v}


def request_record(writer: WARCWriter, exchange: Exchange, response: ArcWarcRecord) -> ArcWarcRecord:
    """Build the request record that belongs to ``response``."""
    path = "/" + exchange.url.split("://", 1)[-1].partition("/")[2].partition("#")[0]
    return writer.create_warc_record(
        _one_line(exchange.url),
        "request",
        http_headers=StatusAndHeaders(
            _one_line(f"{exchange.request_method} {path} HTTP/1.1"),
            _clean(exchange.request_headers),
            is_http_request=True,
        ),
        warc_headers_dict={
            "WARC-Date": response.rec_headers.get_header("WARC-Date"),
            "WARC-Concurrent-To": response.rec_headers.get_header("WARC-Record-ID"),
        },
    )


def described(record: ArcWarcRecord, file: str, offset: int, length: int) -> Capture:
    """Describe a response or revisit; records of other crawlers have no source and the role « other »."""
    head, http = record.rec_headers, record.http_headers
    if not (when := head.get_header("WARC-Date")):
        raise RawError(f"{file}, byte {offset}: no WARC record that can be read")
    is_resource = record.rec_type == "resource"
    role: Role = head.get_header("Coopress-Role") or "other"
    return Capture(
        source=head.get_header("Coopress-Source") or "",
        role=role,
        url=head.get_header("WARC-Target-URI"),
        status=int(http.get_statuscode() or 0) if http else 200 if is_resource else 0,
        content_type=(head if is_resource else http).get_header("Content-Type")
        if is_resource or http
        else None,
        fetched_at=datetime.fromisoformat(when[:19]).replace(tzinfo=UTC),
        digest=head.get_header("WARC-Payload-Digest") or "",
        file=file,
        offset=offset,
        length=length,
        announced=head.get_header("Coopress-Announced"),
        etag=http.get_header("ETag") if http else None,
        last_modified=http.get_header("Last-Modified") if http else None,
        noarchive=head.get_header("Coopress-Noarchive") is not None,
        tdm_reservation=head.get_header("Coopress-TDM-Reservation"),
        original=_place(head.get_header(_ORIGINAL)),
        imported_from=head.get_header("Coopress-Imported-From"),
        added_by=head.get_header("Coopress-Added-By"),
        added_why=head.get_header("Coopress-Added-Why"),
    )


def payload_digest(body: bytes) -> str:
    """Return the digest under which a body is kept.

    >>> payload_digest(b"")
    'sha1:3I42H3S6NNFQ2MSVX7XZKYAYSCX5QBYJ'
    """
    return f"sha1:{base64.b32encode(hashlib.sha1(body).digest()).decode()}"


def _place(text: str | None) -> Place | None:
    """Read where the original of a revisit lies, as written in its header.

    >>> _place("4711 coopress-20240601.warc.gz")
    Place(file='coopress-20240601.warc.gz', offset=4711)
    >>> _place("0 ../autre.warc.gz") is None  # other people's archives may say anything
    True
    """
    offset, _, file = (text or "").partition(" ")
    if not offset.isdecimal() or not file or "/" in file or "\\" in file:
        return None
    return Place(file, int(offset))


def _clean(headers: object) -> list[tuple[str, str]]:
    return [(_one_line(k), _one_line(v)) for k, v in headers]  # type: ignore[attr-defined]


def _one_line(value: str) -> str:
    """Keep a value from the web from ending the header line it is written into."""
    return value.replace("\r", " ").replace("\n", " ")
