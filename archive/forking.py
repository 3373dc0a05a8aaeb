"""Where do reading processes come from? They are copies of one that has loaded what they need, no more.

Kept apart from what is loaded, so that loading can begin before the crawl loads its own half.
"""

import multiprocessing
from multiprocessing import forkserver
from multiprocessing.context import ForkServerContext
from typing import Final

_LOADED: Final = ["archive.readers", "archive.warm_reader"]


def context() -> ForkServerContext:
    """Return where to begin processes: not copies of the crawl, which has threads, and a lock of its own."""
    found = multiprocessing.get_context("forkserver")
    found.set_forkserver_preload(_LOADED)
    return found


def load_early() -> None:
    """Begin to load, beside this process, what reading needs; the first page waits for the rest of it."""
    context()
    forkserver.ensure_running()
