"""A disk that is full, or takes nothing, ends a crawl with one line; with space again it goes on."""

import os
import resource
import signal
import sqlite3
import subprocess
import sys
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import pytest

from archive.cli import main
from archive.raw import Raw
from tests.scrapers.conftest import record
from tests.test_kill import CHILD, SOURCE, WEB, archived
from tests.test_kill import crawl as undisturbed_crawl

# Bytes that one file may grow to, from nothing at all to nearly enough.
SIZES = (0, 20_000, 400_000, 700_000, 760_000, 820_000, 900_000)


def crawl(folder: Path, data: Path, prepare: Callable[[], None], talk: int) -> None:
    """Crawl into ``data``; what is said goes to the pipe ``talk``, which no limit on files holds up."""
    sys.stderr = os.fdopen(talk, "w")
    prepare()
    arguments = ["--sources", str(folder / "sources"), "--replay", str(folder / "web.warc.gz")]
    main(["crawl", *arguments, "--data", str(data)])


def no_file_beyond(size: int) -> Callable[[], None]:
    def prepare() -> None:
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        hard = resource.getrlimit(resource.RLIMIT_FSIZE)[1]
        resource.setrlimit(resource.RLIMIT_FSIZE, (size, hard))

    return prepare


def ended(
    folder: Path, data: Path, prepare: Callable[[], None] = lambda: None
) -> tuple[int | None, list[str]]:
    """Crawl in a process of its own; return how it ended and the lines that it said."""
    heard, talk = os.pipe()
    child = CHILD.Process(target=crawl, args=(folder, data, prepare, talk))
    child.start()
    os.close(talk)
    with os.fdopen(heard) as said:
        lines = said.read().splitlines()
    child.join(120)
    return child.exitcode, lines


def is_sound(data: Path) -> bool:
    """Say whether the databases of a folder are whole, as far as there are any."""
    for path in data.glob("*.db"):
        database = sqlite3.connect(path)
        checked = database.execute("PRAGMA integrity_check").fetchall()
        database.close()
        if checked != [("ok",)]:
            return False
    return True


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Sequence[object]]:
    """Return what a crawl that nothing disturbs archives; its children find everything loaded."""
    data = tmp_path_factory.mktemp("undisturbed")
    undisturbed_crawl(data)
    return archived(data)


@pytest.fixture
def web(tmp_path: Path) -> Path:
    """Return a folder with a source, and the web that answers it."""
    (tmp_path / "sources").mkdir()
    (tmp_path / "sources" / "union_bocage.toml").write_text(SOURCE, "utf-8")
    record(tmp_path / "web.warc.gz", WEB)
    return tmp_path


@pytest.fixture
def disk(tmp_path: Path) -> Iterator[Path]:
    """Return where a file system of 600 kB is mounted."""
    place = tmp_path / "disk"
    place.mkdir()
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=600k", "tmpfs", str(place)], capture_output=True, check=False
    )
    if mounted.returncode:
        pytest.skip("mounting a small file system needs root")
    yield place
    subprocess.run(["umount", str(place)], check=True)


def remount(disk: Path, how: str) -> None:
    subprocess.run(["mount", "-o", f"remount,{how}", str(disk)], check=True)


def assert_all_there(data: Path, whole: dict[str, Sequence[object]]) -> None:
    assert archived(data) == whole
    assert list(Raw(data / "raw").verify()) == []
    assert is_sound(data)


def test_writes_refused_at_any_size_lose_nothing(web: Path, whole: dict[str, Sequence[object]]):
    data = web / "data"
    for size in SIZES:
        code, talk = ended(web, data, no_file_beyond(size))
        assert is_sound(data)
        if code == 0:
            break
        errors = [line for line in talk if line.startswith("Error: ")]
        assert (code, len(errors)) == (1, 1), talk
        assert str(data) in errors[0]
        assert "Traceback" not in "".join(talk)
    assert size > SIZES[2]
    if code != 0:
        assert ended(web, data)[0] == 0
    assert_all_there(data, whole)


def test_a_full_disk_is_named_and_the_crawl_goes_on_with_space(
    web: Path, disk: Path, whole: dict[str, Sequence[object]]
):
    data = disk / "data"
    for size in ("600k", "900k"):
        remount(disk, f"size={size}")
        code, talk = ended(web, data)
        assert code == 1
        assert [line.startswith(f"Error: {data}") for line in talk if line.startswith("Error: ")] == [True]
    remount(disk, "size=50m")
    assert ended(web, data)[0] == 0
    assert_all_there(data, whole)


def test_a_folder_that_takes_nothing_is_named(web: Path, disk: Path, whole: dict[str, Sequence[object]]):
    data = disk / "data"
    remount(disk, "ro")
    code, talk = ended(web, data)
    assert (code, len(talk)) == (1, 1)
    assert talk[0].startswith(f"Error: {data}")
    assert talk[0].endswith("Read-only file system")
    remount(disk, "rw,size=50m")
    assert ended(web, data)[0] == 0
    remount(disk, "ro")
    assert ended(web, data)[0] == 1
    assert_all_there_after(disk, data, whole)


def assert_all_there_after(disk: Path, data: Path, whole: dict[str, Sequence[object]]) -> None:
    remount(disk, "rw")
    assert_all_there(data, whole)
