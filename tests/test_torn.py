"""After a power cut the last writes may be torn anywhere: nothing archived is lost or stored twice."""

import random
import signal
import sqlite3
from collections.abc import Sequence
from pathlib import Path

import pytest

from tests.test_kill import NAMES, answers, crawl, crawl_until, ended


def cut(path: Path, least: int, chance: random.Random) -> None:
    """Cut a file at a random byte, its first ``least`` bytes aside."""
    if path.is_file():
        size = path.stat().st_size
        with path.open("r+b") as file:
            file.truncate(chance.randint(min(least, size), size))


def read(data: Path) -> dict[str, Sequence[object]]:
    """Return the articles and the responses they were read from; a response may have been asked for again."""
    queries = {
        "captures": "SELECT url, digest FROM captures WHERE state = 'read' AND original IS NULL",
        "articles": "SELECT source, url, title, published, text FROM articles",
        "versions": "SELECT article, digest FROM versions",
    }
    return answers(data, queries)


@pytest.fixture(scope="module")
def undisturbed(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Sequence[object]]:
    data = tmp_path_factory.mktemp("undisturbed")
    crawl(data)
    return read(data)


@pytest.mark.parametrize("number", [3, 6, 9])
def test_a_torn_record_is_cut_off_and_its_page_asked_for_again(
    number: int, undisturbed: dict[str, Sequence[object]], tmp_path: Path
):
    assert ended(crawl_until, "row", "before", number, tmp_path) == -signal.SIGKILL
    (warc,) = (tmp_path / "raw").glob("*.warc.gz")
    database = sqlite3.connect(tmp_path / "archive.db")
    known = database.execute("SELECT max(offset + length) FROM captures").fetchone()[0]
    database.close()
    cut(warc, known, random.Random())
    assert ended(crawl, tmp_path) == 0
    assert read(tmp_path) == undisturbed


@pytest.mark.parametrize("number", [3, 6, 9])
def test_commits_that_never_reached_the_disk_are_made_good_from_the_warc_files(
    number: int, undisturbed: dict[str, Sequence[object]], tmp_path: Path
):
    assert ended(crawl_until, "done", "after", number, tmp_path) == -signal.SIGKILL
    for name in ("archive.db-wal", "frontier.db-wal"):
        cut(tmp_path / name, 0, random.Random())
    assert ended(crawl, tmp_path) == 0
    assert len(undisturbed["articles"]) == len(NAMES)
    assert read(tmp_path) == undisturbed
