"""A person brings in single things; readers see who did, and why."""

import json
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from datasette.app import Datasette

from archive.cli import main
from archive.serve.run import metadata
from tests.imports.makers import HOST, page
from tests.imports.test_import_warc import rows
from tests.local_site import Answer, served
from tests.parsers.test_pdf import LETTER, pdf

HAND = ["--who", "Jeanne Petit", "--why", "revue de presse d’octobre"]


def run(data: Path, *arguments: object, code: int = 0) -> Result:
    done = CliRunner().invoke(main, ["add", *map(str, arguments), *HAND, "--data", str(data)])
    assert done.exit_code == code, (done.output, done.exception)
    return done


def test_a_page_is_added_by_its_file_and_address_once(tmp_path: Path):
    file = tmp_path / "scierie.html"
    file.write_bytes(page("scierie"))
    said = run(tmp_path / "d", file, "--url", f"{HOST}/actus/scierie").stdout
    assert said.split("  ")[1:] == ["2018-05-03", "La scierie a dix ans", f"{HOST}/actus/scierie\n"]
    again = run(tmp_path / "d", file, "--url", f"{HOST}/actus/scierie")
    assert again.stdout == said
    assert "added before, and unchanged" in again.stderr
    assert rows(tmp_path / "d", "SELECT source, added_by, added_why FROM captures") == [
        ("apport_gazette_du_val_example", "Jeanne Petit", "revue de presse d’octobre")
    ]


def test_who_and_why_are_in_the_warc_and_come_back_from_it(tmp_path: Path):
    file = tmp_path / "scierie.html"
    file.write_bytes(page("scierie"))
    run(tmp_path / "d", file, "--url", f"{HOST}/actus/scierie")
    (tmp_path / "d" / "archive.db").unlink()
    file.write_bytes(page("laverie"))
    run(tmp_path / "d", file, "--url", f"{HOST}/actus/laverie")
    query = "SELECT url, added_by, added_why FROM captures ORDER BY url"
    assert rows(tmp_path / "d", query) == [
        (f"{HOST}/actus/laverie", "Jeanne Petit", "revue de presse d’octobre"),
        (f"{HOST}/actus/scierie", "Jeanne Petit", "revue de presse d’octobre"),
    ]


def test_a_document_without_an_address_is_known_by_its_digest(tmp_path: Path):
    file = tmp_path / "lettre-39-novembre-2011.pdf"
    file.write_bytes(pdf(LETTER))
    said = run(tmp_path / "d", file, code=1).stderr
    assert f"{file}: say --source or --url" in said
    run(tmp_path / "d", file, "--source", "les_scop_idf")
    ((url, kind, title, published),) = rows(
        tmp_path / "d", "SELECT url, kind, title, published FROM articles"
    )
    assert str(url).startswith("urn:sha1:")
    assert (kind, title, published) == ("publication", "Un four pour deux", "2011-11")


@pytest.mark.parametrize(
    ("name", "body", "said"),
    [
        ("a.html", b"<h1>Une scop</h1>", "say with --url where on the web this page stands"),
        ("a.exe", b"MZ\x90\x00", "neither a page nor a PDF, .docx, .odt or .eml document"),
        ("vide.pdf", b"", "neither a page nor a PDF"),
        (None, b"", "No such file or directory"),
    ],
)
def test_what_cannot_be_added_is_named(tmp_path: Path, name: str | None, body: bytes, said: str):
    file = tmp_path / (name or "absent.pdf")
    if name:
        file.write_bytes(body)
    told = run(tmp_path / "d", file, "--source", "les_scop_idf", code=1).stderr
    assert f"{file}: " in told
    assert said in told


def command(*arguments: str) -> subprocess.CompletedProcess[str]:
    program = [sys.executable, "-c", "from archive.cli import main; main()"]
    return subprocess.run([*program, *arguments], capture_output=True, text=True, timeout=120, check=False)


def test_an_address_is_asked_for_under_the_rules_of_a_crawl(tmp_path: Path):
    with served() as site:
        site.pages = {
            "/robots.txt": Answer(
                "User-agent: *\nDisallow: /prive\n", headers={"Content-Type": "text/plain"}
            ),
            "/actus/scierie": Answer(page("scierie").decode()),
            "/prive/laverie": Answer(page("laverie").decode()),
            "/sans-date": Answer(
                "<!doctype html><html><body><article><h1>Une scop sans date</h1><p>La Scop Forge du Val "
                "recrute ses premiers apprentis et le dit ici.</p></article></body></html>"
            ),
        }
        names = ["/actus/scierie", "/prive/laverie", "/sans-date", "/perdue"]
        allowed = site.home.removeprefix("http://")
        urls = [site.home + name for name in names]
        done = command("add", *urls, *HAND, "--data", str(tmp_path), "--allow-private", allowed)
        asked = [path for path, _ in site.take()]
        assert done.returncode == 1, done.stderr
        assert sorted(asked) == ["/actus/scierie", "/perdue", "/sans-date"]
        assert "La scierie a dix ans" in done.stdout
        assert "Une scop sans date" in done.stdout
        assert f"{urls[1]}: forbidden by robots.txt" in done.stderr.lower()
        assert f"{urls[3]}: HTTP 404" in done.stderr
        refused = command("add", urls[0], *HAND, "--data", str(tmp_path))
        assert refused.returncode == 1
        assert f"{urls[0]}: a private address" in refused.stderr
        assert site.take() == []


async def test_readers_see_who_added_an_article_and_why(tmp_path: Path):
    file = tmp_path / "scierie.html"
    file.write_bytes(page("scierie"))
    run(tmp_path / "d", file, "--url", f"{HOST}/actus/scierie")
    ((number,),) = rows(tmp_path / "d", "SELECT id FROM articles")
    datasette = Datasette([str(tmp_path / "d" / "archive.db")], metadata=json.loads(json.dumps(metadata())))
    shown = (await datasette.client.get(f"/archive/articles/{number}")).text
    assert "Versée à la main" in shown
    assert "par Jeanne Petit" in shown
    assert "revue de presse d’octobre" in shown
