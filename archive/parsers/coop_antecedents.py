"""Whom does a page mean by « la Scop » that calls no name a co-op? What it says of each name decides."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from archive import gazetteer
from archive.parsers.coop_forms import FORM, form_of, hints
from archive.parsers.coop_name_ends import whole_end
from archive.parsers.coop_names import Claim, Proper, bare, is_place
from archive.parsers.coop_salience import NO_COMPANY, THING
from archive.parsers.coop_subject import is_company
from archive.parsers.coop_vocabulary import FORMS, TRADES
from archive.parsers.words import folded

# « cette Scop fondée », « Le statut ? Scop depuis », « ont choisi la forme coopérative »: one company's form.
_ONE: Final = re.compile(
    r"\b(?:(?:[Ll]a|[Cc]ette|[Nn]otre|[Ll]eur|une|[Ss]a|[Vv]otre|[Mm]a)\s(?:(?:jeune|petite|toute\sjeune|vraie|vieille|nouvelle|première|seule)\s)?"
    r"|[Ee]n\s|[Ss]tatuts?\s(?:\?\s|:\s|de\s|d['’]une\s)|[Ff]orme\s(?:de\s|d['’]une\s)|[Ss]ous\s(?:statut|forme)\sde\s|[Dd]evenir\s|c['’]est\s)"
    rf"(?P<form>{FORM})(?![\w-])(?!\s?[«“\"])(?!\s(?:[A-ZÀ-Ý]|est\sune?\s|sont\s))"
    r"|\b(?P<status>(?:forme|statut|modèle|régime)s?\scoopérati(?:f|ve))(?![\w-])"
)
_BEFORE, _AFTER = 34, 60
# What is said of Scops in general, or of one that is only thought of.
_GENERAL: Final = re.compile(
    r"\b(?:qu['’]est-ce\squ|c['’]est\squoi|comment\s(?:créer|devenir|fonctionne)|créer|monter|lancer|imagin|projet|voudr|souhait|pourr|si\s|loi|une\sautre|chaque|toute|aucune|union|réseau|fédération)\s?[^.!?\n]{0,25}$",
    re.IGNORECASE,
)
# A text that tells of one that did not come about names no co-op.
_FAILED: Final = re.compile(
    r"\b(?:n['’](?:est|était|a|ont)\s(?:donc\s)?(?:pas|jamais|plus)|rêv\w+|avort\w+|renonc\w+|échou\w+|refus\w+|faute|empêch\w+|ve(?:ut|ulent)|voudr\w+|souhait\w+|envisag\w+)\b[^.!?\n]{0,40}$",
    re.IGNORECASE,
)
_ANY_ONE: Final = re.compile(r",?\s(?:ça|c['’]est|ce\sn['’]est|ne|peut|doit|n['’])\b")
_ARTICLE = r"(?:(?:[Ll]a|[Ll]es?)\s|[Ll]['’])?[«“\"]?\s?$"
# « les onze salariés de X », « l'équipe de X », « cogérante de X », « la menuiserie X », « chez X »
_INTRODUCED: Final = re.compile(
    r"(?:\b(?:salarié|employé|ouvri[eè]r|ouvrière|associé|sociétaire|compagnon|équipe|(?:co)?gérant|patron|direct(?:eur|ric)|président|fondat(?:eur|ric)|cofondat(?:eur|ric)"
    r"|ateliers?|locaux|murs|site|usine|reprise|rachat|capital|assemblée|parts|client|magasin|rayons|fournil|avenir|aventure|toiture|histoire)(?:[·.-]?e)?(?:[·.-]?s)?"
    r"(?:\s[a-zà-ÿ]{4,14})?\s(?:de\s|d['’]|du\s|des\s)"
    r"|\b(?:[Ll]['’](?:entreprise|imprimerie|usine|épicerie|agence|auberge|atelier)|[Ll]a\s(?:société|fabrique|PME|boutique|marque|compagnie|librairie|[a-zà-ÿ]{3,12}erie)"
    r"|[Ll]e\s(?:fabricant|bureau\sd['’]études|constructeur|traiteur|studio|café|garage))\s(?:[a-zà-ÿ]{4,14}\s)?|\b(?:[Cc]hez|rejoint|fondé|créé|monté|repris|dirigez|dirige|baptisée?|s['’]appell(?:e|ent))\s)"
    + _ARTICLE
)
_OPENS: Final = re.compile(
    r"(?:^|\n|[.!?…:»]\s)[\s*•#>_–—-]{0,6}(?:[A-ZÀ-Ý][^.,;:!?\n]{1,30},\s)?(?:(?:[Cc]hez|[AÀ]|[Aa]u)\s)?"
    + _ARTICLE
)
_IS_SUBJECT: Final = re.compile(
    r"\s?[»”\"]?(?:,\s(?:c['’]est|ce\ssont|qui|où)\s|\s(?:n['’]|ne\s|s['’]|se\s)?(?:a|ont|est|sont|avait|était|va|veut|peut|doit|vient|fait|fête|ouvre|emploie|compte|recrute|réunit|livre"
    r"|produit|fabrique|propose|transforme|tient|[a-zà-ÿ]{3,12}(?:ent|era|ait))\s)"
)
# In a title what follows a name at its beginning is a verb: « Alma Mater Studio souffle ses dix bougies ».
_SOME_VERB: Final = re.compile(r"\s?[»”\"]?\s(?:n['’]|ne\s|s['’]|se\s)?[a-zà-ÿ]{2,12}(?:e|a|t|d|nt)\s")
# « l'Ardoise libre était », « Les Textiles du lac ont »: names with small words
_SMALL_NAME: Final = re.compile(
    r"(?<![\w’'-])(?:[Ll]['’]|[Ll]es?\s|[Ll]a\s)(?P<name>[A-ZÀ-Ý][a-zà-ÿ]{3,}(?:\s[a-zà-ÿ]{4,12}(?=\s(?:est|était|a|ont)\s|,)|\s(?:du|des|de\sla|à)\s[a-zà-ÿ]{3,14}))(?=[,.;\s])"
)
# « Papier Plié, c'est quatre relieuses »
_PRESENTED: Final = re.compile(r"(?:\s[a-zà-ÿ]{3,12})?\s?[»”\"]?,\sc['’ʼ](?:est|était)\s")
# « au bord de la Gère »: a river or a place
_OF_THE: Final = re.compile(r"\b(?:d[eu]\s(?:la\s|l['’])?|du\s|des\s|à\s(?:la\s)?|sur\sla\s)$")
_PARTNERS: Final = re.compile(r"\s(?:&|et\s(?:Cie|[Ff]ils)|Cie|frères|sœurs)\b|&")
_LIKE_PERSON: Final = re.compile(
    r"[A-ZÀ-Ý][a-zà-ÿ]+(?:-[A-ZÀ-Ý][a-zà-ÿ]+)?\s(?:[A-ZÀ-Ý][a-zà-ÿ]+[-\s]?){1,2}"
)
_NEAR: Final = 450
_LOOK_BACK: Final = 60
_THING_BEFORE: Final = 40
_AFTER_OR_FOR: Final = re.compile(
    r"\b(?:[Aa]près|[Aa]vant|[Dd]epuis|[Ss]elon|[Pp]our|[Aa]vec|[Cc]ontre|[Ss]ans|[Dd]ès|[Vv]ers)\s$"
)
# So much must speak for a name, and so much more than for any other.
_ENOUGH: Final = 3.0
_MARGIN: Final = 1.0


@dataclass(slots=True)
class _Candidate:
    """A name, its first place, and what speaks for it."""

    number: int
    name: Proper
    count: int = 0
    score: float = 0.0
    introduced: bool = False
    subject: bool = False
    inside: bool = False
    near: bool = False
    titled: bool = False
    river: bool = False


def claims(
    texts: Sequence[str], names: Sequence[Sequence[Proper]], has_title: bool
) -> Iterator[tuple[int, Claim]]:
    """Yield the one company of a page without co-ops that its « la Scop » can mean, with its text's number.

    ``names`` hold no places; the first of ``texts`` is the title where ``has_title``.
    """
    forms = [(number, *found) for number, text in enumerate(texts) for found in _forms(text)]
    if not forms or any(_FAILED.search(texts[n], max(0, at - _LOOK_BACK), at) for n, at, _ in forms):
        return
    candidates: dict[str, _Candidate] = {}
    for number, (text, here) in enumerate(zip(texts, names, strict=True)):
        for name in (*here, *_small_names(text, here)):
            if _is_company(text, name):
                _note(candidates, number, text, name, forms, titled=has_title and number == 0)
    ranked = sorted(candidates.values(), key=_score, reverse=True)
    if not ranked or _score(ranked[0]) < _ENOUGH:
        return
    if len(ranked) > 1 and _score(ranked[0]) - _score(ranked[1]) < _MARGIN:
        return
    best = ranked[0]
    end = whole_end(texts[best.number], best.name.start, best.name.end)
    yield best.number, Claim(best.name.start, end, forms[0][2], "subject_of_page")


def _forms(text: str) -> Iterator[tuple[int, str]]:
    """Yield where a text says of one company that it is a co-op, and its form."""
    last = -1
    for place in hints(text):
        low = max(0, place - _BEFORE)
        for match in _ONE.finditer(text, low, place + _AFTER):
            if match.start() > last and match.start() <= place < match.end():
                last = match.start()
                general = _GENERAL.search(text, max(0, match.start() - 40), match.start())
                any_one = match.group()[:4].lower() == "une " and _ANY_ONE.match(text, match.end())
                if not general and not any_one:
                    yield match.start(), form_of(match["form"] or "coopérative")
                break


def _small_names(text: str, names: Sequence[Proper]) -> Iterator[Proper]:
    starts = {name.start: name for name in names}
    for match in _SMALL_NAME.finditer(text):
        start, end = match.span("name")
        known = starts.get(start)
        if known is None or known.end < end:
            yield Proper(start, end, 0, 0)


def _is_company(text: str, name: Proper) -> bool:
    surface = text[name.start : name.end]
    words = folded(surface).split(" ")
    return (
        words[0] not in NO_COMPANY
        and not FORMS.intersection(words)
        and not is_place(surface)
        and not (len(words) == 1 and gazetteer.communes_named(words[0]))
        and is_company(text, name)
        and not THING.search(
            text, max(text.rfind("\n", 0, name.start), name.start - _THING_BEFORE), name.start
        )
    )


def _note(
    candidates: dict[str, _Candidate],
    number: int,
    text: str,
    name: Proper,
    forms: Sequence[tuple[int, int, str]],
    *,
    titled: bool,
) -> None:
    one = candidates.setdefault(bare(text[name.start : name.end]), _Candidate(number, name))
    before = text[max(0, name.start - _LOOK_BACK) : name.start]
    one.count += 1
    one.titled |= titled
    one.introduced |= _INTRODUCED.search(before) is not None
    opens = _OPENS.search(before) is not None
    verb = _SOME_VERB if titled else _IS_SUBJECT
    one.subject |= opens and verb.match(text, name.end) is not None
    one.inside |= not opens
    one.near |= any(number == place and 0 < at - name.end < _NEAR for place, at, _ in forms)
    surface = text[name.start : name.end]
    told = one.introduced or titled
    one.river |= " " not in surface and _OF_THE.search(before) is not None
    presented = 2.0 * (_PRESENTED.match(text, name.end) is not None and not _AFTER_OR_FOR.search(before[-8:]))
    one.score = max(one.score, _looks(surface, told) + presented)


def _looks(surface: str, told: bool) -> float:
    """Return what the very words of a name say for its being a company's."""
    first = folded(surface).split(" ")[0]
    score = 1.0 if " " in surface else 0.0
    if first in TRADES or first.endswith("erie") or _PARTNERS.search(surface):
        score += 1
    if _LIKE_PERSON.fullmatch(surface) and not told:
        score -= 2
    if surface.isupper() and len(surface) < 6:
        score -= 1
    return score


def _score(one: _Candidate) -> float:
    return (
        one.score
        + 2 * one.introduced
        + one.subject
        + one.near
        + 1.5 * one.titled
        + (one.count > 1)
        + 0.5 * (one.count > 3)
        - 2 * one.river
        - (not one.inside and not one.introduced and one.count < 2 and one.score < 1)
    )
