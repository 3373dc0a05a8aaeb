"""The snippets that /api shows run as they stand, against a server that is listening."""

import importlib.util
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from archive.serve import notebooks


@pytest.fixture(scope="module")
def address(archive_path: Path) -> Iterator[str]:
    code = (
        "import sys, pathlib, archive.serve.run as run; run.serve(pathlib.Path(sys.argv[1]), '127.0.0.1', 0)"
    )
    command = [sys.executable, "-c", code, str(archive_path.parent)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as server:
        try:
            assert server.stdout is not None
            yield server.stdout.readline().strip()
        finally:
            server.terminate()


@pytest.mark.parametrize(
    ("name", "library", "told"),
    [("Python (pandas)", "pandas", "2017 "), ("Python (DuckDB)", "duckdb", "[(")],
)
def test_a_snippet_runs_as_shown(address: str, tmp_path: Path, name: str, library: str, told: str) -> None:
    if importlib.util.find_spec(library) is None:
        pytest.skip(f"{library} is not installed here: its snippet was not run")
    code = dict(notebooks.snippets(address))[name]
    command = [sys.executable, "-c", code]
    ran = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, timeout=120, check=False)
    assert (ran.returncode, ran.stderr) == (0, "")
    assert told in ran.stdout
