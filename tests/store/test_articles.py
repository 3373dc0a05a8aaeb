"""What a page says is stored once, with its proof, whatever the order of reading."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest
from sqlite_utils import Database

from archive.models import (
    Capture,
    CoopEntry,
    CoopMention,
    DepartmentMention,
    Event,
    FoundDate,
    Link,
    Record,
)
from archive.store import articles, captures, reference
from archive.store.article_rows import Sighting
from archive.store.database import prepare

SEEN = datetime(2024, 6, 1, 8, 0, tzinfo=UTC)
TEXT = "La Scop Lavoir Neuf, à Vierzon (18), fête ses dix ans le 3 juin."
RECORD = Record(
    url="https://union-bocage.example/lavoir-neuf?utm_source=lettre",
    canonical="https://www.union-bocage.example/lavoir-neuf",
    kind="article",
    title="Dix ans de Lavoir Neuf",
    published=FoundDate("2024-05-30", "day", "visible", "30 05 2024"),
    outlet="Union régionale du Bocage",
    authors=("Rose Tanguy",),
    text=TEXT,
    coops=(
        CoopMention("Lavoir Neuf", "Scop", "18", None, "discovered", "Lavoir Neuf", 8, 19, "form_and_name"),
    ),
    departments=(DepartmentMention("18", "code", "(18)", 31, 35),),
    events=(Event("2024-06-03", "fête ses dix ans", "le 3 juin", evidence_start=54, evidence_end=63),),
    links=(Link("https://lavoir-neuf.example/", "Lavoir Neuf"),),
)


@pytest.fixture
def db() -> Database:
    database = prepare(Database(memory=True))
    reference.save_departments(
        database, [{"code": "18", "name": "Cher", "region": "Centre-Val de Loire", "prefecture": "Bourges"}]
    )
    row = {"title": "Union", "kind": "union", "home": "", "via": "listing", "publish": "full"}
    reference.save_sources(database, [{"slug": "union_bocage", **row}])
    return database


def sighting(db: Database, record: Record = RECORD, address: str | None = None, day: int = 1) -> Sighting:
    url = address or "https://union-bocage.example/lavoir-neuf"
    count = db.table("captures").count
    capture = Capture(
        "union_bocage",
        "article",
        url,
        200,
        "text/html",
        SEEN.replace(day=day),
        "sha1:A",
        "a.warc.gz",
        count,
        1,
    )
    row = captures.add(db, capture)
    return Sighting(
        record, "union_bocage", row, url, capture.fetched_at, tuple(c.name.lower() for c in record.coops)
    )


def test_an_article_is_stored_with_its_facts_and_their_proof(db: Database) -> None:
    assert articles.save(db, sighting(db)) == "new"
    (article,) = db.table("articles").rows
    assert article["url"] == "https://www.union-bocage.example/lavoir-neuf"
    assert (
        article["published"],
        article["published_rule"],
        article["published_evidence"],
        article["year"],
    ) == (
        "2024-05-30",
        "visible",
        "30 05 2024",
        "2024",
    )
    assert article["departments"] == '["18"]'
    (mention,) = db.table("mentions").rows
    assert TEXT[mention["start"] : mention["end"]] == mention["surface"] == "Lavoir Neuf"
    (place,) = db.table("article_departments").rows
    assert TEXT[place["start"] : place["end"]] == place["evidence"]
    (event,) = db.table("events").rows
    assert TEXT[event["evidence_start"] : event["evidence_end"]] == event["evidence"]
    assert [row["url"] for row in db.table("links").rows] == ["https://lavoir-neuf.example/"]


def test_saving_twice_keeps_one_row_of_everything(db: Database) -> None:
    first = sighting(db)
    articles.save(db, first)
    before = {table: list(db.table(table).rows) for table in db.table_names() if "fts" not in table}
    assert articles.save(db, first) == "unchanged"
    assert {table: list(db.table(table).rows) for table in before} == before


def test_a_changed_text_makes_a_version_and_keeps_the_article(db: Database) -> None:
    articles.save(db, sighting(db))
    changed = replace(RECORD, text=TEXT + " Entrée libre.")
    assert articles.save(db, sighting(db, changed, day=2)) == "changed"
    assert [row["text"] for row in db.table("versions").rows] == [TEXT, changed.text]
    (article,) = db.table("articles").rows
    assert article["text"] == changed.text
    assert (article["first_seen"], article["last_seen"]) == ("2024-06-01T08:00:00Z", "2024-06-02T08:00:00Z")


def test_a_version_keeps_the_date_that_the_page_gave_then(db: Database) -> None:
    assert RECORD.published is not None
    later = replace(RECORD.published, value="2024-05-31")
    articles.save(db, sighting(db))
    articles.save(db, sighting(db, replace(RECORD, text="Rectifié.", published=later), day=2))
    dates = [row["published"] for row in db.table("versions").rows]
    assert dates == ["2024-05-30", "2024-05-31"]


def test_an_older_capture_read_late_does_not_overwrite(db: Database) -> None:
    articles.save(db, sighting(db, replace(RECORD, text="neuf"), day=2))
    articles.save(db, sighting(db, replace(RECORD, text="vieux"), day=1))
    assert [row["text"] for row in db.table("articles").rows] == ["neuf"]


@pytest.mark.parametrize("own_first", [True, False])
def test_a_twin_never_replaces_the_article_seen_at_its_own_address(db: Database, own_first: bool) -> None:
    own = sighting(db)
    twin = sighting(
        db, replace(RECORD, text="copie"), address="https://union-bocage.example/amp/lavoir-neuf", day=2
    )
    for one in (own, twin) if own_first else (twin, own):
        articles.save(db, one)
    assert [row["text"] for row in db.table("articles").rows] == [TEXT]
    assert [row["text"] for row in db.table("versions").rows] == [TEXT]


def test_tiles_of_a_board_are_articles_of_their_own(db: Database) -> None:
    board = "https://planche.example/id4"
    for position, tile in enumerate(("p1", "p2")):
        record = Record(f"{board}#{tile}", "clipping", title=tile, board=board, position=position)
        articles.save(db, sighting(db, record, address=board))
    assert [row["url"] for row in db.query("select url from articles order by position")] == [
        f"{board}#p1",
        f"{board}#p2",
    ]


def test_a_discovered_coop_takes_what_most_mentions_say_in_any_order(db: Database) -> None:
    names = ["Lavoir Neuf", "LAVOIR NEUF", "Lavoir Neuf"]
    for number, name in enumerate(names):
        mention = replace(RECORD.coops[0], name=name, form=None if number == 0 else "Scop")
        record = replace(RECORD, canonical=f"https://union-bocage.example/{number}", coops=(mention,))
        articles.save(db, sighting(db, record, address=f"https://union-bocage.example/{number}"))
    articles.settle_coops(db)
    assert [(c["name"], c["form"], c["department"]) for c in db.table("coops").rows] == [
        ("Lavoir Neuf", "Scop", "18")
    ]


def test_clearing_keeps_captures_and_directory(db: Database) -> None:
    reference.save_directory(
        db, [("vilebrequin", CoopEntry("Vilebrequin", "Scop", aliases=("Le Vilebrequin",)))]
    )
    articles.save(db, sighting(db))
    articles.clear(db)
    assert db.table("articles").count == db.table("mentions").count == db.table("versions").count == 0
    assert db.table("captures").count == 1
    assert [entry.name for entry in reference.directory(db)] == ["Vilebrequin"]
    assert reference.directory(db)[0].aliases == ("Le Vilebrequin",)


def test_search_finds_words_without_their_accents(db: Database) -> None:
    articles.save(db, sighting(db))
    found = db.execute("SELECT rowid FROM articles_fts WHERE articles_fts MATCH 'fete'").fetchall()
    assert len(found) == 1
    articles.clear(db)
    assert db.execute("SELECT rowid FROM articles_fts WHERE articles_fts MATCH 'fete'").fetchall() == []
