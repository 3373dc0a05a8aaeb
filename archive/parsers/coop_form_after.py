"""Of which names does a text say that they are co-ops? « X, une Scop », « X est une coopérative »."""

import re
from collections.abc import Iterator, Sequence

from archive import gazetteer
from archive.parsers.coop_forms import BUSINESS, FORM, SPACE, form_of, hinted
from archive.parsers.coop_names import LINK, Claim, Proper
from archive.parsers.coop_vocabulary import FIRST_NAMES
from archive.parsers.words import folded

# What closes a name: quotation marks, emphasis, the address of a link.
_UNQUOTE = r"\s?[»”\"\]*_]*(?:\(https?://[^\s()]{1,80}\))?"
_END = r"(?![\w-])"
# How far after a name its form may stand, in characters.
_SLICE = 110
_LIKEWISE_SLICE = 180

_DETERMINER = (
    r"(?:(?:une?|la|le|notre|cette|l['’]une?\s(?:des|de\s[ncs]es|de\snos)(?:\s(?:\d{1,3}|[a-zà-ÿ]{2,9}(?:-[a-zà-ÿ]{2,9}){0,3}))?|l['’]unique|l['’]|jeune|petite?|première?|premier|seule?|grande?"
    r"|plus\s(?:grosse|grande|ancienne|petite|vieille|importante|jeune|célèbre|connue)|toute|autre|ancienne?|nouvelle|célèbre|belle|véritable)\s?){0,3}"
)
_COMMA = r"\s?[»”\"\]*_]*(?:\s\([^()\n]{2,30}\))?,?\s?[,–—-]\s(?:qui\sest\s)?"
# « X, une Scop … », « X, coopérative de charpentiers », « X, voilerie constituée en Scop »
_APPOSED = re.compile(rf"{_COMMA}{_DETERMINER}(?:[\w’'-]+\s){{0,3}}?(?P<form>{FORM}|{BUSINESS}){_END}")
# What may stand there between comma and form: determiners, or a word or two and a verb of becoming; not
# « X, qui accompagne les Scop » or « X, gérante de la Scop ».
_SHORT_APPOSITION = re.compile(rf"^{_COMMA}{_DETERMINER}$")
_STILL_SUBJECT = re.compile(
    rf"^{_COMMA}(?!(?:expert|spécialist|consultant|format|conseill|projet))(?:[\w’'-]+\s){{0,2}}(?:constituée?s?\sen|devenue?s?(?:\sune)?|organisée?s?\sen"
    r"|transformée?s?\sen|reprise?\sen|créée?\sen|montée?\sen|sous\s(?:forme|statut)\sde)\s$"
    # « X, restaurant en Scop », not « X, maraîcher en Scop »
    rf"|^{_COMMA}(?:restaurant|entreprise|société|café|cinéma|théâtre|journal|agence|atelier|bureau\sd['’]études|[a-zà-ÿ]{{3,12}}erie)"
    r"\s(?:[a-zà-ÿ]{3,14}\s)?en\s$"
)
# « X, la Scop d'aide à domicile », but not « Selon X, la Scop embauche ».
_DEFINITE = re.compile(r"\b(?:la|cette|notre)\s$")
_SPECIFIED = re.compile(r"\s(?:d['’]|de\s|du\s|des\s|qui\s|où\s|dont\s|aux?\s|spécialisée)|[,.;:)]|$")

# « X (Scop SAS, Audierne) », « X (imprimerie, Scop) »
_BRACKETED = re.compile(
    rf"{_UNQUOTE}\s\((?:[a-zà-ÿ][^()\n,]{{2,30}},\s(?=[^()\n]{{3,12}}[,)])|une\s|la\s)?(?P<form>{FORM}|{BUSINESS})(?:[\s,:–-][^()\n]{{0,60}})?\)"
)
# « X est une Scop », « X, à Y, est une Scop », « X. C'est une Scop », « X devient une Scic »
_BEFORE_VERB = r"(?:\.\sC['’ʼ]|,?\s(?:\([^()\n]{1,40}\)\s)?|,\s[^.,;:\n]{2,60},\s)"
_VERB = (
    r"(?:est|sont|était|étaient|sera|devient|deviennent|deviendra|devint|c['’ʼ]est|reste)(?:\sdevenue?s?)?"
    r"(?:,?\sdepuis\s[^.,;:!?\n()]{2,30}?,?)?"
)
_NOW = r"(?:\s(?:aussi|désormais|maintenant|aujourd['’]hui|donc|ainsi|également|officiellement|en\seffet))?"
_PREDICATE = re.compile(
    rf"{_UNQUOTE}{_BEFORE_VERB}{_VERB}{_NOW}\s{_DETERMINER}(?P<form>{FORM}|{BUSINESS}){_END}"
)
_NAME_OF_COOP = re.compile(
    rf"{_UNQUOTE}(?:,[^,.\n]{{1,60}},)?\sest\sle\snom\sde\s(?:la|cette|notre)\s(?P<form>{FORM}){_END}"
)
# « X s'est transformée en Scop », « X passe en Scop »; not « X prépare sa transformation ».
_BECOMES = (
    r"(?:transformée?s?|transforme|constituée?s?|reprise?s?|reprend|reprennent|convertie?s?|muée?s?|mue"
    r"|organisée?s?|montée?s?|créée?s?|passe|passée?s?|bascule|fondée?s?|relancée?s?"
    r"|repart|repartent|redémarrent?|renaît|renaissent|revit|rouvre)"
)
# « un projet de reprise en Scop » is not yet one.
_NOT_NOUN = r"(?<!\bde)(?<!\bla)(?<!\bsa)(?<!\bune)(?<!\bleur)"
_INTO = r"(?:en(?:\sune)?|au\sstatut\sde|sous\s(?:la\s)?(?:forme|statut)\s(?:de\s|d['’]une\s)?)"
_TURNED = re.compile(
    rf"{_UNQUOTE}(?:,\s[^.,;:\n]{{2,60}},)?(?:,?\s[^.,;:!?\n()«»]{{0,40}}?)?,?{_NOT_NOUN}\s{_BECOMES}\s(?:par\s(?:ses|les|leurs|des|une|\w+)\s[^.,;:!?\n()]{{2,40}}?\s)?(?:récemment\s|alors\s|depuis\s|ainsi\s)?"
    rf"{_INTO}\s?(?P<form>{FORM}){_END}"
)
# « X : une société anonyme devenue Scop », « X, menuiserie de Vire transformée en Scop »
_FORMER = re.compile(
    rf"{_UNQUOTE}(?:,[^.,;:!?\n()]{{2,60}})?\s?[,:–—(]\s?(?:une\s|l['’]|la\s|cette\s|ex-)?"
    r"(?:SA|SAS|SARL|société|entreprise|association|PME|usine|imprimerie|coopérative|[a-zà-ÿ]{3,12}erie)(?![\w-])"
    r"[^.,;:!?\n()]{0,50}\s(?:devenue|transformée\sen|passée\sen|convertie\sen|constituée\sen|reprise\sen)\s"
    rf"(?:une\s)?(?P<form>{FORM}){_END}"
)
# « X a choisi le statut de Scop », « X, sous statut Scic », « X fonctionne en Scop »
_STATUS = re.compile(
    rf"{_UNQUOTE}(?:,\s[^.,;:\n]{{2,60}},)?\s(?:(?:a|ont)\s)?(?:(?:choisit?|choisissent|adopté?e?|adoptent|pris|prend"
    r"|opté\spour|opte\spour)\sl[ea]\s(?:statut|forme|modèle)(?:\sjuridique)?(?:\sde\sla|\sde|\sd['’]une?)?|fonctionnent?\sen"
    rf"|existent?\sen|démarrent?\sen|est\sconstruite?\sen|se\s(?:constitue|lance|monte|transforme)\sen)\s(?P<form>{FORM}){_END}"
)
# « X SCOP SAS », « Les X Scop Arl »: the form as a surname
_SURNAME = re.compile(
    rf"{_UNQUOTE}\s(?P<form>S(?:cop|COP|cic|CIC)(?:[\s-](?:ARL|Arl|SARL|SAS|SA))?)"
    r"(?=\s?(?:[,.;:)\n–—-]|SAS|SA\b|à\s|$))"
)
# « - X : coopérative de services », at the start of a line; not « Bellac : une Scop reprend … »
_LABELLED = re.compile(
    rf"{_UNQUOTE}\s?(?::|[–—-])\s(?:jeune\s|première\s)?(?P<form>{FORM}|{BUSINESS}){_END}"
    rf"(?!{SPACE}[«“\"]?[A-ZÀ-Ý])"
)
_LINE_START = re.compile(r"(?:^|\n)[\s*•#>_–—-]*(?:(?:[Pp]ar|[Cc]hez|[Aa]vec|[Ll]a|[Ll]e|[Ll]es)\s)?$")
# « X, Y et Z sont des coopératives »
_ARE = re.compile(
    rf"{_UNQUOTE}(?:\s\([^()\n]{{2,40}}\))?(?:,\sà\s[^.,;:\n]{{2,30}},)?(?:\s(?:sont|étaient)\s(?:\w+\s)?(?:des|deux|trois|quatre)"
    rf"|(?:,|\s?[:–—])\s(?:toutes\s|les\s)?(?:deux|trois|quatre|cinq|six|nouvelles|jeunes))\s(?P<form>{FORM}|{BUSINESS}){_END}"
)
# « X fait partie des vingt Scop de l'île », « X compte parmi les Scop du pays »
_AMONG = re.compile(
    rf"{_UNQUOTE}(?:,\s[^.,;:\n]{{2,60}},)?\s(?:fait\spartie\sdes|(?:compte|figure)\sparmi\sles)\s(?:[\w-]+\s)?"
    rf"(?P<form>{FORM}){_END}(?=\s(?:de|du|des|qui|créées)\s|\sd['’]|[.,;])"
)
# « X m'aurait plu (une CAE d'artistes) »: a short clause about X, without another noun.
_ASIDE = re.compile(
    rf"{_UNQUOTE}(?:\s(?!(?:une?|la|les?|des?|du|sa|son|ses|ma|mon|notre|votre|leurs?|cette|ce|chez|pour|par|dans)\b)"
    rf"[a-zà-ÿ’']+){{1,4}}\s\(une\s(?P<form>{FORM}){_END}"
)
# « X, à Vire, autre Scop née d'une grève »; « Selon X, à Vire, une Scop embauche » says nothing of X.
_PLACED = re.compile(
    rf"{_UNQUOTE},\s(?:à|au|aux|en|près\sde)\s[A-ZÀ-Ý][^.,;:!?()\n]{{1,30}},\s(?:une\s)?"
    rf"(?:(?:autre|jeune|première|petite|ancienne|seule)\s)?(?P<form>{FORM}){_END}"
    r"(?=\s(?:née|créée|fondée|issue|reprise|spécialisée|de)\s|\sd['’]|[.;)])"
)
# « Après X, dans le Nord, c'est Y qui repart en Scop »: what happens to Y has happened to X.
_LIKEWISE = re.compile(
    rf"{_UNQUOTE}(?:,?\s(?:à|au|en|dans)\s[^.,;:!?()\n]{{2,40}})?,\sc['’]est\s[^.;:!?()\n]{{2,80}}"
    rf"\s{_BECOMES}\s{_INTO}\s?(?P<form>{FORM}){_END}"
)
_AFTER = re.compile(r"\b[Aa]près\s(?:(?:la|les?)\s|l['’])?[«“\"]?\s?$")
# Words that an abbreviation keeps.
_LONG_WORD = re.compile(r"[^\W\d_]{3,}")
# « Alma, »: a name that a comma closes, at the start of a line.
_TOWN_PLACE = re.compile(r"(?:^|\n)[\s*•#>_–—-]*[A-ZÀ-Ý][^.,;:!?()\n]{1,40},\s$")
_BRACKET = re.compile(r"^\s?\([^()\n]{2,40}\)")
_BARE_COMMA = re.compile(r"\s?[»”\"\]*_]*,?\s?[,–—-]?\s")
_NEXT_NAME = re.compile(r"\s[«“\"]?\s?(?:(?:[Ll]a|[Ll]es?)\s|[Ll]['’])?([A-ZÀ-Ý][\w]+)")
_NEGATED = re.compile(r"\bn['’]e(?:st|tait)\spas\b")
# « l'association X », whatever follows of Scop and co-ops
_ASSOCIATION = re.compile(r"\b(?:[Aa]ssociation|[Aa]sso|[Ff]édération|[Mm]utuelle|[Rr]éseau)\s[«“\"]?\s?$")
# « X et Y, coopérative de … »: one co-op of two words, since its form is singular.
_AND = re.compile(rf"{SPACE}et{SPACE}")

_RULES = (
    (_PREDICATE, "is_a_coop"),
    (_NAME_OF_COOP, "is_a_coop"),
    (_BRACKETED, "form_in_brackets"),
    (_TURNED, "turned_coop"),
    (_FORMER, "turned_coop"),
    (_STATUS, "turned_coop"),
    (_SURNAME, "form_after"),
    (_AMONG, "is_a_coop"),
    (_ASIDE, "form_in_brackets"),
)


def claims(text: str, names: Sequence[Proper], index: int) -> Iterator[Claim]:
    """Yield what the words after the name at ``index`` make of it."""
    name = names[index]
    limit = _statement_end(text, name.end)
    if not hinted(text, name.end, limit) or _ASSOCIATION.search(text, max(0, name.start - 16), name.start):
        return
    if match := _ARE.match(text, name.end, limit):
        for listed in (name, *_leading(text, names, index)):
            yield Claim(listed.start, listed.end, form_of(match["form"]), "is_a_coop")
    if found := said(text, name.start, name.end):
        start = _first_half(text, names, index) if found[1] == "form_after" else name.start
        yield Claim(start, name.end, *found)
        return
    opens_line = _LINE_START.search(text, max(0, name.start - 12), name.start)
    if opens_line and (match := _LABELLED.match(text, name.end, limit)):
        yield Claim(name.start, name.end, form_of(match["form"]), "labelled_line")


def said(text: str, start: int, end: int) -> tuple[str, str] | None:
    """Return the form that the words after ``text[start:end]`` give it and the rule; ``None``: none."""
    limit = _statement_end(text, end)
    for pattern, rule in _RULES:
        if match := pattern.match(text, end, limit):
            if _NEGATED.search(match.group()) or _is_abbreviation(text[start:end], match.group()):
                return None
            return form_of(match["form"]), rule
    plain = folded(text[start:end])
    if plain.partition(" ")[0] not in FIRST_NAMES and (match := _PLACED.match(text, end, limit)):
        return form_of(match["form"]), "form_after"
    match = _LIKEWISE.match(text, end, end + _LIKEWISE_SLICE)
    if match and _AFTER.search(text, max(0, start - 12), start):
        return form_of(match["form"]), "turned_coop"
    match = _APPOSED.match(text, end, limit)
    if match is None or not _is_apposition(text, end, match) or _names_another(text, match):
        return None
    if _is_town_of_another(text, start, plain):
        return None
    return None if plain in FIRST_NAMES else (form_of(match["form"]), "form_after")


def _is_town_of_another(text: str, start: int, plain: str) -> bool:
    """Tell whether a name is only the town between a name and its form: « Alma, Vire, coopérative de … »."""
    between = _TOWN_PLACE.search(text, max(0, start - 60), start)
    return between is not None and bool(gazetteer.communes_named(plain))


def _statement_end(text: str, start: int) -> int:
    """Return how far a statement on a name may go: to the end of its line, unless the next goes on small."""
    end = text.find("\n", start, start + _SLICE)
    if end < 0 or text[end + 1 : end + 2].islower():
        return start + _SLICE
    return end


def _is_apposition(text: str, end: int, match: re.Match[str]) -> bool:
    between = text[end : match.start("form")]
    if _DEFINITE.search(between) and not _SPECIFIED.match(text, match.end()):
        return False
    return bool(_SHORT_APPOSITION.match(between) or _STILL_SUBJECT.match(between))


def _is_abbreviation(surface: str, after: str) -> bool:
    """Tell whether a bracket writes a form out: « CJS (coopérative jeunesse de services) »."""
    initials = "".join(word[0] for word in _LONG_WORD.findall(after.partition("(")[2]))
    short = surface.split()[-1]
    return short.isupper() and len(short) > 1 and initials.casefold() == short.casefold()


def _names_another(text: str, match: re.Match[str]) -> bool:
    """Tell whether the form belongs to the next name: « Sandrine, Scop Fil du Parc »."""
    if not _BARE_COMMA.fullmatch(text, match.start(), match.start("form")):
        return False
    following = _NEXT_NAME.match(text, match.end())
    return following is not None and not gazetteer.longest_from(folded(following.group(1)))


def _first_half(text: str, names: Sequence[Proper], index: int) -> int:
    """Return where a name of two capital words joined by « et » begins, else where the name itself begins."""
    name = names[index]
    if index == 0 or " " in text[name.start : name.end]:
        return name.start
    before = names[index - 1]
    joined = _AND.fullmatch(text, before.end, name.start) and " " not in text[before.start : before.end]
    return before.start if joined else name.start


def _leading(text: str, names: Sequence[Proper], index: int) -> Iterator[Proper]:
    """Yield the names of the list that ends at ``index``, the last first, without the towns in brackets."""
    last = names[index]
    for name in reversed(names[:index]):
        if text[name.start - 1 : name.start] == "(":
            continue
        if not LINK.fullmatch(_BRACKET.sub("", text[name.end : last.start])):
            return
        yield name
        last = name
