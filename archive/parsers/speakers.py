"""Who says this? By what stands around: a verb of saying and its subject, « selon », a signature."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from archive.parsers.first_names import is_person, is_woman
from archive.parsers.speech_words import FEMININE, HAS_SAID, OFFICES, SAYS, TO_SAY

# Words that begin a sentence with a capital and are no name.
_NO_NAME: Final = (
    r"(?!(?:Ils?|Elles?|On|Nous|Vous|Je|Les?|La|Une?|Des?|Du|Et|Mais|Pour|Selon|En|Aux?|Ces?|Cette|Cet|Son|Sa|Ses"
    r"|Leurs?|Notre|Nos|Dans|Avec|Depuis|Puis|Alors|Car|Si|Comme|Or|Donc|Enfin|Ainsi|Aujourd|Hier|Ici|Quand|Chez|Par"
    r"|Sur|Sous|Sans|Entre|Vers|Après|Avant|Lors|Même|Aussi|Déjà|Encore|Tous|Toutes?|Tout|Chaque|Plusieurs"
    r"|Interrogée?|Question)\b)"
)
_CAPITAL: Final = rf"(?:\b{_NO_NAME}[A-ZÀ-ÖØ-Þ][\w’'\-]*\w|\b[A-ZÀ-ÖØ-Þ]\.(?=\s?[A-ZÀ-ÖØ-Þ]))"
_PARTICLE: Final = r"(?:de\sla|de|du|des|d[’']|le|la|van|von|ben|el|al|da|dos|Le|La|De)"
_TITLE: Final = r"(?:(?:M\.|MM\.|Mme|Mlle|Monsieur|Madame|Dr|Docteur|Me|Maître|Pr)\s)"
_FULL: Final = rf"(?:{_TITLE})?{_CAPITAL}(?:\s(?:{_PARTICLE}\s?)?{_CAPITAL}){{1,3}}"
_NAME: Final = rf"(?:{_FULL}|{_TITLE}{_CAPITAL})"
# « , 58 ans, » may stand between a name and what its bearer is.
_AGE: Final = r"(?:,\s\d{1,3}\sans)?"
_WORDS: Final = r"(?!(?:qui|dont|où|et|mais|avant|lors|en|à|au|dans|pour|avec|sur|car|puis|quand)\b)[a-zà-ÿ«]"
_ROLE: Final = (
    rf"{_AGE}(?:,\s(?P<role>{_WORDS}[^,:;.!?»”\n]{{2,90}})|\s\((?P<aside>{_WORDS}[^():;!?»”\n]{{2,90}})\))"
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
        rf"{_THEN}(?:{SAYS})\s{_HOW}(?P<name>{_NAME}){_ROLE}?",
    ),
    ("after_verb", rf"{_THEN}(?:{SAYS})\s{_HOW}{_OFFICE},?\s(?P<name>{_FULL})"),
    ("after_verb", rf"{_THEN}(?:{SAYS})\s{_HOW}(?P<first>{_CAPITAL})(?=[\s,.;:!?»]|$){_ROLE}?"),
    ("after_verb", rf"{_THEN}(?:{SAYS})\s{_HOW}{_OFFICE},\s(?P<first>{_CAPITAL})(?=[.,;:!?»]|$)"),
    ("office", rf"{_THEN}(?:{SAYS})\s{_HOW}{_OFFICE}(?=[,:;.!?»”\n]|$)"),
    ("according_to", rf"\s?,?\s?(?:selon|d[’']après)\s(?P<name>{_NAME}){_ROLE}?"),
    ("pronoun", r"\s?,?\s?(?:selon|d[’']après)\s(?P<pronoun>elle|lui|elles|eux)\b"),
    ("signature", rf"\s?[.]?\s?(?:\n|[–—-]\s?|\()\s?(?P<name>{_FULL}){_ROLE}?\s?\)?(?=\n|$|\.)"),
)
_BEFORE: Final = (
    ("to_say", rf"(?P<name>{_NAME}){_ROLE}?,?\s(?:de\s|d[’'])(?:{TO_SAY})[^:.!?«»\n]{{0,60}}:\s?$"),
    (
        "for",
        r"(?:\b[Pp]our|\b[Ss]elon|\b[Dd][’']après|[Cc]omme\sl[e’']\s?(?:dit|souligne|rappelle|explique|résume))"
        rf"\s(?P<name>{_NAME}){_ROLE}?\s?(?:[,:]|,[^:.!?«»\n]{{2,120}}:)\s?$",
    ),
    ("pronoun", r"(?:\b[Ss]elon|\b[Dd][’']après)\s(?P<pronoun>elle|lui|elles|eux)\s?[,:]\s?$"),
    ("before_verb", rf"{_THE_OFFICE},?\s(?P<name>{_FULL}),?\s{_SPEAKS}{_SOON}"),
    ("before_verb", rf"(?P<name>{_NAME}){_ROLE}?(?:,[^,:.!?«»\n]{{2,60}})?,?\s{_SPEAKS}{_SOON}"),
    ("pronoun", rf"\b(?P<pronoun>[Ii]l|[Ee]lle|[Ii]ls|[Ee]lles)\s{_SPEAKS}{_SOON}"),
    ("pronoun", rf"\b(?:{SAYS})(?:-t)?-(?P<pronoun>il|elle|ils|elles)\b[^:.!?«»\n]{{0,60}}:\s?$"),
    ("after_verb", rf"\b(?:{SAYS})\s(?P<name>{_NAME}){_ROLE}?\s?:\s?$"),
    ("office", rf"{_BEGINS}{_THE_OFFICE}\s{_SPEAKS}{_SOON}"),
    ("name_and_colon", rf"{_BEGINS}(?P<name>{_FULL}){_ROLE}?\s?:\s?$"),
    ("office", rf"{_BEGINS}{_THE_OFFICE}\s?:\s?$"),
    ("same_sentence", rf"{_BEGINS}{_THE_OFFICE},?\s(?P<name>{_FULL}),?\s{_SPEAKS}[^.!?«»\n]{{0,160}}$"),
    ("same_sentence", rf"(?P<name>{_NAME}){_ROLE}?,?\s{_SPEAKS}[^.!?«»\n]{{0,160}}$"),
    ("same_sentence", rf"\b[Ss]elon\s(?P<name>{_NAME}){_ROLE}?,[^.!?«»\n]{{0,160}}$"),
    ("pronoun", rf"\b(?P<pronoun>[Ii]l|[Ee]lle)\s{_SPEAKS}[^.!?«»\n]{{0,100}}$"),
    ("pronoun", rf"{_BEGINS}(?P<pronoun>Il|Elle)\s(?!s[’']agit|y\sa|faut)[^:.!?«»\n]{{3,90}}:\s?$"),
    ("office", rf"{_BEGINS}{_THE_OFFICE}\sse\s(?:veut|montre|dit)\s[^:.!?«»\n]{{3,40}}:\s?$"),
)
# « Nous sommes prêts, assure Luce Marin, gérante, et nous irons. »
_INSIDE: Final = (
    ("pronoun", rf",\s(?:{SAYS})(?:-t)?-(?P<pronoun>il|elle)\b"),
    ("inside", rf",\s(?:{SAYS})\s(?P<name>{_NAME})(?:{_ROLE}|(?=[,.!?;]))"),
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

_ARTICLE: Final = re.compile(
    r"^(?:aujourd[’']hui\s|désormais\s|alors\s)?(?:l[ea]s?\s|l[’']|une?\s|son\s|sa\s|notre\s)?", re.IGNORECASE
)
_BEHIND, _AHEAD = 260, 220
_FARTHEST: Final = 2_500  # characters back to the person whom a pronoun stands for
_APPOSED: Final = re.compile(rf"(?P<name>{_FULL}),\s(?P<role>{_WORDS}[^,:;.!?«»”\n]{{2,90}})")
_COURTESY: Final = re.compile(rf"{_TITLE}(?:{_CAPITAL}\s?){{1,3}}")
_NAMED: Final = re.compile(_FULL)
_INITIAL: Final = re.compile("[A-ZÀ-ÖØ-Þ]")
_SAYS_AFTER: Final = re.compile(rf"(?P<name>{_FULL})(?:,[^,.]{{2,90}},)?\s(?:{SAYS})\b")
_SAYS_BEFORE: Final = re.compile(rf"\b(?:{SAYS})\s$")
_LONGEST_VERB: Final = 120


@dataclass(frozen=True, slots=True)
class Speaker:
    """Who speaks, at ``start`` to ``end`` of the text; ``None`` where it has no name. ``role`` as written."""

    rule: str
    name: str | None = None
    start: int | None = None
    end: int | None = None
    role: str | None = None


@dataclass(frozen=True, slots=True)
class Person:
    """A person whom the text names, with the words that say what they are."""

    name: str
    start: int
    end: int
    role: str | None


def people(text: str) -> list[Person]:
    """Return where the text names persons (by first name, office, title, verb of saying), in order."""
    names = [match for capital in _INITIAL.finditer(text) if (match := _NAMED.match(text, capital.start()))]
    found = [
        Person(match["name"], match.start("name"), match.end("name"), _role(match["role"]))
        for match in _apart(_APPOSED.match(text, name.start()) for name in names)
        if is_person(match["name"]) or _holds_office(match["role"])
    ]
    found += [Person(text[start:end], start, end, None) for start, end in _saying(text, names)]
    for match in _COURTESY.finditer(text):
        name = match.group().strip()
        found.append(Person(name, match.start(), match.start() + len(name), None))
    found += [
        Person(match.group(), match.start(), match.end(), None)
        for match in _apart(names)
        if is_person(match.group())
    ]
    return sorted(found, key=lambda person: (person.start, person.role is None))


def _apart(matches: Iterable[re.Match[str] | None]) -> Iterator[re.Match[str]]:
    """Yield the matches that overlap none before them."""
    end = 0
    for match in matches:
        if match is not None and match.start() >= end:
            end = match.end()
            yield match


def _saying(text: str, names: Iterable[re.Match[str]]) -> Iterator[tuple[int, int]]:
    """Yield where the names begin and end beside which a verb of saying stands; each verb has one name."""
    at = 0
    for name in names:
        start, end = name.span()
        if start < at:
            continue
        if _SAYS_BEFORE.search(text, max(at, start - _LONGEST_VERB), start):
            at = end
            yield start, end
        elif match := _SAYS_AFTER.match(text, start):
            at = match.end()
            yield match.span("name")


def _holds_office(role: str) -> bool:
    """Say whether words behind a name begin with an office: no « coopérative de onze éleveurs »."""
    return OFFICES.search(" ".join(role.split()[:3])) is not None


def speaker(text: str, start: int, end: int, known: Sequence[Person]) -> Speaker | None:
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


def _read(rule: str, match: re.Match[str], shift: int, known: Sequence[Person]) -> Speaker | None:
    groups = match.groupdict()
    if groups.get("pronoun"):
        return _for_pronoun(groups["pronoun"], shift + match.start(), known)
    office = groups.get("office")
    group = next((name for name in ("name", "first") if groups.get(name)), None)
    if group is None:
        return _for_office(office or "", shift + match.start(), known)
    role = _role(groups.get("role")) or _role(groups.get("aside")) or _role(office)
    name, start, end = match[group], shift + match.start(group), shift + match.end(group)
    earlier = next((person for person in known if person.role and _same(person.name, name)), None)
    return Speaker(rule, name, start, end, role or (earlier.role if earlier else None))


def _for_pronoun(pronoun: str, at: int, known: Sequence[Person]) -> Speaker:
    """Return the last person named before, of the pronoun's gender where that is told; else nobody."""
    wants = pronoun.lower() in ("elle", "elles")
    for person in reversed([one for one in known if one.start < at]):
        if at - person.start > _FARTHEST:
            break
        if (is_woman := _is_woman(person, known)) is None or is_woman == wants:
            role = person.role or next(
                (one.role for one in known if one.role and _same(one.name, person.name)), None
            )
            return Speaker("pronoun", person.name, person.start, person.end, role)
    return Speaker("pronoun")


def _for_office(office: str, at: int, known: Sequence[Person]) -> Speaker | None:
    """Return the person named before who holds this office, else the office alone; nobody for a thing."""
    word = OFFICES.search(office)
    if word is None:
        return None
    definite = re.match(r"l[ea]\s|l[’']", office, re.IGNORECASE) is not None
    for person in reversed([one for one in known if one.start < at and one.role]):
        if definite and person.role and word.group().lower() in person.role.lower():
            return Speaker("office", person.name, person.start, person.end, person.role)
    return Speaker("office", role=_role(office))


def _is_woman(person: Person, known: Sequence[Person]) -> bool | None:
    if person.name.startswith(("Mme", "Madame", "Mlle")):
        return True
    if person.name.startswith(("M.", "Monsieur")):
        return False
    if (told := is_woman(person.name)) is not None:
        return told
    roles = (one.role for one in known if one.role and _same(one.name, person.name))
    word = next((found for role in roles if (found := OFFICES.search(role))), None)
    if word is None:
        return None
    if FEMININE.search(word.group()):
        return True
    return False if re.search(r"(?:eur|ier|er|ant|é|ien)s?$", word.group()) else None


def _same(one: str, other: str) -> bool:
    """Say whether two names may be those of one person: one holds the other, titles aside."""
    first, second = ({word for word in re.findall(r"\w+", name) if len(word) > 1} for name in (one, other))
    first, second = first - {"Mme", "Mlle"}, second - {"Mme", "Mlle"}
    return bool(first and second) and (first <= second or second <= first)


def _role(text: str | None) -> str | None:
    """Return what a person is, without its article; ``None`` for words that name no office."""
    if not text or OFFICES.search(text) is None:
        return None
    bare = _ARTICLE.sub("", text.strip())
    return re.split(r"\s(?:qui|dont|où)\b", bare)[0].strip() or None
