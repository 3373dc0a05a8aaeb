"""What does the clipping board look like? One page of tiles, each with an id and a link elsewhere."""

from collections.abc import Iterator

from archive.sample import content, web
from archive.sample.content import Article

_HOST = "https://www.tableau-de-liege.example"
BOARD = f"{_HOST}/nadege-l/les-cooperatives-dans-la-presse/id7311"


def address(article: Article) -> str:
    """Return the address of a tile: the board's, and the tile's id as fragment."""
    return f"{BOARD}#{article.path}"


def answers() -> Iterator[web.Answer]:
    """Yield every response of the site."""
    yield web.text(f"{_HOST}/robots.txt", "User-agent: *\nDisallow: /compte/\n")
    tiles = sorted(content.articles("liege"), key=lambda tile: tile.path, reverse=True)
    yield web.page(BOARD, "liege/board.html", {"tiles": tiles})
