"""Which titles of press are known beforehand? The shipped register: names, domains, scope, departments.

It only gives names to what pages already say; titles that it lacks are discovered from clippings.
"""

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Final, Literal, get_args

from archive.addresses import host_of

Scope = Literal["agency", "national", "regional", "trade", "coop", "reference"]

_COLUMNS: Final = ("name", "scope", "departments", "domains", "aliases")
_WORD: Final = re.compile(r"[^\W_]+")
_ACCENT: Final = re.compile("[\u0300-\u036f]+")
# Blogs that a paper lodges are written by others: « blogs.journal.example ».
_LODGED: Final = re.compile(r"^blogs?[.-]")


@dataclass(frozen=True, slots=True)
class Title:
    """One title of press. ``departments`` are those of its area or seat, ``domains`` without ``www.``."""

    name: str
    scope: Scope
    departments: tuple[str, ...]
    domains: tuple[str, ...]
    aliases: tuple[str, ...]


@cache
def titles() -> tuple[Title, ...]:
    """Return the register in the order of its file; raise ValueError, naming the title, where it is wrong."""
    text = files(__package__).joinpath("titles.tsv").read_text("utf-8")
    rows = [line.split("\t") for line in text.splitlines() if line and not line.startswith("#")]
    if tuple(rows[0]) != _COLUMNS:
        raise ValueError(f"titles.tsv: columns {rows[0]}")
    return tuple(_title(row) for row in rows[1:])


def by_address(address: str) -> Title | None:
    """Return the title whose site holds an address, subdomains included; the longest domain wins.

    >>> by_address("https://www.liberation.fr/economie/1").name, by_address("https://m.sudouest.fr/").name
    ('Libération', 'Sud Ouest')
    >>> by_address("https://lemarin.ouest-france.fr/a").name, by_address("https://liberation.fr.example/")
    ('Le Marin', None)
    """
    host = host_of(address)
    if _LODGED.match(host):
        return None
    labels = host.split(".")
    known = _by_domain()
    found = (known.get(".".join(labels[first:])) for first in range(len(labels) - 1))
    return next((title for title in found if title is not None), None)


def by_name(name: str) -> Title | None:
    """Return the title that goes by a name or one of its other names; case, accents and « .fr » aside.

    >>> by_name("LIBÉRATION.FR").name, by_name("le Progres").name, by_name("Le Clairon des Mauges")
    ('Libération', 'Le Progrès', None)
    """
    return _by_name().get(folded(name))


def folded(name: str) -> str:
    """Return what two spellings of a title share: no case, accents, signs, nor a country's ending.

    >>> folded("Libération.fr"), folded("L’Humanité"), folded("Basta !")
    ('liberation', 'l humanite', 'basta')
    """
    plain = re.sub(r"\.(?:fr|com|net|org|info|coop|media)$", "", name.strip().casefold())
    return " ".join(_WORD.findall(_ACCENT.sub("", unicodedata.normalize("NFKD", plain))))


@cache
def _by_domain() -> Mapping[str, Title]:
    return {domain: title for title in titles() for domain in title.domains}


@cache
def _by_name() -> Mapping[str, Title]:
    found: dict[str, Title] = {}
    for title in titles():
        for name in (title.name, *title.aliases):
            found.setdefault(folded(name), title)
    return found


def _title(row: list[str]) -> Title:
    name, scope, departments, domains, *aliases = row
    known: tuple[Scope, ...] = get_args(Scope)
    wanted = next((one for one in known if one == scope), None)
    if wanted is None:
        raise ValueError(f"titles.tsv: {name}: {scope!r} is no scope")
    others = tuple(filter(None, (aliases or [""])[0].split("|")))
    return Title(name, wanted, tuple(departments.split()), tuple(domains.split()), others)
