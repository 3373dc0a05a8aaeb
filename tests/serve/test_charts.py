"""A reader finds every department on the map, and the years under the bars."""

import re
from pathlib import Path

import pytest

import archive.serve
from archive.gazetteer import departments
from archive.serve import charts

SHAPES = Path(archive.serve.__file__).parent / "static" / "departements.svg"


def test_every_department_is_drawn_and_those_without_an_outline_once_they_are_spoken_of() -> None:
    outlines = set(re.findall(r'<path id="d(\w+)"', SHAPES.read_text("utf-8")))
    names = {one.code: one.name for one in departments()}
    quiet = {area.code for area in charts.by_department({}, names)}
    assert quiet == outlines
    assert {"971", "972", "973", "974", "976"} <= quiet
    spoken_of = charts.by_department(dict.fromkeys(names, 1), names)
    assert {area.code for area in spoken_of if area.square} == set(names) - outlines
    assert {area.code for area in spoken_of if area.enlarged} == {"75", "92", "93", "94"}


@pytest.mark.parametrize(
    ("months", "written"),
    [
        ({"2019-11": 1, "2021-02": 1}, ["2020", "2021"]),
        ({"2020-03": 1, "2020-08": 1}, ["mars 2020", "août 2020"]),
        ({"2020-03": 1}, ["mars 2020"]),
        ({"2001": 1, "2020": 1}, ["2001", "2005", "2009", "2013", "2017"]),
    ],
)
def test_the_years_are_written_under_the_bars(months: dict[str, int], written: list[str]) -> None:
    chart = charts.over_time(months)
    assert [tick.text for tick in chart.ticks] == written
    assert all(0 <= tick.x <= 100 for tick in chart.ticks)
