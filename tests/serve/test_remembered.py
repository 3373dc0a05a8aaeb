"""A count is made once while the archive stays as it is."""

import asyncio
from pathlib import Path

import pytest

from archive.serve.remembered import Remembered


async def test_a_count_is_made_again_when_the_archive_has_changed(tmp_path: Path) -> None:
    path = tmp_path / "archive.db"
    kept = Remembered(lambda: 0.0)
    found = []
    for number, content in enumerate((b"a", b"a", b"ab")):
        if content not in (path.read_bytes() if path.exists() else b""):
            path.write_bytes(content)

        async def compute(value: int = number) -> int:
            return value

        found.append(await kept.get(str(path), "key", compute, lambda value: False))
    assert found == [0, 0, 2]


async def test_those_who_ask_at_once_wait_for_one_count() -> None:
    calls = 0

    async def compute() -> int:
        nonlocal calls
        calls += 1
        await asyncio.sleep(0)
        return calls

    kept = Remembered(lambda: 0.0)
    asked = [kept.get(None, "key", compute, lambda value: False) for _ in range(8)]
    assert await asyncio.gather(*asked) == [1] * 8


async def test_a_heavy_count_may_be_half_a_minute_old_and_is_then_made_again_while_nobody_waits(
    tmp_path: Path,
) -> None:
    now, path = [0.0], tmp_path / "archive.db"
    kept = Remembered(lambda: now[0])
    found = []
    for seconds in (0, 29, 31, 32, 700):
        path.write_bytes(b"x" * (seconds + 1))
        now[0] = seconds

        async def compute(value: int = seconds) -> int:
            return value

        found.append(await kept.get(str(path), "key", compute, lambda value: True, lasting=True))
        for _ in range(3):
            await asyncio.sleep(0)
    assert found == [0, 0, 0, 31, 700]


async def test_a_count_that_cannot_be_made_again_is_shown_until_it_is_too_old(tmp_path: Path) -> None:
    now, path = [0.0], tmp_path / "archive.db"
    kept = Remembered(lambda: now[0])

    async def fails() -> int:
        raise OSError("the disk is gone")

    async def works() -> int:
        return 1

    assert await kept.get(str(path), "key", works, lambda value: True, lasting=True) == 1
    path.write_bytes(b"changed")
    for now[0] in (40.0, 80.0):
        assert await kept.get(str(path), "key", fails, lambda value: True, lasting=True) == 1
        for _ in range(3):
            await asyncio.sleep(0)
    now[0] = 601.0
    with pytest.raises(OSError, match="gone"):
        await kept.get(str(path), "key", fails, lambda value: True, lasting=True)


async def test_titles_are_not_shown_longer_than_half_a_minute(tmp_path: Path) -> None:
    now, path = [0.0], tmp_path / "archive.db"
    kept = Remembered(lambda: now[0])
    found = []
    for seconds in (0, 29, 31):
        path.write_bytes(b"x" * (seconds + 1))
        now[0] = seconds

        async def compute(value: int = seconds) -> int:
            return value

        found.append(await kept.get(str(path), "key", compute, lambda value: True))
    assert found == [0, 0, 31]
