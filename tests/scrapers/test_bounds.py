"""A source is left when it has had enough, and gone on with the next time."""

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import datetime, timedelta
from itertools import count
from pathlib import Path

import pytest

from archive.cli import main
from archive.limits import Limits
from archive.sources.hours import PARIS
from tests import local_site
from tests.local_site import Answer, LocalSite, served

NIGHT = datetime(2024, 6, 1, 23, tzinfo=PARIS)
ARTICLES = [f"/recits/{number}" for number in range(6)]


class Clock:
    """A clock on which every look takes an hour."""

    def __init__(self) -> None:
        self.looks = count()

    def __call__(self) -> datetime:
        return NIGHT + timedelta(hours=next(self.looks))


@pytest.fixture
def site() -> Iterator[LocalSite]:
    with served() as found:
        anchors = "".join(f'<a href="{path}">Lire</a>' for path in ARTICLES)
        found.pages["/"] = Answer(anchors)
        found.pages |= {path: Answer(f"<h1>Récit {path[-1]}</h1><p>3 mai 2021</p>") for path in ARTICLES}
        yield found


def declare(site: LocalSite, folder: Path, more: str = "") -> Path:
    sources = folder / "sources"
    sources.mkdir(exist_ok=True)
    (sources / "union.toml").write_text(
        f'title = "Union"\nkind = "union"\nhome = "{site.home}/"\n[fetch]\nvia = "listing"\n'
        f"start = [\"{site.home}/\"]\narticles = '/recits/'\ndelay = 0.0\n{more}",
        "utf-8",
    )
    return sources


@pytest.mark.parametrize(
    ("more", "limits", "clock"),
    [
        ('hours = "22:00-02:30"\n', Limits(), Clock()),
        ("", Limits(hours=3.5), Clock()),
        ("", Limits(requests=4), None),
    ],
)
def test_a_source_left_before_its_end_is_gone_on_with(
    more: str,
    limits: Limits,
    clock: Callable[[], datetime] | None,
    site: LocalSite,
    tmp_path: Path,
):
    sources = declare(site, tmp_path, more)
    local_site.crawl(site, sources, tmp_path / "data", limits=limits, clock=clock)
    first = [path for path, _ in site.take()]
    assert 0 < len(first) < 7
    local_site.crawl(site, declare(site, tmp_path), tmp_path / "data")
    second = [path for path, _ in site.take()]
    assert sorted(first + second) == ["/", *ARTICLES]


def test_outside_its_hours_a_source_is_left_for_later_in_one_line(
    site: LocalSite, tmp_path: Path, capsys: pytest.CaptureFixture[str]
):
    now = datetime.now(PARIS)
    start, end = now + timedelta(hours=2), now + timedelta(hours=3)
    sources = declare(site, tmp_path, f'hours = "{start:%H:%M}-{end:%H:%M}"\n')
    arguments = ["crawl", "--sources", str(sources), "--data", str(tmp_path / "data")]
    main(arguments, standalone_mode=False)
    talk = capsys.readouterr().err
    assert talk == f"union: left for later, it is asked only from {start:%H:%M}-{end:%H:%M} (Europe/Paris)\n"
    assert site.take() == []
    with closing(sqlite3.connect(tmp_path / "data" / "archive.db")) as database:
        noted = database.execute("SELECT source, stage, crawl FROM problems").fetchall()
    assert noted == [("union", "hours", 1)]
