"""What does the daily look like? JSON-LD, AMP twins, a paywall, campaign links, an index of sitemaps."""

import gzip
import io
from collections.abc import Iterator
from datetime import date, datetime
from zoneinfo import ZoneInfo

from archive.sample import content, web
from archive.sample.content import Article

_HOST = "https://www.courrier-des-plaines.example"
_NAME = "Le Courrier des Plaines"
_OLD_MAP = f"{_HOST}/sitemaps/articles-archives.xml.gz"
_NEW_MAP = f"{_HOST}/sitemaps/articles-2023-2025.xml"
_PAGES_MAP = f"{_HOST}/sitemaps/pages.xml"
# Articles before this year lie in the gzipped sitemap.
_SPLIT = 2023


def address(article: Article) -> str:
    """Return the address of an article: the date, the section, the slug and a number."""
    return f"{_HOST}/{article.day:%Y/%m/%d}/{article.path}"


def answers() -> Iterator[web.Answer]:
    """Yield every response of the site, in the order in which a visitor meets them."""
    news = content.articles("plaines")
    rules = f"User-agent: *\nDisallow: /abonnement\nSitemap: {_HOST}/sitemap.xml\n"
    yield web.text(f"{_HOST}/robots.txt", rules)
    front = [_card(one) for one in news[:-6:-1]]
    home = {"title": "Accueil", "rows": front, "crawled": web.FETCHED.date()}
    yield web.page(f"{_HOST}/", "plaines/home.html", home)
    yield from _sitemaps(news)
    for place, article in enumerate(news):
        near = [one for one in news[max(place - 2, 0) : place + 3] if one is not article][:3]
        yield from _article(article, [_card(one) for one in near])


def _sitemaps(news: list[Article]) -> Iterator[web.Answer]:
    maps = [(_OLD_MAP, f"{_SPLIT}-01-02"), (_NEW_MAP, _changed(news[-1])), (_PAGES_MAP, "2021-01-11")]
    yield web.page(f"{_HOST}/sitemap.xml", "plaines/index.xml", {"maps": maps})
    old = [(address(one), _changed(one)) for one in news if one.day.year < _SPLIT]
    new = [(address(one), _changed(one)) for one in news if one.day.year >= _SPLIT]
    packed = _gzip(web.page(_OLD_MAP, "plaines/map.xml", {"rows": old}).body)
    yield web.Answer(_OLD_MAP, packed, "application/gzip")
    yield web.page(_NEW_MAP, "plaines/map.xml", {"rows": new})
    pages = [(f"{_HOST}/", None), (f"{_HOST}/mentions", None)]
    yield web.page(_PAGES_MAP, "plaines/map.xml", {"rows": pages})


def _gzip(body: bytes) -> bytes:
    # Stored, not compressed: the bytes are then the same under every version of zlib.
    buffer = io.BytesIO()
    with gzip.GzipFile(filename="", mode="wb", compresslevel=0, fileobj=buffer, mtime=0) as file:
        file.write(body)
    return buffer.getvalue()


def _article(article: Article, related: list[dict[str, str]]) -> Iterator[web.Answer]:
    amp = f"{_HOST}/amp/{article.day:%Y/%m/%d}/{article.path}"
    published = _moment(article.day, article.extra["time"])
    updated = article.extra.get("updated")
    modified = _moment(updated, "09:30") if updated else published
    values = {
        "title": article.headline,
        "article": article,
        "own": address(article),
        "amp": amp,
        "published": published,
        "modified": modified,
        "clock": article.extra["time"].replace(":", "h"),
        "updated": updated,
        "paywalled": article.extra.get("paywalled", False),
        "related": related,
        "crawled": web.FETCHED.date(),
        "linked_data": _linked_data(article, published, modified),
    }
    changed = updated or article.day
    yield web.page(address(article), "plaines/article.html", values, changed=changed)
    yield web.page(amp, "plaines/amp.html", values, changed=changed)


def _linked_data(article: Article, published: str, modified: str) -> dict[str, object]:
    agency = article.extra.get("dispatch", False)
    return {
        "@context": "https://schema.org",
        "@type": "NewsArticle",
        "headline": article.headline,
        "mainEntityOfPage": address(article),
        "datePublished": published,
        "dateModified": modified,
        "isAccessibleForFree": not article.extra.get("paywalled", False),
        "author": {"@type": "Organization" if agency else "Person", "name": article.author},
        "publisher": {"@type": "NewsMediaOrganization", "name": _NAME},
    }


def _card(article: Article) -> dict[str, str]:
    standfirst = article.extra["standfirst"]
    return {"address": address(article), "title": article.headline, "standfirst": standfirst}


def _changed(article: Article) -> str:
    return str(article.extra.get("updated", article.day))


def _moment(day: date, clock: str) -> str:
    hour, minute = map(int, clock.split(":"))
    return datetime(day.year, day.month, day.day, hour, minute, tzinfo=ZoneInfo("Europe/Paris")).isoformat()
