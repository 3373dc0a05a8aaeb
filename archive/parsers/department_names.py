"""Which departments does a text give by name? « dans l'Essonne », « (Hauts-de-Seine) », « les deux Savoie ».

Most departments are called after a river, a mountain or a point of the compass. A compound name stands for
the department wherever it is met; a simple one only after words that make it a territory, or after an article
on a page that does not speak of rivers.
"""

import re
from collections.abc import Iterator, Sequence
from functools import cache, lru_cache

from archive import gazetteer
from archive.parsers.capitals import by_capital
from archive.parsers.department_codes import Place
from archive.parsers.words import Word, span

# Regions and provinces whose names hold the name of a department; they are read first and give nothing.
_REGIONS = (
    "pays de la loire", "pays de loire", "centre val de loire", "val de loire", "nord pas de calais",
    "rhone alpes", "auvergne rhone alpes", "provence alpes cote d azur", "champagne ardenne",
    "pays de savoie",
    "savoie mont blanc", "haut jura", "nord est", "nord ouest", "grand nord", "mer du nord", "nord sud",
    "cap nord", "gare du nord", "amerique du nord", "irlande du nord", "afrique du nord", "coree du nord",
    "vienne autriche", "val de marne et", "drome des collines", "drome provencale", "cotes du rhone",
)  # fmt: skip
# Ways of writing that the official list does not have.
_VARIANTS = {
    "seine st denis": "93",
    "val d oise": "95",
    "reunion": "974",
    "cote d or": "21",
    "cotes du nord": "22",
    # new towns, which are no communes
    "cergy pontoise": "95",
    "saint quentin en yvelines": "78",
}
# Never meant by their bare name: Paris is read as a commune, islands share their names with saints.
_NOT_BY_NAME = frozenset(("75", "974", "977", "978", "984", "989"))
# Departments that lie beyond the sea, and compounds: no river, no direction.
_PLAIN = frozenset(
    ("finistere", "morbihan", "yvelines", "essonne", "vaucluse", "guadeloupe", "martinique", "mayotte")
)
# Simple names that no river bears.
_NO_RIVERS = frozenset(
    ("lozere", "cantal", "vosges", "landes", "savoie", "calvados", "cotes d armor", "correze")
)
# More often the river, the sea, the mountains or the direction: an article is not enough.
_NEED_CUE = frozenset(
    ("loire", "rhone", "marne", "meuse", "moselle", "manche", "nord", "ardennes", "jura", "vienne", "doubs")
)
# Words of territory before « de la Sarthe ».
_TERRITORY = (
    r"(?:d[ée]partement(?:s|al|ale|aux|ales)?|pr[ée]f(?:et|ète|ecture)s?|habitant(?:·?e)?s?"
    r"|[ée]lu(?:·?e)?s?|communes?"
    r"|villages?|villes?|territoires?|nord|sud|(?<=[’'])est|ouest|centre|cœur|côtes?|coin|fond"
    r"|agglomération|conseil|chambre"
    r"|urssaf|cci|entreprises?|coopératives?|associations?|collèges?|caves?|vignerons?|agriculteurs?"
    r"|paysans?"
    r"|\w{3,}(?:iers?|ières?|istes?|ienne?s?|erons?|isane?s?)"
    r"|(?<!p[êe]ch)(?<!pass)(?<!navigat)\w{2,}(?:eurs?|euses?|ants?|antes?)"
    r"|éleveurs?|viticulteurs?|pompiers|gendarmes?|gérante?|artisans?|maires?|députée?|sénat(?:eur|rice))"
)
_OF = r"(?:de\sla|de\sl['’]|du|des|de|d['’])"
# Both look at the end of a short slice before the name, in small letters; the free words are for
# « départemental », « tout ».
_STRONG_BEFORE = re.compile(
    rf"(?:\b[Dd]ans\s(?:tout\s|toute\s)?(?:le|la|les|l['’])|\b[Ee]n"
    rf"|\b{_TERRITORY}\s(?:[\w’'-]+\s){{0,1}}{_OF}"
    r"|\b[Pp]artout\sen)\s?$"
)
_RIVER_BEFORE = re.compile(
    r"\b(?:rivi[èe]res?|fleuves?|vall[ée]es?|bords?|rives?|berges?|quais?|eaux?|sources?|estuaire"
    r"|plaine|bassins?|baies?"
    r"|canal|canaux|crues?|gorges|delta|affluents?|ponts?|barrage|cours|lit|embouchure"
    r"|confluen\w{2,5}|m[ée]andres?"
    r"|îles?|châteaux|vins?|val|levées?|coteaux|long|travers[ée]e|tunnel|appellation|jett?e\s+dans"
    r"|baign\w+\s+dans"
    rf"|massifs?|sommets?|lignes?|parc)\s(?:[\w’'-]+\s){{0,2}}(?:{_OF}|la|le|l['’])\s?$"
    r"|\b[Ss]ur\s(?:la|le|l['’])\s?$"
)
_RIVER_AFTER = re.compile(
    r",?\s(?:le fleuve|la rivière|en crue|coule|déborde|prend sa source|rejoint|se jette|serpente"
    r"|traverse)\b"
)
_DIRECTION_AFTER = re.compile(
    r"\s(?:de\s|du\s|d['’]|des\s|et\s(?:le\s|l['’])?(?:ouest|est|sud|centre|midi)\b|est\b|ouest\b)",
    re.IGNORECASE,
)
# « impasse du Lot », « avenue de la Seine-Saint-Denis »
_STREET_BEFORE = re.compile(
    r"\b(?:rues?|avenue|av\.|boulevard|bd|impasse|place|allées?|chemin|route|square|faubourg|porte|métro|lycée|collège)\s"
    r"(?:de\sla\s|de\sl['’]|du\s|des\s|de\s|d['’])$"
)
# « de La Réunion », with the capital of the island's article
_ISLAND_BEFORE = re.compile(r"\b(?:de|à|sur|vers|pour|depuis|et|,)\sLa\s$")
# « du Nord », « (Nord) », « Nord, Pas-de-Calais »; « un centre de Nord » is a player's.
_WITH_ARTICLE = re.compile(r"(?:\b(?:le|du|au)\s|[(,/–-]\s?|\bet\s|^)$")
_ARTICLE = re.compile(r"(?:\b(?:la|le|les|du|des)\s|\bl['’])$")
# « Jura. Sale temps pour le comté »: where it happens, at the beginning of a line
_KICKER_AFTER = re.compile(r"\.\s[A-ZÀ-Ý«]")
# « le chêne vient de Sarthe »; the word before must not be a capital one (« Jean de Vendée »).
_BARE_OF = re.compile(r"\b[a-zà-ÿ]+\s(?:de\s|d['’])$")
_BRACKET_BEFORE = re.compile(r"\([^()\n]{0,60}$")
# Between two names of a list: « de l'Aude et de l'Hérault », « Ardèche, Drôme ».
_LINK = re.compile(
    r"\s*(?:,|et|ou|puis|/|comme|&|ainsi que)\s*(?:,|et|dans|en|de|d['’])?\s*(?:la|le|les|l['’]|du|des)?\s*"
)
_TWO_SAVOIES = re.compile(r"\b[Dd]eux\sSavoies?\b")
# A page with two of these speaks of rivers; an article alone then proves nothing.
_RIVER_WORDS = re.compile(
    r"\b(?:rivi[èe]res?|fleuves?|kaya\w+|[ée]cluses?|affluents?|cano[ëe]s?|péniches?)\b", re.IGNORECASE
)
# One of them is in each of those words.
_RIVER_HINTS = ("rivi", "fleuve", "kaya", "cluse", "affluent", "cano", "péniche")
_SLICE = 48


@cache
def _names() -> dict[str, list[tuple[tuple[str, ...], str | None]]]:
    """Return names by first word, the longest first; regions have no code."""
    codes: dict[str, str | None] = {
        gazetteer.fold(d.name): d.code for d in gazetteer.departments() if d.code not in _NOT_BY_NAME
    }
    codes |= _VARIANTS
    codes |= dict.fromkeys(_REGIONS)
    found: dict[str, list[tuple[tuple[str, ...], str | None]]] = {}
    for name, code in codes.items():
        parts = tuple(name.split(" "))
        found.setdefault(parts[0], []).append((parts, code))
    for options in found.values():
        options.sort(key=lambda option: -len(option[0]))
    return found


@lru_cache(maxsize=8)
def _speaks_of_rivers(page: str) -> bool:
    """Tell whether a page speaks of rivers, so that « la Sarthe » may be the river."""
    small = page.lower()
    return any(hint in small for hint in _RIVER_HINTS) and len(_RIVER_WORDS.findall(page)) > 1


def by_name(text: str, found: Sequence[Word], page: str) -> Iterator[Place]:
    """Yield the departments that ``text`` gives by name.

    ``found`` are its words; ``page`` is the whole of which it is a part, which may speak of rivers.
    """
    for match in _TWO_SAVOIES.finditer(text) if "Savoie" in text else ():
        yield Place("73", "name", *match.span())
        yield Place("74", "name", *match.span())
    weak: list[tuple[str, Place]] = []
    in_rivers: set[str] = set()
    last: Place | None = None
    last_strength = ""
    for name, place in _candidates(text, found):
        strength = _strength(name, place, text)
        if last and strength in ("weak", "bare") and _LINK.fullmatch(text, last.end, place.start):
            strength = last_strength
        if strength == "river":
            in_rivers.add(name)
        elif strength == "strong":
            yield place
        elif strength == "weak":
            weak.append((name, place))
        last, last_strength = place, strength
    for name, place in weak:
        if name in _NO_RIVERS or not (name in in_rivers or _speaks_of_rivers(page)):
            yield place


def _candidates(text: str, found: Sequence[Word]) -> Iterator[tuple[str, Place]]:
    names = _names()
    after = 0
    for index in _openings(text, found):
        word = found[index]
        for parts, code in names[word.folded] if index >= after else ():
            taken = len(parts)
            same = tuple(w.folded for w in found[index : index + taken]) == parts
            if not same or span(found, index, taken) < taken:
                continue
            after = index + taken
            if code and not _part_of_longer(text, found, index, taken):
                yield " ".join(parts), Place(code, "name", word.start, found[after - 1].end)
            break


def _openings(text: str, found: Sequence[Word]) -> list[int]:
    """Return which words may open a name, in order: with a capital, but for « pays de la Loire »."""
    names, capital = _names(), by_capital(text)
    openings = [index for word in names.keys() & capital.keys() for index in capital[word]]
    small = (index for index, word in enumerate(found) if word.folded == "pays" and not word.capital)
    return sorted([*openings, *(small if "pays" in text else ())])


def _part_of_longer(text: str, found: Sequence[Word], index: int, taken: int) -> bool:
    """Tell whether the name is a person's or part of a longer one: « Marc Savoie », « Neuilly-sur-Marne »."""
    first, last = found[index], found[index + taken - 1]
    if text[first.start - 1 : first.start] in ("-", "‑") and first.start:
        return True
    if text[last.end : last.end + 1] in ("-", "‑") and text[last.end + 1 : last.end + 2].isalpha():
        return True
    before = found[index - 1] if index else None
    return bool(before and first.glued and before.capital and before.folded not in _MAY_PRECEDE)


# Capital words that may stand before a place at the start of a sentence.
_MAY_PRECEDE = frozenset(
    (
        "la",
        "le",
        "les",
        "l",
        "d",
        "de",
        "du",
        "des",
        "en",
        "dans",
        "a",
        "et",
        "departement",
        "haut",
        "bas",
        "sud",
        "entre",
    )
)


def _strength(name: str, place: Place, text: str) -> str:
    before = text[max(0, place.start - _SLICE) : place.start]
    before = before[before.rfind("\n") + 1 :]
    small = before.lower()  # which is faster than IGNORECASE
    after = text[place.end : place.end + 24]
    if _STREET_BEFORE.search(small):
        return "none"
    if not before.strip(" *•#>–-") and _KICKER_AFTER.match(after):
        return "strong"
    if name == "reunion" and _ISLAND_BEFORE.search(before):
        return "strong"
    if name == "vienne" and before.endswith(("de ", "à ")):
        return "none"  # a town: « la ville de Vienne »
    if name == "reunion":
        return "strong" if _ARTICLE.search(small) and not after.startswith((" d", " a", " p")) else "none"
    if " " in name or name in _PLAIN:
        return "strong"
    if name == "nord" and (_DIRECTION_AFTER.match(after) or not _WITH_ARTICLE.search(small)):
        return "none"
    if _RIVER_BEFORE.search(small) or _RIVER_AFTER.match(after):
        return "river"
    if _STRONG_BEFORE.search(small) or (_BRACKET_BEFORE.search(before) and after[:1] in (")", ",", ";", "")):
        return "strong"
    if name in _NEED_CUE:
        return "bare"
    return "weak" if _ARTICLE.search(small) or _BARE_OF.search(before) else "bare"
