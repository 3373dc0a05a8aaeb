"""How does the archive replay in other people's viewers? As a WACZ package (1.1.1) of its own WARC records.

https://specs.webrecorder.net/wacz/1.1.1/: a ZIP file, nothing in it compressed once more, with the WARC
file, its index (CDXJ, in blocks as ZipNum has it), the list of pages, and the digest of each file.
"""

import gzip
import hashlib
import json
import zipfile
from collections.abc import Iterable, Iterator
from contextlib import closing
from dataclasses import dataclass
from datetime import datetime
from importlib.metadata import version
from io import BytesIO
from pathlib import Path
from typing import IO

from warcio.warcwriter import WARCWriter

from archive.addresses import identity
from archive.errors import RawError
from archive.exports import surt
from archive.models import Capture
from archive.raw import Raw
from archive.store import captures
from archive.store.database import open_database

_WARC = "data.warc.gz"
_BLOCK = 300  # lines of the index in a block of their own, so that a viewer reads no more than one


@dataclass(frozen=True, slots=True)
class _Resource:
    """A file of the package, as ``datapackage.json`` lists it; ``digest`` is its SHA-256."""

    path: str
    digest: str
    size: int


def write(data: Path, target: Path, now: datetime) -> tuple[str, list[str]]:
    """Write the whole archive in ``data`` to ``target``; what was taken down is left out.

    Returns a line on what was written and one for each record that is damaged and so left out. An older file
    is replaced only once the new one is whole.
    """
    part = target.with_name(f"{target.name}.part")
    problems: list[str] = []
    try:
        with closing(open_database(data / "archive.db")) as database:
            hidden = {identity(url) for url in captures.taken_down(database)}
            shown = (one for one in captures.all_copied(database) if identity(one.url) not in hidden)
            with zipfile.ZipFile(part, "w", zipfile.ZIP_STORED) as package:
                lines, records = _write_records(package, Raw(data / "raw"), shown, now, problems)
                pages = [page for page in captures.pages(database) if identity(page["url"]) not in hidden]
                index = _write_index(package, lines, now)
                listed = _add(package, "pages/pages.jsonl", _pages(pages), now)
                _describe(package, [records, *index, listed], now)
        part.replace(target)
    finally:
        part.unlink(missing_ok=True)
    return f"{target}: {len(lines)} records, {len(pages)} pages", problems


class _Digested:
    """Counts and digests what is written into a file of the package."""

    def __init__(self, stream: IO[bytes]) -> None:
        self._stream = stream
        self._digest = hashlib.sha256()
        self.size = 0

    def write(self, data: bytes) -> int:
        self._stream.write(data)
        self._digest.update(data)
        self.size += len(data)
        return len(data)

    def resource(self, path: str) -> _Resource:
        return _Resource(path, self._digest.hexdigest(), self.size)


def _write_records(
    package: zipfile.ZipFile, raw: Raw, shown: Iterable[Capture], now: datetime, problems: list[str]
) -> tuple[list[str], _Resource]:
    """Copy the records to the byte, each read against its digests first, and return their index lines."""
    lines = []
    path = f"archive/{_WARC}"
    with package.open(_entry(path, now), "w", force_zip64=True) as stream:
        out = _Digested(stream)
        out.write(_head())
        for capture in shown:
            try:
                raw.get(capture.file, capture.offset)
                data = raw.record(capture.file, capture.offset, capture.length)
            except RawError as error:
                problems.append(str(error))
                continue
            lines.append(_line(capture, out.size, len(data)))
            out.write(data)
        return sorted(lines), out.resource(path)


def _head() -> bytes:
    file = BytesIO()
    writer = WARCWriter(file, gzip=True, warc_version="1.1")
    software = {"software": f"coopress {version('coopress')}", "format": "WARC File Format 1.1"}
    writer.write_record(writer.create_warcinfo_record(_WARC, software))
    return file.getvalue()


def _line(capture: Capture, offset: int, length: int) -> str:
    """Return the index line of a record (CDXJ: key, moment, JSON)."""
    kind = (
        "warc/revisit" if capture.original is not None else (capture.content_type or "unk").partition(";")[0]
    )
    facts = {
        "url": capture.url,
        "mime": kind.strip(),
        "status": str(capture.status),
        "digest": capture.digest,
        "length": str(length),
        "offset": str(offset),
        "filename": _WARC,
    }
    moment = f"{capture.fetched_at:%Y%m%d%H%M%S}"
    return f"{surt.key(capture.url)} {moment} {json.dumps(facts, ensure_ascii=False)}\n"


def _write_index(package: zipfile.ZipFile, lines: list[str], now: datetime) -> Iterator[_Resource]:
    """Write the index in compressed blocks, and what each block begins with."""
    blocks, starts = (
        BytesIO(),
        [f"!meta 0 {json.dumps({'format': 'cdxj-gzip-1.0', 'filename': 'index.cdx.gz'})}\n"],
    )
    for first in range(0, len(lines), _BLOCK):
        block = gzip.compress("".join(lines[first : first + _BLOCK]).encode(), mtime=0)
        key, moment, _ = lines[first].split(" ", 2)
        place = {
            "offset": blocks.tell(),
            "length": len(block),
            "digest": f"sha256:{hashlib.sha256(block).hexdigest()}",
            "filename": "index.cdx.gz",
        }
        starts.append(f"{key} {moment} {json.dumps(place)}\n")
        blocks.write(block)
    yield _add(package, "indexes/index.cdx.gz", blocks.getvalue(), now)
    yield _add(package, "indexes/index.idx", "".join(starts).encode(), now)


def _pages(pages: Iterable[captures.PageRow]) -> bytes:
    head: dict[str, object] = {"format": "json-pages-1.0", "id": "pages", "title": "Toutes les pages"}
    lines = [head, *({name: value for name, value in page.items() if value} for page in pages)]
    return "".join(json.dumps(line, ensure_ascii=False) + "\n" for line in lines).encode()


def _describe(package: zipfile.ZipFile, resources: Iterable[_Resource], now: datetime) -> None:
    """Write the data package (Frictionless) and its own digest."""
    described = {
        "profile": "data-package",
        "wacz_version": "1.1.1",
        "title": "Archive de la presse coopérative",
        "software": f"coopress {version('coopress')}",
        "created": f"{now:%Y-%m-%dT%H:%M:%SZ}",
        "resources": [
            {
                "name": one.path.rpartition("/")[2],
                "path": one.path,
                "hash": f"sha256:{one.digest}",
                "bytes": one.size,
            }
            for one in resources
        ],
    }
    own = _add(package, "datapackage.json", json.dumps(described, indent=2, ensure_ascii=False).encode(), now)
    digest = {"path": own.path, "hash": f"sha256:{own.digest}"}
    _add(package, "datapackage-digest.json", json.dumps(digest, indent=2).encode(), now)


def _add(package: zipfile.ZipFile, path: str, data: bytes, now: datetime) -> _Resource:
    package.writestr(_entry(path, now), data)
    return _Resource(path, hashlib.sha256(data).hexdigest(), len(data))


def _entry(path: str, now: datetime) -> zipfile.ZipInfo:
    return zipfile.ZipInfo(path, now.timetuple()[:6])
