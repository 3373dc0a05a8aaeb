"""PDFs that are broken or built as traps, written by hand."""

import zlib
from collections.abc import Callable
from functools import cache


def assembled(objects: dict[int, bytes], trailer: str = "", root: int = 1) -> bytes:
    """Return a PDF of these objects with a right table of where they lie."""
    out, places = b"%PDF-1.5\n", {}
    for number, content in objects.items():
        places[number] = len(out)
        out += b"%d 0 obj\n%s\nendobj\n" % (number, content)
    size = max(objects) + 1
    table = b"".join(
        b"%010d 00000 n \n" % places[n] if n in places else b"0000000000 65535 f \n" for n in range(size)
    )
    head = b"xref\n0 %d\n%s" % (size, table)
    tail = f"trailer << /Size {size} /Root {root} 0 R {trailer} >>\nstartxref\n{len(out)}\n%%EOF"
    return out + head + tail.encode()


PAGE = b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 600 800] /Contents 4 0 R /Resources << %s >> >>"
FONT = b"/Font << /F1 5 0 R >>"
HELVETICA = b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>"


def one_page(stream: bytes, filters: bytes = b"", resources: bytes = FONT, **more: bytes) -> dict[int, bytes]:
    """Return the objects of a document of one page."""
    return {
        1: b"<< /Type /Catalog /Pages 2 0 R >>",
        2: more.get("pages", b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>"),
        3: more.get("page", PAGE % resources),
        4: b"<< /Length %d %s >>\nstream\n%s\nendstream" % (len(stream), filters, stream),
        5: HELVETICA,
    }


TEXT = b"BT /F1 11 Tf 50 700 Td (La Scop du Val ouvre ses portes.) Tj ET\n"
FLATE = b"/Filter /FlateDecode"


@cache
def _zeros(size: int) -> bytes:
    packer = zlib.compressobj(1)
    return b"".join(packer.compress(bytes(1 << 20)) for _ in range(size >> 20)) + packer.flush()


def bomb() -> bytes:
    """Return a page whose content unpacks to more than 1 GB."""
    return assembled(one_page(_zeros(5 << 28), FLATE))


def nested_bomb() -> bytes:
    """Return a page whose content unpacks to what unpacks to more than 1 GB."""
    return assembled(one_page(zlib.compress(_zeros(5 << 28), 9), b"/Filter [/FlateDecode /FlateDecode]"))


def form_in_itself() -> bytes:
    """Return a page that draws a form that draws itself."""
    objects = one_page(b"/X Do", b"", b"/XObject << /X 6 0 R >>")
    form = b"<< /Type /XObject /Subtype /Form /BBox [0 0 9 9] /Length 5"
    form += b" /Resources << /XObject << /X 6 0 R >> >> >>"
    return assembled({**objects, 6: form + b"\nstream\n/X Do\nendstream"})


READ = None
TRAPS: dict[str, tuple[bytes | Callable[[], bytes], str | None]] = {
    "nothing behind the head": (b"%PDF-1.7\n", "the PDF cannot be read"),
    "random bytes": (b"%PDF-1.4\n" + bytes(range(256)) * 40, "the PDF cannot be read"),
    "cut in the table": (assembled(one_page(TEXT))[:-120], "the PDF cannot be read"),
    "cut in the page": (assembled(one_page(TEXT))[:300], "the PDF cannot be read"),
    "content that is no stream": (assembled({**one_page(TEXT), 4: b"(rien)"}), "neither text nor pictures"),
    "zlib that is none": (assembled(one_page(b"\x00\x01\x02" * 200, FLATE)), "neither text nor pictures"),
    "arrays without end": (assembled(one_page(b"[" * 200_000)), "neither text nor pictures"),
    "dictionaries without end": (assembled({**one_page(TEXT), 3: b"<< /A " * 60_000}), "the PDF has no page"),
    "page without a size": (
        assembled(
            one_page(TEXT, page=b"<< /Type /Page /Parent 2 0 R /Contents 4 0 R /MediaBox [0 0 0 0] >>")
        ),
        "neither text nor pictures",
    ),
    "font that is none": (assembled({**one_page(TEXT), 5: b"[1 2 3]"}), "neither text nor pictures"),
    "names without end": (assembled(one_page(b"/" + b"A" * 2_000_000)), "neither text nor pictures"),
    "a form that draws itself": (form_in_itself, "neither text nor pictures"),
    "a bomb": (bomb, "MiB of memory"),
    "a bomb within a bomb": (nested_bomb, "MiB of memory"),
    # Wrong in what nobody needs: the text is there all the same.
    "no pages in the tree": (
        assembled(one_page(TEXT, pages=b"<< /Type /Pages /Kids [] /Count 0 >>")),
        READ,
    ),
    "pages in a ring": (assembled(one_page(TEXT, pages=b"<< /Type /Pages /Kids [2 0 R] /Count 1 >>")), READ),
    "table in a ring": (assembled(one_page(TEXT), "/Prev 9"), READ),
    "length in a ring": (
        assembled(one_page(TEXT)).replace(b"/Length %d" % len(TEXT), b"/Length 4 0 R"),
        READ,
    ),
    "page of a wrong size": (
        assembled(one_page(TEXT, page=PAGE.replace(b"[0 0 600 800]", b"[(a) null 1 2]") % FONT)),
        READ,
    ),
}
"""What each trap is, and what is said of it; ``READ`` where its text can be read."""
