"""A recorded web answers as the real one did, and never reaches it."""

import base64
import gzip
import hashlib
from datetime import UTC, datetime
from pathlib import Path

import pytest
from warcio.warcwriter import WARCWriter

from archive.errors import RawError
from scrapers.replay import Replay
from tests.scrapers.conftest import FETCHED, Page, Shelf, links, record


@pytest.fixture
def recorded(tmp_path: Path) -> Path:
    pages = {
        "https://a.example/x?b=2&a=1": Page("ordre", headers={"ETag": '"1"'}),
        "https://a.example/plein?utm_source=une": Page("suivi"),
        "https://a.example/gone": Page("parti", status=410),
        "https://a.example/chunks": Page(
            "5\r\ndeux \r\n4\r\nbout\r\n0\r\n\r\n", headers={"Transfer-Encoding": "chunked"}
        ),
    }
    return record(tmp_path / "web.warc.gz", pages)


@pytest.mark.parametrize(
    ("url", "body"),
    [
        ("https://a.example/x?b=2&a=1", b"ordre"),
        ("https://a.example/x?a=1&b=2", b"ordre"),
        ("https://a.example/plein?utm_source=une", b"suivi"),
        ("https://a.example/plein", b"suivi"),
        ("https://a.example/chunks", b"deux bout"),
        ("https://a.example/inconnue", None),
    ],
)
def test_an_address_is_found_as_recorded_or_without_tracking(url: str, body: bytes | None, recorded: Path):
    answer = Replay(recorded).answer(url)
    assert (answer.body if answer else None) == body


def test_status_headers_and_time_are_the_recorded_ones(recorded: Path):
    answer = Replay(recorded).answer("https://a.example/x?b=2&a=1")
    assert answer is not None
    assert answer.status == 200
    assert ("ETag", '"1"') in answer.headers
    assert answer.fetched_at == datetime(2024, 6, 1, 8, 0, tzinfo=UTC)


@pytest.mark.parametrize("content", [b"", b"GIF89a", gzip.compress(b"no record"), b"\x1f\x8b\x08torn"])
def test_a_file_that_is_no_warc_is_named(content: bytes, tmp_path: Path):
    path = tmp_path / "faux.warc.gz"
    path.write_bytes(content)
    with pytest.raises(RawError, match=r"faux\.warc\.gz"):
        Replay(path)


def test_a_missing_file_is_named(tmp_path: Path):
    with pytest.raises(RawError, match="absent"):
        Replay(tmp_path / "absent.warc.gz")


def test_a_page_is_kept_as_recorded_and_read_unpacked(declare, replay, shelf: Shelf):
    body = gzip.compress(links("/a/1").body.encode())
    replay(
        {
            "https://union.example/": Page(body, headers={"Content-Encoding": "gzip"}),
            "https://union.example/a/1": Page("<p>1</p>"),
        },
        declare("via = 'listing'\nstart = ['https://union.example/']\narticles = '/a/'"),
    )
    listing, article = (e for e in shelf.exchanges if e.role in ("listing", "article"))
    assert listing.body == body
    assert ("Content-Encoding", "gzip") in listing.headers
    assert (article.via, article.fetched_at.year) == ("https://union.example/", 2024)


def test_a_replay_waits_for_nobody(declare, replay, shelf: Shelf):
    patient = "User-agent: *\nCrawl-delay: 300\n"
    result = replay(
        {
            "https://union.example/robots.txt": Page(patient, type="text/plain"),
            "https://union.example/": links("/a/1", "/a/2"),
            "https://union.example/a/1": Page(status=503, headers={"Retry-After": "300"}),
            "https://union.example/a/2": Page("<p>2</p>"),
        },
        declare("via = 'listing'\nstart = ['https://union.example/']\narticles = '/a/'\ndelay = 300.0"),
    )
    assert (len(shelf.urls()), result.errors) == (3, {"http 503": 1})


def test_a_record_that_says_as_before_gives_the_earlier_body(tmp_path: Path):
    path = record(tmp_path / "web.warc.gz", {"https://a.example/x": Page("corps")})
    with path.open("ab") as file:
        writer = WARCWriter(file, gzip=True)
        digest = "sha1:" + base64.b32encode(hashlib.sha1(b"corps").digest()).decode()
        writer.write_record(
            writer.create_revisit_record("https://a.example/y", digest, "https://a.example/x", FETCHED)
        )
    answer = Replay(path).answer("https://a.example/y")
    assert answer is not None
    assert answer.body == b"corps"


def test_an_address_that_was_not_recorded_is_not_kept(declare, replay, shelf: Shelf):
    result = replay(
        {"https://union.example/": links("/a/1")},
        declare("via = 'listing'\nstart = ['https://union.example/']\narticles = '/a/'"),
    )
    assert shelf.urls() == ["https://union.example/"]
    assert result.errors == {"http 404": 1}
