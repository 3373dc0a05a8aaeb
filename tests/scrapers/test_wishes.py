"""A site that wants no copies, or reserves its rights on mining, is heard in whatever way it says so."""

import gzip

import pytest

from scrapers.wishes import wishes
from tests.scrapers.conftest import HTML, Page, Shelf

HOME = "https://union.example"


@pytest.mark.parametrize(
    ("headers", "body", "expected"),
    [
        ([("X-Robots-Tag", "noarchive")], b"", True),
        ([("x-robots-tag", "coopress: noindex, NoArchive")], b"", True),
        ([("X-Robots-Tag", "autrebot: noarchive")], b"", False),
        ([("X-Robots-Tag", "max-snippet: 50, noarchive")], b"", True),
        ([("X-Robots-Tag", "noindex"), ("X-Robots-Tag", "noarchive")], b"", True),
        ([("X-Robots-Tag", "autrebot: noindex, coopress: noarchive")], b"", True),
        ([("X-Robots-Tag", "coopress: noindex, autrebot: noarchive")], b"", True),
        ([("X-Robots-Tag", "coopress: nosnippet, autrebot: noindex, noarchive")], b"", False),
        ([("X-Robots-Tag", "unavailable_after: Friday, 25 Jun 2027 15:00:00 GMT, noarchive")], b"", True),
        ([("X-Robots-Tag", "nocache")], b"", True),
        ([("X-Robots-Tag", "none")], b"", False),
        ([("X-Robots-Tag", "noindex, nofollow")], b"", False),
        ([("X-Robots-Tag", "Coopress: none")], b"", True),
        ([], b'<meta name="robots" content="none">', False),
        ([], b'<meta name="Coopress" content="noindex">', True),
        ([], b"<html><head><META NAME='robots' CONTENT='index, noarchive'/></head>", True),
        ([], b'<meta content=noarchive name=coopress>', True),
        ([], b'<meta name="autrebot" content="noarchive">', False),
        ([], b'<meta name="description" content="noarchive">', False),
        ([], b"<p>La balise noarchive</p>", False),
        ([("Content-Encoding", "gzip")], gzip.compress(b'<meta name="robots" content="noarchive">'), True),
        ([("Content-Encoding", "gzip")], b'<meta name="robots" content="noindex">', False),
    ],
)  # fmt: skip
def test_no_copy_is_asked_for_in_headers_and_pages(
    headers: list[tuple[str, str]], body: bytes, expected: bool
):
    assert wishes(headers, body).noarchive is expected


@pytest.mark.parametrize(
    ("headers", "body", "expected"),
    [
        ([("tdm-reservation", "1")], b'<meta name="tdm-reservation" content="0">', "1"),
        ([], b'<meta name="tdm-reservation" content="1">', "1"),
        ([], b"", None),
    ],
)
def test_the_reservation_of_text_mining_is_heard(
    headers: list[tuple[str, str]], body: bytes, expected: str | None
):
    assert wishes(headers, body).tdm_reservation == expected


def test_a_page_full_of_open_tags_is_read_in_no_time():
    assert wishes([], b"<meta " * 1_000_000) == wishes([], b"")


def test_a_listing_that_wants_no_copy_still_leads_to_its_articles(declare, replay, shelf: Shelf):
    body = '<meta name="robots" content="noarchive"><a href="/a/1">Lire</a>'
    replay(
        {f"{HOME}/": Page(body, type=HTML), f"{HOME}/a/1": Page("<p>1</p>")},
        declare(f"via = 'listing'\nstart = ['{HOME}/']\narticles = '/a/'"),
    )
    kept = {e.url: (e.body, e.noarchive) for e in shelf.exchanges}
    assert kept == {f"{HOME}/": (b"", True), f"{HOME}/a/1": (b"<p>1</p>", False)}
