"""Who says this? By what stands around: a verb of saying and its subject, « selon », a signature."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from archive.parsers.people import CAPITAL, FULL, NAME, WORDS, People, role_in
from archive.parsers.speech_words import HAS_SAID, OFFICES, SAYS, TO_SAY

# « , 58 ans, » may stand between a name and what its bearer is.
_AGE: Final = r"(?:,\s\d{1,3}\sans)?"
_ROLE: Final = (
    rf"{_AGE}(?:,\s(?P<role>{WORDS}[^,:;.!?»”\n]{{2,90}})|\s\((?P<aside>{WORDS}[^():;!?»”\n]{{2,90}})\))"
)
# « la gérante », « le directeur de l’union », before a name or alone.
_OFFICE: Final = r"(?P<office>(?:l[ea]s?\s|l[’']|une?\s|son\s|sa\s|notre\s)[^,:;.!?»”«\n]{2,80}?)"
_THE_OFFICE: Final = _OFFICE.replace("(?:l", "(?:[Ll]", 1).replace("|l[’']|u", "|[Ll][’']|[Uu]", 1)
_TO_WHOM: Final = r"(?:(?:nous|vous|lui|leur|en|y|le|la)\s|l[’'])*"
_SPEAKS: Final = rf"{_TO_WHOM}(?:{SAYS})\b"
_SOON: Final = (
    r"[^:.!?«»\n]{0,120}:\s?$"  # what may stand between the verb and the colon before the quotation
)
_BEGINS: Final = r"(?:^|\n|[.!?…»]\s)"
_HOW: Final = (
    r"(?:(?:aussi|ainsi|encore|alors|déjà|volontiers|d[’']emblée|\w+ment|(?:pour|de)\s(?:sa|son|leur)\s(?:part|côté)"
    r"|avec\s\w+|en\s\w+ant)\s){0,2}"
)
_THEN: Final = r"\s?[,–—-]?\s?"

_AFTER: Final = (
    ("pronoun", rf"{_THEN}(?:{SAYS})(?:-t)?-(?P<pronoun>il|elle|ils|elles|on)\b"),
    ("pronoun", rf"{_THEN}(?:a-t|ont|avait|s[’']est)-(?P<pronoun>il|elle|ils|elles)\s{HAS_SAID}"),
    (
        "after_verb",
        rf"{_THEN}(?:{SAYS})\s{_HOW}(?P<name>{NAME}){_ROLE}?",
    ),
    ("after_verb", rf"{_THEN}(?:{SAYS})\s{_HOW}{_OFFICE},?\s(?P<name>{FULL})"),
    ("after_verb", rf"{_THEN}(?:{SAYS})\s{_HOW}(?P<first>{CAPITAL})(?=[\s,.;:!?»]|$){_ROLE}?"),
    ("after_verb", rf"{_THEN}(?:{SAYS})\s{_HOW}{_OFFICE},\s(?P<first>{CAPITAL})(?=[.,;:!?»]|$)"),
    ("office", rf"{_THEN}(?:{SAYS})\s{_HOW}{_OFFICE}(?=[,:;.!?»”\n]|$)"),
    ("according_to", rf"\s?,?\s?(?:selon|d[’']après)\s(?P<name>{NAME}){_ROLE}?"),
    ("pronoun", r"\s?,?\s?(?:selon|d[’']après)\s(?P<pronoun>elle|lui|elles|eux)\b"),
    ("signature", rf"\s?[.]?\s?(?:\n|[–—-]\s?|\()\s?(?P<name>{FULL}){_ROLE}?\s?\)?(?=\n|$|\.)"),
)
_BEFORE: Final = (
    ("to_say", rf"(?P<name>{NAME}){_ROLE}?,?\s(?:de\s|d[’'])(?:{TO_SAY})[^:.!?«»\n]{{0,60}}:\s?$"),
    (
        "for",
        r"(?:\b[Pp]our|\b[Ss]elon|\b[Dd][’']après|[Cc]omme\sl[e’']\s?(?:dit|souligne|rappelle|explique|résume))"
        rf"\s(?P<name>{NAME}){_ROLE}?\s?(?:[,:]|,[^:.!?«»\n]{{2,120}}:)\s?$",
    ),
    ("pronoun", r"(?:\b[Ss]elon|\b[Dd][’']après)\s(?P<pronoun>elle|lui|elles|eux)\s?[,:]\s?$"),
    ("before_verb", rf"{_THE_OFFICE},?\s(?P<name>{FULL}),?\s{_SPEAKS}{_SOON}"),
    ("before_verb", rf"(?P<name>{NAME}){_ROLE}?(?:,[^,:.!?«»\n]{{2,60}})?,?\s{_SPEAKS}{_SOON}"),
    ("pronoun", rf"\b(?P<pronoun>[Ii]l|[Ee]lle|[Ii]ls|[Ee]lles)\s{_SPEAKS}{_SOON}"),
    ("pronoun", rf"\b(?:{SAYS})(?:-t)?-(?P<pronoun>il|elle|ils|elles)\b[^:.!?«»\n]{{0,60}}:\s?$"),
    ("after_verb", rf"\b(?:{SAYS})\s(?P<name>{NAME}){_ROLE}?\s?:\s?$"),
    ("office", rf"{_BEGINS}{_THE_OFFICE}\s{_SPEAKS}{_SOON}"),
    ("name_and_colon", rf"{_BEGINS}(?P<name>{FULL}){_ROLE}?\s?:\s?$"),
    ("office", rf"{_BEGINS}{_THE_OFFICE}\s?:\s?$"),
    ("same_sentence", rf"{_BEGINS}{_THE_OFFICE},?\s(?P<name>{FULL}),?\s{_SPEAKS}[^.!?«»\n]{{0,160}}$"),
    ("same_sentence", rf"(?P<name>{NAME}){_ROLE}?,?\s{_SPEAKS}[^.!?«»\n]{{0,160}}$"),
    ("same_sentence", rf"\b[Ss]elon\s(?P<name>{NAME}){_ROLE}?,[^.!?«»\n]{{0,160}}$"),
    ("pronoun", rf"\b(?P<pronoun>[Ii]l|[Ee]lle)\s{_SPEAKS}[^.!?«»\n]{{0,100}}$"),
    ("pronoun", rf"{_BEGINS}(?P<pronoun>Il|Elle)\s(?!s[’']agit|y\sa|faut)[^:.!?«»\n]{{3,90}}:\s?$"),
    ("office", rf"{_BEGINS}{_THE_OFFICE}\sse\s(?:veut|montre|dit)\s[^:.!?«»\n]{{3,40}}:\s?$"),
)
# « Nous sommes prêts, assure Luce Marin, gérante, et nous irons. »
_INSIDE: Final = (
    ("pronoun", rf",\s(?:{SAYS})(?:-t)?-(?P<pronoun>il|elle)\b"),
    ("inside", rf",\s(?:{SAYS})\s(?P<name>{NAME})(?:{_ROLE}|(?=[,.!?;]))"),
    ("office", rf",\s(?:{SAYS})\s{_OFFICE}(?=[,.!?;])"),
)
_AFTER_PATTERNS, _BEFORE_PATTERNS, _INSIDE_PATTERNS = (
    [(rule, re.compile(pattern)) for rule, pattern in rules] for rules in (_AFTER, _BEFORE, _INSIDE)
)
# Most need a colon before the quotation, and none has anything to find behind the end of a sentence.
_BEFORE_WITHOUT_COLON: Final = [
    (rule, pattern) for rule, pattern in _BEFORE_PATTERNS if not pattern.pattern.endswith(r":\s?$")
]
_STOPS: Final = frozenset(("", *".!?«»"))

_BEHIND, _AHEAD = 260, 220
_FARTHEST: Final = 2_500  # characters back to the person whom a pronoun stands for


@dataclass(frozen=True, slots=True)
class Speaker:
    """Who speaks, at ``start`` to ``end`` of the text; ``None`` where it has no name. ``role`` as written."""

    rule: str
    name: str | None = None
    start: int | None = None
    end: int | None = None
    role: str | None = None


def speaker(text: str, start: int, end: int, known: People) -> Speaker | None:
    """Return who says what stands in guillemets from ``start`` to ``end`` (both included), if that is told.

    What stands behind a quotation is nearer to it than what stands before.
    """
    after = text[end : end + _AHEAD]
    before = text[max(0, start - _BEHIND) : start]
    inner = text[start:end]
    for rule, match, shift in _matches(before, inner, after, start, end):
        found = _read(rule, match, shift, known)
        if found is not None:
            return found
    return None


def _matches(
    before: str, inner: str, after: str, start: int, end: int
) -> Iterator[tuple[str, re.Match[str], int]]:
    """Yield what tells the speaker, the surest first, with where in the text its offsets count from."""
    for rule, pattern in _AFTER_PATTERNS:
        if match := pattern.match(after):
            yield rule, match, end
    for rule, pattern in _INSIDE_PATTERNS:
        if match := pattern.search(inner):
            yield rule, match, start
    for rule, pattern in _patterns_before(before):
        if match := _last(pattern, before):
            yield rule, match, start - len(before)


def _patterns_before(before: str) -> Sequence[tuple[str, re.Pattern[str]]]:
    """Return the patterns that can end where these words do, at a quotation."""
    last = before.rstrip()[-1:]
    if last == ":":
        return _BEFORE_PATTERNS
    return () if last in _STOPS else _BEFORE_WITHOUT_COLON


def _last(pattern: re.Pattern[str], before: str) -> re.Match[str] | None:
    """Return the match that ends at the quotation and begins nearest to it."""
    found, at = None, 0
    while match := pattern.search(before, at):
        at = match.start() + 1
        if found is None or _name_end(match) != _name_end(
            found
        ):  # « Le Goff » is no other than « Yves Le Goff »
            found = match
    return found


def _name_end(match: re.Match[str]) -> int:
    return match.end("name") if "name" in match.re.groupindex else match.start()


def _read(rule: str, match: re.Match[str], shift: int, known: People) -> Speaker | None:
    groups = match.groupdict()
    if groups.get("pronoun"):
        return _for_pronoun(groups["pronoun"], shift + match.start(), known)
    office = groups.get("office")
    group = next((name for name in ("name", "first") if groups.get(name)), None)
    if group is None:
        return _for_office(office or "", shift + match.start(), known)
    role = role_in(groups.get("role")) or role_in(groups.get("aside")) or role_in(office)
    name, start, end = match[group], shift + match.start(group), shift + match.end(group)
    return Speaker(rule, name, start, end, role or known.role_of(name))


def _for_pronoun(pronoun: str, at: int, known: People) -> Speaker:
    """Return the last person named before, of the pronoun's gender where that is told; else nobody."""
    wants = pronoun.lower() in ("elle", "elles")
    for person in reversed([one for one in known.all if one.start < at]):
        if at - person.start > _FARTHEST:
            break
        if (is_woman := known.is_woman(person)) is None or is_woman == wants:
            role = person.role or known.role_of(person.name)
            return Speaker("pronoun", person.name, person.start, person.end, role)
    return Speaker("pronoun")


def _for_office(office: str, at: int, known: People) -> Speaker | None:
    """Return the person named before who holds this office, else the office alone; nobody for a thing."""
    word = OFFICES.search(office)
    if word is None:
        return None
    definite = re.match(r"l[ea]\s|l[’']", office, re.IGNORECASE) is not None
    for person in reversed([one for one in known.with_roles if one.start < at]):
        if definite and person.role and word.group().lower() in person.role.lower():
            return Speaker("office", person.name, person.start, person.end, person.role)
    return Speaker("office", role=role_in(office))
