"""Each way of finding pages finds all of them, follows nothing else and comes to an end."""

import gzip
from collections.abc import Callable
from itertools import pairwise

import pytest

from archive.sources import Source
from scrapers.crawl import Result
from scrapers.spiders.listing import MOST_BARREN
from tests.scrapers.conftest import Page, Shelf, links, redirect, visited

Declare = Callable[..., Source]
Replay = Callable[..., Result]

HOME = "https://union.example"
LISTING = f"""
via = "listing"
start = ["{HOME}/actualites"]
articles = '/actualites/[a-z-]+$'
"""


def rss(*items: tuple[str, str]) -> Page:
    entries = "".join(
        f"<item><title>t</title><link>{link}</link><pubDate>{date}</pubDate></item>" for link, date in items
    )
    return Page(
        f'<?xml version="1.0"?><rss version="2.0"><channel>{entries}</channel></rss>', type="text/xml"
    )


def sitemap(*entries: tuple[str, str], index: bool = False) -> str:
    outer, inner = ("sitemapindex", "sitemap") if index else ("urlset", "url")
    body = "".join(f"<{inner}><loc>{loc}</loc>{rest}</{inner}>" for loc, rest in entries)
    return f'<{outer} xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">{body}</{outer}>'


def test_a_listing_gives_its_articles_and_nothing_else(declare: Declare, replay: Replay, shelf: Shelf):
    replay(
        {
            f"{HOME}/actualites": links(
                "/actualites/scierie",
                "/actualites/boulangerie?utm_source=lettre#haut",
                "/mentions-legales",
                "https://ailleurs.example/actualites/autre",
                "mailto:scop@union.example",
            ),
            f"{HOME}/actualites/scierie": links("/actualites/laverie"),
            f"{HOME}/actualites/boulangerie": Page("<p>Pain</p>"),
        },
        declare(LISTING),
    )
    assert shelf.urls() == [
        f"{HOME}/actualites",
        f"{HOME}/actualites/scierie",
        f"{HOME}/actualites/boulangerie",
    ]
    assert [e.role for e in shelf.exchanges if e.role != "robots"] == ["listing", "article", "article"]


@pytest.mark.parametrize(
    ("second", "link"),
    [
        ("/actualites?page=2", '<a href="?page=2">2</a>'),
        ("/actualites/page/2/", '<a href="/actualites/page/2/">2</a>'),
        ("/actualites/(offset)/10", '<a href="/actualites/(offset)/10">2</a>'),
        ("/actualites?debut_articles=10", '<a href="/actualites?debut_articles=10#p">2</a>'),
        ("/archives/tout", '<a rel="nofollow next" href="/archives/tout">»</a>'),
        ("/archives/tout", '<link rel="next" href="/archives/tout">'),
        ("/archives/tout", '<a href="/archives/tout">Articles plus anciens →</a>'),
    ],
)
def test_the_usual_pagers_are_followed_unasked(
    second: str, link: str, declare: Declare, replay: Replay, shelf: Shelf
):
    replay(
        {
            f"{HOME}/actualites": links("/actualites/un", more=link),
            f"{HOME}{second}": links("/actualites/deux"),
            f"{HOME}/actualites/un": Page("<p>1</p>"),
            f"{HOME}/actualites/deux": Page("<p>2</p>"),
        },
        declare(LISTING),
    )
    assert shelf.urls("article") == [f"{HOME}/actualites/un", f"{HOME}/actualites/deux"]


def test_an_endless_calendar_is_left_after_a_few_months(declare: Declare, replay: Replay, shelf: Shelf):
    months = [f"{year}-{month:02}" for year in range(2024, 2034) for month in range(1, 13)]
    pages = {
        f"{HOME}/agenda?mois={month}": links("/actualites/un", f"/agenda?mois={after}")
        for month, after in pairwise(months)
    }
    pages |= {f"{HOME}/actualites": links("/agenda?mois=2024-01"), f"{HOME}/actualites/un": Page("<p>1</p>")}
    replay(pages, declare(LISTING + "pages = '/agenda'"))
    assert len(shelf.urls("listing")) <= MOST_BARREN + 3


def test_a_calendar_is_not_taken_for_pages_of_a_listing(declare: Declare, replay: Replay, shelf: Shelf):
    replay(
        {
            f"{HOME}/actualites": links(
                "/actualites/un", more='<a rel="next" href="?mois=2024-07">Juillet</a>'
            )
        },
        declare(LISTING),
    )
    assert shelf.urls("listing") == [f"{HOME}/actualites"]


def test_links_that_nest_for_ever_are_left_alone(declare: Declare, replay: Replay, shelf: Shelf):
    deep = f"{HOME}/actualites/x/actualites/x/actualites/x"
    replay({f"{HOME}/actualites": links(deep)}, declare(LISTING))
    assert shelf.urls("article") == []


def test_a_redirected_article_is_kept_with_its_redirect_and_once(
    declare: Declare, replay: Replay, shelf: Shelf
):
    replay(
        {
            f"{HOME}/actualites": links("/actualites/ancien", "/actualites/neuf"),
            f"{HOME}/actualites/ancien": redirect("/actualites/neuf"),
            f"{HOME}/actualites/neuf": Page("<p>Neuf</p>"),
        },
        declare(LISTING),
    )
    assert sorted(shelf.urls("article")) == [f"{HOME}/actualites/ancien", f"{HOME}/actualites/neuf"]


@pytest.mark.parametrize("target", ["http://www.union.example/actualites/un", f"{HOME}/actualites/un/"])
def test_a_redirect_to_another_spelling_of_the_address_is_followed(
    target: str, declare: Declare, replay: Replay, shelf: Shelf
):
    replay(
        {
            f"{HOME}/actualites": links("/actualites/un"),
            f"{HOME}/actualites/un": redirect(target),
            target: Page("<p>1</p>"),
        },
        declare(LISTING),
    )
    assert [(e.url, e.status) for e in shelf.exchanges if e.role == "article"] == [
        (f"{HOME}/actualites/un", 301),
        (target, 200),
    ]


def test_redirects_in_circles_end(declare: Declare, replay: Replay, shelf: Shelf):
    result = replay(
        {
            f"{HOME}/actualites": links("/actualites/a"),
            f"{HOME}/actualites/a": redirect("/actualites/b"),
            f"{HOME}/actualites/b": redirect("/actualites/a"),
        },
        declare(LISTING),
    )
    assert result.finished
    assert shelf.urls("article") == [f"{HOME}/actualites/a", f"{HOME}/actualites/b"]


def test_a_redirect_away_from_the_source_is_not_followed(declare: Declare, replay: Replay, shelf: Shelf):
    replay(
        {
            f"{HOME}/actualites": links("/actualites/a"),
            f"{HOME}/actualites/a": redirect("https://ailleurs.example/"),
            "https://ailleurs.example/": Page("<p>Ailleurs</p>"),
        },
        declare(LISTING),
    )
    assert "https://ailleurs.example/" not in shelf.urls()


def test_what_robots_txt_forbids_is_not_asked(declare: Declare, replay: Replay, shelf: Shelf):
    replay(
        {
            f"{HOME}/robots.txt": Page("User-agent: *\nDisallow: /actualites/prive\n", type="text/plain"),
            f"{HOME}/actualites": links("/actualites/prive", "/actualites/public"),
            f"{HOME}/actualites/prive": Page("<p>Non</p>"),
            f"{HOME}/actualites/public": Page("<p>Oui</p>"),
        },
        declare(LISTING),
    )
    assert shelf.urls("article") == [f"{HOME}/actualites/public"]
    assert shelf.urls("robots") == [f"{HOME}/robots.txt"]


def test_a_robots_txt_that_fails_forbids_everything(declare: Declare, replay: Replay, shelf: Shelf):
    replay(
        {f"{HOME}/robots.txt": Page("", status=503), f"{HOME}/actualites": links("/actualites/un")},
        declare(LISTING),
    )
    assert shelf.urls() == []


def test_the_words_of_a_missing_robots_txt_forbid_nothing(declare: Declare, replay: Replay, shelf: Shelf):
    replay(
        {
            f"{HOME}/robots.txt": Page("User-agent: *\nDisallow: /\n", status=404, type="text/plain"),
            f"{HOME}/actualites": links(),
        },
        declare(LISTING),
    )
    assert shelf.urls() == [f"{HOME}/actualites"]


def test_articles_of_before_are_not_asked_again_unless_full(declare: Declare, replay: Replay, shelf: Shelf):
    pages = {f"{HOME}/actualites": links("/actualites/un"), f"{HOME}/actualites/un": Page("<p>1</p>")}
    shelf.before = visited("https://union.example/actualites/un", "2024-05-01T08:00:00Z")
    replay(pages, declare(LISTING))
    assert shelf.urls() == [f"{HOME}/actualites"]
    replay(pages, declare(LISTING), full=True)
    assert shelf.urls() == [f"{HOME}/actualites", f"{HOME}/actualites", f"{HOME}/actualites/un"]


def test_a_permanent_redirect_to_a_known_article_is_asked_once_for_all(
    declare: Declare, replay: Replay, shelf: Shelf
):
    pages = {
        f"{HOME}/actualites": links("/actualites/ancien"),
        f"{HOME}/actualites/ancien": redirect("/actualites/neuf"),
        f"{HOME}/actualites/neuf": Page("<p>Neuf</p>"),
    }
    shelf.before = visited("https://union.example/actualites/neuf", "2024-05-01T08:00:00Z")
    replay(pages, declare(LISTING))
    assert shelf.urls() == [f"{HOME}/actualites", f"{HOME}/actualites/ancien"]
    replay(pages, declare(LISTING))
    assert shelf.urls()[2:] == [f"{HOME}/actualites"]


def test_a_sitemap_index_leads_to_compressed_sitemaps(declare: Declare, replay: Replay, shelf: Shelf):
    news = "<news xmlns='urn:n'><publication_date>2024-04-11T11:15:00+02:00</publication_date></news>"
    packed = gzip.compress(sitemap((f"{HOME}/blog/un", news), (f"{HOME}/legal", "")).encode())
    replay(
        {
            f"{HOME}/sitemap.xml": Page(
                sitemap((f"{HOME}/posts.xml.gz", ""), (f"{HOME}/tags.xml", ""), index=True), type="text/xml"
            ),
            f"{HOME}/posts.xml.gz": Page(packed, type="application/x-gzip"),
            f"{HOME}/blog/un": Page("<p>1</p>"),
        },
        declare(
            f"via = 'sitemap'\nstart = ['{HOME}/sitemap.xml']\narticles = '/blog/'\npages = 'posts'",
        ),
    )
    assert shelf.urls() == [f"{HOME}/sitemap.xml", f"{HOME}/posts.xml.gz", f"{HOME}/blog/un"]
    assert shelf.exchanges[-1].announced == "2024-04-11"


@pytest.mark.parametrize(("changed", "asked"), [("2024-05-02", True), ("2024-04-30", False), ("hier", False)])
def test_an_article_changed_since_is_asked_again(
    changed: str, asked: bool, declare: Declare, replay: Replay, shelf: Shelf
):
    shelf.before = visited("https://union.example/blog/un", "2024-05-01T08:00:00Z")
    replay(
        {
            f"{HOME}/sitemap.xml": Page(
                sitemap((f"{HOME}/blog/un", f"<lastmod>{changed}</lastmod>")), type="text/xml"
            ),
            f"{HOME}/blog/un": Page("<p>1</p>"),
        },
        declare(f"via = 'sitemap'\nstart = ['{HOME}/sitemap.xml']\narticles = '/blog/'"),
    )
    assert shelf.urls("article") == ([f"{HOME}/blog/un"] if asked else [])


def test_a_feed_announces_the_day_in_paris(declare: Declare, replay: Replay, shelf: Shelf):
    replay(
        {
            f"{HOME}/feed": rss(
                (f"{HOME}/a/un?utm_source=rss", "Fri, 31 May 2024 23:30:00 +0000"),
                (f"{HOME}/a/deux", "un jour"),
                ("https://ailleurs.example/a/trois", "Fri, 31 May 2024 08:00:00 +0000"),
            ),
            f"{HOME}/a/un": Page("<p>1</p>"),
            f"{HOME}/a/deux": Page("<p>2</p>"),
        },
        declare(f"via = 'feed'\nstart = ['{HOME}/feed']"),
    )
    found = {e.url: e.announced for e in shelf.exchanges if e.role == "article"}
    assert found == {f"{HOME}/a/un": "2024-06-01", f"{HOME}/a/deux": None}


def test_a_listing_may_start_from_a_feed_and_a_sitemap_too(declare: Declare, replay: Replay, shelf: Shelf):
    replay(
        {
            f"{HOME}/actualites": links("/actualites/un"),
            f"{HOME}/rss": rss((f"{HOME}/actualites/deux", "")),
            f"{HOME}/plan.xml": Page(sitemap((f"{HOME}/actualites/trois", "")), type="text/xml"),
            **{f"{HOME}/actualites/{name}": Page(f"<p>{name}</p>") for name in ("un", "deux", "trois")},
        },
        declare(LISTING.replace('actualites"]', f'actualites", "{HOME}/rss", "{HOME}/plan.xml"]')),
    )
    assert len(shelf.urls("article")) == 3


def test_a_board_gives_its_pages_and_tiles_but_no_clipped_page(
    declare: Declare, replay: Replay, shelf: Shelf
):
    replay(
        {
            f"{HOME}/p/planche": links("/v/1", "https://journal.example/v/9", more='<a href="?page=2">2</a>'),
            f"{HOME}/p/planche?page=2": links("/v/2", "/p/autre"),
            f"{HOME}/v/1": links("/v/2", "/v/3"),
            f"{HOME}/v/2": Page("<p>2</p>"),
            "https://journal.example/v/9": Page("<p>9</p>"),
        },
        declare(f"via = 'board'\nstart = ['{HOME}/p/planche']\narticles = '/v/'"),
    )
    assert shelf.urls("board") == [f"{HOME}/p/planche", f"{HOME}/p/planche?page=2"]
    assert shelf.urls("article") == [f"{HOME}/v/1", f"{HOME}/v/2"]


def test_a_page_that_breaks_the_reading_of_links_costs_only_its_links(
    declare: Declare, replay: Replay, shelf: Shelf
):
    result = replay(
        {f"{HOME}/sitemap.xml": Page(b"\x1f\x8b\x08 torn", type="application/gzip")},
        declare(f"via = 'sitemap'\nstart = ['{HOME}/sitemap.xml']"),
    )
    assert result.finished
    assert shelf.urls() == [f"{HOME}/sitemap.xml"]
    assert [(url, stage) for _, url, stage, _ in shelf.problems] == [(f"{HOME}/sitemap.xml", "links")]


@pytest.mark.parametrize("via", ["listing", "feed", "sitemap"])
def test_an_entry_page_without_a_link_to_follow_is_a_problem(
    via: str, declare: Declare, replay: Replay, shelf: Shelf
):
    replay(
        {f"{HOME}/entree": Page("<html><body>Site en travaux</body></html>")},
        declare(f"via = '{via}'\nstart = ['{HOME}/entree']\narticles = '/a/'"),
    )
    assert [(url, stage) for _, url, stage, _ in shelf.problems] == [(f"{HOME}/entree", "entry")]


def test_several_sources_crawl_side_by_side(declare: Declare, replay: Replay, shelf: Shelf):
    other = declare(LISTING.replace("union.example", "autre.example"), "autre", home="https://autre.example/")
    result = replay(
        {f"{HOME}/actualites": links(), "https://autre.example/actualites": links()}, declare(LISTING), other
    )
    assert result.by_source == {"union_bocage": 1, "autre": 1}


@pytest.mark.parametrize(("status", "asked"), [(503, 2), (404, 1)])
def test_a_page_that_failed_is_asked_again_though_nothing_leads_to_it_any_more(
    status: int, asked: int, declare: Declare, replay: Replay, shelf: Shelf
):
    page = f"{HOME}/actualites/un"
    replay({f"{HOME}/actualites": links("/actualites/un"), page: Page(status=status)}, declare(LISTING))
    replay({f"{HOME}/actualites": links("/actualites/deux"), page: Page("<p>1</p>")}, declare(LISTING))
    assert shelf.urls("article").count(page) == asked


@pytest.mark.parametrize(("status", "asked"), [(200, False), (410, False), (403, True)])
def test_a_page_that_is_gone_is_not_asked_at_every_turn(
    status: int, asked: bool, declare: Declare, replay: Replay, shelf: Shelf
):
    page = f"{HOME}/actualites/un"
    shelf.before = visited(page, "2024-05-31T08:00:00Z", status)
    replay({f"{HOME}/actualites": links("/actualites/un"), page: Page("<p>1</p>")}, declare(LISTING))
    assert (page in shelf.urls()) == asked


def test_lists_that_lead_on_but_never_to_an_article_are_a_problem(replay, declare, shelf):
    pages = {
        f"{HOME}/actualites": Page("<a href='/nouvelles/dix-ans'>Dix ans</a> <a href='?page=2'>Suite</a>"),
        f"{HOME}/actualites?page=2": Page("<a href='/nouvelles/onze-ans'>Onze ans</a>"),
    }
    replay(pages, declare(f"via = 'listing'\nstart = ['{HOME}/actualites']\narticles = '/actualites/.'"))
    told = (f"{HOME}/actualites", "entry", "no link to an article on any list")
    assert [(url, stage, error) for _, url, stage, error in shelf.problems] == [told]


def test_a_board_whose_tiles_have_no_pages_is_no_problem(replay, declare, shelf):
    board = Page("<a href='?page=2'>Suite</a>")
    replay({f"{HOME}/revue": board}, declare(f"via = 'board'\nstart = ['{HOME}/revue']"))
    assert [problem for problem in shelf.problems if problem[2] == "entry"] == []
