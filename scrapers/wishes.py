"""What does a site wish done with its pages? Read from the headers of an answer and the head of the page."""

import io
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from warcio.bufferedreaders import BufferedReader

from scrapers.settings import ROBOTS_NAME

# <meta> stands in the head; what lies beyond is text, and may speak of anything.
_HEAD = 100_000
# The encodings that we ask for; under any other the head cannot be read.
_PACKED = ("gzip", "deflate")
# A tag without its end, of a length that no real one has, must not be searched to the end of the page.
_META = re.compile(rb"<meta\s([^<>]{1,1000})>", re.I)
_ATTRIBUTE = re.compile(rb"""([a-z-]{1,20})\s{0,3}=\s{0,3}(?:"([^"]*)"|'([^']*)'|([^\s"']+))""", re.I)
# A directive of X-Robots-Tag may be for one robot alone: « googlebot: noarchive ». Directives with a value
# of their own are no names of robots.
_FOR_ONE = re.compile(r"^\s*([\w-]+)\s*:\s*(.*)$", re.S)
_WITH_VALUE = ("unavailable_after", "max-snippet", "max-image-preview", "max-video-preview")
_NAMES = ("robots", ROBOTS_NAME)


@dataclass(frozen=True, slots=True)
class Wishes:
    """``noarchive``: no copy is to be kept. ``tdm_reservation``: as declared, ``"1"`` for rights reserved."""

    noarchive: bool = False
    tdm_reservation: str | None = None


def wishes(headers: Sequence[tuple[str, str]], body: bytes) -> Wishes:
    """Return what the answer says of copies and of text and data mining (TDMRep); headers come first.

    ``body`` is still under its Content-Encoding.

    >>> wishes([("X-Robots-Tag", "noindex, noarchive"), ("TDM-Reservation", "1")], b"")
    Wishes(noarchive=True, tdm_reservation='1')
    >>> wishes([("X-Robots-Tag", "autrebot: noarchive")], b'<meta content="NOARCHIVE" name="robots">')
    Wishes(noarchive=True, tdm_reservation=None)
    >>> wishes([("X-Robots-Tag", "autrebot: noarchive")], b"<p>noarchive</p>")
    Wishes(noarchive=False, tdm_reservation=None)
    """
    metas = list(_metas(_head(headers, body)))
    directives = [_for_us(value) for value in _values(headers, "x-robots-tag")]
    directives += [content for name, content in metas if name in _NAMES]
    reserved = [*_values(headers, "tdm-reservation"), *(c for name, c in metas if name == "tdm-reservation")]
    words = {word.strip().lower() for line in directives for word in line.split(",")}
    return Wishes("noarchive" in words, reserved[0].strip()[:20] if reserved else None)


def _values(headers: Iterable[tuple[str, str]], name: str) -> list[str]:
    return [value for key, value in headers if key.lower() == name]


def _for_us(directives: str) -> str:
    """Return the directives of one X-Robots-Tag that are for every robot or for ours."""
    found = _FOR_ONE.match(directives)
    if found is None or found[1].lower() in _WITH_VALUE:
        return directives
    return found[2] if found[1].lower() in _NAMES else ""


def _head(headers: Sequence[tuple[str, str]], body: bytes) -> bytes:
    encoding = next(iter(_values(headers, "content-encoding")), "").strip().lower()
    if encoding not in _PACKED:
        return body[:_HEAD]
    return bytes(BufferedReader(io.BytesIO(body), decomp_type=encoding).read(_HEAD))


def _metas(head: bytes) -> Iterable[tuple[str, str]]:
    """Yield name and content of each <meta>, whatever the order of its attributes."""
    for tag in _META.finditer(head):
        found = {m[1].lower(): m[2] or m[3] or m[4] or b"" for m in _ATTRIBUTE.finditer(tag[1])}
        yield (
            found.get(b"name", b"").decode("latin-1").strip().lower(),
            found.get(b"content", b"").decode("latin-1"),
        )
