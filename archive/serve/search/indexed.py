"""Which part of a question does the index of stems answer by itself? Words, most filters, spans of dates."""

import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Final, NamedTuple

from archive.serve.names import Names
from archive.serve.search import match
from archive.serve.search.filters import Filter
from archive.serve.search.question import All, Near, Node, Not, Question, Word
from archive.store import places
from archive.store.stem_index import term

_MOST_VALUES: Final = 40  # of one filter; a source may be named by a word that hundreds of titles have


class Span(NamedTuple):
    """The places of articles within some dates, both ends included."""

    first: int = places.LOWEST
    last: int = places.LAST

    def within(self, other: "Span") -> "Span":
        """Return what both spans hold."""
        return Span(max(self.first, other.first), min(self.last, other.last))


@dataclass(frozen=True, slots=True)
class Divided:
    """A question in two: an expression and a span of the index of stems, and what SQL says of the rest.

    ``words`` is the part of the expression that names words, "" without any; ``filters`` and ``denied`` are
    those of values that articles must have and must not have. ``is_list``: the rest names articles outright,
    and it costs less to list them than to ask of each article of the index.
    """

    words: str
    filters: Sequence[str]
    denied: Sequence[str]
    span: Span
    rest: match.Condition
    is_list: bool = False

    @property
    def expression(self) -> str:
        """The whole expression."""
        found = match.joined(" AND ", [self.words, *self.filters]) or match.EVERYTHING
        for one in self.denied:
            found = f"({found}) NOT {one}"
        return found

    @property
    def is_whole(self) -> bool:
        """Whether the index answers the whole question."""
        return self.rest.sql == "1"

    @property
    def asks_the_index(self) -> bool:
        """Whether the index answers a part of it, or everything is asked for."""
        return self.is_whole or self.expression != match.EVERYTHING


@dataclass(slots=True)
class _Terms:
    """What filters ask of the index."""

    wanted: list[str] = field(default_factory=list)
    denied: list[str] = field(default_factory=list)
    span: Span = field(default_factory=Span)

    def take(self, part: Node, names: Names) -> bool:
        """Take a part of a question, and tell whether the index answers it."""
        inner = part.part if isinstance(part, Not) else part
        if not isinstance(inner, Filter):
            return False
        if (span := _span(inner)) is not None:
            if isinstance(part, Not):
                return False
            self.span = self.span.within(span)
            return True
        values = _values(inner, names)
        if values is None or len(values) > _MOST_VALUES or (part is not inner and inner.name == "language"):
            return False
        listed = match.joined(" OR ", (f'"{value}"' for value in values)) or match.NOTHING
        (self.wanted if part is inner else self.denied).append(listed)
        return True


def divided(question: Question, names: Names, prefix: str = "asked") -> Divided:
    """Return a question as far as the index of stems answers it, and the condition on the rest."""
    spoken = _spoken(question)
    words = match.stemmed(All(tuple(spoken))) if spoken else ""
    terms = _Terms()
    rest = [part for part in _parts(question) if part not in spoken and not terms.take(part, names)]
    condition = match.condition(Question(question.text, All(tuple(rest))), prefix)
    return Divided(
        "" if words == match.EVERYTHING else words,
        tuple(terms.wanted),
        tuple(terms.denied),
        terms.span,
        condition,
        bool(rest) and all(isinstance(part, Filter) and part.name in {"coop", "outlet"} for part in rest),
    )


def in_title(question: Question) -> Sequence[str]:
    """Return the expressions for titles with one word of a question each."""
    return [expression for expression in map(match.titled, _wanted(question)) if expression]


def in_titles(question: Question) -> Sequence[str]:
    """Return the expressions for titles that hold the words of a question: all of them, then one of several.

    Empty where a question names no words that the index of stems knows.
    """
    found = in_title(question)
    every = [match.joined(" AND ", found)] if found else []
    return every + ([match.joined(" OR ", found)] if len(found) > 1 else [])


def is_plain(question: Question) -> bool:
    """Tell whether the words of a question are found wherever they stand, and none is unwanted."""
    return all(isinstance(part, Word) and match.is_one_word(part) for part in _spoken(question))


def _spoken(question: Question) -> Sequence[Node]:
    return [part for part in _parts(question) if match.only(part, Word | Near)]


def _wanted(question: Question) -> Sequence[Node]:
    """Return the parts with words that an article must hold, small words only where there are no others."""
    spoken = [part for part in _spoken(question) if not isinstance(part, Not)]
    return [part for part in spoken if not match.is_small(part)] or spoken


def _parts(question: Question) -> Sequence[Node]:
    return question.tree.parts if isinstance(question.tree, All) else (question.tree,)


def _span(one: Filter) -> Span | None:
    if one.name == "since":
        return Span(places.from_date(one.value))
    if one.name == "after":
        return Span(places.past_date(one.value))
    if one.name == "before":
        return Span(places.FIRST, places.from_date(one.value) - 1)
    if one.name == "until":
        return Span(places.FIRST, places.past_date(one.value) - 1)
    if one.name == "date":
        return Span(places.from_date(one.value), places.past_date(one.value) - 1)
    return Span(last=places.FIRST - 1) if one.name == "without" else None


def _values(one: Filter, names: Names) -> list[str] | None:
    """Return the terms of the values that a filter names, ``None`` where the index does not hold them."""
    value = one.value
    if one.name == "department":
        named = names.departments.items()
        return [term("d", code) for code, name in named if value in (code.lower(), plain(name))]
    if one.name == "region":
        return [term("d", code) for code, name in names.regions.items() if plain(name) == value]
    if one.name == "source":
        return [term("s", slug) for slug in _sources(value, names)]
    return [term(one.name[0], value)] if one.name in {"kind", "language"} else None


def _sources(value: str, names: Names) -> Iterable[str]:
    """Yield the slugs that a value names; one that is a slug means no other source."""
    if value in names.sources:
        yield value
        return
    part = value.replace("_", " ")
    yield from (slug for slug, title in names.sources.items() if part in plain(title))


def plain(text: str) -> str:
    """Fold case, accents and ligatures.

    >>> plain("Économie sociale, main-d’Œuvre")
    "economie sociale, main-d'oeuvre"
    """
    small = text.casefold().replace("œ", "oe").replace("æ", "ae").replace("’", "'")
    return "".join(c for c in unicodedata.normalize("NFKD", small) if not unicodedata.combining(c))
