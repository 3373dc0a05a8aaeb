"""How often does each value occur? Datasette's counts, remembered, and lists without carrying the texts.

Datasette sorts whole rows to count a list's values; on 20,000 articles with their texts that takes
longer than a reader waits, and the list of departments would be missing from the page.
"""

from collections.abc import Awaitable, Callable
from typing import Any

from datasette.facets import ArrayFacet, ColumnFacet, load_facet_configs
from datasette.utils import escape_sqlite

from archive.serve.remembered import RESULTS

_HEAVY = 1000  # articles of one value


class ListFacet(ArrayFacet):  # type: ignore[misc]  # datasette ships no types
    """Counts the values of the columns that the metadata names under ``listed``."""

    type = "listed"
    sql: str

    async def suggest(self) -> list[dict[str, Any]]:
        """Suggest nothing: the metadata says which columns hold lists."""
        return []

    async def facet_results(self) -> tuple[list[dict[str, Any]], list[str]]:
        """Return the counts, and the columns whose count took too long."""
        configured = (one["config"] for one in self.get_configs())
        names = [config.get("column") or config["simple"] for config in configured]
        wanted = ", ".join(escape_sqlite(name) for name in names)
        if not names:
            return [], []
        if self.table == "articles" and names == ["departments"]:
            # Counted beside their texts, the lists of a large archive take longer than a reader waits.
            chosen = f"select id from ({self.sql})"
            self.sql = f"select id, departments from article_summaries where id in ({chosen})"
        else:
            self.sql = f"select row_number() over () as row, {wanted} from ({self.sql})"
        return await _remembered(self, super().facet_results)


class CountedFacet(ColumnFacet):  # type: ignore[misc]  # datasette ships no types
    """Counts the values of the columns that the metadata names under ``counted``, as others are counted."""

    async def suggest(self) -> list[dict[str, Any]]:
        """Suggest nothing: Datasette's own facet does."""
        return []

    def get_configs(self) -> list[dict[str, Any]]:
        """Return what the metadata names; what the address names is Datasette's own to count."""
        found: list[dict[str, Any]] = load_facet_configs(self.request, self.metadata).get("counted", [])
        return found

    async def facet_results(self) -> tuple[list[dict[str, Any]], list[str]]:
        """Return the counts, and the columns whose count took too long."""
        return await _remembered(self, super().facet_results) if self.get_configs() else ([], [])


async def _remembered(
    facet: Any, count: Callable[[], Awaitable[tuple[list[dict[str, Any]], list[str]]]]
) -> tuple[list[dict[str, Any]], list[str]]:
    counted: tuple[list[dict[str, Any]], list[str]] = await RESULTS.get(
        facet.ds.get_database(facet.database).path,
        (type(facet), facet.sql, str(facet.params), facet.request.full_path, facet.request.host),
        count,
        _is_heavy,
        lasting=True,
    )
    return counted


def _is_heavy(found: tuple[list[dict[str, Any]], list[str]]) -> bool | None:
    """Tell whether so much was counted that it may be half a minute old; ``None`` if some are missing."""
    if found[1]:
        return None
    return any(value["count"] > _HEAVY for facet in found[0] for value in facet["results"])
