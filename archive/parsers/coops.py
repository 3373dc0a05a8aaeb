"""Which co-ops does the page name? Those of the directory, and those that the text itself calls co-ops."""

import re
from collections.abc import Sequence

from archive.models import CoopDirectory, CoopMention, DepartmentMention, Passage
from archive.parsers import (
    coop_anaphors,
    coop_antecedents,
    coop_citations,
    coop_clauses,
    coop_enumerations,
    coop_extents,
    coop_headings,
    coop_lists,
    coop_mentions,
    coop_phrases,
    coop_pronouns,
    coop_rules,
    coop_salience,
    coop_telling,
)
from archive.parsers.coop_forms import FORM, form_of, has_form, hints, mentions, speaks_of_heating
from archive.parsers.coop_names import Claim, Proper, bare, is_place, names_of, plausible, proper_names
from archive.parsers.coop_reading import Reading
from archive.parsers.coop_subject import subjects
from archive.parsers.coop_vocabulary import FIRST_NAMES, HEADS, MONTHS
from archive.parsers.known_coops import known
from archive.parsers.words import folded, words

# A page that says « Scop », « Scic » or « coopérative » this often is about co-ops.
_COOP_PAGE = 3
# A title that announces several: « Les coopératives adhérentes », « Bienvenue aux nouvelles Scop ».
_LISTING = re.compile(
    r"\b(?:[Ll]es|[Aa]ux|[Nn]os|[Dd]es|[Nn]ouvelles|[Ll]auréates)\s(?:\w+\s)?(?:S[Cc][Oo][Pp]s?|coopératives|[a-zà-ÿ]{4,14}s\scoopérati(?:fs|ves))\b"
)
# « Hugo de Fractale », « Présentation d'Alma »
_SPEAKER = re.compile(r"(?P<who>[^\W\d_]+)\s(?:de\s(?:chez\s)?|du\s|des\s|d['’])(?=[A-ZÀ-Ý])")
# A text that begins so says what its title names.
_OPENING_FORM = re.compile(
    rf"(?:(?:Une|La)\s)?(?:jeune\s)?(?P<form>{FORM})\s(?:d['’]|de\s|du\s|des\s|spécialisée|à\s|qui\s"
    r"|[–—-]\s(?![Cc]oopérative|[Ss]ociété))"
)
# « Une Scop à l'honneur : X »
_PRESENTED = re.compile(
    rf"(?:Une|La)\s(?P<form>{FORM})\s[^:\n]{{2,40}}\s?:\s(?:(?:la|les?)\s|l['’])?(?P<name>[^\W\d_a-zà-ÿ][^:,.!?\n]{{1,50}})$"
)
_SPEAKERS = FIRST_NAMES | HEADS
# « la CAE Avant-Port »: two common words make a name.
_COMPOUND = re.compile(r"[A-ZÀ-Ý][a-zà-ÿ]+-[A-ZÀ-Ý][a-zà-ÿ]+")
# A title this short may be the name itself, small letters included: « Belle livraison ».
_LONGEST_NAME_TITLE = 5


def coops(
    passages: Sequence[Passage],
    departments: Sequence[DepartmentMention],
    directory: CoopDirectory | None = None,
    language: str | None = None,
) -> tuple[CoopMention, ...]:
    """Return every mention of a co-op, passage by passage, in the order of the text.

    ``departments`` are those of the same passages. A page in another language than French, or one on the SCOP
    of heat pumps, names no co-op. The same co-op bears the same name in all its mentions.

    >>> found = coops([Passage("text", "La Scop Bel Ouvrage grandit. Bel Ouvrage embauche.")], [])
    >>> [(m.name, m.form, m.start, m.rule) for m in found]
    [('Bel Ouvrage', 'Scop', 8, 'form_before'), ('Bel Ouvrage', 'Scop', 29, 'named_again')]
    """
    texts = [passage.text for passage in passages]
    spoken = any(map(hints, texts))
    if language not in (None, "fr") or not texts or not (spoken or directory) or speaks_of_heating(texts):
        return ()
    readings = [_reading(passage, departments, passages[0]) for passage in passages]
    title = passages[0].text if passages[0].field == "title" else ""
    listing = _LISTING.search(title) is not None
    coop_page = sum(map(mentions, texts)) >= _COOP_PAGE or listing
    for reading in readings if spoken else ():
        reading.claims = _claims(reading, coop_page)
        if reading.passage.field == "text":
            text = reading.passage.text
            listed = coop_enumerations.claims(text, listing)
            reading.claims += [
                claim for claim in listed if _is_name(text[claim.start : claim.end], claim.rule)
            ]
    if any(map(has_form, texts)):
        readings[0].claims += _title_claims(readings)
    if directory:
        spans = [[(claim.start, claim.end) for claim in reading.claims] for reading in readings]
        for reading, found in zip(readings, known(texts, departments, directory, spans), strict=True):
            reading.known = found
    if spoken:
        titled = _titled(readings[0])
        for reading in readings:
            _add_spoken_of(reading, titled)
        _add_subjects(readings)
        if not any(reading.claims or reading.known for reading in readings):
            _add_antecedent(readings)
    return tuple(coop_mentions.mentions(readings))


def _reading(passage: Passage, departments: Sequence[DepartmentMention], first: Passage) -> Reading:
    found = words(passage.text)
    places = [mention for mention in departments if mention.field == passage.field]
    names = proper_names(passage.text, found)
    if first.field == "title" and len(words(first.text)) <= _LONGEST_NAME_TITLE:
        names = (
            _with_title(names, names_of(passage.text, found, first.text)) if passage is not first else names
        )
    return Reading(passage, found, names, _no_places(names, places), places)


def _no_places(names: Sequence[Proper], places: Sequence[DepartmentMention]) -> list[Proper]:
    """Return the names that are no place by themselves: « À Schirmeck, la coopérative réunit … »."""
    covered: set[int] = set()
    for place in places:
        covered.update(range(place.start, place.end))
    return [name for name in names if name.start not in covered or name.end - 1 not in covered]


def _with_title(names: list[Proper], titles: list[Proper]) -> list[Proper]:
    """Return the names in order, those that a title covers replaced by it."""
    apart = [n for n in names if not any(n.start < t.end and t.start < n.end for t in titles)]
    return sorted([*apart, *titles], key=lambda name: name.start)


def _claims(reading: Reading, coop_page: bool) -> list[Claim]:
    text = reading.passage.text
    found = [
        *coop_rules.claims(text, reading.names),
        *coop_lists.claims(text, reading.names, reading.places, coop_page),
        *coop_telling.claims(text, reading.names, coop_page),
    ]
    told = coop_phrases.activities(text)
    found = [claim for claim in found if not any(a <= claim.start < b for a, b in told)]
    trimmed = [_without_person(text, claim) for claim in found]
    kept = [claim for claim in trimmed if _is_name(text[claim.start : claim.end], claim.rule)]
    whole = list(coop_extents.claims(text))
    return whole + [one for one in kept if not any(w.start <= one.start and one.end <= w.end for w in whole)]


def _title_claims(readings: Sequence[Reading]) -> list[Claim]:
    """Return what a page with a form somewhere makes of its title.

    A telling name there is a co-op (« Soleicoop, épisode 3 »), and so is a whole title over a text that
    begins « Une Scic de santé … ».
    """
    first = readings[0]
    title = first.passage.text
    if first.passage.field != "title":
        return []
    found = list(coop_telling.telling(title, first.names, coop_page=True))
    if (presented := _PRESENTED.match(title)) and any(n.end == len(title) for n in first.names):
        found.append(Claim(*presented.span("name"), form_of(presented["form"]), "form_before"))
    match = _OPENING_FORM.match(readings[-1].passage.text) if len(readings) > 1 else None
    if match and len(first.words) <= _LONGEST_NAME_TITLE and plausible(title):
        found.append(Claim(0, len(title), form_of(match["form"]), "labelled_line"))
    return found


def _without_person(text: str, claim: Claim) -> Claim:
    """Return the claim without who speaks for the co-op: « Hugo de Fractale »."""
    match = _SPEAKER.match(text, claim.start, claim.end)
    if match is None or folded(match["who"]) not in _SPEAKERS:
        return claim
    return claim._replace(start=match.end())


def _is_name(surface: str, rule: str) -> bool:
    """Tell whether a claimed surface may be a name; « octobre est une Scop » makes even a month one.

    « Chargé·e d'accueil » is a job, and « L'Atelier, friche » more than a name.
    """
    if "·e" in surface or (rule == "name_and_department" and "," in surface):
        return False
    if rule == "form_before" and _COMPOUND.fullmatch(surface) and not is_place(surface):
        return True
    return plausible(surface) or (rule == "is_a_coop" and bare(surface) in MONTHS)


def _titled(first: Reading) -> set[str]:
    """Return the folded names of a title; empty when the page has none."""
    title = first.passage.text
    names = first.no_places if first.passage.field == "title" else ()
    return {folded(title[name.start : name.end]) for name in names}


def _add_spoken_of(reading: Reading, titled: set[str]) -> None:
    """Add the co-ops that a paragraph names first and only then calls « la Scop »."""
    text = reading.passage.text
    reading.claims += [
        claim
        for claim in coop_anaphors.statements(text, reading.no_places)
        if plausible(text[claim.start : claim.end])
    ]
    reading.claims += list(coop_headings.claims(text, reading.no_places))
    spans = _spans(reading)
    reading.claims += list(coop_clauses.claims(text, reading.no_places, spans))
    spans = _spans(reading)
    found = coop_anaphors.claims(text, reading.no_places, spans, titled)
    reading.claims += [claim for claim in found if plausible(text[claim.start : claim.end])]


def _spans(reading: Reading) -> list[tuple[int, int]]:
    """Return where the reading has co-ops by now."""
    return [(c.start, c.end) for c in reading.claims] + [(one.start, one.end) for one in reading.known]


def _add_antecedent(readings: list[Reading]) -> None:
    """Add the only company that « la Scop » can mean on a page of which nothing else is known."""
    texts = [reading.passage.text for reading in readings]
    names = [reading.no_places for reading in readings]
    titled = readings[0].passage.field == "title"
    for number, claim in coop_antecedents.claims(texts, names, titled):
        readings[number].claims.append(claim)


def _add_subjects(readings: list[Reading]) -> None:
    """Add the co-op that a page is about, where it only says « la Scop »."""
    explicit = [bare(r.passage.text[claim.start : claim.end]) for r in readings for claim in r.claims]
    explicit += [bare(one.name) for reading in readings for one in reading.known]
    texts = [reading.passage.text for reading in readings]
    names = [reading.no_places for reading in readings]
    for reading, here in zip(readings, names, strict=True):
        told = [(claim.start, claim.end) for claim in reading.claims]
        reading.claims += coop_citations.claims(reading.passage.text, here, told)
    for number, claim in [
        *coop_pronouns.claims(texts, names),
        *subjects(texts, names, explicit),
        *coop_salience.listed(texts, names),
    ]:
        readings[number].claims.append(claim)
    spans = [_spans(reading) for reading in readings]
    for number, claim in list(coop_salience.claims(texts, names, spans)):
        readings[number].claims.append(claim)
