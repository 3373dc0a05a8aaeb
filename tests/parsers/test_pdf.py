# ruff: noqa: E501  # markup is quoted as sites write it
import pytest

from archive.errors import PageError
from archive.models import Hints, Page
from archive.parsers.records import records


def pdf(lines: list[tuple[float, float, float, str]], info: str = "") -> bytes:
    """Write a one-page PDF by hand: each line as (x, y, size, text), on a sheet of 600 by 800 points."""
    drawn = "".join(f"BT /F1 {size} Tf {x} {y} Td ({text}) Tj ET\n" for x, y, size, text in lines)
    stream = drawn.encode("cp1252")
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 600 800] /Contents 4 0 R /Resources << /Font << /F1 5 0 R >> >> >>",
        b"<< /Length %d >>\nstream\n%s\nendstream" % (len(stream), stream),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>",
        f"<< {info} >>".encode("cp1252"),
    ]
    out = b"%PDF-1.4\n"
    offsets = []
    for number, content in enumerate(objects, 1):
        offsets.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, content)
    table = b"".join(b"%010d 00000 n \n" % offset for offset in offsets)
    head = b"xref\n0 7\n0000000000 65535 f \n%s" % table
    return out + head + b"trailer << /Size 7 /Root 1 0 R /Info 6 0 R >>\nstartxref\n%d\n%%%%EOF" % len(out)


def read(body: bytes, url: str = "https://a.example/fichier.pdf", hints: Hints | None = None):
    (record,) = records(Page(url, body, hints=hints or Hints()))
    return record


LETTER = [
    (50, 770, 8, "La Lettre du Plateau"),
    (50, 700, 22, "Un four pour deux"),
    (50, 640, 11, "La Scop Mie Dorée, à Guéret, partage son four avec sa voisine."),
    (50, 20, 8, "La Lettre du Plateau - page 1"),
]


def test_a_newsletter_gives_its_text_without_running_lines():
    record = read(pdf(LETTER))
    assert (record.kind, record.title) == ("publication", "Un four pour deux")
    assert record.text == "La Scop Mie Dorée, à Guéret, partage son four avec sa voisine."
    assert [mention.code for mention in record.departments] == ["23"]


def test_two_columns_are_read_one_after_the_other():
    left = [(50, 600 - 14 * n, 11, f"gauche {n}") for n in range(4)]
    right = [(320, 600 - 14 * n, 11, f"droite {n}") for n in range(4)]
    lines = [line for pair in zip(left, right, strict=True) for line in pair]
    text = read(pdf(lines)).text
    assert text.index("gauche 3") < text.index("droite 0")


@pytest.mark.parametrize(
    ("info", "title"),
    [
        ("/Title (La lettre n° 39)", "La lettre n° 39"),
        ("/Title (scan0012)", "Un four pour deux"),
        ("/Title (lettre-39.indd)", "Un four pour deux"),
        ("/Title (Microsoft Word - lettre.doc)", "Un four pour deux"),
    ],
)
def test_the_title_is_the_document_s_own_unless_a_program_set_it(info, title):
    assert read(pdf(LETTER, info)).title == title


@pytest.mark.parametrize(
    ("info", "url", "day"),
    [
        ("/Title (La lettre n° 39, novembre 2011)", "https://a.example/l.pdf", "2011-11"),
        ("", "https://a.example/lettre-39-novembre-2011.pdf", "2011-11"),
        ("/CreationDate (D:20190101000000)", "https://a.example/l.pdf", None),
    ],
)
def test_the_date_is_the_issue_s_and_never_the_file_s(info, url, day):
    published = read(pdf(LETTER, info), url).published
    assert (published.value if published else None) == day


def test_the_publisher_is_the_author_whom_the_running_lines_name():
    foot = (50, 20, 8, "La Ramille - page 1")
    assert read(pdf([*LETTER[:3], foot], "/Author (La Ramille)")).outlet == "La Ramille"
    assert read(pdf(LETTER, "/Author (Jeanne)")).outlet is None
    assert read(pdf(LETTER), hints=Hints(outlet="Le Plateau")).outlet == "Le Plateau"


def test_a_scan_without_text_has_none():
    assert read(pdf([])).text == ""


@pytest.mark.parametrize("body", [b"%PDF-1.4\nrien", b"%PDF-1.7", pdf(LETTER)[:300]])
def test_a_broken_file_is_a_page_error_that_names_it(body):
    try:
        text = read(body).text
    except PageError as error:
        assert "https://a.example/fichier.pdf" in str(error)
    else:
        assert text == ""
