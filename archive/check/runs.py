"""Did the crawls of a source come to anything at all? No page, nothing to follow, or none was ever due."""

from collections.abc import Sequence
from datetime import datetime

from sqlite_utils import Database

from archive.check.falls import Mark, newest
from archive.check.findings import Finding
from archive.sources import Source
from archive.store import health
from archive.store.health import CrawlRow

# A source is never asked when so many crawls, over so many days, left it for hours that they do not meet.
_LEFT_CRAWLS, _LEFT_DAYS = 3, 2


def silent(
    database: Database, source: Source, crawls: Sequence[CrawlRow], answers: Sequence[Mark]
) -> list[Finding]:
    """Tell the crawls in a row, up to the last one, that brought nothing at all from the source."""
    last = health.last_answer(database, source.slug)
    missed: list[CrawlRow] = []
    for crawl in reversed(finished(crawls)):
        if (last is not None and last >= crawl.started_at) or _is_replay(database, crawl):
            break
        missed.append(crawl)
    if not missed:
        return []
    first = missed[-1]
    failed = [mark for mark in answers if mark.at >= first.started_at and not mark.good]
    examples = newest(failed) or source.fetch.start[:3]
    return [
        Finding(source.slug, "silent", "past", 0, 1, len(missed), first.started_at[:10], first.id, examples)
    ]


def empty_entries(database: Database, source: Source, crawls: Sequence[CrawlRow]) -> list[Finding]:
    """Tell the entry pages that lead nowhere since the last crawls: the site was rebuilt, or its lists moved.

    One among several that never led anywhere is let be; all of them are told even so.
    """
    empty = health.empty_entries(database, source.slug)
    missed: dict[str, list[CrawlRow]] = {}
    wanted = {url for url, _ in empty}
    for crawl in reversed(finished(crawls)):
        end = crawl.finished_at or crawl.started_at
        wanted &= {url for url, at in empty if crawl.started_at <= at <= end}
        for url in wanted:
            missed.setdefault(url, []).append(crawl)
    led = health.first_answers(database, source.slug)
    lost = {url: row for url, row in missed.items() if led.get(url, row[-1].started_at) < row[-1].started_at}
    if lost or len(missed) < len(source.fetch.start):
        missed = lost
    if not missed:
        return []
    longest = max(missed.values(), key=len)
    first = longest[-1]
    return [
        Finding(
            source.slug,
            "links",
            "past",
            0,
            1,
            len(longest),
            first.started_at[:10],
            first.id,
            tuple(sorted(missed))[:3],
        )
    ]


def left_for_later(database: Database, source: Source) -> list[Finding]:
    """Tell a source whose hours no crawl has met for days."""
    left = health.left_for_later(database, source.slug)
    if source.fetch.hours is None or len(left) < _LEFT_CRAWLS:
        return []
    first, last = left[0], left[-1]
    if (datetime.fromisoformat(last.started_at) - datetime.fromisoformat(first.started_at)).days < _LEFT_DAYS:
        return []
    return [
        Finding(
            source.slug,
            "hours",
            "past",
            0,
            1,
            len(left),
            first.started_at[:10],
            first.id,
            source.fetch.start[:3],
        )
    ]


def finished(crawls: Sequence[CrawlRow]) -> list[CrawlRow]:
    """Join crawls that were cut short with the one that finished their work."""
    joined: list[CrawlRow] = []
    start: str | None = None
    for crawl in crawls:
        start = start or crawl.started_at
        if crawl.finished_at is not None and crawl.outcome != "interrupted":
            joined.append(CrawlRow(crawl.id, start, crawl.finished_at, crawl.requests, crawl.outcome))
            start = None
    return joined


def _is_replay(database: Database, crawl: CrawlRow) -> bool:
    """Say whether a crawl brought responses that are older than itself."""
    end = crawl.finished_at or crawl.started_at
    return crawl.requests > 0 and not health.any_between(database, crawl.started_at, end)
