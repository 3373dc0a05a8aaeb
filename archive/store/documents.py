"""Write what a publication holds besides its text: its sections, and its figures with the page of each."""

from sqlite_utils import Database

from archive.models import Record

TABLES = ("sections", "figures")

STATEMENTS = (
    "ALTER TABLE articles ADD COLUMN issue TEXT",
    "ALTER TABLE articles ADD COLUMN needs_ocr INTEGER NOT NULL DEFAULT 0",
    "CREATE TABLE sections (id INTEGER PRIMARY KEY, article INTEGER NOT NULL REFERENCES articles(id),"
    " title TEXT NOT NULL, start INTEGER NOT NULL, end INTEGER NOT NULL, page INTEGER)",
    "CREATE INDEX sections_article ON sections(article)",
    "CREATE TABLE figures (id INTEGER PRIMARY KEY, article INTEGER NOT NULL REFERENCES articles(id),"
    " label TEXT NOT NULL, value REAL NOT NULL, unit TEXT, evidence TEXT NOT NULL, start INTEGER NOT NULL,"
    " end INTEGER NOT NULL, page INTEGER)",
    "CREATE INDEX figures_article ON figures(article)",
)
"""What the migration runs."""


def save(database: Database, article: int, record: Record) -> None:
    """Write the rows of one article; those of an earlier reading must be gone."""
    database.table("sections").insert_all(
        {"article": article, "title": one.title, "start": one.start, "end": one.end, "page": one.page}
        for one in record.sections
    )
    database.table("figures").insert_all(
        {
            "article": article,
            "label": one.label,
            "value": one.value,
            "unit": one.unit,
            "evidence": one.evidence,
            "start": one.start,
            "end": one.end,
            "page": record.page_at(one.start),
        }
        for one in record.figures
    )
