"""An archive that was lost comes back from its copies, whole and ready to be served."""

import json
import shutil
from datetime import UTC, datetime
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from datasette.app import Datasette

from archive.cli import main
from archive.models import Exchange
from archive.pipeline import Archive
from archive.sources import Source, load

SOURCE = """title = "Union du Bocage"
kind = "union"
home = "https://union-bocage.example/"
[fetch]
via = "listing"
start = ["https://union-bocage.example/actualites"]
articles = '/actualites/'
"""
PAGE = """<html lang="fr"><head><title>{0}</title></head><body><main><h1>{0}</h1><p>30 05 2024</p>
<p>La Scop Lavoir Neuf, installée à Vimoutiers (61), a fêté ses dix ans avec ses quatorze salariés, ses
clients et les élus du canton, dans l’atelier qu’elle occupe depuis sa création.</p></main></body></html>"""


def run(*arguments: str | Path) -> Result:
    return CliRunner().invoke(main, [str(argument) for argument in arguments])


def page(name: str) -> Exchange:
    return Exchange(
        source="union_bocage",
        role="article",
        url=f"https://union-bocage.example/actualites/{name}",
        status=200,
        reason="OK",
        headers=[("Content-Type", "text/html; charset=utf-8")],
        body=PAGE.format(f"Lavoir Neuf, {name}").encode(),
        fetched_at=datetime(2024, 6, 1, 8, 0, tzinfo=UTC),
    )


@pytest.fixture
def sources(tmp_path: Path) -> dict[str, Source]:
    path = tmp_path / "union_bocage.toml"
    path.write_text(SOURCE, "utf-8")
    return {"union_bocage": load(path)}


@pytest.fixture
def data(tmp_path: Path, sources: dict[str, Source]) -> Path:
    with Archive(tmp_path / "data", sources) as archive:
        archive.keep(page("dix-ans"))
    return tmp_path / "data"


def addresses(data: Path, sources: dict[str, Source]) -> list[str]:
    with Archive(data, sources) as archive:
        return [url for (url,) in archive.database.execute("SELECT url FROM articles ORDER BY url")]


async def test_a_lost_archive_is_restored_verified_and_served(data: Path, tmp_path: Path) -> None:
    saved = tmp_path / "copies" / "archive.db"
    result = run("backup", saved, "--data", data)
    assert result.exit_code == 0, result.output
    for path in result.stdout.splitlines():
        shutil.copy(path, saved.parent)
    shutil.rmtree(data)

    (data / "raw").mkdir(parents=True)
    for path in saved.parent.glob("*.warc.gz"):
        shutil.copy(path, data / "raw")
    assert run("restore", saved, "--data", data).exit_code == 0
    assert run("verify", "--data", data).exit_code == 0
    served = Datasette([str(data / "archive.db")])
    answer = (await served.client.get("/archive/articles.json?_shape=array")).json()
    assert [row["url"] for row in answer] == ["https://union-bocage.example/actualites/dix-ans"]
    served.get_database("archive").close()


def test_a_copy_can_be_taken_while_the_archive_is_written(
    data: Path, tmp_path: Path, sources: dict[str, Source]
) -> None:
    saved = tmp_path / "archive-copy.db"
    with Archive(data, sources) as archive:
        archive.keep(page("vingt-ans"))
        assert run("backup", saved, "--data", data).exit_code == 0
        archive.keep(page("trente-ans"))
    (data / "archive.db").rename(tmp_path / "lost.db")
    assert run("restore", saved, "--data", data).exit_code == 0
    # What the WARC files hold beyond the copy is found again, without asking the site.
    assert addresses(data, sources) == [
        "https://union-bocage.example/actualites/dix-ans",
        "https://union-bocage.example/actualites/trente-ans",
        "https://union-bocage.example/actualites/vingt-ans",
    ]


def test_the_list_says_how_much_of_each_warc_file_is_needed(data: Path, tmp_path: Path) -> None:
    saved = tmp_path / "archive-copy.db"
    run("backup", saved, "--data", data)
    (warc,) = (data / "raw").glob("*.warc.gz")
    needed = json.loads((tmp_path / "archive-copy.db.json").read_text("utf-8"))
    assert list(needed) == [warc.name]
    assert 0 < needed[warc.name] <= warc.stat().st_size


@pytest.mark.parametrize(("left", "said"), [(None, "missing"), (10, "10 bytes of")])
def test_missing_and_short_warc_files_are_named(
    data: Path, tmp_path: Path, left: int | None, said: str
) -> None:
    saved = tmp_path / "archive-copy.db"
    run("backup", saved, "--data", data)
    (warc,) = (data / "raw").glob("*.warc.gz")
    content = warc.read_bytes()
    shutil.rmtree(data)
    (data / "raw").mkdir(parents=True)
    if left is not None:
        warc.write_bytes(content[:left])
    result = run("restore", saved, "--data", data)
    assert result.exit_code == 1
    assert warc.name in result.stdout
    assert said in result.stdout


def test_an_archive_is_no_copy_of_itself(data: Path) -> None:
    result = run("backup", data / "archive.db", "--data", data)
    assert (result.exit_code, "itself" in result.stderr) == (1, True)


def test_a_folder_that_cannot_be_written_is_named(data: Path, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    result = run("backup", tmp_path / "file" / "archive.db", "--data", data)
    assert (result.exit_code, "file" in result.stderr) == (1, True)
    assert len(result.stderr.strip().splitlines()) == 1


def test_an_archive_is_never_overwritten(data: Path, tmp_path: Path) -> None:
    saved = tmp_path / "archive-copy.db"
    run("backup", saved, "--data", data)
    before = (data / "archive.db").read_bytes()
    result = run("restore", saved, "--data", data)
    assert (result.exit_code, "already" in result.stderr) == (1, True)
    assert (data / "archive.db").read_bytes() == before


@pytest.mark.parametrize("content", [None, "no database, whatever its name says " * 100])
def test_a_copy_that_is_none_is_one_line_and_leaves_nothing(tmp_path: Path, content: str | None) -> None:
    saved = tmp_path / "archive-copy.db"
    if content is not None:
        saved.write_text(content)
    result = run("restore", saved, "--data", tmp_path / "data")
    assert (result.exit_code, "archive-copy.db" in result.stderr) == (1, True)
    assert len(result.stderr.strip().splitlines()) == 1
    assert not (tmp_path / "data" / "archive.db").exists()
