"""The short columns of articles follow the articles."""

from sqlite_utils import Database

from archive.store.database import prepare

ARTICLE = {"source": "s", "kind": "article", "text": "t", "words": 1, "url": "u", "capture": 1}


def test_summaries_follow_every_change_of_an_article() -> None:
    db = prepare(Database(memory=True))
    db.execute("pragma foreign_keys = off")
    row = ARTICLE | {"id": 1, "published": "2020-01", "first_seen": "", "last_seen": ""}
    db["articles"].insert(row, pk="id")
    assert db.execute("select id, published, kind from article_summaries").fetchall() == [
        (1, "2020-01", "article")
    ]
    db["articles"].upsert(row | {"published": "2021"}, pk="id")
    db["articles"].insert(row | {"published": "2022"}, pk="id", replace=True)
    assert db.execute("select id, published from article_summaries").fetchall() == [(1, "2022")]
    db.execute("delete from articles")
    assert db.execute("select count(*) from article_summaries").fetchone() == (0,)
    db.close()
