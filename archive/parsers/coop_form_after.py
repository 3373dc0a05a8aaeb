"""Of which names does a text say that they are co-ops? « X, une Scop », « X est une coopérative »."""

import re
from collections.abc import Iterator, Sequence

from archive import gazetteer
from archive.parsers.coop_forms import BUSINESS, FORM, SPACE, Near, form_of
from archive.parsers.coop_names import LINK, Claim, Proper, is_place
from archive.parsers.coop_predicates import (
    ANY_RULE,
    BECOMES,
    BRACKETED,
    DETERMINER,
    END,
    INTO,
    PREDICATE,
    RULES,
    UNQUOTE,
)
from archive.parsers.coop_vocabulary import FIRST_NAMES
from archive.parsers.words import folded

# How far after a name its form may stand, in characters.
_SLICE = 110
_LIKEWISE_SLICE = 180

_COMMA = r"\s?[»”\"\]*_]*(?:\s\([^()\n]{2,30}\))?,?\s?[,–—-]\s(?:qui\sest\s)?"
# « X, une Scop … », « X, coopérative de charpentiers », « X, voilerie constituée en Scop »
_APPOSED = re.compile(rf"{_COMMA}{DETERMINER}(?:[\w’'-]+\s){{0,7}}?(?P<form>{FORM}|{BUSINESS}){END}")
# What may stand there between comma and form: determiners, or a word or two and a verb of becoming; not
# « X, qui accompagne les Scop » or « X, gérante de la Scop ».
_BUSINESS_NOUN = (
    r"(?:restaurant|entreprise|société|PME|TPE|café|bar|hôtel|auberge|cinéma|théâtre|journal|média|agence|atelier|usine"
    r"|organisme|compagnie|troupe|bureau|cabinet|maison|centre|studio|magasin|boutique|supermarché|ferme|cave|garage|école"
    r"|crèche|clinique|laboratoire|éditeur|opérateur|fournisseur|fabricant|constructeur|transporteur|traiteur|groupe|structure"
    r"|[a-zà-ÿ]{3,12}erie)"
)
_SHORT_APPOSITION = re.compile(rf"^{_COMMA}{DETERMINER}$")
_STILL_SUBJECT = re.compile(
    rf"^{_COMMA}(?!(?:expert|spécialist|consultant|format|conseill|projet))(?:[\w’'-]+\s){{0,2}}(?:constituée?s?\sen|devenue?s?(?:\sune)?|organisée?s?\sen"
    r"|transformée?s?\sen|reprise?\sen|créée?\sen|montée?\sen|sous\s(?:forme|statut)\sde)\s$"
    # « X, restaurant en Scop », not « X, maraîcher en Scop »
    rf"|^{_COMMA}(?:une?\s)?{_BUSINESS_NOUN}\s(?:[a-zà-ÿ’'-]{{2,16}}\s){{0,5}}en\s$"
)
# « X, la Scop d'aide à domicile », but not « Selon X, la Scop embauche ».
_DEFINITE = re.compile(r"\b(?:la|cette|notre)\s$")
_SPECIFIED = re.compile(
    r"\s(?:d['’]|qu['’]|(?:de|du|des|qui|que|où|dont|aux?|à|en|depuis|spécialisée|fondée|créée|née|lancée|installée|basée)\s)"
    r"|[,.;:)]|$"
)

# « X, la Scop d'imprimerie Y »: the form is the other's.
_TRADE_AND_NAME = re.compile(r"\s(?:d['’]|de\s)[a-zà-ÿ]{3,16}\s[«“\"]?\s?(?!À)[A-ZÀ-Ý]")
# « - X : coopérative de services », at the start of a line; not « Bellac : une Scop reprend … »
_LABELLED = re.compile(
    rf"{UNQUOTE}\s?[:|–—-]\s(?:jeune\s|première\s)?(?P<form>{FORM}|{BUSINESS}){END}"
    rf"(?!{SPACE}[«“\"]?[A-ZÀ-Ý])"
)
_LINE_START = re.compile(r"(?:^|\n)[\s*•#>_–—-]*(?:(?:[Pp]ar|[Cc]hez|[Aa]vec|[Ll]a|[Ll]e|[Ll]es)\s)?$")
# « X, Y et Z sont des coopératives »
_ARE = re.compile(
    rf"{UNQUOTE}(?:\s\([^()\n]{{2,40}}\))?(?:,\sà\s[^.,;:\n]{{2,30}},)?(?:,?\s(?:sont|étaient)\s(?:\w+\s){{0,3}}(?:des|deux|trois|quatre)"
    rf"|(?:,|\s?[:–—])\s(?:toutes\s|les\s)?(?:deux|trois|quatre|cinq|six|nouvelles|jeunes))\s(?P<form>{FORM}|{BUSINESS}){END}"
)
# « X, Y et Z, coopératives du bâtiment », « X, Y, Z : ces trois Scop »
_ALL = re.compile(
    rf"{UNQUOTE}(?:\s\([^()\n]{{2,40}}\))?(?:,|\s?[:–—])\s"
    rf"(?P<form>(?:(?:toutes|ces)\s(?:les\s)?(?:(?:deux|trois|quatre|cinq|six)\s)?{FORM}|coopératives)){END}"
)
# « X, à Vire, autre Scop née d'une grève »; « Selon X, à Vire, une Scop embauche » says nothing of X.
_PLACED = re.compile(
    rf"{UNQUOTE},\s(?:à|au|aux|en|près\sde)\s[A-ZÀ-Ý][^.,;:!?()\n]{{1,30}},\s(?:une\s)?"
    rf"(?:(?:autre|jeune|première|petite|ancienne|seule)\s)?(?P<form>{FORM}){END}"
    r"(?=\s(?:née|créée|fondée|issue|reprise|spécialisée|de)\s|\sd['’]|[.;)])"
)
# « Après X, dans le Nord, c'est Y qui repart en Scop »: what happens to Y has happened to X.
_LIKEWISE = re.compile(
    rf"{UNQUOTE}(?:,?\s(?:à|au|en|dans)\s[^.,;:!?()\n]{{2,40}})?,\sc['’]est\s[^.;:!?()\n]{{2,80}}"
    rf"\s{BECOMES}\s{INTO}\s?(?P<form>{FORM}){END}"
)
_AFTER = re.compile(r"\b[Aa]près\s(?:(?:la|les?)\s|l['’])?[«“\"]?\s?$")
# Words that an abbreviation keeps.
_INSIDE_BRACKET = re.compile(
    r"\s[«“\"]?\s?(?P<name>(?:(?:[Ll]a|[Ll]es?)\s|[Ll]['’])?[^\W\d_a-zà-ÿ][^,()\n]*)"
)
_LONG_WORD = re.compile(r"[^\W\d_]{3,}")
# « Alma, »: a name that a comma closes, at the start of a line.
_TOWN_PLACE = re.compile(r"(?:^|\n)[\s*•#>_–—-]*[A-ZÀ-Ý][^.,;:!?()\n]{1,40},\s$")
_BRACKET = re.compile(r"\s?\([^()\n]{2,90}\)")
_BARE_COMMA = re.compile(r"\s?[»”\"\]*_]*,?\s?[,–—-]?\s")
_OF_TRADE = re.compile(r"\s(?:de\s|d['’])[a-zà-ÿ]")
_NEXT_NAME = re.compile(r"\s[«“\"]?\s?(?:(?:[Ll]a|[Ll]es?)\s|[Ll]['’])?([A-ZÀ-Ý][\w]+)")
_NEGATED = re.compile(r"\bn['’]e(?:st|tait)\spas\b")
# « l'association X », whatever follows of Scop and co-ops
_ASSOCIATION = re.compile(r"\b(?:[Aa]ssociation|[Aa]sso|[Ff]édération|[Mm]utuelle|[Rr]éseau)\s[«“\"]?\s?$")
# « X et Y, coopérative de … »: one co-op of two words, since its form is singular.
_AND = re.compile(rf"{SPACE}et{SPACE}")

# « ex-filiale de Géant, est devenue une Scop »: said of another.
_OF_ANOTHER = re.compile(
    r",\s[^.,;:!?\n]{0,60}\b(?:de|du|des|d['’]|à|chez|avec|par|pour)\s?(?:la\s|les?\s|l['’])?$"
)
_KIND_OF = re.compile(r"\b(?:[Ll][ae]\s|[Ll]['’])[a-zà-ÿ]{3,14}\s(?:de\s|d['’])$")
# « Forme : Société coopérative … » labels no co-op.
_LABELS = frozenset(
    (
        "forme",
        "statut",
        "type",
        "structure",
        "nature",
        "categorie",
        "secteur",
        "activite",
        "objet",
        "profil",
        "cadre",
    )
)


def claims(text: str, names: Sequence[Proper], index: int, beside: Near) -> Iterator[Claim]:
    """Yield what the words after the name at ``index`` make of it."""
    name = names[index]
    limit = _statement_end(text, name.end)
    if name.end + beside.after >= limit:
        return  # as for most names
    if _ASSOCIATION.search(text, max(0, name.start - 16), name.start):
        return
    if match := _ARE.match(text, name.end, limit):
        for listed in (name, *_leading(text, names, index)):
            yield Claim(listed.start, listed.end, form_of(match["form"]), "is_a_coop")
    elif (match := _ALL.match(text, name.end, limit)) and (before := list(_leading(text, names, index))):
        form = form_of(match["form"].split()[-1])
        yield from (Claim(n.start, n.end, form, "is_a_coop") for n in (name, *before))
        return
    if found := said(text, name.start, name.end):
        start = _first_half(text, names, index) if found[1] == "form_after" else name.start
        yield Claim(start, name.end, *found)
        return
    opens_line = _LINE_START.search(text, max(0, name.start - 12), name.start)
    if folded(text[name.start : name.end]).partition(" ")[0] in _LABELS:
        return
    if (
        opens_line
        and (match := _LABELLED.match(text, name.end, limit))
        and not _written_out(text, name, match)
    ):
        yield Claim(name.start, name.end, form_of(match["form"]), "labelled_line")


def said(text: str, start: int, end: int) -> tuple[str, str] | None:
    """Return the form that the words after ``text[start:end]`` give it and the rule; ``None``: none."""
    limit = _statement_end(text, end)
    if (bracket := _BRACKET.match(text, end)) and limit == end + _SLICE:
        limit += bracket.end() - end
    for pattern, rule in RULES if ANY_RULE.match(text, end, limit) else ():
        if match := pattern.match(text, end, limit):
            if _NEGATED.search(match.group()) or _is_abbreviation(text[start:end], match.group()):
                return None
            if pattern is BRACKETED and _names_inside(text, match):
                return None
            if pattern is PREDICATE and _is_town_of(text, start, end):
                return None
            if (
                pattern is PREDICATE
                and text[end : end + 1] == ","
                and _OF_ANOTHER.search(text[max(0, start - 80) : start])
            ):
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
    if _written_out(text, Proper(start, end, 0, 0), match):
        return None
    if _is_town_of_another(text, start, plain):
        return None
    # « Simone, coopérative d'habitants », but not « Simone, la Scop et moi ».
    between = text[end : match.start("form")]
    if plain in FIRST_NAMES and not (_BARE_COMMA.fullmatch(between) and _OF_TRADE.match(text, match.end())):
        return None
    return form_of(match["form"]), "form_after"


def _is_town_of_another(text: str, start: int, plain: str) -> bool:
    """Tell whether a name is only the town between a name and its form: « Alma, Vire, coopérative de … »."""
    between = _TOWN_PLACE.search(text, max(0, start - 60), start)
    return between is not None and bool(gazetteer.communes_named(plain))


def _is_town_of(text: str, start: int, end: int) -> bool:
    """Tell whether a name is the town of the subject: « La scierie de Morez est une Scop »."""
    of = _KIND_OF.search(text, max(0, start - 30), start)
    return of is not None and bool(gazetteer.communes_named(folded(text[start:end])))


def _statement_end(text: str, start: int) -> int:
    """Return how far a statement on a name may go: to the end of its line, unless the next goes on small."""
    end = text.find("\n", start, start + _SLICE)
    if end < 0 or text[end + 1 : end + 2].islower():
        return start + _SLICE
    return end


def _is_apposition(text: str, end: int, match: re.Match[str]) -> bool:
    between = text[end : match.start("form")]
    definite = _DEFINITE.search(between)
    if definite and (not _SPECIFIED.match(text, match.end()) or _TRADE_AND_NAME.match(text, match.end())):
        return False
    return bool(_SHORT_APPOSITION.match(between) or _STILL_SUBJECT.match(between))


def _is_abbreviation(surface: str, after: str) -> bool:
    """Tell whether a bracket writes a form out: « CJS (coopérative jeunesse de services) »."""
    initials = "".join(word[0] for word in _LONG_WORD.findall(after.partition("(")[2]))
    short = surface.split()[-1]
    return short.isupper() and len(short) > 1 and initials.casefold() == short.casefold()


def _written_out(text: str, name: Proper, match: re.Match[str]) -> bool:
    """Tell whether a form writes a short name out: « Cuma – Coopérative d'utilisation de matériel … »."""
    short = folded(text[name.start : name.end])
    following = text[match.start("form") : match.start("form") + _SLICE]
    return len(short) > 1 and "".join(
        word[0] for word in map(folded, _LONG_WORD.findall(following))
    ).startswith(short)


def _names_inside(text: str, match: re.Match[str]) -> bool:
    """Tell whether a bracket holds the name of the co-op: « Bruno Sire (Scop Garrigue Paysage, Lunel) »."""
    inside = _INSIDE_BRACKET.match(text, match.end("form"), match.end())
    return (
        inside is not None
        and not is_place(inside["name"])
        and not gazetteer.communes_named(folded(inside["name"]))
    )


def _names_another(text: str, match: re.Match[str]) -> bool:
    """Tell whether the form belongs to the next name: « Sandrine, Scop Fil du Parc »."""
    if not _BARE_COMMA.fullmatch(text, match.start(), match.start("form")):
        return False
    following = _NEXT_NAME.match(text, match.end())
    if following is None or following.group(1) in ("DE", "DU", "DES"):
        return False  # « ALMA, SCOP DE COUTURE »
    return not gazetteer.longest_from(folded(following.group(1)))


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
        if text.rfind("(", 0, name.start) > text.rfind(")", 0, name.start):
            continue  # a town or a trade in brackets
        if not LINK.fullmatch(_BRACKET.sub("", text[name.end : last.start], count=1)):
            return
        yield name
        last = name
