"""How do decisions about co-ops travel? As a CSV file to review and keep under version control."""

import csv
import io
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from sqlite_utils import Database

from archive.coops import read_again
from archive.directories.tables import Tell
from archive.errors import DecisionError
from archive.pipeline import Archive, coop_named
from archive.store import corrections, overlay
from archive.store.corrections import CONFIRMED, FIELDS, REJECTED, Decision

COLUMNS = ("coop", "name", "field", "value", "value_name", "who", "why", "at")
# Only the name of the co-op that another is merged into may be missing.
_WANTED = tuple(column for column in COLUMNS if column != "value_name")


@dataclass(frozen=True, slots=True)
class Taken:
    """What came of a file: decisions that are new, that stood already; pages read again for the new."""

    new: int
    known: int
    pages: int


def write(database: Database, path: Path) -> int:
    """Write the decisions that stand, the oldest first, and return how many.

    Raises DecisionError when the file cannot be written.
    """
    decisions = corrections.active(database)
    text = io.StringIO(newline="")
    rows = csv.writer(text, lineterminator="\n")
    rows.writerow(COLUMNS)
    rows.writerows([getattr(one, column) for column in COLUMNS] for one in decisions)
    try:
        path.write_text(text.getvalue(), "utf-8", newline="")
    except OSError as error:
        raise DecisionError(f"{path}: {error.strerror}") from error
    return len(decisions)


def take(archive: Archive, path: Path, tell: Tell) -> Taken:
    """Take the decisions of a file and read again the pages they touch; twice changes nothing.

    A row that cannot be used is told, « line 12: … ». Raises DecisionError when the file cannot be read.
    """
    new: list[Decision] = []
    known = 0
    with archive.database.atomic():
        for line, decision in _decisions(path, tell):
            if _is_circle(archive.database, decision):
                tell(f"line {line}: merges {decision.coop} into itself, left out")
            elif corrections.record(archive.database, decision) is None:
                known += 1
            else:
                new.append(decision)
        overlay.apply(archive.database, coop_named)
    names = {name for one in new for name in (one.name, one.value if one.field in ("name", "alias") else "")}
    pages = corrections.captures_naming(archive.database, sorted(names - {""}), ())
    return Taken(len(new), known, read_again(archive, pages))


def _decisions(path: Path, tell: Tell) -> Iterator[tuple[int, Decision]]:
    try:
        text = path.read_text("utf-8-sig")
    except OSError as error:
        raise DecisionError(f"{path}: {error.strerror}") from error
    except UnicodeDecodeError as error:
        raise DecisionError(f"{path}: is not UTF-8 (byte {error.start})") from error
    rows = csv.DictReader(io.StringIO(text, newline=""))
    if missing := [column for column in COLUMNS if column not in (rows.fieldnames or ())]:
        raise DecisionError(f"{path}: line 1 names no column « {missing[0]} »")
    for row in rows:
        decision, problem = _decision({column: (row[column] or "").strip() for column in COLUMNS})
        if decision is None:
            tell(f"line {rows.line_num}: {problem}, left out")
        else:
            yield rows.line_num, decision


def _decision(row: dict[str, str]) -> tuple[Decision | None, str]:
    if empty := [column for column in _WANTED if not row[column]]:
        return None, f"« {empty[0]} » is empty"
    field, value = row["field"], row["value"]
    if field not in FIELDS:
        return None, f"« {field} » is no field ({', '.join(FIELDS)})"
    if field == "status" and value not in (CONFIRMED, REJECTED):
        return None, f"« {value} » is no status ({CONFIRMED}, {REJECTED})"
    numbers = [row["coop"], *([value] if field == "merged_into" else [])]
    if wrong := [number for number in numbers if not number.isdecimal()]:
        return None, f"« {wrong[0]} » is no number of a co-op"
    decision = Decision(
        int(row["coop"]),
        field,
        value,
        row["name"],
        row["who"],
        row["why"],
        row["at"],
        row["value_name"] or None,
    )
    return decision, ""


def _is_circle(database: Database, decision: Decision) -> bool:
    if decision.field != "merged_into":
        return False
    into = int(decision.value)
    ends = corrections.merges(corrections.active(database))
    return decision.coop in (into, ends.get(into))
