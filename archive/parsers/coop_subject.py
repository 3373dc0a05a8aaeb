"""Is the page about one co-op that it only ever calls « la Scop »?"""

import re
from collections import Counter
from collections.abc import Sequence

from archive.parsers.coop_forms import FORM, Phrase, form_of, hints
from archive.parsers.coop_names import Claim, Proper, bare, plausible
from archive.parsers.coop_vocabulary import FIRST_NAMES, FUNCTION
from archive.parsers.words import folded, word_set

# « la Scop compte », « cette coopérative, », but not « la Scop X », « la coopérative de Rennes ».
_ANAPHOR = Phrase(
    r"\b(?:[Ll]a|[Cc]ette|[Nn]otre|[Ll]['’]objet\sde\sla|[Ss]tatut\s(?:de\s)?|[Ss]ous\sforme\sde"
    r"|[Ee]n\stant\sque|[Ee]n)\s?",
    rf"(?P<form>{FORM})(?![\w-])(?!\s(?:[«“\"]\s?)?[A-ZÀ-Ý])(?!\s(?:de|des|du|d['’])\s?[A-ZÀ-Ý])",
    words="la cette notre statut forme que en",
    before=24,
    after=80,
)
_CALLED_SO = re.compile(r"\b(?P<form>coopérati(?:f|ve))\b")
# What a person does or is, before a name (in small letters) or after it.
_OF_PERSON = word_set(
    """
    mme mlle dr me explique raconte sourit souligne résume précise ajoute confie témoigne déclare indique
    selon gérant gérante président présidente directrice directeur cofondatrice cofondateur fondatrice
    fondateur responsable maire avec par
    """
)
_PERSON_BEFORE = re.compile(rf"\b(?:m\.|{'|'.join(sorted(_OF_PERSON))})\s$")
_PERSON_AFTER = re.compile(
    r",\s(?:\w+\s){0,3}(?:gérant|président|direct|cofond|fondat|responsable|associé|salarié|maire"
    r"|ingénieur|auteur|journaliste|chargé)"
)
_OF_BODY = word_set(
    """
    association asso fédération mutuelle banque réseau collectif journal plateforme logiciel groupe client
    mairie ville région territoire programme projet film livre revue magazine radio
    """
)
_BODY_BEFORE = re.compile(
    rf"\b(?:{'|'.join(sorted(_OF_BODY))})\s(?:\w+\s)?(?:de\s|d['’]|du\s|la\s|le\s|les\s)*$"
)
_NO_COMPANY = _OF_PERSON | _OF_BODY | {"m"}
_WORD = re.compile(r"\w+")
# « notre Scop réunit six personnes »: the page is the co-op's own, whatever others it names.
_OURS = Phrase(
    r"\b(?:[Nn]otre\s(?:jeune\s|petite\s)?|[Nn]ous\ssommes\s(?:une|la)\s)",
    rf"(?P<form>{FORM})(?![\w-])(?!\s[«“\"A-ZÀ-Ý])",
    words="notre sommes",
    before=24,
    after=80,
)
_ANY = re.compile(r"\b(?:[Uu]ne?|[Tt]oute?|[Cc]haque|[Aa]ucune?)\s$")
# A word before, not a heading mark or the start of a line.
_INSIDE_SENTENCE = re.compile(r"\w[,'’]? ?$")
# « X, ou l'art de … », « X : … » as a title, « X est née … » in the text
_APART = re.compile(r"\s?(?:[,:–—]\s|$)")
_GOES_ON = re.compile(
    r"\s(?:est|a|était|avait|n['’]|s['’]|se|naît|compte|emploie|fabrique|produit|vend|ouvre|fête|grandit)\b"
)
# « Cette Scop qui tire au sort ses dirigeants », a title that names none
_TITLE_FORM = re.compile(
    rf"^(?:Cette|Une|La|Quand\s(?:une|la)|Dans\s(?:une|cette))\s(?P<form>{FORM})(?![\w-])(?!\s[«“\"A-ZÀ-Ý])"
)
# Named this often, in the title or not, it is what the text is about.
_OFTEN, _WITH_TITLE = 3, 2
# A board puts each clipping into one long paragraph; each is read for itself.
_CLIPPING = 450


def subjects(
    texts: Sequence[str], names: Sequence[Sequence[Proper]], explicit: Sequence[str]
) -> list[tuple[int, Claim]]:
    """Return claims, each with the number of its text: the name that a page or a clipping is about.

    ``texts`` begin with the title; ``explicit`` are the bare names that other rules found.
    """
    found = []
    spoken_of = next(filter(None, map(_ANAPHOR.first, texts)), None)
    anaphor = spoken_of or _called_so(texts[0] if texts else "")
    if anaphor and (chosen := _main(texts, names, frozenset(explicit))):
        number, name = chosen
        found.append((number, Claim(name.start, name.end, form_of(anaphor["form"]), "subject_of_page")))
    if (ours := next(filter(None, map(_OURS.first, texts)), None)) and (
        chosen := _often_named(texts, names, frozenset(explicit))
    ):
        number, name = chosen
        found.append((number, Claim(name.start, name.end, form_of(ours["form"]), "subject_of_page")))
    told = _TITLE_FORM.match(texts[0]) if len(texts) > 1 and not any(names[0]) else None
    if told and (chosen := _often_named(texts, names, frozenset(explicit), _WITH_TITLE)):
        number, name = chosen
        found.append((number, Claim(name.start, name.end, form_of(told["form"]), "subject_of_page")))
    for number, (text, here) in enumerate(zip(texts, names, strict=True) if spoken_of else ()):
        found += [(number, claim) for claim in _clippings(text, here)]
    return found


def _called_so(title: str) -> re.Match[str] | None:
    return next((match for place in hints(title) if (match := _CALLED_SO.match(title, place))), None)


def _main(
    texts: Sequence[str], names: Sequence[Sequence[Proper]], explicit: frozenset[str]
) -> tuple[int, Proper] | None:
    met: dict[str, list[tuple[int, Proper]]] = {}
    for number, (text, here) in enumerate(zip(texts, names, strict=True)):
        for name in here:
            met.setdefault(bare(text[name.start : name.end]), []).append((number, name))
    in_title = {key for key, places in met.items() if places[0][0] == 0}
    if in_title & explicit:
        return None
    for key in sorted(met, key=lambda key: (key not in in_title, -len(met[key]))):
        places = met[key]
        enough = len(places) >= (_WITH_TITLE if key in in_title else _OFTEN)
        if enough and key not in explicit and _is_company(texts, places):
            return places[0] if key in in_title or not explicit else None
    return None


def _is_company(texts: Sequence[str], places: Sequence[tuple[int, Proper]]) -> bool:
    """Tell whether all places of a name may be a company's, and one of them is inside a sentence."""
    number, name = places[0]
    return (
        plausible(texts[number][name.start : name.end])
        and (
            any(_INSIDE_SENTENCE.search(texts[n], max(0, p.start - 4), p.start) for n, p in places)
            or _titled(texts, places)
        )
        and all(may_be_company(texts[n], p) and not _is_one_of_many(texts[n], p) for n, p in places)
    )


def _is_one_of_many(text: str, name: Proper) -> bool:
    """Tell whether a capital word is a common noun of a contract: « tout Membre inscrit »."""
    return _ANY.search(text, max(0, name.start - 7), name.start) is not None


def _titled(texts: Sequence[str], places: Sequence[tuple[int, Proper]]) -> bool:
    """Tell whether a title gives a name apart and the text goes on with it and a verb: « La Perle, ou … »."""
    title, name = texts[0], places[0][1]
    if places[0][0] or name.start or not _APART.match(title, name.end):
        return False
    content = title[name.start : name.end].split()[-1].lower()
    small = re.compile(rf"(?<![\w’'-]){re.escape(content)}(?![\w’'-])")
    return any(_GOES_ON.match(texts[n], p.end) for n, p in places[1:]) and not any(map(small.search, texts))


def _often_named(
    texts: Sequence[str],
    names: Sequence[Sequence[Proper]],
    explicit: frozenset[str],
    fewest: int = _OFTEN,
) -> tuple[int, Proper] | None:
    """Return the name met most often on a page that says « notre Scop », unless other rules have it."""
    counts: Counter[str] = Counter()
    first: dict[str, tuple[int, Proper]] = {}
    for number, (text, here) in enumerate(zip(texts, names, strict=True)):
        for name in here:
            key = bare(text[name.start : name.end])
            if may_be_company(text, name) and plausible(text[name.start : name.end]):
                counts[key] += 1
                first.setdefault(key, (number, name))
    best = counts.most_common(2)
    if not best or best[0][1] < fewest or (len(best) > 1 and best[1][1] == best[0][1]):
        return None
    return None if best[0][0] in explicit else first[best[0][0]]


def _clippings(text: str, names: Sequence[Proper]) -> list[Claim]:
    """Return the subject of each long paragraph that says « la Scop » and names nothing else so often."""
    found = []
    start = 0
    anaphors = list(_ANAPHOR.said(text)) if len(text) >= _CLIPPING else []
    for line in text.split("\n"):
        end = start + len(line)
        anaphor = next((one for one in anaphors if start <= one.start() < end), None)
        if len(line) >= _CLIPPING and anaphor:
            counts: Counter[str] = Counter()
            first: dict[str, Proper] = {}
            for name in names:
                if start <= name.start < end:
                    key = bare(text[name.start : name.end])
                    counts[key] += may_be_company(text, name)
                    first.setdefault(key, name)
            best = counts.most_common(1)
            if (
                best
                and best[0][1] >= _OFTEN
                and plausible(text[first[best[0][0]].start : first[best[0][0]].end])
            ):
                name = first[best[0][0]]
                found.append(Claim(name.start, name.end, form_of(anaphor["form"]), "subject_of_clipping"))
        start = end + 1
    return found


def is_company(text: str, name: Proper) -> bool:
    """Tell whether a name by its own words and by those around it may be a company's, and is no person's."""
    surface = text[name.start : name.end]
    words = folded(surface).split(" ")
    return (
        words[0] not in FIRST_NAMES
        and not all(word in FUNCTION for word in words)
        and plausible(surface)
        and may_be_company(text, name)
    )


def may_be_company(text: str, name: Proper) -> bool:
    """Tell whether nothing around a name makes it a person's or that of another kind of body."""
    surface = text[name.start : name.end]
    words = bare(surface).split(" ")
    if words[0] in FIRST_NAMES:
        return False
    before = text[max(0, name.start - 40) : name.start].lower()
    told = not _NO_COMPANY.isdisjoint(_WORD.findall(before))
    if told and (_PERSON_BEFORE.search(before) or _BODY_BEFORE.search(before)):
        return False
    return _PERSON_AFTER.match(text, name.end) is None
