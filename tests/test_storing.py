"""What many pages bring is stored at once, and comes to the same as if each had come alone."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from archive import clustering
from archive.harvest import Harvest
from archive.learning import Lessons
from archive.models import Exchange, Site
from archive.pipeline import Archive
from archive.store import captures, clusters
from archive.store.captures import CaptureRow
from archive.store.tables import Rows
from archive.storing import together

TEXT = """Depuis lundi, quand on appelle la centrale du port, c’est une coopérative qui décroche. Les quarante
pilotes du bassin ont racheté le standard que leur louait un armateur, au terme de dix-huit mois de
discussions. L’opération met fin à un conflit né d’une redevance passée du simple au double."""
PAGE = """<!doctype html><html lang="fr"><head><title>{title}</title>{head}</head><body><main><h1>{title}</h1>
<p>Publié le 3 mai 2024</p><p>{text}</p></main></body></html>"""
Found = tuple[CaptureRow, Harvest | str]


@pytest.fixture
def archive(tmp_path: Path) -> Iterator[Archive]:
    with Archive(tmp_path / "data", {}) as opened:
        row = {"title": "", "kind": "press", "home": "", "via": "", "publish": ""}
        opened.database.table("sources").insert_all({"slug": slug, **row} for slug in ("fil", "rives"))
        yield opened


def harvested(archive: Archive, url: str, text: str = TEXT, head: str = "", hour: int = 8) -> Found:
    body = PAGE.format(title=url.rpartition("/")[2].capitalize(), text=text, head=head).encode()
    exchange = Exchange(
        source="fil",
        role="article",
        url=url,
        status=200,
        reason="OK",
        headers=[("Content-Type", "text/html; charset=utf-8")],
        body=body,
        fetched_at=datetime(2024, 6, 1, hour, tzinfo=UTC),
    )
    capture = archive.raw.keep(exchange)
    row = CaptureRow(captures.add(archive.database, capture), captures.PENDING, capture)
    return row, archive._harvester().harvest(row, Site())


def test_a_page_that_the_schema_refuses_leaves_those_that_came_with_it(archive: Archive) -> None:
    found = [harvested(archive, f"https://fil.example/{name}") for name in ("avant", "refusee", "apres")]
    row, harvest = found[1]
    assert isinstance(harvest, Harvest)
    (article,) = harvest.articles
    wrong = Rows("article_departments", ("article", "department"), [(article.id, "985")])
    found[1] = row, replace(harvest, articles=(replace(article, facts=(*article.facts, wrong)),))
    archive.store([*found, harvested(archive, "https://fil.example/encore")])
    stored = archive.database.execute("SELECT title FROM articles ORDER BY title").fetchall()
    assert stored == [("Apres",), ("Avant",), ("Encore",)]
    assert (archive.counts["new"], archive.counts["problems"]) == (3, 1)
    states = archive.database.execute("SELECT state FROM captures ORDER BY id").fetchall()
    assert states == [("read",), ("problem",), ("read",), ("read",)]


@pytest.mark.parametrize("own_first", [True, False])
def test_twins_that_come_together_are_one_article(archive: Archive, own_first: bool) -> None:
    own = harvested(archive, "https://fil.example/port", text=f"{TEXT} Entière.")
    head = '<link rel="canonical" href="https://fil.example/port">'
    twin = harvested(archive, "https://fil.example/imprimer/port", head=head, hour=9)
    archive.store([own, twin] if own_first else [twin, own])
    ((url, text),) = archive.database.execute("SELECT url, text FROM articles").fetchall()
    assert url == "https://fil.example/port"
    assert text.endswith("Entière.")


def test_reprints_are_one_story_as_soon_as_they_are_stored(archive: Archive) -> None:
    addresses = ("https://fil.example/port", "https://rives.example/port", "https://clairon.example/port")
    archive.store([harvested(archive, url) for url in addresses])

    def told() -> list[tuple[object, ...]]:
        query = "SELECT url, cluster, subject FROM articles ORDER BY url"
        return archive.database.execute(query).fetchall()

    at_once = told()
    assert len({cluster for _, cluster, _ in at_once} - {None}) == 1
    assert clustering.settle(archive.database) == 0
    with archive.database.atomic():
        archive.database.execute("UPDATE articles SET cluster = NULL, subject = NULL")
        clusters.clear(archive.database)
        archive.database.execute("INSERT INTO cluster_queue SELECT id FROM articles")
    assert clustering.settle(archive.database) == len(addresses)
    assert told() == at_once


def test_what_a_large_site_teaches_is_looked_up_less_and_less_often(archive: Archive) -> None:
    lessons = Lessons(archive.database)
    shape = "INSERT INTO page_shapes (capture, source, title, found_root) VALUES (?, 'fil', ?, 'main')"
    row, _ = harvested(archive, "https://fil.example/port")
    pages = range(row.id, row.id + 300)
    with archive.database.atomic():
        archive.database.execute("PRAGMA defer_foreign_keys = ON")
        assert lessons.site("fil") == Site()
        for _ in range(9):
            lessons.count("fil")
        archive.database.conn.executemany(shape, [(page, page) for page in pages])
        assert lessons.site("fil") == Site()
        lessons.count("fil")
        assert lessons.site("fil") == Site("main")
        archive.database.execute("UPDATE page_shapes SET found_root = 'article'")
        for _ in range(29):
            lessons.count("fil")
        assert lessons.site("fil") == Site("main")
        lessons.count("fil")
        assert lessons.site("fil") == Site("article")
        archive.database.execute("DELETE FROM page_shapes")


def test_nothing_is_lost_of_lists_that_do_not_fit_together(archive: Archive) -> None:
    row, _ = harvested(archive, "https://fil.example/port")
    few = [[(row, str(number)) for number in range(first, first + 7)] for first in range(0, 84, 7)]
    waiting = iter(few)
    taken = [next(together(waiting)) for _ in range(3)]
    assert [what for some in taken for _, what in some] == [str(number) for number in range(84)]
