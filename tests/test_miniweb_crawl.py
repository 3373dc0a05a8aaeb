"""Eleven invented sites, crawled from their recording: every article once, and nothing forbidden."""

import json
import sqlite3
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from click.testing import CliRunner, Result
from protego import Protego

from archive.addresses import identity
from archive.cli import main
from archive.raw import Raw

SOURCES = Path(__file__).parent / "miniweb"
SHARED = Path(__file__).parent.parent.parent / "shared" / "miniweb"
WARC = SHARED / "web.warc.gz"
# The calendar of one site has sixty months recorded, and would have more.
MOST_MONTHS = 15

pytestmark = pytest.mark.skipif(not WARC.exists(), reason=f"{WARC} is absent")


def crawl(data: Path) -> Result:
    return CliRunner().invoke(
        main, ["crawl", "--sources", str(SOURCES), "--data", str(data), "--replay", str(WARC)]
    )


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("miniweb")
    result = crawl(folder)
    assert result.exit_code == 0, result.output
    return folder


@pytest.fixture
def database(data: Path) -> Iterator[sqlite3.Connection]:
    connection = sqlite3.connect(data / "archive.db")
    yield connection
    connection.close()


@pytest.fixture(scope="module")
def labels() -> list[dict[str, object]]:
    return [json.loads(line) for line in (SHARED / "labels.jsonl").read_text("utf-8").splitlines()]


def page(url: object) -> str:
    return identity(str(url), keep_fragment=True)


def test_nearly_every_labelled_page_is_archived(
    database: sqlite3.Connection, labels: list[dict[str, object]]
):
    # Left out: what robots.txt forbids, the mobile copies that no page links to, a login wall and a soft 404.
    due = {
        page(label["url"])
        for label in labels
        if not label["must_not_fetch"] and not label.get("twin_of") and not label.get("bare")
    }
    due |= {page(label["url"]) for label in labels if label["kind"] == "publication"}
    archived = {page(url) for (url,) in database.execute("SELECT url FROM articles")}
    missing = due - archived
    assert len(missing) <= len(due) * 0.05, sorted(missing)


def test_no_page_is_archived_twice(database: sqlite3.Connection):
    articles = Counter(page(url) for (url,) in database.execute("SELECT url FROM articles"))
    captures = Counter(database.execute("SELECT source, url FROM captures").fetchall())
    assert [url for url, count in (articles | captures).items() if count > 1] == []


def test_nothing_that_robots_txt_forbids_was_asked(
    data: Path, database: sqlite3.Connection, labels: list[dict[str, object]]
):
    raw = Raw(data / "raw")
    rules = {}
    robots = "SELECT url, file, offset FROM captures WHERE role = 'robots' AND status = 200"
    for url, file, offset in database.execute(robots):
        rules[urlsplit(url).netloc] = Protego.parse(raw.get(file, offset).body.decode())
    asked = [url for (url,) in database.execute("SELECT url FROM captures WHERE role != 'robots'")]
    assert [url for url in asked if not rules[urlsplit(url).netloc].can_fetch(url, "coopress")] == []
    forbidden = {page(label["url"]) for label in labels if label["must_not_fetch"]}
    assert forbidden.isdisjoint(map(page, asked))


def test_the_calendar_without_end_is_left(database: sqlite3.Connection):
    months = "SELECT count(*) FROM captures WHERE source = 'baie_et_bocage' AND role = 'listing'"
    assert database.execute(months).fetchone()[0] <= MOST_MONTHS


def test_a_second_crawl_asks_for_no_article_again(data: Path, database: sqlite3.Connection):
    # La Ramée's sitemap says that its pages have changed since they were recorded, so they are asked again.
    articles = (
        "SELECT count(*) FROM captures WHERE role = 'article' AND status = 200 AND source != 'la_ramee'"
    )
    before = database.execute(articles).fetchone()
    assert crawl(data).exit_code == 0
    assert database.execute(articles).fetchone() == before
