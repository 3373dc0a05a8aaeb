"""What a reader takes away is complete, correct and safe in the programs that read it."""

import asyncio
import csv
import io
import json
import re
from urllib.parse import urlsplit

import pytest
from datasette.app import Datasette
from icalendar import Calendar
from lxml import etree

from archive.serve.takeaway import citations, feeds

ATOM = "{http://www.w3.org/2005/Atom}"
ROW = {
    "id": 7,
    "title": "Le « 100 % » de\n Scop & Cie_{x}",
    "authors": '["Maëlle Tessier", "Jo Le Bris"]',
    "published": "2018-05",
    "outlet_name": "Le Courrier",
    "kind": "clipping",
    "address": "https://courrier.example/1",
    "permanent": "https://archive.example/a/7",
    "seen": "2026-01-05",
    "language": "fr",
}


async def test_csv_and_json_lines_hold_every_article_with_the_same_values(archive: Datasette) -> None:
    table = await archive.client.get("/recherche.csv")
    lines = await archive.client.get("/recherche.jsonl")
    rows = list(csv.DictReader(io.StringIO(table.text, newline="")))
    objects = [json.loads(line) for line in lines.text.splitlines()]
    assert (len(rows), len(objects), table.headers["x-total-count"]) == (60, 60, "60")
    assert [row["id"] for row in rows] == [str(one["id"]) for one in objects]
    assert all(row["text"] == one["text"] for row, one in zip(rows, objects, strict=True))
    first = next(one for one in objects if one["id"] == 1002)
    assert first["coops"] == ["Graines de Bièvre", "Les Ateliers de l’Yvette"]
    assert (first["departments"], first["permanent"]) == (["91"], "http://localhost/a/1002")
    assert first["published_evidence"] == "Publié en 2017"
    assert first["copy"] == "http://localhost/c/2026-01-05T030000-union/4096"
    assert (await archive.client.get(urlsplit(first["copy"]).path)).status_code == 200
    assert {one["id"] for one in objects if one["tdm_reservation"] == "1"} == {1001}


async def test_an_export_holds_what_the_search_finds(archive: Datasette) -> None:
    asked = {"q": "coop:1 annee:2017"}
    page = await archive.client.get("/recherche", params=asked)
    lines = (await archive.client.get("/recherche.jsonl", params=asked)).text.splitlines()
    assert f"<strong>{len(lines)} article" in page.text
    assert len(lines) == 6


@pytest.mark.parametrize(
    ("value", "cell"),
    [("=1+1", "'=1+1"), ("@x", "'@x"), ("-2", "'-2"), ("Scop", "Scop"), (3, 3), (None, None)],
)
def test_a_spreadsheet_runs_no_cell(value: object, cell: object) -> None:
    from archive.serve.takeaway.tables import _cell

    assert _cell(value) == cell


async def test_an_atom_feed_is_one(archive: Datasette) -> None:
    response = await archive.client.get("/recherche.atom", params={"q": "coopérative"})
    feed = etree.fromstring(response.content)
    assert response.headers["content-type"].startswith("application/atom+xml")
    assert feed.tag == f"{ATOM}feed"
    for name in ("id", "title", "updated"):
        assert feed.findtext(f"{ATOM}{name}")
    entries = feed.findall(f"{ATOM}entry")
    assert len(entries) == 50  # of sixty, the latest
    dates = [entry.findtext(f"{ATOM}published") or "" for entry in entries]
    assert dates[:3] == sorted(dates[:3], reverse=True)
    assert all((entry.findtext(f"{ATOM}id") or "").startswith("http://localhost/a/") for entry in entries)


def test_a_feed_takes_characters_that_xml_cannot_hold() -> None:
    row = ROW | {"title": "a\x00\x0b<b>", "summary": "\ufffe&", "first_seen": "2026-01-05T03:00:00+00:00"}
    entry = etree.fromstring(feeds.atom([row], "t\x01", "a", "p")).find(f"{ATOM}entry")
    assert entry is not None
    assert (entry.findtext(f"{ATOM}title"), entry.findtext(f"{ATOM}summary")) == ("a<b>", "&")


async def test_a_json_feed_is_one(archive: Datasette) -> None:
    feed = (await archive.client.get("/recherche.feed.json", params={"q": "scop"})).json()
    assert feed["version"] == "https://jsonfeed.org/version/1.1"
    assert urlsplit(feed["feed_url"]).path == "/recherche.feed.json"
    assert {item["id"] for item in feed["items"]} == {item["url"] for item in feed["items"]}
    assert all(item["content_text"] and item["title"] for item in feed["items"])


async def test_events_are_a_calendar_in_paris_time_with_lasting_ids(archive: Datasette) -> None:
    text = (await archive.client.get("/recherche.ics")).content
    events = Calendar.from_ical(text).walk("VEVENT")
    assert [str(event["summary"]) for event in events] == ["Petit-déjeuner", "Salon des coopératives"]
    assert b"DTSTART;TZID=Europe/Paris:20181121T083000" in text
    assert b"DTSTART;VALUE=DATE:29990115" in text
    assert b"BEGIN:VTIMEZONE" in text
    assert text == (await archive.client.get("/recherche.ics")).content


async def test_programs_get_a_page_of_results_as_json(archive: Datasette) -> None:
    found = (await archive.client.get("/recherche.json", params={"q": "coopérative annee:2017"})).json()
    assert (found["total"], found["pages"], len(found["articles"])) == (6, 1, 6)
    assert found["counts"]["departments"] == {"91": 6}
    assert set(found["articles"][0]) >= {"id", "title", "published", "address", "permanent", "summary"}


def test_bibtex_escapes_and_keeps_what_is_known() -> None:
    assert citations.bibtex(ROW) == (
        "@article{coopress7,\n"
        "  title = {{Le « 100 \\% » de Scop \\& Cie\\_\\{x\\}}},\n"
        "  author = {{Maëlle Tessier} and {Jo Le Bris}},\n"
        "  journal = {Le Courrier},\n"
        "  year = {2018},\n"
        "  url = {https://courrier.example/1},\n"
        "  urldate = {2026-01-05},\n"
        "  note = {Archive\u00a0: https://archive.example/a/7},\n"
        "  langid = {french},\n"
        "  month = may,\n"
        "}\n"
    )


@pytest.mark.parametrize("unknown", [{"authors": "[]"}, {"published": None}])
def test_bibtex_takes_no_entry_for_an_article_that_styles_would_refuse(unknown: dict[str, object]) -> None:
    entry = citations.bibtex(ROW | unknown)
    assert entry.startswith("@misc{coopress7,")
    assert "  howpublished = {Le Courrier}," in entry


def test_zotero_takes_a_newspaper_for_one() -> None:
    assert dict(citations.meta(ROW))["dc.type"] == "newspaperArticle"


def test_ris_has_one_tag_a_line() -> None:
    lines = citations.ris(ROW).split("\r\n")
    assert lines[:4] == [
        "TY  - NEWS",
        "TI  - Le « 100 % » de Scop & Cie_{x}",
        "AU  - Maëlle Tessier",
        "AU  - Jo Le Bris",
    ]
    assert "DA  - 2018/05//" in lines
    assert lines[-3:] == ["ER  - ", "", ""]


def test_csl_keeps_a_partial_date_partial() -> None:
    item = citations.csl(ROW)
    assert item["issued"] == {"date-parts": [[2018, 5]]}
    assert item["type"] == "article-newspaper"
    assert "issued" not in citations.csl(ROW | {"published": None})


@pytest.mark.parametrize("ending", ["bib", "ris", "csl.json"])
async def test_an_article_and_a_search_are_cited_alike(archive: Datasette, ending: str) -> None:
    one = await archive.client.get(f"/a/1002.{ending}")
    many = await archive.client.get(f"/recherche.{ending}", params={"q": "annee:2017 departement:91"})
    assert (one.status_code, many.status_code) == (200, 200)
    assert one.headers["content-type"] == many.headers["content-type"]
    assert "coopress1002" in many.text or "Une transmission aux salariés réussie à Créteil (1)" in many.text


async def test_a_reference_manager_finds_its_tags_on_the_page(archive: Datasette) -> None:
    page = (await archive.client.get("/a/1002")).text
    tags = dict(re.findall(r'<meta name="([\w.]+)" content="([^"]*)">', page))
    assert tags["citation_title"] == "Une transmission aux salariés réussie à Créteil (1)"
    assert tags["citation_publication_date"] == "2017/09/02"
    assert tags["citation_author"] == "Maëlle Tessier"
    assert tags["dc.type"] == "webpage"
    assert tags["citation_public_url"] == "https://rivages.example/actualites/1"


async def test_the_sitemap_lists_every_article_once(archive: Datasette) -> None:
    index = (await archive.client.get("/sitemap.xml")).text
    files = re.findall(r"<loc>http://localhost(/sitemap-\d+\.xml)</loc>", index)
    found = [
        one
        for path in files
        for one in re.findall(r"<loc>(.*?)</loc>", (await archive.client.get(path)).text)
    ]
    assert sorted(found) == sorted(f"http://localhost/a/{n}" for n in range(1001, 1061))
    assert (await archive.client.get("/sitemap-2.xml")).status_code == 404


async def test_a_browser_can_add_the_search(archive: Datasette) -> None:
    described = etree.fromstring((await archive.client.get("/opensearch.xml")).content)
    templates = [url.get("template") for url in described.findall("{*}Url")]
    assert templates[0] == "http://localhost/recherche?q={searchTerms}"


async def test_an_export_stops_when_its_reader_has_gone(archive: Datasette) -> None:
    sent: list[str] = []

    async def receive() -> dict[str, str]:
        return {"type": "http.disconnect"}

    async def send(message: dict[str, object]) -> None:
        sent.append(str(message["type"]))
        await asyncio.sleep(0)

    scope = {"type": "http", "method": "GET", "path": "/recherche.csv", "raw_path": b"/recherche.csv"}
    scope |= {"query_string": b"", "headers": [(b"host", b"localhost")], "scheme": "http"}
    await archive.app()(scope, receive, send)
    assert sent.count("http.response.body") <= 2  # the heading and the end; no article
