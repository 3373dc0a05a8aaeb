"""What changed from one version of an article to the next? Words added and taken away, in their sentences."""

import re
from difflib import SequenceMatcher
from typing import TYPE_CHECKING, Any

from markupsafe import Markup, escape

if TYPE_CHECKING:
    from datasette.database import Database

Row = dict[str, Any]

_PIECE = re.compile(r"\s+|[^\W_]+|.", re.DOTALL)
_AROUND = 25  # pieces shown on each side of a change
_MOST_PIECES = 20_000  # beyond, comparing would keep a reader waiting
_VERSIONS = """
select id, title, text, seen_at from versions where article = ? order by seen_at desc, id desc limit 20
"""


async def changes(db: "Database", article: str) -> list[Row]:
    """Return the latest versions of an article, each with ``title_change`` and ``text_change`` as HTML.

    A change is ``None`` where nothing differs from the version before; the first version has none.
    """
    rows = [dict(row) for row in (await db.execute(_VERSIONS, [article])).rows]
    for newer, older in zip(rows, [*rows[1:], None], strict=False):
        newer["first"] = older is None
        for name in ("title", "text"):
            before = (older[name] or "") if older else newer[name] or ""
            newer[f"{name}_change"] = difference(before, newer[name] or "")
    return rows


def difference(before: str, after: str) -> Markup | None:
    """Return the changes with their surroundings as ``<del>`` and ``<ins>``, escaped; ``None`` if equal.

    >>> difference("Dix ans de Scop", "Onze ans de Scop")
    Markup('<del>Dix</del><ins>Onze</ins> ans de Scop')
    """
    if before == after:
        return None
    old, new = _PIECE.findall(before), _PIECE.findall(after)
    if max(len(old), len(new)) > _MOST_PIECES:
        return Markup("<p>{}</p>").format("Texte trop long pour être comparé mot à mot.")
    pieces = [
        _equal(old[i1:i2], i1 == 0, i2 == len(old)) if tag == "equal" else _changed(old[i1:i2], new[j1:j2])
        for tag, i1, i2, j1, j2 in SequenceMatcher(None, old, new, autojunk=False).get_opcodes()
    ]
    return Markup().join(pieces)


def _changed(old: list[str], new: list[str]) -> Markup:
    gone = Markup("<del>{}</del>").format("".join(old)) if old else Markup()
    come = Markup("<ins>{}</ins>").format("".join(new)) if new else Markup()
    return gone + come


def _equal(pieces: list[str], is_first: bool, is_last: bool) -> Markup:
    """Return the unchanged words next to a change, three dots for what lies between."""
    left, right = (0 if is_first else _AROUND), (0 if is_last else _AROUND)
    if len(pieces) <= left + right + 10:
        return escape("".join(pieces))
    after = "".join(pieces[len(pieces) - right :]) if right else ""
    return escape(f"{''.join(pieces[:left])} […] {after}")
