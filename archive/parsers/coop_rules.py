"""Which names does a text call co-ops? Rules on what stands right before or right after a name."""

import re
from collections.abc import Iterator
from typing import NamedTuple

from archive.parsers.coop_forms import ANY_FORM, BUSINESS, FORM, PLURAL, QUALIFIER, form_of
from archive.parsers.coop_names import Proper
from archive.parsers.coop_vocabulary import NOT_NAMES


class Claim(NamedTuple):
    """The text calls ``text[start:end]`` a co-op of this form, says this rule."""

    start: int
    end: int
    form: str | None
    rule: str


_QUOTE = r"[«“\"\[*_]*[ \u00a0\u202f]?"
_UNQUOTE = r"\s?[»”\"\]*_]*"
_SLICE = 110

_SPACE = r"[ \u00a0\u202f]"
# « la coopérative de livreurs X », « la Scop d'électricité X »; the trade is in small letters.
_TRADE = rf"(?:{_SPACE}(?:de{_SPACE}|d['’])(?!la\b|l['’]|ce|son|sa\b|leur|nos|notre)[a-zà-ÿ’'-]{{4,16}}(?:{_SPACE}[a-zà-ÿ’'-]{{4,16}})?)?"
# « la coopérative viticole viticole Les X », « supermarché coopératif la X », « les Scop X »
_FORM_BEFORE = re.compile(
    rf"\b(?P<form>(?!(?:e-)?[Cc]oopératives?\sd['’][Ee]ntre){FORM}{QUALIFIER}{{0,2}}{_TRADE}|{BUSINESS})(?:{_SPACE}\([^()\n]{{2,45}}\))?(?:\s(?:nommée|baptisée|appelée|dénommée|dite|du\snom\sde))?"
    rf"{_SPACE}{_QUOTE}(?:(?:la|le|les){_SPACE}|l['’])?{_QUOTE}$"
)
# « la coopérative des Vignobles de X »; with « de » and « d' » it would be a place or a trade.
_FORM_OF_BEFORE = re.compile(rf"\b(?P<form>{FORM}){_SPACE}des{_SPACE}$")
# « une seconde coopérative, Kalima, fondée à … »
_FORM_COMMA_BEFORE = re.compile(
    rf"\b(?:une|seconde|deuxième|autre|nouvelle|première|jeune|ancienne){_SPACE}(?P<form>{FORM}{QUALIFIER}?),{_SPACE}$"
)
_COMMA = re.compile(r"[»”\"]?[,.)]")
# « Les sociétés coopératives de l'Essonne : X, Y, Z »
_ANNOUNCED_BEFORE = re.compile(
    rf"\b(?P<form>{FORM})[^.:;\n]{{0,60}}{_SPACE}?:{_SPACE}(?:(?:la|le|les){_SPACE}|l['’])?$"
)
# « le passage en Scop de X », « la reprise de X en coopérative »
_PASSAGE_BEFORE = re.compile(
    rf"\b(?:reprise|transformation|passage|conversion|transmission|bascule){_SPACE}(?:en|sous{_SPACE}forme{_SPACE}de){_SPACE}"
    rf"(?P<form>{FORM}){_SPACE}(?:de{_SPACE}|d['’]|du{_SPACE}|des{_SPACE})(?:(?:la|le|les){_SPACE}|l['’])?$"
)
_PASSAGE_OF = re.compile(
    rf"\b(?:reprise|transformation|passage|conversion|transmission){_SPACE}(?:de{_SPACE}|d['’]|du{_SPACE}|des{_SPACE})(?:(?:la|le|les){_SPACE}|l['’])?$"
)
_INTO = re.compile(rf"\s(?:en|sous{_SPACE}forme{_SPACE}de){_SPACE}(?P<form>{FORM})(?![\w-])")
# « des Scop comme X », « coopératives (X »
_EXAMPLES_BEFORE = re.compile(
    rf"\b(?P<form>{FORM})(?:\s[\w’'-]+){{0,3}}\s?(?:\scomme|\stelles?\sque|,?\snotamment|,?\sdont|\s\()\s?"
    rf"(?:(?:la|le|les)\s|l['’])?{_QUOTE}$"
)
# Nothing below can match without one of these; most names have none near.
_HINT = re.compile(r"[Ss][Cc][OoIi]|CAE|oop|OOP")
# What must not come before the form: « Union régionale des Scop X », « Fédération des Scic X ».
_BODY_BEFORE = re.compile(
    r"\b(?:union|fédération|confédération|réseau|mouvement|association|collectif|groupement|annuaire|guide|congrès"
    r"|statuts?|forme|type|modèle|loi|révision|carte|liste)\b[^.\n]{0,20}$",
    re.IGNORECASE,
)

_DETERMINER = (
    r"(?:(?:une?|la|le|notre|cette|l['’]une?\sdes|l['’]unique|l['’]|jeune|petite?|première?|seule?|grande?|autre"
    r"|ancienne?|nouvelle|célèbre|belle|véritable)\s?){0,3}"
)
# « X, une Scop … », « X, coopérative de charpentiers », « X, voilerie constituée en Scop »
_APPOSED = re.compile(
    rf"{_UNQUOTE},?\s?[,–—-]\s(?:qui\sest\s)?{_DETERMINER}(?:[\w’'-]+\s){{0,3}}?(?P<form>{FORM}|{BUSINESS})(?![\w-])"
)
# Between the comma and the form only these carry on about the name: « X, entreprise devenue Scop », « X, devenue Scop ».
_STILL_SUBJECT = re.compile(
    r"^[»”\"\]*_\s]*,?\s?[,–—-]\s(?:[\w’'-]+\s){0,2}(?:constituée?s?\sen|devenue?s?(?:\sune)?|organisée?s?\sen|transformée?s?\sen"
    r"|reprise?\sen|créée?\sen|montée?\sen|sous\s(?:forme|statut)\sde)\s$"
)
# « X (Scop SAS, Audierne) », « X (coopérative) »
_BRACKETED = re.compile(
    rf"{_UNQUOTE}\s\((?:une\s|la\s)?(?P<form>{FORM}|{BUSINESS})(?:[\s,:–-][^()\n]{{0,60}})?\)"
)
_NOW = r"(?:\s(?:aussi|désormais|maintenant|aujourd['’]hui|donc|ainsi|également|officiellement|en\seffet))?"
# « X est une Scop », « X, c'est la première coopérative », « X devient une Scic »
_PREDICATE = re.compile(
    rf"{_UNQUOTE}(?:\.\sC['’ʼ]|,?\s(?:\([^()\n]{{1,40}}\)\s)?|,\s[^.,;:\n]{{2,60}},\s)(?:est|sont|était|étaient|sera|devient|deviennent|deviendra|devint|c['’ʼ]est|reste)"
    rf"(?:\sdevenue?s?)?{_NOW}\s{_DETERMINER}(?P<form>{FORM}|{BUSINESS})(?![\w-])"
)
_NAME_OF_COOP = re.compile(
    rf"{_UNQUOTE}(?:,[^,.\n]{{1,60}},)?\sest\sle\snom\sde\s(?:la|cette|notre)\s(?P<form>{FORM})(?![\w-])"
)
# « X s'est transformée en Scop », « X, reprise en Scop », « X passe en Scop »
_TURNED = re.compile(
    rf"{_UNQUOTE}(?:,?\s[^.,;:!?\n()«»]{{0,40}}?)?\s(?:transform\w+|constitué\w*|repris\w*|reprend\w*|converti\w*|mué\w*|organis\w+|montée?s?|mue|créée?s?|passe|passée?s?"
    rf"|bascule|fondée?s?|relancée?s?)\s(?:récemment\s|alors\s|depuis\s|ainsi\s)?(?:en|au\sstatut\sde|sous\s(?:la\s)?(?:forme|statut)\s(?:de\s|d['’]une\s)?)\s?(?P<form>{FORM})(?![\w-])"
)
# « multi SCOP SAS », « Les Rouages Scop Arl »: the form as a surname
_SURNAME = re.compile(
    rf"{_UNQUOTE}\s(?P<form>S(?:cop|COP|cic|CIC)(?:[\s-](?:ARL|Arl|SARL|SAS|SA))?)(?=\s?(?:[,.;:)\n–—-]|SAS|SA\b|à\s|$))"
)
# « La petite Agitée » on a line, « SCOP d'éducation populaire » on the next
_NEXT_LINE = re.compile(
    rf"{_UNQUOTE}\s*\n\s*(?:Une\s)?(?P<form>{FORM})(?=\s(?:d['’]|de\s|du\s|des\s|à\s|en\s|spécialisée)|\s?[,:–—(]|\s*\n)"
)
# « - X : coopérative de services », « X – Scop de menuiserie », at the start of a line
_LABELLED = re.compile(
    rf"{_UNQUOTE}\s?(?::|[–—-])\s(?:la\s|notre\s)?(?:jeune\s|première\s)?(?P<form>{FORM}|{BUSINESS})(?![\w-])"
)
_LINE_START = re.compile(r"(?:^|\n)[\s*•#>_–—-]*(?:[Pp]ar\s|[Cc]hez\s|[Aa]vec\s|[Ll]a\s|[Ll]e\s|[Ll]es\s)?$")
# « X, Y et Z sont des coopératives »
_ARE = re.compile(
    rf"{_UNQUOTE}\s(?:sont|étaient)\s(?:\w+\s)?(?:des|deux|trois|quatre)\s(?P<form>{FORM})(?![\w-])"
)
_NEGATED = re.compile(r"\bn['’]e(?:st|tait)\spas\b")

_AFTER = (
    (_PREDICATE, "is_a_coop"),
    (_NAME_OF_COOP, "is_a_coop"),
    (_BRACKETED, "form_in_brackets"),
    (_TURNED, "turned_coop"),
    (_SURNAME, "form_after"),
)
_LINK = re.compile(
    r"\s?[»”\"]?(?:,|\set|\sou|\s&|,\set)\s(?:de\s|d['’])?(?:(?:la|le|les)\s|l['’])?[«“\"]?\s?"
)


# « la coopérative émi », « multi SCOP SAS »: a name in small letters is known by an ending that adjectives and
# verbs after « coopérative » do not have.
_SMALL = r"[a-zà-ÿ]{2,15}[iouckpmnlybfghwzqàèéùî]"
_SMALL_NAME = re.compile(
    rf"\b(?:[Ll]a|[Cc]ette|[Nn]otre|de|par|SCOP|Scop|Scic|SCIC){_SPACE}(?P<form>Scop|SCOP|Scic|SCIC|CAE|coopérative){_SPACE}"
    rf"(?P<name>{_SMALL}(?:{_SPACE}[a-zà-ÿ]{{2,12}}(?:tion|ment|age|lab|tic)(?={_SPACE}))?)(?![\w’'-])"
)
_SMALL_SURNAME = re.compile(
    rf"(?<![\w’'.@-])(?P<name>{_SMALL}){_SPACE}(?P<form>SCOP|Scop|SCIC|Scic)[ -](?:SAS|SARL|SA|ARL|Arl)\b"
)


def small_claims(text: str) -> Iterator[Claim]:
    """Yield the co-ops whose names the text writes without capitals.

    >>> [(c.start, c.end, c.form) for c in small_claims("Merci à la coopérative ouzo, et à la coopérative agricole.")]
    [(23, 27, 'coopérative')]
    """
    for pattern in (_SMALL_NAME, _SMALL_SURNAME):
        for match in pattern.finditer(text):
            if match["name"].split()[0] not in NOT_NAMES:
                yield Claim(*match.span("name"), form_of(match["form"]), "small_letters")


def claims(text: str, names: list[Proper]) -> Iterator[Claim]:
    """Yield what the text says of each name, in no particular order; a name may be claimed more than once."""
    if not ANY_FORM.search(text):
        return
    yield from small_claims(text)
    for index, name in enumerate(names):
        yield from _by_form_before(text, names, index)
        yield from _by_form_after(text, name)
        if match := _ARE.match(text, name.end, name.end + _SLICE):
            for claimed in (name, *_enumerated_before(text, names, index)):
                yield Claim(claimed.start, claimed.end, form_of(match["form"]), "is_a_coop")


def _by_form_before(text: str, names: list[Proper], index: int) -> Iterator[Claim]:
    name = names[index]
    low = max(0, name.start - _SLICE)
    before = text[low : name.start]
    if not _HINT.search(before):
        return
    match = _FORM_BEFORE.search(before)
    rule = "form_before"
    if match is None and text[name.start : name.end].count(" "):
        match = _FORM_OF_BEFORE.search(before)
    if match is None:
        match, rule = _PASSAGE_BEFORE.search(before), "turned_coop"
    if match is None and _COMMA.match(text, name.end):
        match = _FORM_COMMA_BEFORE.search(before)
    if match is None:
        match, rule = _EXAMPLES_BEFORE.search(before), "example_of_coops"
    if match is None:
        yield from _announced(text, names, index, before)
        return
    several = PLURAL.search(before) is not None
    if (several and _BODY_BEFORE.search(before[: match.start()])) or _shouted(text, name):
        return
    form = form_of(match["form"])
    yield Claim(name.start, name.end, form, rule)
    if several:
        for claimed in _enumerated(text, names, index):
            yield Claim(claimed.start, claimed.end, form, "list_after_form")


def _announced(text: str, names: list[Proper], index: int, before: str) -> Iterator[Claim]:
    """Yield the names of « Les coopératives de l'Essonne : X, Y et Z », at least two."""
    match = _ANNOUNCED_BEFORE.search(before)
    if (
        match is None
        or not PLURAL.search(match.group().rpartition(":")[0].rstrip())
        or _BODY_BEFORE.search(before[: match.start()])
    ):
        return
    listed = [names[index], *_enumerated(text, names, index)]
    if len(listed) > 1:
        yield from (Claim(n.start, n.end, form_of(match["form"]), "announced_list") for n in listed)


def _shouted(text: str, name: Proper) -> bool:
    """Tell whether the name is only the capitals of a heading: « LES COOPÉRATIVES ADHÉRENTES »."""
    line = text[text.rfind("\n", 0, name.start) + 1 : (text.find("\n", name.end) + 1 or len(text) + 1) - 1]
    return line.isupper() and len(line) > (name.end - name.start) + 12


def _enumerated(text: str, names: list[Proper], index: int) -> Iterator[Proper]:
    """Yield the names that go on a list: « les Scop Muvra, Ponti Novu et Lume »."""
    for left, right in zip(names[index:], names[index + 1 :], strict=False):
        if not _LINK.fullmatch(text, left.end, right.start):
            return
        yield right


def _enumerated_before(text: str, names: list[Proper], index: int) -> Iterator[Proper]:
    """Yield the names that lead to the end of a list, the last first."""
    for place in range(index, 0, -1):
        if not _LINK.fullmatch(text, names[place - 1].end, names[place].start):
            return
        yield names[place - 1]


def _by_form_after(text: str, name: Proper) -> Iterator[Claim]:
    limit = name.end + _SLICE
    if not _HINT.search(text, name.end, limit):
        return
    if _PASSAGE_OF.search(text, max(0, name.start - _SLICE), name.start):
        if match := _INTO.match(text, name.end, limit):
            yield Claim(name.start, name.end, form_of(match["form"]), "turned_coop")
        return
    for pattern, rule in _AFTER:
        if match := pattern.match(text, name.end, limit):
            if not _NEGATED.search(match.group()):
                yield Claim(name.start, name.end, form_of(match["form"]), rule)
            return
    if (match := _APPOSED.match(text, name.end, limit)) and _is_apposition(text, name.end, match):
        yield Claim(name.start, name.end, form_of(match["form"]), "form_after")
        return
    if not _LINE_START.search(text, max(0, name.start - 12), name.start):
        return
    for pattern in (_NEXT_LINE, _LABELLED):
        if match := pattern.match(text, name.end, limit):
            yield Claim(name.start, name.end, form_of(match["form"]), "labelled_line")
            return


# « X, la Scop d'aide à domicile », but not « Selon X, la Scop embauche ».
_DEFINITE = re.compile(r"\b(?:la|cette|notre)\s$")
_SPECIFIED = re.compile(r"\s(?:d['’]|de\s|du\s|des\s|qui\s|où\s|dont\s|aux?\s|spécialisée)|[,.;:)]|$")
# « X, une jeune Scop », but not « X, qui accompagne les Scop » or « X, gérante de la Scop ».
_SHORT_APPOSITION = re.compile(rf"^[»”\"\]*_\s]*,?\s?[,–—-]\s(?:qui\sest\s)?{_DETERMINER}$")


def _is_apposition(text: str, end: int, match: re.Match[str]) -> bool:
    between = text[end : match.start("form")]
    if _DEFINITE.search(between) and not _SPECIFIED.match(text, match.end()):
        return False
    return bool(_SHORT_APPOSITION.match(between) or _STILL_SUBJECT.match(between))
