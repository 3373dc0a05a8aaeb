"""What does the regional union's site look like? Drupal: news and static pages at one-word addresses."""

from collections.abc import Iterator

from archive.sample import content, web
from archive.sample.content import Article

_HOST = "https://www.scop-suds.example"
_A_PAGE = 6
_ABOUT = "<p>Scop et Scic de Provence, du Languedoc, de Corse, de La Réunion et de Mayotte.</p>"


def address(article: Article) -> str:
    """Return the address of an article."""
    return f"{_HOST}/{article.path}"


def answers() -> Iterator[web.Answer]:
    """Yield every response of the site, in the order in which a visitor meets them."""
    news = content.articles("suds")
    static = content.pages("suds")
    yield web.text(f"{_HOST}/robots.txt", "User-agent: *\nDisallow: /intranet/\nCrawl-delay: 2\n")
    home = {"title": "Accueil", "body": _ABOUT, "links": [*reversed(news[-3:]), *static]}
    yield web.page(f"{_HOST}/", "suds/page.html", home)
    yield from _listings(news[::-1])
    yield from _articles(news)
    for page in static:
        yield web.page(address(page), "suds/page.html", {"title": page.headline, "body": page.html})
    yield web.moved(f"{_HOST}/reprise-aubagne", address(news[0]))
    gone = {"title": "Page non trouvée", "body": "<p>La page demandée n’existe plus.</p>"}
    yield web.missing(f"{_HOST}/annuaire-des-cooperatives", "suds/page.html", gone)
    # Linked from every page and forbidden by robots.txt: it is here so that fetching it would show.
    secret = {"title": "Circulaires", "body": "<p>Réservé aux adhérents.</p>"}
    yield web.page(f"{_HOST}/intranet/circulaires", "suds/page.html", secret)


def _listings(newest: list[Article]) -> Iterator[web.Answer]:
    count = -(-len(newest) // _A_PAGE)
    for number in range(count):
        query = f"?page={number}" if number else ""
        rows = newest[number * _A_PAGE : (number + 1) * _A_PAGE]
        values = {"title": "Actualités", "rows": rows, "number": number, "count": count}
        yield web.page(f"{_HOST}/actualites{query}", "suds/listing.html", values)


def _articles(news: list[Article]) -> Iterator[web.Answer]:
    for place, article in enumerate(news):
        values = {
            "title": article.headline,
            "article": article,
            "latest": [one for one in news[::-1] if one is not article][:3],
            "older": news[place - 1] if place else None,
            "newer": news[place + 1] if place + 1 < len(news) else None,
        }
        yield web.page(address(article), "suds/article.html", values, changed=article.day)
