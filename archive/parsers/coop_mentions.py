"""Which mentions are of the same co-op, and what does the page say of it? From claims to mentions."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from archive.models import CoopEntry, CoopMention, DepartmentMention, Passage
from archive.parsers import coop_places
from archive.parsers.coop_names import Claim, Proper, bare, occurrences
from archive.parsers.known_coops import Known
from archive.parsers.words import Word

# Small words that differ between two spellings of one name, and what co-ops put before theirs.
_IGNORED = frozenset(("de", "du", "des", "d", "la", "le", "les", "l", "et", "ebs", "groupe", "coop"))
# « Gardiens de Rivières 34 »: a department after a long name; « Tempo 37 » is a name.
_GLUED_CODE = re.compile(r"^(?P<name>\S+(?:\s\S+){2,})\s(?P<code>0[1-9]|[1-8]\d|9[0-5])$")
# « EBS Le Relais », « Groupe Ici »: what a text leaves out the second time.
_GROUP = re.compile(r"^(?:EBS|Groupe)\s(?=\S{4,}|L)")
# « Oasis.coop » is « Oasis » when the page also says so.
_DOMAIN = ".coop"
# The first place of a text is its subject's.
_OPENING = 250


@dataclass(slots=True)
class Reading:
    """A passage, its words and names, its departments, and what is claimed or known of its names."""

    passage: Passage
    words: Sequence[Word]
    names: list[Proper]
    places: list[DepartmentMention]
    claims: list[Claim] = field(default_factory=list)
    known: list[Known] = field(default_factory=list)


@dataclass(slots=True)
class Coop:
    """All that a page says of one co-op; ``spellings`` are its names as tuples of folded words."""

    name: str
    forms: Counter[str] = field(default_factory=Counter)
    entry: CoopEntry | None = None
    listed: bool = False
    code: str | None = None
    spellings: set[tuple[str, ...]] = field(default_factory=set)


Occurrence = tuple[int, int, str, str]


def mentions(readings: Sequence[Reading]) -> Iterator[CoopMention]:
    """Yield a mention for every place where a co-op of the page is named."""
    named = _named(readings)
    keys = _merged(named)
    spans = [_occurrences(reading, named, keys) for reading in readings]
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


def _key(surface: str) -> str:
    kept = [word for word in bare(surface).split(" ") if word not in _IGNORED]
    return " ".join(kept) or bare(surface)


def _clean(surface: str) -> tuple[str, str | None]:
    """Return the name without what is glued to it, and the department code that was.

    >>> _clean("Gardiens de Rivières 34"), _clean("Tempo 37")
    (('Gardiens de Rivières', '34'), ('Tempo 37', None))
    """
    plain = surface.strip(" *_")
    match = _GLUED_CODE.match(plain)
    return (match["name"], match["code"]) if match else (plain, None)


def _named(readings: Sequence[Reading]) -> dict[str, Coop]:
    """Return the co-ops of the page by key, in the order in which they are met."""
    named: dict[str, Coop] = {}
    for reading in readings:
        for one in reading.known:
            coop = named.setdefault(_key(one.name), Coop(one.name, entry=one.entry, listed=True))
            coop.spellings.add(_spelling(reading.passage.text[one.start : one.end]))
    for reading in readings:
        for claim in reading.claims:
            _add(named, claim, reading)
    return named


def _add(named: dict[str, Coop], claim: Claim, reading: Reading) -> None:
    inside = next((one for one in reading.known if one.start < claim.end and claim.start < one.end), None)
    surface, code = _clean(reading.passage.text[claim.start : claim.end])
    coop = named.setdefault(_key(inside.name if inside else surface), Coop(surface, code=code))
    if claim.form:
        coop.forms[claim.form] += 1
    if inside is None:
        coop.spellings |= {_spelling(surface), _spelling(_GROUP.sub("", surface))}
        if coop.name.lower().endswith(_DOMAIN) and not surface.lower().endswith(_DOMAIN):
            coop.name = surface


def _merged(named: dict[str, Coop]) -> dict[str, str]:
    """Return the key under which each key is kept, and fold short names into long ones in ``named``.

    « La Fraternelle » is « La Fraternelle des gantiers » when the page gives both.
    """
    keys = {key: key for key in named}
    for short in list(named):
        longer = [key for key in named if key.startswith(f"{short} ") and len(short) > 3]
        if len(longer) == 1 and not named[short].listed:
            target = named[longer[0]]
            target.forms.update(named[short].forms)
            target.spellings |= named[short].spellings
            keys[short] = longer[0]
            del named[short]
    return keys


def _spelling(surface: str) -> tuple[str, ...]:
    return tuple(bare(surface).split(" "))


def _occurrences(reading: Reading, named: dict[str, Coop], keys: dict[str, str]) -> list[Occurrence]:
    """Return where a passage names its co-ops, in order, none over another: start, end, key, rule."""
    text = reading.passage.text
    fixed = [(one.start, one.end, _key(one.name), one.rule) for one in reading.known]
    claimed = []
    for claim in reading.claims:
        surface, _ = _clean(text[claim.start : claim.end])
        start = text.index(surface, claim.start)
        if (key := keys.get(_key(surface))) in named and key:
            claimed.append((start, start + len(surface), key, claim.rule))
    rules = {start: rule for start, _, _, rule in claimed}
    by_spelling = {spelling: key for key, coop in named.items() for spelling in coop.spellings}
    again = [
        (start, end, by_spelling[spelling], rules.get(start, "named_again"))
        for start, end, spelling in occurrences(text, reading.words, by_spelling)
    ]
    taken: list[Occurrence] = []
    for found in sorted([*claimed, *again], key=lambda found: found[0] - found[1]):
        if not any(found[0] < end and start < found[1] for start, end, _, _ in [*fixed, *taken]):
            taken.append(found)
    return sorted([*fixed, *taken])


def _form(coop: Coop) -> str | None:
    """Return the most telling form of the text, « Scop » before « coopérative », else the directory's."""
    precise = [form for form, _ in coop.forms.most_common() if form != "coopérative"]
    if precise:
        return precise[0]
    if coop.forms:
        return "coopérative"
    return coop.entry.form if coop.entry else None


def _departments(
    readings: Sequence[Reading], spans: list[list[Occurrence]], named: dict[str, Coop]
) -> dict[str, str]:
    """Return each co-op's department: beside its name, the directory's, or that of its page or sentences."""
    beside: dict[str, Counter[str]] = {key: Counter() for key in named}
    around: dict[str, Counter[str]] = {key: Counter() for key in named}
    used: set[int] = set()
    for reading, here in zip(readings, spans, strict=True):
        others = [(start, end) for start, end, _, _ in here]
        for start, end, key, _ in here:
            if place := coop_places.beside(reading.passage.text, start, end, reading.places, others):
                beside[key][place.code] += 1
                used.add(id(place))
    for reading, here in zip(readings, spans, strict=True):
        free = [mention for mention in reading.places if id(mention) not in used]
        for start, end, key, _ in here:
            if not beside[key] and (code := coop_places.in_sentence(reading.passage.text, start, end, free)):
                around[key][code] += 1
    first = next((key for here in spans for _, _, key, _ in here), None)
    lead = _lead(readings)
    titled = readings[0].passage.field == "title" and bool(spans[0])
    opening = next((m.code for m in readings[-1].places if m.start < _OPENING), None) if titled else None
    codes = {mention.code for reading in readings for mention in reading.places}
    titled = titled or len(named) == 1
    only = next(iter(codes)) if len(codes) == 1 and titled else None
    found: dict[str, str] = {}
    for key, coop in named.items():
        listed = coop.entry.department if coop.entry else None
        page = (lead or only or opening) if key == first else None
        if code := coop.code or _usual(beside[key]) or listed or page or _usual(around[key]):
            found[key] = code
    return found


def _lead(readings: Sequence[Reading]) -> str | None:
    """Return the department of the dateline: « Agen : … » in the title, « CHOLET. – » before the text."""
    for reading in readings:
        for mention in reading.places[:2]:
            if coop_places.is_dateline(reading.passage.text, mention):
                return mention.code
    return None


def _usual(codes: Counter[str]) -> str | None:
    return codes.most_common(1)[0][0] if codes else None
