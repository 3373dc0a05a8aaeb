"""What does the second union's site look like? SPIP: numbered articles, print twins, backend, a PDF."""

from collections.abc import Iterator

from archive.sample import content, pdf, web
from archive.sample.content import Article

_HOME = "https://www.scop-jura-vosges.example/"
_LISTING = "spip.php?rubrique3"
_A_PAGE = 5


def address(article: Article) -> str:
    """Return the address of an article, or of the PDF letter."""
    return (
        f"{_HOME}{article.path}"
        if article.path.endswith(".pdf")
        else f"{_HOME}spip.php?article{article.path}"
    )


def answers() -> Iterator[web.Answer]:
    """Yield every response of the site, in the order in which a visitor meets them."""
    news = content.articles("jura_vosges")
    newest = news[::-1]
    yield web.text(f"{_HOME}robots.txt", "User-agent: *\nDisallow: /ecrire/\n")
    yield _listing("", newest, 0)
    yield web.moved(f"{_HOME}spip.php", _HOME)
    for start in range(0, len(news), _A_PAGE):
        yield _listing(f"{_LISTING}&debut_articles={start}" if start else _LISTING, newest, start)
    feed = {"home": _HOME, "rows": newest}
    yield web.page(f"{_HOME}spip.php?page=backend", "jura_vosges/backend.xml", feed)
    for article in news:
        yield from _article(article, [one for one in newest if one is not article][:3])
    for page in content.pages("jura_vosges"):
        values = {"title": page.headline, "article": page}
        yield web.page(address(page), "jura_vosges/article.html", values)
    letter = content.letter()
    yield web.Answer(address(letter), pdf.letter(), "application/pdf", changed=letter.day)


def _listing(path: str, newest: list[Article], current: int) -> web.Answer:
    values = {
        "title": "Actualités",
        "rows": newest[current : current + _A_PAGE],
        "starts": range(0, len(newest), _A_PAGE),
        "current": current,
    }
    return web.page(f"{_HOME}{path}", "jura_vosges/listing.html", values)


def _article(article: Article, latest: list[Article]) -> Iterator[web.Answer]:
    own = address(article)
    values = {"title": article.headline, "article": article, "latest": latest, "original": own}
    yield web.page(own, "jura_vosges/article.html", values, changed=article.day)
    twin = f"{_HOME}spip.php?page=imprimer&id_article={article.path}"
    yield web.page(twin, "jura_vosges/print.html", values)
