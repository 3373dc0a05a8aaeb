"""The raw archive keeps what the web answered, and loses no whole record to a crash."""

import errno
import gzip
import os
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from warcio.archiveiterator import ArchiveIterator

from archive.errors import RawError
from archive.models import Exchange, Place
from archive.raw import Raw

PAGE = Exchange(
    source="union_bocage",
    role="article",
    url="https://union-bocage.example/actualites/une-scierie-reprise",
    status=200,
    reason="OK",
    headers=[
        ("Content-Type", "text/html; charset=utf-8"),
        ("Content-Encoding", "gzip"),
        ("Transfer-Encoding", "chunked"),
    ],
    body=gzip.compress("<h1>Une scierie reprise par ses salariés</h1>".encode(), mtime=0),
    fetched_at=datetime(2024, 6, 1, 8, 0, tzinfo=UTC),
    request_headers=[("User-Agent", "coopress/0.1")],
    ip_address="127.0.0.1",
    announced="2024-05-30",
    via="https://union-bocage.example/feed",
)


def test_a_response_is_read_back_as_it_came(tmp_path: Path) -> None:
    with Raw(tmp_path) as raw:
        capture = raw.keep(PAGE)
    stored = Raw(tmp_path).get(capture.file, capture.offset)
    assert stored.body.decode() == "<h1>Une scierie reprise par ses salariés</h1>"
    assert stored.capture.url == PAGE.url
    assert (stored.capture.source, stored.capture.role, stored.capture.announced) == (
        "union_bocage",
        "article",
        "2024-05-30",
    )
    assert stored.capture.fetched_at == PAGE.fetched_at
    assert ("Transfer-Encoding", "chunked") not in stored.headers


def test_every_response_of_a_file_is_listed_where_it_lies(tmp_path: Path) -> None:
    with Raw(tmp_path) as raw:
        kept = [raw.keep(replace(PAGE, url=f"{PAGE.url}-{n}", status=200 + n)) for n in range(4)]
        listed = list(raw.each(kept[0].file))
        tail = list(raw.each(kept[0].file, kept[2].offset))
    assert listed == kept
    assert tail == kept[2:]


def test_each_record_is_a_gzip_member_of_its_own(tmp_path: Path) -> None:
    with Raw(tmp_path) as raw:
        capture = raw.keep(PAGE)
    data = (tmp_path / capture.file).read_bytes()[capture.offset : capture.offset + capture.length]
    text = gzip.decompress(data)
    assert text.startswith(b"WARC/1.1\r\n")
    assert b"WARC-Payload-Digest: sha1:" in text
    assert text.count(b"WARC/1.1\r\n") == 1


def test_a_header_from_the_web_cannot_begin_another_line(tmp_path: Path) -> None:
    hostile = replace(PAGE, headers=[("X-Trap", "a\r\nWARC-Type: metadata")], reason="OK\r\nX: y")
    with Raw(tmp_path) as raw:
        capture = raw.keep(hostile)
        headers = dict(raw.get(capture.file, capture.offset).headers)
    assert headers["X-Trap"] == "a  WARC-Type: metadata"


@pytest.mark.parametrize("lost", [1, 7, 200])
def test_a_torn_last_record_is_cut_off_and_no_whole_one_is_lost(tmp_path: Path, lost: int) -> None:
    with Raw(tmp_path) as raw:
        kept = [raw.keep(replace(PAGE, url=f"{PAGE.url}-{n}")) for n in range(3)]
    path = tmp_path / kept[0].file
    torn_at = kept[2].offset + kept[2].length - lost
    path.write_bytes(path.read_bytes()[:torn_at])
    raw = Raw(tmp_path)
    assert len(raw.repair()) == 1
    assert list(raw.each(path.name)) == kept[:2]
    assert raw.repair() == []
    assert list(raw.verify()) == []


def test_repair_starts_from_what_is_known_to_be_whole(tmp_path: Path) -> None:
    with Raw(tmp_path) as raw:
        first, second = raw.keep(PAGE), raw.keep(PAGE)
    path = tmp_path / first.file
    path.write_bytes(path.read_bytes()[:-3])
    raw = Raw(tmp_path)
    assert len(raw.repair({path.name: second.offset})) == 1
    assert list(raw.each(path.name)) == [first, second]


def test_a_record_damaged_in_the_middle_costs_no_other_record(tmp_path: Path) -> None:
    with Raw(tmp_path) as raw:
        kept = [raw.keep(replace(PAGE, url=f"{PAGE.url}-{n}")) for n in range(3)]
    path = tmp_path / kept[0].file
    data = bytearray(path.read_bytes())
    middle = kept[1].offset + kept[1].length // 2
    data[middle : middle + 8] = b"\x00" * 8
    path.write_bytes(bytes(data))
    raw = Raw(tmp_path)
    assert raw.repair() == []
    assert raw.get(kept[2].file, kept[2].offset).capture.url == kept[2].url
    with pytest.raises(RawError, match=str(kept[1].offset)):
        raw.get(kept[1].file, kept[1].offset)
    assert any(str(kept[1].offset) in line for line in raw.verify())


def test_reading_where_no_response_begins_names_file_and_offset(tmp_path: Path) -> None:
    with Raw(tmp_path) as raw:
        capture = raw.keep(PAGE)
        with pytest.raises(RawError, match=capture.file):
            raw.get(capture.file, capture.offset + 5)
        with pytest.raises(RawError, match="absent"):
            raw.get("absent.warc.gz", 0)


LATER = datetime(2024, 6, 8, 8, 0, tzinfo=UTC)


def test_an_unchanged_body_is_kept_once_and_read_back_twice(tmp_path: Path) -> None:
    with Raw(tmp_path) as raw:
        first = raw.keep(PAGE)
        again = raw.keep(replace(PAGE, fetched_at=LATER), first)
        stored = raw.get(again.file, again.offset)
        whole = raw.get(first.file, first.offset)
    assert (again.original, again.digest, again.fetched_at) == (
        Place(first.file, first.offset),
        first.digest,
        LATER,
    )
    assert stored.body == whole.body
    assert (stored.capture.fetched_at, stored.capture.content_type) == (LATER, first.content_type)
    assert list(Raw(tmp_path).each(first.file)) == [first, again]
    assert list(Raw(tmp_path).verify()) == []


def test_a_page_not_modified_is_a_revisit_that_any_reader_of_warc_understands(tmp_path: Path) -> None:
    with Raw(tmp_path) as raw:
        first = raw.keep(PAGE)
        again = raw.keep(
            replace(PAGE, status=304, reason="Not Modified", headers=[("ETag", '"2"')], body=b""), first
        )
        stored = raw.get(again.file, again.offset)
    assert (again.status, again.etag) == (304, '"2"')
    assert b"scierie" in stored.body.lower()
    with (tmp_path / again.file).open("rb") as stream:
        stream.seek(again.offset)
        head = next(iter(ArchiveIterator(stream))).rec_headers
    assert head.get_header("WARC-Type") == "revisit"
    assert head.get_header("WARC-Profile").endswith("/revisit/server-not-modified")
    assert head.get_header("WARC-Refers-To-Target-URI") == PAGE.url
    assert head.get_header("WARC-Refers-To-Date") == "2024-06-01T08:00:00Z"
    assert head.get_header("WARC-Payload-Digest") == first.digest


def test_another_body_is_kept_whole(tmp_path: Path) -> None:
    with Raw(tmp_path) as raw:
        again = raw.keep(replace(PAGE, body=b"autre", headers=[]), raw.keep(PAGE))
        assert again.original is None
        assert raw.get(again.file, again.offset).body == b"autre"


def test_responses_kept_together_are_read_back_each_by_its_own_place(tmp_path: Path) -> None:
    others = [replace(PAGE, url=f"{PAGE.url}/{n}", body=b"%d" % n, headers=[]) for n in range(3)]
    with Raw(tmp_path) as raw:
        first = raw.keep(PAGE)
        kept = raw.keep_all([(PAGE, first), *((other, None) for other in others)])
        assert [raw.get(one.file, one.offset).body for one in kept] == [
            raw.get(first.file, first.offset).body,
            b"0",
            b"1",
            b"2",
        ]
        assert [(one.offset, one.length) for one in raw.each(first.file)] == [
            (one.offset, one.length) for one in (first, *kept)
        ]


def test_of_responses_kept_together_none_is_kept_when_the_disk_refuses(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with Raw(tmp_path) as raw:
        first = raw.keep(PAGE)
        with monkeypatch.context() as full:
            full.setattr(os, "fsync", _refuse)
            with pytest.raises(RawError, match=first.file):
                raw.keep_all([(replace(PAGE, body=b"1"), None), (replace(PAGE, body=b"2"), None)])
        later = raw.keep(replace(PAGE, body=b"3"))
        assert [one.offset for one in raw.each(first.file)] == [first.offset, later.offset]
        assert not raw.torn()


def _refuse(descriptor: int) -> None:
    raise OSError(errno.ENOSPC, "No space left on device")
