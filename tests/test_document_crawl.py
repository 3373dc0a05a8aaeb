"""A crawl takes in the documents that a page links to, by what they are and not by their names."""

import sqlite3
from pathlib import Path

from click.testing import CliRunner

from archive.cli import main
from archive.parsers.kinds import CONTENT_TYPES
from tests.parsers.test_mails import HEAD, PLAIN
from tests.parsers.test_text_documents import RELEASE, word
from tests.scrapers.conftest import Page, links, record

HOME = "https://union-bocage.example"
DOCUMENTS = Path(__file__).parent / "documents"
SOURCE = f"""
title = "Union du Bocage"
kind = "union"
home = "{HOME}/"
[fetch]
via = "listing"
start = ["{HOME}/presse"]
articles = '/documents/'
"""
LETTER = (HEAD + "Content-Type: text/plain; charset=utf-8\r\n\r\n" + PLAIN).encode()
WEB = {
    f"{HOME}/presse": links(
        *(f"/documents/{name}" for name in ("a.docx", "b.odt", "c.pdf", "d.eml", "e", "f.docx"))
    ),
    f"{HOME}/documents/a.docx": Page(word(*RELEASE), type=CONTENT_TYPES["docx"]),
    f"{HOME}/documents/b.odt": Page((DOCUMENTS / "lettre.odt").read_bytes(), type=CONTENT_TYPES["odt"]),
    f"{HOME}/documents/c.pdf": Page((DOCUMENTS / "lettre.pdf").read_bytes(), type="application/octet-stream"),
    f"{HOME}/documents/d.eml": Page(LETTER, type=CONTENT_TYPES["eml"]),
    f"{HOME}/documents/e": Page(word(*RELEASE), type="application/force-download"),
    f"{HOME}/documents/f.docx": Page(word(*RELEASE)[:900], type=CONTENT_TYPES["docx"]),
}


def test_linked_documents_become_articles_and_a_broken_one_a_problem(tmp_path: Path):
    (tmp_path / "sources").mkdir()
    (tmp_path / "sources/union_bocage.toml").write_text(SOURCE, "utf-8")
    warc = record(tmp_path / "web.warc.gz", WEB)
    arguments = ["crawl", "--sources", tmp_path / "sources", "--data", tmp_path / "d", "--replay", warc]
    done = CliRunner().invoke(main, list(map(str, arguments)))
    assert done.exit_code in (0, 3), done.output
    database = sqlite3.connect(tmp_path / "d/archive.db")
    found = database.execute(
        "SELECT substr(url, 40), kind, title, published FROM articles ORDER BY url"
    ).fetchall()
    problems = database.execute("SELECT substr(url, 40), stage, error FROM problems").fetchall()
    database.close()
    assert found == [
        ("a.docx", "article", RELEASE[1][2:], "2021-05-03"),
        ("b.odt", "article", "La Lettre des ateliers", "2019-03"),
        ("c.pdf", "publication", "La Lettre des ateliers", "2019-03"),
        ("d.eml", "article", "La lettre n° 12 : une menuiserie change de mains", "2019-03-05"),
        ("e", "article", RELEASE[1][2:], "2021-05-03"),
    ]
    ((url, stage, error),) = problems
    assert (url, stage) == ("f.docx", "parse")
    assert "cut short or no ZIP file" in error
