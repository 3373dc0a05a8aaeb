"""Where does a text name a commune? By its name and by what stands around it.

A name alone is often a person, a street or a common word. Which commune is meant is settled in ``communes``.
"""

import re
from collections.abc import Collection, Iterator, Sequence
from functools import cache
from typing import Literal, NamedTuple

from archive import gazetteer
from archive.gazetteer import Commune
from archive.parsers.calendar_words import MONTH
from archive.parsers.commune_spelling import Candidate, longest, openings
from archive.parsers.commune_vocabulary import NEVER, NO_SHORT
from archive.parsers.department_codes import Place, codes_in
from archive.parsers.words import Word, word_set

Cue = Literal["strong", "of", "bare"]

# What comes right before the name.
_STRONG_BEFORE = re.compile(
    r"(?:\b(?:à|au|aux|À|Au|Aux|vers|depuis|entre|jusqu['’]à|chez nous à)|(?:^|[.:!?»•*-]\s*)A"
    r"|\b[Pp]r[èe]s\s(?:de|d['’]|du)|\b(?:autour|proximité|périphérie|banlieue|ville|communes?"
    r"|mairies?|région"
    r"|environs|centre|cœur|métropole|agglomération|bassin|tribunal\sde\s\w+|gare|hôpital|port|pays"
    r"|habitants"
    r"|quartiers?|lycées?|maires?|originaires?|sud|nord|est|ouest|atelier|locaux|usine|site|siège"
    r"|antenne|agence)"
    r"\s(?:de|d['’]|du|des))\s?$"
)
_STRONG_ENDS = ("à", "À", "A", "u", "ux", "vers", "depuis", "entre", "de", "d'", "d’", "des")
# « sur Rennes » is spoken French for « à Rennes », but « Jardin sur Cour » is no place.
_ON_BEFORE = re.compile(r"\b[Ss]ur\s$")
_ATTACHED = ("-", "‑", "@", "#", "/", "_", ".")
_OF_BEFORE = re.compile(r"\b(?:[Dd]e|[Dd]['’]|[Dd]u|[Dd]es)\s?$")
_BRACKET_BEFORE = re.compile(r"\((?:[^()\n]{0,40}(?:[,:/–-]|\bà|\bet)\s?)?$")
_LINE_START = re.compile(r"(?:^|\n)[\s*•#>–-]*(?:\d{1,2}[.)]\s)?$")
# « DG de Pollen, Scop, Mende », « Alma – coopérative d'activité et d'emploi – Gap »
_FORM_BEFORE = re.compile(
    r"(?:\b(?:S[Cc][Oo][Pp]|S[Cc][Ii][Cc])(?:\s(?:SARL|Sarl|ARL|SAS|SA))?|\bC[Aa][Ee]|\b[Cc]oop(?:érative|\.)(?:\s[a-zà-ÿ'’]+){0,5})"
    r"(?:,|\s[–—-])\s$"
)
# Countries that are no towns, though small towns bear their names.
_COUNTRIES = frozenset(("caux", "retz", "bray", "born", "auge", "ouche"))
_COUNTRY_BEFORE = re.compile(r"\b[Pp]ays\s(?:de\s|d['’])$")
_QUOTE_BEFORE = re.compile(r"[\"“„«‹]\s?$")
_ARTICLE_BEFORE = re.compile(r"\b(?:[Ll]a|[Ll]e|[Ll]es|[Ll]['’])\s?$")

# « rue de Paris », « université de Nantes », « accords de Grenelle »: the name of something else. In small
# letters.
_NOT_PLACE_BEFORE = re.compile(
    r"\b(?:universit[ée]s?|rue|avenue|av\.?|boulevard|bd|place|quais?|route|chemin|allées?|impasse"
    r"|faubourg|porte|square|pont|métro"
    r"|station|rond-point|esplanade|passage|villa|cours|accords?|traité|jambon|saucisses?|fromage"
    r"|notre-dame|comte"
    r"|duc|pâté|moutarde|bataille|journée|festival|prix|fc|as|rc|us|cercle|olympique|ac|stade|racing)"
    r"\s(?:de\s|d['’]|du\s|des\s|de\sla\s|de\sl['’])?$"
)
_LONGEST_NOT_PLACE = 26
_PERSON_BEFORE = re.compile(r"\b(?:M\.|MM\.|Mme|Mmes|Mlle|Dr|Me|Pr|Saint|Sainte)\s$")
# « Paris 8 », « Paris-8 », « Paris VIII » are universities; « Paris 15e » is a district.
_UNIVERSITY_AFTER = re.compile(
    r"[- ](?:\d{1,2}(?!\d|\s?(?:e|è|er|ème|h)\b)|[IVX]{1,4}\b(?!e))(?!\s?(?:e|ème)\b)"
)
# « Valence-d'Agen » is not Agen, « Vienne, en Autriche » not that of the Rhône.
_COMPOUND_BEFORE = re.compile(r"[-‑](?:d|l)['’]$|[-‑](?:de|du|la|le|les|sur|sous|en|lès)[-‑]$")
_ABROAD_AFTER = re.compile(
    r"(?:,\s|\s\(|\s)(?:en\s|au\s|aux\s)?(?:Autriche|Belgique|Suisse|Québec|Canada|Italie|Espagne|Allemagne|Royaume-Uni"
    r"|Angleterre|Luxembourg|Maroc|Tunisie|Algérie|Sénégal|Louisiane|États-Unis|Ontario|Wallonie|Haïti)\b"
)
_ROMAN = re.compile(r"[IVX]+(?:e|er|ème)")
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
_MAY_PRECEDE = word_set(
    """
    a au aux de d du des sur entre vers depuis pres la le les l et ou en pour ici hors sous via par dans
    """
)
_BRACKET_AFTER = re.compile(r"\s?\(([^()\n]{2,60})\)")
# « Penmarc'h : la conserverie », « Bruz (Ille-et-Vilaine) », « Paris → Bordeaux », « Lille – Le conseil »
_HEADING_AFTER = re.compile(
    rf",\s(?:\d{{1,2}}\s)?(?i:{MONTH})\s(?:19|20)\d\d"
    r"|\s?(?::|→|/|\.\s(?=[^\W\d_a-zà-ÿ«])|\([^()\n]{2,40}\)|[–—-]\s)"
)
_ENDS_ITEM = re.compile(r"\s?(?:[,.;)]|\n|$)")
_LINE_END = re.compile(r"[\s*.]*(?:\n|$)")
# « Rennes, Brest et Lorient »: what stands between the names of a list.
_LINK = re.compile(r"\s*(?:,|et|ou|puis|/|→)\s*(?:à|de|d['’]|[^\W\d_]{1,3}\s)?\s*")

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
# « du Salon », « au Salon »: half a name takes no article, « à Salon » does without.
_WITH_CONTRACTED = re.compile(r"\b(?:[Aa]ux?|[Dd]u|[Dd]es)\s$")
_SHORTEST = 3
# « Ivry » for Ivry-sur-Seine; villages are not called by half their name outside their canton.
_KNOWN_SHORT = 1_500
_SLICE = 48


class Named(NamedTuple):
    """A name at ``text[start:end]`` that communes bear, and how sure the words around it make it a place.

    ``qualifier`` are the departments given right after it in brackets; ``short`` marks the first word of
    longer names (« Ivry »), ``communes`` then being those that it may stand for.
    """

    name: str
    start: int
    end: int
    cue: Cue
    qualifier: tuple[str, ...]
    communes: tuple[Commune, ...]
    short: bool = False


class Names(NamedTuple):
    """The communes of a text: places, people called so, and departments of universities' towns."""

    places: list[Named]
    surnames: set[str]
    hints: set[str]


def districts(text: str) -> Iterator[Place]:
    """Yield the departments given by « le XIe arrondissement parisien »."""
    if "arrondissement" not in text and "arr." not in text:
        return
    for match in _DISTRICT.finditer(text):
        city = " ".join(match["city"].split())
        yield Place(_CITIES[city], "commune", *match.span())


def named(text: str, found: Sequence[Word], taken: Collection[int]) -> Names:
    """Return the communes' names in ``text``.

    ``found`` are the words of ``text``; ``taken`` are the offsets of departments' names.
    """
    names = Names([], set(), set())
    after = 0
    for index in openings(text, found):
        if index < after:
            continue
        candidate = longest(found, index)
        after = candidate.after
        word = found[candidate.first]
        if candidate.name in NEVER or word.start in taken:
            continue
        if candidate.communes:
            _sort_out(text, found, candidate, names)
        elif word.capital and (place := _short(text, found, candidate.first, names)):
            names.places.append(place)
    return names


def _sort_out(text: str, found: Sequence[Word], candidate: Candidate, names: Names) -> None:
    """Put a name among the places, the surnames or the hints, or nowhere."""
    name, first, after, communes = candidate
    start, end = found[first].start, found[after - 1].end
    if _is_surname(text, found, first):
        names.surnames.add(name)
    elif _UNIVERSITY_AFTER.match(text, end):
        names.hints.add(communes[0].department)
    elif cue := _cue(text, found, candidate, names.places[-1] if names.places else None):
        if cue == "strong" and communes[0].population < _KNOWN_BARE and _is_shouted(text, start, end):
            return
        qualifier = _qualifier(text, end)
        if qualifier and not any(commune.department in qualifier for commune in communes):
            return  # « Maquis & Murs (2A) » is not Murs in the Indre
        names.places.append(Named(name, start, end, cue, qualifier, communes))


def _short(text: str, found: Sequence[Word], first: int, names: Names) -> Named | None:
    """Return the first word of a longer name, where a place must stand: « (Ivry) », « à Vitry »."""
    word = found[first]
    if word.folded in NO_SHORT or len(word.folded) < _SHORTEST or not gazetteer.names_beginning(word.folded):
        return None
    if not (communes := _called_short(word.folded)):
        return None
    before = text[max(0, word.start - _SLICE) : word.start]
    if _WITH_CONTRACTED.search(before):
        return None
    follows = names.places and _LINK.fullmatch(text, names.places[-1].end, word.start)
    strong = _STRONG_BEFORE.search(before) or _BRACKET_BEFORE.search(before) or follows
    if not (strong or _OF_BEFORE.search(before)):
        return None
    after = found[first + 1] if first + 1 < len(found) else None
    if after and after.glued and (after.capital or text[word.end] in "-‑'’"):
        return None
    if len(communes) > 1 and not strong:
        return None
    return Named(
        word.folded, word.start, word.end, "strong", _qualifier(text, word.end), communes, short=True
    )


@cache
def _called_short(word: str) -> tuple[Commune, ...]:
    return tuple(c for c in gazetteer.communes_beginning(word) if c.population >= _KNOWN_SHORT)


def _is_shouted(text: str, start: int, end: int) -> bool:
    """Tell whether the name is in capitals only because its line is."""
    if not text[start:end].isupper() or end - start < 4:
        return False
    line = text[text.rfind("\n", 0, start) + 1 : (text.find("\n", end) + 1 or len(text) + 1) - 1]
    return line.isupper() and len(line) > 2 * (end - start)


def _is_surname(text: str, found: Sequence[Word], first: int) -> bool:
    """Tell whether the word before makes the name a person's or part of a longer one: « Julien Paris »."""
    before = found[first - 1] if first else None
    if _PERSON_BEFORE.search(text, max(0, found[first].start - 12), found[first].start):
        return True
    if before is None or not found[first].glued or not before.capital:
        return False
    return before.folded not in _MAY_PRECEDE


def _cue(text: str, found: Sequence[Word], candidate: Candidate, last: Named | None) -> Cue | None:
    """Say how sure the words around a name make it a place; ``None`` when they make it something else."""
    after = candidate.after
    start, end = found[candidate.first].start, found[after - 1].end
    before = text[max(0, start - _SLICE) : start]
    after_slash = text[max(0, start - 1) : start] == "/" and last is not None and last.end == start - 1
    attached = text[max(0, start - 1) : start] in _ATTACHED or text[end : end + 1] in ("@", "_")
    if _COMPOUND_BEFORE.search(before) or _ABROAD_AFTER.match(text, end):
        return None
    if (
        _NOT_PLACE_BEFORE.search(before[-_LONGEST_NOT_PLACE:].lower())
        or (attached and not after_slash)
        or _COMPOUND_AFTER.match(text, end)
    ):
        return None
    if candidate.name in _COUNTRIES and _COUNTRY_BEFORE.search(before):
        return None
    if _ON_BEFORE.search(before):
        return "bare"
    if _FORM_BEFORE.search(before) and _ENDS_ITEM.match(text, end):
        return "strong"
    if (before.rstrip().endswith(_STRONG_ENDS) and _STRONG_BEFORE.search(before)) or _BRACKET_BEFORE.search(
        before
    ):
        return "strong"
    following = found[after] if after < len(found) else None
    if following and following.glued and following.capital and not _may_follow(text, following):
        return None
    if last and last.cue != "bare" and _LINK.fullmatch(text, last.end, start):
        return last.cue
    if _LINE_START.search(before):
        alone = _LINE_END.match(text, end) or _HEADING_AFTER.match(text, end)
        return "strong" if alone else "bare"
    if _qualifier(text, end):
        return "strong"
    if _OF_BEFORE.search(before):
        return "of"
    return None if _ARTICLE_BEFORE.search(before) or _QUOTE_BEFORE.search(before) else "bare"


def _may_follow(text: str, word: Word) -> bool:
    """Tell whether a capital word may follow a place: « Rennes Métropole », « Paris XIe »."""
    return word.folded in _MAY_FOLLOW or _ROMAN.fullmatch(text, word.start, word.end) is not None


def _qualifier(text: str, end: int) -> tuple[str, ...]:
    """Return the departments in brackets after a name: « Lormont (33) », « Bruz (Ille-et-Vilaine) »."""
    if (match := _BRACKET_AFTER.match(text, end)) is None:
        return ()
    if codes := codes_in(match.group(1)):
        return tuple(codes)
    department = gazetteer.department_by_name(match.group(1))
    return (department.code,) if department else ()
