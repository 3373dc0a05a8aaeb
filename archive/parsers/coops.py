"""Which co-ops does the page name? Those of the directory, and those that the text itself calls co-ops."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from archive.models import CoopDirectory, CoopEntry, CoopMention, DepartmentMention, Passage
from archive.parsers import coop_lists, coop_places, coop_rules
from archive.parsers.coop_forms import ANY_FORM, speaks_of_heating
from archive.parsers.coop_names import Proper, bare, plausible, proper_names
from archive.parsers.coop_rules import Claim
from archive.parsers.coop_subject import subjects
from archive.parsers.known_coops import Known, known
from archive.parsers.words import Word, words

# A page that says « Scop », « Scic » or « coopérative » this often is about co-ops.
_COOP_PAGE = 3


@dataclass(slots=True)
class Reading:
    """A passage, its words and names, its departments and what is claimed of its names."""

    passage: Passage
    words: list[Word]
    names: list[Proper]
    places: list[DepartmentMention]
    claims: list[Claim] = field(default_factory=list)
    known: list[Known] = field(default_factory=list)


def coops(
    passages: Sequence[Passage],
    departments: Sequence[DepartmentMention],
    directory: CoopDirectory | None = None,
    language: str | None = None,
) -> tuple[CoopMention, ...]:
    """Return every mention of a co-op, passage by passage, in the order of the text.

    ``departments`` are those of the same passages. A page in another language than French, or one on the SCOP
    of heat pumps, names no co-op. The same co-op bears the same name in all its mentions.

    >>> mentions = coops([Passage("text", "La Scop Bel Ouvrage grandit. Bel Ouvrage embauche.")], [])
    >>> [(m.name, m.form, m.start, m.rule) for m in mentions]
    [('Bel Ouvrage', 'Scop', 8, 'form_before'), ('Bel Ouvrage', 'Scop', 29, 'named_again')]
    """
    whole = "\n".join(passage.text for passage in passages)
    if language not in (None, "fr") or speaks_of_heating(whole):
        return ()
    readings = [_reading(passage, departments) for passage in passages]
    if directory:
        for reading, found in zip(
            readings, known([r.passage.text for r in readings], departments, directory), strict=True
        ):
            reading.known = found
    _claim(readings, len(ANY_FORM.findall(whole)) >= _COOP_PAGE)
    return tuple(_mentions(readings))


def _reading(passage: Passage, departments: Sequence[DepartmentMention]) -> Reading:
    found = words(passage.text)
    places = [mention for mention in departments if mention.field == passage.field]
    return Reading(passage, found, proper_names(passage.text, found), places)


def _claim(readings: list[Reading], coop_page: bool) -> None:
    """Fill in what is claimed of each reading's names."""
    explicit: list[str] = []
    for reading in readings:
        text = reading.passage.text
        found = [*coop_rules.claims(text, reading.names), *coop_lists.claims(text, reading.places, coop_page)]
        reading.claims = [claim for claim in found if plausible(text[claim.start : claim.end])]
        explicit += [bare(text[claim.start : claim.end]) for claim in reading.claims]
        explicit += [bare(one.name) for one in reading.known]
    texts = [reading.passage.text for reading in readings]
    for number, claim in subjects(texts, [reading.names for reading in readings], explicit):
        readings[number].claims.append(claim)


@dataclass(slots=True)
class Coop:
    """All that a page says of one co-op; ``spellings`` are its names as tuples of folded words."""

    name: str
    forms: Counter[str] = field(default_factory=Counter)
    entry: CoopEntry | None = None
    listed: bool = False
    spellings: set[tuple[str, ...]] = field(default_factory=set)


# Small words that differ between two spellings of one name, and what co-ops put before theirs.
_IGNORED = frozenset(("de", "du", "des", "d", "la", "le", "les", "l", "et", "ebs", "groupe"))


def _key(surface: str) -> str:
    kept = [word for word in bare(surface).split(" ") if word not in _IGNORED]
    return " ".join(kept) or bare(surface)


def _mentions(readings: list[Reading]) -> Iterator[CoopMention]:
    named = _named(readings)
    spans = [_occurrences(reading, named) for reading in readings]
    codes = _departments(readings, spans, named)
    for reading, here in zip(readings, spans, strict=True):
        for start, end, key, rule in here:
            coop = named[key]
            yield CoopMention(
                name=coop.name,
                form=_form(coop),
                department=codes.get(key),
                siren=coop.entry.siren if coop.entry else None,
                status="directory" if coop.listed else "discovered",
                surface=reading.passage.text[start:end],
                start=start,
                end=end,
                rule=rule,
                field=reading.passage.field,
            )


def _form(coop: Coop) -> str | None:
    """Return the most telling form that the text gives, else the directory's: « Scop » says more than « coopérative »."""
    precise = [form for form, _ in coop.forms.most_common() if form != "coopérative"]
    if precise:
        return precise[0]
    if coop.forms:
        return "coopérative"
    return coop.entry.form if coop.entry else None


def _named(readings: list[Reading]) -> dict[str, Coop]:
    """Return the co-ops of the page by key, in the order in which they are met."""
    named: dict[str, Coop] = {}
    for reading in readings:
        for one in reading.known:
            coop = named.setdefault(_key(one.name), Coop(one.name, entry=one.entry, listed=True))
            coop.spellings.add(_spelling(reading.passage.text[one.start : one.end]))
    for reading in readings:
        text = reading.passage.text
        for claim in reading.claims:
            inside = next(
                (one for one in reading.known if one.start < claim.end and claim.start < one.end), None
            )
            surface = text[claim.start : claim.end].strip(" *_")
            coop = named.setdefault(_key(inside.name if inside else surface), Coop(surface))
            if claim.form:
                coop.forms[claim.form] += 1
            if inside is None:
                coop.spellings.add(_spelling(surface))
    return named


def _spelling(surface: str) -> tuple[str, ...]:
    return tuple(bare(surface).split(" "))


Occurrence = tuple[int, int, str, str]


def _occurrences(reading: Reading, named: dict[str, Coop]) -> list[Occurrence]:
    """Return where a passage names its co-ops, in order, none over another: start, end, key, rule."""
    text = reading.passage.text
    fixed = [(one.start, one.end, _key(one.name), one.rule) for one in reading.known]
    rules = {claim.start: claim.rule for claim in reading.claims}
    again = [
        (start, end, key, rules.get(start, "named_again"))
        for start, end, key in _spelled(text, reading.words, named)
    ]
    claimed = [
        (claim.start, claim.end, _key(text[claim.start : claim.end]), claim.rule)
        for claim in reading.claims
        if _key(text[claim.start : claim.end]) in named
    ]
    taken: list[Occurrence] = []
    for start, end, key, rule in sorted([*claimed, *again], key=lambda found: found[0] - found[1]):
        if not any(start < b and a < end for a, b, _, _ in [*fixed, *taken]):
            taken.append((start, end, key, rule))
    return sorted([*fixed, *taken])


def _spelled(text: str, found: list[Word], named: dict[str, Coop]) -> Iterator[tuple[int, int, str]]:
    """Yield every place where a spelling of a co-op's name stands, with its capital."""
    by_first: dict[str, list[tuple[tuple[str, ...], str]]] = {}
    for key, coop in named.items():
        for spelling in coop.spellings:
            by_first.setdefault(spelling[0], []).append((spelling, key))
    for index, word in enumerate(found):
        for spelling, key in by_first.get(word.folded, ()):
            last = index + len(spelling)
            if tuple(w.folded for w in found[index:last]) != spelling or not (
                word.capital or word.folded.isdigit()
            ):
                continue
            if "\n" in text[word.start : found[last - 1].end] or not _stands_alone(text, found, index, last):
                continue
            start = _with_article(text, found, index)
            yield start, found[last - 1].end, key


def _stands_alone(text: str, found: list[Word], index: int, last: int) -> bool:
    """Tell whether the words are no part of a longer name, of an address or of a common phrase."""
    after = found[last] if last < len(found) else None
    if (
        after
        and after.glued
        and after.capital
        and after.folded not in ("scop", "scic", "sas", "sarl", "sa", "cae", "et")
    ):
        return False
    if text[found[last - 1].end : found[last - 1].end + 1] in ("@", "_"):
        return False
    before = found[index - 1] if index else None
    if last - index > 1 or before is None or not found[index].glued or not before.capital:
        return True
    return before.folded in (
        "la",
        "le",
        "les",
        "l",
        "scop",
        "scic",
        "cae",
        "chez",
        "a",
        "de",
        "d",
        "pour",
        "avec",
        "et",
        "cooperative",
    )


def _with_article(text: str, found: list[Word], index: int) -> int:
    """Return where the name begins when a capital article before it belongs to it: « La Bernique »."""
    before = found[index - 1] if index else None
    if before and found[index].glued and before.capital and before.folded in ("la", "le", "les", "l"):
        return before.start
    return found[index].start


def _departments(
    readings: list[Reading], spans: list[list[Occurrence]], named: dict[str, Coop]
) -> dict[str, str]:
    """Return the department of each co-op: beside its name, else the directory's, else that of its sentences."""
    beside: dict[str, Counter[str]] = {key: Counter() for key in named}
    around: dict[str, Counter[str]] = {key: Counter() for key in named}
    for reading, here in zip(readings, spans, strict=True):
        others = [(start, end) for start, end, _, _ in here]
        for start, end, key, _ in here:
            text = reading.passage.text
            if code := coop_places.beside(text, start, end, reading.places, others):
                beside[key][code] += 1
            elif code := coop_places.in_sentence(text, start, end, reading.places):
                around[key][code] += 1
    page = {mention.code for reading in readings for mention in reading.places}
    only = next(iter(page)) if len(page) == 1 and len(named) == 1 else None
    found: dict[str, str] = {}
    for key, coop in named.items():
        listed = coop.entry.department if coop.entry else None
        if code := _usual(beside[key]) or listed or _usual(around[key]) or only:
            found[key] = code
    return found


def _usual(codes: Counter[str]) -> str | None:
    return codes.most_common(1)[0][0] if codes else None
