"""A count is made once while the archive stays as it is."""

import asyncio
from pathlib import Path

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


async def test_a_heavy_count_may_be_half_a_minute_old(tmp_path: Path) -> None:
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
