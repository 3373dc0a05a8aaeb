import io
import zipfile
from pathlib import Path

import docx
import pytest

from archive.errors import PageError
from archive.models import Page, Record
from archive.parsers.records import records

DOCUMENTS = Path(__file__).parents[1] / "documents"
URL = "https://a.example/communique"
ODT = "application/vnd.oasis.opendocument.text"


def read(body: bytes, url: str = URL) -> Record:
    (record,) = records(Page(url, body))
    return record


@pytest.mark.parametrize("form", ["docx", "odt"])
def test_a_document_by_another_program_reads_as_it_was_written(form: str):
    record = read((DOCUMENTS / f"lettre.{form}").read_bytes())
    title, *lines = (DOCUMENTS / "lettre.txt").read_text("utf-8").splitlines()
    assert f"# {record.title}" == title
    assert record.text.splitlines() == [line.removeprefix("## ") for line in lines]
    assert record.published is not None
    assert (record.published.value, record.published.evidence) == ("2019-03", "mars 2019")
    assert [one.title for one in record.sections] == [line[3:] for line in lines if line.startswith("## ")]
    assert [mention.code for mention in record.departments][:1] == ["18"]


def word(*lines: str, table: tuple[tuple[str, ...], ...] = ()) -> bytes:
    document = docx.Document()
    for line in lines:
        style = "Title" if line.startswith("# ") else "Heading 1" if line.startswith("## ") else None
        document.add_paragraph(line.lstrip("# "), style)
    if table:
        made = document.add_table(len(table), len(table[0]))
        for row, cells in zip(made.rows, table, strict=True):
            for cell, text in zip(row.cells, cells, strict=True):
                cell.text = text
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


RELEASE = (
    "Communiqué de presse",
    "# Une scierie passe aux mains de ses salariés",
    "Flers, le 3 mai 2021",
    "Les onze salariés de la scierie du Val, à Flers (61), ont repris leur entreprise sous forme de Scop.",
    "« Nous savons ce que nous faisons », assure Luce Marin, gérante.",
)


def test_a_press_release_gives_its_title_its_day_and_its_whole_text():
    record = read(word(*RELEASE, table=(("Salariés", "11"), ("Chiffre d’affaires", "2 M€"))))
    assert (record.kind, record.title) == ("article", RELEASE[1][2:])
    assert record.published is not None
    assert (record.published.value, record.published.rule != "document_metadata") == ("2021-05-03", True)
    assert record.text.splitlines() == [
        RELEASE[0],
        *RELEASE[2:],
        "Salariés | 11",
        "Chiffre d’affaires | 2 M€",
    ]


def test_the_day_of_saving_is_weak_proof_taken_where_the_text_has_no_date():
    document = docx.Document()
    document.add_paragraph("Une boulangerie ouvre ses portes", "Title")
    document.add_paragraph(
        "La Scop Mie Dorée ouvre sa boutique et cherche un apprenti qui aime se lever tôt."
    )
    document.core_properties.modified = __import__("datetime").datetime(2020, 2, 3)
    out = io.BytesIO()
    document.save(out)
    published = read(out.getvalue()).published
    assert published is not None
    assert (published.value, published.rule) == ("2020-02-03", "document_metadata")


def text_document(body: str, **more: str) -> bytes:
    out = io.BytesIO()
    names = "office text style meta"
    spaces = " ".join(f'xmlns:{n}="urn:oasis:names:tc:opendocument:xmlns:{n}:1.0"' for n in names.split())
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr("mimetype", ODT, zipfile.ZIP_STORED)
        content = f"<office:document-content {spaces}><office:body><office:text>{body}</office:text>"
        package.writestr("content.xml", f"{content}</office:body></office:document-content>")
        for name, text in {"META-INF/manifest.xml": "<m/>", **more}.items():
            package.writestr(name, text)
    return out.getvalue()


def test_spaces_tabs_and_breaks_are_kept_and_what_was_struck_out_is_not():
    body = (
        "<text:tracked-changes><text:p>Ancienne version</text:p></text:tracked-changes>"
        '<text:h text:outline-level="1">Un four pour deux</text:h>'
        "<text:p>La<text:s/>Scop<text:tab/>Mie<text:line-break/>Dorée<text:note>"
        "<text:p>Note</text:p></text:note> partage son four.</text:p>"
        "<text:list><text:list-item><text:p>Deux fournées</text:p>"
        "</text:list-item></text:list>"
    )
    record = read(text_document(body))
    assert (record.title, record.text) == (
        "Un four pour deux",
        "La Scop Mie Dorée partage son four.\nDeux fournées",
    )


def cut(data: bytes) -> bytes:
    return data[: len(data) // 2]


def repacked(data: bytes, name: str, content: bytes) -> bytes:
    """Return a package with one of its files replaced or added."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for entry in old.infolist():
            if entry.filename != name:
                new.writestr(entry, old.read(entry))
        new.writestr(name, content)
    return out.getvalue()


def flagged(data: bytes) -> bytes:
    out, at = bytearray(data), 0
    while (at := out.find(b"PK\x01\x02", at)) >= 0:
        out[at + 8] |= 1
        at += 4
    return bytes(out)


LAUGHS = (
    b'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">'
    b'<!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;&b;&b;">]><a>&c;</a>'
)
OUTSIDE = b'<!DOCTYPE a [<!ENTITY a SYSTEM "file:///etc/passwd">]><a>&a;</a>'
GOOD = word(*RELEASE)
OPEN = text_document("<text:p>Bonjour</text:p>")

HOSTILE = {
    "docx cut short": (cut(GOOD), "cut short or no ZIP file"),
    "odt cut short": (cut(OPEN), "cut short or no ZIP file"),
    "docx whose text is no XML": (repacked(GOOD, "word/document.xml", b"<w:document><"), "is no XML"),
    "odt whose text is no XML": (repacked(OPEN, "content.xml", b"\x00\x01"), "is no XML"),
    "docx of recursive entities": (repacked(GOOD, "word/document.xml", LAUGHS), "declares entities"),
    "odt of recursive entities": (repacked(OPEN, "content.xml", LAUGHS), "declares entities"),
    "odt that reads a file": (repacked(OPEN, "content.xml", OUTSIDE), "declares entities"),
    "docx bomb": (repacked(GOOD, "word/document.xml", b" " * (40 << 20)), "is a bomb"),
    "odt bomb": (repacked(OPEN, "Pictures/a.png", b"\0" * (40 << 20)), "is a bomb"),
    "docx without its parts": (repacked(GOOD, "[Content_Types].xml", b"<a/>"), "the .docx cannot be read"),
    "odt without text": (repacked(OPEN, "content.xml", b"<a/>"), "the .odt has no text"),
    "odt with a password": (
        repacked(OPEN, "META-INF/manifest.xml", b"<m><encryption-data/></m>"),
        "asks for a password",
    ),
    "docx with a password": (flagged(GOOD), "asks for a password"),
    "old Office document": (
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600),
        "of the old kind, or one that asks",
    ),
    "odt nested without end": (
        text_document("<text:section>" * 3_000 + "<text:p>x</text:p>" + "</text:section>" * 3_000),
        "is no XML",
    ),
    "empty docx": (word(), "the document has no text"),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_a_broken_or_hostile_document_is_named(name: str):
    body, said = HOSTILE[name]
    with pytest.raises(PageError) as error:
        read(body)
    assert str(error.value).startswith(f"{URL}: ")
    assert said in str(error.value)
