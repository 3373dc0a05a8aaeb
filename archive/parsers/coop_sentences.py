"""Which names does a sentence make co-ops, their form being apart? « Scop depuis 1985, X recrute. »"""

import re
from collections.abc import Iterator, Sequence

from archive import gazetteer
from archive.parsers.coop_forms import BUSINESS, FORM, QUALIFIER, Near, form_of, form_starts_in
from archive.parsers.coop_name_ends import whole_end
from archive.parsers.coop_names import Claim, Proper, enumerated, follows_of
from archive.parsers.coop_vocabulary import FIRST_NAMES
from archive.parsers.words import folded

# How far from a name its form may stand, in characters.
_SLICE = 130
_QUOTE = r"[«“\"*_]{0,2}\s?"
_ARTICLE = r"(?:(?:[Ll]a|[Ll]es?)\s|[Ll]['’])?"
_NAME_NEXT = rf"{_QUOTE}{_ARTICLE}{_QUOTE}$"
_START = r"(?:^|\n|[.!?…:»]\s)[\s*•#>_–—-]*"
# What may part a form from the comma before the name: « de vingt salariés », « installée à Brest ».
_MORE = r"(?:\s[^.,;:!?()\n]{2,60})?"
_FULL = rf"(?P<form>{FORM}{QUALIFIER}{{0,2}})(?![\w-])"
_BUSINESS_OR_FORM = rf"(?P<form>{FORM}{QUALIFIER}{{0,2}}|{BUSINESS})(?![\w-])"

# « Scop depuis 1985, X recrute », « Première coopérative du pays, X … », « Transformée en Scop en 2015, X … »
_FRONTED = re.compile(
    rf"{_START}(?:(?:Jeune|Petite|Première|Ancienne|Seule|Unique|Autre|Nouvelle|Plus\s[a-zà-ÿ]+)\s)?{_BUSINESS_OR_FORM}{_MORE},\s{_NAME_NEXT}"
)
# « Depuis qu'elle est devenue une Scop, X », « Adhérente de l'Union régionale des Scop, X »
_FRONTED_CLAUSE = re.compile(
    rf"{_START}(?:(?:Depuis\squ|Parce\squ|Puisqu|Bien\squ|Même\ssi\s|Comme\s)['’]?\s?elle\s[^.,;:!?()\n]{{2,40}}\s(?:une\s|en\s)"
    r"|(?:Adhérente|Membre|Affiliée)\s(?:à|de|du|d['’])\s?(?:la\s|l['’])?[\w'’]+(?:\s[a-zà-ÿ]+){0,2}\sdes\s)"
    rf"{_FULL}{_MORE},\s{_NAME_NEXT}"
)
_FRONTED_STATUS = re.compile(
    rf"{_START}(?:(?:[A-ZÉ][a-zà-ÿ]{{3,14}}(?:ée?s?|ies?|ue?s?|ises?)(?:\s[^.,;:!?()\n]{{1,30}})?\sen"
    rf"|Sous\s(?:le\s)?(?:statut|forme)(?:\sde|\sd['’]une?)?|En"
    rf"|(?:[A-ZÀ-Ý][^.,;:!?()\n]{{2,20}}\saprès|Depuis|Après|Avec|Avant)\s(?:sa|son|leur)\s(?:transformation|passage|reprise|constitution|création|conversion|bascule)\s(?:en|sous\sforme\sde))\s){_FULL}{_MORE},\s{_NAME_NEXT}"
)
# « une Scop de Saint-Malo, X, qui … », « leur coopérative, X, », « la plus ancienne Scop de France, X, »
_ONE_OF = re.compile(
    rf"\b(?:[Uu]n\s(?P<kind>{BUSINESS})|(?:[Uu]ne|[Ll]eur|[Ss]a|[Mm]a|[Nn]otre|[Vv]otre|seconde|deuxième|autre|nouvelle|première|jeune|ancienne"
    rf"|l['’]une\sdes|[Ll]a\splus\s[a-zà-ÿ]+)\s(?:(?:jeune|petite|grande|toute\sjeune|autre|nouvelle)\s)?{_FULL}){_MORE},\s{_NAME_NEXT}"
)
# « La coopérative funéraire de Bordeaux, X, accueille … », at the start of a sentence only.
_THE_ONE = re.compile(rf"{_START}La\s{_FULL}\s[^.,;:!?()\n]{{2,60}},\s{_NAME_NEXT}")
_CLOSED = re.compile(r"\s?[»”\"*_]{0,2}(?:[,.;:)–—]|\s[–—(]|\n|$)")
_CLOSED_COMMA = re.compile(r"\s?[»”\"*_]{0,2},\s(?!(?:et\s)?(?:[Ll]a\s|[Ll]es?\s|[Ll]['’])?[«“\"]?[A-ZÀ-Ý])")
_VERB = re.compile(r"\s?[»”\"*_]{0,2}\s(?:n['’]|s['’]|se\s|ne\s|y\s|en\s|a\s|[a-zà-ÿ]{2,14}(?:e|t|d|nt)\s)")
# « une coopérative de supporters baptisée X », « La Scop, rebaptisée X »
_CALLED = re.compile(
    rf"\b{_FULL}(?:[^.;:!?\n]{{0,70}}?[\s,])?(?:(?:re)?baptisée?s?|(?:re)?nommée?s?|appelée?s?|dénommée?s?|du\snom\sd(?:e\s|['’])"
    rf"|(?:répondant\sau|qui\sporte\sle)\snom\sd(?:e\s|['’])|(?:qui\s)?s['’]appell(?:e|era)|(?:qui\s)?se\snomm(?:e|era)|(?:qui\s)?(?:a|avait|ont|aura)\spour\snom|(?:qui\s)?(?:prend|prendra|porte|portera)\sle\snom\sd(?:e\s|['’]))\s?{_NAME_NEXT}"
)
_CALLED_WORDS = ("baptis", "nomm", "appel", "nom d", "pour nom")
# « Elle prend le nom de X, et le sigle Scop »
_TAKES_NAME = re.compile(
    rf"\b(?:prend|prendra|prit|a\spris|porte|adopte)\sle\snom\sd(?:e\s|['’]){_NAME_NEXT}"
)
_AND_FORM = re.compile(rf"[^.;:!?\n]{{0,50}}\b{_FULL}")

# « Vingt salariés ont repris la fonderie X en Scop »
_TAKEN_OVER = re.compile(
    r"\b(?:repris|reprennent|reprend|rachète(?:nt)?|rachet[ée]e?|relancé|relancent|transformé|transforment|converti"
    r"|créé|créent|lancé|lancent|monté|montent|fondé|fondent)\s"
    r"(?:(?:la|le|l['’]|leur)\s?(?:[a-zà-ÿ’'-]{3,20}\s){0,3})?[«“\"]?$"
)
_AS_COOP = re.compile(
    rf"\s?[»”\"]?(?:,?\s[^.;:!?()\n]{{2,60}})?,?\s(?:en|sous\s(?:la\s|le\s)?(?:forme|statut)(?:\sde|\sd['’]une?)?)\s{_FULL}"
)
_PLANNED = re.compile(
    r"\b(?:projet|veulent|veut|voudrai|souhait|espèr|envisag|tent|pourrai|si\s|rêv|imagin|étudi)",
    re.IGNORECASE,
)
_TAKEN_WORDS = ("repr", "rach", "lanc", "transform", "converti", "cré", "mont", "fond")
# « La coopérative fruitière X et sa cadette Y »
_SISTERS = ("cadette", "voisine", "consœur", "jumelle", "sœur", "homologue")
_SISTER = re.compile(
    rf"\b{_FULL}\s[^.;:!?\n]{{2,80}}\set\s(?:sa|leur)\s(?:petite\s)?(?:{'|'.join(_SISTERS)})\s(?:[a-zà-ÿ]{{4,14}}\s)?{_NAME_NEXT}"
)
# « … se sont regroupés en société coopérative. Ils l'ont appelée X »
_NAMED_IT = re.compile(
    rf"\b{_FULL}[^.!?\n]{{0,60}}[.!,]\s[^.!?\n]{{0,30}}\bl(?:['’](?:ont|a|avons|ai)|es?|a)\s?(?:appel|baptis|nomm)(?:ée?|ent)\s{_NAME_NEXT}"
)
# « La boulangerie s'appelle X. Ses salariés ont transformé leur SARL en Scic. »
_IS_CALLED = re.compile(rf"\b(?:s['’]appelle|se\snomme|baptisée?|nommée?|porte\sle\snom\sde)\s{_NAME_NEXT}")
_TURNED_NEXT = re.compile(
    rf"(?:\s[a-zà-ÿ]{{3,14}})?\s?[»”\"]?\.\s[^.!?\n]{{0,120}}\b(?:transform|convert|constitu)\w+\s[^.!?\n]{{0,60}}\sen\s{_FULL}"
)
# « X est une Scop, Y aussi »
_FORM_AND = re.compile(rf"\b(?:est|sont)\s[^.;:!?\n]{{0,20}}{_FULL}(?:\s[^.,;:!?\n]{{2,30}})?,\s{_NAME_NEXT}")
_ALSO = re.compile(r"\s(?:aussi|également)\b")
# « Les coopérateurs de X fêtent leurs dix ans »
_COOPERATORS_OF = re.compile(
    r"\b(?:[Ll]es|[Dd]es|[Ss]es|[Ll]eurs|[Dd]eux|[Tt]rois|[Qq]uatre|[Cc]inq|\d{1,4})\scoopérat(?:eur[·.-]?rice|eur|rice)[·.-]?s\s(?:de\s|d['’])"
    rf"{_ARTICLE}{_QUOTE}$"
)
# « Les salariés de X font tourner l'ancienne usine Y, rachetée en Scop »
_STAFF_OF = re.compile(
    r"\b(?:salarié|employé|ouvri[eè]r|associé|coopérat(?:eur|rice))(?:[·.-]?e)?(?:[·.-]?s)?\s(?:de\s|d['’])"
    rf"{_ARTICLE}{_QUOTE}$"
)
# What stands right before a name is no longer.
_TAIL = 40
_PLACE_TAKEN = re.compile(
    rf"\s?[»”\"]?\s[^.;:!?\n]{{4,80}},\s(?:rachetée?s?|reprise?s?|relancée?s?|transformée?s?)\s(?:en|sous\s(?:forme|statut)\sde)\s{_FULL}"
)

# « La société X compte 240 sociétaires »
_MEMBERS = re.compile(
    r"\s?[»”\"]?\s(?:compte|réunit|rassemble|regroupe|revendique|appartient\sà)\s(?:aujourd['’]hui\s|déjà\s|désormais\s|quelque\s|près\sde\s|plus\sde\s)?"
    r"(?:ses\s)?[\w\s\u00a0\u202f]{0,20}(?:sociétaires|coopérat(?:eurs|rices))\b"
)
# « Deux coopératives, X et Y, s'associent », « Parmi les Scop présentes, X, Y et Z »
_NUMBERS = {"deux": 2, "trois": 3, "quatre": 4, "cinq": 5, "six": 6, "sept": 7, "huit": 8}
# « Parmi les nouvelles » before « Scop »
_BEFORE_SEVERAL = 40
_SEVERAL = re.compile(
    rf"\b(?:(?P<count>[Dd]eux|[Tt]rois|[Qq]uatre|[Cc]inq|[Ss]ix|[Ss]ept|[Hh]uit)|[Pp]armi\s(?:les|ces|nos)|[Dd]['’]autres|[Pp]lusieurs)\s"
    rf"(?:(?:jeunes|autres|nouvelles|petites|grandes)\s)?{_FULL}(?:\s[^.,;:!?()\n]{{2,40}})?,\s{_NAME_NEXT}"
)


def claims(text: str, names: Sequence[Proper], index: int, beside: Near) -> Iterator[Claim]:
    """Yield what the sentence makes of the name at ``index``, and of those that it leads in a list."""
    name = names[index]
    if _has_members(text, name):
        yield Claim(name.start, name.end, None, "is_a_coop")
    introduced, followed = beside.before <= _SLICE, beside.after < 2 * _SLICE
    if not (introduced or followed) or _is_person(text, name):
        return
    before = text[max(0, name.start - _SLICE) : name.start]
    tail = before[-_TAIL:]
    called = any(word in tail for word in _CALLED_WORDS)
    if introduced and called and (match := _NAMED_IT.search(before)):
        yield Claim(name.start, whole_end(text, name.start, name.end), form_of(match["form"]), "form_before")
    if introduced and beside.introduced:
        yield from _introduced(text, names, index, before, called)
    match = None
    if followed and called and _IS_CALLED.search(tail):
        match = _TURNED_NEXT.match(text, name.end, name.end + 2 * _SLICE)
    elif beside.followed and beside.after < _SLICE:
        match = _turned(text, name, before)
    if match:
        end = whole_end(text, name.start, name.end)
        yield Claim(name.start, end, form_of(match["form"]), "turned_coop")


def _introduced(text: str, names: Sequence[Proper], index: int, before: str, called: bool) -> Iterator[Claim]:
    """Yield what a form earlier in the sentence makes of the name at ``index``, and of those after it.

    ``called`` tells whether the name may be given as such: « baptisée X ».
    """
    name = names[index]
    sister = " et sa " in before or " et leur " in before
    if sister and (match := _SISTER.search(before)):
        yield Claim(name.start, name.end, form_of(match["form"]), "list_after_form")
    if ("coopérateur" in before or "coopératrice" in before) and _COOPERATORS_OF.search(before[-_TAIL:]):
        yield Claim(name.start, whole_end(text, name.start, name.end), None, "is_a_coop")
    if _ALSO.match(text, name.end) and (match := _FORM_AND.search(before)):
        yield Claim(name.start, name.end, form_of(match["form"]), "is_a_coop")
    yield from _several(text, names, index, before)
    if match := (called and _CALLED.search(before)) or _fronted(text, name, before):
        end = whole_end(text, name.start, name.end)
        form = match.groupdict().get("kind") or match["form"]
        yield Claim(name.start, end, form_of(form), "form_before")


def _is_person(text: str, name: Proper) -> bool:
    """Tell whether a name of two words or more begins as a person's: a co-op may be called « Simone »."""
    first, _, rest = folded(text[name.start : name.end]).partition(" ")
    return bool(rest) and first in FIRST_NAMES


def _has_members(text: str, name: Proper) -> bool:
    """Tell whether a name has members as only co-ops do, and not millions of them as banks have."""
    match = _MEMBERS.match(text, name.end)
    return match is not None and "million" not in match.group() and not _is_person(text, name)


def _fronted(text: str, name: Proper, before: str) -> re.Match[str] | None:
    """Return the form that begins the sentence of a name, or of which it is the name between commas."""
    if "," not in before[-8:]:
        return None
    if _CLOSED.match(text, name.end) and (match := _ONE_OF.search(before)):
        return match
    if _CLOSED_COMMA.match(text, name.end) and (match := _THE_ONE.search(before)):
        return match
    if _VERB.match(text, name.end) or _CLOSED_COMMA.match(text, name.end):
        return _FRONTED.search(before) or _FRONTED_STATUS.search(before) or _FRONTED_CLAUSE.search(before)
    return None


def _turned(text: str, name: Proper, before: str) -> re.Match[str] | None:
    """Return the form that a name takes later in the sentence: by its staff, by a new name."""
    limit = name.end + _SLICE
    if "le nom d" in before and _TAKES_NAME.search(before):
        return _AND_FORM.match(text, name.end, limit)
    if (
        any(word in before for word in _TAKEN_WORDS)
        and (match := _AS_COOP.match(text, name.end, limit))
        and _TAKEN_OVER.search(before)
        and not _PLANNED.search(before)
    ):
        return match
    if follows_of(text, name) and _STAFF_OF.search(before[-_TAIL:]):
        return _PLACE_TAKEN.match(text, name.end, limit)
    return None


def _several(text: str, names: Sequence[Proper], index: int, before: str) -> Iterator[Claim]:
    if "," not in before[-8:]:
        return
    offset = names[index].start - len(before)
    form = form_starts_in(text, offset, names[index].start)[0] - offset
    if (match := _SEVERAL.search(before, max(0, form - _BEFORE_SEVERAL))) is None:
        return
    listed = [names[index], *enumerated(text, names, index)]
    listed = [one for one in listed if not gazetteer.communes_named(folded(text[one.start : one.end]))]
    count = _NUMBERS.get((match["count"] or "").lower())
    if len(listed) == count or (count is None and len(listed) > 1 and _CLOSED.match(text, listed[-1].end)):
        yield from (Claim(one.start, one.end, form_of(match["form"]), "list_after_form") for one in listed)
