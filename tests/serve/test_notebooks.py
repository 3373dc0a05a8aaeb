"""The snippets that /api shows run as they stand, against a server that is listening."""

import importlib.util
import os
import re
import shutil
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
def test_a_snippet_of_python_runs_as_shown(
    address: str, tmp_path: Path, name: str, library: str, told: str
) -> None:
    if importlib.util.find_spec(library) is None:
        pytest.skip(f"{library} is not installed here: its snippet was not run")
    code = dict(notebooks.snippets(address))[name]
    command = [sys.executable, "-c", code]
    ran = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, timeout=120, check=False)
    assert (ran.returncode, ran.stderr) == (0, "")
    assert told in ran.stdout


@pytest.mark.parametrize(
    ("name", "library", "told"),
    [("R", "utils", r"2017\b.*\n.*\b6\b"), ("R (jsonlite)", "jsonlite", r"\b91\b")],
)
def test_a_snippet_of_r_runs_as_shown(
    address: str, tmp_path: Path, name: str, library: str, told: str
) -> None:
    if _r(tmp_path, f"library({library})") is None:
        pytest.skip(f"R, or its package {library}, is not installed here: its snippet was not run")
    ran = _r(tmp_path, dict(notebooks.snippets(address))[name])
    assert ran is not None
    assert re.search(told, ran)


def _r(folder: Path, code: str) -> str | None:
    """Run some R and return what it prints, ``None`` where there is no R or the code fails or warns."""
    if (program := shutil.which("Rscript")) is None:
        return None
    script = folder / "snippet.R"
    script.write_text(f"options(warn = 2)\n{code}", "utf-8")
    command = [program, "--vanilla", str(script)]
    environment = os.environ | {"LC_ALL": "C.UTF-8"}
    ran = subprocess.run(
        command, cwd=folder, capture_output=True, text=True, timeout=120, env=environment, check=False
    )
    return ran.stdout if ran.returncode == 0 else None
