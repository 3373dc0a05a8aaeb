"""Archives as other crawlers write them, whole and broken, made in memory."""

import gzip
import hashlib
import io
import json
import zipfile
from collections.abc import Iterable, Mapping, Sequence

from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

HOST = "https://gazette-du-val.example"
DATE = "2019-03-01T10:30:00Z"


def page(name: str, day: int = 3) -> bytes:
    text = (
        f"<p>La Scop {name.capitalize()} du Val, à Flers (61), a fêté ses dix ans avec ses salariés.</p>" * 3
    )
    return (
        f'<!doctype html><html lang="fr"><body><article><h1>La {name} a dix ans</h1>'
        f"<p>Publié le {day} mai 2018</p>{text}</article></body></html>"
    ).encode()


def warc(
    pages: Mapping[str, bytes], date: str = DATE, headers: Sequence[tuple[str, str]] = (), packed: bool = True
) -> bytes:
    """Return a WARC file: warcinfo, then a request and a response a page, as crawlers write them."""
    file = io.BytesIO()
    writer = WARCWriter(file, gzip=packed)
    writer.write_record(writer.create_warcinfo_record("a.warc", {"software": "Moissonneuse/3.4"}))
    for url, body in pages.items():
        record = response(writer, url, body, date, headers)
        writer.write_record(record)
        asked = StatusAndHeaders("GET / HTTP/1.1", [("Host", "a.example")], is_http_request=True)
        writer.write_record(writer.create_warc_record(url, "request", http_headers=asked))
    return file.getvalue()


def response(writer, url, body, date=DATE, headers=(), kind="response", warc_headers=None):
    fields = list(headers)
    if "Content-Type" not in dict(headers):
        fields.append(("Content-Type", "text/html; charset=utf-8"))
    return writer.create_warc_record(
        url,
        kind,
        payload=io.BytesIO(body),
        length=len(body),
        http_headers=StatusAndHeaders("200 OK", fields, protocol="HTTP/1.1"),
        warc_headers_dict={"WARC-Date": date, **(warc_headers or {})},
    )


def records(*lines: tuple[str, str, bytes, Mapping[str, str]]) -> bytes:
    """Return a WARC file of single records: (address, type, body, WARC headers over the usual ones)."""
    file = io.BytesIO()
    writer = WARCWriter(file, gzip=True)
    for url, kind, body, more in lines:
        record = response(writer, url, body, more.get("WARC-Date", DATE), kind=kind, warc_headers=more)
        writer.write_record(record)
    return file.getvalue()


def by_hand(
    url: str, body: bytes, status: str = "200 OK", kind: str = "response", **fields: str | None
) -> bytes:
    """Return one record written to the letter, uncompressed; ``None`` for a field leaves it out."""
    http = f"HTTP/1.1 {status}\r\nContent-Type: text/html\r\n\r\n".encode() + body
    head = {
        "WARC-Type": kind,
        "WARC-Record-ID": "<urn:uuid:00000000-0000-4000-8000-000000000001>",
        "WARC-Date": DATE,
        "WARC-Target-URI": url,
        "Content-Type": "application/http; msgtype=response",
        "Content-Length": str(len(http)),
        **{name.replace("_", "-"): value for name, value in fields.items()},
    }
    lines = "".join(f"{name}: {value}\r\n" for name, value in head.items() if value is not None)
    return b"WARC/1.0\r\n" + lines.encode() + b"\r\n" + http + b"\r\n\r\n"


def wacz(
    warcs: Mapping[str, bytes], digests: Mapping[str, str] | None = None, deflate: Iterable[str] = ()
) -> bytes:
    """Return a WACZ of WARC files by name; ``digests`` replaces those of the data package."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as package:
        for name, data in warcs.items():
            package.writestr(name, data, zipfile.ZIP_DEFLATED if name in deflate else zipfile.ZIP_STORED)
        resources = [
            {
                "name": name,
                "path": name,
                "hash": f"sha256:{hashlib.sha256(data).hexdigest()}",
                "bytes": len(data),
            }
            | ({"hash": digests[name]} if digests and name in digests else {})
            for name, data in warcs.items()
        ]
        package.writestr("datapackage.json", json.dumps({"profile": "data-package", "resources": resources}))
    return file.getvalue()


def cut(data: bytes, share: float) -> bytes:
    return data[: int(len(data) * share)]


def one_member(data: bytes) -> bytes:
    """Return a WARC file compressed as a whole, as « gzip file.warc » does."""
    return gzip.compress(gzip.decompress(data))
