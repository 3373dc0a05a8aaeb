"""Which entries of a list of social-economy enterprises are co-ops?

Each publisher of the list spells its columns its own way; a column is known by how its name begins.
"""

import re
from collections.abc import Iterator, Mapping, Sequence

from archive.directories.legal_categories import form_in_words, form_of_unit, is_category
from archive.directories.places import commune_of, department_of
from archive.directories.register_names import names_of
from archive.directories.tables import Table, Tell
from archive.directory import is_siren
from archive.gazetteer import fold
from archive.models import CoopEntry

# How the names of columns begin, folded. The longest beginning wins: « nom de la commune » is no name.
_MEANINGS: Mapping[str, tuple[str, ...]] = {
    "siren": (
        "siren",
        "n siren",
        "no siren",
        "numero siren",
        "code siren",
        "siret",
        "n siret",
        "numero siret",
    ),
    "name": (
        *("nom", "nom ent", "denomination", "raison sociale", "nom ou raison sociale"),
        *("nom de l entreprise", "nom entreprise", "nom de la structure", "entreprise", "structure"),
    ),
    "alias": ("sigle", "enseigne", "nom commercial", "nom d usage", "denomination usuelle", "nom usuel"),
    "commune": (
        *("commune", "ville", "libelle commune", "lib commune", "nom commune", "nom de la commune"),
        *("nom de commune", "localite"),
    ),
    "commune_code": ("code commune", "code insee", "code geographique", "insee"),
    "department": (
        *("departement", "code departement", "dep", "dept", "code dep", "libelle departement"),
        *("nom departement", "nom du departement", "numero departement"),
    ),
    "postal_code": ("code postal", "cp"),
    "form": (
        *("forme juridique", "categorie juridique", "statut juridique", "nature juridique", "famille"),
        *("statut", "libelle categorie juridique", "libelle forme juridique", "code categorie juridique"),
        *("lib categorie juridique", "code forme juridique", "cj", "type de structure", "forme"),
    ),
    "website": ("site", "site web", "site internet", "url"),
    # Named so that they are not taken for what they begin with.
    "other": (
        "nom dirigeant",
        "nom du dirigeant",
        "nom region",
        "nom de la region",
        "nom de la voie",
        "nom voie",
    ),
}
_NOT_A_WORD = re.compile(r"[\W_]+")
_NOT_A_DIGIT = re.compile(r"\D+")
_CODE = re.compile(r"\b\d{4}\b")
# Families of the list that are no co-ops (« association coopérative scolaire »), and co-operative movements
# left out of the register as well (see ``legal_categories``).
_OTHERS = re.compile(
    r"\b(?:associations?|mutuel|mutuelles?|fondations?|syndicats?|agricoles?|banques?|credits?|caisses?|hlm)\b"
)


def columns_of(header: Sequence[str]) -> dict[str, list[str]]:
    """Return the columns of a header by what they mean, in order.

    >>> columns_of(["N° SIREN", "Nom ou raison sociale de l'entreprise", "Nom_commune", "Effectif"])
    {'siren': ['N° SIREN'], 'name': ["Nom ou raison sociale de l'entreprise"], 'commune': ['Nom_commune']}
    """
    found: dict[str, list[str]] = {}
    for column in header:
        plain = _NOT_A_WORD.sub(" ", fold(column)).strip()
        known = [
            (len(beginning), meaning)
            for meaning, beginnings in _MEANINGS.items()
            for beginning in beginnings
            if plain == beginning or plain.startswith(f"{beginning} ")
        ]
        if known:
            found.setdefault(max(known)[1], []).append(column)
    return found


def is_list(header: Sequence[str]) -> bool:
    """Tell whether a file with this header names enterprises by their SIREN."""
    return {"siren", "name"} <= columns_of(header).keys()


def enterprises(table: Table, tell: Tell) -> Iterator[CoopEntry]:
    """Yield the co-ops of the list; one that cannot be used is told by its line."""
    meanings = columns_of(table.header)
    columns = [column for names in meanings.values() for column in names]
    owners = [meaning for meaning, names in meanings.items() for _ in names]
    for line, row in table.rows(columns):
        said: dict[str, list[str]] = {}
        for meaning, value in zip(owners, row, strict=True):
            if value.strip():
                said.setdefault(meaning, []).append(value.strip())
        form = _form(said)
        if form is None:
            continue
        siren = _NOT_A_DIGIT.sub("", _first(said, "siren"))[:9]
        names = names_of([*said.get("name", []), *said.get("alias", [])])
        if not is_siren(siren):
            tell(f"line {line}: SIREN « {_first(said, 'siren')} » is wrong, left out")
        elif not names:
            tell(f"line {line}: no name, left out")
        else:
            yield _entry(names, form, siren, said)


def _entry(names: tuple[str, ...], form: str, siren: str, said: Mapping[str, list[str]]) -> CoopEntry:
    department = next(
        (code for given in said.get("department", []) if (code := department_of(given))),
        department_of(
            commune_code=_first(said, "commune_code"),
            postal_code=_first(said, "postal_code"),
            commune=_first(said, "commune"),
        ),
    )
    return CoopEntry(
        names[0],
        form,
        siren,
        commune_of(_first(said, "commune"), department),
        department,
        said.get("website", [None])[0],
        names[1:],
    )


def _form(said: Mapping[str, list[str]]) -> str | None:
    """Return the form of a row's co-op: by the code of its category, by its words, by its name."""
    names = " ".join((*said.get("name", []), *said.get("alias", [])))
    legal = " ".join(said.get("form", []))
    for code in _CODE.findall(legal):
        if is_category(code):
            return form_of_unit(code, True, f"{names} {legal}")
    if _OTHERS.search(fold(legal)):
        return None
    precise = form_in_words(legal)
    return precise if precise not in (None, "coopérative") else form_in_words(names) or precise


def _first(said: Mapping[str, list[str]], meaning: str) -> str:
    return said.get(meaning, [""])[0]
