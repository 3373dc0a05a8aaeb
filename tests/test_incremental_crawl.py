"""A crawl of a site crawled before asks for what can have changed, and says so to the site."""

import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.local_site import Answer, LocalSite, crawl, served

PAGES, ON_A_PAGE = 4, 5


def article(number: int, more: str = "") -> Answer:
    text = f"La Scop du Bief numéro {number} a fêté ses dix ans à Flers (61) avec ses salariés. " * 3
    return Answer(
        f"<html><h1>Récit {number}</h1><p>Publié le 3 mai 2021</p><p>{text}</p><p>{more}</p></html>"
    )


def listing(page: int, numbers: list[int]) -> Answer:
    pager = "".join(f'<a href="/actu?page={n}">{n}</a>' for n in range(2, PAGES + 1))
    return Answer(f"{''.join(f'<a href=/recits/{n}>Lire</a>' for n in numbers)}{pager}")


def publish(site: LocalSite, newest: int) -> None:
    """Let the site have the articles up to ``newest``, in listings with the newest first."""
    numbers = list(range(newest, 0, -1))
    for page in range(1, PAGES + 1):
        address = "/actu" if page == 1 else f"/actu?page={page}"
        site.pages[address] = listing(page, numbers[(page - 1) * ON_A_PAGE : page * ON_A_PAGE])
    for number in numbers:
        site.pages.setdefault(f"/recits/{number}", article(number))


def declare(site: LocalSite, folder: Path, *, delay: float = 0.0) -> Path:
    folder.mkdir()
    (folder / "carnet.toml").write_text(
        f'title = "Carnet"\nkind = "blog"\nhome = "{site.home}/"\n[fetch]\nvia = "listing"\n'
        f"start = [\"{site.home}/actu\"]\narticles = '/recits/'\ndelay = {delay}\n",
        "utf-8",
    )
    return folder


@pytest.fixture(scope="module")
def site() -> Iterator[LocalSite]:
    with served() as found:
        yield found


@pytest.fixture(scope="module")
def told(site: LocalSite, tmp_path_factory: pytest.TempPathFactory) -> dict[str, list[tuple[str, int]]]:
    """Crawl the site six times and return what each crawl asked."""
    folder = tmp_path_factory.mktemp("incremental")
    sources, data = declare(site, folder / "sources"), folder / "data"
    asked: dict[str, list[tuple[str, int]]] = {"data": [(str(data), 0)]}

    def step(name: str, days: float = 0, full: bool = False) -> None:
        crawl(site, sources, data, days, full)
        asked[name] = site.take()

    publish(site, 18)
    step("first")
    step("unchanged")
    publish(site, 20)
    step("two new")
    site.pages["/recits/20"] = article(20, "Mise à jour : la fête est remise au mois de juin prochain.")
    site.pages["/recits/19"] = Answer("", 410)
    step("two days later", days=2)
    step("at once again")
    step("full", full=True)
    return asked


def test_the_first_crawl_asks_for_everything_once(told: dict[str, list[tuple[str, int]]]):
    assert len(told["first"]) == len(set(told["first"])) == PAGES + 18


def test_an_unchanged_site_is_asked_for_its_first_page_alone(told: dict[str, list[tuple[str, int]]]):
    assert told["unchanged"] == [("/actu", 304)]


def test_new_articles_are_found_and_the_walk_ends_on_known_ground(told: dict[str, list[tuple[str, int]]]):
    assert sorted(told["two new"]) == [
        ("/actu", 200),
        ("/actu?page=2", 200),
        ("/recits/19", 200),
        ("/recits/20", 200),
    ]


def test_a_few_old_articles_are_looked_at_again_the_newest_first(told: dict[str, list[tuple[str, int]]]):
    first, *others = told["two days later"]
    assert first == ("/actu", 304)
    assert len(others) == 5
    assert {("/recits/20", 200), ("/recits/19", 410)} < set(others)
    assert [status for _, status in others].count(304) == 3


def test_a_full_crawl_asks_for_everything_in_full(told: dict[str, list[tuple[str, int]]]):
    assert told["at once again"] == [("/actu", 304)]
    assert len(told["full"]) == PAGES + 20
    assert {status for _, status in told["full"]} == {200, 410}


def test_the_archive_knows_what_changed_and_what_is_gone(told: dict[str, list[tuple[str, int]]]):
    database = sqlite3.connect(Path(told["data"][0][0]) / "archive.db")
    versions = "select count(*) from versions join articles on articles.id = article where url like '%/20'"
    gone = "select url like '%/19' from articles where gone_at is not null"
    assert database.execute(versions).fetchall() == [(2,)]
    assert database.execute(gone).fetchall() == [(1,)]
    assert database.execute("select count(*) from articles").fetchall() == [(20,)]
    database.close()
