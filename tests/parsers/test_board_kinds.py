"""Five kinds of boards, saved, and what their tiles say: each is found, with what it gives and no more."""

import tomllib
from pathlib import Path
from typing import Any

import pytest

from archive.models import Hints, Page, Record
from archive.parsers.records import records

BOARDS = Path(__file__).parent.parent / "boards"
NOTES = sorted(BOARDS.glob("*.toml"))


def note_of(path: Path) -> dict[str, Any]:
    return tomllib.loads(path.read_text("utf-8"))


def read(path: Path, kind: str | None = "board") -> list[Record]:
    body = path.with_suffix(".html").read_bytes()
    return records(Page(note_of(path)["url"], body, "text/html", None, Hints(kind=kind)))


@pytest.mark.parametrize("path", NOTES, ids=lambda path: path.stem)
def test_each_tile_is_a_clipping_of_the_board_in_its_order(path):
    note, found = note_of(path), read(path)
    assert [record.title for record in found] == [tile["title"] for tile in note["tile"]]
    assert [record.position for record in found] == list(range(1, len(found) + 1))
    assert {(record.kind, record.board) for record in found} == {("clipping", note["url"])}
    assert len({record.url for record in found}) == len(found)


@pytest.mark.parametrize("field", ["original", "outlet", "published", "text", "url"])
@pytest.mark.parametrize("path", NOTES, ids=lambda path: path.stem)
def test_a_field_of_each_tile(path, field):
    """A tile whose note gives no date has none; of other fields, only what is noted is compared."""
    for tile, record in zip(note_of(path)["tile"], read(path), strict=True):
        if field == "published":
            assert (record.published.value if record.published else None) == tile.get(field), record.title
        elif field in tile:
            assert getattr(record, field) == tile[field], record.title


def test_a_page_called_so_is_a_board_wherever_it_stands():
    assert [record.kind for record in read(BOARDS / "on_parle_de_nous.toml", kind="union")] == [
        "clipping"
    ] * 5
    assert [record.kind for record in read(BOARDS / "newsletter.toml", kind="union")] == ["article"]


def test_a_line_keeps_its_address_when_another_is_put_above_it():
    path = BOARDS / "on_parle_de_nous.toml"
    markup = path.with_suffix(".html").read_text("utf-8")
    new = '<li>3/10/2022 – Le Fil – <a href="https://fil.example/n">Une nouvelle venue au port</a></li>'
    page = Page(note_of(path)["url"], markup.replace("<ul>\n<li>27", f"<ul>\n{new}\n<li>27").encode())
    later = {record.title: record.url for record in records(page)}
    assert len(later) == 6
    assert {record.title: record.url for record in read(path)}.items() <= later.items()
