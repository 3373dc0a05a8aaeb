"""New articles that stop coming are told; holidays, slow sources and short pasts are not."""

from collections.abc import Iterable
from datetime import date, timedelta

import pytest

from archive.check.volume import Slump, slump

LAST = date(2024, 5, 31)


def days(per_week: int, weeks: Iterable[int], last: date = LAST) -> list[date]:
    """Return the days of ``per_week`` articles in each of the weeks that lie so long before ``last``."""
    return [last - timedelta(days=7 * week + 1 + number % 5) for week in weeks for number in range(per_week)]


@pytest.mark.parametrize(
    ("appeared", "last"),
    [
        pytest.param([], LAST, id="nothing ever"),
        pytest.param(days(6, range(80)), LAST, id="as usual"),
        pytest.param(days(3, [0, 1]) + days(6, range(2, 80)), LAST, id="half of the usual"),
        pytest.param(days(6, range(3, 8)), LAST, id="too short a past"),
        pytest.param([LAST - timedelta(days=40 * n) for n in range(3, 60)], LAST, id="a slow source"),
        pytest.param(days(6, range(150, 400)), LAST, id="given up years ago"),
        pytest.param(
            days(6, range(3, 40), date(2024, 8, 20)), date(2024, 8, 20), id="the first summer of a source"
        ),
        pytest.param(days(6, [*range(4, 51), *range(57, 90)]), LAST, id="as quiet a year ago"),
        pytest.param([LAST + timedelta(days=9)] * 50 + days(6, range(80)), LAST, id="dates to come"),
    ],
)
def test_nothing_is_told_of(appeared: list[date], last: date) -> None:
    assert slump(appeared, last) is None


def test_a_source_that_dries_up_is_told_since_its_last_article() -> None:
    newest = LAST - timedelta(days=7 * 5 + 1)
    assert slump(days(6, range(5, 80)), LAST) == Slump(0, 12, 14, newest)


def test_a_slower_source_is_compared_by_longer_spans() -> None:
    found = slump(days(1, range(14, 160)), LAST)
    assert found is not None
    assert (found.found, found.days) == (0, 90)


def test_a_broken_source_is_still_told_after_two_months() -> None:
    assert slump(days(6, range(9, 80)), LAST) is not None
