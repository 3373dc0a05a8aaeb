"""A hostile web costs a crawl a row for each page, and nothing more."""

import doctest

import pytest

from benchmarks import hostile
from benchmarks.hostile_cases import all_cases
from scrapers import failures

# What one response may take: long enough for a machine that has much else to do.
SECONDS = 8
# These read for as long as a page may take; the benchmark plays them.
SLOW = (
    "100,000",
    "regex",
    "title of",
    "attribute",
    "huge JSON",
    "article in",
    "deep JSON",
    "a million",
    "unclosed",
    "50 MB",
    "entry page",
    "sitemap: 50,000",
)


@pytest.fixture(scope="module")
def report(tmp_path_factory: pytest.TempPathFactory) -> hostile.Report:
    cases = {name: case for name, case in all_cases().items() if not name.startswith(SLOW)}
    return hostile.crawl(cases, SECONDS, tmp_path_factory.mktemp("hostile"))


def test_every_case_ends_as_a_record_or_a_named_problem(report: hostile.Report):
    assert len(report.rows) > 90
    assert [row for row in report.rows if not row.as_expected] == []


def test_no_forbidden_address_is_asked(report: hostile.Report):
    assert report.intruders == ()


def test_the_source_beside_them_loses_nothing(report: hostile.Report):
    assert report.quiet == 30


def test_the_crawl_ends_as_a_crawl_with_unhealthy_sources_and_without_a_traceback(report: hostile.Report):
    assert report.exit_code in (0, 3), report.talk
    assert "Traceback" not in report.talk


def test_the_crawl_and_its_readers_stay_small(report: hostile.Report):
    assert 0 < report.peak < 300
    assert report.reader < 300  # 0 where the crawl reads by itself


@pytest.mark.parametrize(
    ("name", "sentence"),
    [
        ("slow body", f"not received within {SECONDS} seconds"),
        ("endless headers", "more than 256 KiB of headers"),
        ("endless header line", "a header of more than 16 KiB"),
        ("length of a petabyte", "larger than 8 MiB"),
        ("gzip bomb", "larger than 8 MiB once unpacked"),
        ("reset in the body", "the connection ended before the response did"),
        ("garbage", "the answer is not HTTP"),
        ("redirect without end", "redirected more than 10 times"),
        ("to file:", "HTTP 302 to 'file:///etc/passwd', which is not followed"),
        ("304 unasked", "HTTP 304 that leads nowhere"),
        ("204 with a body", "HTTP 204: no page"),
        ("endless articles", "more than 60 requests in one crawl"),
        ("sitemap: gzip bomb", "larger than 8 MiB once unpacked"),
        ("robots.txt: 500", "robots.txt cannot be had, so nothing may be asked"),
        ("PDF bomb", "not read within 96 MiB of memory"),
    ],
)
def test_a_problem_says_what_happened(name: str, sentence: str, report: hostile.Report):
    problems = {row.name: [error for _, error in row.problems] for row in report.rows}
    assert sentence in problems[name]


@pytest.mark.parametrize("module", [failures, hostile])
def test_the_examples_in_the_docstrings_hold(module: object):
    assert doctest.testmod(module).failed == 0  # type: ignore[arg-type]
