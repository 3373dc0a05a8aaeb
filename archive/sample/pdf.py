"""How does the union's letter become a PDF? One page of plain objects, without any library."""

import textwrap
from collections.abc import Iterator

from archive.sample import content
from archive.sample.french import paragraphs, plain, typeset

# A4 in points; the type sizes of the masthead, the headings and the text, each with its leading.
_WIDTH, _HEIGHT, _MARGIN = 595, 842, 60
_MASTHEAD, _HEADING, _TEXT = (22, 30), (13, 20), (10, 14)
_CHARACTERS = 92


def letter() -> bytes:
    """Return the letter as PDF 1.4, in Helvetica and the encoding of Windows."""
    article = content.letter()
    lines = [(article.headline, _MASTHEAD), (typeset(article.extra["issue"]), _TEXT), ("", _TEXT)]
    stream = _stream([*lines, *_set(article.body)])
    return _file(
        [
            b"<< /Type /Catalog /Pages 2 0 R >>",
            b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
            f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 {_WIDTH} {_HEIGHT}] /Contents 4 0 R "
            "/Resources << /Font << /F1 5 0 R >> >> >>".encode(),
            b"<< /Length %d >>\nstream\n%s\nendstream" % (len(stream), stream),
            b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>",
            b"<< /Title (%s) >>" % _escape(article.headline),
        ]
    )


def _set(body: str) -> Iterator[tuple[str, tuple[int, int]]]:
    for tag, lines in paragraphs(body):
        size = _HEADING if tag == "h2" else _TEXT
        for line in textwrap.wrap(plain(" ".join(lines)), _CHARACTERS, break_on_hyphens=False):
            yield line, size
        if tag != "h2":
            yield "", _TEXT


def _stream(lines: list[tuple[str, tuple[int, int]]]) -> bytes:
    parts = [b"BT", b"1 0 0 1 %d %d Tm" % (_MARGIN, _HEIGHT - _MARGIN)]
    for line, (size, leading) in lines:
        parts.append(b"/F1 %d Tf %d TL T* (%s) Tj" % (size, leading, _escape(line)))
    return b"\n".join([*parts, b"ET"])


def _escape(line: str) -> bytes:
    # The narrow no-break space has no place in the encoding of Windows; the wide one has.
    raw = line.replace("\u202f", "\u00a0").encode("cp1252")
    return raw.replace(b"\\", b"\\\\").replace(b"(", b"\\(").replace(b")", b"\\)")


def _file(objects: list[bytes]) -> bytes:
    body = b"%PDF-1.4\n"
    places = []
    for number, content_ in enumerate(objects, start=1):
        places.append(len(body))
        body += b"%d 0 obj\n%s\nendobj\n" % (number, content_)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    head = b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    trailer = b"trailer\n<< /Size %d /Root 1 0 R /Info %d 0 R >>\n" % (len(objects) + 1, len(objects))
    return body + head + table + trailer + b"startxref\n%d\n%%%%EOF\n" % len(body)
