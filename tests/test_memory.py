"""What the reading of a large page took is given back."""

import gc
import sys
from functools import lru_cache

import pytest

from archive.memory import at_most

_MIB = 1024 * 1024


@lru_cache(maxsize=10)
def _remembered(text: str) -> str:
    return text * 2


@pytest.mark.skipif(sys.platform != "linux", reason="the size of a process is known on Linux alone")
@pytest.mark.parametrize("settled", [False, True])
def test_what_was_remembered_of_texts_is_forgotten_after_a_large_page(settled: bool) -> None:
    _remembered("une page")
    gc.unfreeze()  # a command that crawled before, in this very process, may have settled it
    if settled:
        gc.freeze()
    try:
        with at_most(200):
            taken = bytearray(40 * _MIB)
        assert taken and _remembered.cache_info().currsize == 0
        assert (gc.get_freeze_count() > 0) is settled
    finally:
        gc.unfreeze()


@pytest.mark.skipif(sys.platform != "linux", reason="the size of a process is known on Linux alone")
def test_a_page_of_ordinary_size_leaves_what_is_remembered() -> None:
    _remembered("une page")
    with at_most(200):
        _remembered("une autre")
    assert _remembered.cache_info().currsize >= 2
