"""Which names does a text introduce as co-ops? « la Scop X », « les coopératives X et Y »."""

import re
from collections.abc import Iterator, Sequence

from archive import gazetteer
from archive.parsers.coop_forms import (
    BUSINESS,
    FORM,
    QUALIFIER,
    SPACE,
    Near,
    are_several,
    form_of,
    form_starts_in,
)
from archive.parsers.coop_name_ends import whole_end
from archive.parsers.coop_names import Claim, Proper, enumerated, follows_of
from archive.parsers.coop_vocabulary import FIRST_NAMES
from archive.parsers.words import folded

_QUOTE = rf"[«“\"\[*_]*{SPACE}?"
_ARTICLE = rf"(?:(?:[Ll]a|[Ll]es?){SPACE}|[Ll]['’])?"
_OF = rf"(?:de{SPACE}|d['’]|du{SPACE}|des{SPACE})"
# How far before a name its form may stand, in characters.
_SLICE = 110
# The last of these, an article and quotation marks included, tell which rules to try.
_TAIL = 30
# « quelques grandes » before « Scop »
_BEFORE_PLURAL = 30
# A comma, an article and spaces
_ARTICLED = 8

_BRANCH = (
    "(?:bâtiment|bois|spectacle|livre|textile|numérique|web|soin|cuir|transport|paysage|métal|nettoyage"
    "|cycle|vin|lait)"
)
# « de livreurs », « d'électricité »: the trade of a co-op, in small letters.
_TRADE = (
    rf"(?:{SPACE}de{SPACE}BTP|{SPACE}(?:de{SPACE}|d['’]|du{SPACE}(?={_BRANCH}\b))(?!la\b|l['’]|ce|son|sa\b|leur|nos|notre)[a-zà-ÿ’'-]{{4,16}}"
    rf"(?:{SPACE}(?:(?:à|en|et){SPACE})?(?!avec|selon|pour|dans|chez|entre|depuis|contre|vers|comme|sous|parmi)[a-zà-ÿ’'-]{{4,16}}){{0,2}})?"
)
_CALLED = rf"(?:{SPACE}(?:nommée|baptisée|appelée|dénommée|dite|du{SPACE}nom{SPACE}de))?"
_ABBREVIATED = rf"(?:{SPACE}\([^()\n]{{2,45}}\))?"
_NAME_NEXT = rf"{_ABBREVIATED}{_CALLED}{SPACE}{_QUOTE}{_ARTICLE}{_QUOTE}$"
# « la Scop X », « la coopérative viticole Les X », « supermarché coopératif la X », « la CAE (…) X ».
# « coopérative d'entrepreneurs TIC » goes on about itself.
_FORM = re.compile(
    rf"\b(?P<form>(?!(?:e-)?[Cc]oopératives?\sd['’][Ee]ntre){FORM}{QUALIFIER}{{0,2}}{_TRADE}){_NAME_NEXT}"
)
_KIND = re.compile(rf"\b(?P<form>{BUSINESS}){_NAME_NEXT}")
# « maison d'édition intégralement » before « coopérative »
_LONGEST_KIND = 60
_CO_OPERATIVE = re.compile(rf"coopérati(?:f|ve)s?(?:\set\s[a-zà-ÿ]+)?{_NAME_NEXT}")
_CLAUSE_ENDS = ".;:!?,\n"
# « la coopérative des Vignobles du Cap »; after « de » and « d' » stands a place or a trade.
_FORM_OF = re.compile(rf"\b(?P<form>{FORM}){SPACE}des{SPACE}$")
# « une seconde coopérative, X, fondée à … »
_FORM_COMMA = re.compile(
    rf"\b(?:une|seconde|deuxième|autre|nouvelle|première|jeune|ancienne){SPACE}"
    rf"(?P<form>{FORM}{QUALIFIER}?),{SPACE}$"
)
# « le statut de Scop de X »
_STATUS_WORDS = ("statut", "agrément", "label")
_STATUS_OF = re.compile(
    rf"\b(?:{'|'.join(_STATUS_WORDS)}){SPACE}(?:de{SPACE})?(?P<form>{FORM}){SPACE}(?:de{SPACE}|d['’]){_ARTICLE}$"
)
_COMMA = re.compile(r"[»”\"]?(?:[,.)]|\n|$)")
# « ce fut la première coopérative ouvrière : la X. »; « la coopérative : Définition » announces no name.
_BORN = r"(?:est\snée|est\scréée|a\svu\sle\sjour|voit\sle\sjour|naît|vient\sde\snaître|a\souvert|ouvre)"
_FORM_COLON = re.compile(
    rf"\b(?:[Uu]ne|[Ll]eur|[Ss]a|[Cc]ette|[Nn]om{SPACE}de{SPACE}(?:la|cette|votre)|première|seconde|deuxième|autre|nouvelle|dernière|seule){SPACE}"
    rf"(?:grande{SPACE}|petite{SPACE}|jeune{SPACE}|propre{SPACE})?(?P<form>{FORM}{QUALIFIER}?)(?:{SPACE}{_BORN}[^.,:;!?()\n]{{0,40}})?"
    rf"{SPACE}?:{SPACE}{_QUOTE}{_ARTICLE}$"
)
# « Portrait de Scop : X », « La Scop du mois : X »
_LONGEST_PORTRAIT = 50
_PORTRAIT = re.compile(
    rf"(?:\b(?:[Pp]ortrait|[Zz]oom|[Ff]ocus|[Rr]encontre|[Dd]écouverte|[Ii]nterview|[Tt]émoignage)\b[^.:;\n]{{0,30}}{SPACE}(?P<form>{FORM})"
    rf"|\b[Ll]a{SPACE}(?P<monthly>{FORM}){SPACE}d(?:u{SPACE}(?:mois|jour)|e{SPACE}la{SPACE}semaine)){SPACE}?:{SPACE}{_ARTICLE}$"
)
# « le passage en Scop de X »
_PASSAGE_WORDS = ("reprise", "transformation", "passage", "conversion", "transmission", "bascule")
_PASSAGE = rf"\b(?:{'|'.join(_PASSAGE_WORDS)}){SPACE}"
_PASSAGE_INTO = re.compile(
    rf"{_PASSAGE}(?:en|sous{SPACE}forme{SPACE}de){SPACE}(?P<form>{FORM}){SPACE}{_OF}{_ARTICLE}$"
)
# « la reprise de X en coopérative »
_PASSAGE_OF = re.compile(rf"{_PASSAGE}{_OF}{_ARTICLE}$")
_INTO = re.compile(
    rf"(?:\s(?:par|avec)\s[^.,;:!?()\n]{{2,50}}?)?,?\s(?:en|sous{SPACE}forme{SPACE}de){SPACE}(?P<form>{FORM})(?![\w-])"
)
# « les salariés de X ont repris leur entreprise en Scop », « ont transformé leur imprimerie, X, en Scop »
# « les luthiers de X, réunis en coopérative »
_TOGETHER = re.compile(
    rf",\s(?:réuni|regroupé|constitué|organisé|associé)e?s\s(?:en|au{SPACE}sein{SPACE}d['’]une){SPACE}(?P<form>{FORM})(?![\w-])"
)
_TRADES_OF = re.compile(rf"\b[Ll]es{SPACE}[a-zà-ÿ]{{4,16}}s{SPACE}{_OF}{_ARTICLE}$")
_STAFF_OF = re.compile(
    rf"\b(?:salarié|employé|ouvri[eè]r|équipe|ancien|ancienne|associé)(?:[·.-]?e)?(?:[·.-]?s)?{SPACE}{_OF}{_ARTICLE}$"
)
_STAFF_TURNS = re.compile(
    r"(?:,[^.,;:!?\n]{2,50},)?\s[^.,;:!?\n]{0,40}\b(?:repris|reprennent|reprend|transform\w+|relanc\w+|rachèt\w+|racheté|constitu\w+|créé"
    rf"|monté|convert\w+)\s(?:[^.,;:!?\n]{{1,40}}\s)?(?:en|sous{SPACE}forme{SPACE}de|sous{SPACE}statut|une){SPACE}(?P<form>{FORM})(?![\w-])"
)
_TURNED_BEFORE = re.compile(
    rf"\b(?:transform|repri|repren|bascul|convert|mu)[a-zà-ÿ]{{1,6}}{SPACE}[^.,;:!?\n]{{2,40}},{SPACE}{_ARTICLE}$"
)
_TURNED_AFTER = re.compile(rf",{SPACE}en{SPACE}(?P<form>{FORM})(?![\w-])")
_TURNS = ((_STAFF_OF, _STAFF_TURNS), (_TURNED_BEFORE, _TURNED_AFTER), (_TRADES_OF, _TOGETHER))
_EXAMPLE_WORDS = ("comme", "que", "notamment", "dont", "(")
# « des Scop comme X », « trois coopératives (X, Y) »
_EXAMPLES = re.compile(
    rf"\b(?P<form>{FORM})(?:\s[a-zà-ÿ’'-]+){{0,3}}\s?"
    rf"(?:\scomme|\stelles?\sque|,?\snotamment|,?\sdont|\s\()\s?{_ARTICLE}{_QUOTE}$"
)
# « Les sociétés coopératives de l'Essonne : X, Y, Z »
_ANNOUNCED = re.compile(rf"\b(?P<form>{FORM})[^.:;\n]{{0,60}}{SPACE}?:{SPACE}{_ARTICLE}$")
# « une fille de la coop les Cigales »: the short word is a form before a name only.
_COOP = re.compile(r"coop['’]?\s")
_SHORT_FORM = re.compile(
    rf"\b(?:[Ll]a|[Nn]otre|[Ll]eur|[Cc]ette|[Uu]ne){SPACE}(?P<form>coop['’]?){SPACE}{_QUOTE}{_ARTICLE}{_QUOTE}$"
)
# What must not come before a plural: « union régionale des Scop X », « fédération des Scic X ». In small
# letters.
_BODY = re.compile(
    r"\b(?:union|fédération|confédération|réseau|mouvement|association|collectif|groupement|annuaire|guide"
    r"|congrès|statuts?|forme|type|modèle|loi|révision|carte|liste|partenaires?|fournisseurs?|clients?|financeurs?)\b[^.\n]{0,20}$"
)
_OF_PLACE = re.compile(r"\b(?:de\s|d['’]|à\s)$")
# Capitals beyond the name that make a line a heading in capitals.
_SHOUTED = 12
_PUNCTUATED = re.compile(r"\s?[:,(–—]")


def claims(text: str, names: Sequence[Proper], index: int, beside: Near) -> Iterator[Claim]:
    """Yield what the words before the name at ``index`` make of it, and of those that it leads in a list."""
    name = names[index]
    introduced = beside.introduced and beside.before <= _SLICE
    followed = beside.followed and beside.after < _SLICE
    if not introduced and not followed:
        return
    before, limit = text[max(0, name.start - _SLICE) : name.start], name.end + _SLICE
    of = follows_of(text, name)
    if of and _speaks_of_passage(before) and _PASSAGE_OF.search(before):
        if match := _INTO.match(text, name.end, limit):
            yield Claim(name.start, name.end, form_of(match["form"]), "turned_coop")
        return
    for opening, rest in _TURNS if followed and (of or "," in before[-_ARTICLED:]) else ():
        if opening.search(before) and (match := rest.match(text, name.end, limit)):
            yield Claim(name.start, name.end, form_of(match["form"]), "turned_coop")
            return
    if not introduced:
        return
    offset = name.start - len(before)
    starts = [start - offset for start in form_starts_in(text, offset, name.start)]
    match, rule = _introduction(text, name, before, starts, of)
    if match is None:
        yield from _announced(text, names, index, before, starts)
        return
    several = are_several(before, max(0, starts[0] - _BEFORE_PLURAL))
    introduced_by = before[: match.start()]
    of_body = several and not introduced_by.endswith("les ") and _BODY.search(introduced_by.lower())
    town = rule == "example_of_coops" and gazetteer.communes_named(folded(text[name.start : name.end]))
    trade = text[name.start : name.end].startswith(("DE ", "DU ", "DES ", "D'", "D’"))  # « SCOP DE COUTURE »
    if of_body or town or trade or _is_shouted(text, name):
        return
    form = form_of(match.groupdict().get("monthly") or match["form"])
    end = whole_end(text, name.start, name.end) if rule == "form_before" else name.end
    yield Claim(name.start, end, form, rule)
    if several:
        for other in enumerated(text, names, index):
            if not _is_town(text, other):
                yield Claim(other.start, other.end, form, "list_after_form")


def _introduction(
    text: str, name: Proper, before: str, starts: Sequence[int], of: bool
) -> tuple[re.Match[str] | None, str]:
    """Return what introduces a name, and the rule.

    ``starts`` are where forms may begin in ``before``; ``of`` says that « de » stands before the name.
    """
    if match := _just_before(before, starts):
        return match, "form_before"
    tail = before[-_TAIL:]
    if tail[-4:-1] == "des" and " " in text[name.start : name.end] and (match := _FORM_OF.search(before)):
        return match, "form_before"
    if of and _speaks_of_passage(before) and (match := _PASSAGE_INTO.search(before)):
        return match, "turned_coop"
    if of and any(word in before for word in _STATUS_WORDS) and (match := _STATUS_OF.search(before)):
        return match, "form_before"
    closed = _COMMA.match(text, name.end)
    if closed and tail[-2:-1] == "," and (match := _FORM_COMMA.search(before)):
        return match, "form_before"
    if ":" in tail:
        if closed and _may_be_company(text, name) and (match := _FORM_COLON.search(before)):
            return match, "form_before"
        if match := _PORTRAIT.search(before, max(0, starts[0] - _LONGEST_PORTRAIT)):
            return match, "form_before"
    if _COOP.search(tail) and (match := _SHORT_FORM.search(before)):
        return match, "form_before"
    example = any(word in tail for word in _EXAMPLE_WORDS)
    return _from_form(_EXAMPLES, before, starts) if example else None, "example_of_coops"


def _from_form(pattern: re.Pattern[str], before: str, starts: Sequence[int]) -> re.Match[str] | None:
    """Return the first match of a pattern that begins with a form."""
    return next((match for start in starts if (match := pattern.match(before, start))), None)


def _just_before(before: str, starts: Sequence[int]) -> re.Match[str] | None:
    """Return the form that the name follows: in the same clause, but for what brackets hold."""
    if "(" not in before:
        clause = max(map(before.rfind, _CLAUSE_ENDS))
        starts = [start for start in starts if start > clause]
    if not starts:
        return None
    if found := _from_form(_FORM, before, starts):
        return found
    kind = _CO_OPERATIVE.search(before, starts[0])
    return _KIND.search(before, max(0, starts[-1] - _LONGEST_KIND)) if kind else None


def _speaks_of_passage(before: str) -> bool:
    return any(word in before for word in _PASSAGE_WORDS)


def _may_be_company(text: str, name: Proper) -> bool:
    return folded(text[name.start : name.end]).partition(" ")[0] not in FIRST_NAMES


def _announced(
    text: str, names: Sequence[Proper], index: int, before: str, starts: Sequence[int]
) -> Iterator[Claim]:
    """Yield the names of « Les coopératives de l'Essonne : X, Y et Z », at least two."""
    match = _from_form(_ANNOUNCED, before, starts) if ":" in before[-_TAIL:] else None
    if match is None or not are_several(
        before.rpartition(":")[0].rstrip(), max(0, starts[0] - _BEFORE_PLURAL)
    ):
        return
    listed = [names[index], *enumerated(text, names, index)]
    if len(listed) > 1 and not _BODY.search(before[: match.start()].lower()):
        yield from (Claim(n.start, n.end, form_of(match["form"]), "announced_list") for n in listed)


def _is_town(text: str, name: Proper) -> bool:
    """Tell whether a name in a list is the town of the one before: « les Scop Alma, de Vire, et Brio »."""
    surface = text[name.start : name.end]
    return _OF_PLACE.search(text[max(0, name.start - 4) : name.start]) is not None and bool(
        gazetteer.communes_named(folded(surface))
    )


def _is_shouted(text: str, name: Proper) -> bool:
    """Tell whether the name is only the capitals of a heading: « LES COOPÉRATIVES ADHÉRENTES »."""
    end = text.find("\n", name.end)
    line = text[text.rfind("\n", 0, name.start) + 1 : end if end >= 0 else len(text)]
    if not line.isupper() or len(line) <= (name.end - name.start) + _SHOUTED:
        return False
    return _PUNCTUATED.match(text, name.end) is None  # « LA SCOP ALMA : PORTES OUVERTES »
