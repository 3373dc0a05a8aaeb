"""What kind of file is it? Its header tells; the file's name does not matter."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from archive.directories import sirene, social_economy
from archive.directories.tables import Table, Tell, opened
from archive.directory import read_csv
from archive.errors import DirectoryError
from archive.models import CoopEntry

SIRENE, SOCIAL_ECONOMY, OWN = "sirene", "ess", "csv"


@dataclass(frozen=True, slots=True)
class Reading:
    """A file being read. ``origin`` is the same for every edition of it; ``entries`` can be read once."""

    origin: str
    entries: Iterator[CoopEntry]


@contextmanager
def read(path: Path, tell: Tell, establishments: Path | None = None) -> Iterator[Reading]:
    """Open a file of co-ops: one's own list, INSEE's file of legal units, a list of the social economy.

    ``establishments`` is INSEE's file of establishments, for the communes of the legal units. What is wrong
    with a row is told, « line 12: … ». Raises DirectoryError when the file cannot be read or is of no known
    kind, here or while the entries are read.
    """
    with opened(path, tell) as table:
        if establishments is not None and not sirene.has(table, sirene.UNIT_COLUMNS):
            raise DirectoryError(f"{path}: establishments complete a file of legal units, which this is not")
        yield _reading(path, table, tell, establishments)


def _reading(path: Path, table: Table, tell: Tell, establishments: Path | None) -> Reading:
    if sirene.has(table, sirene.UNIT_COLUMNS):
        units = sirene.units(table, tell)
        return Reading(SIRENE, _with_seats(units, establishments, tell) if establishments else units)
    if sirene.has(table, sirene.SEAT_COLUMNS):
        raise DirectoryError(f"{path}: holds establishments; give it as --establishments of the legal units")
    if "name" in table.header:
        return Reading(f"{OWN}:{path.stem}", _own(path, tell))
    if social_economy.is_list(table.header):
        return Reading(SOCIAL_ECONOMY, social_economy.enterprises(table, tell))
    raise DirectoryError(
        f"{path}: line 1 names no known columns ({_some(table.header)}); see docs/directory.md"
    )


def _with_seats(units: Iterator[CoopEntry], establishments: Path, tell: Tell) -> Iterator[CoopEntry]:
    entries = list(units)

    def told(problem: str) -> None:
        tell(f"{establishments.name}: {problem}")

    with opened(establishments, told) as table:
        if not sirene.has(table, sirene.SEAT_COLUMNS):
            raise DirectoryError(f"{establishments}: is no file of establishments")
        yield from sirene.with_seats(entries, table)


def _own(path: Path, tell: Tell) -> Iterator[CoopEntry]:
    if path.suffix in (".gz", ".zip", ".parquet"):
        raise DirectoryError(f"{path}: a list with a column « name » is read as plain CSV, not {path.suffix}")
    entries, problems = read_csv(path)
    for problem in problems:
        tell(problem)
    yield from entries


def _some(header: Sequence[str]) -> str:
    return ", ".join(header[:4]) or "no header"
