"""What changed from one version of an article to the next? Words added and taken away, by paragraph."""

import re
from collections.abc import Iterator
from difflib import SequenceMatcher
from typing import TYPE_CHECKING, Any

from markupsafe import Markup, escape

if TYPE_CHECKING:
    from datasette.database import Database

Row = dict[str, Any]

_PIECE = re.compile(r"\s+|[^\W_]+|.", re.DOTALL)
_WORD = re.compile(r"\w")
_WORDS = re.compile(r"\w+")
_AROUND = 25  # pieces shown on each side of a change
_MOST_PIECES = 20_000  # beyond, comparing would keep a reader waiting
_MOST_PAIRS = 900  # paragraphs of before times those of after, in one place that changed
_ALIKE = 0.4  # the part of their words that two states of one paragraph share at least
_VERSIONS = """
select v.id, v.title, v.text, v.published, v.seen_at, c.file, c.offset
from versions v left join captures c on c.id = v.capture
where v.article = ? order by v.seen_at desc, v.id desc limit 20
"""


async def changes(db: "Database", article: str) -> list[Row]:
    """Return the latest versions of an article, each with ``title_change`` and ``text_change`` as HTML.

    ``published_before`` is the date that the page gave before, where it gives another now; ``words`` counts
    those that the text lost (``del``) and gained (``ins``). A change is ``None`` where nothing differs from
    the version before; the first version has none.
    """
    rows = [dict(row) for row in (await db.execute(_VERSIONS, [article])).rows]
    for newer, older in zip(rows, [*rows[1:], None], strict=False):
        newer["first"] = older is None
        before = older or newer
        newer["title_change"] = words(before["title"] or "", newer["title"] or "")
        newer["text_change"] = paragraphs(before["text"] or "", newer["text"] or "")
        newer["published_before"] = _other(before["published"], newer["published"])
        newer["words"] = _counted(newer["text_change"])
    return rows


def _other(before: str | None, after: str | None) -> str | None:
    return before if before and after and before != after else None


def words(before: str, after: str) -> Markup | None:
    """Return the changes of a line with their surroundings as ``<del>`` and ``<ins>``; ``None`` if equal.

    >>> words("Dix ans de Scop", "Onze ans de Scop")
    Markup('<del>Dix</del><ins>Onze</ins> ans de Scop')
    """
    if before == after:
        return None
    old, new = _PIECE.findall(before), _PIECE.findall(after)
    if max(len(old), len(new)) > _MOST_PIECES:
        return _changed(old, new)
    parts = list(_parts(old, new))
    shown = [
        _kept(gone, number == 0, number == len(parts) - 1) if gone == come else _changed(gone, come)
        for number, (gone, come) in enumerate(parts)
    ]
    return Markup().join(shown)


def paragraphs(before: str, after: str) -> Markup | None:
    """Return the paragraphs that changed, each with its changes, and their neighbours; ``None`` if equal.

    >>> paragraphs("Un.\\nDeux.\\nTrois.", "Un.\\nTrois.")
    Markup('<p>Un.</p><p><del>Deux.</del></p><p>Trois.</p>')
    """
    old, new = ([line for line in text.splitlines() if line.strip()] for text in (before, after))
    if old == new:
        return None
    shown: list[Markup] = []
    codes = SequenceMatcher(None, old, new, autojunk=False).get_opcodes()
    for number, (tag, i1, i2, j1, j2) in enumerate(codes):
        if tag == "equal":
            shown += _neighbours(old[i1:i2], number == 0, number == len(codes) - 1)
        else:
            shown += (Markup("<p>{}</p>").format(words(*pair)) for pair in _paired(old[i1:i2], new[j1:j2]))
    return Markup().join(shown)


def _parts(old: list[str], new: list[str]) -> Iterator[tuple[list[str], list[str]]]:
    """Yield what was kept, twice the same, and what was changed, in turn.

    Signs and spaces alone between two changes count as changed: so a reader meets words, not crumbs.
    """
    gone: list[str] = []
    come: list[str] = []
    codes = SequenceMatcher(None, old, new, autojunk=False).get_opcodes()
    for number, (tag, i1, i2, j1, j2) in enumerate(codes):
        between = 0 < number < len(codes) - 1
        if tag == "equal" and not (between and _WORD.search("".join(old[i1:i2])) is None):
            if gone or come:
                yield gone, come
            gone, come = [], []
            yield old[i1:i2], old[i1:i2]
        else:
            gone, come = gone + old[i1:i2], come + new[j1:j2]
    if gone or come:
        yield gone, come


def _paired(old: list[str], new: list[str]) -> Iterator[tuple[str, str]]:
    """Yield each paragraph before and after, in order; an empty one stands for what was not or is no more."""
    at, come = 0, list[str]()
    for after in new:
        rest = old[at:] if len(old) * len(new) <= _MOST_PAIRS else []
        found = next((n for n, before in enumerate(rest, at) if _likeness(before, after) >= _ALIKE), None)
        if found is None:
            come.append(after)
            continue
        yield from (*((before, "") for before in old[at:found]), *(("", after) for after in come))
        yield old[found], after
        at, come = found + 1, []
    yield from (*((before, "") for before in old[at:]), *(("", after) for after in come))


def _likeness(before: str, after: str) -> float:
    old, new = set(before.split()), set(after.split())
    return len(old & new) / max(1, min(len(old), len(new)))


def _neighbours(lines: list[str], is_first: bool, is_last: bool) -> list[Markup]:
    """Return the paragraphs next to a change, three dots for what lies between."""
    left, right = (not is_first), (not is_last)
    ends = [*lines[:1] * left, *lines[-1:] * right]
    if len(lines) <= len(ends):
        return [Markup("<p>{}</p>").format(_kept(_PIECE.findall(line), False, False)) for line in lines]
    shown = [Markup("<p>{}</p>").format(_kept(_PIECE.findall(line), False, False)) for line in ends]
    shown.insert(int(left), Markup('<p class="quiet">[…]</p>'))
    return shown


def _counted(change: Markup | None) -> dict[str, int]:
    """Return how many words a change takes away (``del``) and adds (``ins``)."""
    found = {"del": 0, "ins": 0}
    for tag, text in re.findall(r"<(del|ins)>(.*?)</", change or "", re.DOTALL):
        found[tag] += len(_WORDS.findall(Markup(text).unescape()))
    return found


def _changed(old: list[str], new: list[str]) -> Markup:
    gone = Markup("<del>{}</del>").format("".join(old)) if old else Markup()
    come = Markup("<ins>{}</ins>").format("".join(new)) if new else Markup()
    return gone + come


def _kept(pieces: list[str], is_first: bool, is_last: bool) -> Markup:
    """Return the unchanged words next to a change, three dots for what lies between."""
    left, right = (0 if is_first else _AROUND), (0 if is_last else _AROUND)
    if len(pieces) <= left + right + 10:
        return escape("".join(pieces))
    before = "".join(pieces[:left]).rpartition(" ")[0]
    after = "".join(pieces[len(pieces) - right :]).partition(" ")[2] if right else ""
    return escape(f"{before} […] {after}")
