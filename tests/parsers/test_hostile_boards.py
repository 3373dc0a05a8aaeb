# ruff: noqa: E501  # markup is quoted as sites write it
"""Whatever a board tries, it ends as clippings with web addresses, or as a named problem, in reasonable time."""

import pytest

from archive.errors import PageError
from archive.models import Hints, Page
from archive.parsers.records import records

BOARD = "https://planche.example/revue"
EXCERPT = "Dans l’Orne, six associés ont repris la filature du village et y logent des voisins."


def tile(n: int, href: str = "", title: str = "", attributes: str = "") -> str:
    href = href or f"https://journal-{n}.example/a"
    return f'<div class="tile" {attributes}><h2><a href="{href}">{title or f"Titre numéro {n}"}</a></h2><p>{EXCERPT}</p></div>'


def page(tiles: str) -> Page:
    markup = f"<!doctype html><html><head><meta charset='utf-8'></head><body><h1>Revue</h1><div>{tiles}</div></body></html>"
    return Page(BOARD, markup.encode("utf-8", "surrogatepass"), "text/html", None, Hints(kind="board"))


FINE = "".join(tile(n) for n in range(1, 4))
HOSTILE = {
    "links that run": FINE + tile(4, "javascript:alert(1)") + tile(5, "data:text/html,<script>a</script>"),
    "links that read": FINE + tile(4, "file:///etc/passwd") + tile(5, "view-source:https://a.example/"),
    "broken addresses": FINE + tile(4, "http://[") + tile(5, "https://") + tile(6, "//") + tile(7, "http://a.example:99999/"),
    "private places": FINE + tile(4, "http://127.0.0.1:22/") + tile(5, "http://[::1]/"),
    "one id for all": "".join(tile(n, attributes="id='t'") for n in range(1, 6)),
    "ids that break out": "".join(tile(n, attributes=f"id='t{n}\"><script>'") for n in range(1, 6)),
    "a base elsewhere": f"<base href='https://piege.example/'>{FINE}{tile(4, '/lien')}",
    "a title of a megabyte": FINE + tile(4, title="long " * 200_000),
    "the same link in each": "".join(tile(n, "https://journal.example/a") for n in range(1, 6)),
    "nothing but empty tiles": "<div class='tile'></div>" * 2_000,
    "tiles in tiles": "<div class='tile'><h2><a href='https://a.example/'>Titre</a></h2><p>x</p>" * 300,
    "unclosed everything": "<div class=tile><h2><a href=https://a.example/1>Un<p><div class=tile><h2><a href=https://b.example/2>Deux",
    "zeros and controls": "".join(tile(n, title=f"Ti\x00tre \x0b{n}") for n in range(1, 5)),
    "a lone half of a sign": "".join(tile(n, title=f"Titre \ud800 {n}") for n in range(1, 5)),
    "markup for a title": "".join(tile(n, title="&lt;script&gt;alert(1)&lt;/script&gt;") for n in range(1, 5)),
    "two thousand tiles": "".join(tile(n) for n in range(2_000)),
    "lines without end": "<ul>" + "".join(f"<li>{n}/1/2020 – <a href='https://j{n}.example/a'>Titre numéro {n}</a></li>" for n in range(2_000)),
}  # fmt: skip


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_board_gives_clippings_with_web_addresses(name):
    try:
        found = records(page(HOSTILE[name]))
    except PageError as error:
        assert BOARD in str(error)
        return
    assert found
    clippings = [record for record in found if record.kind == "clipping"]
    assert len({record.url for record in clippings}) == len(clippings)
    for record in clippings:
        assert record.original is None or record.original.startswith(("http://", "https://"))
        assert "\x00" not in f"{record.title}{record.text}"


def test_two_thousand_tiles_are_two_thousand_clippings():
    assert len(records(page(HOSTILE["two thousand tiles"]))) == 2_000
    assert len(records(page(HOSTILE["lines without end"]))) == 2_000
