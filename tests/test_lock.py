"""Two processes never write to one archive; whoever comes second is told who came first."""

import multiprocessing
import os
import signal
from multiprocessing.connection import Connection
from pathlib import Path

import pytest
from click.testing import CliRunner

from archive.cli import main
from archive.errors import ArchiveError
from archive.lock import locked
from archive.pipeline import Archive

CHILD = multiprocessing.get_context("fork")


def hold(data: Path, ready: Connection) -> None:
    with Archive(data, {}):
        ready.send(True)
        signal.pause()


def test_every_command_that_writes_is_refused_until_the_other_process_is_gone(tmp_path: Path):
    data, page = tmp_path / "data", tmp_path / "coops.csv"
    page.write_text("name\nLe Bief\n", "utf-8")
    ours, theirs = CHILD.Pipe()
    child = CHILD.Process(target=hold, args=(data, theirs))
    child.start()
    assert ours.recv()
    for command in (["crawl"], ["rebuild"], ["directory", "import", str(page)]):
        result = CliRunner().invoke(main, [*command, "--data", str(data)])
        assert result.exit_code == 1
        assert f"{data}: in use by another process (" in result.output
        assert f"process {child.pid})" in result.output
    assert child.pid is not None
    os.kill(child.pid, signal.SIGKILL)
    child.join()
    with Archive(data, {}):
        pass


def test_a_process_may_open_again_what_it_holds(tmp_path: Path):
    with locked(tmp_path), locked(tmp_path):
        pass
    with locked(tmp_path):
        pass


def test_a_folder_that_cannot_be_made_is_named(tmp_path: Path):
    (tmp_path / "data").write_text("a file")
    with pytest.raises(ArchiveError, match=r"data.*: File exists"), locked(tmp_path / "data"):
        pass
