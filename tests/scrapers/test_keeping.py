"""Responses that come together are archived together, and none suffers from another."""

import asyncio
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime

import pytest

from archive.errors import RawError
from archive.models import Exchange
from scrapers.keeping import Together

PAGE = Exchange(
    source="bief",
    role="article",
    url="",
    status=200,
    reason="OK",
    headers=[],
    body=b"",
    fetched_at=datetime(2024, 6, 1, 8, tzinfo=UTC),
)


class Shelf:
    """Notes which addresses come together; cannot bear one that is called « bug »."""

    def __init__(self, most: int = 100) -> None:
        self.most = most
        self.kept: list[list[str]] = []

    def keep_all(self, exchanges: Sequence[Exchange]) -> list[float]:
        urls = [exchange.url for exchange in exchanges]
        if len(urls) > self.most:
            raise RawError("disk full")
        if "bug" in urls:
            raise ValueError("a fault of ours")
        self.kept.append(urls)
        return [float(len(url)) for url in urls]


def kept(shelf: Shelf, *urls: str) -> list[float | BaseException]:
    async def keep() -> list[float | BaseException]:
        together = Together(shelf)
        pages = [together.keep(replace(PAGE, url=url)) for url in urls]
        return await asyncio.gather(*pages, return_exceptions=True)

    return asyncio.run(keep())


def test_what_comes_in_one_turn_is_archived_at_once_and_each_has_its_own_time() -> None:
    shelf = Shelf()
    assert kept(shelf, "a", "bb", "ccc") == [1.0, 2.0, 3.0]
    assert shelf.kept == [["a", "bb", "ccc"]]


def test_a_flood_is_archived_a_part_at_a_time() -> None:
    shelf = Shelf()
    kept(shelf, *map(str, range(100)))
    assert [url for some in shelf.kept for url in some] == [*map(str, range(100))]
    assert max(map(len, shelf.kept)) < 100


def test_a_full_disk_is_told_to_each() -> None:
    assert [type(one) for one in kept(Shelf(most=0), "a", "b")] == [RawError, RawError]


def test_one_that_cannot_be_archived_costs_the_others_nothing() -> None:
    shelf = Shelf()
    first, bug, last = kept(shelf, "a", "bug", "ccc")
    assert (first, last) == (1.0, 3.0)
    assert isinstance(bug, ValueError)
    assert shelf.kept == [["a"], ["ccc"]]


def test_a_request_that_is_given_up_meanwhile_disturbs_nobody() -> None:
    shelf = Shelf()

    async def keep() -> float:
        together = Together(shelf)
        given_up = asyncio.ensure_future(together.keep(replace(PAGE, url="a")))
        other = asyncio.ensure_future(together.keep(replace(PAGE, url="bb")))
        await asyncio.sleep(0)
        given_up.cancel()
        return await other

    assert asyncio.run(keep()) == pytest.approx(2.0)
    assert shelf.kept == [["a", "bb"]]
