"""Does each saved page say what its note says? One test a page and field."""

import tomllib
from datetime import UTC
from functools import lru_cache
from pathlib import Path

import pytest

from archive.models import Page, Record
from archive.parsers.records import records

PAGES = Path(__file__).parent / "pages"
NOTES = sorted(PAGES.rglob("*.toml"))
ABSENT = "absent"  # TOML has no null


def note_of(path: Path) -> dict:
    return tomllib.loads(path.read_text("utf-8"))


@lru_cache(maxsize=100)
def record_of(path: Path) -> Record:
    note = note_of(path)
    body = path.with_suffix(".html").read_bytes()
    found = records(Page(note["url"], body, fetched_at=note["fetched_at"].astimezone(UTC)))
    assert len(found) == 1
    return found[0]


def said(record: Record, field: str) -> object:
    """Return the record's field in the shape of the notes."""
    value = getattr(record, field)
    if value is None:
        return ABSENT
    if field in ("published", "updated"):
        return value.value
    if field == "departments":
        return sorted({mention.code for mention in value})
    if field == "coops":
        return sorted({mention.name for mention in value})
    if field == "links":
        return [link.url for link in value]
    return list(value) if isinstance(value, tuple) else value


def expected(note: dict, field: str) -> object:
    value = note["expected"][field]
    return value.strip() if field == "text" else value


CASES = [
    pytest.param(path, field, id=f"{path.parent.name}/{path.stem}:{field}")
    for path in NOTES
    for field in note_of(path)["expected"]
]


@pytest.mark.parametrize(("path", "field"), CASES)
def test_the_page_says_what_its_note_says(path, field):
    assert said(record_of(path), field) == expected(note_of(path), field)


def test_every_page_has_its_note():
    assert {path.with_suffix("") for path in PAGES.rglob("*.html")} == {
        path.with_suffix("") for path in NOTES
    }


@pytest.mark.parametrize("path", NOTES, ids=lambda path: f"{path.parent.name}/{path.stem}")
def test_mentions_lie_where_they_say(path):
    record = record_of(path)
    passages = {"title": record.title, "kicker": record.kicker, "text": record.text}
    for coop in record.coops:
        assert passages[coop.field][coop.start : coop.end] == coop.surface
    for department in record.departments:
        assert passages[department.field][department.start : department.end] == department.evidence
