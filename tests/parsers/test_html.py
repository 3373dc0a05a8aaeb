"""Bytes become a tree, whatever their character set claims to be."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml.html import HtmlElement

from archive.errors import PageError
from archive.models import Page
from archive.parsers.html import Document, once_a_page, parse

TEXT = "Été à l’œuvre : déjà « 2 € » à Évreux"


def read(body: bytes, content_type: str | None = None) -> Document:
    return parse(Page("https://union.example/actualite", body, content_type))


def text(body: bytes, content_type: str | None = None) -> str:
    return str(read(body, content_type).tree.text_content()).strip()


def page(charset: str) -> str:
    return f"<html><head><meta charset={charset}></head><body><p>{TEXT}</p></body></html>"


@pytest.mark.parametrize(
    ("body", "content_type", "encoding"),
    [
        (f"<p>{TEXT}</p>".encode(), None, "utf-8"),
        (page("iso-8859-1").encode(), None, "utf-8"),
        (f"<p>{TEXT}</p>".encode(), "text/html; charset=iso-8859-1", "utf-8"),
        (page("iso-8859-1").encode("cp1252"), None, "cp1252"),
        (page("utf-8").encode("cp1252"), None, "cp1252"),
        (f"<p>{TEXT}</p>".encode("cp1252"), "text/html; charset=iso-8859-1", "cp1252"),
        (f"<p>{TEXT}</p>".encode("cp1252"), None, "cp1252"),
        (f"<p>{TEXT}</p>".encode("utf-16"), None, "utf-16-le"),
        (f"\ufeff<p>{TEXT}</p>".encode(), None, "utf-8"),
    ],
    ids=[
        "utf8",
        "utf8_as_latin",
        "utf8_header_latin",
        "1252",
        "1252_as_utf8",
        "1252_header",
        "bare",
        "16",
        "bom",
    ],
)
def test_the_text_is_read_whatever_charset_is_declared(
    body: bytes, content_type: str | None, encoding: str
) -> None:
    assert text(body, content_type) == TEXT
    assert read(body, content_type).encoding == encoding


def test_a_foreign_charset_is_believed() -> None:
    assert (
        text("<p>Привет, кооператив</p>".encode("cp1251"), "text/html; charset=windows-1251")
        == "Привет, кооператив"
    )


def test_text_encoded_twice_is_mended() -> None:
    twice = f"<p>{TEXT}, naïve et têtue</p>".encode().decode("cp1252", "coopress.latin").encode()
    assert text(twice) == f"{TEXT}, naïve et têtue"


def test_one_accent_that_looks_damaged_is_left_alone() -> None:
    assert text("<p>SÃO é à è ê : l’été</p>".encode()) == "SÃO é à è ê : l’été"


def test_a_page_glued_from_two_charsets_keeps_both_halves() -> None:
    assert text(f"<p>{TEXT} ".encode() * 2 + "née là</p>".encode("cp1252")).endswith("Évreux née là")


def test_an_xml_declaration_is_no_obstacle() -> None:
    body = '<?xml version="1.0" encoding="iso-8859-15"?><html><body><p>Côté cœur</p></body></html>'
    assert text(body.encode("iso-8859-15")) == "Côté cœur"


def test_comments_and_null_bytes_are_dropped() -> None:
    assert text(b"<p>La <!-- vieille -->Sc\x00op</p>") == "La Scop"


def test_links_start_from_the_base_element() -> None:
    assert read(b"<base href='/archives/'><p>a</p>").base == "https://union.example/archives/"
    assert read(b"<p>a</p>").base == "https://union.example/actualite"
    assert read(b"<base href='http://['><p>a</p>").base == "https://union.example/actualite"


@pytest.mark.parametrize(
    "body",
    [b"", b" \n", b"\x00\x00", b"\x89PNG\r\n\x1a\n....", b"%PDF-1.7", b"PK\x03\x04x", bytes(range(256)) * 9],
)
def test_what_is_no_page_is_refused_with_its_address(body: bytes) -> None:
    with pytest.raises(PageError, match=r"https://union\.example/actualite"):
        read(body)


def test_a_very_deep_page_is_read() -> None:
    assert isinstance(read(b"<div>" * 50_000 + b"fin").tree, HtmlElement)


@given(
    st.binary(max_size=400),
    st.sampled_from([None, "text/html; charset=utf-16", "text/html; charset=big5", "é"]),
)
def test_no_bytes_raise_anything_but_a_page_error(body: bytes, content_type: str | None) -> None:
    try:
        assert read(body, content_type).tree is not None
    except PageError as error:
        assert "https://union.example/actualite" in str(error)


def test_the_elements_that_parsers_look_for_come_in_page_order() -> None:
    page = read(b"<title>T</title><h2>1</h2><div><h1>2</h1><a href=x>3</a></div><h2>4</h2>")
    assert [one.text for one in page.elements("h1", "h2")] == ["1", "2", "4"]
    assert [one.text for one in page.elements("a")] == ["3"]
    assert page.title == "T"
    assert read(b"<p>Sans titre</p>").title == ""


def test_a_question_about_a_page_is_answered_with_one_look() -> None:
    asked: list[str] = []

    @once_a_page
    def title(document: Document) -> str:
        asked.append(document.url)
        return document.title

    pages = [read(b"<title>Le lin</title>"), read(b"<title>Le chanvre</title>")]
    assert [title(page) for page in (*pages, *pages)] == ["Le lin", "Le chanvre"] * 2
    assert len(asked) == 2
