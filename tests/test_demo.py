"""The sample press web, replayed by the real command, gives the archive that its texts promise."""

import re
import unicodedata
from collections import Counter

import pytest
from click.testing import CliRunner
from sqlite_utils import Database

from archive.addresses import identity
from archive.cli import main
from archive.sample import content, generate

# Where the sample's own labels must at least be met; a missed one is a rule to look for, not a text to bend.
FLOOR = 0.9


def promised():
    """Every text of the sample by its address."""
    texts = {}
    for site in generate.SITES:
        name = site.__name__.rpartition(".")[2]
        extra = [content.letter()] if name == "jura_vosges" else []
        for article in [*content.articles(name), *extra]:
            texts[identity(site.address(article), keep_fragment=name == "liege")] = article
    return texts


TEXTS = promised()


def fold(name):
    bare = (
        unicodedata.normalize("NFKD", name.casefold().replace("&", "et")).encode("ascii", "ignore").decode()
    )
    return re.sub(r"^(?:le|la|les) |[^a-z0-9]", "", bare)


def crawl(data):
    return CliRunner().invoke(main, ["demo", "--no-serve", "--data", str(data)], catch_exceptions=False)


@pytest.fixture(scope="module")
def data(tmp_path_factory):
    folder = tmp_path_factory.mktemp("demo")
    assert crawl(folder).exit_code == 0
    return folder


@pytest.fixture
def db(data):
    database = Database(data / "archive.db")
    yield database
    database.close()


@pytest.fixture
def rows(db):
    """The archived articles by their address."""
    sites = "select articles.*, sources.kind = 'board' as pinned from articles join sources on source = slug"
    return {identity(row["url"], keep_fragment=bool(row["pinned"])): row for row in db.query(sites)}


def test_every_text_is_archived_once_and_nothing_else(db, rows):
    assert set(rows) == set(TEXTS)
    assert db["articles"].count == len(TEXTS)


def test_every_date_is_the_one_printed(rows):
    expected = {address: shown(article) for address, article in TEXTS.items()}
    assert {address: row["published"] for address, row in rows.items()} == expected


def shown(article):
    if article.published is None:
        return None
    return article.published.isoformat()[: 7 if article.extra.get("precision") == "month" else 10]


def test_every_title_is_the_one_printed(rows):
    expected = {address: article.headline for address, article in TEXTS.items()}
    assert {address: row["title"] for address, row in rows.items()} == expected


def test_the_updated_article_says_so(rows):
    updated = {address for address, article in TEXTS.items() if article.extra.get("updated")}
    assert {address for address, row in rows.items() if row["updated"]} == updated


def test_the_paywalled_article_says_so(rows):
    assert sum(row["paywalled"] for row in rows.values()) == 1


def test_what_robots_txt_forbids_is_not_fetched(db):
    forbidden = "url like '%/intranet/%' or url like '%/abonnement%'"
    assert list(db["captures"].rows_where(forbidden)) == []


def test_the_coops_that_the_texts_name_are_found(db, rows):
    found = names(db, "select article, name as fact from mentions", fold)
    wanted = {address: {fold(name) for name in article.coops} for address, article in TEXTS.items()}
    optional = {
        address: set(map(fold, one.extra.get("coops_optional", ()))) for address, one in TEXTS.items()
    }
    met(wanted, {address: found[rows[address]["id"]] - optional[address] for address in TEXTS})


def test_the_departments_that_the_texts_name_are_found(db, rows):
    found = names(db, "select article, department as fact from article_departments", str)
    wanted = {address: set(article.departments) for address, article in TEXTS.items()}
    met(wanted, {address: found[rows[address]["id"]] for address in TEXTS})


def names(db, query, spelled):
    found = {}
    for row in db.query(query):
        found.setdefault(row["article"], set()).add(spelled(row["fact"]))
    return {row["id"]: found.get(row["id"], set()) for row in db.query("select id from articles")}


def met(wanted, found):
    """Fail below the floor, of what there is to find or of what was found, and name the misses."""
    right = sum(len(wanted[address] & found[address]) for address in wanted)
    misses = {address: (wanted[address] ^ found[address]) for address in wanted}
    misses = {address: facts for address, facts in misses.items() if facts}
    assert right >= FLOOR * sum(map(len, wanted.values())), misses
    assert right >= FLOOR * sum(map(len, found.values())), misses


def test_a_coop_of_many_articles_is_one_coop(db):
    query = "select coops.id, count(distinct article) as articles from mentions join coops on coops.id = coop"
    arcs = list(db.query(f"{query} where coops.name = 'Menuiserie du Garlaban' group by coops.id"))
    assert [row["articles"] for row in arcs] == [4]


def test_crawling_again_adds_nothing(data, db):
    before = Counter(row["url"] for row in db["articles"].rows)
    assert crawl(data).exit_code == 0
    assert Counter(row["url"] for row in db["articles"].rows) == before
