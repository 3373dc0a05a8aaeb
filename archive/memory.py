"""How much memory may the reading of one page take? A PDF of 500 kB can unpack to a gigabyte."""

import ctypes
import functools
import gc
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import Final

if sys.platform == "linux":
    import resource

# With what the program itself needs this stays below 300 MiB, what a small server can give.
PAGE_MEBIBYTES: Final = 96
# What a page of ordinary size takes is soon taken again.
_WORTH_GIVING_BACK: Final = 16
_MIB: Final = 1024 * 1024
# What held before each limit that holds now.
_limits: list[tuple[int, int]] = []
_STATM: Final = "/proc/self/statm"
_ENOUGH: Final = 200  # bytes for its seven numbers
_MEMORY_PAGE: Final = os.sysconf("SC_PAGE_SIZE") if sys.platform == "linux" else 0


@contextmanager
def at_most(mebibytes: int = PAGE_MEBIBYTES) -> Iterator[None]:
    """Let what runs inside take so much memory more than the process has now; beyond it, MemoryError.

    What a large page took is given back to the system. Works on Linux, where the size of the process is
    known; elsewhere there is no limit.
    """
    if sys.platform != "linux":
        yield
        return
    soft, hard = resource.getrlimit(resource.RLIMIT_AS)
    size = _size()
    ends = [size + mebibytes * _MIB, *(end for end in (soft, hard) if end != resource.RLIM_INFINITY)]
    resource.setrlimit(resource.RLIMIT_AS, (min(ends), hard))
    _limits.append((soft, hard))
    try:
        yield
    finally:
        _limits.pop()
        resource.setrlimit(resource.RLIMIT_AS, (soft, hard))
        if _size() - size > _WORTH_GIVING_BACK * _MIB:
            _give_back()


@contextmanager
def lifted() -> Iterator[None]:
    """Let what runs inside take what it needs although a limit holds: what is loaded once and stays.

    No page may pay for the libraries and models that it is the first to need. Native ones would end the whole
    process where they cannot allocate.
    """
    if not _limits:
        yield
        return
    (soft, hard), limit = _limits[-1], resource.getrlimit(resource.RLIMIT_AS)[0]
    size = _size()
    resource.setrlimit(resource.RLIMIT_AS, (soft, hard))
    try:
        yield
    finally:
        end = limit + _size() - size
        resource.setrlimit(
            resource.RLIMIT_AS, (end if hard == resource.RLIM_INFINITY else min(end, hard), hard)
        )


def _size() -> int:
    """Return the size of this process in bytes; asked for twice a page."""
    file = os.open(_STATM, os.O_RDONLY)
    try:
        return int(os.read(file, _ENOUGH).split()[0]) * _MEMORY_PAGE
    finally:
        os.close(file)


def _give_back() -> None:
    """Forget what was remembered of texts, words and lines; give back what glibc would keep."""
    settled = gc.get_freeze_count() > 0
    gc.unfreeze()  # or what is remembered would not be among the objects
    gc.collect()
    for thing in gc.get_objects():
        # A cache without bounds holds what the program is made of; one with bounds, pieces of pages.
        if isinstance(thing, functools._lru_cache_wrapper) and thing.cache_info().maxsize is not None:
            thing.cache_clear()
    with suppress(OSError, AttributeError):  # another C library
        ctypes.CDLL("libc.so.6").malloc_trim(0)
    if settled:
        gc.freeze()
