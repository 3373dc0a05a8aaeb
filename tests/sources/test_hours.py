"""A source is asked within its hours, by the clock of Paris."""

import doctest
from datetime import UTC, datetime
from pathlib import Path

import pytest

from archive.errors import SourceError
from archive.sources import hours, load
from archive.sources.hours import PARIS, Hours

SOURCE = """title = "Union"
kind = "union"
home = "https://union.example/"
[fetch]
via = "feed"
start = ["https://union.example/flux"]
"""


def read(text: str) -> Hours:
    found = Hours.read(text)
    assert found is not None
    return found


def test_the_examples_in_the_docstrings_hold():
    assert doctest.testmod(hours).failed == 0


@pytest.mark.parametrize(
    ("text", "clock", "within"),
    [
        ("22:00-06:00", "2024-01-15T21:30+00:00", True),  # 22:30 in Paris, in winter
        ("22:00-06:00", "2024-07-15T20:30+00:00", True),  # and in summer
        ("22:00-06:00", "2024-07-15T04:30+00:00", False),
        ("01:00-05:30", "2024-07-15T03:29+00:00", True),
        ("01:00-05:30", "2024-07-15T03:30+00:00", False),
    ],
)
def test_the_hours_are_those_of_paris(text: str, clock: str, within: bool):
    assert read(text).include(datetime.fromisoformat(clock)) is within


def test_a_night_ends_on_the_next_morning_whatever_the_season():
    night = read("22:00-06:00")
    autumn = datetime(2024, 10, 26, 23, tzinfo=PARIS)  # the night has an hour more
    assert night.end_after(autumn).astimezone(UTC) == datetime(2024, 10, 27, 5, tzinfo=UTC)
    assert night.end_after(datetime(2024, 6, 2, 1, tzinfo=PARIS)) == datetime(2024, 6, 2, 6, tzinfo=PARIS)


def test_a_source_says_its_hours(tmp_path: Path):
    path = tmp_path / "union.toml"
    path.write_text(SOURCE + 'hours = "22:00-06:00"\n', "utf-8")
    assert load(path).fetch.hours == read("22:00-06:00")
    path.write_text(SOURCE, "utf-8")
    assert load(path).fetch.hours is None


@pytest.mark.parametrize("value", ['"22h-6h"', '"24:00-06:00"', '"6:00-7:00"', '"06:00-06:00"', "22"])
def test_hours_written_otherwise_are_refused_by_name(value: str, tmp_path: Path):
    path = tmp_path / "union.toml"
    path.write_text(f"{SOURCE}hours = {value}\n", "utf-8")
    with pytest.raises(SourceError, match=r"union\.toml: fetch\.hours: "):
        load(path)
