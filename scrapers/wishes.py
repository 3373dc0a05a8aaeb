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
# Directives of X-Robots-Tag may be for one robot alone: « googlebot: noindex, noarchive ». Those with a value
# of their own are no names of robots.
_FOR_ONE = re.compile(r"\s*([\w-]+)\s*:\s*(.*)", re.S)
_WITH_VALUE = ("unavailable_after", "max-snippet", "max-image-preview", "max-video-preview")
_EVERYBODY = "robots"
# « nocache » is an older name of « noarchive ». The others speak of search engines, unless they are said to
# us by name: whoever knows what we do can mean but one thing.
_NO_COPY = frozenset(("noarchive", "nocache"))
_NO_COPY_BY_US = _NO_COPY | {"none", "noindex"}


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
    said = [pair for value in _values(headers, "x-robots-tag") for pair in _directives(value, _EVERYBODY)]
    said += [(name, word.strip().lower()) for name, content in metas for word in content.split(",")]
    no_copy = (_EVERYBODY, _NO_COPY), (ROBOTS_NAME, _NO_COPY_BY_US)
    reserved = [*_values(headers, "tdm-reservation"), *(c for name, c in metas if name == "tdm-reservation")]
    return Wishes(
        any(robot == name and word in words for robot, word in said for name, words in no_copy),
        reserved[0].strip()[:20] if reserved else None,
    )


def _values(headers: Iterable[tuple[str, str]], name: str) -> list[str]:
    return [value for key, value in headers if key.lower() == name]


def _directives(line: str, robot: str) -> Iterable[tuple[str, str]]:
    """Yield each directive of a line with the robot that it is for: the one named last before it.

    Servers join several headers into one line, so a name may also stand in the middle.
    """
    for word in line.lower().split(","):
        found = _FOR_ONE.fullmatch(word)
        if found is not None and found[1] not in _WITH_VALUE:
            robot, word = found[1], found[2]
        yield robot, word.strip()


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
