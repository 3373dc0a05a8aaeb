"""Nothing scraped runs, nothing is written, and the public sees what it may."""

import asyncio
import html
import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from datasette.app import Datasette
from sqlite_utils import Database

from archive.serve import guard
from archive.serve.run import instance

from .conftest import HOSTILE, TEXT

PATHS = ("/", "/a/1002", "/recherche.csv", "/archive/articles.json", "/absent", "/robots.txt")


@pytest.fixture(scope="module")
def public(archive_path: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Datasette]:
    path = tmp_path_factory.mktemp("public") / "archive.db"
    shutil.copy(archive_path, path)
    db = Database(path)
    row = {"article": 1002, "who": "équipe", "why": "demande", "at": "2026-01-05T03:00:00+00:00"}
    db["takedowns"].insert(row)
    db.close()
    served = instance(path, public=True)
    asyncio.run(served.invoke_startup())
    yield served
    for database in served.databases.values():
        database.close()
    served.executor.shutdown(wait=True)


@pytest.mark.parametrize("path", PATHS)
async def test_every_answer_carries_the_headers(archive: Datasette, path: str) -> None:
    headers = (await archive.client.get(path)).headers
    policy = headers["content-security-policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["x-frame-options"] == "DENY"
    assert headers["referrer-policy"] == "no-referrer"


def test_a_visitor_who_asks_too_often_is_told_to_wait_and_others_are_not() -> None:
    now = [0.0]
    limit = guard.Limit(lambda: now[0])
    assert [limit.wait("a") for _ in range(60)] == [0] * 60
    assert limit.wait("a") == 1
    assert limit.wait("b") == 0
    now[0] = 1.0
    assert [limit.wait("a"), limit.wait("a")] == [0, 0]
    assert limit.wait("a") > 0


async def test_a_private_archive_keeps_robots_out(archive: Datasette) -> None:
    assert (await archive.client.get("/robots.txt")).text == "User-agent: *\nDisallow: /\n"


async def test_a_public_archive_leads_robots_to_the_articles(public: Datasette) -> None:
    text = (await public.client.get("/robots.txt")).text
    for endless in ("/recherche", "/presse", "/c/"):
        assert f"Disallow: {endless}\n" in text
    assert "Sitemap: http://localhost/sitemap.xml" in text


@pytest.mark.parametrize(
    "path",
    [
        "/archive/articles",
        "/archive/articles.json",
        "/archive/articles/1003",
        "/archive/articles.csv?_stream=on",
        "/archive/versions",
        "/archive/captures/1",
        "/archive/mentions",
        "/archive/takedowns",
        "/archive/article_stems_content",
        "/archive/search_words",
        "/archive?sql=select+text+from+articles",
        "/archive.json?sql=select+text+from+versions",
        "/archive/articles_between_two_dates?word=scop",
    ],
)
async def test_the_public_reads_no_table_that_holds_texts(public: Datasette, path: str) -> None:
    assert (await public.client.get(path)).status_code == 403


@pytest.mark.parametrize(
    "path",
    [
        "/",
        "/recherche?q=coop%C3%A9rative",
        "/recherche.csv",
        "/recherche.jsonl",
        "/recherche.atom",
        "/recherche.json?q=annee:2017",
        "/recherche.bib",
        "/recherche.ics",
        "/presse?par=mois&jour=2017-09-02",
        "/archive/coops/1",
        "/archive/departments/91",
        "/archive/sources/union_rivages",
        "/archive/outlets/1",
        "/a/1006",
        "/sitemap-1.xml",
    ],
)
async def test_an_article_taken_down_is_nowhere(public: Datasette, archive: Datasette, path: str) -> None:
    response = await public.client.get(path)
    assert response.status_code == 200
    assert "/a/1002" not in response.text
    assert "transmission aux salariés réussie à Créteil (1)<" not in response.text


@pytest.mark.parametrize("path", ["/a/1002", "/a/1002.bib", "/a/1002/versions"])
async def test_an_article_taken_down_is_not_found_by_its_address(public: Datasette, path: str) -> None:
    assert (await public.client.get(path)).status_code == 404


async def test_the_public_reads_what_each_source_grants(public: Datasette) -> None:
    ends = "met en œuvre une charpente en bois local."
    assert ends in TEXT
    lines = (await public.client.get("/recherche.jsonl")).text
    whole, excerpt, link = "/a/1005", "/a/1003", "/a/1004"
    assert "Rencontre no 4" in (await public.client.get(whole)).text
    assert (await public.client.get("/a/1006")).text.count(ends) == 1
    for path in (link, "/a/1008"):
        page = (await public.client.get(path)).text
        assert "fête ses dix ans" not in page
        assert "ne permet pas de montrer" in page
    assert "Extrait" in (await public.client.get(excerpt)).text
    assert lines.count(ends) == 15 - 2  # of the union that grants its texts; one is taken down, one hostile


async def test_staff_see_an_article_taken_down_with_the_reason(archive_path: Path, tmp_path: Path) -> None:
    path = tmp_path / "archive.db"
    shutil.copy(archive_path, path)
    db = Database(path)
    db["takedowns"].insert(
        {"article": 1002, "who": "équipe", "why": "demande de l’éditeur", "at": "2026-01-05"}
    )
    db.close()
    served = instance(path)
    await served.invoke_startup()
    page = (await served.client.get("/a/1002")).text
    assert "Retiré du public\u00a0: demande de l’éditeur" in page
    served.get_database("archive").close()
    served.executor.shutdown(wait=True)


@pytest.mark.parametrize("path", ["/a/1014", "/recherche?q=hostile", "/presse?par=mois&jour=2019-09-14"])
async def test_scraped_text_stays_text_on_our_pages(archive: Datasette, path: str) -> None:
    page = (await archive.client.get(path)).text
    assert HOSTILE not in page
    assert "<script" not in page
    assert "onerror=alert" not in page.replace("&lt;img src=x onerror=alert", "")


_LINKED = ("/", "/a/1002", "/a/1003", "/recherche", "/presse", "/graphiques", "/guide", "/api", "/-/regles")
_TABLES = ("/archive", "/archive/coops", "/archive/departments", "/archive/outlets", "/archive/sources")
_ROWS = ("/archive/coops/1", "/archive/departments/91", "/archive/sources/union_bocage", "/archive/outlets/1")


@pytest.mark.parametrize("path", [*_LINKED, *_TABLES, *_ROWS, "/dictionnaire", "/presse/revue", "/absent"])
async def test_a_page_leads_the_public_nowhere_closed(
    public: Datasette, monkeypatch: pytest.MonkeyPatch, path: str
) -> None:
    monkeypatch.setattr(guard, "_BURST", 1e9)
    monkeypatch.setattr(guard, "_A_SECOND", 1e9)
    page = (await public.client.get(path)).text
    links = {html.unescape(link) for link in re.findall(r'href="(/[^"#]*)', page)}
    anchors = set(re.findall(r'href="#([^"]+)"', page))
    assert anchors <= set(re.findall(r'id="([^"]+)"', page))
    shut = [link for link in sorted(links) if (await public.client.get(link)).status_code >= 400]
    assert shut == []
