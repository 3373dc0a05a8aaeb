"""What does ``coopress crawl`` do? It runs one spider a source until nothing is left to fetch."""

import logging
import signal
import threading
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from scrapy.crawler import AsyncCrawlerProcess
from twisted.logger import globalLogBeginner

from archive.errors import ArchiveError
from archive.sources import Source
from scrapers.frontier import Frontier
from scrapers.frontier.redis import RedisFrontier, worker_name
from scrapers.frontier.sqlite import SqliteFrontier
from scrapers.loader import spider_for
from scrapers.replay import Replay
from scrapers.run import Keeper, Options, Result, Run
from scrapers.settings import settings

# Scrapy tells each step it takes, and prints a traceback for a robots.txt that cannot be had: both are in
# the archive's own tables.
_LOUDNESS = {
    "scrapy": logging.WARNING,
    "scrapy.core.downloader.handlers.http11": logging.ERROR,
    "scrapy.downloadermiddlewares.httpcompression": logging.ERROR,
    "scrapy.downloadermiddlewares.robotstxt": logging.CRITICAL,
}

__all__ = ["Options", "Result", "crawl"]


def crawl(sources: Sequence[Source], archive: Keeper, options: Options) -> Result:
    """Fetch what is new of ``sources`` into ``archive``; a crawl that was cut short is resumed.

    Raises ArchiveError when the replay file cannot be read, a source has no spider, or nothing more can be
    archived. Each process can crawl the web once, and replay as often as it likes.
    """
    slugs = [source.slug for source in sources]
    replay = Replay(options.replay) if options.replay else None
    if replay is not None and options.length is not None:
        options.length(len(replay))
    with _frontier(options) as frontier:
        run = Run(archive, frontier, options, replay)
        spiders = {source.slug: spider_for(source, run) for source in sources}
        due = frontier.begin(slugs)
        run.by_source = Counter(frontier.answered(slugs))
        _run(
            [spiders[slug] for slug in due],
            settings(replay is not None, options.allow_private, options.limits),
        )
        if run.failure is not None:
            raise run.failure
        run.by_source |= Counter(frontier.answered(slugs))  # what other workers did counts too
        for slug in run.full:
            frontier.finish_source(
                slug
            )  # not walked to its end: the next crawl must not stop at known ground
        finished = frontier.end([slug for slug in slugs if slug not in run.stopped])
    return Result(run.by_source.total(), dict(run.by_source), dict(run.errors), finished, dict(run.stopped))


def _frontier(options: Options) -> Frontier:
    if options.frontier is None or options.replay is not None:
        return SqliteFrontier(options.data)
    limits = options.limits
    name = worker_name(options.data)
    return RedisFrontier(options.frontier, name, lease_seconds=limits.lease, doubt_seconds=limits.doubt)


def _run(spiders: Sequence[type], wishes: dict[str, object]) -> None:
    """Run all spiders at once until each has finished or Ctrl-C was pressed."""
    process = AsyncCrawlerProcess(wishes)
    if wishes.get("TWISTED_REACTOR_ENABLED", True):
        # Until logging has begun, Twisted prints what is critical besides handing it to Scrapy.
        globalLogBeginner.beginLoggingTo([], redirectStandardIO=False, discardBuffer=True)
    logging.getLogger("twisted").addFilter(_is_news)
    for name, level in _LOUDNESS.items():
        logging.getLogger(name).setLevel(level)
    for spider in spiders:
        process.crawl(spider)
    with _signals_restored():
        process.start(install_signal_handlers=threading.current_thread() is threading.main_thread())
    if process.bootstrap_failed:
        raise ArchiveError("a spider could not start; its traceback stands above")


def _is_news(record: logging.LogRecord) -> bool:
    """Say whether a line of Twisted's tells more than the table of problems does."""
    return not record.getMessage().startswith("while verifying certificate")


@contextmanager
def _signals_restored() -> Iterator[None]:
    """Give Ctrl-C back to whatever comes after the crawl."""
    ours = {number: signal.getsignal(number) for number in (signal.SIGINT, signal.SIGTERM)}
    try:
        yield
    finally:
        if threading.current_thread() is threading.main_thread():
            for number, handler in ours.items():
                signal.signal(number, handler)
