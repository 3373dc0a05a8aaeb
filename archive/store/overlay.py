"""How do the co-ops look once the staff has decided? Files and mentions first, the decisions over both."""

from collections.abc import Callable, Iterable, Mapping

from sqlite_utils import Database

from archive.store import articles, corrections, directory_entries
from archive.store.corrections import CONFIRMED, REJECTED, Decision


def apply(database: Database, named: Callable[[str], int]) -> None:
    """Settle the co-ops: what the files and the mentions say of them, and the decisions over both.

    ``named`` gives the id of the co-op of a name. Doing it twice changes nothing.
    """
    with database.atomic():
        directory_entries.follow(database, named)
        files = dict(directory_entries.compiled(database))
        corrections.follow(database, named, files)
        decisions = corrections.active(database)
        merged, rejected = _taken_away(decisions, named, files)
        _lift(database, decisions)
        directory_entries.lay_out(
            database, {coop: one for coop, one in files.items() if coop not in merged.keys() | rejected}
        )
        _merge(database, decisions, merged)
        _reject(database, rejected)
        articles.settle_coops(database)
        _keep_names(database, decisions, merged)
        _confirm(database, decisions)
        _rename(database, decisions)
        _add_aliases(database, _aliases(decisions, merged, files))


def _taken_away(
    decisions: Iterable[Decision], named: Callable[[str], int], files: Mapping[int, object]
) -> tuple[dict[int, int], set[int]]:
    """Return the merged co-ops, each with the one it belongs to, and the rejected ones.

    A co-op with a SIREN takes along the one that texts may make of its name, unless something else is known
    or was decided about that one.
    """
    spoken_of = files.keys() | {one.coop for one in decisions}
    ends = corrections.merges(decisions)
    merged, rejected = dict(ends), set()
    for one in decisions:
        twin = named(one.name)
        free = twin not in spoken_of
        if one.field == "merged_into" and free:
            merged[twin] = ends[one.coop]
        elif (one.field, one.value) == ("status", REJECTED):
            rejected |= {one.coop, twin} if free else {one.coop}
    return merged, rejected


def _lift(database: Database, decisions: Iterable[Decision]) -> None:
    """Take away what earlier decisions laid over the co-ops, before today's are laid."""
    database.execute("UPDATE coops SET name = recorded_name WHERE recorded_name IS NOT NULL")
    database.execute("UPDATE coops SET recorded_name = NULL")
    standing = [one.coop for one in decisions if (one.field, one.value) == ("status", CONFIRMED)]
    database.execute(
        "UPDATE coops SET status = 'discovered' WHERE status = 'confirmed'"
        f" AND id NOT IN ({', '.join('?' * len(standing))})",
        standing,
    )


def _merge(database: Database, decisions: Iterable[Decision], merged: Mapping[int, int]) -> None:
    names = {int(one.value): one.value_name for one in decisions if one.field == "merged_into"}
    for coop, into in merged.items():
        database.table("coops").insert(
            {"id": into, "name": names[into] or str(into), "status": "discovered"}, pk="id", ignore=True
        )
        database.execute("UPDATE mentions SET coop = ? WHERE coop = ?", [into, coop])
        database.execute("DELETE FROM coops WHERE id = ?", [coop])


def _reject(database: Database, rejected: Iterable[int]) -> None:
    for coop in sorted(rejected):
        database.execute("DELETE FROM mentions WHERE coop = ?", [coop])
        database.execute("DELETE FROM coops WHERE id = ?", [coop])


def _confirm(database: Database, decisions: Iterable[Decision]) -> None:
    for one in decisions:
        if (one.field, one.value) == ("status", CONFIRMED):
            query = "UPDATE coops SET status = 'confirmed', name = ? WHERE id = ? AND status = 'discovered'"
            database.execute(query, [one.name, one.coop])


def _keep_names(database: Database, decisions: Iterable[Decision], merged: Mapping[int, int]) -> None:
    """Let a discovered co-op into which others are merged keep its own name, not most mentions'."""
    names = {int(one.value): one.value_name for one in decisions if one.field == "merged_into"}
    for into in set(merged.values()):
        query = "UPDATE coops SET name = coalesce(?, name) WHERE id = ? AND status = 'discovered'"
        database.execute(query, [names.get(into), into])


def _rename(database: Database, decisions: Iterable[Decision]) -> None:
    for one in decisions:
        if one.field == "name":
            query = "UPDATE coops SET recorded_name = name, name = ? WHERE id = ? AND name != ?"
            database.execute(query, [one.value, one.coop, one.value])


def _aliases(
    decisions: Iterable[Decision],
    merged: Mapping[int, int],
    files: Mapping[int, directory_entries.Compiled],
) -> Iterable[tuple[int, str]]:
    for one in decisions:
        if one.field == "alias":
            yield merged.get(one.coop, one.coop), one.value
        elif one.field == "merged_into":
            known = files.get(one.coop)
            for name in (one.name, *((known.entry.name, *known.entry.aliases) if known else ())):
                yield merged[one.coop], name


def _add_aliases(database: Database, aliases: Iterable[tuple[int, str]]) -> None:
    """Add names to recognise; one that belongs to a co-op that nobody names has no row to hang on."""
    for coop, alias in aliases:
        query = (
            "INSERT OR IGNORE INTO coop_aliases (coop, alias) SELECT id, ? FROM coops WHERE id = ?"
            " AND ? NOT IN (name, coalesce(recorded_name, name))"
        )
        database.execute(query, [alias, coop, alias])
