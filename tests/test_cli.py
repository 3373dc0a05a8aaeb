"""The commands that others script against: names, exit codes, one clear line for each mistake."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from archive.cli import main

PAGE = """<html lang="fr"><head><title>Dix ans</title></head><body><main><h1>Dix ans de la laverie</h1>
<p>30 05 2024</p><p>La Scop Lavoir Neuf, installée à Vimoutiers (61), a fêté ses dix ans avec ses quatorze
salariés, ses clients et les élus du canton, dans l’atelier qu’elle occupe depuis sa création.</p>
</main></body></html>"""


def run(*arguments: str | Path, stdin: str | None = None) -> Result:
    return CliRunner().invoke(main, [str(argument) for argument in arguments], input=stdin)


def test_the_help_lists_every_command_in_the_order_of_the_flow() -> None:
    text = run("--help").output
    order = [
        "demo",
        "crawl",
        "extract",
        "rebuild",
        "directory",
        "coops",
        "verify",
        "serve",
        "source",
        "doctor",
    ]
    places = [text.index(f"\n  {name} ") for name in order]
    assert places == sorted(places)


@pytest.mark.parametrize("name", sorted(main.commands))
def test_every_command_explains_itself_with_an_example(name: str) -> None:
    result = run(name, "--help")
    assert result.exit_code == 0
    assert name in ("coops", "directory", "source") or "coopress" in result.output


def test_json_lines_in_give_records_out_in_order_whatever_the_pages() -> None:
    lines = [
        json.dumps({"url": "https://a.example/1", "html": PAGE}),
        "{not json",
        json.dumps({"url": "https://a.example/2", "body_base64": "%%%"}),
        json.dumps({"url": "https://a.example/3", "html": PAGE}),
    ]
    result = run("extract", "--jsonl", stdin="\n".join(lines))
    records = [json.loads(line) for line in result.stdout.splitlines()]
    assert result.exit_code == 0
    assert [record["url"] for record in records] == [
        "https://a.example/1",
        None,
        "https://a.example/2",
        "https://a.example/3",
    ]
    assert ["error" in record for record in records] == [False, True, True, False]
    assert records[0]["title"] == "Dix ans de la laverie"
    assert records[0]["published"]["value"] == "2024-05-30"


def test_files_are_extracted_under_the_address_given(tmp_path: Path) -> None:
    file = tmp_path / "page.html"
    file.write_text(PAGE, "utf-8")
    result = run("extract", file, "--url", "https://a.example/dix-ans")
    assert json.loads(result.stdout)["url"] == "https://a.example/dix-ans"


def test_a_directory_file_names_the_coops_to_recognise(tmp_path: Path) -> None:
    directory, file = tmp_path / "coops.csv", tmp_path / "page.html"
    file.write_text(PAGE.replace("La Scop Lavoir Neuf", "Lavoir Neuf"), "utf-8")
    directory.write_text(
        "name,form,siren,commune,department,website,aliases\nLavoir Neuf,Scop SA,,Vimoutiers,61,,\n,,,,,,\n",
        "utf-8",
    )
    result = run("extract", file, "--url", "https://a.example/1", "--directory", directory)
    (coop, *_) = json.loads(result.stdout)["coops"]
    assert (coop["name"], coop["status"], coop["department"]) == ("Lavoir Neuf", "directory", "61")
    assert "coops.csv" in result.stderr


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["crawl", "no_such_source"], "no_such_source"),
        (["crawl", "--sources", "no-such-folder"], "no-such-folder"),
        (["crawl", "--replay", "absent.warc.gz"], "absent.warc.gz"),
        (["extract", "absent.html", "--url", "https://a.example/"], "absent.html"),
        (["rebuild", "--data", "no-archive"], "no-archive"),
        (["verify", "--data", "no-archive"], "no-archive"),
        (["serve", "--data", "no-archive"], "no-archive"),
        (["directory", "import", "absent.csv", "--data", "trial"], "absent.csv"),
        (["source", "new", "Bad Slug", "https://a.example/"], "Bad Slug"),
        (["source", "new", "good_slug", "ftp://a.example/"], "ftp://a.example/"),
    ],
)
def test_a_mistake_is_one_line_that_names_it(
    arguments: list[str], said: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    result = run(*arguments)
    assert result.exit_code == 1
    assert said in result.stderr
    assert len(result.stderr.strip().splitlines()) == 1
    assert "Traceback" not in result.stderr


def test_a_wrong_source_file_is_named_with_its_key(tmp_path: Path) -> None:
    (tmp_path / "bocage.toml").write_text('title = "Bocage"\nkidn = "union"\n', "utf-8")
    result = run("crawl", "--sources", tmp_path)
    assert result.exit_code == 1
    assert "bocage.toml" in result.stderr
    assert "kidn" in result.stderr


def test_a_new_source_can_be_listed_at_once(tmp_path: Path) -> None:
    sources, tests = tmp_path / "sources", tmp_path / "pages"
    result = run(
        "source", "new", "bocage", "https://bocage.example/actualites", "--sources", sources, "--tests", tests
    )
    assert result.exit_code == 0, result.stderr
    assert (sources / "bocage.toml").is_file()
    listed = run("source", "list", "--sources", sources)
    assert "bocage" in listed.stdout
    as_json = json.loads(run("source", "list", "--sources", sources, "--json").stdout)
    assert as_json[0]["slug"] == "bocage"


def test_the_doctor_says_what_is_missing_and_leaves_no_trace(tmp_path: Path) -> None:
    result = run("doctor", "--data", tmp_path / "data")
    assert result.exit_code == 1
    assert "no such folder" in result.stdout
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("processors", "mebibytes", "readers"),
    [(1, 8000, 0), (2, 8000, 2), (8, 8000, 4), (4, 1024, 2), (4, 512, 0), (4, 256, 0)],
)
def test_a_crawl_has_no_more_readers_than_processors_and_memory(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, processors: int, mebibytes: int, readers: int
) -> None:
    from archive.cli import crawling
    from scrapers.run import Options

    pages = {"SC_PAGE_SIZE": 4096, "SC_PHYS_PAGES": mebibytes * 256}
    monkeypatch.setattr(crawling.os, "cpu_count", lambda: processors)
    monkeypatch.setattr(crawling.os, "sysconf", pages.__getitem__)
    assert crawling._readers(Options(tmp_path)) == readers
