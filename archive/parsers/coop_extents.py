"""Which names of co-ops go on in small letters? « la Verrerie ouvrière de l'Orb, coopérative de … »."""

import re
from collections.abc import Iterator

from archive.parsers.coop_forms import FORM, QUALIFIER, form_of, hints
from archive.parsers.coop_names import Claim
from archive.parsers.coop_vocabulary import FIRST_NAMES, FORMS, FUNCTION, NAME_ADJECTIVES
from archive.parsers.words import folded, word_set

_OF = (
    r"(?:de\sla\s|de\sl['’]|du\s|des\s|de\s|d['’]|à\sla\s|à\sl['’]|à\s|aux?\s"
    r"|(?:en|sur|sous|dans|et)\s(?:l[ae]s?\s|l['’])?)"
)
_ADJECTIVE = (
    r"[a-zà-ÿ]{2,12}(?:ière|ienne|aise|oise|ine|ive|ale|elle|aire|ique|euse|ante|ées?|ues?|euve|ouge|anche"
    r"|erte|aune)s?"
)
_PART = rf"\s{_OF}(?!ans\b|cette|ce\b|son|sa\b|leur)[\w’'-]+"
# « Cirque à la brouette », « Verrerie ouvrière de l'Orb », « éditions du Bout du monde »: a noun with its
# capital, or a kind of house that is never named without it.
_NAME = rf"(?:[A-ZÀ-Ý][\w’-]+|éditions|cirque)(?:\s{_ADJECTIVE})?(?:{_PART}){{0,3}}(?:\s{_ADJECTIVE})?"
_APPOSED = re.compile(
    rf"(?:\b[Ll]es?\s|\b[Ll]a\s|\b[Aa]ux?\s|\b[Dd]u\s|\b[Ll]['’]|\s[:•]\s)(?P<name>{_NAME})"
    rf"(?:\s\([^()\n]{{2,40}}\)|,\s(?:à|au|aux|en|dans)\s[^.,;:!?()\n]{{2,40}})?,\s(?:une\s(?:jeune\s|petite\s)?|la\s|[a-zà-ÿ]{{3,14}}\sen\s)?(?P<form>{FORM}){QUALIFIER}{{0,2}}"
    r"(?=\s(?:de\s|d['’]|du\s|des\s|née|fondée|créée|installée|qui|elles?\s|depuis)|\s?[.,;)\n]|$)"
)
# « nous avons monté Peau neuve, une Scop »
_FOUNDED = re.compile(
    r"\b(?:monté|créé|fondé|lancé|ouvert|rejoint|repris|créent|lancent|montent|fondent|crée|lance|monte|fonde)\s"
    rf"(?P<name>[A-ZÀ-Ý][\w’-]+\s[a-zà-ÿ]{{3,12}}(?:{_PART})?),\s(?:une|la)\s(?:jeune\s|petite\s)?(?P<form>{FORM})(?![\w-])"
)
# « La Banque coopérative des Deux-Rives », « la Mégisserie coopérative de l'Orb »
_OWN_WORD = re.compile(
    r"\b[Ll]a\s(?P<name>(?P<noun>[A-ZÀ-Ý][\w’-]+)\scoopérative\s(?:de\sla\s|de\sl['’]|du\s|des\s|de\s|d['’])[A-ZÀ-Ý][\w’'-]+(?:\s[A-ZÀ-Ý][\w’'-]+)?)"
)
# « la coopérative laitière du Val », which has no other name
_BY_TRADE = re.compile(
    r"\b[Ll]a\s(?P<name>(?P<form>coopérative)\s(?:laitière|maritime|fruitière|oléicole|ostréicole|vinicole|viticole|céréalière|fromagère|lainière)\s"
    r"(?:de\sla\s|de\sl['’]|du\s|des\s|de\s|d['’])[A-ZÀ-Ý][\w’'-]+)"
)
# « La Coopérative des planteurs du Sud sauvage »: the form with its capital opens the name.
_CAPITAL_FORM = re.compile(
    r"\b[Ll]a\s(?P<name>(?P<form>Coopérative)\s(?:agricole\s|ouvrière\s|maritime\s)?(?:des\s|d['’]|de\s)[a-zà-ÿ]{4,16}"
    r"(?:\s(?:du\s|de\sla\s|de\sl['’]|des\s|de\s|d['’])[A-ZÀ-Ý][\w’'-]+(?:\s[A-ZÀ-Ý][\w’'-]+)*)"
    rf"(?:\s(?:{'|'.join(sorted(NAME_ADJECTIVES))})(?![\w-]))?)"
)
_BODIES = word_set(
    "federation union confederation alliance societe entreprise association ecole"
    " jour journee semaine mois nuit fete maire mairie president presidente salon conseil ville pays marche"
)
_BEFORE, _AFTER = 120, 40
# « , une petite société » before « coopérative »
_LONGEST_APPOSITION = 26
_NO_NAMES = FIRST_NAMES | FUNCTION | _BODIES
# « la Verrerie de l'Orb » is read as a name without this.
_HAS_SMALL = re.compile(r"[ ’'][a-zà-ÿ]{4,}|^[a-z]|\sà\s|\sen\s|\set\s|\sde\sl")


def claims(text: str) -> Iterator[Claim]:
    """Yield the co-ops whose form stands right after a name with small words, or inside it."""
    last = -1
    for place in hints(text):
        for pattern in _patterns(text, place):
            if (match := _around(pattern, text, place)) and match.start() != last and _is_name(match["name"]):
                last = match.start()
                form = match.groupdict().get("form") or "coopérative"
                yield Claim(_with_article(text, match), match.end("name"), form_of(form), "form_after")


def _patterns(text: str, place: int) -> Iterator[re.Pattern[str]]:
    """Yield the patterns that a hint with these words right before and after it may fit."""
    if text.find(",", max(0, place - _LONGEST_APPOSITION), place) >= 0:
        yield from (_APPOSED, _FOUNDED)
    if text.startswith("coopérative", place):
        yield from (_OWN_WORD, _BY_TRADE)
    elif text.startswith("Coopérative", place):
        yield _CAPITAL_FORM


def _around(pattern: re.Pattern[str], text: str, place: int) -> re.Match[str] | None:
    """Return the longest match that holds the form at ``place``."""
    start = max(0, place - _BEFORE)
    while match := pattern.search(text, start, place + _AFTER):
        if match.end() > place:
            return match if match.start() < place else None
        start = match.end()
    return None


def _with_article(text: str, match: re.Match[str]) -> int:
    """Return where a name begins: with its article where both have their capital."""
    if match.re is _CAPITAL_FORM:
        return match.start("name")
    article = text[match.start() : match.start("name")]
    return match.start() if article.startswith("L") and match["name"][0].isupper() else match.start("name")


def _is_name(surface: str) -> bool:
    words = folded(surface).split(" ")
    if words[0] in _NO_NAMES or FORMS.intersection(words) - {"cooperative"} or len(words) > 7:
        return False
    return _HAS_SMALL.search(surface) is not None
