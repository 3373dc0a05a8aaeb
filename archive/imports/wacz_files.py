"""Which WARC files does a WACZ hold? Each is checked against the package's own digests before it is read.

WACZ 1.1.1 (specs.webrecorder.net/wacz/1.1.1): a ZIP file with ``datapackage.json`` and ``archive/*.warc.gz``.
"""

import hashlib
import json
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path, PurePosixPath
from tempfile import TemporaryFile
from typing import BinaryIO

from archive.errors import RawError
from archive.imports.unpacking import Damaged
from archive.imports.warc_files import Flaw

_MOST_MEMBERS = 100_000
_MOST_DESCRIPTION = 64 << 20
# WARC files inside are compressed already; one that grows more than this when unpacked is a trap.
_MOST_GROWTH = 200
_CHUNK = 1 << 20
_BROKEN = (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, OSError, ValueError)


def is_zip(path: Path) -> bool:
    """Say whether a file begins like a ZIP file; raise OSError when it cannot be read."""
    with path.open("rb") as file:
        return file.read(4) in (b"PK\x03\x04", b"PK\x05\x06")


def each(path: Path) -> Iterator[tuple[str, zipfile.ZipInfo] | Flaw]:
    """Yield the name and the entry of each WARC file inside, and a flaw for each entry that is refused.

    Raises RawError, naming the file, when it is no readable ZIP file.
    """
    with _opened(path) as package:
        entries = package.infolist()
        if len(entries) > _MOST_MEMBERS:
            raise RawError(f"{path}: more than {_MOST_MEMBERS} files inside")
        for entry in entries:
            if (error := _refused(entry)) is not None:
                yield Flaw(f"{entry.filename!r}: {error}")
            elif _is_warc(entry.filename):
                yield entry.filename, entry


@contextmanager
def unpacked(path: Path, entry: zipfile.ZipInfo) -> Iterator[BinaryIO]:
    """Open a copy of a WARC file inside; raise Damaged when it is not what the package says."""
    with _opened(path) as package, TemporaryFile() as copy:
        wanted = _digests(package).get(entry.filename)
        try:
            found = _copy(package, entry, copy)
        except _BROKEN as error:
            raise Damaged(f"cannot be unpacked ({' '.join(str(error).split())[:200]})") from error
        if wanted is not None and wanted != found:
            raise Damaged("the digest is not the one in datapackage.json")
        copy.seek(0)
        yield copy


@contextmanager
def _opened(path: Path) -> Iterator[zipfile.ZipFile]:
    try:
        with zipfile.ZipFile(path) as package:
            yield package
    except zipfile.BadZipFile as error:
        raise RawError(f"{path}: no readable WACZ file ({error})") from error


def _refused(entry: zipfile.ZipInfo) -> str | None:
    """Return why an entry must not be read, or ``None``. No name is ever written to disk."""
    name = entry.filename
    if "\\" in name or name.startswith("/") or ".." in PurePosixPath(name).parts or ":" in name[:3]:
        return "a name that leads out of the package"
    if entry.flag_bits & 1:
        return "encrypted"
    if entry.file_size > _CHUNK and entry.file_size > _MOST_GROWTH * entry.compress_size:
        return f"{entry.file_size} bytes packed into {entry.compress_size}: a bomb"
    if name.lower().endswith(".wacz"):
        return "a WACZ within a WACZ: unpack it and name it by itself"
    return None


def _is_warc(name: str) -> bool:
    return name.lower().endswith((".warc", ".warc.gz", ".warc.zst"))


def _digests(package: zipfile.ZipFile) -> dict[str, str]:
    """Return the SHA-256 (hexadecimal) of each file by ``datapackage.json``, where that can be read."""
    try:
        entry = package.getinfo("datapackage.json")
        if entry.file_size > _MOST_DESCRIPTION:
            return {}
        resources = json.loads(package.read(entry))["resources"]
        pairs = [(str(one["path"]), str(one["hash"])) for one in resources]
    except (*_BROKEN, KeyError, TypeError, RecursionError):
        return {}
    return {name: digest[7:].lower() for name, digest in pairs if digest.startswith("sha256:")}


def _copy(package: zipfile.ZipFile, entry: zipfile.ZipInfo, copy: BinaryIO) -> str:
    """Unpack an entry into ``copy`` and return its SHA-256; never more than its head says."""
    digest, left = hashlib.sha256(), entry.file_size
    with package.open(entry) as file:
        while data := file.read(min(_CHUNK, left + 1)):
            left -= len(data)
            if left < 0:
                raise ValueError("larger than its head says")
            digest.update(data)
            copy.write(data)
    return digest.hexdigest()
