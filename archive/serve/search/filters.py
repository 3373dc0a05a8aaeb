"""Which articles does « departement:91 avant:2020 » keep? Filters typed into the search box, as SQL."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Final

from archive.stems import folded

NAMES: Final[Mapping[str, str]] = {
    "departement": "department", "dep": "department", "dpt": "department", "department": "department",
    "region": "region",
    "avant": "before", "before": "before", "apres": "after", "after": "after",
    "depuis": "since", "since": "since", "jusqua": "until", "jusque": "until", "until": "until",
    "date": "date", "annee": "date", "mois": "date", "jour": "date",
    "source": "source", "coop": "coop", "cooperative": "coop",
    "media": "outlet", "titre": "title", "title": "title", "outlet": "outlet", "journal": "outlet",
    "type": "kind", "genre": "kind", "kind": "kind", "langue": "language", "sans": "without",
}  # fmt: skip
"""What a reader types before the colon, without accents, and the filter it stands for."""

_KINDS: Final = {
    "article": "article", "articles": "article", "coupure": "clipping", "coupures": "clipping",
    "clipping": "clipping", "publication": "publication", "publications": "publication", "pdf": "publication",
}  # fmt: skip
_LANGUAGES: Final = {"francais": "fr", "anglais": "en", "breton": "br", "occitan": "oc", "espagnol": "es"}
_ISO: Final = re.compile(r"(\d{4})(?:-(\d\d?)(?:-(\d\d?))?)?")
_FRENCH: Final = re.compile(r"(?:(\d\d?)[/.])?(\d\d?)[/.](\d{4})")
_SPACE = re.compile(r"[_\s]+")


@dataclass(frozen=True, slots=True)
class Filter:
    """One condition on an article: its kind, its value in the archive's own form, and where it was typed."""

    name: str
    value: str
    start: int = field(default=0, compare=False, repr=False)
    end: int = field(default=0, compare=False, repr=False)


def read(name: str, text: str) -> Filter | None:
    """Return the filter for what was typed after the colon, or ``None`` where it says nothing.

    >>> read("before", "12/05/2020"), read("kind", "coupures"), read("department", "1")
    (Filter(name='before', value='2020-05-12'), Filter(name='kind', value='clipping'), Filter(name='department', value='01'))
    >>> read("before", "hier") is None
    True
    """  # noqa: E501
    value = _READERS.get(name, _plain)(text.strip())
    return Filter(name, value) if value else None


def condition(one: Filter) -> str:
    """Return the SQL condition on ``articles`` whose only parameter is ``:value``."""
    return _CONDITIONS[one.name]


def _date(text: str) -> str:
    if match := _ISO.fullmatch(text):
        year, month, day = match[1], match[2], match[3]
    elif match := _FRENCH.fullmatch(text):
        year, month, day = match[3], match[2], match[1]
    else:
        return ""
    if (month and not 1 <= int(month) <= 12) or (day and not 1 <= int(day) <= 31):
        return ""
    return "-".join([year, *(f"{int(part):02d}" for part in (month, day) if part)])


def _plain(text: str) -> str:
    """Return a value as ``unaccented()`` writes names, underscores as spaces."""
    return _SPACE.sub(" ", folded(text.replace("’", "'"))).strip() if any(map(str.isalnum, text)) else ""


def _department(text: str) -> str:
    plain = _plain(text)
    return plain.zfill(2) if plain.isdecimal() else plain


def _kind(text: str) -> str:
    return _KINDS.get(folded(text), "")


def _language(text: str) -> str:
    return _LANGUAGES.get(folded(text), folded(text) if text.isalpha() else "")


def _without(text: str) -> str:
    return "date" if folded(text) == "date" else ""


_READERS: Final[Mapping[str, Callable[[str], str]]] = {
    "before": _date, "after": _date, "since": _date, "until": _date, "date": _date,
    "department": _department, "kind": _kind, "language": _language, "without": _without,
    "source": lambda text: folded(text) if any(map(str.isalnum, text)) else "",
}  # fmt: skip

# A date may be a year or a month: it is compared at the precision of what was asked.
_CONDITIONS: Final = {
    "before": "published < :value",
    "after": "substr(published, 1, length(:value)) > :value",
    "since": "published >= :value",
    "until": "substr(published, 1, length(:value)) <= :value",
    "date": "published >= :value and published < :value || 'x'",
    "department": "id in (select article from article_departments where department in"
    " (select code from departments where lower(code) = :value or unaccented(name) = :value))",
    "region": "id in (select article from article_departments where department in"
    " (select code from departments where unaccented(region) = :value))",
    # What names a row outright, by slug or number, means no other whose name happens to hold it.
    "source": "source in (select slug from sources where slug = :value"
    " or :value not in (select slug from sources)"
    " and unaccented(title) like '%' || replace(:value, '_', ' ') || '%')",
    "outlet": "(outlet in (select id from outlets where cast(id as text) = :value or :value glob '*[^0-9]*'"
    " and unaccented(name) like '%' || :value || '%')"
    " or outlet is null and source in (select slug from sources"
    " where :value glob '*[^0-9]*' and unaccented(title) like '%' || :value || '%'))",
    "coop": "id in (select article from mentions where coop in (select id from coops"
    " where cast(id as text) = :value"
    " or :value glob '*[^0-9]*' and unaccented(name) like '%' || :value || '%'"
    " union select coop from coop_aliases"
    " where :value glob '*[^0-9]*' and unaccented(alias) like '%' || :value || '%'))",
    "kind": "kind = :value",
    "language": "language = :value",
    "without": "published is null and :value = 'date'",
}
