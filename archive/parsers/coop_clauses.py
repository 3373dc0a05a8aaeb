"""Which name does a clause make a co-op, however far? « X a la particularité d'être une Scop »."""

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence

from archive.parsers.coop_forms import BUSINESS, FORM, form_of, form_start, hints
from archive.parsers.coop_name_ends import whole_end
from archive.parsers.coop_names import Claim, Proper
from archive.parsers.coop_subject import is_company
from archive.parsers.words import folded, sentence_ends

_STATUS = r"(?:statuts?|modèle|forme|régime)\s(?:juridique\s)?coopérati(?:f|ve)"
_FORM = re.compile(rf"(?P<form>{FORM}|{BUSINESS})(?![\w-])(?!\s[«“\"]?\s?[A-ZÀ-Ý])")
_COOPERATIVE_STATUS = re.compile(rf"{_STATUS}(?![\w-])")
_LONGEST_STATUS = 28
# How far before its form a name may stand, in characters.
_REACH = 170
_SIZE = (
    r"(?:(?:jeune|petite|grande|belle|vraie|véritable|authentique|simple|toute|première|seule|autre|nouvelle"
    r"|ancienne)\s){0,2}"
)
# « est restée une », « la particularité d'être une », « mais une », « n'est pas … c'est une »
_IS_ONE = re.compile(
    r"(?:\b(?:est|était|être|étant|fut|sera|reste|restera|demeure|forme|constitue|devient|devenir|deviendra"
    r"|(?:est|était|sera)\s(?:restée?|demeurée?|devenue?|redevenue?)|c['’ʼ]est|ce\ssera|mais(?:\sbien)?|mais\splutôt)"
    r"(?:\s(?:aussi|bien|donc|désormais|toujours|encore|aujourd['’]hui|également|d['’]abord|avant\stout|surtout|en\seffet|[a-zà-ÿ]{4,14}ment))?"
    rf"\s(?:une|la\splus\s[a-zà-ÿ]+|la|l['’]une?\sdes|un)\s?{_SIZE}|\b(?:devenue?|redevenue?|devient|restée?|demeurée?)\s(?:une\s)?{_SIZE})$"
)
# « fonctionne en », « a gardé le statut de », « réunis en », « passée sous »
_INTO = re.compile(
    r"\b(?:pass(?:e|ée?|er|a|era)\s(?:en|sous)"
    r"|(?:fonctionn|transform|constitu|organis|réuni|regroup|mont[eéa]|repris|repren|relanc|rachet|rachèt"
    r"|bascul|convert|mu[eé]|choisi|adopt|opt[eé]|pr(?:end|is|it)|gard|conserv|possèd|rena[iî]|né[es]?\b|naît"
    r"|cré[eé]|fond[eé]|lanc[eé]|tourn|travaill|vi[tv]|gér|structur|install|revêt|a\s|ont\s|avait\s|dot[eé]"
    r"|bénéfici|relève|jouit)[^.;:!?\n]{0,50}?\s(?:en(?:\sune)?|sous(?:\s(?:forme|statut)(?:\sde|\sd['’]une?)?)?"
    r"|au\ssein\sd['’]une|dans\s(?:la|une)"
    r"|(?:sous\s|d[eu]\s|au\s|à\s)?(?:l[ea]|un)?\s?(?:statut|forme|modèle|régime)s?(?:\sjuridique)?"
    r"\s(?:de(?:\sla)?|d['’]une?))"
    # « a choisi la », « a opté pour le »
    r"|(?:choisi|adopt|opt[eé]|préf[eé]r|privilégi)[a-zé]*\s(?:pour\s)?(?:l[ea]|une?))\s?$"
)
# « X, c'est neuf maçons, une Scop et un camion », « X ? Une Scop »
_C_EST = re.compile(
    r"(?:\s[a-zà-ÿ]{3,12})?\s?[»”\"]?,\s(?:c['’ʼ](?:est|était)|ce\ssont)\s[^.;:!?\n]{2,110}?(?:,|,?\set)\s(?:une|la)\s$"
)
_C_EST_NEXT = re.compile(r"(?:\s[a-zà-ÿ]{3,12})?\s?[»”\"]?,\sc['’ʼ]est\s")
# What makes the form somebody else's, or no fact.
_OTHERS = re.compile(
    r"\b(?:avec|pour|contre|comme|chez|parmi|auprès|selon|client|fourniss|accompagn|soutien|soutenir|aide|conseill|financ|partenair|filiale"
    r"|si|pourrai\w*|voudrai\w*|souhait\w+|envisag\w+|veu(?:t|lent)|projet\w*|rêv\w+|espèr\w+|étudi\w+|proposer\w*|futures?|pourquoi|que\sce|ancienn?e?\ssalarié"
    r"|jamais|aucune?|sans|ni\s\w+\sni\s\w+$|autres?\sentreprise|fédér\w+|adhèr\w+|membre|lorsqu|quand|dont|ailleurs|ex-)",
    re.IGNORECASE,
)
_NEGATED = re.compile(
    r"\bn['’e]\s?(?:est|était|sera|sont|a|ont)?\s?(?:pas|plus|jamais)\b(?![^.;:!?\n]*\bmais\b)"
)
# « rachetée par ses ouvrières », « qui », « c'est »: what a comma after « de X » lets go on about X.
_GOES_ON = re.compile(r"\s?[»”\"]?,\s(?:(?:qui|c['’ʼ]est)\b|[a-zà-ÿ]{2,14}(?:ée?|ie|ise|ue|te)s?\s)")
_OPENS_SENTENCE = re.compile(r"(?:^|[.!?…:»]\s|\n)[\s*•#>_–—«“\"-]*$")
_BRACKET = re.compile(r"\s?\([^()\n]{1,60}\)")
_OF = re.compile(r"\b(?:de\s|d['’]|du\s|des\s)(?:(?:la|les?)\s|l['’])?[«“\"]?\s?$")


def claims(text: str, names: Sequence[Proper], told: Sequence[tuple[int, int]]) -> Iterator[Claim]:
    """Yield the only company that a clause names before it says « une Scop », « en coopérative ».

    ``names`` hold no places; ``told`` are the spans that other rules call co-ops: a form after one of them in
    its sentence says nothing new.
    """
    starts = [name.start for name in names]
    known = sorted(told)
    begins = (0, *sentence_ends(text)[1])
    for place in hints(text):
        found = _form_at(text, place)
        if found is None:
            continue
        start, form = found
        low = max(begins[bisect_left(begins, start + 1) - 1], start - _REACH)
        if any(low <= at < start + len(form) + 4 for at, _ in known):
            continue
        here = names[bisect_left(starts, low) : bisect_left(starts, start)]
        here = [name for name in here if _is_company(text, name)]
        if len(here) == 1 and _makes(text, here[0], start, form):
            name = here[0]
            yield Claim(name.start, whole_end(text, name.start, name.end), form_of(form), "same_clause")


def _form_at(text: str, place: int) -> tuple[int, str] | None:
    """Return where the form of a hint begins, and its words."""
    for start in dict.fromkeys((form_start(text, place), place)):
        if match := _FORM.match(text, start):
            return start, match["form"]
    for match in _COOPERATIVE_STATUS.finditer(text, max(0, place - _LONGEST_STATUS), place + 12):
        if match.start() < place < match.end():
            return match.start(), "coopérative"
    return None


def _is_company(text: str, name: Proper) -> bool:
    """Tell whether a name may be a company's; a word that begins a sentence must show that it is a name."""
    surface = text[name.start : name.end]
    is_name = (
        " " in folded(surface)
        or _is_coined(surface)
        or _C_EST_NEXT.match(text, name.end)
        or not _OPENS_SENTENCE.search(text, max(0, name.start - 6), name.start)
    )
    return bool(is_name) and is_company(text, name)


def _is_coined(surface: str) -> bool:
    """Tell whether one word can only be a name: « BioLog », « Rail42 »."""
    return any(letter.isupper() or letter.isdigit() for letter in surface[1:]) and not surface.isupper()


def _makes(text: str, name: Proper, start: int, form: str) -> bool:
    between = _BRACKET.sub("", text[name.end : start])
    if _OTHERS.search(between) or _NEGATED.search(between):
        return False
    if _OF.search(text, max(0, name.start - 8), name.start) and not _GOES_ON.match(text, name.end):
        return False
    return bool(_C_EST.fullmatch(between) or _IS_ONE.search(between) or _INTO.search(between))
