"""Was it a slip of the keyboard? The nearest words that the archive knows, for those it does not."""

from typing import TYPE_CHECKING, Any

from rapidfuzz import process
from rapidfuzz.distance import OSA

from archive.serve.search import match
from archive.serve.search.question import Word, asked, leaves
from archive.stems import folded, stem, tokens

if TYPE_CHECKING:
    from datasette.database import Database

_KNOWN_FROM = 3  # articles that a word needs to be taken for known
_SHORTEST = 4  # letters; shorter words are near too many others
_MOST_CANDIDATES = 12
_COUNTED = 200  # articles up to which a candidate's are counted
_CACHE: dict[str, tuple[int, dict[str, str]]] = {}


async def meant(db: "Database", query: str) -> str | None:
    """Return the query with its unknown words spelled as the archive spells them, or ``None`` to leave it.

    A word is left when the archive knows it in three articles or more, or knows none that is near it and
    more frequent.
    """
    changed, shift = query, 0
    for leaf in leaves(asked(query).tree):
        if not isinstance(leaf, Word) or (better := await _better(db, leaf.text)) is None:
            continue
        changed = changed[: leaf.start + shift] + better + changed[leaf.end + shift :]
        shift += len(better) - (leaf.end - leaf.start)
    return changed if changed != query else None


async def _better(db: "Database", text: str) -> str | None:
    found = list(tokens.tokens(text))
    if len(found) != 1 or len(found[0].word) < _SHORTEST or not found[0].word.isalpha():
        return None
    word = found[0].word
    known = await _articles(db, word)
    if known >= _KNOWN_FROM:
        return None
    spellings = await _spellings(db)
    allowed = 1 if len(word) < 6 else 2
    near = process.extract(
        folded(word), spellings.keys(), scorer=OSA.distance, score_cutoff=allowed, limit=_MOST_CANDIDATES
    )
    best: tuple[int, int, str] | None = None
    for plain, distance, _ in near:
        candidate = spellings[plain]
        articles = await _articles(db, candidate) if stem(candidate) != stem(word) else 0
        if articles > known * 2 and (best is None or (-distance, articles) > best[:2]):
            best = (-distance, articles, candidate)
    return text[: found[0].start] + best[2] + text[found[0].end :] if best else None


async def _articles(db: "Database", word: str) -> int:
    """Return how many articles hold a word's family, counted up to a bound."""
    sql = f"select count(*) from (select 1 from {match.STEMS} where {match.STEMS} match ? limit {_COUNTED})"
    row: Any = (await db.execute(sql, [match.stemmed(Word(word))])).first()
    return int(row[0])


async def _spellings(db: "Database") -> dict[str, str]:
    """Return a spelling for each folded word of the archive, read again when there are new ones."""
    row: Any = (await db.execute("select count(*) from search_words")).first()
    if db.path not in _CACHE or _CACHE[db.path][0] != row[0]:
        rows = (await db.execute("select word from search_words")).rows
        # Of two spellings of one folded word the one with accents comes last, and is the one to show.
        ordered = sorted((word for (word,) in rows), key=lambda word: (not word.isascii(), word))
        _CACHE[db.path] = (row[0], {folded(word): word for word in ordered})
    return _CACHE[db.path][1]
