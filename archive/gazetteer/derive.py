"""How were the data files of this folder made? From npm's ``@etalab/decoupage-administratif``.

Run once an edition, by hand::

    npm pack @etalab/decoupage-administratif
    tar xzf etalab-decoupage-administratif-*.tgz
    python -m archive.gazetteer.derive package
"""

import gzip
import json
import re
import sys
from pathlib import Path
from typing import Any

from archive.gazetteer import COMMUNES, DEPARTMENTS

_HEAD = """\
# Découpage administratif français : {content}
# Origine : Code officiel géographique et populations légales (Insee), codes postaux (La Poste),
#   par le paquet npm @etalab/decoupage-administratif {edition} (code MIT, Etalab).
# Licence des données : Licence Ouverte 2.0 (Etalab). Mention : « Insee, La Poste, Etalab ».
# Produit par archive/gazetteer/derive.py ; ne pas modifier à la main.
# Colonnes : {columns}
"""
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


def department_lines(folder: Path) -> list[str]:
    """Return one tab-separated line a department: code, name, region, region code, prefecture."""
    regions = {row["code"]: row["nom"] for row in _read(folder, "regions")}
    names = {
        row["code"]: row["nom"] for row in _read(folder, "communes") if row["type"] == "commune-actuelle"
    }
    return [
        "\t".join(
            (row["code"], row["nom"], regions[row["region"]], row["region"], names.get(row["chefLieu"], ""))
        )
        for row in _read(folder, "departements")
    ]


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
    columns = "code, name, region, region code, prefecture"
    head = _HEAD.format(content="départements et collectivités", edition=edition, columns=columns)
    write(DEPARTMENTS, head, department_lines(folder))
    columns = "code, name, department, kind, population, postal codes"
    head = _HEAD.format(content="communes", edition=edition, columns=columns)
    write(COMMUNES, head, commune_lines(folder))


if __name__ == "__main__":
    main(Path(sys.argv[1]))
