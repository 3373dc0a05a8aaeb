# ruff: noqa: E501  # markup is quoted as sites write it
"""Of others' press an archive takes what concerns it: clipped pages where wished, watched articles alone."""

import sqlite3
from collections.abc import Callable
from pathlib import Path

import pytest

from archive.pipeline import Archive
from archive.raw import Raw
from archive.rebuild import rebuild
from archive.settling import settle
from archive.sources import load_all
from scrapers.crawl import Options
from scrapers.crawl import crawl as run
from tests.scrapers.conftest import Page, record, redirect

BOARD = "https://planche.example/revue"
TILE = '<div class="tile" id="t{n}"><h2><a href="{href}">{title}</a></h2><p>Un extrait de quelques mots, coupé net.</p></div>'
STORY = (
    "<!doctype html><html lang='fr'><head><meta charset='utf-8'><title>{title} - Le Fil du Port</title></head><body><h1>{title}</h1>"
    "<p>Publié le 3 mai 2021</p><p>{text}</p></body></html>"
)
ABOUT_A_COOP = (
    "La Scop Lavoir Neuf, installée à Vimoutiers (61), a fêté ses dix ans avec ses quatorze salariés, ses clients et"
    " les élus du canton, dans l’atelier où elle blanchit le linge des hôtels de la région."
)
ABOUT_NOTHING = (
    "Le marché de printemps a réuni quarante exposants sur la place, malgré la pluie ; les confitures sont parties"
    " avant midi, et la fanfare a joué sous les arcades jusqu’au soir."
)
FEED = """<?xml version="1.0"?><rss version="2.0"><channel><title>Le Fil</title>{items}</channel></rss>"""
ITEM = "<item><title>Titre</title><link>{url}</link><description>{text}</description></item>"


def story(title: str, text: str) -> Page:
    return Page(STORY.format(title=title, text=text))


@pytest.fixture
def crawl(tmp_path: Path) -> Callable[..., Path]:
    """Declare one source, crawl it from recorded pages, and return the archive's folder."""

    def crawled(pages: dict[str, Page], declaration: str, full: bool = False) -> Path:
        folder, data = tmp_path / "sources", tmp_path / "data"
        folder.mkdir(exist_ok=True)
        (folder / "le_fil.toml").write_text(declaration, "utf-8")
        warc = record(tmp_path / "web.warc.gz", pages)
        sources = load_all(folder)
        with Archive(data, sources) as archive:
            archive.begin_crawl(sources)
            run(list(sources.values()), archive, Options(data, replay=warc, full=full))
            settle(archive, sources)
            archive.end_crawl("ok")
        return data

    return crawled


def rows(data: Path, query: str) -> list[tuple[object, ...]]:
    connection = sqlite3.connect(data / "archive.db")
    found = connection.execute(query).fetchall()
    connection.close()
    return found


def asked(data: Path) -> set[str]:
    return {str(url) for (url,) in rows(data, "SELECT url FROM captures WHERE role != 'robots'")}


def bodies(data: Path) -> str:
    raw = Raw(data / "raw")
    places = rows(data, "SELECT file, offset FROM captures")
    return "\n".join(raw.get(str(file), int(str(at))).body.decode("utf-8", "replace") for file, at in places)


# --- clipped pages -----------------------------------------------------------------------------

BOARD_SOURCE = f"""
title = "Planche"
kind = "board"
home = "{BOARD}"
[fetch]
via = "board"
start = ["{BOARD}"]
"""
ORIGINALS = BOARD_SOURCE + "originals = true\n"


@pytest.fixture
def board() -> dict[str, Page]:
    hrefs = (
        "https://fil.example/lavoir?utm_source=planche",
        "https://ferme.example/interdit",
        "https://www.facebook.com/lavoir/1",
        "http://10.0.0.8/secret",
        "https://vieux.example/ancienne-adresse",
    )
    tiles = "".join(TILE.format(n=n, href=href, title=f"Titre numéro {n}") for n, href in enumerate(hrefs))
    return {
        BOARD: Page(f"<!doctype html><meta charset='utf-8'><h1>Revue</h1><div>{tiles}</div>"),
        "https://fil.example/lavoir": story("Dix ans de Lavoir Neuf", ABOUT_A_COOP),
        "https://fil.example/autre": story("Autre", ABOUT_NOTHING),
        "https://ferme.example/robots.txt": Page("User-agent: *\nDisallow: /", type="text/plain"),
        "https://ferme.example/interdit": story("Interdit", ABOUT_A_COOP),
        "https://www.facebook.com/lavoir/1": story("Réseau", ABOUT_A_COOP),
        "http://10.0.0.8/secret": story("Secret", ABOUT_A_COOP),
        "https://vieux.example/ancienne-adresse": redirect("https://neuf.example/adresse"),
        "https://neuf.example/adresse": story("Le four du village", ABOUT_NOTHING),
    }


def test_a_clipped_page_is_fetched_and_linked_and_the_clipping_stays(board, crawl):
    data = crawl(board, ORIGINALS)
    found = rows(
        data,
        "SELECT c.title, c.source, a.kind, a.title, a.source, o.name, c.subject = a.subject FROM articles c"
        " JOIN articles a ON a.id = c.original_article LEFT JOIN outlets o ON o.id = a.outlet ORDER BY c.title",
    )
    article = ("article", "Dix ans de Lavoir Neuf", "le_fil", "Le Fil du Port", 1)
    assert found[0] == ("Titre numéro 0", "le_fil", *article)
    assert rows(data, "SELECT count(*) FROM articles WHERE kind = 'clipping'") == [(5,)]


def test_nothing_else_of_other_sites_is_asked(board, crawl):
    assert asked(crawl(board, ORIGINALS)) == {
        BOARD,
        "https://fil.example/lavoir",
        "https://vieux.example/ancienne-adresse",
        "https://neuf.example/adresse",
    }


def test_without_the_wish_no_clipped_page_is_asked(board, crawl):
    assert asked(crawl(board, BOARD_SOURCE)) == {BOARD}


def test_a_second_crawl_asks_for_no_clipped_page_again(board, crawl):
    crawl(board, ORIGINALS)
    count = "SELECT count(*) FROM captures WHERE role = 'original'"
    data = crawl(board, ORIGINALS)
    assert rows(data, count) == [(3,)]


def test_a_rebuild_reads_clipped_pages_as_the_crawl_did(board, crawl, tmp_path):
    data = crawl(board, ORIGINALS)
    before = rows(data, "SELECT id, kind, title, outlet, subject FROM articles ORDER BY id")
    with Archive(data, load_all(tmp_path / "sources")) as archive:
        assert rebuild(archive).changes == []
    assert rows(data, "SELECT id, kind, title, outlet, subject FROM articles ORDER BY id") == before


# --- watched sources ---------------------------------------------------------------------------

WATCHED = """
title = "Le Fil"
kind = "press"
home = "https://fil.example/"
[fetch]
via = "feed"
start = ["https://fil.example/rss.xml"]
[watch]
queries = ["autogestion"]
"""
URLS = [f"https://fil.example/{name}" for name in ("scop", "marche", "theatre", "ancien")]


@pytest.fixture
def paper() -> dict[str, Page]:
    items = "".join(ITEM.format(url=url, text="Le marché de printemps") for url in URLS)
    return {
        "https://fil.example/rss.xml": Page(FEED.format(items=items), type="application/rss+xml"),
        URLS[0]: story("Dix ans de Lavoir Neuf", ABOUT_A_COOP),
        URLS[1]: story("Le marché", ABOUT_NOTHING),
        URLS[2]: story(
            "L’AUTOGESTION au théâtre", "Une troupe joue ce soir une pièce en cinq actes et deux entractes."
        ),
        URLS[3]: redirect(URLS[1]),
    }


def test_only_what_names_a_coop_or_answers_a_query_is_kept(paper, crawl):
    data = crawl(paper, WATCHED)
    titles = rows(data, "SELECT title FROM articles ORDER BY title")
    assert titles == [("Dix ans de Lavoir Neuf",), ("L’AUTOGESTION au théâtre",)]
    assert rows(data, "SELECT passed_over FROM crawls") == [(1,)]


def test_nothing_of_the_rest_piles_up(paper, crawl):
    data = crawl(paper, WATCHED)
    assert "confitures" not in bodies(data)
    assert "printemps" not in bodies(data)  # nor the feed's own words
    assert "blanchit le linge" in bodies(data)
    assert rows(data, "SELECT count(*) FROM captures WHERE url LIKE '%/marche'") == [(0,)]


def test_a_second_crawl_does_not_ask_again_for_what_concerned_nobody(paper, crawl):
    crawl(paper, WATCHED)
    data = crawl(paper, WATCHED)
    assert rows(data, "SELECT passed_over FROM crawls ORDER BY id") == [(1,), (0,)]
    data = crawl(paper, WATCHED, full=True)
    assert rows(data, "SELECT passed_over FROM crawls ORDER BY id")[-1] == (1,)


def test_another_query_looks_again_at_what_the_feed_still_lists(paper, crawl):
    crawl(paper, WATCHED)
    data = crawl(paper, WATCHED.replace("autogestion", "NEAR(marche printemps, 4)"))
    assert ("Le marché",) in rows(data, "SELECT title FROM articles")


def test_a_rebuild_keeps_what_was_kept(paper, crawl, tmp_path):
    data = crawl(paper, WATCHED)
    with Archive(data, load_all(tmp_path / "sources")) as archive:
        assert rebuild(archive).changes == []


def test_a_source_without_a_watch_keeps_everything(paper, crawl):
    data = crawl(paper, WATCHED.split("[watch]")[0])
    assert rows(data, "SELECT count(*) FROM articles") == [(3,)]
    assert "printemps" in bodies(data)


# --- feeds that hold the whole texts -----------------------------------------------------------

WHOLE = WATCHED.split("[watch]")[0] + "full_text = true\n"
CONTENT = (
    "<item><title>{title}</title><link>{url}?utm_source=rss</link><dc:creator>Rose Tanguy</dc:creator><pubDate>Fri, 31 May 2024 23:30:00 +0000</pubDate>"
    "<description>Un résumé.</description><content:encoded><![CDATA[<p>{text}</p><p>Elle emploie aussi deux apprentis.</p>]]></content:encoded></item>"
)
WHOLE_FEED = (
    '<?xml version="1.0"?><rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:dc="http://purl.org/dc/elements/1.1/">'
    "<channel><title>Le Fil</title>{items}</channel></rss>"
)


def whole(*titles: str) -> dict[str, Page]:
    items = "".join(
        CONTENT.format(title=title, url=f"https://fil.example/{number}", text=ABOUT_A_COOP)
        for number, title in enumerate(titles)
    )
    summary = ITEM.format(url="https://fil.example/resume", text="Un résumé seul")
    feed = Page(WHOLE_FEED.format(items=items + summary), type="application/rss+xml")
    return {"https://fil.example/rss.xml": feed, "https://fil.example/0": story("La page", ABOUT_NOTHING)}


def test_articles_are_read_from_a_feed_that_holds_them_and_no_page_is_asked(crawl):
    data = crawl(whole("Dix ans de Lavoir Neuf"), WHOLE)
    assert asked(data) == {"https://fil.example/rss.xml"}
    found = rows(
        data,
        "SELECT url, title, published, published_rule, published_evidence, authors, departments FROM articles",
    )
    announced = ("2024-06-01", "announced", "Fri, 31 May 2024 23:30:00 +0000")
    assert found == [
        ("https://fil.example/0", "Dix ans de Lavoir Neuf", *announced, '["Rose Tanguy"]', '["61"]')
    ]
    ((text,),) = rows(data, "SELECT text FROM articles")
    assert str(text).splitlines()[-1] == "Elle emploie aussi deux apprentis."


def test_an_item_that_changes_has_two_versions_and_one_that_leaves_the_feed_stays(crawl):
    crawl(whole("Dix ans de Lavoir Neuf", "Une autre"), WHOLE)
    data = crawl(whole("Dix ans, corrigé"), WHOLE)
    assert rows(data, "SELECT title FROM articles ORDER BY url") == [("Dix ans, corrigé",), ("Une autre",)]
    assert rows(
        data, "SELECT count(*) FROM versions WHERE article IN (SELECT id FROM articles WHERE url LIKE '%/0')"
    ) == [(2,)]
