# ruff: noqa: E501  # markup is quoted as sites write it
"""A page written by a script is read, and the browser that reads it reaches nothing else."""

import shutil
import sqlite3
from importlib.util import find_spec
from pathlib import Path

import pytest

from archive.errors import SourceError
from archive.raw import Raw
from archive.sources import load
from scrapers import render
from tests.local_site import Answer, LocalSite, crawl, served

HAS_BROWSER = find_spec("scrapy_playwright") is not None and any(
    map(shutil.which, ("chromium", "chromium-browser"))
)
needs_browser = pytest.mark.skipif(not HAS_BROWSER, reason="the extra « render » or Chromium is absent")

STORY = (
    "La Scop Lavoir Neuf, à Vimoutiers (61), a fêté ses dix ans avec ses quatorze salariés et ses clients. "
    * 3
)
WRITTEN = """<!doctype html><html lang="fr"><head><meta charset="utf-8"><title>…</title></head><body><main id="app"></main>
<img src="/image.png"><script>
const tried = [%s];
Promise.allSettled(tried.map(url => fetch(url, {mode: "no-cors"}))).then(() => fetch("/data.json")).then(r => r.json()).then(found => {
  document.title = found.title;
  document.getElementById("app").innerHTML = `<h1>${found.title}</h1><p>Publié le 3 mai 2021</p><p>${found.text}</p>`;
});
</script></body></html>"""


def declare(site: LocalSite, folder: Path) -> Path:
    folder.mkdir()
    (folder / "le_script.toml").write_text(
        f'title = "Le Script"\nkind = "blog"\nhome = "{site.home}/"\n[fetch]\nvia = "listing"\nstart = ["{site.home}/actu"]\n'
        "articles = '/recits/'\ndelay = 0.0\nrender = true\n",
        "utf-8",
    )
    return folder


def data_answer(title: str) -> Answer:
    return Answer(f'{{"title": "{title}", "text": "{STORY}"}}', headers={"Content-Type": "application/json"})


@needs_browser
def test_the_text_that_a_script_writes_is_read_and_kept(tmp_path: Path):
    with served() as site, served() as other:
        other.pages["/secret"] = Answer("secret")
        elsewhere = f'"{other.home}/secret", "http://localhost:{site.port}/nom", "/ailleurs"'
        site.pages["/actu"] = Answer(
            '<div id="l"></div><script>l.innerHTML = \'<a href="/recits/1">Lire</a><a href="/recits/2">Lire</a>\'</script>'
        )
        site.pages["/recits/1"] = Answer(WRITTEN % elsewhere)
        site.pages["/recits/2"] = Answer(f'<script>location = "{other.home}/secret"</script>')
        site.pages["/ailleurs"] = Answer("", 302, {"Location": f"{other.home}/secret"})
        site.pages["/data.json"] = data_answer("Dix ans de Lavoir Neuf")
        crawl(site, declare(site, tmp_path / "sources"), tmp_path / "data")
        asked = {path for path, _ in site.take()}
        assert other.take() == []
    assert {"/actu", "/recits/1", "/data.json"} <= asked
    assert "/image.png" not in asked
    assert "/nom" not in asked
    database = sqlite3.connect(tmp_path / "data" / "archive.db")
    assert database.execute("SELECT title, published, departments FROM articles").fetchall() == [
        ("Dix ans de Lavoir Neuf", "2021-05-03", '["61"]')
    ]
    place = database.execute("SELECT file, offset FROM captures WHERE url LIKE '%/recits/1'").fetchone()
    database.close()
    stored = Raw(tmp_path / "data" / "raw").get(*place)
    assert ("Coopress-Rendered", "chromium") in stored.headers
    assert "quatorze salariés" in stored.body.decode()


@pytest.fixture
def source(tmp_path: Path):
    site = LocalSite(port=8080)
    return load(declare(site, tmp_path / "sources") / "le_script.toml")


@pytest.mark.parametrize(
    ("program", "found", "said"), [(None, object(), "Chromium"), ("/bin/c", None, "coopress\\[render\\]")]
)
def test_what_is_missing_is_named_with_the_file(source, monkeypatch, program, found, said):
    monkeypatch.setattr(render.shutil, "which", lambda name: program)
    monkeypatch.setattr(render, "find_spec", lambda name: found)
    with pytest.raises(SourceError, match=rf"le_script\.toml: fetch\.render needs .*{said}"):
        render.render_settings(source, ())


def test_the_browser_is_told_of_public_hosts_and_of_what_is_allowed_alone(source, monkeypatch):
    monkeypatch.setattr(render.shutil, "which", lambda name: "/bin/c")
    monkeypatch.setattr(render, "find_spec", lambda name: object())

    def rules(*allowed: str) -> str:
        options = render.render_settings(source, allowed)["PLAYWRIGHT_LAUNCH_OPTIONS"]
        return next(argument for argument in options["args"] if argument.startswith("--host-resolver-rules="))

    assert rules() == "--host-resolver-rules=MAP * ~NOTFOUND"
    assert (
        rules("127.0.0.1:8080") == "--host-resolver-rules=MAP 127.0.0.1:8080 127.0.0.1:8080,MAP * ~NOTFOUND"
    )
