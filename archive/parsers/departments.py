"""Which departments does the page speak of? By code, by name, by postal code or by one of its communes."""

from collections.abc import Iterable, Sequence

from archive import gazetteer
from archive.models import DepartmentMention, Passage
from archive.parsers import communes
from archive.parsers.commune_names import Names, districts, named
from archive.parsers.department_codes import Place, by_code
from archive.parsers.department_names import by_name
from archive.parsers.words import words


def departments(
    passages: Sequence[Passage], region: tuple[str, ...] = (), language: str | None = None
) -> tuple[DepartmentMention, ...]:
    """Return every mention of a department, passage by passage, in the order of the text.

    ``region`` holds the department codes of the source's territory; it settles communes with namesakes, as do
    the other places of the page. A commune that stays ambiguous gives nothing: a wrong department is worse.
    A page in another language than French gives nothing; ``None`` stands for an unknown language.

    >>> mentions = departments([Passage("text", "La Scop, née à Villejuif, essaime dans l'Essonne.")])
    >>> [(m.code, m.via, m.evidence) for m in mentions]
    [('94', 'commune', 'Villejuif'), ('91', 'name', 'Essonne')]
    >>> departments([Passage("text", "Au fil de la Loire, l'article 75 et ses 37 salariés.")])
    ()
    """
    if language not in (None, "fr"):
        return ()
    places: list[list[Place]] = []
    names: list[Names] = []
    page = "\n".join(passage.text for passage in passages)
    for passage in passages:
        found = words(passage.text)
        told = [*by_code(passage.text), *by_name(passage.text, found, page), *districts(passage.text)]
        # « (20) » and « 985 » look like codes and are none any more.
        sure = [place for place in told if gazetteer.department(place.code) is not None]
        taken = {at for place in sure if place.via == "name" for at in range(place.start, place.end)}
        places.append(sure)
        names.append(named(passage.text, found, taken))
    known = {place.code for sure in places for place in sure}
    codes = {id(place): code for place, code in communes.settled(names, known, region)}
    mentions: list[DepartmentMention] = []
    for passage, sure, here in zip(passages, places, names, strict=True):
        by_commune = [Place(codes[id(n)], "commune", n.start, n.end) for n in here.places if id(n) in codes]
        mentions.extend(_mentions(passage, [*sure, *by_commune]))
    return tuple(mentions)


def _mentions(passage: Passage, places: Iterable[Place]) -> list[DepartmentMention]:
    unique = sorted(set(places), key=lambda place: (place.start, place.end, place.code))
    return [
        DepartmentMention(code, via, passage.text[start:end], start, end, passage.field)
        for code, via, start, end in unique
    ]
