"""Is each page of a source as it should be, field by field?"""

from bisect import bisect_right
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date, datetime, timedelta
from statistics import median

from archive.check.falls import Mark
from archive.check.findings import Field
from archive.store.health import Answer, ArticleFacts, CrawlRow

# How far the past reaches: a year, or so many pages where that is more. What changed longer ago and was
# left so is how the source is now.
_PAST = timedelta(days=365)
_PAST_PAGES = 500
# The share of the usual length below which a text is cut short.
_SHORT = 0.5
# An article may be seen so late (days), or so many times as late as usual, and still count as in time.
_LATE, _TIMES_LATE = 14, 3

# What an article must have to be right, for the fields that need no comparison.
HAS: Mapping[Field, Callable[[ArticleFacts], bool]] = {
    "dated": lambda article: article.published is not None,
    "titled": lambda article: article.titled,
    "text": lambda article: article.words > 0,
    "coops": lambda article: article.coops,
    "departments": lambda article: article.departments,
}


class Batches:
    """Which crawl, or which month, brought a page? Pages from elsewhere (a replay) go by month."""

    def __init__(self, crawls: Sequence[CrawlRow]) -> None:
        """Take the crawls that named the source, oldest first."""
        self._crawls = crawls
        self._starts = [crawl.started_at for crawl in crawls]

    def mark(self, good: bool, url: str, at: str) -> Mark:
        """Return the mark of a page fetched at the moment ``at`` (ISO, UTC)."""
        place = bisect_right(self._starts, at) - 1
        crawl = self._crawls[place] if place >= 0 else None
        if crawl is None or (crawl.finished_at is not None and at > crawl.finished_at):
            return Mark(good, url, at, at[:7])
        return Mark(good, url, at, f"crawl {crawl.id}", crawl.id)


def within(marks: Sequence[Mark], start: str | None = None) -> list[Mark]:
    """Return the marks that count as the present and its past, none older than the moment ``start``."""
    if not marks:
        return []
    oldest = min(marks[-_PAST_PAGES:][0].at, _earlier(marks[-1].at, _PAST))
    first = max(oldest, start) if start else oldest
    return [mark for mark in marks if mark.at >= first]


def of_articles(articles: Sequence[ArticleFacts], batches: Batches) -> dict[Field, list[Mark]]:
    """Return the marks of each field of the articles, which are in the order of ``read_at``."""

    def marks(chosen: Iterable[ArticleFacts], good: Callable[[ArticleFacts], bool]) -> list[Mark]:
        return [batches.mark(good(article), article.url, article.read_at) for article in chosen]

    found = {field: marks(articles, has) for field, has in HAS.items()}
    written = [article for article in articles if article.words > 0]
    least = _usual([article.words for article in written]) * _SHORT
    found["length"] = marks(written, lambda article: article.words >= least)
    news = [article for article in _later(articles, batches) if lag(article) is not None]
    most = max(_LATE, _usual([lag(article) or 0 for article in news]) * _TIMES_LATE)
    found["lag"] = marks(news, lambda article: -1 <= (lag(article) or 0) <= most)
    return found


def of_answers(answers: Sequence[Answer], batches: Batches) -> dict[Field, list[Mark]]:
    """Return the marks of what the requests came to, which are in order of time."""
    return {
        "answers": [batches.mark(answer.ok, answer.url, answer.at) for answer in answers],
        "read": [
            batches.mark(answer.read, answer.url, answer.at) for answer in answers if answer.read is not None
        ],
    }


def lag(article: ArticleFacts) -> int | None:
    """Return the days from publication to first sight, ``None`` where the day is not known."""
    day = published_day(article)
    return None if day is None else (date.fromisoformat(article.first_seen[:10]) - day).days


def published_day(article: ArticleFacts) -> date | None:
    """Return the day of publication, ``None`` for a partial date and for a clipping, older than its tile."""
    if article.clipping or article.published is None or len(article.published) != len("2024-06-01"):
        return None
    return date.fromisoformat(article.published)


def _later(articles: Iterable[ArticleFacts], batches: Batches) -> list[ArticleFacts]:
    """Leave out what the first fetch found: it brings the source's whole past at once."""
    ordered = sorted(articles, key=lambda article: article.first_seen)
    if not ordered:
        return []
    first = batches.mark(True, "", ordered[0].first_seen).batch
    return [
        article
        for article in articles
        if batches.mark(True, "", article.first_seen).batch != first and not article.clipping
    ]


def _usual(values: Sequence[int]) -> float:
    """Return the median of the older half: what is wrong today must not set what is usual."""
    return median(values[: (len(values) + 1) // 2]) if values else 0.0


def _earlier(at: str, span: timedelta) -> str:
    return (datetime.fromisoformat(at) - span).strftime("%Y-%m-%dT%H:%M:%SZ")
