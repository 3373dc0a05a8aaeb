"""A new source begins with files that load, and overwrites nothing."""

import tomllib

import pytest

from archive.errors import SourceError
from archive.sources import load
from archive.sources.new import new_source


@pytest.mark.parametrize(
    ("url", "via", "kind", "home"),
    [
        ("https://www.bocage.coop/actualites", "listing", "union", "https://www.bocage.coop/"),
        ("https://echo.example/", "listing", "press", "https://echo.example/"),
        ("https://echo.example/rss.xml", "feed", "press", "https://echo.example/"),
        ("https://echo.example/rss-en-continu.xml", "feed", "press", "https://echo.example/"),
        ("https://echo.example/economie/feed/", "feed", "press", "https://echo.example/"),
        ("https://echo.example/flux/emploi/une.xml", "feed", "press", "https://echo.example/"),
        ("https://echo.example/spip.php?page=backend", "feed", "press", "https://echo.example/"),
        ("https://echo.example/actu/le-feed-back", "listing", "press", "https://echo.example/"),
        ("https://echo.example/sitemap_index.xml", "sitemap", "press", "https://echo.example/"),
        ("https://echo.example/post-sitemap.xml.gz", "sitemap", "press", "https://echo.example/"),
        ("https://blog.echo.example/", "listing", "blog", "https://blog.echo.example/"),
        ("https://www.pearltrees.com/a/b/id3", "board", "board", "https://www.pearltrees.com/a/b/id3"),
        ("https://echo.example/l'actu/", "listing", "press", "https://echo.example/"),
        ('https://echo.example/"une"/', "listing", "press", "https://echo.example/"),
    ],
)
def test_the_address_tells_how_to_begin(tmp_path, url, via, kind, home):
    new_source(tmp_path, None, "echo", url)
    source = load(tmp_path / "echo.toml")
    assert (source.fetch.via, source.kind, source.home) == (via, kind, home)
    assert source.fetch.start == (url.replace("'", "%27"),)


def test_a_list_of_news_is_taken_to_hold_its_articles_below_itself(tmp_path):
    new_source(tmp_path, None, "bocage", "https://www.le-bocage.example/actualites/")
    found = load(tmp_path / "bocage.toml").fetch.articles.search
    assert found("http://le-bocage.example/actualites/une-scop")
    assert not found("https://www.le-bocage.example/actualites/")
    assert not found("https://www.le-bocage.example/contact")


def test_a_list_that_is_a_file_is_taken_to_have_its_articles_beside_it(tmp_path):
    new_source(tmp_path, None, "echo", "https://echo.example/eco/index.html")
    found = load(tmp_path / "echo.toml").fetch.articles.search
    assert found("https://echo.example/eco/une-scop.html")
    assert not found("https://echo.example/sport/un-match.html")


def test_a_test_page_is_begun_beside_it(tmp_path):
    folder, tests = tmp_path / "sources", tmp_path / "tests/pages"
    written = new_source(folder, tests, "echo", "https://echo.example/actu")
    page, note = tests / "echo/exemple.html", tests / "echo/exemple.toml"
    assert written == [folder / "echo.toml", page, note]
    assert "<html" in page.read_text("utf-8")
    assert tomllib.loads(note.read_text("utf-8"))["expected"]["title"] == "À REMPLIR"


@pytest.mark.parametrize("there", ["echo.toml", "echo/exemple.html", "echo/exemple.toml"])
def test_a_file_that_is_there_is_left_as_it_is(tmp_path, there):
    path = tmp_path / there
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("à garder", "utf-8")
    with pytest.raises(SourceError, match="is already there"):
        new_source(tmp_path, tmp_path, "echo", "https://echo.example/")
    assert [file.read_text("utf-8") for file in tmp_path.rglob("*") if file.is_file()] == ["à garder"]


@pytest.mark.parametrize(
    ("slug", "url"),
    [
        ("Echo", "https://echo.example/"),
        ("../echo", "https://echo.example/"),
        ("echo", "ftp://echo.example/"),
        ("echo", "echo.example"),
        ("echo", "https://[echo"),
        ("echo", "https://echo.example/a b"),
        ("echo", "https://echo.example/\x01"),
        ("echo", "https://echo.example:99999/"),
    ],
)
def test_what_cannot_be_used_writes_nothing(tmp_path, slug, url):
    with pytest.raises(SourceError):
        new_source(tmp_path / "sources", tmp_path / "tests", slug, url)
    assert [file for file in tmp_path.rglob("*") if file.is_file()] == []
