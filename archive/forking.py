"""Where do reading processes come from? They are copies of one that has loaded what they need, no more.

Kept apart from what is loaded, so that loading can begin before the crawl loads its own half.
"""

import multiprocessing
import os
import signal
import threading
from multiprocessing import connection, forkserver
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


def live_with_parent() -> None:
    """End this process when the one that began it is gone, even by SIGKILL, and only then: not by Ctrl-C."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_end_with_parent, daemon=True).start()


def _end_with_parent() -> None:
    parent = multiprocessing.parent_process()
    assert parent is not None, "runs in a child"
    connection.wait([parent.sentinel])
    os._exit(1)
