"""How does a reprint differ from the article it repeats? Words in common, left out and added, in order."""

import re
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import TYPE_CHECKING, Any, Literal

if TYPE_CHECKING:
    from datasette.database import Database

Row = dict[str, Any]
Kind = Literal["same", "cut", "added"]

# Space and signs that stand alone (« ! ») belong to the word before them.
_WORD = re.compile(r"(?:\A\W+)?\S*\w\S*(?:\s+[^\w\s]+(?!\S))*\s*")
_BARE = re.compile(r"[\W_]+")
# Beyond so many words a comparison takes longer than a page may; reprints are shorter.
_MOST_WORDS = 3_000
# Words shown at each end of a long passage in common.
_ENDS = 12
_MOST_MEMBERS = 40

_MEMBERS = f"""
select a.id, a.title, a.text, a.words, a.published, a.published_time, a.url, a.gone_at,
       coalesce(o.name, s.title) as outlet_name, p.credit, k.lead, k.agency,
       (select part from similarities where (article, other) = (min(a.id, k.lead), max(a.id, k.lead))) as part
from clusters k join articles a on a.cluster = k.id
join sources s on s.slug = a.source
left join outlets o on o.id = a.outlet
left join article_samples p on p.article = a.id
where k.id = :id
order by a.id != k.lead, a.published is null, a.published, a.published_time, a.id
limit {_MOST_MEMBERS}
"""


@dataclass(frozen=True, slots=True)
class Piece:
    """A passage of one of two texts, or of both; ``shown`` is shortened where both have much in common."""

    kind: Kind
    shown: str


@dataclass(frozen=True, slots=True)
class Comparison:
    """What two texts share and what not, in words; ``pieces`` follow the first, additions where they come."""

    same: int
    cut: int
    added: int
    pieces: tuple[Piece, ...]


def compare(text: str, other: str) -> Comparison:
    """Compare ``other`` with the ``text`` that it repeats; case and punctuation do not count.

    >>> found = compare("La Scop a dix ans. On danse.", "Depuis lundi, la Scop a dix ans.")
    >>> found.same, found.cut, found.added
    (5, 2, 2)
    >>> [(piece.kind, piece.shown) for piece in found.pieces]
    [('added', 'Depuis lundi, '), ('same', 'la Scop a dix ans.'), ('cut', 'On danse.')]
    """
    ours, theirs = _words(text), _words(other)
    matcher = SequenceMatcher(None, list(map(_bare, ours)), list(map(_bare, theirs)), autojunk=False)
    counts: dict[str, int] = {"same": 0, "cut": 0, "added": 0}
    pieces: list[Piece] = []
    for tag, start, end, first, last in matcher.get_opcodes():
        if tag == "equal":
            counts["same"] += end - start
            pieces.append(Piece("same", _shortened(theirs[first:last])))
            continue
        for kind, words in (("cut", ours[start:end]), ("added", theirs[first:last])):
            if words:
                counts[kind] += len(words)
                pieces.append(Piece("cut" if kind == "cut" else "added", "".join(words)))
    return Comparison(counts["same"], counts["cut"], counts["added"], tuple(pieces))


async def cluster(db: "Database", key: str) -> Row:
    """Return the articles of a cluster, its lead first, each of the others with its ``comparison``."""
    members = [dict(row) for row in (await db.execute(_MEMBERS, {"id": key})).rows]
    for member in members[1:]:
        member["comparison"] = compare(members[0]["text"], member["text"])
    return {"members": members, "lead": members[0] if members else None}


def _words(text: str) -> list[str]:
    return _WORD.findall(text)[:_MOST_WORDS]


def _bare(word: str) -> str:
    return _BARE.sub("", word.casefold())


def _shortened(words: list[str]) -> str:
    if len(words) <= 3 * _ENDS:
        return "".join(words)
    return f"{''.join(words[:_ENDS])}[…] {''.join(words[-_ENDS:])}"
