"""How is the archive searched? In French: families of words, exact words, filters; no line is an error."""

from collections.abc import Callable
from functools import cache

from archive.serve.search import indexed, match
from archive.serve.search.question import asked, leaves
from archive.stems import families, folded, stem, tokens

_SEARCHED = 50_000  # characters of a text in which found words are looked for


def expression(query: str | None) -> str:
    """Return the expression on ``articles_fts_stems`` for what was typed; empty quotes, which find nothing, for nothing.

    >>> expression("les coopératives de l’Essonne")
    '("cooperer0" AND "essonne0")'
    >>> expression('"'), expression("* - (")
    ('""', '""')
    """  # noqa: E501
    question = asked(query)
    return match.stemmed(question.tree) if is_asked(query) else match.NOTHING


def beyond_expression(query: str | None) -> match.Condition | None:
    """Return the condition for what ``expression`` cannot say: filters, exact words; ``None`` without any.

    >>> beyond_expression("scop annee:2020").parameters["asked_1"]
    '2020'
    >>> beyond_expression("scop") is None
    True
    """
    question = asked(query)
    if not is_asked(query) or match.is_one_match(question.tree):
        return None
    return match.condition(question)


def is_asked(query: str | None) -> bool:
    """Tell whether anything was typed that can be looked for."""
    return any(map(str.isalnum, query or ""))


def places(text: str, query: str | None) -> list[tuple[int, int]]:
    """Return where a text has words that the query looks for, as offsets, in order.

    >>> places("Deux coopératrices et une mutuelle", "coopération")
    [(5, 18)]
    """
    return finder(query)(text)


def finder(query: str | None) -> Callable[[str], list[tuple[int, int]]]:
    """Return what ``places`` does for one query and many texts: a word is judged once for all of them."""
    wanted = [match.wanted(leaf) for leaf in leaves(asked(query).tree)]
    stems = frozenset().union(*(one[0] for one in wanted))
    words = frozenset().union(*(one[1] for one in wanted))
    beginnings = tuple(one[2] for one in wanted if one[2])
    stems -= {stem for stem in stems if len(stems) > 1 and tokens.is_stop(stem)}
    if not (stems or words or beginnings):
        return lambda text: []
    initials = families.initials(stems) | {one[:1] for one in (*words, *beginnings)}

    @cache
    def is_found(word: str) -> bool:
        plain = folded(word)
        return plain in words or plain.startswith(beginnings) or stem(word) in stems

    return lambda text: tokens.located(text[:_SEARCHED], is_found, initials)


def unaccented(text: str | None) -> str | None:
    """Fold case, accents and ligatures, for ``like`` and ``order by``; NULL stays NULL.

    >>> unaccented("Économie sociale, main-d’Œuvre")
    "economie sociale, main-d'oeuvre"
    """
    if text is None:
        return None
    return indexed.plain(str(text))
