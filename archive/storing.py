"""How does what was read get into the store? All that some captures bring in one step, or nothing of it."""

import sqlite3
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING

from sqlite_utils import Database

from archive import clustering
from archive.ledger import Ledger
from archive.store import articles, captures, shapes
from archive.store.article_rows import ArticleRows
from archive.store.captures import CaptureRow
from archive.store.clusters import Kept

if TYPE_CHECKING:
    from archive.harvest import Harvest


# So many pages are stored in one transaction, or a few more; fewer where they have so many characters.
_AT_ONCE = 25
_HEAVY = 2_000_000

Found = tuple[CaptureRow, "Harvest | str"]


def together(found: Iterable[Sequence[Found]]) -> Iterator[list[Found]]:
    """Yield what was found in captures in larger lists, each worth a transaction.

    Nothing is taken out of ``found`` that is not in the next list.
    """
    some: list[Found] = []
    for few in found:
        some += few
        weight = sum(what.weight for _, what in some if not isinstance(what, str))
        if len(some) >= _AT_ONCE or weight >= _HEAVY:
            yield some
            some = []
    if some:
        yield some


def store(database: Database, ledger: Ledger, found: Sequence[Found]) -> None:
    """Write what captures bring, or why one brings nothing; count it and note its problems in ``ledger``.

    Where the schema refuses something, each capture is written by itself, and the refusal is its problem.
    """
    try:
        with ledger.step():
            _store(database, ledger, found)
    except sqlite3.IntegrityError as error:
        if len(found) > 1:
            for one in found:
                store(database, ledger, [one])
        elif not isinstance(found[0][1], str):
            store(database, ledger, [(found[0][0], f"not stored: {error}")])
        else:
            raise


def _store(database: Database, ledger: Ledger, found: Sequence[Found]) -> None:
    for row, what in found:
        for problem in (what,) if isinstance(what, str) else what.problems:
            ledger.note_capture(row, "parse", problem)
    harvested = {row.id: what for row, what in found if not isinstance(what, str)}
    shapes.put(database, {row: harvest.shapes for row, harvest in harvested.items()})
    brought = [article for harvest in harvested.values() for article in harvest.articles]
    changes = articles.save_all(database, brought)
    ledger.counts.update(changes)
    captures.mark(database, {row.id: _state(what) for row, what in found})
    clustering.look_at(database, _texts(brought, changes))


def _state(found: "Harvest | str") -> str:
    if isinstance(found, str):
        return captures.PROBLEM
    return captures.READ if found.articles else captures.SKIPPED


def _texts(brought: Sequence[ArticleRows], changes: Sequence[articles.Change]) -> dict[int, Kept | None]:
    """Return what clusters are to know of each article, ``None`` where the archive itself must tell."""
    times = Counter(article.id for article in brought)
    return {
        article.id: article.kept if change != "unchanged" and times[article.id] == 1 else None
        for article, change in zip(brought, changes, strict=True)
    }
