"""The doctor names what is wrong with a data folder, in one line each, and changes nothing."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from archive.doctor import examine
from archive.models import Exchange
from archive.pipeline import Archive
from archive.sources import load_all


@pytest.fixture
def data(tmp_path: Path) -> Path:
    sources = load_all()
    slug = "les_scop_idf"  # not one that is watched for some news alone
    body = b"<html><body><h1>Une scierie</h1><p>Le 3 mai 2024</p></body></html>"
    with Archive(tmp_path / "data", sources) as archive:
        for number in range(2):
            url = f"https://union-bocage.example/{number}"
            archive.keep(
                Exchange(slug, "article", url, 200, "OK", [], body, datetime(2024, 6, 1, 8, 0, tzinfo=UTC))
            )
    return tmp_path / "data"


def wrong(data: Path, sources: Path | None = None) -> list[str]:
    return [finding.text for finding in examine(data, sources) if not finding.well]


def test_a_sound_archive_has_nothing_wrong(data: Path) -> None:
    assert wrong(data) == []


def test_a_torn_record_is_named_and_left_for_the_next_crawl(data: Path) -> None:
    (file,) = (data / "raw").iterdir()
    torn = file.read_bytes() + b"\x1f\x8b\x08\x00torn"
    file.write_bytes(torn)
    (line,) = wrong(data)
    assert file.name in line
    assert file.read_bytes() == torn


def test_a_missing_or_shortened_raw_file_is_named(data: Path) -> None:
    (file,) = (data / "raw").iterdir()
    file.write_bytes(file.read_bytes()[:100])
    assert any(file.name in line and "cut short" in line for line in wrong(data))
    file.unlink()
    assert any(file.name in line and "missing" in line for line in wrong(data))


def test_captures_that_wait_to_be_read_are_counted(data: Path) -> None:
    with Archive(data, {}) as archive, archive.database.atomic():
        archive.database.execute("UPDATE captures SET state = 'pending'")
    assert any(line.endswith("2 captures wait to be read: the next crawl reads them") for line in wrong(data))


def test_a_database_that_is_none_is_named(tmp_path: Path) -> None:
    (tmp_path / "archive.db").write_text("nothing of the kind")
    assert any("archive.db: cannot be read" in line for line in wrong(tmp_path))


def test_wrong_sources_are_named(data: Path, tmp_path: Path) -> None:
    folder = tmp_path / "sources"
    folder.mkdir()
    (folder / "bocage.toml").write_text("titel = 'Bocage'")
    assert any("bocage.toml" in line and "titel" in line for line in wrong(data, folder))
