"""Which known co-ops does a text name? Reads a co-op directory and finds its names and aliases in texts."""

import csv
import io
import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from itertools import accumulate
from pathlib import Path

import ahocorasick

from archive.errors import DirectoryError
from archive.gazetteer import department, department_by_name
from archive.models import CoopEntry, CoopMatch
from archive.parsers.words import Word, folded, words

COLUMNS = ("name", "form", "siren", "commune", "department", "website", "aliases")

_WORD = re.compile(r"[^\W_]+|&")
# A name never runs over one of these; a full stop counts only before a space (« Coop.fr » is one name).
_BREAK = re.compile(r"[\n,;:!?()«»“”\"|•]|\.\s")
# « ATELIER (L') » in alphabetical lists is « L'ATELIER ».
_TRAILING_ARTICLE = re.compile(r"^(?P<name>.+?)\s*\((?P<article>L['’]|Le|La|Les|L)\)$", re.IGNORECASE)
_NOT_DIGIT = re.compile(r"\D+")
# What « de » and « à » make of a name's article.
_CONTRACTED = {"le": ("du", "au"), "les": ("des", "aux")}
# Shorter words keep their final s: « bus », « gaz », « mas ».
_SHORTEST_PLURAL = 4


def read_csv(path: Path) -> tuple[list[CoopEntry], list[str]]:
    """Return the co-ops of a CSV file and what was wrong with it, one line « line 12: … » a problem.

    A row without a name is left out; a wrong SIREN or department is dropped and the rest of the row kept.
    Raises ``DirectoryError`` when the file cannot be read or has no column ``name``.
    """
    try:
        text = path.read_bytes().decode("utf-8-sig")
    except OSError as error:
        raise DirectoryError(f"{path}: {error.strerror}") from error
    except UnicodeDecodeError as error:
        raise DirectoryError(f"{path}: is not UTF-8 (byte {error.start})") from error
    rows = csv.DictReader(io.StringIO(text, newline=""), delimiter=_delimiter(text))
    if "name" not in (rows.fieldnames or ()):
        raise DirectoryError(f"{path}: line 1 names no column « name »")
    entries: list[CoopEntry] = []
    problems: list[str] = []
    for row in rows:
        entry, wrong = _entry(
            {
                key: (value or "").strip()
                for key, value in row.items()
                if isinstance(key, str) and not isinstance(value, list)
            }
        )
        problems.extend(f"line {rows.line_num}: {problem}" for problem in wrong)
        if entry:
            entries.append(entry)
    return entries, problems


def _delimiter(text: str) -> str:
    head = text.partition("\n")[0]
    return ";" if head.count(";") > head.count(",") else ","


def _entry(row: dict[str, str]) -> tuple[CoopEntry | None, list[str]]:
    problems = []
    if not (name := _natural(row["name"])):
        return None, ["no name, row left out"]
    siren: str | None = _NOT_DIGIT.sub("", row.get("siren", "")) or None
    if siren and not is_siren(siren):
        problems.append(f"SIREN « {row['siren']} » is wrong, left out")
        siren = None
    given = row.get("department", "")
    code = _department_code(given)
    if given and code is None:
        problems.append(f"unknown department « {given} », left out")
    aliases = tuple(alias.strip() for alias in row.get("aliases", "").split(";") if alias.strip())
    entry = CoopEntry(
        name=name,
        form=row.get("form") or None,
        siren=siren,
        commune=row.get("commune") or None,
        department=code,
        website=row.get("website") or None,
        aliases=aliases,
    )
    return entry, problems


def _natural(name: str) -> str:
    match = _TRAILING_ARTICLE.match(name)
    if match is None:
        return name
    article = match["article"].capitalize().replace("’", "'")
    return f"L'{match['name']}" if article in ("L'", "L") else f"{article} {match['name']}"


def _department_code(given: str) -> str | None:
    """Return the INSEE code of « 1 », « 01 », « 2a », « Ain »; ``None`` when there is no such department."""
    padded = given.upper().zfill(2)
    if department(padded):
        return padded
    named = department_by_name(given) if given else None
    return named.code if named else None


def is_siren(digits: str) -> bool:
    """Tell whether nine digits pass the Luhn check that every SIREN passes.

    >>> is_siren("732829320"), is_siren("732829321"), is_siren("12345")
    (True, False, False)
    """
    if len(digits) != 9 or not digits.isdecimal():
        return False
    doubled = (int(digit) * (1 + place % 2) for place, digit in enumerate(digits))
    return sum(number - 9 if number > 9 else number for number in doubled) % 10 == 0


class Directory:
    """The names and aliases of known co-ops, ready to be looked for."""

    def __init__(self, entries: Iterable[CoopEntry]) -> None:
        """Make the search automaton; 50,000 entries take about a second."""
        self.entries = tuple(entries)
        by_key: dict[str, list[CoopEntry]] = {}
        for entry in self.entries:
            for key in {_key(name) for name in (entry.name, *entry.aliases)} - {""}:
                by_key.setdefault(key, []).append(entry)
        self._automaton = ahocorasick.Automaton()
        for key, found in by_key.items():
            self._automaton.add_word(f" {key} ", (len(key), False, tuple(found)))
        for key, found in by_key.items():
            self._add_contracted(key, tuple(found))
        if by_key:
            self._automaton.make_automaton()

    def _add_contracted(self, key: str, entries: tuple[CoopEntry, ...]) -> None:
        """Add « du Grenier aux Cigales » and « au Grenier », which hold a name without its article.

        Only a capital tells it from « au grenier ».
        """
        article, _, rest = key.partition(" ")
        for contracted in _CONTRACTED.get(article, ()) if rest else ():
            if (word := f" {contracted} {rest} ") not in self._automaton:
                self._automaton.add_word(word, (len(rest), True, entries))

    def matches(self, text: str) -> Sequence[CoopMatch]:
        """Return the longest, non-overlapping whole-word matches in ``text``, in order.

        Case, accents, apostrophes, hyphens, plurals and « & » for « et » make no difference. « du Moulin » is
        « Le Moulin », read without the article.

        >>> directory = Directory([CoopEntry("Maille & Toile")])
        >>> [(m.start, m.end) for m in directory.matches("Chez MAILLE ET TOILE.")]
        [(5, 20)]
        """
        if not len(self._automaton):
            return ()
        found = words(text)
        haystack, places = _haystack(text, found)
        matches = []
        for last, (length, contracted, entries) in self._automaton.iter(haystack):
            first = found[bisect_left(places, last - length)]
            if first.capital or not contracted:
                end = found[bisect_left(places, last) - 1].end
                matches.append(CoopMatch(first.start, end, entries))
        return tuple(_longest(matches))


def _haystack(text: str, found: Sequence[Word]) -> tuple[str, list[int]]:
    """Return the folded words of ``text`` between spaces, and where in that each word begins."""
    if not found:
        return " ", []
    parts = [" "] * (2 * len(found) + 1)
    parts[1::2] = [_stem(word.folded) for word in found]
    for index, word in enumerate(found):
        if index and not word.glued:
            parts[2 * index] = _gap(text[found[index - 1].end : word.start])
    ends = list(accumulate(map(len, parts)))
    return "".join(parts), ends[:-1:2]


@lru_cache(maxsize=1 << 10)
def _gap(between: str) -> str:
    """Return what parts two words for the search: « et » for « & », a bar where no name goes on."""
    signs = []
    for place, part in enumerate(between.split("&")):
        signs += ["et"] if place else []
        signs += ["|"] if _BREAK.search(part) else []
    return f" {' '.join(signs)} " if signs else " "


@lru_cache(maxsize=1 << 16)
def _stem(word: str) -> str:
    """Return a folded word without its plural ending."""
    return word[:-1] if len(word) > _SHORTEST_PLURAL and word[-1] in "sx" else word


def _key(name: str) -> str:
    return " ".join("et" if part == "&" else _stem(folded(part)) for part in _WORD.findall(name))


def _longest(matches: list[CoopMatch]) -> Iterator[CoopMatch]:
    end = -1
    for match in sorted(matches, key=lambda m: (m.start, -m.end)):
        if match.start >= end:
            end = match.end
            yield match
