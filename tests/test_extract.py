# ruff: noqa: E501  # markup is quoted as sites write it
import base64
import json
import subprocess
import sys
from pathlib import Path

import pytest

from archive.errors import PageError
from archive.extract import extract_file, extract_lines

HTML = "<h1>Portes ouvertes</h1><p>La Scop Bois Clair ouvre ses ateliers à Cholet, où l’on scie.</p>"


def lines(*given: object) -> list[dict]:
    return [json.loads(text) for text in extract_lines(json.dumps(one).encode() for one in given)]


def test_pages_come_out_in_order_whatever_happens_between():
    bad = {"url": "https://a.example/2", "body_base64": base64.b64encode(b"%PDF-1.4 rien").decode()}
    found = lines(
        {"url": "https://a.example/1", "html": HTML}, bad, {"url": "https://a.example/3", "html": HTML}
    )
    assert [one["url"] for one in found] == [f"https://a.example/{n}" for n in (1, 2, 3)]
    assert "error" in found[1]
    assert found[2]["title"] == "Portes ouvertes"


def test_what_few_pages_need_is_not_loaded_for_the_others():
    heavy = ["bs4", "dateparser", "pdfminer", "numpy"]
    program = f"import sys, archive.extract; print([name for name in {heavy} if name in sys.modules])"
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, timeout=60)
    assert done.stdout.strip() == "[]", done.stderr


def test_bytes_are_read_under_their_declared_character_set():
    body = base64.b64encode("<h1>Été à l’atelier</h1><p>Bonjour</p>".encode("cp1252")).decode()
    (found,) = lines(
        {"url": "https://a.example/", "body_base64": body, "content_type": "text/html; charset=iso-8859-1"}
    )
    assert found["title"] == "Été à l’atelier"


def test_relative_dates_count_from_the_fetch():
    html = "<article><h1>Le pont</h1><p class='date'>il y a 3 jours</p><p>Le pont est rouvert, dit la mairie, mais à pied.</p></article>"
    (found,) = lines({"url": "https://a.example/", "html": html, "fetched_at": "2023-02-22T08:00:00Z"})
    assert found["published"]["value"] == "2023-02-19"


@pytest.mark.parametrize(
    ("given", "message"),
    [
        ([], "not a JSON object"),
        ({"html": HTML}, '"url" is missing'),
        ({"url": "https://a.example/"}, 'neither "html" nor "body_base64"'),
        ({"url": "https://a.example/", "body_base64": "é"}, "no base64"),
        ({"url": "https://a.example/", "html": HTML, "fetched_at": "hier"}, "not an ISO time"),
        ({"url": "https://a.example/", "html": ""}, "empty"),
    ],
)
def test_what_cannot_be_read_is_said_on_its_line(given, message):
    (found,) = lines(given)
    assert message in found["error"]


def test_blank_lines_are_passed_over():
    assert list(extract_lines([b"\n", b"  \n"])) == []


def test_a_file_is_read_under_the_address_given(tmp_path):
    path = tmp_path / "page.html"
    path.write_text(HTML, "utf-8")
    (found,) = map(json.loads, extract_file(path, "https://a.example/x"))
    assert (found["url"], found["title"]) == ("https://a.example/x", "Portes ouvertes")
    with pytest.raises(PageError, match=r"absent\.html"):
        list(extract_file(tmp_path / "absent.html", "https://a.example/x"))


def test_the_first_page_whose_language_is_asked_of_the_model_is_read() -> None:
    """The model takes more memory than a page may, and its libraries end a process that cannot have it."""
    text = "<p>La cooperativa ha riunito i soci nella sala per parlare dei lavori in corso.</p>" * 20
    asked = json.dumps({"url": "https://a.example/x", "html": f"<h1>Il ponte</h1>{text}"})
    command = [sys.executable, "-c", "from archive.cli import main; main()", "extract", "--jsonl"]
    done = subprocess.run(command, input=f"{asked}\n", capture_output=True, text=True, check=True)
    assert json.loads(done.stdout)["language"] == "it"


@pytest.mark.parametrize("name", ["documents/lettre.pdf", "documents/lettre.docx", "documents/lettre.odt"])
def test_the_first_document_does_not_pay_for_the_libraries_that_read_it(name: str) -> None:
    """They take 20 MiB and more; a quarter of what a page may take is enough for a letter."""
    program = "import archive.reading as r; r.PAGE_MEBIBYTES = 24; from archive.cli import main; main()"
    file = Path(__file__).parent / name
    command = [sys.executable, "-c", program, "extract", str(file), "--url", "https://a.example/lettre"]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    assert json.loads(done.stdout).get("title") == "La Lettre des ateliers", done.stdout
