"""Which source broke, in which field, since when? Judged by ``[expect]`` and by the source's own past."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta
from itertools import pairwise
from statistics import median

from sqlite_utils import Database

from archive.check import marks, runs
from archive.check.falls import Mark, fall, newest
from archive.check.findings import Field, Finding
from archive.check.volume import slump
from archive.sources import Source
from archive.store import health
from archive.store.captures import moment
from archive.store.health import Answer, ArticleFacts

__all__ = ["Finding", "archive_findings", "findings"]

# By how much a share must fall to be told. Dates and titles do not come and go; what the articles are about
# and how many addresses are dead does.
_DROPS: Mapping[Field, float] = {
    "dated": 0.15,
    "titled": 0.15,
    "text": 0.15,
    "length": 0.3,
    "coops": 0.3,
    "departments": 0.3,
    "lag": 0.3,
    "read": 0.3,
    "answers": 0.3,
}
# A share of fewer articles is not held against ``[expect]``.
_LEAST = 10
# Below this share of answered requests in its last crawl even a source without a past is broken.
_LEAST_ANSWERED = 0.5
# Requests older than this (days) are not looked at.
_PAST_DAYS = 400
# The crawls themselves are late after so many times their usual interval, but not before so many days.
_TIMES_LATE, _DAYS_LATE = 3, 3


def findings(
    database: Database, sources: Iterable[Source], now: datetime, past_from: Mapping[str, date] | None = None
) -> list[Finding]:
    """Return what is wrong with the sources, at most one finding a field, none for a source never asked.

    ``now`` is an aware UTC time. ``past_from`` names the day from which the past of a source counts, for
    changes that were meant.
    """
    found: list[Finding] = []
    for source in sources:
        start = (past_from or {}).get(source.slug)
        found.extend(_of_source(database, source, now, start.isoformat() if start else None))
    return found


def archive_findings(database: Database, now: datetime) -> list[Finding]:
    """Return what is wrong with the crawls as such: none has finished for much longer than usual."""
    ends = [crawl.finished_at for crawl in runs.finished(health.crawls(database)) if crawl.finished_at]
    times = [datetime.fromisoformat(end) for end in sorted(ends)]
    if len(times) <= _TIMES_LATE:
        return []
    usual = median((later - earlier).days for earlier, later in pairwise(times))
    late = (now - times[-1]).days
    if late <= max(_DAYS_LATE, usual * _TIMES_LATE):
        return []
    return [Finding(None, "crawl", "past", late, usual, len(times), ends[-1][:10])]


def _of_source(database: Database, source: Source, now: datetime, start: str | None) -> list[Finding]:
    articles = health.article_facts(database, source.slug)
    crawls = health.crawls(database, source.slug)
    batches = marks.Batches(crawls)
    oldest = moment(now - timedelta(days=_PAST_DAYS))
    asked = health.answers(database, source.slug, oldest)
    answers = marks.of_answers(asked, batches)
    left = runs.left_for_later(database, source)
    if health.last_answer(database, source.slug) is None and not runs.finished(crawls):
        return left
    silent = runs.silent(database, source, crawls, answers["answers"])
    empty = [] if silent else runs.empty_entries(database, source, crawls)
    of_articles = marks.of_articles(articles, batches)
    found = [
        *left,
        *silent,
        *empty,
        *_falls(source, {**of_articles, **answers}, start),
        *_volume(database, source, articles, start),
        *_floors(source, of_articles),
        *_refused(source, answers["answers"]),
    ]
    fields = {finding.field for finding in found}
    # What only follows from something worse is not told as well.
    worse = {"answers", "read", "links", "hours"}
    follows = {"volume", "answers"} if silent else {"volume"} if fields & worse else set()
    follows |= {"coops", "departments"} if "text" in fields else set()
    first = {finding.field: finding for finding in reversed(found) if finding.field not in follows}
    failed = [answer for answer in asked if not answer.ok]
    return [_with_causes(finding, failed) for finding in reversed(first.values())]


def _with_causes(finding: Finding, failed: Iterable[Answer]) -> Finding:
    """Say what a site answers that no longer answers well: how often which status, or none (0)."""
    if finding.field not in ("answers", "silent") or finding.since is None:
        return finding
    counts = Counter(answer.status or 0 for answer in failed if answer.at >= finding.since)
    return replace(finding, causes=tuple(counts.most_common()))


def _falls(source: Source, series: Mapping[Field, list[Mark]], start: str | None) -> Iterator[Finding]:
    for field, drop in _DROPS.items():
        found = fall(marks.within(series[field], start), drop)
        if found is not None:
            first = found.first
            yield Finding(
                source.slug,
                field,
                "past",
                round(found.after, 3),
                round(found.before, 3),
                found.pages,
                first.at[:10],
                first.crawl,
                found.examples,
            )


def _volume(
    database: Database, source: Source, articles: Sequence[ArticleFacts], start: str | None
) -> Iterator[Finding]:
    last = health.last_answer(database, source.slug)
    if last is None:
        return
    days = [
        marks.published_day(article) or date.fromisoformat(article.first_seen[:10]) for article in articles
    ]
    # A date after the first sight is a mistake, or an event's: the article appeared when it was seen.
    seen = [date.fromisoformat(article.first_seen[:10]) for article in articles]
    appeared = [min(pair) for pair in zip(days, seen, strict=True)]
    found = slump(
        [day for day in appeared if not start or day.isoformat() >= start], date.fromisoformat(last[:10])
    )
    if found is not None:
        latest = sorted(articles, key=lambda article: article.first_seen)[-3:]
        yield Finding(
            source.slug,
            "volume",
            "past",
            found.found,
            found.usual,
            found.days,
            found.since.isoformat(),
            None,
            tuple(article.url for article in reversed(latest)),
        )


def _floors(source: Source, series: Mapping[Field, list[Mark]]) -> Iterator[Finding]:
    """Hold the whole archive of a source against its ``[expect]``."""
    count = len(series["dated"])
    floor = source.expect.get("articles", 0)
    if count < floor:
        yield Finding(source.slug, "articles", "floor", count, floor, count)
    for field in marks.HAS:
        least = source.expect.get(field)
        if least is None or count < _LEAST:
            continue
        good = sum(mark.good for mark in series[field])
        if good / count < least:
            bad = [mark for mark in series[field] if not mark.good]
            first = _below(series[field], least)
            yield Finding(
                source.slug,
                field,
                "floor",
                round(good / count, 3),
                least,
                count,
                first.at[:10],
                first.crawl,
                newest(bad),
            )


def _below(series: Sequence[Mark], least: float) -> Mark:
    """Return the page from which on the share of all pages so far has stayed below ``least``."""
    good = sum(mark.good for mark in series)
    place = len(series)
    while place > 1 and good / place < least:
        place -= 1
        good -= series[place].good
    return series[place] if place < len(series) and good / place >= least else series[0]


def _refused(source: Source, answers: Sequence[Mark]) -> Iterator[Finding]:
    """Tell a last crawl whose requests mostly failed, whatever the past."""
    last = [mark for mark in answers if mark.batch == answers[-1].batch]
    good = sum(mark.good for mark in last)
    if len(last) >= _LEAST and good / len(last) < _LEAST_ANSWERED:
        bad = [mark for mark in last if not mark.good]
        yield Finding(
            source.slug,
            "answers",
            "floor",
            round(good / len(last), 3),
            _LEAST_ANSWERED,
            len(last),
            bad[0].at[:10],
            bad[0].crawl,
            newest(bad),
        )
