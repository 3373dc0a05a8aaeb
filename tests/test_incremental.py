"""A later crawl asks only for what can have changed, and the archive knows what it did not ask again."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from archive.addresses import identity
from archive.models import Exchange
from archive.pipeline import Archive
from archive.rebuild import rebuild
from archive.settling import settle
from archive.sources import Source, load_all

START = datetime(2024, 6, 1, 8, 0, tzinfo=UTC)
PAGE = "https://carnet.example/scierie"
DECLARATION = """
title = "Le Carnet du Bocage"
kind = "blog"
home = "https://carnet.example/"
[fetch]
via = "feed"
start = ["https://carnet.example/feed"]
"""
STORY = "La scierie du Houlme a rouvert lundi avec onze des dix-neuf salariés congédiés en mars. " * 3


def answer(day: int, status: int = 200, text: str = STORY, **headers: str) -> Exchange:
    """Return what the page answered on the ``day``-th day."""
    body = f"<html lang='fr'><body><h1>La scierie rouvre</h1><p>{text}</p></body></html>"
    fields = [("Content-Type", "text/html; charset=utf-8"), *headers.items()]
    content = body.encode() if status == 200 else b""
    return Exchange("carnet", "article", PAGE, status, "", fields, content, START + timedelta(days=day))


@pytest.fixture
def sources(tmp_path: Path) -> dict[str, Source]:
    folder = tmp_path / "sources"
    folder.mkdir()
    (folder / "carnet.toml").write_text(DECLARATION, "utf-8")
    return load_all(folder)


@pytest.fixture
def archive(tmp_path: Path, sources: dict[str, Source]) -> Iterator[Archive]:
    with Archive(tmp_path / "data", sources) as opened:
        yield opened


def rows(archive: Archive, query: str) -> list[tuple[object, ...]]:
    return list(archive.database.execute(query))


def seen(archive: Archive) -> list[tuple[object, ...]]:
    return rows(archive, "select substr(last_seen, 6, 5), substr(gone_at, 6, 5) from articles")


def states(archive: Archive) -> list[tuple[object, ...]]:
    return rows(archive, "select status, state, original from captures order by id")


@pytest.mark.parametrize("status", [200, 304])
def test_an_unchanged_page_is_seen_again_and_not_read_again(archive: Archive, status: int) -> None:
    archive.keep(answer(0, ETag='"1"'))
    archive.keep(answer(7, status))
    settle(archive)
    assert states(archive) == [(200, "read", None), (status, "unchanged", 1)]
    assert seen(archive) == [("06-08", None)]
    assert rows(archive, "select count(*) from versions") == [(1,)]
    assert archive.counts["unchanged"] == 1


def test_a_third_visit_repeats_the_first_body_and_asks_with_the_newest_mark(archive: Archive) -> None:
    archive.keep(answer(0, ETag='"1"'))
    archive.keep(answer(7, ETag='"2"'))
    archive.keep(answer(14, 304, ETag='"3"'))
    assert [row[2] for row in states(archive)] == [None, 1, 1]
    before = archive.last_whole("carnet", PAGE)
    assert before is not None
    assert (before.etag, before.fetched_at) == ('"3"', START)


def test_a_changed_page_is_a_new_version_and_so_is_its_former_text(archive: Archive) -> None:
    archive.keep(answer(0))
    archive.keep(answer(7, text="Douze salariés désormais. " * 9))
    archive.keep(answer(14))
    settle(archive)
    assert [row[1] for row in states(archive)] == ["read", "read", "read"]
    assert rows(archive, "select text like '%congédiés%' from articles") == [(1,)]
    assert rows(archive, "select count(*) from versions") == [(2,)]


@pytest.mark.parametrize("status", [404, 410])
def test_a_page_that_is_gone_stays_in_the_archive_and_may_come_back(archive: Archive, status: int) -> None:
    archive.keep(answer(0))
    archive.keep(answer(7, status))
    archive.keep(answer(14, status))
    settle(archive)
    assert seen(archive) == [("06-01", "06-08")]
    archive.keep(answer(21))
    settle(archive)
    assert seen(archive) == [("06-22", None)]


def test_a_rebuild_forgets_neither_what_was_seen_again_nor_what_is_gone(archive: Archive) -> None:
    for exchange in (answer(0), answer(7, 304), answer(14, 410)):
        archive.keep(exchange)
    settle(archive)
    before = rows(archive, "select * from articles") + states(archive)
    assert rebuild(archive).captures == 1
    assert rows(archive, "select * from articles") + states(archive) == before


def test_a_date_newly_announced_is_worth_another_reading(archive: Archive) -> None:
    archive.keep(answer(0))
    archive.keep(replace(answer(7), announced="2024-05-30"))
    assert rows(archive, "select published from articles") == [("2024-05-30",)]


def test_a_crash_before_the_row_of_a_revisit_loses_nothing(
    tmp_path: Path, sources: dict[str, Source]
) -> None:
    with Archive(tmp_path / "data", sources) as archive:
        archive.keep(answer(0))
        archive.raw.keep(answer(7, 304), archive.last_whole("carnet", PAGE))
    with Archive(tmp_path / "data", sources) as archive:
        assert states(archive) == [(200, "read", None), (304, "unchanged", 1)]


def test_visits_tell_since_when_a_page_is_as_it_is(archive: Archive) -> None:
    def visits() -> tuple[int, int, int]:
        known = archive.visits("carnet")[identity(PAGE)]
        return known.status, (known.since - START).days, (known.last - START).days

    told = []
    for exchange in (answer(0), answer(7, 304), answer(9, 503), answer(14, 404), answer(21, 410), answer(28)):
        archive.keep(exchange)
        told.append(visits())
    assert told == [(200, 0, 0), (200, 0, 7), (200, 0, 7), (404, 14, 14), (410, 14, 21), (200, 0, 28)]


def test_of_a_page_that_wants_no_copy_only_the_headers_are_kept(archive: Archive) -> None:
    archive.keep(replace(answer(0), body=b"", noarchive=True, tdm_reservation="1"))
    archive.keep(replace(answer(7), body=b"", noarchive=True, tdm_reservation="1"))
    assert states(archive) == [(200, "noarchive", None)] * 2
    assert rows(archive, "select tdm_reservation from captures") == [("1",)] * 2
    assert rows(archive, "select count(*) from articles") == [(0,)]
    assert archive.last_whole("carnet", PAGE) is None
    assert archive.visits("carnet")[identity(PAGE)].status == 200
    settle(archive)
    assert rebuild(archive).captures == 0
    ((capture,), _) = rows(archive, "select offset from captures")
    assert archive.raw.get(archive.raw.files()[0].name, int(str(capture))).capture.noarchive
