"""Write what a text holds besides names: who is quoted, and of publications sections and figures."""

from collections.abc import Iterator
from dataclasses import fields

from archive.models import Quote, Record
from archive.store.tables import Row, Rows, rows

_QUOTE = tuple(field.name for field in fields(Quote))
TABLES = ("sections", "figures", "quotes")

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
"""What the migration for publications runs."""

QUOTES = (
    "CREATE TABLE quotes (id INTEGER PRIMARY KEY, article INTEGER NOT NULL REFERENCES articles(id),"
    " field TEXT NOT NULL, start INTEGER NOT NULL, end INTEGER NOT NULL, quote TEXT NOT NULL, speaker TEXT,"
    " speaker_start INTEGER, speaker_end INTEGER, role TEXT, rule TEXT NOT NULL, confidence REAL NOT NULL)",
    "CREATE INDEX quotes_article ON quotes(article)",
    "CREATE INDEX quotes_speaker ON quotes(speaker)",
)
"""What the migration for quotations runs."""


def all_rows(article: int, record: Record) -> Iterator[Rows]:
    """Yield the rows of one article in each of ``TABLES``."""
    yield rows(
        "sections",
        (
            {"article": article, "title": one.title, "start": one.start, "end": one.end, "page": one.page}
            for one in record.sections
        ),
    )
    yield rows("figures", _figure_rows(article, record))
    yield rows(
        "quotes",
        ({"article": article, **{name: getattr(one, name) for name in _QUOTE}} for one in record.quotes),
    )


def _figure_rows(article: int, record: Record) -> Iterator[Row]:
    for one in record.figures:
        yield {
            "article": article,
            "label": one.label,
            "value": one.value,
            "unit": one.unit,
            "evidence": one.evidence,
            "start": one.start,
            "end": one.end,
            "page": record.page_at(one.start),
        }
