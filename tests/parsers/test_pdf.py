# ruff: noqa: E501  # markup is quoted as sites write it
from pathlib import Path

import pytest

from archive.errors import PageError
from archive.models import Hints, Page
from archive.parsers.records import records
from tests.parsers.hostile_pdfs import assembled, one_page


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


def scan() -> bytes:
    """Write a page that one picture covers."""
    picture = (
        b"<< /Type /XObject /Subtype /Image /Width 1 /Height 1 /ColorSpace /DeviceGray /BitsPerComponent 8"
    )
    objects = one_page(b"q 600 0 0 800 0 0 cm /X Do Q", resources=b"/XObject << /X 6 0 R >>")
    return assembled({**objects, 6: picture + b" /Length 1 >>\nstream\n\x80\nendstream"})


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


def test_a_scan_without_text_has_none_and_says_so():
    record = read(scan())
    assert (record.text, record.needs_ocr) == ("", True)
    assert not read(pdf(LETTER)).needs_ocr


def test_a_page_with_nothing_on_it_is_no_scan():
    with pytest.raises(PageError, match="neither text nor pictures can be read on the pages"):
        read(pdf([]))


DOCUMENTS = Path(__file__).parents[1] / "documents"


def test_a_letter_in_two_columns_by_another_program_reads_as_it_was_written():
    record = read((DOCUMENTS / "lettre.pdf").read_bytes())
    title, *lines = (DOCUMENTS / "lettre.txt").read_text("utf-8").splitlines()
    assert record.text.splitlines() == [line.removeprefix("## ") for line in lines]
    assert (f"# {record.title}", record.issue) == (title, "12")
    assert record.published is not None
    assert (record.published.value, record.published.evidence) == ("2019-03", "mars 2019")
    headings = [line.removeprefix("## ") for line in lines if line.startswith("## ")]
    assert [section.title for section in record.sections][1:] == headings
    assert [(section.title, section.page) for section in record.sections][-1] == ("Rendez-vous", 2)
    assert all(record.text[one.start : one.end] == one.title for one in record.sections)
    assert [(one.label, one.value, one.unit) for one in record.figures] == [
        ("des associés assistent à toutes les assemblées", 62, "%"),
        ("y viennent une fois sur deux", 27.5, "%"),
        ("lisent le compte rendu", 10.5, "%"),
        ("Premier motif d’adhésion : le métier", 48, "%"),
        ("Deuxième motif d’adhésion : les collègues", 33, "%"),
    ]
    assert {record.page_at(one.start) for one in record.figures} == {1}


def test_what_spans_two_columns_stands_before_them_and_a_table_is_read_by_rows():
    columns = [(50, 600 - 14 * n, 11, f"Le premier récit, ligne {word}") for n, word in enumerate("abcd")]
    columns += [(320, 600 - 14 * n, 11, f"le second récit, ligne {word}") for n, word in enumerate("abcd")]
    above = (
        50,
        640,
        11,
        "Ce chapeau court sur toute la largeur des deux colonnes de cette page, et plus loin",
    )
    text = read(pdf([*columns, above])).text
    assert text.index("chapeau") < text.index("premier") < text.index("second")
    rows = [
        (50, 600 - 24 * n, 11, label) for n, label in enumerate(["le métier", "les collègues", "le statut"])
    ]
    rows += [(320, 600 - 24 * n, 11, share) for n, share in enumerate(["48 %", "33 %", "19 %"])]
    found = read(pdf(rows)).figures
    assert [(one.label, one.value) for one in found] == [
        ("le métier", 48),
        ("les collègues", 33),
        ("le statut", 19),
    ]


@pytest.mark.parametrize(
    ("lines", "text"),
    [
        (
            ["Une entreprise qui trans-", "forme le bois du pays."],
            "Une entreprise qui transforme le bois du pays.",
        ),
        (["Elle viendra peut-", "être au rendez-vous."], "Elle viendra peut-être au rendez-vous."),
        (["« Bonjour à tous », dit-", "elle à la porte."], "« Bonjour à tous », dit-elle à la porte."),
        (
            ["Le congrès de Saint-", "Junien a réuni du monde."],
            "Le congrès de Saint-Junien a réuni du monde.",
        ),
        (["Un sous-sol, puis deux sous-", "sol de plus."], "Un sous-sol, puis deux sous-sol de plus."),
    ],
)
def test_a_word_broken_at_the_end_of_a_line_is_made_whole(lines, text):
    assert read(pdf([(50, 600 - 13 * n, 11, line) for n, line in enumerate(lines)])).text == text


def test_a_file_that_asks_for_a_password_is_named():
    body = pdf(LETTER).replace(b"/Root 1 0 R", b"/Encrypt 7 0 R /ID [<00><00>] /Root 1 0 R")
    encrypt = b"7 0 obj\n<< /Filter /Standard /V 1 /R 2 /P -4 /O <%s> /U <%s> >>\nendobj\n" % (
        b"00" * 32,
        b"00" * 32,
    )
    with pytest.raises(PageError, match=r"fichier\.pdf: the PDF asks for a password"):
        read(body.replace(b"xref\n0 7", encrypt + b"xref\n0 7"))


@pytest.mark.parametrize("body", [b"%PDF-1.7" + b" " * (64 << 20)])
def test_a_file_too_large_is_named(body):
    with pytest.raises(PageError, match="a PDF of 64 MiB or more"):
        read(body)


@pytest.mark.parametrize("body", [b"%PDF-1.4\nrien", b"%PDF-1.7", pdf(LETTER)[:300]])
def test_a_broken_file_is_a_page_error_that_names_it(body):
    try:
        text = read(body).text
    except PageError as error:
        assert "https://a.example/fichier.pdf" in str(error)
    else:
        assert text == ""
