"""Which papers are there, and whose is each domain? The shipped register, and what the pages add to it."""

import json
from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING

from archive.addresses import number
from archive.store import tables

if TYPE_CHECKING:
    from sqlite_utils import Database

REGISTER, DISCOVERED = "register", "discovered"

# Names found so are guesses: they give way to the name that other pages give to their domain.
_WEAK = "(articles.outlet IS NULL OR articles.outlet_rule IN ('host', 'domain'))"

# The name that most of the articles of a domain give it; of two, the first in alphabetical order. Domains of
# the register are left to it.
_NAMES_OF_DOMAINS = """
CREATE TEMP TABLE domain_outlets AS
SELECT domain, outlet FROM (
    SELECT a.domain, a.outlet,
           row_number() OVER (PARTITION BY a.domain ORDER BY count(*) DESC, o.name) AS place
    FROM articles a JOIN outlets o ON o.id = a.outlet
    WHERE a.domain IS NOT NULL AND a.outlet_rule NOT IN ('host', 'domain')
    AND a.domain NOT IN (SELECT value FROM outlets, json_each(outlets.domains) WHERE origin = 'register')
    GROUP BY a.domain, a.outlet
) WHERE place = 1
"""


def outlet_id(name: str) -> int:
    """Return the id of the outlet of that name: the same in every rebuild."""
    return number(f"outlet:{name}")


def save_register(database: "Database", rows: Iterable[Mapping[str, object]]) -> None:
    """Insert or update the outlets of the shipped register.

    Each row has ``name``, ``scope``, and ``departments`` and ``domains`` as sequences.
    """
    names = []
    for row in rows:
        domains, departments = _listed(row["domains"]), _listed(row["departments"])
        names.append(str(row["name"]))
        database.execute(
            "INSERT INTO outlets (id, name, domain, domains, scope, departments, origin)"
            " VALUES (?, ?, ?, ?, ?, ?, 'register') ON CONFLICT (id) DO UPDATE SET domain = excluded.domain,"
            " domains = excluded.domains, scope = excluded.scope, departments = excluded.departments,"
            " origin = 'register'",
            [
                outlet_id(names[-1]),
                names[-1],
                next(iter(domains), None),
                json.dumps(domains),
                row["scope"],
                json.dumps(departments),
            ],
        )


def named(database: "Database", name: str | None) -> int | None:
    """Return the id of the outlet of that name, made known if it is not yet."""
    if name is None:
        return None
    identifier = outlet_id(name)
    tables.add(database, "outlets", [{"id": identifier, "name": name}])
    return identifier


def settle(database: "Database") -> None:
    """Give each discovered outlet its domain, and each article without a sure one the outlet of its domain.

    Depends on the articles alone, not on the order in which they came.
    """
    with database.atomic():
        database.execute(_NAMES_OF_DOMAINS)
        database.execute(
            "UPDATE articles SET outlet = found.outlet, outlet_rule = 'domain' FROM domain_outlets AS found"
            f" WHERE found.domain = articles.domain AND {_WEAK} AND articles.outlet IS NOT found.outlet"
            " AND (articles.kind != 'clipping' OR articles.original IS NOT NULL)"
        )
        database.execute(
            "UPDATE outlets SET domains = coalesce((SELECT json_group_array(domain) FROM"
            " (SELECT domain FROM domain_outlets WHERE outlet = outlets.id ORDER BY domain)), '[]')"
            " WHERE origin = 'discovered'"
        )
        database.execute("UPDATE outlets SET domain = domains ->> 0 WHERE origin = 'discovered'")
        database.execute("DROP TABLE domain_outlets")
        database.execute(
            "DELETE FROM outlets WHERE origin = 'discovered'"
            " AND NOT EXISTS (SELECT 1 FROM articles WHERE outlet = outlets.id)"
        )


def clear(database: "Database") -> None:
    """Take away the outlets that pages added; the register stays."""
    database.execute("DELETE FROM outlets WHERE origin = 'discovered'")


def _listed(value: object) -> list[str]:
    return [str(one) for one in value] if isinstance(value, Sequence) and not isinstance(value, str) else []
