"""What has the staff decided about co-ops? An overlay over what files and rules say, kept for ever.

Decisions outlive crawls, rebuilds and new directories: ``overlay`` lays them over the co-ops each time these
settle. One that was taken back keeps its row.
"""

from collections.abc import Callable, Container, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Literal, cast

from sqlite_utils import Database

from archive.store.captures import moment

Field = Literal["status", "merged_into", "name", "alias"]

FIELDS: tuple[Field, ...] = ("status", "merged_into", "name", "alias")
CONFIRMED, REJECTED = "confirmed", "rejected"
# A new decision takes the place of the one it contradicts; a co-op may have any number of aliases.
_REPLACES: Mapping[str, tuple[str, ...]] = {
    "status": ("status", "merged_into"),
    "merged_into": ("status", "merged_into"),
    "name": ("name",),
    "alias": (),
}
_ACTIVE = "subject = 'coop' AND undone_at IS NULL"
_COLUMNS = "id, key, field, value, name, value_name, who, why, at, undone_at"


@dataclass(frozen=True, slots=True)
class Decision:
    """One decision about a co-op. ``name`` is what files or texts called it then, not the staff.

    ``value`` is ``confirmed`` or ``rejected`` (status), the id of the co-op it is merged into, a new name or
    one more name. ``value_name`` is the name of that other co-op. ``at`` is ISO, UTC.
    """

    coop: int
    field: Field
    value: str
    name: str
    who: str
    why: str
    at: str
    value_name: str | None = None
    id: int | None = None
    undone_at: str | None = None


def record(database: Database, decision: Decision) -> int | None:
    """Write a decision and return its id; ``None`` when the same one already stands."""
    with database.atomic():
        for before in active(database):
            if before.coop != decision.coop:
                continue
            if (before.field, before.value) == (decision.field, decision.value):
                return None
            if before.field in _REPLACES[decision.field]:
                _take_back(database, before, decision.who, decision.at)
        row = {
            "subject": "coop",
            "key": str(decision.coop),
            **{name: getattr(decision, name) for name in ("field", "value", "name", "value_name")},
            **{name: getattr(decision, name) for name in ("who", "why", "at")},
        }
        return cast(int, database.table("corrections").insert(row, pk="id").last_pk)


def undo(database: Database, decision: Decision, who: str, at: datetime) -> None:
    """Take a decision back; its row stays."""
    with database.atomic():
        _take_back(database, decision, who, moment(at))


def get(database: Database, identifier: int) -> Decision | None:
    """Return a decision, standing or taken back; ``None`` when there is none of this id."""
    query = f"SELECT {_COLUMNS} FROM corrections WHERE subject = 'coop' AND id = ?"
    row = database.execute(query, [identifier]).fetchone()
    return _decision(row) if row else None


def active(database: Database) -> list[Decision]:
    """Return the decisions that stand, in the order in which they were taken."""
    rows = database.execute(f"SELECT {_COLUMNS} FROM corrections WHERE {_ACTIVE} ORDER BY id")
    return [_decision(row) for row in rows]


def history(database: Database, coop: int) -> list[Decision]:
    """Return every decision about a co-op, or that merges another into it, standing or taken back."""
    rows = database.execute(
        f"SELECT {_COLUMNS} FROM corrections WHERE subject = 'coop'"
        " AND (key = ? OR (field = 'merged_into' AND value = ?)) ORDER BY id",
        [str(coop), str(coop)],
    )
    return [_decision(row) for row in rows]


def merges(decisions: Iterable[Decision]) -> dict[int, int]:
    """Return where each merged co-op ends: merged into one that is itself merged, it follows it."""
    steps = {one.coop: int(one.value) for one in decisions if one.field == "merged_into"}
    return {coop: _end(steps, coop) for coop in steps}


def captures_naming(database: Database, names: Iterable[str], coops: Iterable[int]) -> list[int]:
    """Return the captures of the articles that hold one of these names or mention one of these co-ops."""
    found: set[int] = set()
    for name in names:
        phrase = '"' + name.replace('"', " ") + '"'
        query = (
            "SELECT capture FROM articles WHERE id IN"
            " (SELECT rowid FROM articles_fts WHERE articles_fts MATCH ?)"
        )
        found.update(row[0] for row in database.execute(query, [phrase]))
    for coop in coops:
        query = "SELECT capture FROM articles WHERE id IN (SELECT article FROM mentions WHERE coop = ?)"
        found.update(row[0] for row in database.execute(query, [coop]))
    return sorted(found)


def _decision(row: tuple[str, ...]) -> Decision:
    identifier, key, field, value, name, value_name, who, why, at, undone_at = row
    return Decision(
        int(key),
        cast(Field, field),
        value,
        name,
        who,
        why,
        at,
        value_name,
        int(identifier),
        undone_at,
    )


def follow(database: Database, named: Callable[[str], int], listed: Container[int]) -> None:
    """Let decisions about co-ops without a SIREN follow a change of the rule that makes keys of names.

    ``named`` gives the id of a name today, ``listed`` are the ids of the files' co-ops, which stand.
    """
    for one in active(database):
        today = one.coop if one.coop in listed else named(one.name)
        value = one.value
        if one.field == "merged_into" and one.value_name and int(value) not in listed:
            value = str(named(one.value_name))
        if (today, value) != (one.coop, one.value):
            query = "UPDATE corrections SET key = ?, value = ? WHERE id = ?"
            database.execute(query, [str(today), value, one.id])


def _take_back(database: Database, decision: Decision, who: str, at: str) -> None:
    query = "UPDATE corrections SET undone_at = ?, undone_by = ? WHERE id = ?"
    database.execute(query, [at, who, decision.id])


def _end(steps: Mapping[int, int], coop: int) -> int:
    passed = {coop}
    while coop in steps and steps[coop] not in passed:
        coop = steps[coop]
        passed.add(coop)
    return coop
