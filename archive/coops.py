"""What does the staff know better than the rules? Finds a co-op, takes a decision, reads its pages again."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import UTC, datetime

from sqlite_utils import Database

from archive.errors import DecisionError
from archive.gazetteer import fold
from archive.parsers.coop_keys import key as coop_key
from archive.pipeline import Archive, coop_named
from archive.store import corrections, overlay
from archive.store.captures import moment
from archive.store.coops import Coop, every
from archive.store.corrections import CONFIRMED, REJECTED, Decision, Field

# Namesakes named in an error; there may be hundreds.
_NAMESAKES = 5


@dataclass(frozen=True, slots=True)
class Reason:
    """Who decides, and why."""

    who: str
    why: str


@dataclass(frozen=True, slots=True)
class Decided:
    """A decision and how many pages were read again for it; ``id`` is ``None`` when it already stood."""

    id: int | None
    pages: int = 0


def listed(
    database: Database, status: str | None = None, department: str | None = None, like: str | None = None
) -> list[Coop]:
    """Return the co-ops of a status and a department whose names hold ``like``, accents aside, by name."""
    wanted = fold(like or "")
    return [
        coop
        for coop in every(database)
        if status in (None, coop.status, "gone" if coop.gone_at else None)
        and department in (None, coop.department)
        and any(wanted in fold(name) for name in coop.names)
    ]


def find(database: Database, told: str) -> Coop:
    """Return the co-op with this number, SIREN or name; raise DecisionError unless there is exactly one."""
    coops = list(every(database))
    tests: tuple[Callable[[Coop], bool], ...] = (
        lambda coop: str(coop.id) == told,
        lambda coop: coop.siren == told,
        lambda coop: coop.name == told,
        lambda coop: coop_key(told) in map(coop_key, coop.names),
    )
    for test in tests:
        found = [coop for coop in coops if test(coop)]
        if len(found) == 1:
            return found[0]
        if found:
            some = ", ".join(f"{coop.id} ({coop.commune or coop.status})" for coop in found[:_NAMESAKES])
            raise DecisionError(f"{len(found)} co-ops are called « {told} », give a number: {some}")
    raise DecisionError(f"the archive knows no co-op « {told} »; « coopress coops list --like » helps")


def confirm(archive: Archive, told: str, reason: Reason) -> Decided:
    """Make a discovered co-op a known one, recognised wherever it is named."""
    coop = find(archive.database, told)
    if coop.status in ("directory", "ambiguous"):
        raise DecisionError(f"« {coop.name} » is in the directory; only a discovered co-op is confirmed")
    return _decide(archive, _decision(coop, "status", CONFIRMED, reason), (coop.name,))


def reject(archive: Archive, told: str, reason: Reason) -> Decided:
    """Hide a co-op that is none, with all its mentions."""
    coop = find(archive.database, told)
    return _decide(archive, _decision(coop, "status", REJECTED, reason))


def merge(archive: Archive, told: str, into: str, reason: Reason) -> Decided:
    """Give the mentions and the names of one co-op to another."""
    coop, other = find(archive.database, told), find(archive.database, into)
    if coop.id == other.id:
        raise DecisionError(f"« {told} » and « {into} » are the same co-op, {coop.id}")
    if other.status in ("rejected", "merged"):
        raise DecisionError(f"« {other.name} » is {other.status}; nothing can be merged into it")
    return _decide(archive, _decision(coop, "merged_into", str(other.id), reason, _own_name(other)))


def rename(archive: Archive, told: str, name: str, reason: Reason) -> Decided:
    """Show a co-op under another name, and recognise it by both."""
    coop = _present(archive.database, told)
    return _decide(archive, _decision(coop, "name", _given(name), reason), (name,))


def add_alias(archive: Archive, told: str, alias: str, reason: Reason) -> Decided:
    """Recognise a co-op by one more name."""
    coop = _present(archive.database, told)
    return _decide(archive, _decision(coop, "alias", _given(alias), reason), (alias,))


def undo(archive: Archive, identifier: int, who: str) -> Decided:
    """Take a decision back and read its pages again; ``id`` is ``None`` when it was taken back before."""
    decision = corrections.get(archive.database, identifier)
    if decision is None:
        raise DecisionError(f"there is no decision {identifier}")
    if decision.undone_at is not None:
        return Decided(None)
    other = [int(decision.value)] if decision.field == "merged_into" else []
    pages = corrections.captures_naming(archive.database, _names(decision), [decision.coop, *other])
    with archive.database.atomic():
        corrections.undo(archive.database, decision, who, datetime.now(UTC))
        overlay.apply(archive.database, coop_named)
    return Decided(identifier, read_again(archive, pages))


def read_again(archive: Archive, pages: list[int]) -> int:
    """Read captures with the co-ops known by now, lay the decisions over them, return how many they are."""
    archive.reload_directory()
    if not pages:
        return 0
    read = archive.read_again(pages)
    overlay.apply(archive.database, coop_named)
    if archive.reload_directory():  # a co-op came back that was confirmed: other pages may name it too
        archive.read_again(pages)
        overlay.apply(archive.database, coop_named)
    return read


def _present(database: Database, told: str) -> Coop:
    coop = find(database, told)
    if coop.status in ("rejected", "merged"):
        raise DecisionError(f"« {coop.name} » is {coop.status}; undo that first")
    return coop


def _given(name: str) -> str:
    if not name.strip():
        raise DecisionError("a name is wanted, not an empty one")
    return name.strip()


def _decision(
    coop: Coop, field: Field, value: str, reason: Reason, value_name: str | None = None
) -> Decision:
    at = moment(datetime.now(UTC))
    return Decision(coop.id, field, value, _own_name(coop), reason.who, reason.why, at, value_name)


def _own_name(coop: Coop) -> str:
    return coop.recorded_name or coop.name


def _names(decision: Decision) -> tuple[str, ...]:
    if decision.field in ("name", "alias"):
        return decision.name, decision.value
    return (decision.name,)


def _decide(archive: Archive, decision: Decision, names: Iterable[str] = ()) -> Decided:
    """Write a decision, lay it over the archive, and read again the pages that hold one of ``names``."""
    with archive.database.atomic():
        identifier = corrections.record(archive.database, decision)
        if identifier is None:
            return Decided(None)
        overlay.apply(archive.database, coop_named)
    pages = corrections.captures_naming(archive.database, names, ())
    return Decided(identifier, read_again(archive, pages))
