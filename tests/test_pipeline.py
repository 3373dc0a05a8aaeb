"""A response becomes an article with its proof, and no crash between the stages loses it."""

import json
import sqlite3
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from archive.errors import PageError
from archive.models import CoopEntry, DepartmentMention, Exchange, Record
from archive.parsers import records as reading
from archive.pipeline import Archive
from archive.raw import Raw
from archive.rebuild import rebuild
from archive.seeding import remembered_sources
from archive.settling import settle
from archive.sources import Source, load_all
from archive.store import captures

DECLARATION = """
title = "Union régionale du Bocage"
kind = "union"
home = "https://union-bocage.example/"
region = ["61", "14"]
[fetch]
via = "listing"
start = ["https://union-bocage.example/actualites"]
articles = '/[a-z-]+$'
dated_only = true
"""

ARTICLE = """<!doctype html><html lang="fr"><head><meta charset="utf-8">
<title>{title} | Union du Bocage</title></head>
<body><header>Bienvenue sur le site de votre Union Régionale</header><main><h1>{title}</h1>
<p class="date">{date}</p>
<p>La Scop Lavoir Neuf, installée à Vimoutiers (61), a fêté ses dix ans avec ses quatorze salariés,
ses clients et les élus du canton, dans l’atelier où elle blanchit le linge des hôtels de la région
depuis sa création.</p>
<p>« Nous avons tenu parce que chacun a voix au chapitre », résume la gérante devant une salle comble.</p>
</main></body></html>"""


def page(slug: str = "dix-ans-de-lavoir-neuf", date: str = "30 05 2024", **changes: object) -> Exchange:
    exchange = Exchange(
        source="union_bocage",
        role="article",
        url=f"https://union-bocage.example/{slug}",
        status=200,
        reason="OK",
        headers=[("Content-Type", "text/html; charset=utf-8")],
        body=ARTICLE.format(title=slug.replace("-", " ").capitalize(), date=date).encode(),
        fetched_at=datetime(2024, 6, 1, 8, 0, tzinfo=UTC),
    )
    return replace(exchange, **changes)  # type: ignore[arg-type]


@pytest.fixture
def sources(tmp_path: Path) -> dict[str, Source]:
    folder = tmp_path / "sources"
    folder.mkdir()
    (folder / "union_bocage.toml").write_text(DECLARATION, "utf-8")
    return load_all(folder)


@pytest.fixture
def archive(tmp_path: Path, sources: dict[str, Source]) -> Iterator[Archive]:
    with Archive(tmp_path / "data", sources) as opened:
        yield opened


def rows(archive: Archive, query: str) -> list[tuple[object, ...]]:
    return list(archive.database.execute(query))


def everything(archive: Archive) -> dict[str, list[dict[str, object]]]:
    tables = [
        name
        for name in archive.database.table_names()
        if not ("fts" in name or name.startswith("article_stems_") or name == "crawls")
    ]
    return {name: list(archive.database.table(name).rows) for name in tables}


def test_a_page_becomes_an_article_with_date_coop_and_department(archive: Archive) -> None:
    archive.keep(page())
    assert rows(archive, "select title, published, published_evidence, departments from articles") == [
        ("Dix ans de lavoir neuf", "2024-05-30", "30 05 2024", '["61"]')
    ]
    settle(archive)
    assert rows(archive, "select name, form, department, status from coops") == [
        ("Lavoir Neuf", "Scop", "61", "discovered")
    ]
    assert rows(archive, "select state from captures") == [("read",)]


def test_a_page_without_its_own_date_is_no_article_where_the_source_says_so(archive: Archive) -> None:
    archive.keep(page("qui-sommes-nous", date=""))
    assert rows(archive, "select count(*) from articles") == [(0,)]
    assert rows(archive, "select state from captures") == [("skipped",)]


def test_listings_redirects_and_errors_are_kept_but_not_read(archive: Archive) -> None:
    archive.keep(page("actualites", role="listing"))
    archive.keep(page("ancienne-adresse", status=301))
    archive.keep(page("disparue", status=404))
    assert rows(archive, "select role, status, state from captures order by id") == [
        ("listing", 200, "skipped"),
        ("article", 301, "skipped"),
        ("article", 404, "skipped"),
    ]
    assert rows(archive, "select url, stage, error from problems") == [
        ("https://union-bocage.example/disparue", "fetch", "HTTP 404")
    ]
    assert rows(archive, "select count(*) from articles") == [(0,)]


@pytest.mark.parametrize(
    ("error", "said"), [(PageError("no tree"), "no tree"), (ValueError("odd"), "ValueError: odd")]
)
def test_a_page_that_cannot_be_read_is_a_named_problem(
    archive: Archive, monkeypatch: pytest.MonkeyPatch, error: Exception, said: str
) -> None:
    def refuse(*arguments: object) -> None:
        raise error

    monkeypatch.setattr("archive.harvest.records", refuse)
    archive.keep(page())
    monkeypatch.setattr("archive.harvest.records", reading.records)
    archive.keep(page("une-autre-page"))
    assert rows(archive, "select url, stage, error from problems") == [
        ("https://union-bocage.example/dix-ans-de-lavoir-neuf", "parse", said)
    ]
    assert rows(archive, "select count(*) from articles") == [(1,)]


def test_a_text_too_long_to_be_read_to_its_end_is_kept_and_named(
    archive: Archive, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("archive.parsers.records.MOST_READ", 100)
    archive.keep(page())
    assert rows(archive, "select stage, error from problems") == [
        ("parse", "facts looked for only where an enormous text begins")
    ]
    ((text,),) = rows(archive, "select text from articles")
    assert str(text).endswith("salle comble.")


def test_a_crash_before_the_row_is_committed_loses_nothing(
    tmp_path: Path, sources: dict[str, Source]
) -> None:
    data = tmp_path / "data"
    with Archive(data, sources) as archive:
        archive.keep(page())
        captures_before = rows(archive, "select url from captures")
    with Raw(data / "raw") as raw:
        raw.keep(page("dans-le-warc-seulement"))
    newest = raw.files()[-1]
    newest.write_bytes(newest.read_bytes() + b"\x1f\x8b\x08 torn")
    with Archive(data, sources) as archive:
        assert len(rows(archive, "select url from captures")) == len(captures_before) + 1
        assert rows(archive, "select title from articles order by title") == [
            ("Dans le warc seulement",),
            ("Dix ans de lavoir neuf",),
        ]


def test_a_crash_before_reading_is_made_good_at_the_next_start(
    tmp_path: Path, sources: dict[str, Source]
) -> None:
    with Archive(tmp_path / "data", sources) as archive:
        captures.add(archive.database, archive.raw.keep(page()))
        assert rows(archive, "select state from captures") == [("pending",)]
    with Archive(tmp_path / "data", sources) as archive:
        assert rows(archive, "select state from captures") == [("read",)]
        assert rows(archive, "select count(*) from articles") == [(1,)]


@pytest.mark.parametrize("workers", [1, 2])
def test_rebuilding_twice_changes_nothing(archive: Archive, workers: int) -> None:
    archive.import_directory([CoopEntry("Lavoir Neuf", "Scop", department="61")])
    archive.keep(page())
    archive.keep(page("journee-de-la-creation", date="12 03 2023"))
    archive.keep(page("illisible", body=b""))
    settle(archive)
    before = everything(archive)
    first = rebuild(archive, workers)
    assert (first.captures, first.articles, first.changes) == (3, 2, [])
    assert everything(archive) == before
    rebuild(archive, workers)
    assert everything(archive) == before


def test_a_rebuild_says_which_articles_change(archive: Archive, monkeypatch: pytest.MonkeyPatch) -> None:
    archive.keep(page())

    def retitled(*arguments: object) -> list[object]:
        return [replace(record, title="Autre titre") for record in reading.records(*arguments)]  # type: ignore[arg-type]

    monkeypatch.setattr("archive.harvest.records", retitled)
    assert rebuild(archive).changes == [("~", "https://union-bocage.example/dix-ans-de-lavoir-neuf")]


def test_a_damaged_record_is_a_problem_of_one_page(archive: Archive) -> None:
    archive.keep(page())
    archive.keep(page("une-autre-page"))
    (first, *_) = captures.to_read(archive.database)
    path = archive.raw.folder / first.capture.file
    data = bytearray(path.read_bytes())
    middle = first.capture.offset + first.capture.length // 2
    data[middle : middle + 8] = bytes(8)
    path.write_bytes(bytes(data))
    done = rebuild(archive)
    assert done.articles == 1
    assert done.changes == [("-", first.capture.url)]
    ((error,),) = rows(archive, "select error from problems")
    assert str(first.capture.offset) in str(error)


def test_the_archive_remembers_how_its_sources_were_declared(
    tmp_path: Path, archive: Archive, sources: dict[str, Source]
) -> None:
    remembered = remembered_sources(tmp_path / "data")
    assert remembered["union_bocage"].region == sources["union_bocage"].region
    assert remembered_sources(tmp_path / "nowhere") == {}
    archive.raw.close()
    with Archive(tmp_path / "data", remembered) as again:
        assert rows(again, "select declaration from sources") == [(DECLARATION,)]


def test_the_counts_of_a_crawl_are_kept(archive: Archive) -> None:
    archive.begin_crawl(["union_bocage"])
    archive.keep(page())
    archive.keep(page())
    archive.keep(page(date="30 05 2024</p><p>Mise à jour : la salle est changée.", status=200))
    archive.end_crawl("ok")
    assert rows(archive, "select requests, new, changed, unchanged, problems, outcome from crawls") == [
        (3, 1, 1, 1, 0, "ok")
    ]


def test_what_a_crawl_cost_and_what_went_wrong_by_kind_is_kept(archive: Archive) -> None:
    archive.begin_crawl(["union_bocage"])
    whole, refused = page(), page(status=404)
    broken = page("plaquette", body=b"%PDF-1.4 and nothing more")
    for exchange in (whole, refused, broken):
        archive.keep(exchange)
    archive.end_crawl("ok", {"http 404": 1, "refused": 2})
    ((size, seconds, errors),) = rows(archive, "select bytes, seconds, errors from crawls")
    assert size == len(whole.body) + len(refused.body) + len(broken.body)
    assert seconds in (0, 1)
    assert json.loads(errors) == {"http 404": 1, "parse": 1, "refused": 2}


def test_foreign_keys_hold(archive: Archive) -> None:
    archive.keep(page())
    assert rows(archive, "pragma foreign_key_check") == []
    with pytest.raises(sqlite3.IntegrityError):
        archive.database.execute("delete from captures")


def test_a_page_that_the_schema_refuses_is_a_problem_and_bars_nothing(
    tmp_path: Path, sources: dict[str, Source], monkeypatch: pytest.MonkeyPatch
) -> None:
    def elsewhere(*given: object) -> list[Record]:
        (found,) = reading.records(*given)  # type: ignore[arg-type]
        return [replace(found, departments=(DepartmentMention("985", "code", "985", 0, 3),))]

    with Archive(tmp_path / "data", sources) as archive:
        monkeypatch.setattr("archive.harvest.records", elsewhere)
        archive.keep(page("refusee"))
        monkeypatch.setattr("archive.harvest.records", reading.records)
        archive.keep(page("lue"))
        assert (archive.counts["new"], archive.counts["problems"]) == (1, 1)
    with Archive(tmp_path / "data", sources) as again:
        assert rows(again, "select title from articles") == [("Lue",)]
        assert rows(again, "select url, stage, error from problems") == [
            ("https://union-bocage.example/refusee", "parse", "not stored: FOREIGN KEY constraint failed")
        ]
