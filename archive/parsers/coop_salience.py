"""Whom does a page mean by « la Scop »? The name that it treats as a company: « à la caisse de X »."""

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from itertools import accumulate

from archive.parsers.coop_forms import FORM, Phrase, form_of
from archive.parsers.coop_names import Claim, Proper, bare, follows_of
from archive.parsers.coop_pronouns import KIND
from archive.parsers.coop_subject import is_company
from archive.parsers.words import folded, word_set

# How far before a form its phrase may begin, and how far after it is looked at, in characters.
_BEFORE_FORM, _AFTER_FORM = 30, 90
_FULL = rf"(?P<form>{FORM})(?![\w-])"
_SIZE = r"(?:(?:toute\s)?(?:jeune|petite|nouvelle|vieille|future)\s)?"
# « la Scop attend », « nous sommes une Scop »; not « la Scop Alma », « la Scop de Rennes ».
_DEFINITE = Phrase(
    rf"\b(?:(?:[Ll]a|[Cc]ette|[Nn]otre)\s{_SIZE}|[Nn]ous\ssommes\s(?:bien\s)?une\s{_SIZE})",
    rf"{_FULL}"
    r"(?!\s?[«“\"])(?!\s(?:des\s|du\s|de\s|d['’])(?!activités)[A-ZÀ-Ýa-zà-ÿ])(?!\s(?:[A-ZÀ-Ý]|est\s(?:une?|la|le)\s))"
    r"(?!\s(?:agricole|ouvrière|viticole|laitière|maritime|bancaire)\b)",
    words="la cette notre nous",
    before=_BEFORE_FORM,
    after=_AFTER_FORM,
)
# « réunis en Scop », « la forme coopérative », « la coopérative de Martel »: a form that a name may go with.
_ANY = Phrase(
    r"\b(?:[Ee]n|[Ll]a|[Uu]ne|[Cc]ette|[Nn]otre|[Ll]eur|[Dd]e(?:\sla)?|[Dd]['’]une|forme|devient|devenue|statuts?\sde|sous\sstatut)\s",
    rf"{_SIZE}{_FULL}(?!\s?[«“\"])(?!\s[A-ZÀ-Ý])",
    words="en la une cette notre leur de forme devient devenue statut",
    before=_BEFORE_FORM,
    after=_AFTER_FORM,
)
# « Six mois dans une Scop de Lozère », over a text that names one company.
_ONE = Phrase(
    r"\b[Uu]ne\s",
    rf"{_SIZE}{_FULL}(?!\s?[«“\"])(?!\s[A-ZÀ-Ý])",
    words="une",
    before=_BEFORE_FORM,
    after=_AFTER_FORM,
)
_ARTICLE = r"(?:(?:[Ll]a|[Ll]es?)\s|[Ll]['’])?[«“\"]?\s?$"
# What companies have: « administrateur de X », « à la caisse de X », « l'assemblée annuelle de X ».
_OF_COMPANY = re.compile(
    r"\b(?:(?:co)?gérant|administrat(?:eur|ric)|direct(?:eur|ric)|président|trésori[eè]r|porte-parole|salarié|employé|associé|sociétaire"
    r"|bénévole|fondat(?:eur|ric)|cofondat(?:eur|ric)|équipe|caisse|assemblée(?:\s(?:générale|annuelle|plénière|constitutive))?"
    r"|conseil\sd['’]administration|comptes|atelier|locaux|rayon|siège|boutique|magasin|fournil|cuisine|capital|parts"
    r"|reprise|transmission)(?:[·.-]?e)?(?:[·.-]?s)?"
    rf"\s(?:de\s|d['’]|du\s){_ARTICLE}"
)
# « les maçons d'X », « les bonnetières de X »
_TRADES_OF = re.compile(
    r"\b[Ll]es\s[a-zà-ÿ]{2,12}(?:ier|ière|eur|euse|rice|iste|ien|ienne|on|onne|ant|ante|i[ée]|ard|ère)s\s(?:de\s|d['’])"
    + _ARTICLE
)
# « les anciens de X » left X.
_LEFT = re.compile(
    r"\b(?:ancien(?:ne)?s?|ex-?|licenciée?s?)\s?(?:[a-zà-ÿ]+\s)?(?:de\s(?:chez\s|la\s)?|d['’]|du\s)(?:[a-zà-ÿ]+\s)?$",
    re.IGNORECASE,
)
_ITS = (
    r"(?:[Ee]lles?|[Ii]ls?|qui|et|et\s(?:elle|il)|[Ll]['’]affaire|coopérative|S[Cc][Oo][Pp]|S[Cc][Ii][Cc]"
    rf"|{KIND})"
)
_NAMES_IT = re.compile(
    rf"(?:\bsous\sle\snom\sd(?:e\s|['’])|\b{_ITS}\s(?:s['’]appell(?:e|era|ait)|se\snomm(?:e|era|ait))\s(?:désormais\s|donc\s|maintenant\s|aujourd['’]hui\s)?"
    rf"|\b{_ITS}\s(?:a\spris|prend|prendra|porte|portera|adopte)\sle\snom\sd(?:e\s|['’])|\bdevenir\s|\brebaptis(?:ée?|ent|e)\s)"
    + _ARTICLE
)
_NAMING_WORDS = ("nom", "appell", "devenir", "rebaptis")
# « Le film … Il s'appelle X »
THING = re.compile(
    r"\b(?:film|livre|roman|spectacle|pièce|album|exposition|chien|chienne|chat|prix|logiciel|bateau|outil|application|programme|dispositif|festival|revue|fille|fils|épouse|mari)\b",
    re.IGNORECASE,
)
_IS_ITS_NAME = re.compile(
    r"\s?[»”\"]?\s?,\s(?:c['’](?:est|était)|voilà)\s(?:désormais\s)?(?:son|notre|leur|le)\s(?:\w+\s)?nom\b"
)
# « X est une filature », « X existe toujours », « « X », c'est désormais eux »
_AS_COMPANY = re.compile(
    r"\s?[»”\"]?(?:\s(?:est|était)\s(?:une?|la|le)\s(?:petite?\s|vieille\s|jeune\s)?"
    r"(?:entreprise|société|atelier|usine|fabrique|fabricant|bureau|cabinet|studio|agence|maison|ferme|magasin|[a-zà-ÿ]{3,12}(?:erie|ture))\b"
    r"|\semploie\s|\s\(\d{1,4}\ssalarié)"
)
_QUOTED_SUBJECT = re.compile(r"\s?[»”\"],\s(?:c['’]est|ce\ssont|c['’]était)\s")
# « A absorbe B. Ces deux Scop », « Deux Scop, soixante emplois »
_COUNTS = {"deux": 2, "trois": 3, "quatre": 4, "cinq": 5, "six": 6}
_NUMBERED = Phrase(
    rf"\b(?P<count>(?i:{'|'.join(_COUNTS)}))\s",
    rf"(?:(?:jeunes|nouvelles|petites)\s)?{_FULL}(?!\s(?:de|des|du)\s[A-ZÀ-Ý])(?!\s?[,:]\s[A-ZÀ-Ý])",
    words="deux trois quatre cinq six",
    before=_BEFORE_FORM,
    after=_AFTER_FORM,
)
_LINKED = re.compile(r"(?:,|\set|,\set)\s(?:(?:la|le|les)\s|l['’])?[«“\"]?\s?")
_BRACKET = re.compile(r"\s?[»”\"]?\s\([a-zà-ÿ][^()\n]{2,40}\)")
# The press and charities have readers and volunteers too.
NO_COMPANY = word_set(
    "radio journal journaux gazette tele croix secours restos revue hebdo presse progres parisien depeche"
)
_REACH = 420
_BEFORE = 60
_NEAR = 110
# Close enough for a name and a form to be of the same company: a sentence or two.
_BESIDE = 220


def claims(
    texts: Sequence[str], names: Sequence[Sequence[Proper]], spans: Sequence[Sequence[tuple[int, int]]]
) -> Iterator[tuple[int, Claim]]:
    """Yield the names that the page treats as the company it calls « la Scop ».

    ``texts`` begin with the title; ``names`` hold no places; ``spans`` are what other rules call co-ops.
    """
    treated: list[tuple[int, Proper]] = []
    meant = _speaks_of_one(texts)
    found: list[tuple[int, Claim]] = []
    for number, (text, here) in enumerate(zip(texts, names, strict=True)):
        found += [(number, claim) for claim in _numbered(text, here)]
        forms = list(_ANY.said(text))
        for name in _free(here, spans[number]):
            if forms and _is_named(text, name) and (form := _beside(text, name, forms, spans[number])):
                found.append((number, Claim(name.start, name.end, form, "spoken_of_again")))
            elif meant and _is_treated(text, name):
                treated.append((number, name))
    yield from found
    if not found and treated:
        yield from _meant(texts, treated, spans)


def _free(names: Sequence[Proper], spans: Sequence[tuple[int, int]]) -> Iterator[Proper]:
    """Yield the names that none of the spans overlaps."""
    latest = list(accumulate((end for _, end in sorted(spans)), max, initial=0))
    starts = sorted(start for start, _ in spans)
    return (name for name in names if latest[bisect_left(starts, name.end)] <= name.start)


def _speaks_of_one(texts: Sequence[str]) -> bool:
    """Tell whether a page says « la Scop » at all, or « une Scop » over its text."""
    return any(map(_DEFINITE.first, texts)) or _ONE.first("\n".join(texts[:-1])) is not None


def _is_company(text: str, name: Proper) -> bool:
    first = folded(text[name.start : name.end]).partition(" ")[0]
    return first not in NO_COMPANY and is_company(text, name)


def _is_named(text: str, name: Proper) -> bool:
    before = text[max(0, name.start - _BEFORE) : name.start]
    named = any(word in before for word in _NAMING_WORDS) and _NAMES_IT.search(before)
    told = named or _IS_ITS_NAME.match(text, name.end)
    thing = told and THING.search(text, max(text.rfind("\n", 0, name.start), name.start - _NEAR), name.start)
    return bool(told) and not thing and _is_company(text, name)


def _beside(
    text: str, name: Proper, forms: Sequence[re.Match[str]], spans: Sequence[tuple[int, int]]
) -> str | None:
    """Return the form that stands within a sentence or two of a name, on its line or the one before."""
    for match in forms:
        distance = max(name.start - match.end(), match.start() - name.end)
        between = text[min(name.end, match.end()) : max(name.start, match.start())]
        own = any(match.start() - _BESIDE < start <= match.end() + 3 for start, _ in spans)
        if distance <= _BESIDE and between.count("\n") < 2 and not own:
            return form_of(match["form"])
    return None


def _is_treated(text: str, name: Proper) -> bool:
    """Tell whether the words around a name say that a company bears it, whatever the company."""
    before = text[max(0, name.start - _BEFORE) : name.start]
    told = (
        (follows_of(text, name) and _OF_COMPANY.search(before))
        or _AS_COMPANY.match(text, name.end)
        or (before.rstrip()[-1:] in ("«", "“", '"') and _QUOTED_SUBJECT.match(text, name.end))
    )
    return bool(told) and not _LEFT.search(before) and _is_company(text, name)


def _meant(
    texts: Sequence[str], treated: Sequence[tuple[int, Proper]], spans: Sequence[Sequence[tuple[int, int]]]
) -> Iterator[tuple[int, Claim]]:
    """Yield the company that a later « la Scop » of its paragraph means, or the only one of the page."""
    met = {bare(texts[number][name.start : name.end]) for number, name in treated}
    alone = len(met) == 1 and not any(spans)
    for number, text in enumerate(texts):
        for match in _DEFINITE.said(text):
            low = max(text.rfind("\n", 0, match.start()) + 1, match.start() - _REACH)
            near = [name for place, name in treated if place == number and low <= name.start < match.start()]
            if near and not any(low <= start < match.start() for start, _ in spans[number]):
                yield number, Claim(near[-1].start, near[-1].end, form_of(match["form"]), "spoken_of_again")
                return
            if alone and not near and treated[0][0] <= number:
                place, name = treated[0]
                yield place, Claim(name.start, name.end, form_of(match["form"]), "subject_of_page")
                return
    head = "\n".join(texts[:-1])
    if alone and (one := _ONE.first(head)):
        place, name = treated[0]
        yield place, Claim(name.start, name.end, form_of(one["form"]), "subject_of_page")


def _numbered(text: str, names: Sequence[Proper]) -> Iterator[Claim]:
    """Yield the companies of the paragraph before « Ces deux Scop », where they are as many."""
    for match in _NUMBERED.said(text):
        low = max(text.rfind("\n", 0, match.start()) + 1, match.start() - _REACH)
        here = [name for name in names if low <= name.start < match.start() and _is_part(text, name)]
        if len(here) == _COUNTS[match["count"].lower()]:
            yield from (Claim(one.start, one.end, form_of(match["form"]), "list_after_form") for one in here)


def _is_part(text: str, name: Proper) -> bool:
    before = text[max(0, name.start - _BEFORE) : name.start]
    told = _TRADES_OF.search(before) or _NAMES_IT.search(before) or _OF_COMPANY.search(before)
    return bool(told) and not _LEFT.search(before) and _is_company(text, name)


def listed(texts: Sequence[str], names: Sequence[Sequence[Proper]]) -> Iterator[tuple[int, Claim]]:
    """Yield the names of the only list with trades in brackets that is as long as the co-ops are many.

    « Un stand, trois coopératives » over « Mécano (usinage), Bâti (gros œuvre) et Blanc (linge) tenaient … »
    """
    counted: dict[int, str] = {}
    for text in texts:
        for match in _NUMBERED.said(text):
            counted.setdefault(_COUNTS[match["count"].lower()], form_of(match["form"]))
    if not counted:
        return
    runs = [(number, run) for number, text in enumerate(texts) for run in _runs(text, names[number])]
    if len(runs) == 1 and (form := counted.get(len(runs[0][1]))):
        number, run = runs[0]
        yield from ((number, Claim(one.start, one.end, form, "list_after_form")) for one in run)


def _runs(text: str, names: Sequence[Proper]) -> Iterator[list[Proper]]:
    run: list[Proper] = []
    end = 0
    for name in names:
        bracket = _BRACKET.match(text, name.end)
        if bracket is None or not _is_company(text, name):
            continue
        if run and not _LINKED.fullmatch(text, end, name.start):
            if len(run) > 1:
                yield run
            run = []
        run.append(name)
        end = bracket.end()
    if len(run) > 1:
        yield run
