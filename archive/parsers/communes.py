"""Which communes does a page name, and in which departments do they lie?

One name in twenty-three is borne in several departments. What else the page says settles which is meant; what
is not settled is left out, since a wrong department is worse than none.
"""

from collections.abc import Collection, Iterator, Sequence

from archive import gazetteer
from archive.gazetteer import Commune
from archive.parsers.commune_names import Named, Names
from archive.parsers.commune_vocabulary import COMMON, NOT_BARE

# A town of this size is meant by its bare name, « Nîmes » or « Arles »; a village is not.
_KNOWN_BARE = 9_000
# « d'Acigné »: after « de » a name may be a person's or a thing's, so hamlets are left out.
_KNOWN_AFTER_OF = 1_500
# « Carhaix » for Carhaix-Plouguer, when nothing else on the page or in the country is called so.
_KNOWN_SHORT = 3_000
# The namesake meant when nothing else is said: so much larger than the next, and a town.
_DOMINANT, _VILLAGE_CENTRE = 5, 2_000
# Below this size a longer name with the same first word may be meant: Évry-Courcouronnes.
_TOWN = 9_000
# A namesake with a longer name counts beside a hamlet: Mortagne-sur-Sèvre beside Mortagne.
_LARGER, _VILLAGE = 3, 1_000


def settled(
    names: Sequence[Names], known: Collection[str], region: Collection[str]
) -> list[tuple[Named, str]]:
    """Return the names that are places, each with the code of its department.

    ``names`` are those of each text of a page, ``known`` the departments that it gives by code or name,
    ``region`` those of the source.
    """
    surnames = {surname for here in names for surname in here.surnames}
    every = [place for here in names for place in here.places]
    sure_names = {place.name for place in every if place.cue == "strong"}
    wanted = [place for place in every if place.name in sure_names or _is_place(place, surnames)]
    full = _full_names(wanted)
    found: dict[Named, str] = {}
    for place in wanted:
        if code := _only(place, full):
            found[place] = code
    sure = {*known, *found.values()}
    regions = _regions([*sure, *(hint for here in names for hint in here.hints)])
    for place in wanted:
        if place not in found and (code := _by_evidence(place, sure, region, regions)):
            found[place] = code
    return [(place, found[place]) for place in wanted if place in found]


def _full_names(wanted: Sequence[Named]) -> dict[str, set[str]]:
    """Return the departments of the page's longer names by first word: « ivry » for Ivry-sur-Seine."""
    full: dict[str, set[str]] = {}
    for place in wanted:
        first, _, rest = place.name.partition(" ")
        if rest and first not in ("le", "la", "les", "l", "saint", "sainte"):
            full.setdefault(first, set()).update(commune.department for commune in place.communes)
    return full


def _is_place(place: Named, surnames: set[str]) -> bool:
    """Tell whether a name is a place though nothing on the page says so surely."""
    if place.name in surnames:
        return False
    people = max(c.population for c in (*place.communes, *_longer(place)))
    hyphenated = place.name.count(" ") >= 2
    if place.cue == "of":
        return people >= _KNOWN_AFTER_OF or hyphenated
    return (people >= _KNOWN_BARE and place.name not in NOT_BARE) or hyphenated


def _people(place: Named) -> dict[str, int]:
    """Return the inhabitants of the largest commune meant in each department."""
    people: dict[str, int] = {}
    for commune in (*place.communes, *_longer(place)):
        people[commune.department] = max(people.get(commune.department, 0), commune.population)
    return people


def _longer(place: Named) -> Iterator[Commune]:
    """Yield the towns known by the first word of their name: Évry-Courcouronnes, Vitry-sur-Seine."""
    largest = max(c.population for c in place.communes)
    if " " not in place.name and not place.short and largest < _TOWN:
        floor = max(_VILLAGE, _LARGER * largest)
        yield from (c for c in gazetteer.communes_beginning(place.name) if c.population >= floor)


def _only(place: Named, full: dict[str, set[str]]) -> str | None:
    """Return the department given beside the name, by its only bearer or by its full name elsewhere."""
    people = _people(place)
    if beside := [code for code in place.qualifier if code in people]:
        return beside[0]
    if _is_common(place):
        return None
    if len(people) == 1 and (not place.short or max(people.values()) >= _KNOWN_SHORT):
        return next(iter(people))
    if place.short or max(people.values()) < _TOWN:
        elsewhere = full.get(place.name, set())
        return next(iter(elsewhere)) if len(elsewhere) == 1 else None
    return None


def _is_common(place: Named) -> bool:
    """Tell whether the name is a common noun: « au Port », « aux Forges », but not « Le Port »."""
    return place.name in COMMON and (
        place.name.partition(" ")[0] not in ("le", "la", "les") or place.end - place.start < len(place.name)
    )


def _by_evidence(
    place: Named, sure: Collection[str], region: Collection[str], regions: Collection[str]
) -> str | None:
    """Return the department that the page's other places, the source or sheer size point to."""
    people = _people(place)
    ranked = sorted(people, key=lambda code: -people[code])
    first, second = people[ranked[0]], people[ranked[1]] if len(ranked) > 1 else 0
    dominant = ranked[0] if first >= _VILLAGE_CENTRE and first >= _DOMINANT * second else None
    near = {code for code in people if _regions([code]) & set(regions)}
    for evidence in (sure, region):
        if len(inside := [code for code in people if code in evidence]) == 1:
            return inside[0] if dominant in (None, inside[0]) else None
    if place.short or _is_common(place):
        return None
    return dominant or (next(iter(near)) if len(near) == 1 else None)


def _regions(codes: Collection[str]) -> set[str]:
    return {found.region_code for code in codes if (found := gazetteer.department(code))}
