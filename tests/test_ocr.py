"""Scanned publications are read by a program of the system, and what the site gave stays as it was."""

import shutil
import sqlite3
from pathlib import Path

import pytest
from click.testing import CliRunner

from archive.cli import main
from tests.parsers.test_pdf import LETTER, pdf, scan

HAND = ["--who", "J", "--why", "essai", "--source", "les_scop_idf"]


def run(*arguments: object) -> str:
    done = CliRunner().invoke(main, list(map(str, arguments)))
    assert done.exit_code == 0, done.output
    return done.stderr


def articles(data: Path) -> list[tuple[object, ...]]:
    database = sqlite3.connect(data / "archive.db")
    try:
        return database.execute("SELECT title, text, needs_ocr FROM articles").fetchall()
    finally:
        database.close()


@pytest.fixture
def data(tmp_path: Path) -> Path:
    (tmp_path / "scan.pdf").write_bytes(scan())
    run("add", tmp_path / "scan.pdf", *HAND, "--data", tmp_path / "d")
    assert articles(tmp_path / "d") == [(None, "", 1)]
    return tmp_path / "d"


def program(tmp_path: Path, lines: str) -> None:
    """Put a program called ocrmypdf on the path; its last two arguments are the files."""
    file = tmp_path / "bin" / "ocrmypdf"
    file.parent.mkdir()
    file.write_text(f"#!/bin/sh\n{lines}\n", "utf-8")
    file.chmod(0o755)


def test_a_scan_is_read_and_stays_read_in_a_rebuild(data: Path, monkeypatch: pytest.MonkeyPatch):
    info = "/Producer (ocrmypdf 14.0.1)"
    (data / "lu.pdf").write_bytes(pdf(LETTER, info))
    program(data, f'for last; do :; done; cp "{data / "lu.pdf"}" "$last"')
    monkeypatch.setenv("PATH", str(data / "bin"), prepend=":")
    assert "1 scans read, 0 failed" in run("ocr", "--data", data)
    read = [("Un four pour deux", "La Scop Mie Dorée, à Guéret, partage son four avec sa voisine.", 0)]
    assert articles(data) == read
    run("rebuild", "--data", data)
    assert articles(data) == read
    assert "0 scans read, 0 failed" in run("ocr", "--data", data)


def test_a_scan_that_cannot_be_read_is_named_and_kept(data: Path, monkeypatch: pytest.MonkeyPatch):
    program(data, "echo 'une page est abîmée' >&2; exit 2")
    monkeypatch.setenv("PATH", str(data / "bin"), prepend=":")
    done = CliRunner().invoke(main, ["ocr", "--data", str(data)])
    assert done.exit_code == 1
    assert "ocrmypdf: une page est abîmée" in done.stderr
    assert articles(data) == [(None, "", 1)]
    database = sqlite3.connect(data / "archive.db")
    assert database.execute("SELECT stage, error FROM problems").fetchall() == [
        ("ocr", "ocrmypdf: une page est abîmée")
    ]
    database.close()


def test_without_the_program_one_line_says_how_to_get_it(data: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("PATH", str(data / "nulle-part"))
    done = CliRunner().invoke(main, ["ocr", "--data", str(data)])
    assert (done.exit_code, "ocrmypdf is not installed" in done.output) == (1, True)


@pytest.mark.skipif(shutil.which("ocrmypdf") is None, reason="ocrmypdf is not installed")
def test_the_program_itself_reads_a_page(tmp_path: Path):
    import subprocess

    (tmp_path / "page.pdf").write_bytes(
        pdf([(60, 700, 28, "La Scop du Val ouvre ses portes"), (60, 640, 18, "à Flers, le lundi")])
    )
    # The same page as a picture of itself.
    turned = ["ocrmypdf", "--force-ocr", "--output-type", "pdf", "-l", "fra", "--quiet"]
    subprocess.run(
        [*turned, str(tmp_path / "page.pdf"), str(tmp_path / "lu.pdf")], check=True, capture_output=True
    )
    run("add", tmp_path / "lu.pdf", *HAND, "--data", tmp_path / "d")
    ((title, text, needs_ocr),) = articles(tmp_path / "d")
    assert "Scop du Val" in f"{title} {text}"
    assert needs_ocr == 0
