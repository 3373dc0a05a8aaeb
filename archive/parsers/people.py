"""Whom does a text name, and as what? Persons are told by first name, office, title or a verb of saying."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Final

from archive.parsers.first_names import is_person, is_woman
from archive.parsers.speech_words import FEMININE, OFFICES, SAYS

# Words that begin a sentence with a capital and are no name.
_NO_NAME: Final = (
    r"(?!(?:Ils?|Elles?|On|Nous|Vous|Je|Les?|La|Une?|Des?|Du|Et|Mais|Pour|Selon|En|Aux?|Ces?|Cette|Cet|Son|Sa|Ses"
    r"|Leurs?|Notre|Nos|Dans|Avec|Depuis|Puis|Alors|Car|Si|Comme|Or|Donc|Enfin|Ainsi|Aujourd|Hier|Ici|Quand|Chez|Par"
    r"|Sur|Sous|Sans|Entre|Vers|Après|Avant|Lors|Même|Aussi|Déjà|Encore|Tous|Toutes?|Tout|Chaque|Plusieurs"
    r"|Interrogée?|Question)\b)"
)
# A word has an end: a name of sixty letters is none, and without one hostile texts would take minutes.
CAPITAL: Final = rf"(?:\b{_NO_NAME}[A-ZÀ-ÖØ-Þ][\w’'\-]{{0,60}}\w|\b[A-ZÀ-ÖØ-Þ]\.(?=\s?[A-ZÀ-ÖØ-Þ]))"
_PARTICLE: Final = r"(?:de\sla|de|du|des|d[’']|le|la|van|von|ben|el|al|da|dos|Le|La|De)"
_TITLE: Final = r"(?:(?:M\.|MM\.|Mme|Mlle|Monsieur|Madame|Dr|Docteur|Me|Maître|Pr)\s)"
FULL: Final = rf"(?:{_TITLE})?{CAPITAL}(?:\s(?:{_PARTICLE}\s?)?{CAPITAL}){{1,3}}"
NAME: Final = rf"(?:{FULL}|{_TITLE}{CAPITAL})"
WORDS: Final = r"(?!(?:qui|dont|où|et|mais|avant|lors|en|à|au|dans|pour|avec|sur|car|puis|quand)\b)[a-zà-ÿ«]"
_ARTICLE: Final = re.compile(
    r"^(?:aujourd[’']hui\s|désormais\s|alors\s)?(?:l[ea]s?\s|l[’']|une?\s|son\s|sa\s|notre\s)?", re.IGNORECASE
)
_LONGEST_NAME: Final = 120
_APPOSITION: Final = re.compile(rf"[A-ZÀ-ÖØ-Þ](?<!\w[A-ZÀ-ÖØ-Þ])[\w’'\-]{{1,{_LONGEST_NAME}}},\s(?={WORDS})")
_APPOSED: Final = re.compile(rf"(?P<name>{FULL}),\s(?P<role>{WORDS}[^,:;.!?«»”\n]{{2,90}})")
_COURTESY: Final = re.compile(rf"{_TITLE}(?:{CAPITAL}\s?){{1,3}}")
_NAMED: Final = re.compile(FULL)
_INITIAL: Final = re.compile("[A-ZÀ-ÖØ-Þ]")
_SAYS_AFTER: Final = re.compile(rf"(?P<name>{FULL})(?:,[^,.]{{2,90}},)?\s(?:{SAYS})\b")
_SAYS_BEFORE: Final = re.compile(rf"\b(?:{SAYS})\s$")
_LONGEST_VERB: Final = 120


@dataclass(frozen=True, slots=True)
class Person:
    """A person whom the text names, with the words that say what they are."""

    name: str
    start: int
    end: int
    role: str | None


class People:
    """The persons whom a text names, in order; looked for when somebody asks."""

    def __init__(self, text: str) -> None:
        """Begin with ``text``; nothing is read yet."""
        self._text = text

    @cached_property
    def with_roles(self) -> list[Person]:
        """Those whose name is followed by what they are: « Luce Marin, gérante »."""
        return [person for person in self._apposed if person.role]

    @cached_property
    def all(self) -> list[Person]:
        """All of them, one who is named in several ways at each of them."""
        text, found = self._text, list(self._apposed)
        found += [Person(text[start:end], start, end, None) for start, end in _saying(text, self._names)]
        for match in _COURTESY.finditer(text):
            name = match.group().strip()
            found.append(Person(name, match.start(), match.start() + len(name), None))
        for match in _apart(self._names):
            if is_person(match.group()):
                found.append(Person(match.group(), match.start(), match.end(), None))
        return sorted(found, key=lambda person: (person.start, person.role is None))

    def role_of(self, name: str) -> str | None:
        """Return what the text says elsewhere that the bearer of a name is."""
        return next((person.role for person in self.with_roles if _same(person.name, name)), None)

    def is_woman(self, person: Person) -> bool | None:
        """Say whether a person is a woman, ``None`` where neither title, first name nor role tells."""
        if person.name.startswith(("Mme", "Madame", "Mlle")):
            return True
        if person.name.startswith(("M.", "Monsieur")):
            return False
        if (told := is_woman(person.name)) is not None:
            return told
        roles = [one.role or "" for one in self.with_roles if _same(one.name, person.name)]
        word = next((found for role in roles if (found := OFFICES.search(role))), None)
        if word is None:
            return None
        if FEMININE.search(word.group()):
            return True
        return False if re.search(r"(?:eur|ier|er|ant|é|ien)s?$", word.group()) else None

    @cached_property
    def _names(self) -> list[re.Match[str]]:
        capitals = [match.start() for match in _INITIAL.finditer(self._text)]
        return [match for capital in capitals if (match := _NAMED.match(self._text, capital))]

    @cached_property
    def _apposed(self) -> list[Person]:
        return [
            Person(match["name"], match.start("name"), match.end("name"), role_in(match["role"]))
            for match in _followed(self._text)
            if is_person(match["name"]) or _holds_office(match["role"])
        ]


def _followed(text: str) -> Iterator[re.Match[str]]:
    """Yield the names behind which, after a comma, words stand that may say what their bearer is."""
    end = 0
    for comma in _APPOSITION.finditer(text):
        window = _INITIAL.finditer(text, max(end, comma.start() - _LONGEST_NAME), comma.end())
        matches = (_APPOSED.match(text, capital.start()) for capital in window)
        if (match := next(filter(None, matches), None)) is not None:
            end = match.end()
            yield match


def _apart(matches: Iterable[re.Match[str]]) -> Iterator[re.Match[str]]:
    """Yield the matches that overlap none before them."""
    end = 0
    for match in matches:
        if match.start() >= end:
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


def _same(one: str, other: str) -> bool:
    """Say whether two names may be those of one person: one holds the other, titles aside."""
    first, second = ({word for word in re.findall(r"\w+", name) if len(word) > 1} for name in (one, other))
    first, second = first - {"Mme", "Mlle"}, second - {"Mme", "Mlle"}
    return bool(first and second) and (first <= second or second <= first)


def role_in(text: str | None) -> str | None:
    """Return what a person is, without its article; ``None`` for words that name no office."""
    if not text or OFFICES.search(text) is None:
        return None
    bare = _ARTICLE.sub("", text.strip())
    return re.split(r"\s(?:qui|dont|où)\b", bare)[0].strip() or None
