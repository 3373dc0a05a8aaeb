"""What does one capture bring? It is read, and what it says is made ready to be stored; needs no database."""

from collections.abc import Mapping
from dataclasses import dataclass

from archive import clustering
from archive.models import CoopDirectory, Record, Site
from archive.pages import page_of
from archive.parsers.coop_keys import key as coop_key
from archive.parsers.records import records
from archive.raw import Raw, Stored
from archive.reading import attempt
from archive.sources import Source
from archive.store import stem_index
from archive.store.article_rows import ArticleRows, Sighting, article_rows
from archive.store.captures import CaptureRow
from archive.store.shapes import shape_rows
from archive.store.tables import Rows


@dataclass(frozen=True, slots=True)
class Harvest:
    """What was found in a page: articles, what it teaches of its site, sentences on what is wrong with it."""

    articles: tuple[ArticleRows, ...] = ()
    shapes: tuple[Rows, ...] = ()
    problems: tuple[str, ...] = ()

    @property
    def weight(self) -> int:
        """Return how many characters of text it holds, which is most of the memory that it takes."""
        return sum(len(article.version.text) for article in self.articles)


@dataclass(frozen=True, slots=True)
class Harvester:
    """Reads captures: where they lie, and what is known of sources and co-ops."""

    raw: Raw
    sources: Mapping[str, Source]
    directory: CoopDirectory

    def records(self, stored: Stored, site: Site) -> list[Record] | str:
        """Return what a response says, read with what is known of its ``site``, or why it cannot be read."""
        return attempt(lambda: self._records(stored, site))

    def harvest(self, row: CaptureRow, site: Site) -> Harvest | str:
        """Return what a capture brings, read with what is known of its ``site``, or why it cannot be read."""
        found = attempt(lambda: [self._harvest(row, site)])
        return found if isinstance(found, str) else found[0]

    def _records(self, stored: Stored, site: Site) -> list[Record]:
        return records(page_of(stored, self.sources, site), self.directory)

    def _harvest(self, row: CaptureRow, site: Site) -> Harvest:
        articles: list[ArticleRows] = []
        shapes: list[Rows] = []
        problems: list[str] = []
        capture = row.capture
        for record in self._records(self.raw.read(capture.file, capture.offset), site):
            if record.obstacle is not None:
                problems.append(f"obstacle: {record.obstacle}")
            elif self._is_article(row, record):
                if record.facts_until is not None:
                    problems.append("facts looked for only where an enormous text begins")
                articles.append(prepared(row, record))
                shapes += shape_rows(row.id, capture.source, record, site)
        return Harvest(tuple(articles), tuple(shapes), tuple(problems))

    def _is_article(self, row: CaptureRow, record: Record) -> bool:
        """Tell articles from what merely has the address of one."""
        source = self.sources.get(row.capture.source)
        undated = record.kind == "article" and record.published is None and row.capture.added_by is None
        return not (undated and source is not None and source.fetch.dated_only)


def prepared(row: CaptureRow, record: Record) -> ArticleRows:
    """Return what was read from a capture ready to be stored, with all that the store adds to it."""
    capture = row.capture
    sighting = Sighting(
        record,
        capture.source,
        row.id,
        capture.url,
        capture.fetched_at,
        coop_keys=tuple(mention.siren or coop_key(mention.name) for mention in record.coops),
        entry=stem_index.entry(record.title, record.kicker, record.text),
        kept=clustering.kept(record.canonical or record.url, record.text, record.authors)
        if record.kind == "article"
        else None,
    )
    return article_rows(sighting)
