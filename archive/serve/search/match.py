"""How is a question put to SQLite? As FTS5 expressions on two indexes, joined by SQL where one is too few."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Final

from archive.serve.search import filters
from archive.serve.search.question import All, Any, Exact, Near, Node, Not, Question, Word
from archive.stems import folded, senses, stem, tokens
from archive.store import stem_index
from archive.store.stem_index import ALL

STEMS: Final = "article_stems"
STEMS_BY_ARTICLE: Final = "articles_fts_stems"
WORDS: Final = "articles_fts"
EVERYTHING: Final = f'"{ALL}"'
TITLES: Final = "{title kicker}"
NOTHING: Final = '""'  # matches no row, where an empty expression would be an error


@dataclass(frozen=True, slots=True)
class Condition:
    """An SQL condition on ``articles`` with its parameters."""

    sql: str
    parameters: dict[str, str]


ANY: Final = Condition("1", {})
"""The condition that holds for every article."""


def stemmed(node: Node) -> str:
    """Return the expression on the index of stems that finds at least every article asked for.

    Filters and exact words are looser there: ``condition`` has them all.
    """
    return _stemmed(node) or EVERYTHING


def condition(question: Question, prefix: str = "asked") -> Condition:
    """Return the condition that holds for the articles asked for, parameters named after ``prefix``."""
    parameters: dict[str, str] = {}

    def named(value: str) -> str:
        name = f"{prefix}_{len(parameters)}"
        parameters[name] = value
        return f":{name}"

    return Condition(_sql(question.tree, named) or "1", parameters)


def has_words(node: Node) -> bool:
    """Tell whether a question names words, and so has an order of relevance."""
    return _stemmed(node) not in ("", EVERYTHING) or only(node, Exact)


def ranking_index(node: Node) -> tuple[str, str]:
    """Return the index by which the answers are ranked, and the expression for it."""
    expression = stemmed(node)
    if expression == EVERYTHING and only(node, Exact):
        return WORDS, _exactly(node)
    return STEMS, expression


def is_one_match(node: Node) -> bool:
    """Tell whether the index of stems alone answers."""
    return only(node, Word | Near)


def only(node: Node, kinds: object) -> bool:
    """Tell whether all leaves of a question are of these kinds, and there are any."""
    if isinstance(node, Not):
        return only(node.part, kinds)
    if isinstance(node, All | Any):
        return bool(node.parts) and all(only(part, kinds) for part in node.parts)
    return isinstance(node, kinds)  # type: ignore[arg-type]


def is_small(node: Node) -> bool:
    """Tell whether a part is a word that says nothing of what a text is about."""
    return isinstance(node, Word) and tokens.is_stop(node.text)


def is_one_word(node: Word) -> bool:
    """Tell whether a typed word is one word of the index, and no compound, and may stand in any field."""
    return not node.field and len(list(tokens.tokens(node.text))) < 2


def titled(node: Node) -> str:
    """Return the expression for titles and kickers with the words of a part, in any order, or ""."""
    if isinstance(node, Any):
        return joined(" OR ", map(titled, node.parts))
    if isinstance(node, All):
        wanted = [part for part in node.parts if not is_small(part)] or node.parts
        return joined(" AND ", map(titled, wanted))
    if not isinstance(node, Word | Near):
        return ""
    texts = node.words if isinstance(node, Near) else (node.text,)
    words = [one.word for text in texts for one in tokens.tokens(text)]
    alternatives = ([stem_index.titled(one) for one in senses(word)] for word in words)
    return joined(" AND ", (joined(" OR ", map('"{}"'.format, found)) for found in alternatives))


def _stemmed(node: Node) -> str:
    """Return the expression, or "" where this part asks nothing of the index."""
    if isinstance(node, Word):
        return _field(node.field, _family(node.text))
    if isinstance(node, Near):
        families = [stem(one.word) for word in node.words for one in tokens.tokens(word)]
        listed = " ".join(f'"{one}"' for one in families)
        return f"NEAR({listed}, {node.distance})" if len(families) > 1 else listed
    if isinstance(node, Exact):
        found = (
            [] if node.prefix else [one for one in tokens.tokens(node.text) if not tokens.is_stop(one.word)]
        )
        return _field(node.field, joined(" AND ", (_alternatives(one.word) for one in found)))
    if isinstance(node, Any):
        parts = [_stemmed(part) for part in node.parts]
        return "" if "" in parts else joined(" OR ", parts)
    if isinstance(node, All):
        return _all_of(node)
    if isinstance(node, Not):
        return joined(" NOT ", (EVERYTHING, _denied(node)))
    return ""


def _all_of(node: All) -> str:
    parts = [part for part in node.parts if not isinstance(part, Not)]
    wanted = [part for part in parts if not is_small(part)] or parts
    found = joined(" AND ", map(_stemmed, wanted))
    for part in node.parts:
        if isinstance(part, Not) and (denied := _denied(part)):
            found = f"({found or EVERYTHING}) NOT {denied}"
    return found


def _denied(node: Not) -> str:
    """Return the expression of what must be absent, or "" where only SQL can say it."""
    return _stemmed(node.part) if only(node.part, Word | Near) else ""


def _exactly(node: Node) -> str:
    """Return the expression on the index of plain words; every leaf is ``Exact``."""
    if isinstance(node, Exact):
        spelled = dict.fromkeys(_spellings(node.text.replace('"', " ")))
        star = "*" if node.prefix else ""
        return _field(node.field, joined(" OR ", (f'"{one}"{star}' for one in spelled)))
    if isinstance(node, Any):
        return joined(" OR ", (_exactly(part) for part in node.parts))
    if isinstance(node, All):
        wanted = joined(" AND ", (_exactly(part) for part in node.parts if not isinstance(part, Not)))
        for part in node.parts:
            wanted = f"({wanted}) NOT {_exactly(part.part)}" if wanted and isinstance(part, Not) else wanted
        return wanted
    return ""


def _spellings(text: str) -> Iterable[str]:
    """Yield a phrase with its ligatures written together and apart: the index knows them as different."""
    small = text.lower()
    yield small
    for apart, together in (("oe", "œ"), ("ae", "æ")):
        yield small.replace(together, apart)
        yield small.replace(apart, together)


def _sql(node: Node, named: Callable[[str], str]) -> str:
    if isinstance(node, filters.Filter):
        return f"({filters.condition(node).replace(':value', named(node.value))})"
    if only(node, Word | Near):
        expression = _stemmed(node)
        return _matching(STEMS_BY_ARTICLE, named(expression)) if expression else ""
    if only(node, Exact) and (expression := _exactly(node)):
        return _matching(WORDS, named(expression))
    if isinstance(node, Not):
        inside = _sql(node.part, named)
        return f"not {inside}" if inside else ""
    if isinstance(node, Any):
        return joined(" or ", (_sql(part, named) for part in node.parts))
    if isinstance(node, All):
        return joined(" and ", (_sql(part, named) for part in _grouped(node)))
    return ""


def _matching(index: str, parameter: str) -> str:
    return f"id in (select rowid from {index} where {index} match {parameter})"


def _grouped(node: All) -> Iterable[Node]:
    """Yield the parts of a conjunction, those that one expression answers together as one."""
    together = tuple(part for part in node.parts if only(part, Word | Near))
    if together:
        yield All(together)
    yield from (part for part in node.parts if part not in together)


def _family(text: str) -> str:
    """Return the expression for a typed word; a compound is also looked for written as one."""
    found = list(tokens.tokens(text))
    if not found:
        return ""
    if len(found) == 1:
        return _alternatives(found[0].word)
    phrase = f'"{" ".join(one.stem for one in found)}"'
    return joined(" OR ", (phrase, *(f'"{one}"' for one in tokens.compounds(found))))


def _alternatives(word: str) -> str:
    return joined(" OR ", (f'"{one}"' for one in senses(word)))


def _field(field: str, expression: str) -> str:
    return f"{field} : {expression}" if field and expression else expression


def joined(operator: str, parts: Iterable[str]) -> str:
    """Return expressions joined by an operator, in brackets if there are several; empty ones are left out."""
    found = [part for part in parts if part]
    return f"({operator.join(found)})" if len(found) > 1 else found[0] if found else ""


def wanted(node: Word | Exact | Near) -> tuple[frozenset[str], frozenset[str], str]:
    """Return what a leaf looks for in a text: stems, folded words, a folded beginning (or "")."""
    if isinstance(node, Exact):
        words = [folded(one.word) for one in tokens.tokens(node.text)]
        beginning = words.pop() if node.prefix and words else ""
        return frozenset(), frozenset(word for word in words if not tokens.is_stop(word)), beginning
    texts = node.words if isinstance(node, Near) else (node.text,)
    found = [one.word for text in texts for one in tokens.tokens(text)]
    return frozenset(one for word in found for one in senses(word)), frozenset(), ""
