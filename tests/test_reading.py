"""One page may fail in any way; it ends as a record or as a named reason, in time."""

import re
import threading

import pytest

from archive.errors import PageError
from archive.models import Page, Record
from archive.parsers.records import records
from archive.reading import attempt

# Searching this takes the regular expression engine for ever: 2**60 ways to fail.
TRAP = re.compile(r"(a+)+$")


def loop_in_python() -> list[Record]:
    while True:
        pass


def loop_in_a_regular_expression() -> list[Record]:
    TRAP.search("a" * 60 + "!")
    return []


@pytest.mark.parametrize("endless", [loop_in_python, loop_in_a_regular_expression])
def test_a_page_that_makes_a_parser_loop_is_given_up(endless) -> None:
    assert attempt(endless, seconds=0.2) == "not read within 0.2 seconds"


def refuse(error: Exception):
    def read() -> list[Record]:
        raise error

    return read


@pytest.mark.parametrize(
    ("error", "said"),
    [
        (PageError("https://a.example/: no tree"), "https://a.example/: no tree"),
        (ZeroDivisionError("division by zero"), "ZeroDivisionError: division by zero"),
        (RecursionError(), "nested too deeply"),
    ],
)
def test_whatever_goes_wrong_has_a_name(error: Exception, said: str) -> None:
    assert attempt(refuse(error)) == said


def test_outside_the_main_thread_pages_are_read_without_a_limit() -> None:
    found: list[object] = []
    thread = threading.Thread(target=lambda: found.append(attempt(list, seconds=0.2)))
    thread.start()
    thread.join()
    assert found == [[]]


def test_a_page_of_twenty_megabytes_ends_in_time() -> None:
    paragraph = "<p>La coopérative du lavoir a voté son budget, et chacun a levé la main pour le dire.</p>\n"
    count = 20_000_000 // len(paragraph.encode())
    body = f"<html><body><h1>Long</h1>{paragraph * count}</body></html>".encode()
    found = attempt(lambda: records(Page("https://a.example/long", body)), seconds=2)
    assert found == "not read within 2 seconds" or isinstance(found, list)


@pytest.mark.parametrize("depth", [500, 20_000])
def test_what_is_nested_deeper_than_any_browser_goes_is_read(depth: int) -> None:
    sentence = "Les quatorze salariés de la laverie ont voté la reprise de leur atelier en coopérative."
    body = "<h1>Reprise</h1>" + "<div>" * depth + f"<p>{sentence}</p>" + "</div>" * depth
    found = attempt(lambda: records(Page("https://a.example/deep", body.encode())))
    assert isinstance(found, list), found
    assert sentence in found[0].text
