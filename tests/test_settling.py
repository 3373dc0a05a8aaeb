"""What a site says on every page is not an article's own, whichever page was read first."""

from collections.abc import Iterator
from datetime import UTC, datetime
from itertools import permutations
from pathlib import Path

import pytest

from archive.models import Exchange
from archive.pipeline import Archive
from archive.rebuild import rebuild
from archive.settling import settle
from archive.sources import Source, load_all

DECLARATION = """
title = "Le Carnet du Bocage"
kind = "blog"
home = "https://carnet.example/"
[fetch]
via = "feed"
start = ["https://carnet.example/feed"]
"""

# It looks like a paragraph of the article, and stands in its midst: no single page can tell.
NOTICE = "La Scop Presse du Lin imprime ce carnet à Flers depuis ses débuts, sur un papier de forêts gérées."
STORIES = {
    "scierie": "La scierie du Houlme a rouvert lundi avec onze des dix-neuf salariés congédiés en mars.",
    "lavoir": "Au lavoir communal, trois habitantes ont monté une laverie où l’on paie au poids.",
    "moulin": "Le moulin tourne de nouveau : les boulangers du canton partagent la meule et la farine.",
    "verger": "Quatre cents pommiers ont été plantés par les écoles, que la coopérative greffera.",
}


def page(slug: str, notice: str = NOTICE, title: str | None = None, root: str = "recit") -> Exchange:
    story = STORIES[slug]
    body = f"""<html lang="fr"><head><title>{title or slug.capitalize()}</title></head>
    <body><div id="{root}"><h1>{title or f"Le jour du {slug}"}</h1><p>{story}</p><p>{notice}</p>
    <p>Les travaux ont duré tout l’hiver, et chacun est venu au {slug} avec ses outils.</p></div></body>
    </html>"""
    return Exchange(
        "carnet",
        "article",
        f"https://carnet.example/{slug}" + (f"-{title}" if title else ""),
        200,
        "OK",
        [("Content-Type", "text/html; charset=utf-8")],
        body.encode(),
        datetime(2024, 6, 1, 8, len(slug), tzinfo=UTC),
    )


@pytest.fixture
def sources(tmp_path: Path) -> dict[str, Source]:
    folder = tmp_path / "sources"
    folder.mkdir()
    (folder / "carnet.toml").write_text(DECLARATION, "utf-8")
    return load_all(folder)


@pytest.fixture
def archive(tmp_path: Path, sources: dict[str, Source]) -> Iterator[Archive]:
    with Archive(tmp_path / "data", sources) as opened:
        yield opened


def texts(archive: Archive) -> dict[str, str]:
    return dict(archive.database.execute("select url, text from articles order by url"))


def coops(archive: Archive) -> list[str]:
    return [row[0] for row in archive.database.execute("select name from coops order by name")]


def test_a_paragraph_that_three_articles_share_leaves_all_of_them(archive: Archive) -> None:
    for slug in STORIES:
        archive.keep(page(slug))
    assert any(NOTICE in text for text in texts(archive).values())
    settle(archive)
    assert not [url for url, text in texts(archive).items() if NOTICE in text]
    for slug, text in zip(sorted(STORIES), texts(archive).values(), strict=True):
        assert STORIES[slug] in text
    assert "Presse du Lin" not in coops(archive)


def test_two_articles_are_no_habit(archive: Archive) -> None:
    for slug in ("scierie", "lavoir"):
        archive.keep(page(slug))
    assert settle(archive) == 0
    assert all(NOTICE in text for text in texts(archive).values())
    assert "Presse du Lin" in coops(archive)


def test_copies_of_one_article_prove_nothing(archive: Archive) -> None:
    for number in range(4):
        copy = page("scierie")
        archive.keep(
            Exchange(
                copy.source,
                copy.role,
                f"{copy.url}?copie={number}",
                200,
                "OK",
                copy.headers,
                copy.body,
                copy.fetched_at,
            )
        )
    settle(archive)
    assert all(NOTICE in text for text in texts(archive).values())


def test_the_order_of_reading_does_not_matter(tmp_path: Path, sources: dict[str, Source]) -> None:
    found = set()
    for number, order in enumerate(permutations(STORIES)):
        if number % 5:
            continue
        with Archive(tmp_path / f"data-{number}", sources) as archive:
            for slug in order:
                archive.keep(
                    page(slug, notice=NOTICE if slug != "verger" else "Rien de plus à signaler ici.")
                )
            settle(archive)
            found.add((tuple(texts(archive).items()), tuple(coops(archive))))
    assert len(found) == 1


def test_a_rebuild_comes_to_the_same_and_rests(archive: Archive) -> None:
    for slug in STORIES:
        archive.keep(page(slug))
    settle(archive)
    before = texts(archive)
    versions = archive.database.table("versions").count
    assert rebuild(archive).changes == []
    assert texts(archive) == before
    assert archive.database.table("versions").count == versions == len(STORIES)
    assert settle(archive) == 0


def test_a_site_that_moves_its_text_elsewhere_is_still_read(archive: Archive) -> None:
    for slug in ("scierie", "lavoir", "moulin"):
        archive.keep(page(slug, notice=""))
    settle(archive)
    assert archive.site("carnet").root is not None
    archive.keep(page("verger", notice="", root="nouvelle-formule"))
    assert STORIES["verger"] in texts(archive)["https://carnet.example/verger"]


def test_the_learned_root_finds_a_text_that_its_surroundings_outweigh(archive: Archive) -> None:
    for slug in ("scierie", "lavoir", "moulin"):
        archive.keep(page(slug, notice=""))
    settle(archive)
    louder = page("verger", notice="").body.decode()
    others = "".join(f"<p>{text} {text}</p>" for text in STORIES.values() if text != STORIES["verger"])
    louder = louder.replace("</body>", f'<div id="autres">{others}</div></body>')
    odd = page("verger", notice="")
    archive.keep(
        Exchange(odd.source, odd.role, odd.url, 200, "OK", odd.headers, louder.encode(), odd.fetched_at)
    )
    text = texts(archive)["https://carnet.example/verger"]
    assert STORIES["verger"] in text
    assert STORIES["moulin"] not in text
