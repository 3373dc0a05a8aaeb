"""Which communes does a text name, and in which department do they lie?

Finding is by name and by what stands around it; a name alone is often a person, a street or a common word.
Settling is by what else is known, since one name in twenty-three is borne in several departments: what is not
settled is left out.
"""

import re
from collections.abc import Sequence, Collection, Iterable, Iterator
from typing import Literal, NamedTuple

from archive import gazetteer
from archive.gazetteer import Commune
from archive.parsers.department_codes import Place, codes_in
from archive.parsers.words import Word, span

Cue = Literal["strong", "of", "bare"]

# Regions, countries, saints' days and words that are communes as well; only a postal code makes them one.
_NEVER = frozenset(
    (
        "bretagne", "normandie", "alsace", "lorraine", "aquitaine", "limousin", "auvergne", "bourgogne", "champagne",
        "picardie", "provence", "corse", "roussillon", "beauce", "perche", "touraine", "anjou", "poitou", "france",
        "vendee", "isere", "savoie", "europe", "saint laurent du maroni", "ile de france", "france services", "noel",
        "la reunion", "reunion", "la chapelle", "la republique", "republique", "le travail", "la place", "la ferme",
        "montreal", "la france", "la bretagne", "la loire", "loire", "la scop", "internet", "bio", "coop", "le mouvement",
        "mars", "mai", "avril", "juillet", "octobre", "avec", "oust", "us", "uns", "ur", "oo", "y", "o", "eu", "by", "is",
        "la", "le", "les", "bras", "contes", "cours", "lire", "faire", "sari", "pas", "plats", "mer", "parties", "autre",
        "dieu", "messages", "assas", "celles", "ceux", "grand", "petit", "sens unique", "die", "val de loire", "haute",
        "la villette", "la defense", "saint nicolas", "saint valentin", "la souche", "la motte", "bastille", "vallee",
    )
)  # fmt: skip
# Large communes whose name is a word, a brand or a saint: never without a cue.
_NOT_BARE = frozenset(
    (
        "sens", "orange", "tours", "nice", "grasse", "vienne", "le port", "la possession", "le tampon", "lens", "saint pierre",
        "saint paul", "saint louis", "saint andre", "saint benoit", "saint joseph", "saint martin", "saint leu",
        "saint denis", "sainte marie", "saint francois", "le robert", "le francois", "les abymes", "draveil", "oissel",
        "bain", "mende", "bron", "gap", "elancourt", "fontaine", "voiron", "rivery", "poissy", "gien", "bourg", "ancenis",
    )
)  # fmt: skip

# What comes right before the name. « sur Rennes » is spoken French for « à Rennes ».
_STRONG_BEFORE = re.compile(
    r"(?:\b(?:à|au|aux|À|Au|Aux|vers|depuis|entre|sur|[Ss]ur|jusqu['’]à|chez nous à)|(?:^|[.:!?»•*-]\s*)A"
    r"|\b[Pp]r[èe]s\s(?:de|d['’]|du)|\b(?:autour|proximité|périphérie|banlieue|ville|communes?|mairies?|région"
    r"|environs|centre|cœur|métropole|agglomération|bassin|tribunal\sde\s\w+|gare|hôpital|port|pays|habitants"
    r"|quartiers?|lycées?|maires?|originaires?|sud|nord|est|ouest|atelier|locaux|usine|site|siège|antenne|agence)"
    r"\s(?:de|d['’]|du|des))\s?$"
)
_OF_BEFORE = re.compile(r"\b(?:[Dd]e|[Dd]['’]|[Dd]u|[Dd]es)\s?$")
_BRACKET_BEFORE = re.compile(r"\((?:[^()\n]{0,40}(?:[,:/–-]|\bà|\bet)\s?)?$")
_LINE_START = re.compile(r"(?:^|\n)[\s*•#>–-]*$")
_QUOTE_BEFORE = re.compile(r"[\"“„«‹]\s?$")
_ARTICLE_BEFORE = re.compile(r"\b(?:[Ll]a|[Ll]e|[Ll]es|[Ll]['’])\s?$")

# « rue de Paris », « université de Nantes », « accords de Grenelle »: the name of something else.
_NOT_PLACE_BEFORE = re.compile(
    r"\b(?:rue|avenue|av\.?|boulevard|bd|place|quais?|route|chemin|allées?|impasse|faubourg|porte|square|pont|métro"
    r"|station|rond-point|esplanade|passage|villa|cours|accords?|traité|jambon|saucisses?|fromage|notre-dame|comte"
    r"|duc|pâté|moutarde|bataille|journée|festival|prix|fc|as|rc|us|cercle|olympique|ac|stade|racing)"
    r"\s(?:de\s|d['’]|du\s|des\s|de\sla\s|de\sl['’])?$",
    re.IGNORECASE,
)
_PERSON_BEFORE = re.compile(r"\b(?:M\.|MM\.|Mme|Mmes|Mlle|Dr|Me|Pr|Saint|Sainte)\s$")
# « Paris 8 », « Paris-8 », « Paris VIII » are universities; « Paris 15e » is a district.
_UNIVERSITY_AFTER = re.compile(
    r"[- ](?:\d{1,2}(?!\d|\s?(?:e|è|er|ème|h)\b)|[IVX]{1,4}\b(?!e))(?!\s?(?:e|ème)\b)"
)
_COMPOUND_AFTER = re.compile(r"[-‑][^\W_]")
_MAY_FOLLOW = frozenset(
    (
        "metropole",
        "cedex",
        "centre",
        "nord",
        "sud",
        "est",
        "ouest",
        "agglo",
        "agglomeration",
        "communaute",
        "ville",
        "habitat",
    )
)
# Capital words that may stand right before a place: prepositions and articles at the start of a sentence.
_MAY_PRECEDE = frozenset(
    (
        "a", "au", "aux", "de", "d", "du", "des", "sur", "entre", "vers", "depuis", "pres", "la", "le", "les", "l", "et",
        "ou", "en", "pour", "ici", "hors", "sous", "via", "par", "dans",
    )
)  # fmt: skip
_BRACKET_AFTER = re.compile(r"\s?\(([^()\n]{2,60})\)")
# « Penmarc'h : la conserverie », « Bruz (Ille-et-Vilaine) », « Paris → Bordeaux », « Lille – Le conseil »
_HEADING_AFTER = re.compile(r"\s?(?::|→|/|\([^()\n]{2,40}\)|[–—-]\s)")
_LINE_END = re.compile(r"[\s*.]*(?:\n|$)")
# « Rennes, Brest et Lorient »: what stands between the names of a list.
_LINK = re.compile(r"\s*(?:,|et|ou|puis|/|→|&)\s*(?:à|de|d['’]|[^\W\d_]{1,3}\s)?\s*")

_DISTRICT = re.compile(
    r"\b(?:\d{1,2}\s?(?:e|è|er|ème)|[IVX]+(?:e|ᵉ|er|ème))\s+(?:arrondissements?|arr\.)\s+"
    r"(?P<city>parisien|lyonnais|marseillais|de\sParis|de\sLyon|de\sMarseille)"
)
_CITIES = {
    "parisien": "75",
    "lyonnais": "69",
    "marseillais": "13",
    "de Paris": "75",
    "de Lyon": "69",
    "de Marseille": "13",
}

# A town of this size is meant by its bare name, « Nîmes » or « Arles »; a village is not.
_KNOWN_BARE = 15_000
# « d'Acigné »: after « de » a name may be a person's or a thing's, so hamlets are left out.
_KNOWN_AFTER_OF = 1_500
_CONTRACTED = {"au": "le ", "du": "le ", "aux": "les ", "des": "les "}
# « au Havre », « aux Herbiers »; smaller ones are mostly common nouns, « au Mas », « du Port ».
_KNOWN_CONTRACTED = 1_500
# « à la Rochelle » with a small article; a hamlet called « La Table » is not meant by « à la Table ».
_KNOWN_WITH_ARTICLE = 5_000
# The namesake meant when nothing else is said: so much larger than the next, and a town.
_DOMINANT, _TOWN = 10, 9_000
_SLICE = 48


class Named(NamedTuple):
    """A name at ``text[start:end]`` that communes bear, and how sure the words around it make it a place."""

    name: str
    start: int
    end: int
    cue: Cue
    # Departments given right after it, in brackets.
    qualifier: tuple[str, ...]
    communes: tuple[Commune, ...]


def districts(text: str) -> Iterator[Place]:
    """Yield the departments given by « le XIe arrondissement parisien »."""
    for match in _DISTRICT.finditer(text):
        city = " ".join(match["city"].split())
        yield Place(_CITIES[city], "commune", *match.span())


def named(
    text: str, found: Sequence[Word], taken: Collection[tuple[int, int]]
) -> tuple[list[Named], set[str]]:
    """Return the communes' names in ``text`` and the words among them that are people's surnames.

    ``found`` are the words of ``text``; ``taken`` are spans that are something else (names of departments).
    """
    names: list[Named] = []
    surnames: set[str] = set()
    index = 0
    last: Named | None = None
    while index < len(found):
        name, first, count, communes = _longest(found, index)
        if not communes:
            index += 1
            continue
        start, end = found[first].start, found[index + count - 1].end
        index += count
        if name in _NEVER or any(a <= found[first].start < b for a, b in taken):
            continue
        if _is_surname(text, found, first, communes):
            surnames.add(name)
            continue
        cue = _cue(text, found, first, index, last)
        if cue is None:
            continue
        last = Named(name, start, end, cue, _qualifier(text, end), communes)
        names.append(last)
    return names, surnames


def _longest(found: Sequence[Word], index: int) -> tuple[str, int, int, tuple[Commune, ...]]:
    """Return the longest commune name at ``index``: name, first word, words taken from ``index``, communes."""
    word = found[index]
    if not (word.capital or word.folded in ("l", "la", "le", "les")):
        return "", index, 1, ()
    longest = gazetteer.longest_from(word.folded)
    before = found[index - 1].folded if index and word.glued and not found[index - 1].capital else ""
    article = _CONTRACTED.get(before, "")
    reach = max(longest, gazetteer.longest_from(article.strip()) if article else 0)
    for count in range(span(found, index, reach) if reach else 0, 0, -1):
        words = found[index : index + count]
        name = " ".join(w.folded for w in words)
        if article:
            communes = gazetteer.communes_named(article + name) if word.capital else ()
            if communes and communes[0].population >= _KNOWN_CONTRACTED:
                return article + name, index, count, communes
            continue  # « au Quartier », « des Forges »: a commune without article never follows a contracted one
        if (communes := gazetteer.communes_named(name)) and _written_as_name(words, communes):
            return name, index, count, communes
    return "", index, 1, ()


def _written_as_name(words: Sequence[Word], communes: tuple[Commune, ...]) -> bool:
    """Tell whether the words have their capitals: « Val de Reuil », not « Val de reuil » or « l'Union »."""
    if len(words) == 1:
        return words[0].capital
    if not words[0].capital and (words[0].folded == "l" or communes[0].population < _KNOWN_WITH_ARTICLE):
        return False
    return words[-1].capital or any(w.capital for w in words[1:])


def _is_surname(text: str, found: Sequence[Word], first: int, communes: tuple[Commune, ...]) -> bool:
    before = found[first - 1] if first else None
    if _PERSON_BEFORE.search(text, max(0, found[first].start - 12), found[first].start):
        return True
    if before is None or not found[first].glued or not before.capital or before.folded in _MAY_PRECEDE:
        return False
    return text[before.end] != "'" or not before.folded == "d"


def _cue(text: str, found: Sequence[Word], first: int, after: int, last: Named | None) -> Cue | None:
    """Say how sure the words around a name make it a place; ``None`` when they make it something else."""
    start, end = found[first].start, found[after - 1].end
    before = text[max(0, start - _SLICE) : start]
    if (
        _NOT_PLACE_BEFORE.search(before)
        or (start and text[start - 1] in "-‑@#/_.")
        or text[end : end + 1] in ("@", "_")
    ):
        if not (start and text[start - 1] == "/" and last and last.end == start - 1):
            return None
    if _UNIVERSITY_AFTER.match(text, end) or _COMPOUND_AFTER.match(text, end):
        return None
    strong = _STRONG_BEFORE.search(before) or _BRACKET_BEFORE.search(before)
    if strong:
        return "strong"
    if last and last.cue != "bare" and _LINK.fullmatch(text, last.end, start):
        return last.cue
    following = found[after] if after < len(found) else None
    if following and following.glued and following.capital and following.folded not in _MAY_FOLLOW:
        return None
    if _LINE_START.search(before):
        alone = _LINE_END.match(text, end) or _HEADING_AFTER.match(text, end)
        return "strong" if alone else "bare"
    if _qualifier(text, end):
        return "strong"
    if _OF_BEFORE.search(before):
        return "of"
    return None if _ARTICLE_BEFORE.search(before) or _QUOTE_BEFORE.search(before) else "bare"


def _qualifier(text: str, end: int) -> tuple[str, ...]:
    """Return the departments in a bracket right after a name: « Lormont (33) », « Bruz (Ille-et-Vilaine) »."""
    if (match := _BRACKET_AFTER.match(text, end)) is None:
        return ()
    if codes := codes_in(match.group(1)):
        return tuple(codes)
    department = gazetteer.department_by_name(match.group(1))
    return (department.code,) if department else ()


def settled(
    names: list[Named], surnames: set[str], known: Collection[str], region: Collection[str]
) -> list[tuple[Named, str]]:
    """Return the names that are places, each with the code of its department.

    ``known`` are the departments that the page gives by code or name, ``region`` those of the source.
    """
    wanted = [n for n in names if _is_place(n, names, surnames)]
    found: dict[str, str] = {}
    sure = set(known)
    for evidence in (sure, set(region)):
        for place in wanted:
            if place.name not in found and (code := _department(place, evidence)):
                found[place.name] = code
        sure |= set(found.values())
    near = {d.region_code for c in sure if (d := gazetteer.department(c))}
    for place in wanted:
        if place.name not in found and (code := _in_regions(place, near)):
            found[place.name] = code
    return [(place, found[place.name]) for place in wanted if place.name in found]


def _is_place(place: Named, names: Iterable[Named], surnames: set[str]) -> bool:
    if place.cue == "strong":
        return True
    if place.name in surnames:
        return False
    if any(other.name == place.name and other.cue == "strong" for other in names):
        return True
    people = max(c.population for c in place.communes)
    hyphenated = place.name.count(" ") >= 2
    if place.cue == "of":
        return people >= _KNOWN_AFTER_OF or hyphenated
    return (people >= _KNOWN_BARE and place.name not in _NOT_BARE) or hyphenated


def _department(place: Named, evidence: Collection[str]) -> str | None:
    """Return the department of a place: the only one, the one given beside it, the one in ``evidence``, the dominant one."""
    people: dict[str, int] = {}
    for commune in place.communes:
        people[commune.department] = max(people.get(commune.department, 0), commune.population)
    if beside := [code for code in place.qualifier if code in people]:
        return beside[0]
    for commune in _longer(place):
        people[commune.department] = max(people.get(commune.department, 0), commune.population)
    if len(people) == 1:
        return next(iter(people))
    ranked = sorted(people, key=lambda code: -people[code])
    first, second = people[ranked[0]], people[ranked[1]]
    dominant = ranked[0] if first >= _TOWN and first >= _DOMINANT * second else None
    if len(inside := [code for code in people if code in evidence]) == 1:
        return inside[0] if dominant in (None, inside[0]) else None
    return dominant


def _longer(place: Named) -> Iterator[Commune]:
    """Yield the towns known by the first word of their name: Évry-Courcouronnes, Vitry-sur-Seine."""
    if " " not in place.name and max(c.population for c in place.communes) < _TOWN:
        yield from (c for c in gazetteer.communes_beginning(place.name) if c.population >= _TOWN)


def _in_regions(place: Named, regions: Collection[str]) -> str | None:
    inside = {
        c.department
        for c in place.communes
        if (d := gazetteer.department(c.department)) and d.region_code in regions
    }
    return next(iter(inside)) if len(inside) == 1 else None
