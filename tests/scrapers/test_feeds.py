# ruff: noqa: E501  # feeds are quoted as sites write them
# feeds are quoted as sites write them
"""What a feed announces is followed; what a hostile one tries ends as a named problem or as nothing."""

import gzip
import json
from collections.abc import Callable, Mapping

import pytest

from archive import announcements as feeds
from archive.limits import Limits
from archive.sources import Source
from scrapers.crawl import Result
from tests.scrapers.conftest import Page, Shelf

FEED = "https://fil.example/feed"
A, B = "https://fil.example/a", "https://fil.example/b"
HEAD = '<?xml version="1.0" encoding="utf-8"?>'


def item(link: str = A, more: str = "") -> str:
    return f"<item><title>T</title><link>{link}</link>{more}</item>"


def rss(*items: str, head: str = HEAD) -> str:
    return f'{head}<rss version="2.0"><channel><title>Le Fil</title>{"".join(items)}</channel></rss>'


def json_feed(**given: object) -> str:
    return json.dumps({"version": "https://jsonfeed.org/version/1.1", "title": "Le Fil", **given})


def atom(*entries: str, head: str = "") -> str:
    return f'{HEAD}<feed xmlns="http://www.w3.org/2005/Atom" {head}>{"".join(entries)}</feed>'


LAUGHS = (
    '<?xml version="1.0"?><!DOCTYPE rss [<!ENTITY a "ha ha ha ha ha ha ha ha">'
    + "".join(
        f'<!ENTITY {name} "{f"&{before};" * 10}">'
        for before, name in zip("abcdefgh", "bcdefghi", strict=True)
    )
    + "]>"
)
OUTSIDE = '<?xml version="1.0"?><!DOCTYPE rss [<!ENTITY x SYSTEM "file:///etc/hostname">]>'

# Each: what comes as a feed, which pages are asked, and a word of the problem that is noted (None: none is).
HOSTILE: dict[str, tuple[str | bytes, list[str], str | None]] = {
    "cut in the middle of an item": (rss(item(A), item(B))[:-70], [A], None),
    "entities that multiply": (rss(item(A, "<description>&i;</description>"), head=LAUGHS), [A], None),
    "an entity outside": (rss(item(A, "<description>&x;</description>"), head=OUTSIDE), [A], None),
    "an entity outside as a link": (rss(item("&x;"), item(B), head=OUTSIDE), [B], None),
    "latin-1 said to be utf-8": (
        rss(item(A, "<description>été à Nîmes</description>")).encode("latin-1"),
        [A],
        None,
    ),
    "utf-16 without a mark": (
        rss(item(A)).replace("utf-8", "utf-16").encode("utf-16-be"),
        [A],
        None,
    ),
    "zeros in between": (rss(item(A, "\x00\x00"), item(B)), [A, B], None),
    "items that never end": (rss("<item><item><item>" * 500, item(A)), [A], None),
    "no end tags at all": (f"{HEAD}<rss><channel><item><link>{A}", [], "nothing to follow"),
    "the same item a hundred times": (rss(*[item(A)] * 100), [A], None),
    "items without a link": (rss("<item><title>T</title></item>", item(B)), [B], None),
    "links that run or read": (
        rss(
            *map(
                item, ("javascript:alert(1)", "data:text/html,a", "file:///etc/passwd", "mailto:a@b.example")
            )
        ),
        [],
        "nothing to follow",
    ),
    "links to others and to private places": (
        rss(*map(item, ("http://127.0.0.1/a", "http://[::1]/", "https://autre.example/a", "http://[", B))),
        [B],
        None,
    ),
    "a base elsewhere": (
        atom(
            '<entry><link href="a"/></entry>',
            f'<entry><link href="{B}"/></entry>',
            head='xml:base="https://piege.example/"',
        ),
        [B],
        None,
    ),
    "a link of a hundred thousand signs": (rss(item(A + "/x" * 50_000), item(B)), [B], None),
    "days outside the calendar": (
        rss(
            item(A, "<pubDate>Mon, 01 Jan 0000 00:00:00 GMT</pubDate>"),
            item(B, "<pubDate>Fri, 99 Dec 99999 99:99:99 GMT</pubDate>"),
        ),
        [A, B],
        None,
    ),
    "its own older page": (
        atom(f'<link rel="next" href="{FEED}"/>', f'<entry><link href="{A}"/></entry>'),
        [A],
        None,
    ),
    "a login page": ("<!doctype html><form><input name=password></form>", [], "nothing to follow"),
    "nothing at all": ("", [], "nothing to follow"),
    "noise": (bytes(range(256)) * 40, [], "nothing to follow"),
    "JSON without an end": (
        json_feed(items=[{"url": A}])[:-4] + "," + '{"url": "' * 1000,
        [],
        "nothing to follow",
    ),
    "JSON nested without end": (json_feed(items=[])[:-2] + "[" * 200_000, [], "nothing to follow"),
    "JSON of other types": (
        json_feed(items=[None, 3, {"url": 7}, {"url": ["x"]}, {"url": B, "date_published": 12}], next_url=4),
        [B],
        None,
    ),
    "JSON whose items are none": (json_feed(items={"url": A}), [], "nothing to follow"),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_feed_ends_in_sane_requests_or_a_named_problem(
    name: str,
    replay: Callable[..., Result],
    declare: Callable[..., Source],
    shelf: Shelf,
) -> None:
    body, wanted, problem = HOSTILE[name]
    source = declare(f'via = "feed"\nstart = ["{FEED}"]', home="https://fil.example/")
    story: Mapping[str, Page] = {url: Page("<h1>Titre</h1>") for url in (A, B)}
    replay({FEED: Page(body, type="application/xml"), **story}, source)
    assert sorted(set(shelf.urls("article"))) == wanted
    said = [error for _, _, _, error in shelf.problems]
    assert (said == []) if problem is None else (problem in said[0] and len(said) == 1), said


def test_a_feed_that_unpacks_without_end_is_a_problem(replay, declare, shelf):
    bomb = gzip.compress(b"<rss>" + b" " * (80 << 20))
    source = declare(f'via = "feed"\nstart = ["{FEED}"]', home="https://fil.example/")
    replay({FEED: Page(bomb, headers={"Content-Encoding": "gzip"}, type="application/xml")}, source)
    assert [(stage, url) for _, url, stage, _ in shelf.problems] == [("fetch", FEED)]


def test_of_a_hundred_thousand_items_the_first_are_read_and_it_is_said():
    body = rss(*(item(f"{A}/{number}") for number in range(100_000))).encode()
    found = feeds.read(body, FEED)
    assert (len(found.items), found.cut) == (feeds.MOST_ITEMS, True)
    listed = [{"url": f"{A}/{number}"} for number in range(100_000)]
    assert len(feeds.read(json_feed(items=listed).encode(), FEED).items) == feeds.MOST_ITEMS


def test_that_items_were_left_out_is_noted(replay, declare, shelf, monkeypatch):
    monkeypatch.setattr(feeds, "MOST_ITEMS", 1)
    source = declare(f'via = "feed"\nstart = ["{FEED}"]', home="https://fil.example/")
    replay({FEED: Page(rss(item(A), item(B)), type="application/xml"), A: Page("<h1>T</h1>")}, source)
    assert (shelf.urls("article"), len(shelf.problems)) == ([A], 1)


def test_a_json_feed_gives_its_pages_their_days_and_its_older_page():
    body = json_feed(
        items=[
            {
                "id": "1",
                "url": A,
                "date_published": "2024-05-31T23:30:00Z",
                "date_modified": "2024-06-02T08:00:00+02:00",
            },
            {"id": B, "content_html": "<p>x</p>"},
        ],
        next_url=f"{FEED}?page=2",
    )
    found = feeds.read(body.encode(), FEED)
    assert [(one.link, one.published, one.changed) for one in found.items] == [
        (A, "2024-06-01", "2024-06-02T06:00:00+00:00"),
        (B, None, None),
    ]
    assert found.older == (f"{FEED}?page=2",)
    assert found.items[1].content == "<p>x</p>"


def test_the_whole_text_in_a_feed_does_not_hide_its_link():
    content = '<content:encoded xmlns:content="http://purl.org/rss/1.0/modules/content/"><![CDATA[<p><a href="https://piege.example/">x</a></p>]]></content:encoded>'
    assert [one.link for one in feeds.read(rss(item(A, content)).encode(), FEED).items] == [A]


NEWS = "http://www.google.com/schemas/sitemap-news/0.9"
LAUGHING = LAUGHS.replace("DOCTYPE rss", "DOCTYPE urlset")
SITEMAPS: dict[str, tuple[str | bytes, list[str], str | None]] = {
    "cut in the middle": (f"<urlset><url><loc>{A}</loc></url><url><loc>{B}</lo", [A, B], None),
    "entities that multiply": (
        f"{LAUGHING}<urlset><url><loc>{A}</loc><lastmod>&i;</lastmod></url></urlset>",
        [A],
        None,
    ),
    "no sitemap": ("<html><h1>404</h1>", [], "nothing to follow"),
    "a packed one that is none": (b"\x1f\x8b\x08" + b"zzzz" * 50, [], "EOFError"),
    "a packed one without end": (
        gzip.compress(b"<urlset>" + b" " * (80 << 20)),
        [],
        f"larger than {Limits().megabytes:g} MiB once unpacked",
    ),
    "links that run": ("<urlset><url><loc>javascript:alert(1)</loc></url></urlset>", [], None),
}


@pytest.mark.parametrize("name", SITEMAPS)
def test_a_hostile_sitemap_ends_in_sane_requests_or_a_named_problem(name, replay, declare, shelf):
    body, wanted, problem = SITEMAPS[name]
    source = declare(f'via = "sitemap"\nstart = ["{FEED}"]', home="https://fil.example/")
    replay({FEED: Page(body, type="application/xml"), **{url: Page("<h1>T</h1>") for url in (A, B)}}, source)
    assert sorted(shelf.urls("article")) == wanted
    said = [error for _, _, _, error in shelf.problems]
    assert (said == []) if problem is None else (problem in said[0] and len(said) == 1), said


def test_a_news_sitemap_gives_the_day_of_publication_in_paris(replay, declare, shelf):
    news = f'<n:news xmlns:n="{NEWS}"><n:publication_date>2024-05-31T23:30:00Z</n:publication_date><n:title>T</n:title></n:news>'
    source = declare(f'via = "sitemap"\nstart = ["{FEED}"]', home="https://fil.example/")
    body = f"<urlset><url><loc>{A}</loc>{news}</url></urlset>"
    replay({FEED: Page(body, type="application/xml"), A: Page("<h1>T</h1>")}, source)
    assert [one.announced for one in shelf.exchanges if one.url == A] == ["2024-06-01"]
