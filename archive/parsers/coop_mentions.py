"""Which mentions are of the same co-op, and what does the page say of it? From claims to mentions."""

import re
from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache

from archive.models import CoopMention, CoopStatus
from archive.parsers import coop_confidence
from archive.parsers.coop_departments import departments
from archive.parsers.coop_keys import key as coop_key
from archive.parsers.coop_names import Claim, bare, occurrences
from archive.parsers.coop_reading import Coop, Occurrence, Reading
from archive.parsers.known_coops import Known

# « Gardiens de Rivières 34 »: a department after a long name; « Tempo 37 » is a name.
_GLUED_CODE = re.compile(r"^(?P<name>\S+(?:\s\S+){2,})\s(?P<code>0[1-9]|[1-8]\d|9[0-5])$")
# In a list, a line is the name as it stands: « Peintures et Couleurs 81 ».
_WHOLE_LINES = ("announced_list", "labelled_line")
# « EBS Le Relais », « Groupe Ici »: what a text leaves out the second time.
_GROUP = re.compile(r"^(?:EBS|Groupe)\s(?=\S{4,}|L)")
# « Oasis.coop » is « Oasis » when the page also says so.
_DOMAIN = ".coop"


def mentions(readings: Sequence[Reading]) -> Iterator[CoopMention]:
    """Yield a mention for every place where a co-op of the page is named."""
    named = _named(readings)
    keys = _merged(named)
    spellings = {spelling: key for key, coop in named.items() for spelling in coop.spellings}
    spans = [_occurrences(reading, spellings, keys) for reading in readings]
    codes = departments(readings, spans, named)
    rules: dict[str, set[str]] = {key: set() for key in named}
    for one in (one for here in spans for one in here):
        rules[one.key].add(one.rule)
    forms = {key: _form(coop) for key, coop in named.items()}
    for reading, here in zip(readings, spans, strict=True):
        for start, end, key, rule in here:
            coop = named[key]
            yield CoopMention(
                name=coop.name,
                form=forms[key],
                department=codes.get(key),
                siren=coop.entry.siren if coop.entry else None,
                status=_status(coop),
                surface=reading.passage.text[start:end],
                start=start,
                end=end,
                rule=rule,
                field=reading.passage.field,
                confidence=coop_confidence.of(rule, rules[key]),
            )


@lru_cache(maxsize=1 << 14)
def _clean(surface: str, rule: str = "") -> tuple[str, str | None]:
    """Return the name without what is glued to it, and the department code that was.

    >>> _clean("Gardiens de Rivières 34"), _clean("Tempo 37")
    (('Gardiens de Rivières', '34'), ('Tempo 37', None))
    """
    plain = surface.strip(" *_")
    match = None if rule in _WHOLE_LINES else _GLUED_CODE.match(plain)
    return (match["name"], match["code"]) if match else (plain, None)


def _named(readings: Sequence[Reading]) -> dict[str, Coop]:
    """Return the co-ops of the page by key, in the order in which they are met."""
    named: dict[str, Coop] = {}
    for reading in readings:
        for one in reading.known:
            if (coop := named.get(key := coop_key(one.name))) is None:
                coop = named[key] = Coop(one.name, entry=one.entry, listed=True)
            coop.spellings.add(tuple(bare(reading.passage.text[one.start : one.end]).split(" ")))
    for reading in readings:
        for claim in reading.claims:
            _add(named, claim, reading)
    return named


def _add(named: dict[str, Coop], claim: Claim, reading: Reading) -> None:
    inside = _known_inside(reading, claim)
    surface, code = _clean(reading.passage.text[claim.start : claim.end], claim.rule)
    key = coop_key(inside.name if inside else surface)
    if (coop := named.get(key)) is None:
        coop = named[key] = Coop(surface, code=code)
    if claim.form:
        coop.forms[claim.form] += 1
    if inside is None:
        coop.spellings |= _spellings(surface)
        if coop.name.lower().endswith(_DOMAIN) and not surface.lower().endswith(_DOMAIN):
            coop.name = surface


def _known_inside(reading: Reading, claim: Claim) -> Known | None:
    """Return the directory name that a claim overlaps; the known names are in order and apart."""
    place = bisect_right(reading.known, claim.start, key=lambda one: one.end)
    one = reading.known[place] if place < len(reading.known) else None
    return one if one and one.start < claim.end else None


def _merged(named: dict[str, Coop]) -> dict[str, str]:
    """Return the key under which each key is kept, and fold short names into long ones in ``named``.

    « La Fraternelle » is « La Fraternelle des gantiers » when the page gives both.
    """
    keys = {key: key for key in named}
    for short in list(named):
        opening = f"{short} "
        longer = [key for key in named if key.startswith(opening)] if len(short) > 3 else []
        if len(longer) == 1 and not named[short].listed:
            target = named[longer[0]]
            target.forms.update(named[short].forms)
            target.spellings |= named[short].spellings
            keys[short] = longer[0]
            del named[short]
    return keys


@lru_cache(maxsize=1 << 14)
def _spellings(surface: str) -> frozenset[tuple[str, ...]]:
    """Return the folded words of a name, and of what is left of « EBS X » when it is named again."""
    return frozenset(tuple(bare(name).split(" ")) for name in (surface, _GROUP.sub("", surface)))


def _occurrences(
    reading: Reading, spellings: Mapping[tuple[str, ...], str], keys: dict[str, str]
) -> list[Occurrence]:
    """Return where a passage names its co-ops, in order, none over another; longer names come first."""
    text = reading.passage.text
    fixed = [Occurrence(one.start, one.end, coop_key(one.name), one.rule) for one in reading.known]
    claimed = [found for claim in reading.claims if (found := _claimed(text, claim, keys))]
    rules = {one.start: one.rule for one in claimed}
    again = [
        Occurrence(start, end, spellings[spelling], rules.get(start, "named_again"))
        for start, end, spelling in occurrences(text, reading.words, spellings)
    ]
    taken = bytearray(len(text))
    kept = []
    for one in [*fixed, *sorted([*claimed, *again], key=lambda one: one.start - one.end)]:
        if not any(taken[one.start : one.end]):
            taken[one.start : one.end] = b"x" * (one.end - one.start)
            kept.append(one)
    return sorted(kept)


def _claimed(text: str, claim: Claim, keys: dict[str, str]) -> Occurrence | None:
    surface, _ = _clean(text[claim.start : claim.end], claim.rule)
    start = text.index(surface, claim.start)
    key = keys.get(coop_key(surface))
    return Occurrence(start, start + len(surface), key, claim.rule) if key else None


def _status(coop: Coop) -> CoopStatus:
    if not coop.listed:
        return "discovered"
    return "directory" if coop.entry else "ambiguous"


def _form(coop: Coop) -> str | None:
    """Return the most telling form of the text, « Scop » before « coopérative », else the directory's."""
    precise = [form for form, _ in coop.forms.most_common() if form != "coopérative"]
    if precise:
        return precise[0]
    if coop.forms:
        return "coopérative"
    return coop.entry.form if coop.entry else None
