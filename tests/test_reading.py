"""One page may fail in any way; it ends as a record or as a named reason, in time."""

import gc
import re
import signal
import threading
import weakref

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


def alarm() -> None:
    """Let the time be over at this very step."""
    signal.raise_signal(signal.SIGALRM)


class LastWords:
    def __del__(self) -> None:
        alarm()


def in_a_destructor() -> None:
    LastWords()


def in_a_callback_of_the_collector() -> None:
    def callback(phase: str, info: object) -> None:
        alarm()

    gc.callbacks.append(callback)
    try:
        gc.collect()
    finally:
        gc.callbacks.remove(callback)


def in_a_weak_reference() -> None:
    weakref.finalize(threading.Event(), alarm)


@pytest.mark.parametrize("where", [in_a_destructor, in_a_callback_of_the_collector, in_a_weak_reference])
def test_an_alarm_where_python_would_drop_it_waits_for_the_next(where) -> None:
    steps = []

    def read() -> list[Record]:
        where()
        steps.append("went on")
        alarm()
        steps.append("went on too long")
        return []

    assert attempt(read, seconds=60) == "not read within 60 seconds"
    assert steps == ["went on"]


def test_an_alarm_that_is_lost_all_the_same_rings_again() -> None:
    lost = []

    def read() -> list[Record]:
        while not lost:
            try:
                loop_in_python()
            except BaseException as late:
                lost.append(late)
        return loop_in_python()

    assert attempt(read, seconds=0.2) == "not read within 0.2 seconds"
    assert len(lost) == 1


def test_a_library_that_catches_every_exception_is_given_up_too() -> None:
    def read() -> list[Record]:
        while True:
            try:
                alarm()
            except Exception:
                continue

    assert attempt(read, seconds=60) == "not read within 60 seconds"


def test_when_a_page_is_read_no_alarm_is_left() -> None:
    before = signal.getsignal(signal.SIGALRM)
    assert attempt(list, seconds=60) == []
    assert signal.getitimer(signal.ITIMER_REAL) == (0, 0)
    assert signal.getsignal(signal.SIGALRM) is before


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


def test_a_page_of_eight_megabytes_ends_in_time() -> None:
    paragraph = "<p>La coopérative du lavoir a voté son budget, et chacun a levé la main pour le dire.</p>\n"
    count = 8_000_000 // len(paragraph.encode())
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
