"""Which co-ops stand in a list that a line announces? « Coopératives exposantes : X / Y », or in rows."""

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from itertools import pairwise

from archive.parsers.coop_forms import form_of, hinted, hints
from archive.parsers.coop_names import Claim
from archive.parsers.coop_vocabulary import FIRST_NAMES, FUNCTION
from archive.parsers.line_matches import line_starts
from archive.parsers.words import folded

# In small letters: « Les Scop présentes », « Quatre coopératives sont nées », « Coopératives exposantes »
_SEVERAL = re.compile(
    r"(?:\b(?:les|des|aux|nos|ces|deux|trois|quatre|cinq|six|sept|huit|neuf|dix|douze|\d{1,2}|nouvelles|plusieurs)\s(?:\w+\s)?"
    r"(?P<form>scops?|scics?|cae|coopératives)|(?:^|\n)[\s•*–-]*(?P<bare>coopératives|scops?|scics?)\s[a-zà-ÿ]{4,14}e?s)\b"
)
# What such a line must not be about.
_OTHERS = re.compile(
    r"\b(?:partenaires?\s(?::|d)|financeur|fournisseur|client|banque|association|élu[·.e]*s|commune|ville|site|agence|magasin|lieu|intervenant"
    r"|invité|auteur|candidat|administrat|journal|presse|photo|date|réunion|rendez-vous|avantage|raison|question|étape|principe|valeur|doivent"
    r"|statut|union|fédération|réseau)"
)
_NAME = r"(?:(?:la|le|les)\s|l['’])?(?P<name>(?:\d{1,2}\s)?[^\W\d_a-zà-ÿ][^\n,;:()–—/·|.!?]{1,44}?)"
# An item of a list in a line, and a line of a list.
_ITEM = re.compile(
    rf"\s*(?:et\s|ainsi\sque\s)?{_NAME}(?:\s(?:à|au|aux|en|de|d['’])\s?[^\W\d_a-zà-ÿ][^\n,;:()]*$|\s?(?:[,(–—:]|$))"
)
_ROW = re.compile(rf"[ \t]*(?:\d{{1,2}}[.)°]|[-–—•*·►→])?[ \t]*{_NAME}[ \u00a0]?(?:[,(–—:|][^\n]*)?$")
_SEPARATORS = (
    re.compile(r"\s?;\s?"),
    re.compile(r"\s/\s"),
    re.compile(r"\s·\s"),
    re.compile(r",\s(?:et\s)?|\set\s"),
)
# The heads of a table's columns.
_HEADS = frozenset(
    ("nom", "noms", "structure", "entreprise", "raison", "ville", "commune", "activite", "contact")
)
_NO_NAMES = FUNCTION | _HEADS
_LONGEST_LINE, _LONGEST_HEAD = 110, 120
# « plusieurs nouvelles » before « coopératives »
_BEFORE_FORM = 40
_FEWEST = 3
_BRACKETED = re.compile(r"\([^()\n]*\)")


def claims(text: str, announced: bool) -> Iterator[Claim]:
    """Yield the names of announced lists; ``announced`` says that the page's title announces co-ops."""
    if not (announced or hints(text)):
        return
    starts = line_starts(text)
    lines = list(zip(starts, text.split("\n"), strict=True))
    spoken: dict[int, int] = {}
    for place in hints(text):
        spoken.setdefault(bisect_right(starts, place) - 1, place)
    for number, place in spoken.items():
        start, line = lines[number]
        head, colon, rest = line.partition(" :") if " :" in line else line.partition(":")
        low = max(0, place - start - _BEFORE_FORM)
        small = (head + colon).lower()
        several = _SEVERAL.search(small, low, len(head)) if len(line) < _LONGEST_HEAD or colon else None
        if several and not _OTHERS.search(small):
            form = form_of(several["form"] or several["bare"])
            if rest.strip(" :"):
                yield from _inline(text, line, start, len(head) + len(colon), form)
            elif colon or not line.rstrip().endswith((".", "!", "?", "…")):
                yield from _rows(text, lines[number + 1 :], form)
    if announced:
        yield from _rows(text, lines, None)


def _inline(text: str, line: str, offset: int, after: int, form: str) -> Iterator[Claim]:
    """Yield the names between separators up to the end of the sentence."""
    hidden = _BRACKETED.sub(lambda match: "(" + "x" * (len(match.group()) - 2) + ")", line)
    stop = re.search(r"[.!?…](?=\s|$)", hidden[after:])
    end = after + stop.start() if stop else len(line)
    for separator in _SEPARATORS:
        cuts = [
            (after, after),
            *(match.span() for match in separator.finditer(hidden, after, end)),
            (end, end),
        ]
        if len(cuts) > _FEWEST:
            break
    items = [_ITEM.match(line, left[1], right[0]) for left, right in pairwise(cuts)]
    names = [item for item in items if item and not _is_generic(text, item, offset)]
    if len(names) >= _FEWEST and len(names) == len(items):
        for item in names:
            yield Claim(offset + item.start("name"), offset + item.end("name"), form, "announced_list")


def _rows(text: str, lines: Sequence[tuple[int, str]], form: str | None) -> Iterator[Claim]:
    """Yield the names that open the short lines of a list, at least three in a row."""
    rows: list[tuple[int, re.Match[str]]] = []
    for start, line in lines:
        row = _ROW.fullmatch(line.rstrip(" .;")) if line and len(line) < _LONGEST_LINE else None
        if row and not rows and folded(row["name"]) in _HEADS:
            continue
        if row is None or _is_generic(text, row, start):
            break
        rows.append((start, row))
    plain = sum(row.end("name") == len(row.group().rstrip()) for _, row in rows)
    if len(rows) >= _FEWEST and plain in (0, len(rows)):
        for start, row in rows:
            yield Claim(start + row.start("name"), start + row.end("name"), form, "announced_list")


def _is_generic(text: str, item: re.Match[str], offset: int) -> bool:
    """Tell whether an item of the line that begins at ``offset`` begins as a sentence or speaks of co-ops."""
    name, (start, end) = item["name"], item.span("name")
    first, _, rest = folded(name).partition(" ")
    return (
        first in _NO_NAMES
        or (bool(rest) and first in FIRST_NAMES)
        or len(name.split()) > 7
        or hinted(text, offset + start, offset + end)
    )
