"""What does an archive know before its first page? Places, papers, and the sources it is crawled from."""

import logging
from collections.abc import Mapping
from contextlib import closing
from dataclasses import asdict
from pathlib import Path
from tempfile import TemporaryDirectory

from sqlite_utils import Database

from archive import gazetteer, press
from archive.errors import SourceError
from archive.sources import Source, load
from archive.store import outlets, reference
from archive.store.database import open_database

_log = logging.getLogger(__name__)


def seed(database: Database, sources: Mapping[str, Source]) -> None:
    """Write the departments of France, the register of papers and the declared sources, anew each time."""
    with database.atomic():
        reference.save_departments(
            database,
            (
                {
                    "code": place.code,
                    "name": place.name,
                    "region": place.region,
                    "prefecture": place.prefecture,
                    "latitude": place.latitude,
                    "longitude": place.longitude,
                }
                for place in gazetteer.departments()
            ),
        )
        outlets.save_register(database, map(asdict, press.titles()))
        # A source that only the archive remembers has no file any more, and its row already.
        declared = (source for source in sources.values() if source.path.is_file())
        rows = (source_row(source, source.path.read_text("utf-8")) for source in declared)
        reference.save_sources(database, rows)


def remembered_sources(data: Path) -> dict[str, Source]:
    """Return the sources that the archive in ``data`` has crawled, as they were declared then.

    A rebuild needs their hints even when their files are gone. A declaration that today's stricter rules
    refuse is left out with a warning.
    """
    path = data / "archive.db"
    if not path.is_file():
        return {}
    found: dict[str, Source] = {}
    with closing(open_database(path)) as database, TemporaryDirectory() as folder:
        for slug, text in reference.declarations(database).items():
            file = Path(folder) / f"{slug}.toml"
            file.write_text(text, "utf-8")
            try:
                found[slug] = load(file)
            except SourceError as error:
                _log.warning("source as stored in %s: %s", path, error)
    return found


def source_row(source: Source, declaration: str) -> dict[str, str]:
    """Return the row of a source, with the TOML text that declares it."""
    return {
        "slug": source.slug,
        "title": source.title,
        "kind": source.kind,
        "home": source.home,
        "via": source.fetch.via,
        "publish": source.publish,
        "declaration": declaration,
    }
