# ruff: noqa: E501  # markup is quoted as sites write it
import pytest

from archive.models import Hints, Page
from archive.parsers.records import records

EXCERPT = (
    "Dans l’Orne, six associés ont repris la filature du village et y logent aussi des télétravailleurs."
)
BOARD = "https://planche.example/compte/id44"


def tile(number: int, title: str = "", excerpt: str = EXCERPT, href: str = "") -> str:
    title = title or f"La filature numéro {number} est reprise"
    href = href or f"https://journal-{number}.example/filature"
    return (
        f"<div class='pearl pearl--page' id='p{number}'><div class='pearl__in'><a class='pearl__title' href='{href}'>{title}</a>"
        f"<div class='pearl__txt'>{excerpt}</div><div class='pearl__tools'><span>Garder</span></div></div></div>"
    )


def board(tiles: str, hints: Hints | None = None) -> list:
    markup = (
        "<html><head><meta charset='utf-8'><title>Coopératives | Planche</title></head><body>"
        "<div><span>background preloader</span></div><header><h1>Coopératives</h1></header>"
        f"<div class='grid'>{tiles}</div><aside class='related'><h2>Related:</h2><a href='#'>Scop et Scic</a></aside></body></html>"
    )
    return records(Page(BOARD, markup.encode(), hints=hints or Hints()))


def test_each_tile_becomes_a_clipping_with_its_own_address():
    found = board("".join(tile(n) for n in range(1, 12)))
    assert len(found) == 11
    assert [(r.url, r.board, r.original, r.position) for r in found[:2]] == [
        (f"{BOARD}#p1", BOARD, "https://journal-1.example/filature", 1),
        (f"{BOARD}#p2", BOARD, "https://journal-2.example/filature", 2),
    ]
    assert {r.kind for r in found} == {"clipping"}
    assert found[0].title == "La filature numéro 1 est reprise"
    assert found[0].text == EXCERPT


def test_a_title_that_stands_twice_is_not_its_own_excerpt():
    twice = tile(1, "La Traverse, e-coopérative", "La Traverse, e-coopérative")
    found = board(twice + "".join(tile(n) for n in range(2, 8)))
    assert (found[0].title, found[0].text) == ("La Traverse, e-coopérative", "")
    assert len(found) == 7


def test_facts_are_those_of_the_tile():
    found = board(
        tile(1, excerpt="À Lille, rien ne bouge mais on le dit longuement, avec des mots choisis et lents.")
        + "".join(tile(n) for n in range(2, 7))
    )
    assert [{d.code for d in r.departments} for r in found[:2]] == [{"59"}, {"61"}]


@pytest.mark.parametrize(
    ("title", "excerpt", "href", "outlet"),
    [
        ("La filature reprend | Radio Estuaire", EXCERPT, "", "Radio Estuaire"),
        ("La filature reprend - Le Journal des Fileuses", EXCERPT, "", "Le Journal des Fileuses"),
        (
            "La filature reprend",
            f"Terre d'Ici, le 03/04/2013. {EXCERPT}",
            "https://terredici.example/a",
            "Terre d'Ici",
        ),
        ("La filature reprend", EXCERPT, "https://www.orne-info-locale.example/a", "Orne Info Locale"),
        ("La filature reprend", EXCERPT, "https://filons.example/a", None),
    ],
)
def test_the_outlet_is_read_from_title_text_or_address(title, excerpt, href, outlet):
    found = board(tile(1, title, excerpt, href) + "".join(tile(n) for n in range(2, 7)))
    assert found[0].outlet == outlet


@pytest.mark.parametrize(
    ("excerpt", "day"),
    [
        (f"Publié le mardi 5 novembre 2013. {EXCERPT}", "2013-11-05"),
        (f"{EXCERPT} 12 mai 2014", "2014-05-12"),
        (f"Ce jeudi 14 juin, on filait. {EXCERPT}", None),
        (f"{EXCERPT} Fondée en mars 1921, la filature dort depuis.", None),
    ],
)
def test_only_a_date_that_frames_the_excerpt_is_its_date(excerpt, day):
    found = board(tile(1, excerpt=excerpt) + "".join(tile(n) for n in range(2, 7)))
    assert (found[0].published.value if found[0].published else None) == day


def test_a_declared_board_gives_its_tiles_own_pages():
    tiles = "".join(
        f"<figure class='tile'><a href='/v/{n}'><img src='v.png'></a><figcaption><h2><a href='/v/{n}'>Titre numéro {n}</a></h2><p>Le Fil du Port · 27/09/202{n}</p><p>{EXCERPT}</p></figcaption></figure>"
        for n in range(3)
    )
    found = board(tiles, Hints(kind="board"))
    assert [(r.url, r.outlet, r.published.value) for r in found] == [
        (f"https://planche.example/v/{n}", "Le Fil du Port", f"202{n}-09-27") for n in range(3)
    ]


def test_a_newspaper_list_is_no_board():
    tiles = "".join(tile(n, href=f"https://planche.example/article/{n}") for n in range(1, 12))
    assert [r.kind for r in board(tiles)] == ["article"]


def test_an_article_with_links_to_other_sites_is_no_board():
    body = f"<article><h1>Titre</h1>{f'<p>{EXCERPT}</p>' * 12}</article>"
    assert [r.kind for r in board(body + "".join(tile(n) for n in range(1, 7)))] == ["article"]
