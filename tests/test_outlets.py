"""What one page says of a domain holds for the others, in a stream of pages and in the archive."""

import json
from datetime import UTC, datetime

import pytest
from sqlite_utils import Database

from archive import press
from archive.extract import extract_lines
from archive.models import Capture, Record
from archive.store import articles, captures, outlets, reference
from archive.store.article_rows import Sighting
from archive.store.database import prepare


@pytest.fixture
def db() -> Database:
    database = prepare(Database(memory=True))
    row = {"title": "Planche", "kind": "board", "home": "", "via": "board", "publish": "link"}
    reference.save_sources(database, [{"slug": "planche", **row}])
    rows = ({**{name: getattr(title, name) for name in title.__slots__}} for title in press.titles())
    outlets.save_register(database, rows)
    return database


def clipping(number: int, original: str | None, outlet: str | None = None, rule: str | None = None) -> Record:
    return Record(
        f"https://planche.example/id1#t{number}",
        "clipping",
        title="T",
        text=f"Texte numéro {number}.",
        outlet=outlet,
        outlet_rule=rule,
        original=original,
    )


def store(db: Database, *records: Record) -> None:
    for one in records:
        seen = datetime(2024, 6, 1, 8, 0, tzinfo=UTC)
        place = db.table("captures").count
        capture = Capture("planche", "board", one.url, 200, None, seen, "", "a.warc.gz", place, 1)
        articles.save(db, Sighting(one, "planche", captures.add(db, capture), one.url, seen))
    outlets.settle(db)


def named(db: Database) -> list[tuple[str | None, str | None]]:
    return db.execute(
        "SELECT o.name, a.outlet_rule FROM articles a LEFT JOIN outlets o ON o.id = a.outlet ORDER BY a.url"
    ).fetchall()


def test_a_tile_without_a_name_gets_that_of_its_domain(db):
    store(
        db,
        clipping(1, "https://www.perche.example/a", "Perche", "host"),
        clipping(2, "https://m.perche.example/b", "Le Perche libéré", "label"),
        clipping(3, "https://perche.example/c"),
        clipping(4, "https://autre.example/c"),
    )
    learned = ("Le Perche libéré", "domain")
    assert named(db) == [learned, ("Le Perche libéré", "label"), learned, (None, None)]
    discovered = "SELECT name, domains FROM outlets WHERE origin = 'discovered'"
    assert db.execute(discovered).fetchall() == [("Le Perche libéré", '["perche.example"]')]


def test_the_order_of_the_tiles_makes_no_difference(db):
    tiles = [
        clipping(number, "https://perche.example/a", name, "label" if name else None)
        for number, name in enumerate(("Le Perche", None, "Le Perche libéré", "Le Perche libéré"))
    ]
    store(db, *tiles)
    before = named(db)
    articles.clear(db)
    store(db, *reversed(tiles))
    assert named(db) == before
    assert before[1] == ("Le Perche libéré", "domain")


def test_a_network_where_people_share_names_no_one(db):
    store(
        db,
        clipping(1, "https://www.facebook.com/perche/1", "Le Perche libéré", "label"),
        clipping(2, "https://www.facebook.com/autre/2"),
    )
    assert named(db)[1] == (None, None)


def test_the_register_outlives_a_rebuild_and_its_domains_are_its_own(db):
    store(
        db,
        clipping(1, "https://www.sudouest.fr/a", "La feuille", "label"),
        clipping(2, "https://www.sudouest.fr/b"),
    )
    assert named(db)[1] == (None, None)
    articles.clear(db)
    count = "SELECT count(*), sum(origin = 'register') FROM outlets"
    assert db.execute(count).fetchone() == (len(press.titles()),) * 2


def test_a_stream_of_pages_learns_as_it_goes():
    whole = (
        '<meta charset="utf-8"><meta property="og:site_name" content="Le Clairon des Monts"><h1>Titre</h1>'
    )
    mobile = '<meta charset="utf-8"><h1>Titre</h1><p>Un texte que rien ne signe, sur un petit écran.</p>'
    lines = [
        {"url": "https://www.clairon.example/a", "html": whole},
        {"url": "https://m.clairon.example/a", "html": mobile},
    ]
    found = [json.loads(line) for line in extract_lines(json.dumps(line).encode() for line in lines)]
    assert [record["outlet"] for record in found] == ["Le Clairon des Monts"] * 2
