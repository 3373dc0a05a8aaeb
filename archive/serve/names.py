"""What are sources and departments called? The names that a page shows and a reader types."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from archive.serve.remembered import RESULTS

if TYPE_CHECKING:
    from datasette.database import Database


@dataclass(frozen=True, slots=True)
class Names:
    """The titles of sources by slug, the names and the regions of departments by code."""

    sources: Mapping[str, str]
    departments: Mapping[str, str]
    regions: Mapping[str, str]


async def names(db: "Database") -> Names:
    """Return the names of an archive; half a minute may pass before a new source has its own."""

    async def compute() -> Names:
        departments = (await db.execute("select code, name, region from departments")).rows
        return Names(
            dict((await db.execute("select slug, title from sources")).rows),
            {code: name for code, name, _ in departments},
            {code: region for code, _, region in departments},
        )

    found: Names = await RESULTS.get(db.path, "names", compute, lambda value: True, lasting=True)
    return found
