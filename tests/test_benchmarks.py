"""The benchmarks run where nothing but the project is at hand, and say what they lack."""

import doctest
import re
import subprocess
import sys
from pathlib import Path
from types import ModuleType

import click
import pytest
from click.testing import CliRunner

from benchmarks import (
    audit,
    extraction,
    invented,
    kills,
    labelled,
    rebuild,
    recognition,
    stories,
    tables,
    throughput,
    workers,
)
from benchmarks.contenders import Answer
from benchmarks.labelled import Labelled
from benchmarks.scores import DateScore, TextScore

ROOT = Path(__file__).parent.parent


def run(*arguments: str) -> subprocess.CompletedProcess[str]:
    """Run Python in a process of its own: a benchmark cuts its process off from the network for good."""
    return subprocess.run([sys.executable, *arguments], cwd=ROOT, capture_output=True, text=True, timeout=120)


@pytest.mark.parametrize(
    "command", [extraction.main, recognition.main, rebuild.main, kills.main, workers.main, throughput.main]
)
def test_every_benchmark_explains_itself(command: click.Command) -> None:
    result = CliRunner().invoke(command, ["--help"])
    assert result.exit_code == 0
    assert "python -m benchmarks." in result.output


@pytest.mark.parametrize("module", [audit, labelled, recognition, tables])
def test_the_examples_in_the_docstrings_hold(module: ModuleType) -> None:
    assert doctest.testmod(module).failed == 0


def test_extraction_prints_its_tables_on_our_own_pages_alone() -> None:
    done = run("-m", "benchmarks.extraction", "--pages", "--only", "coopress", "--rounds", "1")
    assert done.returncode == 0, done.stderr
    lines = done.stdout.splitlines()
    assert [line for line in lines if line.startswith("### The project's own pages (")]
    assert [line for line in lines if line.startswith("### Speed: the project's own pages (")]
    scored, timed = (line.split("|")[1:-1] for line in lines if line.startswith("| coopress "))
    assert len(scored) == len(timed) + 1 == 9
    assert 0 <= float(scored[1]) <= 1


def test_a_missing_peer_is_an_error_that_names_what_to_install() -> None:
    without = "import sys; sys.modules['htmldate'] = None; from benchmarks.extraction import main; main()"
    done = run("-c", without, "--pages", "--only", "htmldate")
    assert done.returncode == 1
    assert done.stdout == ""
    assert "htmldate cannot be imported" in done.stderr
    assert "[benchmark]" in done.stderr


def page(
    published: str | None = None, wanted: tuple[str, ...] = (), unwanted: tuple[str, ...] = ()
) -> Labelled:
    return Labelled("https://a.example/", b"", True, True, published, wanted, unwanted)


@pytest.mark.parametrize(
    ("label", "answer", "cells"),
    [
        ("2021-05-03", "2021-05-03", ("1.0000", "0.0000", "0.0000", "–")),
        ("2021-05-03", "2021-03-05", ("0.0000", "1.0000", "0.0000", "–")),
        ("2021-05", "2021-05-01", ("0.0000", "1.0000", "0.0000", "–")),
        ("2021-05-03", None, ("0.0000", "0.0000", "1.0000", "–")),
        (None, "2021-05-03", ("–", "–", "–", "1.0000")),
        (None, None, ("–", "–", "–", "0.0000")),
    ],
)
def test_a_date_is_right_wrong_missing_or_invented(
    label: str | None, answer: str | None, cells: tuple[str, ...]
) -> None:
    score = DateScore()
    score.count(page(label), Answer(answer))
    assert score.cells() == cells


def test_a_text_is_judged_by_what_it_holds_and_by_what_leaks_into_it() -> None:
    score = TextScore()
    score.count(
        page(wanted=("dix ans", "une laverie"), unwanted=("Lire aussi",)), Answer(text="Dix\ndix  ans")
    )
    score.count(
        page(wanted=("le four",), unwanted=("Mentions légales",)), Answer(text="le four Mentions légales")
    )
    assert score.cells() == ("0.6667", "0.6667", "0.6667")


def test_invented_names_are_the_same_on_every_run_and_never_twice() -> None:
    first = invented.entries(500)
    assert first == invented.entries(500)
    assert len({entry.name for entry in first}) == 500
    text = invented.articles(first, 1)[0]
    assert 450 <= len(text.split()) <= 550
    assert sum(entry.name in text for entry in first) >= 11


def test_no_two_stories_share_a_sentence() -> None:
    written = list(stories.articles(60))
    assert written == list(stories.articles(60))
    sentences = [sentence for story in written for sentence in re.split(r"(?<=[.])\s+", story)]
    assert len(sentences) == len(set(sentences)) > 60 * 30
    assert all(430 <= len(story.split()) <= 560 for story in written)
