"""Which spider crawls a source? One of the general ones, or the one written for it."""

from importlib import import_module
from importlib.util import find_spec

from archive.errors import SourceError
from archive.sources import Source
from scrapers.render import render_settings
from scrapers.run import Run
from scrapers.settings import pace_of
from scrapers.spiders.base import SourceSpider
from scrapers.spiders.board import BoardSpider
from scrapers.spiders.feed import FeedSpider
from scrapers.spiders.listing import ListingSpider
from scrapers.spiders.named import NamedSpider
from scrapers.spiders.sitemap import SitemapSpider

_GENERAL: dict[str, type[SourceSpider]] = {
    "listing": ListingSpider,
    "sitemap": SitemapSpider,
    "feed": FeedSpider,
    "board": BoardSpider,
}


def spider_for(source: Source, run: Run) -> type[SourceSpider]:
    """Return the spider class of ``source``, made for this ``run``: for named pages alone, if it has some.

    Raises SourceError when ``via = "spider"`` and there is no ``scrapers/spiders/<slug>.py`` with one.
    """
    if run.options.only:
        base: type[SourceSpider] = NamedSpider
    else:
        base = _GENERAL.get(source.fetch.via) or _written_for(source)
    own = {} if run.replay is not None else pace_of(source.fetch.delay)
    if source.fetch.render and run.replay is None:
        own |= render_settings(source, run.options.allow_private)
    known: dict[str, object] = {"name": source.slug, "source": source, "run": run, "custom_settings": own}
    if source.fetch.full_text:
        known["start_role"] = "full_feed"
    return type(base.__name__, (base,), known)


def _written_for(source: Source) -> type[SourceSpider]:
    name = f"scrapers.spiders.{source.slug}"
    if find_spec(name) is not None:
        for thing in vars(import_module(name)).values():
            if isinstance(thing, type) and issubclass(thing, SourceSpider) and thing.__module__ == name:
                return thing
    raise SourceError(
        f"{source.path}: fetch.via is « spider », but scrapers/spiders/{source.slug}.py has none"
    )
