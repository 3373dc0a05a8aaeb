"""What of a watched source is kept? The articles that concern us; of the rest, that they were looked at.

A newspaper's feed brings hundreds of articles a day, and it is not ours to pile them up. A page is read
before it is kept; one that concerns nobody leaves a number and a day, so that no crawl asks for it again.
"""

from collections.abc import Callable
from dataclasses import replace
from http import HTTPStatus

from archive.models import Exchange, Record
from archive.raw import Stored, as_stored
from archive.sources import Source, Watch

Read = Callable[[Stored], list[Record] | str]


def to_keep(exchange: Exchange, source: Source | None, read: Read) -> Exchange | None:
    """Return what is to be kept of a response: all of it, its headers alone, or nothing (``None``).

    Of a watched source, everything but articles (lists, feeds, redirects, refusals) is kept without its
    body. What a person adds by hand is always kept. ``read`` reads the records of a page.
    """
    if source is None or source.watch is None or exchange.role == "robots" or exchange.added_by is not None:
        return exchange
    if exchange.role != "article" or exchange.status not in (HTTPStatus.OK, HTTPStatus.NOT_MODIFIED):
        return replace(exchange, body=b"", noarchive=True)
    if exchange.status == HTTPStatus.NOT_MODIFIED or exchange.noarchive:
        return exchange
    found = read(as_stored(exchange))
    # What cannot be read, and what a wall stands before, is kept: a better rule may read it.
    if isinstance(found, str) or any(record.obstacle for record in found):
        return exchange
    return exchange if any(concerns(record, source.watch) for record in found) else None


def concerns(record: Record, watch: Watch) -> bool:
    """Say whether an article is one that a source is watched for."""
    if watch.coops and record.coops:
        return True
    return watch.answers(f"{record.kicker or ''}\n{record.title or ''}", record.text)
