"""How often does each value of a list occur? Datasette's count of JSON lists, without carrying the texts.

Datasette sorts whole rows to count a list's values; on 20,000 articles with their texts that takes
longer than a reader waits, and the list of departments would be missing from the page.
"""

from typing import Any

from datasette.facets import ArrayFacet
from datasette.utils import escape_sqlite


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
        self.sql = f"select row_number() over () as row, {wanted} from ({self.sql})"
        counted: tuple[list[dict[str, Any]], list[str]] = await super().facet_results()
        return counted
