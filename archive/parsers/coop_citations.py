"""Which co-ops does a sentence or a table cite? « citons A (Brest) et B », « Signataires : A ; B »."""

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from itertools import pairwise

from archive.parsers.coop_forms import FORM, Phrase, form_of, hinted, hints
from archive.parsers.coop_names import Claim, Proper, bare, plausible
from archive.parsers.coop_salience import NO_COMPANY
from archive.parsers.coop_vocabulary import ARTICLES, FIRST_NAMES, FUNCTION
from archive.parsers.line_matches import line_matches
from archive.parsers.words import folded

# Co-ops in general, of which some are cited: « Il existe 150 CAE », « une trentaine de coopératives ».
_MANY = Phrase(
    r"(?i)\b(?:les|des|aux|nos|ces|\d{2,5}|deux|trois|quatre|cinq|six|dizaine\sde|douzaine\sde|vingtaine\sde|trentaine\sde|centaine\sde|milliers?\sde|plusieurs)\s",
    r"(?:\w+\s)?(?P<form>S[Cc][Oo][Pp]s?|S[Cc][Ii][Cc]s?|CAE|coopératives)(?![\w-])",
    words="""
        les des aux nos ces deux trois quatre cinq six dizaine douzaine vingtaine trentaine centaine millier
        milliers plusieurs 0 1 2 3 4 5 6 7 8 9
    """,
    before=40,
    after=20,
)
_CITES = re.compile(
    r"\b(?:[Cc]itons|[Mm]entionnons|[Ss]aluons|[Ss]ignalons|figur(?:ent|aient)|[Oo]n\s(?:trouve|retrouve|croise|citera|compte|peut\sciter|remarque)"
    r"|comme|tel(?:le)?s\sque|[Àà]\scommencer\spar|[Cc]['’]est\sle\scas\s(?:de|d['’]))(?:\s(?:notamment|par\sexemple|aussi|encore|ainsi))?\s?"
    r"(?:(?:[Ll]a|[Ll]es?)\s|[Ll]['’])?[«“\"]?\s?$"
)
_LINK = re.compile(
    r"\s?[»”\"]?(?:\s\([^()\n]{1,40}\))?(?:,\s(?:à|au|en)\s[\w'’-]+)?(?:,|\set|\sou|\s;|,\set|\sou\sencore|\sainsi\sque)\s"
    r"(?:de\s|d['’])?(?:(?:la|le|les)\s|l['’])?[«“\"]?\s?"
)
# « Dans le spectacle, Artistes d'Ys ou La Loge. »: a sentence without a verb goes on citing.
_GOES_ON = re.compile(
    r"(?:\s\([^()\n]{1,40}\))?(?:,\s(?:à|au|en)\s[\w'’-]+)?\.\s(?:Dans|Pour|Côté|En|À|Chez)\s[^.,;:\n]{2,50}(?:,|\s:)\s(?:(?:la|le|les)\s|l['’])?[«“\"]?\s?"
)
_CLOSES = re.compile(r"\s?[»”\"]?(?:\s\([^()\n]{1,40}\)|,|\.|;|\set\s|\sou\s|$)")
# Of whom the list is when these come between, in small letters: « des Scop et leurs clients, comme X ».
_OTHERS = re.compile(
    r"\b(?:partenaire|financeur|fournisseur|client|banque|association|élu|commune|ville|concurrent|marque|média|journ|groupe|multinational|syndicat|logiciel)"
)
_REACH = 320
# « De A (yaourts) à B (verre) en passant par C (toile), les Scop … »
_FROM_TO = re.compile(r"(?:^|\n|[.!?]\s)(?:De\s|D['’])(?:(?:la|les?)\s|l['’])?[«“\"]?\s?$")
_TO = re.compile(
    r"\s?[»”\"]?(?:\s\([^()\n]{1,40}\))?,?\s(?:à\s(?:(?:la|l['’])\s?)?|au\s|aux\s|jusqu['’](?:à|au)\s|en\spassant\spar\s(?:(?:la|les?)\s|l['’])?)[«“\"]?\s?"
)
# « Ana Diaz, Scop Alma, Vire ; Paul Roy, Les Fileurs (Apt) ; … »
_SIGNED = re.compile(
    r"^[^\n:]{0,60}\bsign(?:ataires|é)[^\n:]{0,40}:\s(?P<items>[^\n]+)$", re.MULTILINE | re.IGNORECASE
)
_SIGNED_WORDS = ("ignataires", "IGNATAIRES", "igné", "IGNÉ")
_SIGNATURE = re.compile(
    r"\s*[A-ZÀ-Ý][\w’'-]+(?:\s[A-ZÀ-Ý][\w’'-]+){1,2},\s(?P<name>L(?:[ae]s?\s|['’])[A-ZÀ-Ý][^,;()\n.]{1,40}?)\s?(?:\(|,|\.|$)"
)
_FORM_IN = re.compile(rf"\b{FORM}\b")
# « Catégorie « Relève » : TÔLES DU SUD (11), … »: lines of one shape, of which the others name co-ops.
_LABELLED = re.compile(
    r"^(?P<label>[A-ZÀ-Ý][a-zà-ÿ]+)[^\n:]{0,40}\s?:\s(?P<name>[^\n,:;()]{2,60}?)\s?(?:,|\(|$)[^\n]*$",
    re.MULTILINE,
)
_FEWEST = 3
_NO_SIGNATURE = NO_COMPANY | FIRST_NAMES
_NO_OPENING = FUNCTION - ARTICLES
# The form alone on its line, under the name: a table whose cells became lines.
_ALONE = re.compile(
    r"^(?P<name>[^\n]{2,60})\n(?P<form>(?:Scop|SCOP|Scic|SCIC|CAE)(?:[\s-](?:SARL|SAS|SA|ARL))?)$",
    re.MULTILINE,
)
# « Ma coopérative » as a heading, the name under it
_OVER = re.compile(
    rf"^(?:Ma|Notre|Sa|Leur|La|Votre)\s(?P<form>{FORM})\s?:?\n(?:[Ll]['’])?(?P<name>[A-ZÀ-Ý][^\n.,:;!?()]{{2,45}}?)(?=\.\s|,\s|\s\(|\n|$)",
    re.MULTILINE,
)
# « Imprimerie Alma : les 17 coopérateurs ont voté »
_MEMBERS = re.compile(
    r"\s?:\s(?:[Ll]es\s|[Ss]es\s)?(?:\d{1,4}\s|[a-zà-ÿ-]{3,14}\s)?(?:coopérat(?:eur[·.-]?rice|eur|rice)[·.-]?s|sociétaires)\b"
)
_MEMBER_WORDS = ("coopérateur", "coopératrice", "sociétaires")
_LINE = re.compile(r"(?:^|\n)[\s*•–-]*$")


def claims(text: str, names: Sequence[Proper], spans: Sequence[tuple[int, int]]) -> Iterator[Claim]:
    """Yield the cited co-ops; ``names`` hold no places, ``spans`` are what other rules call co-ops."""
    if not hints(text):
        return
    yield from _cited(text, names)
    yield from _from_to(text, names)
    yield from _signed(text)
    yield from _labelled(text, spans)
    yield from _cells(text)
    yield from _members(text, names)


def _is_company(text: str, name: Proper) -> bool:
    surface = text[name.start : name.end]
    words = bare(surface).split(" ")
    return not NO_COMPANY.intersection(words[:1]) and words[0] not in FIRST_NAMES and plausible(surface)


def _run(text: str, names: Sequence[Proper], place: int, link: re.Pattern[str]) -> list[Proper]:
    """Return the names of a list from the one at ``place`` on; those in brackets are skipped."""
    run = [names[place]]
    for name in names[place + 1 :]:
        if link.fullmatch(text, run[-1].end, name.start) or _GOES_ON.fullmatch(text, run[-1].end, name.start):
            run.append(name)
        elif name.start - run[-1].end > _REACH or "(" not in text[run[-1].end : name.start]:
            break
    return run


def _cited(text: str, names: Sequence[Proper]) -> Iterator[Claim]:
    many = list(_MANY.said(text))
    starts = [match.start() for match in many]
    for index, name in enumerate(names) if many else ():
        last = bisect_left(starts, name.start) - 1
        if last < 0 or starts[last] <= name.start - _REACH:
            continue
        said = many[last]
        if (
            not _CITES.search(text[max(0, name.start - 40) : name.start])
            or text.count("\n", said.end(), name.start) > 1
            or _OTHERS.search(text[said.end() : name.start].lower())
        ):
            continue
        run = [one for one in _run(text, names, index, _LINK) if _is_company(text, one)]
        for one in run if run and _CLOSES.match(text, run[0].end) else ():
            yield Claim(one.start, one.end, form_of(said["form"]), "example_of_coops")


def _from_to(text: str, names: Sequence[Proper]) -> Iterator[Claim]:
    for index, name in enumerate(names if "en passant par" in text else ()):
        if not _FROM_TO.search(text, max(0, name.start - 12), name.start):
            continue
        run = [name]
        for one in names[index + 1 :]:
            if _TO.fullmatch(text, run[-1].end, one.start):
                run.append(one)
        end = text.find(". ", run[-1].end)
        said = next((m for m in _MANY.said(text) if m.start() > run[-1].end), None)
        if (
            len(run) > 1
            and said
            and (end < 0 or said.start() < end)
            and all(_is_company(text, n) for n in run)
        ):
            yield from (Claim(n.start, n.end, form_of(said["form"]), "example_of_coops") for n in run)


def _signed(text: str) -> Iterator[Claim]:
    """Yield the names that sign between co-ops: « Paul Roy, Les Fileurs solidaires (Apt) »."""
    if not any(word in text for word in _SIGNED_WORDS):
        return
    for match in line_matches(_SIGNED, text):
        start, items = match.start("items"), match["items"].split(";")
        if len(items) < _FEWEST or 2 * sum(bool(_FORM_IN.search(item)) for item in items) < len(items):
            continue
        for item in items:
            if (signature := _SIGNATURE.match(item)) and _may_sign(signature["name"]):
                a, b = signature.span("name")
                yield Claim(start + a, start + b, None, "announced_list")
            start += len(item) + 1


def _may_sign(surface: str) -> bool:
    return plausible(surface) and bare(surface).partition(" ")[0] not in _NO_SIGNATURE


def _labelled(text: str, spans: Sequence[tuple[int, int]]) -> Iterator[Claim]:
    lines = list(line_matches(_LABELLED, text)) if text.count(" : ") >= _FEWEST else []
    for label in dict.fromkeys(line["label"] for line in lines):
        alike = [line for line in lines if line["label"] == label]
        others = [line for line in alike if not hinted(text, line.start(), line.end())]
        told = [line for line in alike if any(line.start() <= start < line.end() for start, _ in spans)]
        if len(alike) < _FEWEST or len(told) + len(others) < len(alike) or len(others) >= len(told) + 1:
            continue
        for line in others:
            opening = folded(line["name"]).partition(" ")[0]
            if line["name"][0].isupper() and _may_sign(line["name"]) and opening not in _NO_OPENING:
                yield Claim(*line.span("name"), None, "announced_list")


def _cells(text: str) -> Iterator[Claim]:
    """Yield the names over lines that hold a form alone, where such lines are all as far apart."""
    rows = [(text.count("\n", 0, match.start()), match) for match in line_matches(_ALONE, text)]
    strides = {b - a for (a, _), (b, _) in pairwise(rows)}
    if len(rows) >= _FEWEST and len(strides) == 1:
        for _, match in rows:
            yield Claim(*match.span("name"), form_of(match["form"]), "labelled_line")
    for match in line_matches(_OVER, text):
        if plausible(match["name"]) and folded(match["name"]).partition(" ")[0] not in FUNCTION:
            yield Claim(*match.span("name"), form_of(match["form"]), "labelled_line")


def _members(text: str, names: Sequence[Proper]) -> Iterator[Claim]:
    for name in names if any(word in text for word in _MEMBER_WORDS) else ():
        if (
            _MEMBERS.match(text, name.end)
            and _LINE.search(text, max(0, name.start - 6), name.start)
            and _is_company(text, name)
        ):
            yield Claim(name.start, name.end, None, "is_a_coop")
