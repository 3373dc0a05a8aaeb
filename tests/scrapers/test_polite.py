"""What a site's own log shows of us: who we say we are, what we ask for, and how often."""

import sqlite3
from contextlib import closing
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from itertools import pairwise
from pathlib import Path

import pytest

from archive.limits import Limits
from scrapers.pace import ANSWER_SECONDS
from scrapers.reservations import PATH
from tests.local_site import Answer, LocalSite, crawl, served

AGENT = "coopress/0.1.0 (+https://union.example/contact)"
XML = {"Content-Type": "application/xml; charset=utf-8"}
DAY = "<p>Publié le 3 mai 2021</p>"


@pytest.fixture(autouse=True)
def contact(monkeypatch: pytest.MonkeyPatch) -> None:
    """Name who crawls."""
    monkeypatch.setenv("COOPRESS_CONTACT", "https://union.example/contact")


def declare(folder: Path, slug: str, site: LocalSite, fetch: str, delay: float = 0.05) -> Path:
    """Declare a source on ``site`` and return the folder with all of them."""
    sources = folder / "sources"
    sources.mkdir(exist_ok=True)
    (sources / f"{slug}.toml").write_text(
        f'title = "{slug}"\nkind = "union"\nhome = "{site.home}/"\n[fetch]\n{fetch}\ndelay = {delay}\n',
        "utf-8",
    )
    return sources


def listed(folder: Path, site: LocalSite, count: int, seconds: float = 0.0, delay: float = 0.05) -> Path:
    """Declare a site of a list and so many articles, each of which takes some seconds to come."""
    site.pages["/actualites"] = Answer("".join(f"<a href=/actualites/{n}>Lire</a>" for n in range(count)))
    for number in range(count):
        text = f"<h1>Brève {number}</h1>{DAY}<p>La Scop {number} est née.</p>"
        site.pages[f"/actualites/{number}"] = Answer(text, seconds=seconds)
    slug = f"union_{site.host.replace('.', '_')}"
    fetch = f"via = 'listing'\nstart = ['{site.home}/actualites']\narticles = '/actualites/'"
    return declare(folder, slug, site, fetch, delay)


def robots(text: str) -> Answer:
    return Answer(text, headers={"Content-Type": "text/plain"})


def rows(data: Path, query: str) -> list[tuple[object, ...]]:
    with closing(sqlite3.connect(data / "archive.db")) as database:
        return database.execute(query).fetchall()


def test_every_request_says_who_we_are_and_where_to_complain(tmp_path: Path):
    with served() as site:
        site.pages["/robots.txt"] = Answer("", 301, {"Location": "/robots-ancien.txt"})
        site.pages["/robots-ancien.txt"] = robots("User-agent: *\nDisallow: /prive\n")
        item = "<item><title>Un</title><link>{}/un</link></item>"
        site.pages["/flux"] = Answer(
            f"<rss version='2.0'><channel>{item}</channel></rss>".format(site.home), headers=XML
        )
        place = f"<url><loc>{site.home}/deux</loc></url>"
        site.pages["/plan.xml"] = Answer(
            f"<urlset xmlns='http://www.sitemaps.org/schemas/sitemap/0.9'>{place}</urlset>", headers=XML
        )
        site.pages["/liste"] = Answer("<a href=/trois>Lire</a><a href=/ancien>Lire</a><img src=/logo.png>")
        site.pages["/ancien"] = Answer("", 302, {"Location": "/quatre"})
        for name in ("un", "deux", "trois", "quatre"):
            site.pages[f"/{name}"] = Answer(
                f"<h1>{name}</h1>{DAY}<img src=/{name}.jpg><p>La Scop est née.</p>"
            )
        declare(tmp_path, "par_flux", site, f"via = 'feed'\nstart = ['{site.home}/flux']")
        declare(tmp_path, "par_plan", site, f"via = 'sitemap'\nstart = ['{site.home}/plan.xml']")
        sources = declare(
            tmp_path,
            "par_liste",
            site,
            f"via = 'listing'\nstart = ['{site.home}/liste']\narticles = '/(trois|ancien)'",
        )
        crawl(site, sources, tmp_path / "data")
        asked = {path for path, *_ in site.asked}
        assert asked == {
            *("/robots.txt", "/robots-ancien.txt", PATH, "/flux", "/plan.xml", "/liste"),
            *("/ancien", "/un", "/deux", "/trois", "/quatre"),
        }  # and no picture
        assert {headers["User-Agent"] for *_, headers in site.asked} == {AGENT}
        assert not any("Cookie" in headers for *_, headers in site.asked)
        assert max(site.gaps()) < ANSWER_SECONDS  # a redirect is an answer: nobody waits for another


def test_robots_txt_is_asked_for_first_and_forbids_where_a_redirect_leads(tmp_path: Path):
    with served() as site:
        sources = listed(tmp_path, site, 3)
        site.pages["/robots.txt"] = robots("User-agent: *\nDisallow: /prive\n")
        site.pages["/actualites/1"] = Answer("", 302, {"Location": "/prive/1"})
        site.pages["/prive/1"] = Answer("<h1>Interne</h1>")
        crawl(site, sources, tmp_path / "data")
        assert site.asked[0][0] == "/robots.txt"
        assert sorted(site.paths()) == ["/actualites", *(f"/actualites/{n}" for n in range(3))]


@pytest.mark.parametrize(
    ("text", "delay"),
    [
        ("User-agent: *\nCrawl-delay: 0,3\n", 0.3),
        ("User-agent: *\nCrawl-delay: 30\nUser-agent: coopress\nCrawl-delay: 0.3\n", 0.3),
        ("User-agent: coopress\nCrawl-delay: 0.3\nUser-agent: *\nCrawl-delay: 30\n", 0.3),
        ("User-agent: autrebot\nCrawl-delay: 30\nUser-agent: *\nCrawl-delay: -4\nCrawl-delay: peu\n", 0.05),
    ],
)
def test_requests_keep_the_distance_that_robots_txt_asks_of_us(tmp_path: Path, text: str, delay: float):
    with served() as site:
        sources = listed(tmp_path, site, 3)
        site.pages["/robots.txt"] = robots(text)
        crawl(site, sources, tmp_path / "data")
        assert len(site.paths()) == 4
        assert delay <= min(site.gaps())
        assert max(site.gaps()) < 20


def test_a_crawl_delay_of_ages_is_bounded_and_leaves_the_source_until_the_next_crawl(tmp_path: Path):
    with served() as site:
        sources = listed(tmp_path, site, 3)
        site.pages["/robots.txt"] = robots("User-agent: *\nCrawl-delay: 999999999\n")
        data = tmp_path / "data"
        crawl(site, sources, data, limits=Limits(waiting=0.0))
        assert site.paths() == []
        assert rows(data, "SELECT stage FROM problems") == [("limit",)]


def test_a_server_that_answers_slowly_is_asked_less_often(tmp_path: Path):
    with served() as slow, served("127.0.0.2") as fast:
        listed(tmp_path, slow, 3, seconds=0.3)
        sources = listed(tmp_path, fast, 3)
        crawl(slow, sources, tmp_path / "data", others=[fast])
        # From request to request: the answer, then twice as long of peace.
        pages = [at for at, (path, *_) in zip(slow.times, slow.asked, strict=True) if "/actualites/" in path]
        assert all(later - sooner >= 0.3 + 2 * 0.3 for sooner, later in pairwise(pages))
        assert all(gap >= 0.05 for gap in fast.gaps())


def _soon() -> str:
    return format_datetime(datetime.now(UTC) + timedelta(seconds=3), usegmt=True)


@pytest.mark.parametrize(("status", "as_date"), [(429, False), (503, True)])
def test_a_busy_host_is_left_alone_by_all_its_sources_while_others_go_on(
    tmp_path: Path, status: int, as_date: bool
):
    with served() as busy, served("127.0.0.2") as other:
        for name in ("un", "deux"):
            fetch = f"via = 'listing'\nstart = ['{busy.home}/{name}']\narticles = '/{name}/'"
            declare(tmp_path, name, busy, fetch)
            busy.pages[f"/{name}"] = Answer("".join(f"<a href=/{name}/{n}>Lire</a>" for n in range(2)))
            for number in range(2):
                busy.pages[f"/{name}/{number}"] = Answer(f"<h1>{name}</h1>{DAY}<p>{number}</p>")
        busy.pages["/un"] = Answer("", status, {"Retry-After": _soon if as_date else "2"})
        sources = listed(tmp_path, other, 8, delay=0.5)
        crawl(busy, sources, tmp_path / "data", others=[other])
        pauses = [
            (at, at + gap)
            for at, gap, (_, found, *_) in zip(busy.times, busy.gaps(), busy.asked, strict=False)
            if found == status
        ]
        assert len(pauses) >= 2
        assert all(end - start >= 1.9 for start, end in pauses)  # a date counts whole seconds
        assert any(start < at < end for at in other.times for start, end in pauses)
        assert len([path for path in busy.paths() if path.startswith("/deux")]) == 3
        assert len(other.paths()) == 9


@pytest.mark.parametrize("status", [429, 503])
def test_a_robots_txt_that_asks_to_wait_for_long_stops_the_source_and_costs_nothing(
    tmp_path: Path, status: int
):
    with served() as site:
        sources, data = listed(tmp_path, site, 3), tmp_path / "data"
        site.pages["/robots.txt"] = Answer("", status, {"Retry-After": "7200"})
        crawl(site, sources, data)
        assert site.asked[0][0] == "/robots.txt"
        assert len(site.asked) == 1
        assert ("limit", "the site asks to wait more than 60 minutes in one crawl") in rows(
            data, "SELECT stage, error FROM problems"
        )
        crawl(site, sources, data)  # an hour has not passed
        assert len(site.asked) == 1
        with closing(sqlite3.connect(data / "frontier.db")) as queue:
            ((left,),) = queue.execute("SELECT held_until - unixepoch() FROM hosts").fetchall()
        assert 7000 < left <= 7200


def test_what_was_found_before_robots_txt_broke_is_asked_for_by_the_next_crawl(tmp_path: Path):
    with served() as site:
        sources, data = listed(tmp_path, site, 4), tmp_path / "data"
        crawl(site, sources, data, limits=Limits(requests=2))
        found = {path for path, _ in site.take()}
        site.pages["/robots.txt"] = Answer("", 503, {"Retry-After": "1"})
        crawl(site, sources, data)
        assert site.take() == []
        del site.pages["/robots.txt"]
        crawl(site, sources, data)
        rest = {path for path, _ in site.take()}
        assert found | rest == {"/actualites", *(f"/actualites/{n}" for n in range(4))}
        assert rows(data, "SELECT count(*) FROM articles") == [(4,)]


PAGE = "<html><head>{}</head><body><h1>Brève</h1><p>3 mai 2021</p><p>La Scop {} est née.</p></body></html>"


def test_a_page_of_which_no_copy_is_wanted_leaves_none(tmp_path: Path):
    wishes = {
        "en_tete": ([("X-Robots-Tag", "noarchive")], ""),
        "pour_nous": ([("X-Robots-Tag", "autrebot: noindex"), ("X-Robots-Tag", "coopress: noarchive")], ""),
        "joints": ([("X-Robots-Tag", "autrebot: noindex, coopress: noarchive")], ""),
        "nommes": ([("X-Robots-Tag", "coopress: none")], ""),
        "balise": ([], '<meta name="robots" content="index, noarchive">'),
        "balise_pour_nous": ([], "<meta content='noarchive' name='coopress'>"),
    }
    others = {
        "moteurs": ([("X-Robots-Tag", "none")], '<meta name="robots" content="noindex, nofollow">'),
        "un_autre": ([("X-Robots-Tag", "autrebot: noarchive")], '<meta name="autrebot" content="noarchive">'),
    }
    with served() as site:
        sources, data = listed(tmp_path, site, 0), tmp_path / "data"
        site.pages["/actualites"] = Answer(
            "".join(f"<a href=/actualites/{n}>Lire</a>" for n in wishes | others)
        )
        for name, (headers, head) in (wishes | others).items():
            site.pages[f"/actualites/{name}"] = Answer(PAGE.format(head, name), headers=headers)
        crawl(site, sources, data)
        kept = {
            str(url).rsplit("/", 1)[1]: state for url, state in rows(data, "SELECT url, state FROM captures")
        }
        assert {name for name, state in kept.items() if state == "noarchive"} == set(wishes)
        read = {str(url).rsplit("/", 1)[1] for (url,) in rows(data, "SELECT url FROM articles")}
        assert read == set(others)


def test_reservations_of_text_and_data_mining_are_noted_beside_each_copy(tmp_path: Path):
    rules = (
        '[{"location": "/actualites/", "tdm-reservation": 1, "tdm-policy": "https://a.example/licence"},'
        ' {"location": "/actualites/*libre$", "tdm-reservation": 0}, {"location": 4}, "rien"]'
    )
    with served() as site:
        sources, data = listed(tmp_path, site, 0), tmp_path / "data"
        site.pages[PATH] = Answer(rules, headers={"Content-Type": "application/json"})
        names = ("par_le_fichier", "a_libre", "par_l_en_tete", "par_la_balise")
        site.pages["/actualites"] = Answer("".join(f"<a href=/actualites/{name}>Lire</a>" for name in names))
        for name in names:
            meta = '<meta name="tdm-reservation" content="0">' if name == "par_la_balise" else ""
            headers = {"tdm-reservation": "0"} if name == "par_l_en_tete" else {}
            site.pages[f"/actualites/{name}"] = Answer(PAGE.format(meta, name), headers=headers)
        crawl(site, sources, data)
        noted = rows(data, "SELECT url, tdm_reservation FROM captures WHERE role IN ('listing', 'article')")
        assert {str(url).rsplit("/", 1)[1]: reserved for url, reserved in noted} == {
            "actualites": None,
            "par_le_fichier": "1",
            "a_libre": "0",
            "par_l_en_tete": "0",
            "par_la_balise": "0",
        }
        assert rows(data, "SELECT count(*) FROM problems") == [(0,)]
        assert [path for path, *_ in site.asked].count(PATH) == 1
