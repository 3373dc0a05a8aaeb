"""A source file is read whole, or refused with its name and the key."""

from datetime import date
from pathlib import Path

import pytest

from archive.errors import SourceError
from archive.models import Layout
from archive.sources import Watch, load, load_all

SMALLEST = """
title = "Union du Bocage"
kind = "union"
home = "https://bocage.example/"
[fetch]
via = "listing"
start = ["https://bocage.example/actualites"]
articles = '/actualites/[^/]+$'
"""

FULL = r"""
title = "L'Écho"
kind = "press"
home = "https://echo.example/"
outlet = "L'Écho des rives"
region = ["2A", "974"]
[fetch]
via = "feed"
start = ["https://echo.example/rss.xml", "http://echo.example:8080/une.xml"]
articles = '/\d{4}/'
pages = '\?page=\d+$'
delay = 5
dated_only = true
allow = ["cdn.echo.example"]
[[layout]]
body = "div.texte > p"
[[layout]]
until = 2019-03-31
title = "h2"
published = "span.date"
[expect]
articles = 200
dated = 0.98
[rights]
publish = "link"
"""


@pytest.fixture
def written(tmp_path):
    def write(text, name="bocage.toml"):
        path = tmp_path / name
        path.write_text(text, "utf-8")
        return path

    return write


def test_a_full_file_is_read_whole(written):
    source = load(written(FULL, "echo_2.toml"))
    assert (source.slug, source.title, source.kind) == ("echo_2", "L'Écho", "press")
    assert (source.outlet, source.region, source.publish) == ("L'Écho des rives", ("2A", "974"), "link")
    assert source.fetch.via == "feed"
    assert source.fetch.start == ("https://echo.example/rss.xml", "http://echo.example:8080/une.xml")
    assert source.fetch.articles.search("https://echo.example/2024/x")
    assert source.fetch.pages.search("https://echo.example/une?page=2")
    assert (source.fetch.delay, source.fetch.dated_only) == (5.0, True)
    assert source.fetch.allow == ("cdn.echo.example",)
    assert source.layouts == (
        Layout(body="div.texte > p"),
        Layout(title="h2", published="span.date", until=date(2019, 3, 31)),
    )
    assert source.expect == {"articles": 200.0, "dated": 0.98}


def test_the_smallest_file_gets_careful_defaults(written):
    source = load(written(SMALLEST))
    assert (source.fetch.delay, source.fetch.dated_only, source.publish) == (2.0, False, "excerpt")
    assert (source.layouts, source.expect, source.outlet, source.region) == ((), {}, None, ())
    assert (source.watch, source.fetch.originals) == (None, False)


def test_an_empty_watch_keeps_what_names_a_coop(written):
    assert load(written(SMALLEST + "[watch]\n")).watch == Watch((), coops=True)


def replaced(old, new):
    assert old in SMALLEST
    return SMALLEST.replace(old, new)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (replaced("kind", "genre"), "genre: unknown key"),
        (SMALLEST + "depth = 2", "fetch.depth: unknown key"),
        (SMALLEST + "[expect]\ntitle = 1", "expect.title: unknown key"),
        (SMALLEST + "[rights]\nlicence = 'x'", "rights.licence: unknown key"),
        (SMALLEST + "[[layout]]\nbody = 'p'\ncorps = 'p'", "layout[1].corps: unknown key"),
        (replaced('title = "Union du Bocage"', ""), "title: missing"),
        (replaced('"Union du Bocage"', '" "'), "title: is blank"),
        (replaced('"Union du Bocage"', "3"), "title: must be a text, not a number"),
        (replaced('"union"', '"syndicat"'), "kind: 'syndicat' is not one of (union | press"),
        (replaced('"listing"', '"list"'), "fetch.via: 'list' is not one of (listing | sitemap"),
        (replaced('via = "listing"', ""), "fetch.via: missing"),
        (replaced('"https://bocage.example/"', '"bocage.example"'), "home: 'bocage.example' is not an http"),
        (replaced('start = ["https://bocage.example/actualites"]', ""), "fetch.start: missing"),
        (replaced('["https://bocage.example/actualites"]', "[]"), "fetch.start: missing"),
        (
            replaced('["https://bocage.example/actualites"]', '"https://a.example"'),
            "fetch.start: must be a list",
        ),
        (replaced("https://bocage.example/actu", "ftp://bocage.example/actu"), "fetch.start: 'ftp://bocage"),
        (replaced("https://bocage.example/actu", "file:///actu"), "fetch.start: 'file:///actu"),
        (replaced("https://bocage.example/actu", "https:///actu"), "fetch.start: 'https:///actu"),
        (replaced("https://bocage.example/actu", "https://[bocage/actu"), "fetch.start: 'https://[bocage"),
        (replaced("[^/]+$", "[^/+$"), "fetch.articles: bad regular expression"),
        (replaced("articles =", "pages ="), "fetch.articles: missing: a listing needs it"),
        (SMALLEST + "delay = -1", "fetch.delay: is out of range"),
        (SMALLEST.replace("listing", "board") + "[watch]\n", "watch: not for a board"),
        (SMALLEST + "full_text = true", "fetch.full_text: only a feed holds texts"),
        (SMALLEST + "originals = true", "fetch.originals: only a board has clipped pages"),
        (
            SMALLEST + "[watch]\nqueries = ['\"scop']",
            "watch.queries: '\"scop' is no query for full-text search",
        ),
        (SMALLEST + "[watch]\ncoops = false", "watch.queries: missing: nothing would be kept"),
        (SMALLEST + "[watch]\nwords = ['scop']", "watch.words: unknown key"),
        (SMALLEST + "delay = nan", "fetch.delay: is out of range"),
        (SMALLEST + "delay = true", "fetch.delay: must be a number, not a boolean"),
        (SMALLEST + "dated_only = 1", "fetch.dated_only: must be true or false"),
        (SMALLEST + 'allow = ["https://a.example/"]', "fetch.allow: 'https://a.example/' is not a host name"),
        (SMALLEST + "[[layout]]\nbody = 'p['", "layout[1].body: bad CSS selector 'p['"),
        (SMALLEST + "[[layout]]\nbody = 'p:nonsense'", "layout[1].body: bad CSS selector"),
        (SMALLEST + "[[layout]]\nbody = 'svg|p'", "layout[1].body: bad CSS selector 'svg|p'"),
        (SMALLEST + "[[layout]]\nbody = 'p'\nuntil = '2019-03-31'", "layout[1].until: must be a day"),
        (SMALLEST + "[[layout]]\nbody = 'p'\nuntil = 2019-03-31T00:00:00", "layout[1].until: must be a day"),
        (SMALLEST + "[[layout]]\nuntil = 2019-03-31", "layout[1].body: no selector at all"),
        (SMALLEST + "[layout]\nbody = 'p'", "layout: must be an array of tables"),
        (SMALLEST + "[expect]\ndated = 98", "expect.dated: must lie between 0 and 1"),
        (SMALLEST + "[expect]\narticles = '20'", "expect.articles: must be a number"),
        (SMALLEST + "[rights]\npublish = 'all'", "rights.publish: 'all' is not one of"),
        ("region = ['20']" + SMALLEST, "region: '20' is not a department code"),
        ("region = [35]" + SMALLEST, "region: must be a list of texts"),
        ("expect = 3" + SMALLEST, "expect: must be a table, not a number"),
        ("title = ", "is not TOML"),
    ],
)
def test_a_mistake_is_refused_with_file_and_key(written, text, said):
    path = written(text)
    with pytest.raises(SourceError) as refusal:
        load(path)
    assert str(path) in str(refusal.value)
    assert said in str(refusal.value)
    assert "\n" not in str(refusal.value)


def test_all_mistakes_of_a_file_are_told_at_once(written):
    path = written(replaced('"union"', '"syndicat"').replace("[^/]+$", "[^/+$") + "delay = '2'")
    with pytest.raises(SourceError, match=r"kind: .*; fetch\.articles: .*; fetch\.delay: "):
        load(path)


@pytest.mark.parametrize("name", ["Bocage.toml", "bocage-2.toml", "éco.toml"])
def test_a_slug_keeps_to_small_letters_digits_and_underscores(written, name):
    with pytest.raises(SourceError, match="slug: "):
        load(written(SMALLEST, name))


def test_a_listing_that_keeps_dated_pages_only_needs_no_pattern(written):
    text = replaced(r"articles = '/actualites/[^/]+$'", "dated_only = true")
    assert load(written(text)).fetch.articles is None


def test_a_file_that_is_not_utf8_is_refused_by_name(tmp_path):
    path = tmp_path / "bocage.toml"
    path.write_bytes("title = 'Économie'".encode("latin-1"))
    with pytest.raises(SourceError, match=r"bocage\.toml: is not UTF-8"):
        load(path)


def test_a_file_that_is_not_there_is_refused_by_name(tmp_path):
    with pytest.raises(SourceError, match=r"absent\.toml: cannot be read"):
        load(tmp_path / "absent.toml")


def test_a_folder_is_read_by_slug_in_order_without_its_subfolders(written, tmp_path):
    written(SMALLEST, "b.toml")
    written(SMALLEST, "a.toml")
    (tmp_path / "demo").mkdir()
    written(SMALLEST, "demo/c.toml")
    assert list(load_all(tmp_path)) == ["a", "b"]


def test_a_missing_folder_is_refused(tmp_path):
    with pytest.raises(SourceError, match="no such folder"):
        load_all(tmp_path / "absent")


def test_an_empty_folder_is_refused(tmp_path):
    with pytest.raises(SourceError, match="holds no source file"):
        load_all(tmp_path)


def test_a_folder_with_one_wrong_file_is_refused(written, tmp_path):
    written(SMALLEST, "a.toml")
    written("kind = 3", "b.toml")
    with pytest.raises(SourceError, match=r"b\.toml: title: missing"):
        load_all(Path(tmp_path))
