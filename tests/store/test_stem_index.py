"""The index of stems follows the articles, whoever changes them."""

import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlite_utils import Database

from archive.stems import stem
from archive.store import places, stem_index
from archive.store.database import open_database, prepare
from archive.store.migrations import migrations

ARTICLE = {"source": "s", "kind": "article", "words": 3, "capture": 1, "first_seen": "", "last_seen": ""}

_TOLD = ({"title": "Le fournil d’Auray"}, {"published": "2020-05"}, {"departments": '["91", "2a"]'})
_TRIGGERS = "select name, sql from sqlite_master where type in ('trigger', 'view') order by name"


@pytest.fixture
def db() -> Iterator[Database]:
    database = prepare(Database(memory=True))
    database["sources"].insert(dict.fromkeys(("slug", "title", "kind", "home", "via", "publish"), "s"))
    capture = {"id": 1, "source": "s", "url": "", "role": "", "status": 200, "fetched_at": "", "digest": ""}
    database["captures"].insert(capture | {"file": "", "offset": 0, "length": 0})
    yield database
    database.close()


def test_an_article_written_by_any_hand_is_found_once_refreshed(db: Database) -> None:
    _write(db, 1, "Les coopératrices de l’Essonne")
    assert stem_index.refresh(db) == 1
    assert _found(db, "coopération") == [1]
    assert stem_index.refresh(db) == 0


@pytest.mark.parametrize("change", ["upsert", "replace", "update"])
def test_a_changed_article_leaves_no_ghost(db: Database, change: str) -> None:
    _write(db, 1, "Les coopératives")
    stem_index.refresh(db)
    row = ARTICLE | {"id": 1, "text": "Les mutuelles", "url": "u1"}
    if change == "update":
        db["articles"].update(1, {"text": "Les mutuelles"})
    elif change == "upsert":
        db["articles"].upsert(row, pk="id")
    else:
        db["articles"].insert(row, pk="id", replace=True)
    stem_index.refresh(db)
    assert (_found(db, "coopérative"), _found(db, "mutuelle")) == ([], [1])
    assert db.execute("select count(*) from articles_fts_stems").fetchone() == (1,)
    db.execute("insert into article_stems(article_stems) values ('integrity-check')")


def test_a_deleted_article_is_found_no_more(db: Database) -> None:
    _write(db, 1, "Les coopératives")
    stem_index.refresh(db)
    db.execute("delete from articles")
    stem_index.refresh(db)
    assert _found(db, "coopérative") == []


def test_an_article_that_does_not_change_is_not_indexed_again(db: Database) -> None:
    _write(db, 1, "Les coopératives")
    stem_index.refresh(db)
    db["articles"].upsert(ARTICLE | {"id": 1, "text": "Les coopératives", "url": "u1"}, pk="id")
    assert stem_index.refresh(db) == 0


def test_a_compound_is_found_written_as_one(db: Database) -> None:
    _write(db, 1, "Un auto-entrepreneur")
    stem_index.refresh(db)
    assert _found(db, "autoentrepreneurs") == [1]


def test_opening_an_older_archive_fills_its_index(tmp_path: Path) -> None:
    path = tmp_path / "archive.db"
    older = Database(path)
    migrations.apply(older, stop_before="m060_articles_stems")
    older.execute("pragma foreign_keys = off")
    _write(older, 1, "Œuvrer ensemble")
    older.close()
    opened = open_database(path)
    assert _found(opened, "oeuvre") == [1]
    assert [word for (word,) in opened.execute("select word from search_words")] == ["ensemble", "œuvrer"]
    opened.close()


def test_an_archive_of_the_release_before_is_brought_over_as_it_would_be_made_anew(tmp_path: Path) -> None:
    older = Database(tmp_path / "older.db")
    migrations.apply(older, stop_before="m062_article_places")
    older.execute("pragma foreign_keys = off")
    newer = prepare(Database(memory=True))
    newer.execute("pragma foreign_keys = off")
    for identifier, told in enumerate(_TOLD, 1):
        for database in (older, newer):
            _write(database, identifier, f"Une coopérative, la {identifier}e", **told)
        made = stem_index.entry(told.get("title"), None, f"Une coopérative, la {identifier}e")
        words = (identifier, *made[:4])
        indexed = "insert into articles_fts_stems (rowid, title, kicker, text, more) values (?, ?, ?, ?, ?)"
        older.execute(indexed, words)
    older.execute("delete from articles_to_index")
    _write(older, 4, "Une mutuelle qui attend")
    _write(newer, 4, "Une mutuelle qui attend")
    older.close()
    opened = open_database(tmp_path / "older.db")
    stem_index.refresh(newer)
    for query in ("select rowid, * from article_stems", "select * from article_places", _TRIGGERS):
        assert opened.execute(query).fetchall() == newer.execute(query).fetchall()
    opened.execute("insert into article_stems(article_stems) values ('integrity-check')")
    opened.close()


@pytest.mark.parametrize(
    ("column", "value"), [("published", "2021-03-04"), ("departments", '["75"]'), ("kind", "clipping")]
)
def test_the_index_follows_what_is_filtered_by(db: Database, column: str, value: str) -> None:
    _write(db, 1, "Une coopérative", published="2020", title="Mutuelle")
    stem_index.refresh(db)
    db["articles"].update(1, {column: value})
    assert stem_index.refresh(db) == 1
    told = db.execute(
        "select place, filters from article_places join article_stems on place = article_stems.rowid"
    )
    row = next(db.query("select * from articles"))
    among = [row[name] for name in ("source", "kind", "language", "departments")]
    filters = f"{stem_index.filters(*among)} {stem_index.titles(stem('mutuelle'), '')}"
    assert told.fetchall() == [(places.place(row["published"], 1), filters)]


def test_articles_of_one_place_are_all_found(db: Database) -> None:
    same = [1, 1 + 2**24, 1 + 2**25]
    for identifier in same:
        _write(db, identifier, "Une coopérative", published="2020-05-01")
    stem_index.refresh(db)
    assert sorted(_found(db, "coopérative")) == same
    db.execute("delete from articles where id = ?", [same[0]])
    stem_index.refresh(db)
    assert sorted(_found(db, "coopérative")) == same[1:]


def test_a_reader_without_our_functions_can_write_and_search(db: Database, tmp_path: Path) -> None:
    path = tmp_path / "archive.db"
    open_database(path).close()
    plain = sqlite3.connect(path)
    plain.execute(
        "insert into articles (id, source, kind, text, words, url, capture, first_seen, last_seen)"
        " values (5, 's', 'article', 'Une coopérative', 2, 'u', 1, '', '')"
    )
    plain.commit()
    plain.close()
    opened = open_database(path)
    assert _found(opened, "coopératives") == [5]
    opened.close()


def _write(db: Database, identifier: int, text: str, **told: str) -> None:
    row = {"id": identifier, "text": text, "url": f"u{identifier}"}
    db["articles"].insert(ARTICLE | row | told, pk="id")


def _found(db: Database, word: str) -> list[int]:
    query = "select rowid from articles_fts_stems where articles_fts_stems match ?"
    return [identifier for (identifier,) in db.execute(query, [f'"{stem(word)}"'])]


def test_an_entry_made_elsewhere_serves_as_if_it_were_made_here(db: Database) -> None:
    text = "Les coopératrices d’Annecy-le-Vieux"
    _write(db, 1, text)
    _write(db, 2, text)
    assert stem_index.refresh(db, {1: stem_index.entry(None, None, text)}) == 2
    made, other = db.execute("SELECT title, kicker, text, more FROM articles_fts_stems").fetchall()
    assert made == other
    assert sorted(_found(db, "annecylevieux")) == [1, 2]
    words = [word for (word,) in db.execute("SELECT word FROM search_words ORDER BY word")]
    assert words == ["annecy", "coopératrices", "vieux"]
