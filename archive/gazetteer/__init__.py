"""Which places does France have? Departments and communes, from official data shipped with the package.

The files say in their head where they come from, which edition and under which licence. They are read on
first use and kept; looking a name up is a dictionary access.
"""

import gzip
import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Literal

DEPARTMENTS = Path(__file__).with_name("departments.tsv.gz")
COMMUNES = Path(__file__).with_name("communes.tsv.gz")

_NOT_WORD = re.compile(r"[^a-z0-9]+")
# « St-Vallier » is written « Saint-Vallier » in the official list, « Ste » likewise.
_SAINT = re.compile(r"\bst(e?)\b")
_ACCENTS = re.compile("[\u0300-\u036f]+")
# What official names hold besides letters and spaces.
_SEPARATOR = re.compile("[ '-]+")


@dataclass(frozen=True, slots=True)
class Department:
    """A department or an overseas collectivity; ``code`` is the INSEE code (``01``, ``2A``, ``974``).

    ``latitude`` and ``longitude`` (degrees) are those of the prefecture, ``None`` where it is not known.
    """

    code: str
    name: str
    region: str
    region_code: str
    prefecture: str | None
    latitude: float | None = None
    longitude: float | None = None


@dataclass(frozen=True, slots=True)
class Commune:
    """A commune, a former commune (merged into another) or a district of Paris, Lyon or Marseille.

    ``population`` counts people and is 0 where the list gives none (former communes).
    """

    code: str
    name: str
    department: str
    kind: Literal["commune", "former", "district"]
    population: int
    postal_codes: tuple[str, ...]


def fold(text: str) -> str:
    """Return a place's name without case, accents, hyphens and apostrophes, « St » written out.

    >>> fold("St-Étienne-du-Rouvray"), fold("L’Haÿ-les-Roses")
    ('saint etienne du rouvray', 'l hay les roses')
    """
    plain = _NOT_WORD.sub(" ", _bare(text)).strip()
    return _SAINT.sub(r"saint\1", plain) if "st" in plain else plain


def _bare(text: str) -> str:
    if text.isascii():
        return text.lower()
    plain = text.casefold().translate(_PLAIN)
    return plain if plain.isascii() else _decomposed(plain)


def _decomposed(text: str) -> str:
    return _ACCENTS.sub("", unicodedata.normalize("NFKD", text))


def _lines(path: Path) -> Iterator[str]:
    text = gzip.decompress(path.read_bytes()).decode("utf-8")
    return (line for line in text.splitlines() if not line.startswith("#"))


# What French pages hold besides ASCII, so that few texts have to be decomposed: accents, ligatures, dashes.
_PLAIN = {
    **{code: _decomposed(chr(code)) for code in (*range(0xA0, 0x250), *range(0x2000, 0x2070))},
    **str.maketrans({"œ": "oe", "æ": "ae"}),
}


@cache
def departments() -> tuple[Department, ...]:
    """Return the 101 departments and the overseas collectivities."""
    rows = (line.split("\t") for line in _lines(DEPARTMENTS))
    return tuple(
        Department(
            code,
            name,
            region,
            number,
            chief or None,
            float(latitude) if latitude else None,
            float(longitude) if longitude else None,
        )
        for code, name, region, number, chief, latitude, longitude in rows
    )


@cache
def _departments_by_code() -> dict[str, Department]:
    return {department.code: department for department in departments()}


@cache
def _departments_by_name() -> dict[str, Department]:
    return {fold(department.name): department for department in departments()}


def department(code: str) -> Department | None:
    """Return the department with this INSEE code, ``None`` when there is none.

    >>> department("94").name, department("20")
    ('Val-de-Marne', None)
    """
    return _departments_by_code().get(code)


def department_by_name(name: str) -> Department | None:
    """Return the department of this name, however it is accented or hyphenated; ``None`` when there is none.

    >>> department_by_name("cotes d'armor").code
    '22'
    """
    return _departments_by_name().get(fold(name))


@cache
def _lines_by_name() -> dict[str, list[str]]:
    lines = list(_lines(COMMUNES))
    # Folded all at once: name by name this takes three times as long.
    names = _SEPARATOR.sub(" ", _bare("\n".join(line.split("\t", 2)[1] for line in lines)))
    found: dict[str, list[str]] = {}
    for name, line in zip(names.split("\n"), lines, strict=True):
        found.setdefault(name, []).append(line)
    return found


def communes_named(folded: str) -> tuple[Commune, ...]:
    """Return the communes whose folded name is ``folded``, the most populous first; empty when there is none.

    >>> [(c.department, c.kind) for c in communes_named("villejuif")]
    [('94', 'commune')]
    """
    return _communes(folded) if folded in _lines_by_name() else ()


@cache
def _communes(folded: str) -> tuple[Commune, ...]:
    communes = map(_commune, _lines_by_name()[folded])
    return tuple(sorted(communes, key=lambda commune: -commune.population))


def _commune(line: str) -> Commune:
    code, name, department_code, kind, population, postal_codes = line.split("\t")
    if kind == "district":
        return Commune(code, name, department_code, "district", int(population), tuple(postal_codes.split()))
    past: Literal["commune", "former"] = "former" if kind == "former" else "commune"
    return Commune(code, name, department_code, past, int(population), tuple(postal_codes.split()))


@cache
def _longest_by_first_word() -> dict[str, int]:
    longest: dict[str, int] = {}
    for name in _lines_by_name():
        words = name.split(" ")
        longest[words[0]] = max(longest.get(words[0], 0), len(words))
    return longest


def longest_from(first_word: str) -> int:
    """Return how many words the longest commune name has that begins with this folded word; 0 for none.

    >>> longest_from("villejuif"), longest_from("qwerty")
    (1, 0)
    """
    return _longest_by_first_word().get(first_word, 0)


@cache
def _names_by_first_word() -> dict[str, tuple[str, ...]]:
    found: dict[str, list[str]] = {}
    for name in _lines_by_name():
        first, _, rest = name.partition(" ")
        if rest:
            found.setdefault(first, []).append(name)
    return {first: tuple(names) for first, names in found.items()}


def names_beginning(first_word: str) -> tuple[str, ...]:
    """Return the folded names of communes that go on after this folded word: « ivry sur seine »."""
    return _names_by_first_word().get(first_word, ())


def second_words(first_word: str) -> frozenset[str]:
    """Return the words that follow this folded one in communes' names: a quick look before the slow ones."""
    return _second_words().get(first_word, frozenset())


@cache
def _second_words() -> dict[str, frozenset[str]]:
    return {
        first: frozenset(name.split(" ", 2)[1] for name in names)
        for first, names in _names_by_first_word().items()
    }


def communes_beginning(first_word: str) -> tuple[Commune, ...]:
    """Return the communes whose name goes on after this folded word: « ivry » gives Ivry-sur-Seine."""
    return tuple(commune for name in names_beginning(first_word) for commune in communes_named(name))


@cache
def _departments_by_postal_code() -> dict[str, frozenset[str]]:
    found: dict[str, set[str]] = {}
    for lines in _lines_by_name().values():
        for line in lines:
            _, _, department_code, _, _, postal_codes = line.split("\t")
            for postal_code in postal_codes.split():
                found.setdefault(postal_code, set()).add(department_code)
    return {code: frozenset(codes) for code, codes in found.items()}


def departments_at(postal_code: str) -> frozenset[str]:
    """Return the codes of the departments that a postal code serves; empty when it is not in use.

    >>> sorted(departments_at("94800")), sorted(departments_at("99999"))
    (['94'], [])
    """
    return _departments_by_postal_code().get(postal_code, frozenset())
