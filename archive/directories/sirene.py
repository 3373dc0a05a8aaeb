"""Which legal units of INSEE's stock files are co-ops? « StockUniteLegale » and « StockEtablissement ».

Columns are those of INSEE's « dessin des fichiers stock » (sirene.fr). The file of units has no address: the
commune of the seat comes from the file of establishments. La Poste's exception to Luhn's check concerns
its establishments' SIRET alone; its SIREN passes as every other.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from archive.directories.legal_categories import form_of_unit, is_category
from archive.directories.places import commune_of, department_of
from archive.directories.register_names import names_of
from archive.directories.tables import Row, Table, Tell
from archive.directory import is_siren
from archive.models import CoopEntry

UNIT_COLUMNS = (
    "siren",
    "etatAdministratifUniteLegale",
    "categorieJuridiqueUniteLegale",
    "denominationUniteLegale",
)
# Absent from some extracts.
_MORE_UNIT_COLUMNS = (
    "economieSocialeSolidaireUniteLegale",
    "denominationUsuelle1UniteLegale",
    "denominationUsuelle2UniteLegale",
    "denominationUsuelle3UniteLegale",
    "sigleUniteLegale",
)
SEAT_COLUMNS = (
    "siren",
    "etablissementSiege",
    "codeCommuneEtablissement",
    "libelleCommuneEtablissement",
)
_ACTIVE = "A"
_TRUE = ("true", "1", "oui", "o")


def has(table: Table, columns: Iterable[str]) -> bool:
    """Tell whether a table has these columns, whatever the case of their letters."""
    return {name.casefold() for name in columns} <= {name.casefold() for name in table.header}


def units(table: Table, tell: Tell) -> Iterator[CoopEntry]:
    """Yield the active co-ops of the file of legal units; one that cannot be used is told by its line."""
    spelled = {name.casefold(): name for name in table.header}
    more = [name for name in _MORE_UNIT_COLUMNS if name.casefold() in spelled]
    columns = [spelled[name.casefold()] for name in (*UNIT_COLUMNS, *more)]
    flagged = "economieSocialeSolidaireUniteLegale" in more
    for line, row in table.rows(columns):
        entry, problem = _unit(row, flagged)
        if problem:
            tell(f"line {line}: {problem}, left out")
        elif entry:
            yield entry


def _unit(row: Row, flagged: bool) -> tuple[CoopEntry | None, str]:
    """Return a row's co-op, or what is wrong with it; neither when it is no co-op."""
    siren, state, category, *names = row
    if state != _ACTIVE or not (is_category(category) or category.startswith("57")):
        return None, ""
    social_economy = flagged and names.pop(1) == "O"
    form = form_of_unit(category, social_economy, " ".join(names))
    if form is None:
        return None, ""
    if not is_siren(siren):
        return None, f"SIREN « {siren} » is wrong"
    found = names_of(names)
    if not found:
        return None, f"no name published for {siren}"
    return CoopEntry(found[0], form, siren, aliases=found[1:]), ""


def with_seats(entries: Sequence[CoopEntry], table: Table) -> Iterator[CoopEntry]:
    """Yield the entries, each with the commune and department of its seat where the table has it."""
    spelled = {name.casefold(): name for name in table.header}
    columns = [spelled[name.casefold()] for name in SEAT_COLUMNS]
    wanted = {entry.siren for entry in entries}
    seats = {
        siren: (code, commune)
        for _, (siren, seat, code, commune) in table.rows(columns)
        if siren in wanted and seat.casefold() in _TRUE
    }
    for entry in entries:
        code, label = seats.get(entry.siren or "", ("", ""))
        department = department_of(commune_code=code)
        yield replace(entry, commune=commune_of(label, department), department=department)
