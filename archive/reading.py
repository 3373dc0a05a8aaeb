"""Read one page, whatever it is: a record or a reason, within a time limit. Bugs cost a page, never a run."""

import logging
import signal
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import FrameType

from archive.errors import PageError, RawError
from archive.models import Record

_log = logging.getLogger(__name__)

# Seconds for one page. The slowest of a thousand real pages takes less than one; a page that needs more is
# built, or has fallen, into a trap.
PAGE_SECONDS = 20.0


def attempt(read: Callable[[], list[Record]], seconds: float = PAGE_SECONDS) -> list[Record] | str:
    """Return what ``read`` finds in a page, or in one line why it cannot; the one place that catches all."""
    try:
        with _at_most(seconds):
            return read()
    except (PageError, RawError) as error:
        return str(error)
    except RecursionError:
        return "nested too deeply"
    except Exception as error:
        _log.exception("a page cannot be read")
        return f"{type(error).__name__}: {error}"


@contextmanager
def _at_most(seconds: float) -> Iterator[None]:
    """Raise PageError in what runs inside when it has taken ``seconds``.

    Works by an alarm signal, which Python delivers to the main thread alone, between two steps of the
    interpreter and within a long search of a regular expression. Elsewhere there is no limit.
    """
    if threading.current_thread() is not threading.main_thread():
        yield
        return

    def late(number: int, frame: FrameType | None) -> None:
        raise PageError(f"not read within {seconds:g} seconds")

    before = signal.signal(signal.SIGALRM, late)
    signal.setitimer(signal.ITIMER_REAL, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)
