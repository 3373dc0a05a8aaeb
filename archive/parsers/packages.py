"""Can this text document be opened at all? Bounds what it may unpack to, and names what is wrong."""

import io
import zipfile
import zlib
from typing import Final

from lxml import etree

from archive.errors import PageError

_MOST_UNPACKED: Final = 128 << 20
_MOST_GROWTH: Final = 200  # times its packed size; text shrinks to a tenth or so
_SMALL: Final = 1 << 20
_MOST_MEMBERS: Final = 10_000
_BROKEN: Final = (
    zipfile.BadZipFile,
    zlib.error,
    EOFError,
    NotImplementedError,
    OSError,
    ValueError,
    RuntimeError,
)


class Package:
    """The files inside a .docx or .odt; each is read within bounds."""

    def __init__(self, body: bytes, url: str) -> None:
        """Open the document that ``url`` gave; raise PageError, naming it, when it is broken or a bomb."""
        self._url = url
        try:
            self._file = zipfile.ZipFile(io.BytesIO(body))
            entries = self._file.infolist()
        except _BROKEN as error:
            raise PageError(f"{url}: the document is cut short or no ZIP file ({error})") from error
        if len(entries) > _MOST_MEMBERS or sum(entry.file_size for entry in entries) > _MOST_UNPACKED:
            raise PageError(f"{url}: the document unpacks to more than {_MOST_UNPACKED >> 20} MiB")
        for entry in entries:
            if entry.flag_bits & 1:
                raise PageError(f"{url}: the document asks for a password")
            if entry.file_size > _SMALL and entry.file_size > _MOST_GROWTH * entry.compress_size:
                raise PageError(f"{url}: {entry.filename!r} in the document is a bomb")

    def tree(self, name: str) -> etree._Element | None:
        """Return the root of an XML file inside, ``None`` if there is none; raise PageError if broken."""
        try:
            entry = self._file.getinfo(name)
        except KeyError:
            return None
        try:
            data = self._file.open(entry).read(entry.file_size + 1)
        except _BROKEN as error:
            raise PageError(f"{self._url}: {name!r} in the document is damaged ({error})") from error
        if b"<!DOCTYPE" in data[:_SMALL] or b"<!ENTITY" in data[:_SMALL]:
            raise PageError(f"{self._url}: {name!r} in the document declares entities")
        parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False, load_dtd=False)
        try:
            return etree.fromstring(data, parser)
        except etree.XMLSyntaxError as error:
            raise PageError(f"{self._url}: {name!r} in the document is no XML ({error})") from error
