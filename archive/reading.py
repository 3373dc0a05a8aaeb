"""Read one page, whatever it is: a record or a reason, within a time limit. Bugs cost a page, never a run."""

import gc
import logging
import signal
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import nullcontext
from types import CodeType, FrameType, TracebackType
from typing import Final, TypeVar

from archive.errors import PageError, RawError
from archive.memory import PAGE_MEBIBYTES, at_most

_log = logging.getLogger(__name__)

Found = TypeVar("Found")

# Seconds for one page. The slowest of a thousand real pages takes less than one; a page that needs more is
# built, or has fallen, into a trap.
PAGE_SECONDS = 20.0

# Seconds until the alarm rings again, where it came to nothing.
_AGAIN: Final = 0.1
# Modules whose functions Python calls when an object is gone; it reports what they raise and goes on.
_CALLED_BY_WEAK_REFERENCES: Final = frozenset(("weakref", "_weakrefset"))


def attempt(read: Callable[[], list[Found]], seconds: float = PAGE_SECONDS) -> list[Found] | str:
    """Return what ``read`` finds in a page, or in one line why it cannot; the one place that catches all."""
    in_main_thread = threading.current_thread() is threading.main_thread()
    try:
        with at_most(PAGE_MEBIBYTES), _Limit(seconds) if in_main_thread else nullcontext():
            return read()
    except _Late:
        return f"not read within {seconds:g} seconds"
    except (PageError, RawError) as error:
        return str(error)
    except RecursionError:
        return "nested too deeply"
    except MemoryError:
        return f"not read within {PAGE_MEBIBYTES} MiB of memory"
    except Exception as error:
        _log.exception("a page cannot be read")
        return f"{type(error).__name__}: {error}"


class Stopwatch:
    """Counts the ``seconds`` for which it was entered, all times together."""

    def __init__(self) -> None:
        """Begin at 0."""
        self.seconds = 0.0

    def __enter__(self) -> None:
        """Begin to count."""
        self._start = time.monotonic()

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Stop counting."""
        self.seconds += time.monotonic() - self._start


class _Late(BaseException):
    """The time for a page is over. Not an ``Exception``: libraries catch those and go on."""


class _Limit:
    """Raises ``_Late`` in what runs inside when it has taken ``seconds``, until it gets through.

    Works by an alarm signal, which Python delivers to the main thread alone, between two steps of the
    interpreter and within a long search of a regular expression. Elsewhere there is no limit.
    """

    def __init__(self, seconds: float) -> None:
        self.seconds = seconds

    def __enter__(self) -> None:
        self.before = signal.signal(signal.SIGALRM, _ring)
        signal.setitimer(signal.ITIMER_REAL, self.seconds, _AGAIN)

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, self.before)


def _ring(number: int, frame: FrameType | None) -> None:
    """Raise ``_Late``, unless what was interrupted would lose it: then the alarm rings again soon."""
    never = {_Limit.__enter__.__code__, _Limit.__exit__.__code__, *_called_by_the_collector()}
    if not any(_drops(running, never) for running in _inside_attempt(frame)):
        raise _Late


def _inside_attempt(frame: FrameType | None) -> Iterator[FrameType]:
    while frame is not None and frame.f_code is not attempt.__code__:
        yield frame
        frame = frame.f_back


def _drops(frame: FrameType, never: set[CodeType]) -> bool:
    """Say whether what this function raises is dropped by Python, which called it itself."""
    return (
        frame.f_code in never
        or frame.f_code.co_name == "__del__"
        or frame.f_globals.get("__name__") in _CALLED_BY_WEAK_REFERENCES
    )


def _called_by_the_collector() -> Iterator[CodeType]:
    """Yield the code of the functions that are called before and after each garbage collection."""
    for callback in gc.callbacks:
        code = getattr(callback, "__code__", None) or getattr(type(callback).__call__, "__code__", None)
        if code is not None:
            yield code
