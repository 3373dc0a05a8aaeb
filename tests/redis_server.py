"""A Redis of our own; what needs it is skipped, saying so, where there is none."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from benchmarks.workers import PROGRAMS
from benchmarks.workers import redis_server as served


@contextmanager
def redis_server() -> Iterator[str]:
    """Serve until the end of the block, and give the address."""
    if not any(map(shutil.which, PROGRAMS)):
        pytest.skip("redis-server is not installed")
    pytest.importorskip("redis", reason="the extra « redis » is not installed")
    with served() as address:
        yield address
