"""What does the monthly notebook look like? A blog: an Atom feed, « 1er mai », no structured data."""

from collections.abc import Iterator
from datetime import timedelta

from archive.sample import content, web
from archive.sample.content import Article

_HOME = "https://www.le-rabot.example/"


def address(article: Article) -> str:
    """Return the address of an article."""
    return f"{_HOME}{article.path}/"


def answers() -> Iterator[web.Answer]:
    """Yield every response of the site, in the order in which a visitor meets them."""
    posts = content.articles("rabot")
    newest = posts[::-1]
    frame = {"home": _HOME, "years": sorted({one.day.year for one in posts}, reverse=True)}
    yield web.text(f"{_HOME}robots.txt", "User-agent: *\nDisallow: /wp-admin/\n")
    yield web.page(_HOME, "rabot/home.html", {**frame, "title": "Accueil", "rows": newest})
    yield web.page(f"{_HOME}flux.xml", "rabot/feed.xml", {**frame, "rows": newest})
    for place, article in enumerate(posts):
        values = {
            **frame,
            "title": article.headline,
            "article": article,
            "older": posts[place - 1] if place else None,
            "newer": posts[place + 1] if place + 1 < len(posts) else None,
            "answered": article.day + timedelta(days=9),
        }
        yield web.page(address(article), "rabot/article.html", values, changed=article.day)
