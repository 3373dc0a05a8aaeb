"""Of which name does « la Scop » speak again? « Fil d'Orb, qui coud des voiles … La jeune Scop embauche. »"""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Collection, Iterator, Sequence

from archive.parsers.coop_forms import FORM, QUALIFIER, Phrase, form_of
from archive.parsers.coop_name_ends import whole_end
from archive.parsers.coop_names import Claim, Proper
from archive.parsers.coop_subject import may_be_company
from archive.parsers.coop_vocabulary import FIRST_NAMES, FUNCTION
from archive.parsers.words import folded, sentence_ends

# « la Scop a reçu », « cette jeune coopérative »: one co-op spoken of before. Not « la Scop Alma », « la Scop
# de Rennes », « la coopérative agricole », nor what a Scop is in general.
_ANAPHOR = Phrase(
    r"\b(?:[Ll]a|[Cc]ette|[Nn]otre)\s(?:(?:jeune|petite|toute\sjeune|future|nouvelle|discrète|vieille)\s)?",
    rf"(?P<form>{FORM})"
    r"(?![\w-])(?!\s?[«“\"])(?!\s(?:des\b|(?:de|du)\b(?!\s[A-ZÀ-Ý][\w-]+\s(?:a|est|n['’]|s['’]|se|vient|va|emploie|compte)\b)|[A-ZÀ-Ý]|est\s(?:une?|la|le)\s(?:société|entreprise|forme|structure|statut|modèle)))"
    r"(?!\s(?:d['’]|l['’]|l[ae]s?\s[A-ZÀ-Ý]))(?!\s(?:agricole|ouvrière|viticole|de\sproduction)\b)",
    words="la cette notre",
    before=24,
    after=100,
)
# « L'entreprise est une Scop », « Reprise en Scop en 2015, elle exporte »
_COMPANY_IS = Phrase(
    r"(?:(?:L['’]entreprise|(?:Eh\sbien,?\s)?[Cc]['’]|La\s(?:société|PME|structure|maison|boutique|librairie)|L['’](?:atelier|usine|agence)|Elle|Il)"
    r"\s?(?:est|devient|reste)\s(?:\w+\s)?une|(?:Constituée|Reprise|Transformée|Organisée|Montée|Créée|Devenue)(?:\sen)?)",
    rf"\s(?P<form>{FORM})(?![\w-])",
    words="une constituée reprise transformée organisée montée créée devenue",
    before=44,
    after=60,
)
# « Rail d'Orb d'abord. Cette société coopérative a transporté … »: the company of the sentence before
_THIS_ONE = Phrase(
    r"(?:^|[.!?…]\s|\n)Cette\s(?:(?:jeune|petite|toute\sjeune|nouvelle)\s)?",
    rf"(?P<form>{FORM})(?:{QUALIFIER})?(?![\w-])(?!\s[«“\"]?\s?[A-ZÀ-Ý])",
    words="cette",
    before=24,
    after=60,
)
# « Les deux Scop comptaient 40 salariés »; not « les deux Scop de Rennes »
_THE_TWO = Phrase(
    r"\b(?:[Ll]es|[Dd]es|[Aa]ux)\sdeux\s",
    rf"(?P<form>{FORM})(?:{QUALIFIER})?(?![\w-])(?!\s(?:de|des|du|d['’]|qui|[A-ZÀ-Ý]))",
    words="deux",
    before=24,
    after=100,
)
# The subject of its clause: not « et la Scop », « de la Scop », which may well be another.
_CLAUSE_START = re.compile(
    r"\b(?:président|présidente|gérante?|direct(?:eur|rice)|patronne?|porte-parole|responsable|salarié·?e?s?|associé·?e?s?|sociétaires|murs|comptes|avenir)\sde\s$"
    r"|(?:^|\n|[.!?…:;,»]\s?|[–—-]\s)$"
)
_BEFORE_LENGTH = 90
# How far back the name may stand, in characters.
_REACH = 420
_NAMES_BACK = 6
_HEADING = 70
# « la Scop 3 P'tits Pois »: a name so soon after is what the words mean.
_NAME_AFTER = 8
_OPENS = (
    r"(?:(?:^|\n)[\s*•#>_–—-]{0,8}|[.!?…:]\s)(?:[A-ZÀ-Ý][^.,;:!?\n]{1,80},\s)?(?:(?:[Cc]hez|[Pp]our|[Aa]vec|[ÀA]|[Dd]u\scôté\sde)\s)?"
    r"(?:(?:[Ll]['’]|[Ll]a\s|[Ll]e\s)(?:entreprise|société|ex-\w+|atelier|[a-zà-ÿ]{3,10}(?:erie|ique|ise))\s)?"
    r"(?:(?:l[ae]s?)\s|l['’])?[«“\"*_]{0,2}\s?$"
)
# « chez sa voisine X », « l'entreprise X », « la menuiserie X », wherever they stand.
_INTRODUCED = (
    r"\b(?:(?:sa|leur|notre|une)\s(?:voisine|consœur|cousine|concurrente|homologue|jumelle)"
    r"|[Ll]['’](?:entreprise|imprimerie|usine|épicerie|agence|auberge)|[Ll]a\s(?:société|fabrique|PME|start-up|marque|compagnie|librairie|[a-zà-ÿ]{3,12}erie)"
    r"|[Ll]e\s(?:fabricant|bureau\sd['’]études|constructeur|traiteur|studio))\s(?:[a-zà-ÿ]{4,14}\s)?[«“\"]?\s?$"
)
_BEFORE = re.compile(f"{_OPENS}|{_INTRODUCED}")
_COMPANY = re.compile(rf"{_INTRODUCED}|\b(?:[Cc]hez)\s$")
# « Chez X, on vote », « À la Cave des vignerons, on attend », at the start of a sentence
_AT = re.compile(
    r"(?:^|\n|[.!?…:]\s)[\s*•–-]*(?:Chez|[AÀ]\s(?:la|l['’])|Au|Aux)\s?(?:(?:[Ll]a|[Ll]es?)\s|[Ll]['’])?[«“\"]?\s?$"
)
# « ils forment X. La Scop … »
_NAMING = re.compile(
    r"\b(?:forment|fondent|créent|lancent|montent|(?:ont|a|avons|ai)\s(?:co-?)?(?:fondé|créé|lancé|monté|repris|rejoint)|rejoin(?:t|dre)|s['’]appell(?:e|ent|era)|se\snomment?"
    r"|(?:re)?baptisée?|(?:re)?nommée?|nom\sde|c['’]est|voici|naît|est\snée?|devient|[Bb]ienvenue\s(?:à|chez|dans))\s?(?:d['’]|de\s)?(?:(?:[Ll]a|[Ll]es?)\s|[Ll]['’])?[«“\"]?\s?$"
)
# « Les salariés de X ont réclamé. La Scop … », « Le tribunal a placé X en liquidation. La Scop … »
_STAFF_OF = re.compile(
    r"\b(?:salarié|employé|ouvri[eè]re?|associé|équipe|fondat(?:eur|rice)|cofondat(?:eur|rice)|gérante?|coopérat(?:eur|rice)|atelier|locaux|usine|site)"
    r"(?:[·.-]?e)?(?:[·.-]?s)?\s(?:de\s|d['’]|du\s)(?:(?:[Ll]a|[Ll]es?)\s|[Ll]['’])?[«“\"]?\s?$"
)
_PLACED = re.compile(r"\b(?:a|ont|est)\s(?:été\s)?placée?\s$|\bplace\s$")
_INTO_COURT = re.compile(r"\sen\s(?:liquidation|redressement|procédure|sauvegarde)\b")
_SENTENCE_BETWEEN = re.compile(r"\s?[»”\"]?[^.!?…\n]{0,120}[.!…]\s")
_OF_PLACE = re.compile(r"\s(?:de\s|d['’]|du\s)[A-ZÀ-Ý]")
_ENDS_SENTENCE = re.compile(r"\s?[»”\"]?\s?[.!…]\s")
# « Awa Sarr, qui préside … »: two plain capital words may well be a person.
_LIKE_PERSON = re.compile(r"[A-ZÀ-Ý][a-zà-ÿ]+(?:-[A-ZÀ-Ý][a-zà-ÿ]+)?\s(?:[A-ZÀ-Ý][a-zà-ÿ]+[-\s]?){1,2}")
# « X, qui … », « X, installée à … », « X (Brest) », « X fabrique … »; not « X, gérante », « X et Y ».
_CLAUSE_AFTER = re.compile(
    r"\s?[»”\"*_]{0,2}(?:,\s(?:l['’]|c['’]est\s|(?:qui|dont|où|une?|la|le(?!\s\d)|ce\ssont|à|au|en|dans|près|sur|fabricant|spécial\w+|installée?|née?|créée?|fondée?"
    r"|basée?|implantée?|entreprise|société|petite|jeune|fleuron)(?![\w-]))|\s\((?!\d{1,2}\s?ans))"
)
_VERB_AFTER = re.compile(
    r"\s(?:a|avait|est|était|n['’]|s['’]|se|va|vient|fait|fabrique|emploie|compte|propose|conçoit|produit|réunit|livre|vend"
    r"|lance|ouvre|fête|recrute|embauche|forme|répare|construit|accueille|existe|grandit|change|prend|tient|cherche|transforme"
    r"|édite|imprime|développe|travaille|occupe|rachète|reprend|investit|déménage|souffle|affiche|imagine|rassemble)\b"
)
_ANY_VERB = re.compile(r"\s(?:s['’]|se\s|n['’]|ne\s)?[a-zà-ÿ]{1,12}(?:e|a|it|ut|nt|d|t|rent|ait|aient)\s")
_PERSON_AFTER = re.compile(
    r",?\s(?:\w+\s){0,2}(?:\d{2}\sans|gérant|présid|direct|salarié|associé|fondat|cofond|maire|habitant)"
)


def claims(
    text: str, names: Sequence[Proper], claimed: Sequence[tuple[int, int]], titled: Collection[str] = ()
) -> Iterator[Claim]:
    """Yield the names that a later « la Scop » of the same paragraph speaks of.

    ``names`` are those of the text that are no places, ``titled`` those of the page's title, folded,
    ``claimed`` the spans that are co-ops by other rules:
    « la Scop » after one of them speaks of it, and of nothing new.
    """
    anaphors = list(_ANAPHOR.said(text))
    if not anaphors:
        return
    starts = [name.start for name in names]
    known = sorted(start for start, _ in claimed)
    seen = {folded(text[name.start : name.end]) for name in names if _inside(text, name)} | set(titled)
    for anaphor in anaphors:
        if not _CLAUSE_START.search(text, max(0, anaphor.start() - 18), anaphor.start()):
            continue
        reach = max(0, anaphor.start() - _REACH)
        low = max(text.rfind("\n", reach, anaphor.start()) + 1, reach)
        if bisect_left(known, low) < bisect_right(known, anaphor.end() + _NAME_AFTER):
            continue
        if heading := _heading(text, names, anaphor):
            yield Claim(heading.start, heading.end, form_of(anaphor["form"]), "spoken_of_again")
            continue
        span = names[bisect_left(starts, low) : bisect_left(starts, anaphor.start())]
        for name in reversed(span[-_NAMES_BACK:]):
            again = anaphor.group().startswith("Cette")
            if _OF_PLACE.match(text, anaphor.end()) and name.start == 0:
                seen.add(folded(text[: name.end]))  # « Hélios avait tout. La Scop de Perpignan … »
            if _spoken_of(text, name, seen, again) or _named_just_before(text, name, anaphor):
                yield Claim(name.start, name.end, form_of(anaphor["form"]), "spoken_of_again")
                break


def statements(text: str, names: Sequence[Proper]) -> Iterator[Claim]:
    """Yield the names of which the next sentence says what they are, and the pairs that it calls both co-ops.

    « Trémolo fabrique des guitares. L'entreprise est une Scop. », « A absorbe B. Les deux Scop … »
    """
    ends = [name.end for name in names]
    for said in _COMPANY_IS.said(text):
        here = _sentence_before(text, names, ends, said.start())
        subject = next(
            (name for name in here if _BEFORE.search(text[max(0, name.start - 9) : name.start])), None
        )
        if subject and _ANY_VERB.match(text, subject.end) and _is_company(text, subject):
            yield Claim(subject.start, subject.end, form_of(said["form"]), "spoken_of_again")
    for this in _THIS_ONE.said(text):
        here = _sentence_before(text, names, ends, text.find("Cette", this.start()))
        if len(here) == 1 and _is_company(text, here[0]):
            end = whole_end(text, here[0].start, here[0].end)
            yield Claim(here[0].start, end, form_of(this["form"]), "spoken_of_again")
    for pair in _THE_TWO.said(text):
        here = _sentence_before(text, names, ends, pair.start())
        if len(here) == 2 and all(_is_company(text, name) for name in here):
            yield from (Claim(n.start, n.end, form_of(pair["form"]), "spoken_of_again") for n in here)


def _sentence_before(text: str, names: Sequence[Proper], ends: Sequence[int], start: int) -> Sequence[Proper]:
    """Return the names of the sentence that ends right before ``start``, on the same line."""
    begins, nexts = sentence_ends(text)
    place = bisect_left(nexts, start)
    if place == len(nexts) or nexts[place] != start or text[begins[place]] == "\n":
        return ()
    low = nexts[place - 1] if place else 0
    return names[bisect_right(ends, low) : bisect_left(ends, start)]


def _is_company(text: str, name: Proper) -> bool:
    first = folded(text[name.start : name.end]).partition(" ")[0]
    return first not in FIRST_NAMES and may_be_company(text, name)


def _heading(text: str, names: Sequence[Proper], anaphor: re.Match[str]) -> Proper | None:
    """Return the name that closes the short line above « Cette Scop … »; ``None`` when there is none."""
    end = anaphor.start() - 1
    if not anaphor.group().startswith("Cette") or text[max(0, end) : anaphor.start()] != "\n":
        return None
    above = text.rfind("\n", max(0, end - _HEADING), end) + 1
    place = bisect_left(names, end, key=lambda name: name.end)
    name = names[place] if place < len(names) and names[place].end == end else None
    return name if name and end - above <= _HEADING and may_be_company(text, name) else None


def _inside(text: str, name: Proper) -> bool:
    """Tell whether the name has its capital in mid-sentence."""
    return (
        text[max(0, name.start - 2) : name.start - 1].isalnum() and text[name.start - 1 : name.start] in " '’"
    )


def _spoken_of(text: str, name: Proper, seen: set[str], again: bool) -> bool:
    """Tell whether the text makes a name the subject of what follows, and the name is not a person's.

    ``again`` says that « cette Scop » speaks of it, so that any verb will do.
    """
    surface = text[name.start : name.end]
    words = folded(surface).split(" ")
    clause = _CLAUSE_AFTER.match(text, name.end) is not None or _is_at(text, name)
    verb = (_ANY_VERB if again else _VERB_AFTER).match(text, name.end)
    known = len(words) > 1 or folded(surface) in seen
    if not clause and not (verb and known):
        return False
    if words[0] in FIRST_NAMES or all(word in FUNCTION for word in words):
        return False
    before = text[max(0, name.start - _BEFORE_LENGTH) : name.start]
    if not _BEFORE.search(before) or not may_be_company(text, name) or _PERSON_AFTER.match(text, name.end):
        return False
    return not (clause and _LIKE_PERSON.fullmatch(surface) and not _introduced(before))


def _is_at(text: str, name: Proper) -> bool:
    """Tell whether a sentence begins at a company: « Chez Groseille & Cie, les salariées élisent … »."""
    return text[name.end : name.end + 2] == ", " and bool(
        _AT.search(text, max(0, name.start - 16), name.start)
    )


def _named_just_before(text: str, name: Proper, anaphor: re.Match[str]) -> bool:
    """Tell whether the sentence before ends with the name of a company: « ils forment X. La Scop … »."""
    before = text[max(0, name.start - _BEFORE_LENGTH) : name.start]
    ends = _ENDS_SENTENCE.fullmatch(text, name.end, anaphor.start()) is not None
    told = (ends and _NAMING.search(before)) or (
        _SENTENCE_BETWEEN.fullmatch(text, name.end, anaphor.start())
        and (_STAFF_OF.search(before) or (_PLACED.search(before) and _INTO_COURT.match(text, name.end)))
    )
    return bool(
        told
        and folded(text[name.start : name.end]).partition(" ")[0] not in FIRST_NAMES
        and may_be_company(text, name)
    )


def _introduced(before: str) -> bool:
    """Tell whether the words before say that a company follows: « la menuiserie X », « sa voisine X »."""
    return _COMPANY.search(before) is not None
