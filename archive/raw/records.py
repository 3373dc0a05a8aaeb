"""What stands in a WARC record? Builds those of an exchange, and describes a record read back."""

import io
from datetime import UTC, datetime

from warcio.recordloader import ArcWarcRecord
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from archive.errors import RawError
from archive.models import Capture, Exchange, Role

_TIME = "%Y-%m-%dT%H:%M:%SZ"


def response_record(writer: WARCWriter, exchange: Exchange) -> ArcWarcRecord:
    """Build the response record; the body is free of its transfer encoding, so the header goes too."""
    headers = [
        (k, v) for k, v in exchange.headers if k.lower() not in ("transfer-encoding", "content-length")
    ]
    headers.append(("Content-Length", str(len(exchange.body))))
    ours = {
        "WARC-Date": exchange.fetched_at.astimezone(UTC).strftime(_TIME),
        "WARC-IP-Address": exchange.ip_address,
        "Coopress-Source": exchange.source,
        "Coopress-Role": exchange.role,
        "Coopress-Announced": exchange.announced,
        "Coopress-Via": exchange.via,
    }
    return writer.create_warc_record(
        _one_line(exchange.url),
        "response",
        payload=io.BytesIO(exchange.body),
        length=len(exchange.body),
        http_headers=StatusAndHeaders(
            _one_line(f"{exchange.status} {exchange.reason}".strip()), _clean(headers), protocol="HTTP/1.1"
        ),
        warc_headers_dict={k: _one_line(v) for k, v in ours.items() if v},
    )


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


def _clean(headers: object) -> list[tuple[str, str]]:
    return [(_one_line(k), _one_line(v)) for k, v in headers]  # type: ignore[attr-defined]


def _one_line(value: str) -> str:
    """Keep a value from the web from ending the header line it is written into."""
    return value.replace("\r", " ").replace("\n", " ")


def described(record: ArcWarcRecord, file: str, offset: int, length: int, digest: str | None) -> Capture:
    """Describe a response record; records of other crawlers have no source and the role « other »."""
    head, http = record.rec_headers, record.http_headers
    if not (when := head.get_header("WARC-Date")):
        raise RawError(f"{file}, byte {offset}: no WARC record that can be read")
    role: Role = head.get_header("Coopress-Role") or "other"
    return Capture(
        source=head.get_header("Coopress-Source") or "",
        role=role,
        url=head.get_header("WARC-Target-URI"),
        status=int(http.get_statuscode() or 0) if http else 0,
        content_type=http.get_header("Content-Type") if http else None,
        fetched_at=datetime.strptime(when[:19] + "Z", _TIME).replace(tzinfo=UTC),
        digest=digest or "",
        file=file,
        offset=offset,
        length=length,
        announced=head.get_header("Coopress-Announced"),
    )
