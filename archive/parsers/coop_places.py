"""In which department is a co-op, says the text? By the place nearest to its name."""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence

from archive.models import DepartmentMention
from archive.parsers.coop_forms import SPACE
from archive.parsers.words import sentence_ends

_BRACKET_AFTER = re.compile(r"[»”\"*_\]]*\s?\(([^()\n]{2,60})\)")
# « A et B (45 et 37) », on one line
_PAIRED = re.compile(rf"{SPACE}(?:et|&){SPACE}[^().,;\n]{{2,40}}{SPACE}\(([^()\n]{{2,20}})\)")
_WHERE = r"(?:à|au|aux|dans\s(?:le|la|les|l['’])|en|de|d['’]|du|des|\()"
_SETTLED = r"(?:basée?s?|installée?s?|implantée?s?|née?s?|située?s?|fondée?s?|créée?s?)"
# What may lie between a name and its place: « , à », « , Scop de vingt salariés (», « basée à »; no verb.
_NEAR_AFTER = re.compile(
    rf"[»”\"*_\]]*(?:,?\s(?:une?\s|la\s)?(?:[\w’'-]+\s)?(?:Sco[pP]|SCOP|Sci[cC]|SCIC|CAE"
    rf"|coopérative)[^.,;:()\n]{{0,40}})?,?\s?"
    rf"(?:[\w’'-]*\s?{_SETTLED}(?:\sen\s\d{{4}})?\s)?{_WHERE}\s?$"
)
_ADDRESS_AFTER = re.compile(r"[»”\"*_\]]*,?\s[^\n;!?]{0,70}$")
# The lines of an address between a name and its postal code: « X, Scop SA », « 11 rue des Prés ».
_BLOCK_AFTER = re.compile(r"[^\n.;!?]{0,60}\n(?:[^\n;!?]{1,60}\n){0,2}")
# « Azimut & Cie » over « Scop SAS », « Géomètre » and « Saint-Dié-des-Vosges »: short lines, no sentences
_ENTRY = re.compile(r"[^\n.;!?]{0,40}\n(?:[^\n.;!?]{1,45}\n){0,3}")
_NEXT_LINE = re.compile(r"[»”\"*]{0,2}\n\s?")
_ALONE = re.compile(r"(?:\s\(\w{2,3}\)|\sCEDEX|\scedex)?[ \t]*(?:\n|$)")
_BULLET = 3
# Characters of a sentence before and after a name, at most.
_LONGEST = 300
_AND = re.compile(r"\s(?:et|&)\s(?:l[ae]s?\s)?")
_LONGEST_AND = 8
# « une Scop de Saint-Malo, X »
_FORM_OF = re.compile(
    r"(?:Sco[pP]s?|SCOPS?|Sci[cC]s?|SCIC|CAE|oopérative)(?:\s[a-zà-ÿ’'-]+){0,3}\s(?:de\s|d['’]|du\s|à\s|au\s)$"
)
_FORM_LENGTH = 70
# « À Évreux, la Fonderie du Gué … ; à Granville, Cap Boussole »
_AT_FIRST = re.compile(r"(?:^|[.;:!?–—]\s|\n\W{0,3})[àÀA]\s$")
# « Scop Méca, Firminy ; coopérative Le Pressoir, Niort », « – Pain du gué, Reims »
_LISTED_AFTER = re.compile(
    r"[»”\"*_]{0,2}(?:,\s|\s[–—-]\s)"
    r"(?:(?:S[Cc][Oo][Pp]|S[Cc][Ii][Cc]|C[Aa][Ee]|[Cc]oop(?:érative|\.))[^,;:.()\n–—]{0,40}(?:,\s|\s[–—-]\s))?"
)
_LISTED_END = re.compile(r"(?:\s\(\w{2,3}\))?\s?(?:[;)\n]|\.?$|\.\n)")
_COMMA_ARTICLE = re.compile(r",\s(?:(?:[Ll]a|[Ll]es?)\s|[Ll]['’])?[«“\"]?\s?")
_SAME = re.compile(r"[»”\"]?,\s(?:à\s)?")


Spans = Sequence[tuple[int, int]]


def beside(
    text: str, start: int, end: int, mentions: Sequence[DepartmentMention], others: Spans
) -> DepartmentMention | None:
    """Return the department after the name at ``text[start:end]``: in brackets, after « à », in an address.

    ``mentions`` are the departments of this text, ``others`` the places where it names co-ops.
    """
    if inside := _in_bracket(text, start, end, mentions, others):
        return inside
    if preceding := _of_place(text, start, mentions):
        return preceding
    following = next((m for m in mentions if end <= m.start), None)
    postal = following is not None and following.via == "postal_code"
    if following and postal and _BLOCK_AFTER.fullmatch(text, end, following.start):
        return None if any(end <= a < following.start for a, _ in others) else following
    _, high = _sentence(text, start, end)
    after = next((m for m in mentions if end <= m.start < high), None)
    if after is None or any(end <= a < after.start for a, _ in others):
        return _in_entry(text, start, end, following, others)
    between = text[end : after.start]
    near = _NEAR_AFTER.fullmatch(between) or _same_bracket(text, start, end, after)
    address = after.via == "postal_code" and _ADDRESS_AFTER.fullmatch(between)
    listed = _LISTED_AFTER.fullmatch(between) and _LISTED_END.match(text, after.end)
    return after if near or address or listed else _in_entry(text, start, end, following, others)


def _in_entry(
    text: str, start: int, end: int, following: DepartmentMention | None, others: Spans
) -> DepartmentMention | None:
    """Return the place in the lines under a name that begins an entry of a register, or alone on the next."""
    if following is None or any(end <= a < following.start for a, _ in others):
        return None
    alone = _NEXT_LINE.fullmatch(text, end, following.start) and _ALONE.match(text, following.end)
    opens = start - text.rfind("\n", 0, start) - 1 <= _BULLET
    entry = opens and _ENTRY.fullmatch(text, end, following.start) and _ALONE.match(text, following.end)
    return following if alone or entry else None


def in_sentence(text: str, start: int, end: int, mentions: Sequence[DepartmentMention]) -> str | None:
    """Return the only department of the sentence that names the co-op, else the dateline of its line."""
    low, high = _sentence(text, start, end)
    codes = {m.code for m in mentions if low <= m.start and m.end <= high}
    if codes:
        return codes.pop() if len(codes) == 1 else None
    line = text.rfind("\n", 0, start) + 1
    opening = next((m for m in mentions if line <= m.start < start), None)
    return opening.code if opening and is_dateline(text, opening) else None


def in_sentence_before(text: str, start: int, mentions: Sequence[DepartmentMention]) -> str | None:
    """Return the only department of the sentence before in the paragraph; ``None`` for none or several."""
    low, _ = _sentence(text, start, start)
    line = text.rfind("\n", 0, start) + 1
    if low - 1 <= line:
        return _heading(text, line, mentions)
    before, _ = _sentence(text, max(line, low - 2), low - 2)
    codes = {m.code for m in mentions if max(line, before) <= m.start and m.end <= low}
    return codes.pop() if len(codes) == 1 else None


def _heading(text: str, line: int, mentions: Sequence[DepartmentMention]) -> str | None:
    """Return the dateline of the short line above a paragraph: « Épinal. Une librairie monte en parts »."""
    above = text.rfind("\n", 0, max(0, line - 1)) + 1
    if not 0 < line - above <= _LONGEST_HEADING:
        return None
    opening = next((m for m in mentions if above <= m.start < line), None)
    return opening.code if opening and is_dateline(text, opening) else None


def in_line(text: str, start: int, mentions: Sequence[DepartmentMention]) -> str | None:
    """Return the only department of the line around ``start``; ``None`` for none or several."""
    low, end = text.rfind("\n", 0, start) + 1, text.find("\n", start)
    high = end if end >= 0 else len(text)
    codes = {m.code for m in mentions if low <= m.start and m.end <= high}
    return codes.pop() if len(codes) == 1 else None


# « Agen : la conserverie … », « CHOLET. – Deux cent dix robes … », « BRUZ (Ille-et-Vilaine). – »
_DATELINE_AFTER = re.compile(
    r"(?:\s?\d{1,2}e)?(?:\s\([^()\n]{2,40}\)?|\))?\s?(?::|\.\s|\s?[–—]|\n|,\s[^\W\d]{3,9}\s\d{4}\.)"
)


# « 09h15 | Carhaix. », « 4. Lavelanet, avril 2013. »
_HOUR_AND_SIGNS = "0123456789h: |•*>–-.)"
_LONGEST_HEADING = 90


def is_dateline(text: str, mention: DepartmentMention) -> bool:
    """Tell whether a place opens a title or a line as a newspaper's dateline."""
    line = text.rfind("\n", 0, mention.start) + 1
    before = text[line : mention.start]
    opens = not before.strip(_HOUR_AND_SIGNS) or (before.endswith("(") and len(before) < 40)
    return opens and _DATELINE_AFTER.match(text, mention.end) is not None


def _of_place(text: str, start: int, mentions: Sequence[DepartmentMention]) -> DepartmentMention | None:
    """Return the place between a form and the name after it: « une Scop de Saint-Malo, X, »."""
    before = next((m for m in reversed(mentions) if m.end <= start), None)
    if before is None or not _COMMA_ARTICLE.fullmatch(text, before.end, start):
        return None
    leading = text[max(0, before.start - _FORM_LENGTH) : before.start]
    return before if _FORM_OF.search(leading) or _AT_FIRST.search(leading) else None


def _same_bracket(text: str, start: int, end: int, place: DepartmentMention) -> bool:
    """Tell whether name and place share a bracket: « Bruno Sire (Scop Garrigue Paysage, Lunel) »."""
    opened = text.rfind("(", max(0, start - _FORM_LENGTH), start)
    return (
        opened >= 0
        and ")" not in text[opened : place.start]
        and _SAME.fullmatch(text, end, place.start) is not None
    )


def _in_bracket(
    text: str, start: int, end: int, mentions: Sequence[DepartmentMention], others: Spans
) -> DepartmentMention | None:
    """Return the department in the bracket after the name, or after two: « A et B (45 et 37) »."""
    bracket = _BRACKET_AFTER.match(text, end)
    if bracket:
        inside = [m for m in mentions if bracket.start(1) <= m.start and m.end <= bracket.end(1)]
        rank = _rank(text, start, others)
        return inside[min(rank, len(inside) - 1)] if inside else None
    paired = _PAIRED.match(text, end)
    if paired and "et" in paired.group(1):
        inside = [m for m in mentions if paired.start(1) <= m.start < paired.end(1)]
        return inside[0] if len(inside) == 2 else None
    return None


def _rank(text: str, start: int, others: Spans) -> int:
    """Return how many names come before, joined by « et »: 1 for B in « A et B (45 et 37) »."""
    return sum(1 for _, b in others if 0 < start - b <= _LONGEST_AND and _AND.fullmatch(text, b, start))


def _sentence(text: str, start: int, end: int) -> tuple[int, int]:
    begins, ends = sentence_ends(text)
    before = bisect_right(ends, start) - 1
    low = max(0, start - _LONGEST)
    if before >= 0 and begins[before] >= low:
        low = ends[before]
    # The heading « Les Engrenages » and « Scop …, 14000 Caen » on the next line are one statement.
    after = end + 1 if text[end : end + 1] == "\n" and start - text.rfind("\n", 0, start) < 4 else end
    following = bisect_left(begins, after)
    high = min(len(text), end + _LONGEST)
    if following < len(begins) and ends[following] <= high:
        high = begins[following]
    return low, high
