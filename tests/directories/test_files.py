"""Published files of co-ops are told apart by their headers and read whatever their dress."""

import csv
import gzip
import tracemalloc
import zipfile
from collections.abc import Iterable
from pathlib import Path

import pytest

from archive.directories import read
from archive.errors import DirectoryError
from archive.models import CoopEntry

UNITS = (
    "siren",
    "statutDiffusionUniteLegale",
    "sigleUniteLegale",
    "etatAdministratifUniteLegale",
    "denominationUniteLegale",
    "denominationUsuelle1UniteLegale",
    "categorieJuridiqueUniteLegale",
    "economieSocialeSolidaireUniteLegale",
)
SEATS = (
    "siren",
    "nic",
    "etablissementSiege",
    "libelleCommuneEtablissement",
    "codeCommuneEtablissement",
)


def siren(number: int) -> str:
    """Return the SIREN that begins with these eight digits."""
    digits = f"{number:08}"
    doubled = [int(digit) * (1 + place % 2) for place, digit in enumerate(digits)]
    return digits + str(-sum(value - 9 if value > 9 else value for value in doubled) % 10)


def unit(number: int, name: str, category: str = "5458", **changes: str) -> dict[str, str]:
    row = dict.fromkeys(UNITS, "") | {
        "siren": siren(number),
        "statutDiffusionUniteLegale": "O",
        "etatAdministratifUniteLegale": "A",
        "denominationUniteLegale": name,
        "categorieJuridiqueUniteLegale": category,
    }
    return row | changes


def written(path: Path, columns: Iterable[str], rows: Iterable[dict[str, str]], **dialect: str) -> Path:
    with path.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.DictWriter(stream, list(columns), **dialect)  # type: ignore[arg-type]
        writer.writeheader()
        writer.writerows(rows)
    return path


def entries(path: Path, establishments: Path | None = None) -> tuple[str, list[CoopEntry], list[str]]:
    told: list[str] = []
    with read(path, told.append, establishments) as reading:
        return reading.origin, list(reading.entries), told


@pytest.mark.parametrize(
    ("row", "expected"),
    [
        (unit(1, "LAVOIR NEUF"), ("Lavoir Neuf", "Scop")),
        (unit(1, "SCOP L'ATELIER DES TROIS PONTS", "5558"), ("L'Atelier des Trois Ponts", "Scop")),
        (unit(1, "SCIC GRAND PRE", "5560"), ("Grand Pre", "Scic")),
        (unit(1, "TAXIS DU BOCAGE", "5455"), ("Taxis du Bocage", "coopérative")),
        (unit(1, "PEDALE SCOP", "5710", economieSocialeSolidaireUniteLegale="O"), ("Pedale", "Scop")),
        (unit(1, "PEDALE SCOP", "5710", economieSocialeSolidaireUniteLegale="N"), None),
        (unit(1, "PEDALE", "5710", economieSocialeSolidaireUniteLegale="O"), None),
        (unit(1, "CABINET DU PORT", "5485"), None),  # lawyers and doctors
        (unit(1, "CAISSE LOCALE", "6595"), None),
        (unit(1, "FERMEE", etatAdministratifUniteLegale="C"), None),
    ],
)
def test_the_legal_category_says_what_is_a_coop(
    tmp_path: Path, row: dict[str, str], expected: tuple[str, str] | None
) -> None:
    origin, found, told = entries(written(tmp_path / "units.csv", UNITS, [row]))
    assert (origin, told) == ("sirene", [])
    assert [(entry.name, entry.form) for entry in found] == ([expected] if expected else [])
    assert all(entry.commune is None and entry.department is None for entry in found)


def test_every_name_of_a_unit_is_kept(tmp_path: Path) -> None:
    row = unit(
        1,
        "UNION DES TOURNEURS DU JURA SCOP SA",
        sigleUniteLegale="UTJ",
        denominationUsuelle1UniteLegale="LA TOURNERIE",
    )
    _, found, _ = entries(written(tmp_path / "units.csv", UNITS, [row]))
    assert (found[0].name, found[0].aliases) == ("Union des Tourneurs du Jura", ("La Tournerie", "UTJ"))


def test_bad_rows_are_told_by_their_line_and_the_rest_goes_in(tmp_path: Path) -> None:
    rows = [unit(1, "AVANT"), unit(2, "FAUSSE", siren="123456789"), unit(3, "[ND]"), unit(4, "APRES")]
    path = written(tmp_path / "units.csv", UNITS, rows)
    path.write_text(path.read_text("utf-8") + "12,trop,court\n", "utf-8")
    _, found, told = entries(path)
    assert [entry.name for entry in found] == ["Avant", "Apres"]
    assert told == [
        "line 3: SIREN « 123456789 » is wrong, left out",
        f"line 4: no name published for {siren(3)}, left out",
        "line 6: 3 values, 8 columns; left out",
    ]


@pytest.mark.parametrize("packed", ["csv", "gz", "zip"])
def test_a_packed_file_is_read_as_it_is(tmp_path: Path, packed: str) -> None:
    plain = written(tmp_path / "units.csv", UNITS, [unit(1, "LAVOIR NEUF")])
    path = tmp_path / f"units.{packed}"
    if packed == "gz":
        path.write_bytes(gzip.compress(plain.read_bytes()))
    elif packed == "zip":
        with zipfile.ZipFile(path, "w") as folder:
            folder.write(plain, "StockUniteLegale_utf8.csv")
    assert [entry.name for entry in entries(path)[1]] == ["Lavoir Neuf"]


def test_the_seat_gives_commune_and_department(tmp_path: Path) -> None:
    units = written(tmp_path / "units.csv", UNITS, [unit(1, "UN"), unit(2, "DEUX"), unit(3, "TROIS")])
    places = [
        (siren(1), "00011", "false", "LYON 3", "69383"),
        (siren(1), "00029", "true", "SAINT-ETIENNE", "42218"),
        (siren(2), "00011", "true", "SAINT-DENIS", "97411"),
        (siren(9), "00011", "true", "BREST", "29019"),
    ]
    rows = [dict(zip(SEATS, place, strict=True)) for place in places]
    seats = written(tmp_path / "seats.csv", SEATS, rows)
    _, found, _ = entries(units, seats)
    assert [(entry.commune, entry.department) for entry in found] == [
        ("Saint-Étienne", "42"),
        ("Saint-Denis", "974"),
        (None, None),
    ]
    with pytest.raises(DirectoryError, match="give it as --establishments"):
        entries(seats)
    with pytest.raises(DirectoryError, match="is no file of establishments"):
        entries(units, units)


LIST = [
    [
        "N° SIREN",
        "Nom ou raison sociale de l'entreprise",
        "Nom_commune",
        "Département",
        "Catégorie juridique",
    ],
    [siren(1), "Société Lavoir Neuf", "Vimoutiers", "61", "SARL coopérative de production (SCOP)"],
    [siren(2), "COOPERATIVE SCOLAIRE", "Flers", "61", "Association déclarée"],
    [siren(3), "Le Grand Pré Scic", "Gap", "Hautes-Alpes", "Société par actions simplifiée"],
    [siren(4), "Cave du Vent", "Nîmes", "30", "Société coopérative agricole"],
    [siren(5), "Menuiserie du Port", "Brest", "29", "5560"],
    ["12", "Scop Perdue", "Brest", "29", "Scop"],
]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252"])
@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_a_list_of_the_social_economy_is_read_whatever_its_dress(
    tmp_path: Path, encoding: str, delimiter: str
) -> None:
    path = tmp_path / "liste.csv"
    with path.open("w", encoding=encoding, newline="") as stream:
        csv.writer(stream, delimiter=delimiter).writerows(LIST)
    origin, found, told = entries(path)
    assert origin == "ess"
    assert [(entry.name, entry.form, entry.commune, entry.department) for entry in found] == [
        ("Société Lavoir Neuf", "Scop", "Vimoutiers", "61"),
        ("Le Grand Pré", "Scic", "Gap", "05"),
        ("Menuiserie du Port", "coopérative", "Brest", "29"),
    ]
    assert told == ["line 7: SIREN « 12 » is wrong, left out"]


@pytest.mark.parametrize(
    "header",
    [
        "SIREN;Dénomination;Commune;Forme juridique;Code postal",
        "siren;raison_sociale;ville;FAMILLE;CP",
        "Siret;NOM;Libellé commune;Statut juridique;code_postal",
    ],
)
def test_columns_are_known_by_how_their_names_begin(tmp_path: Path, header: str) -> None:
    path = tmp_path / "liste.csv"
    number = siren(1) + ("00012" if header.startswith("Siret") else "")
    path.write_text(f"{header}\n{number};Lavoir Neuf;VIMOUTIERS;Scop;61120\n", "utf-8")
    assert entries(path)[1] == [CoopEntry("Lavoir Neuf", "Scop", siren(1), "Vimoutiers", "61")]


def test_one_s_own_list_is_named_after_its_file(tmp_path: Path) -> None:
    path = tmp_path / "adherents.csv"
    path.write_text("name,form,department\nLavoir Neuf,Scop,61\n", "utf-8")
    assert entries(path)[:2] == ("csv:adherents", [CoopEntry("Lavoir Neuf", "Scop", department="61")])


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("absent.csv", None, "absent.csv: No such file"),
        ("other.csv", b"a,b\n1,2\n", "line 1 names no known columns"),
        ("empty.csv", b"", "no header"),
        ("broken.gz", gzip.compress(b"siren;nom;forme\n" * 9_000)[:-20], "broken.gz: "),
        ("broken.zip", b"PK nothing", "broken.zip: "),
        ("units.parquet", b"PAR1", "units.parquet: "),
    ],
)
def test_a_file_that_cannot_be_read_is_one_error_that_names_it(
    tmp_path: Path, name: str, content: bytes | None, said: str
) -> None:
    path = tmp_path / name
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(DirectoryError, match=said):
        entries(path)


def test_parquet_is_read_with_its_extra(tmp_path: Path) -> None:
    pyarrow = pytest.importorskip("pyarrow", reason="the extra « parquet » is not installed")
    parquet = pytest.importorskip("pyarrow.parquet")
    rows = [unit(1, "LAVOIR NEUF"), unit(2, "AUTRE", "5499")]
    parquet.write_table(pyarrow.Table.from_pylist(rows), tmp_path / "units.parquet")
    origin, found, _ = entries(tmp_path / "units.parquet")
    assert (origin, [entry.name for entry in found]) == ("sirene", ["Lavoir Neuf"])


def test_memory_grows_with_the_coops_and_not_with_the_file(tmp_path: Path) -> None:
    path = tmp_path / "units.csv"
    with path.open("w", encoding="utf-8") as stream:
        stream.write(",".join(UNITS) + "\n")
        for number in range(200_000):
            category = "5458" if number % 100 == 0 else "5499"
            stream.write(f"{siren(number)},O,,A,MAISON {number},,{category},N\n")
    tracemalloc.start()
    with read(path, pytest.fail) as reading:
        count = sum(1 for _ in reading.entries)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert count == 2_000
    assert peak < 4_000_000 < path.stat().st_size
