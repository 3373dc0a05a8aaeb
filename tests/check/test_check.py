"""A source that breaks is named with the field, the day and examples; a healthy one stays silent."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from sqlite_utils import Database

from archive.check import Finding, archive_findings, findings
from archive.check.words import sentence
from archive.models import Capture, CoopMention, DepartmentMention, FoundDate, Record
from archive.sources import Source, load
from archive.store import articles, captures, crawls, reference
from archive.store.article_rows import Sighting
from archive.store.database import prepare

Declare = Callable[..., Source]
FIRST = datetime(2024, 1, 1, 3, 0, tzinfo=UTC)
TEXT = "La Scop Lavoir Neuf, à Vierzon (18), fête ses dix ans avec ses quatorze salariés. " * 12


@dataclass
class Town:
    """A source's life: ``crawl`` spends one day and fetches some articles."""

    database: Database
    slug: str = "union_bocage"
    day: int = 0
    count: int = 0

    @property
    def now(self) -> datetime:
        return FIRST + timedelta(days=self.day)

    def crawl(
        self,
        pages: int,
        days: int = 7,
        status: int = 200,
        dated: bool = True,
        text: str = TEXT,
        title: str | None = "Dix ans de Lavoir Neuf",
        coops: bool = True,
        age: int = 1,
        finished: bool = True,
        state: str = captures.READ,
    ) -> int:
        """Crawl once: a listing, and ``pages`` articles; then let ``days`` pass. Return the crawl's id."""
        crawl = crawls.begin(self.database, [self.slug], self.now)
        if pages:
            self._capture("listing", "https://union-bocage.example/actualites", 200)
        for _ in range(pages):
            self.count += 1
            url = f"https://union-bocage.example/actualites/{self.count}"
            row = self._capture("article", url, status)
            captures.mark(self.database, {row: state})
            if (status, state) == (200, captures.READ):
                day = (self.now - timedelta(days=age)).date().isoformat()
                record = Record(
                    url=url,
                    kind="article",
                    title=title,
                    published=FoundDate(day, "day", "visible", day) if dated else None,
                    text=text,
                    coops=(
                        CoopMention(
                            "Lavoir Neuf",
                            "Scop",
                            "18",
                            None,
                            "discovered",
                            "Lavoir Neuf",
                            8,
                            19,
                            "form_and_name",
                        ),
                    )
                    if coops
                    else (),
                    departments=(DepartmentMention("18", "code", "(18)", 31, 35),) if coops else (),
                )
                keys = tuple(mention.name.lower() for mention in record.coops)
                articles.save(self.database, Sighting(record, self.slug, row, url, self.now, keys))
        if finished:
            at = self.now + timedelta(hours=1)
            crawls.tally(self.database, crawl, {"requests": pages}, at)
            crawls.end(self.database, crawl, "ok", {}, at)
        self.day += days
        return crawl

    def _capture(self, role: str, url: str, status: int) -> int:
        offset = self.database.table("captures").count
        capture = Capture(
            self.slug,
            role,
            url,
            status,
            "text/html",
            self.now,
            f"sha1:{offset}",
            "a.warc.gz",
            offset,
            1,  # type: ignore[arg-type]
        )
        return captures.add(self.database, capture)


def blank() -> Town:
    database = prepare(Database(memory=True))
    reference.save_departments(
        database, [{"code": "18", "name": "Cher", "region": "Centre-Val de Loire", "prefecture": "Bourges"}]
    )
    row = {"title": "Union", "kind": "union", "home": "", "via": "listing", "publish": "full"}
    reference.save_sources(database, [{"slug": "union_bocage", **row}])
    return Town(database)


@pytest.fixture(scope="module")
def year() -> Town:
    """Return a source that was fetched whole and then for twelve weeks."""
    town = blank()
    town.crawl(60)
    for _ in range(12):
        town.crawl(6)
    return town


@pytest.fixture
def town() -> Town:
    return blank()


@pytest.fixture
def healthy(year: Town) -> Town:
    copy = Database(memory=True)
    year.database.conn.backup(copy.conn)
    return replace(year, database=copy)


@pytest.fixture
def declared(tmp_path: Path) -> Callable[[str], Source]:
    def declare(expect: str = "") -> Source:
        path = tmp_path / "union_bocage.toml"
        path.write_text(
            'title = "Union du Bocage"\nkind = "union"\nhome = "https://union-bocage.example/"\n'
            '[fetch]\nvia = "listing"\nstart = ["https://union-bocage.example/actualites"]\n'
            f"articles = '/actualites/'\n[expect]\n{expect}\n",
            "utf-8",
        )
        return load(path)

    return declare


def found(town: Town, source: Source, past_from: dict[str, date] | None = None) -> list[Finding]:
    return findings(town.database, [source], town.now, past_from)


def fields(town: Town, source: Source) -> list[str]:
    return [finding.field for finding in found(town, source)]


def test_a_healthy_source_stays_silent(healthy: Town, declared: Declare) -> None:
    assert found(healthy, declared("articles = 100\ndated = 0.98\ntitled = 1.0\ncoops = 0.5")) == []


def test_dates_that_vanish_are_told_with_the_crawl_and_the_latest_pages(
    healthy: Town, declared: Declare
) -> None:
    day = healthy.now.date().isoformat()
    first = healthy.crawl(6, dated=False)
    healthy.crawl(6, dated=False)
    (finding,) = found(healthy, declared())
    assert (finding.source, finding.field, finding.against) == ("union_bocage", "dated", "past")
    assert (finding.found, finding.usual, finding.pages) == (0.0, 1.0, 12)
    assert (finding.since, finding.crawl) == (day, first)
    newest = {f"https://union-bocage.example/actualites/{number}" for number in range(139, 145)}
    assert len(finding.examples) == 3
    assert set(finding.examples) <= newest


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"title": None}, ["titled"]),
        ({"text": "Réservé aux abonnés."}, ["length"]),
        ({"text": ""}, ["text"]),
        ({"coops": False}, ["coops", "departments"]),
        ({"age": 400}, ["lag"]),
        ({"status": 503}, ["answers"]),
        ({"state": captures.SKIPPED}, ["read"]),
    ],
)
def test_each_field_that_breaks_is_named(
    healthy: Town, declared: Declare, change: dict[str, object], field: list[str]
) -> None:
    for _ in range(2):
        healthy.crawl(9, **change)  # type: ignore[arg-type]
    assert fields(healthy, declared()) == field


def test_a_source_that_has_recovered_is_not_told(healthy: Town, declared: Declare) -> None:
    healthy.crawl(9, dated=False)
    healthy.crawl(9)
    assert found(healthy, declared()) == []


def test_pages_that_have_not_changed_are_no_failure(healthy: Town, declared: Declare) -> None:
    for _ in range(2):
        healthy.crawl(9)
        healthy.crawl(40, days=0, state=captures.UNCHANGED)
    assert found(healthy, declared()) == []


def test_three_bad_pages_are_no_alarm(healthy: Town, declared: Declare) -> None:
    healthy.crawl(3, dated=False, title=None, coops=False)
    assert found(healthy, declared()) == []


def test_a_young_source_is_not_alarmed(town: Town, declared: Declare) -> None:
    town.crawl(12)
    town.crawl(9, dated=False)
    assert found(town, declared("dated = 0.1")) == []


def test_a_source_never_asked_is_not_judged(town: Town, declared: Declare) -> None:
    assert found(town, declared("articles = 200")) == []


def test_a_source_that_yields_nothing_is_silent_since_its_first_empty_crawl(
    healthy: Town, declared: Declare
) -> None:
    day = healthy.now.date().isoformat()
    first = healthy.crawl(0, days=1)
    healthy.crawl(0, days=1)
    (finding,) = found(healthy, declared())
    assert (finding.field, finding.pages, finding.since, finding.crawl) == ("silent", 2, day, first)
    assert finding.examples == ("https://union-bocage.example/actualites",)


def test_a_crawl_that_was_cut_short_and_resumed_is_one(healthy: Town, declared: Declare) -> None:
    healthy.crawl(6, days=1, finished=False)
    healthy.crawl(0, days=6)
    assert found(healthy, declared()) == []


def test_articles_that_stop_coming_are_told_though_the_site_answers(healthy: Town, declared: Declare) -> None:
    for _ in range(8):
        healthy.crawl(1, status=304)
    (finding,) = found(healthy, declared())
    assert (finding.field, finding.found, finding.usual) == ("volume", 0, 12)
    assert finding.since == (FIRST + timedelta(days=12 * 7 - 1)).date().isoformat()


def test_a_source_below_its_floor_is_told_since_when(town: Town, declared: Declare) -> None:
    town.crawl(40)
    day = town.now.date().isoformat()
    town.crawl(4, dated=False)
    (finding,) = found(town, declared("dated = 0.95"))
    assert (finding.field, finding.against, finding.usual) == ("dated", "floor", 0.95)
    assert (finding.found, finding.since) == (0.909, day)


def test_too_few_articles_are_told(town: Town, declared: Declare) -> None:
    town.crawl(3)
    (finding,) = found(town, declared("articles = 20\ndated = 1.0"))
    assert (finding.field, finding.found, finding.usual) == ("articles", 3, 20)


def test_a_change_that_was_meant_is_told_no_more(healthy: Town, declared: Declare) -> None:
    day = healthy.now.date()
    for _ in range(3):
        healthy.crawl(9, coops=False)
    assert fields(healthy, declared()) == ["coops", "departments"]
    assert found(healthy, declared(), {"union_bocage": day}) == []


def test_requests_that_mostly_fail_are_told_of_a_young_source_too(town: Town, declared: Declare) -> None:
    town.crawl(12, status=403)
    (finding,) = found(town, declared())
    assert (finding.field, finding.against, finding.pages) == ("answers", "floor", 13)


def test_crawls_that_no_longer_finish_are_told(healthy: Town) -> None:
    assert archive_findings(healthy.database, healthy.now) == []
    healthy.day += 30
    (finding,) = archive_findings(healthy.database, healthy.now)
    assert (finding.source, finding.field, finding.usual) == (None, "crawl", 7)


def test_crawls_that_are_killed_night_after_night_have_not_finished(healthy: Town) -> None:
    for _ in range(30):
        healthy.crawl(1, days=1, finished=False)
        killed = crawls.cut_short(healthy.database)
        assert killed is not None
        crawls.end(healthy.database, killed.id, "interrupted", {}, killed.last_sign)
    (finding,) = archive_findings(healthy.database, healthy.now)
    assert (finding.field, finding.found) == ("crawl", 36)


def note(
    town: Town,
    crawl: int,
    stage: str,
    url: str = "https://union-bocage.example/actualites",
    error: str = "…",
) -> None:
    at = town.database.execute("SELECT started_at FROM crawls WHERE id = ?", [crawl]).fetchone()[0]
    row = {"source": town.slug, "url": url, "stage": stage, "error": error, "crawl": crawl}
    crawls.problem(town.database, row, datetime.fromisoformat(at))


def empty_crawl(town: Town, *urls: str) -> int:
    """Crawl lists that answer and lead nowhere."""
    crawl = town.crawl(1, status=304)
    for url in urls:
        note(town, crawl, "entry", url)
    return crawl


def test_lists_that_lead_nowhere_are_told_at_once(healthy: Town, declared: Declare) -> None:
    day, entry = healthy.now.date().isoformat(), "https://union-bocage.example/actualites"
    first = empty_crawl(healthy, entry)
    empty_crawl(healthy, entry)
    (finding,) = found(healthy, declared())
    assert (finding.field, finding.pages, finding.since, finding.crawl) == ("links", 2, day, first)
    assert finding.examples == (entry,)
    healthy.crawl(6)
    assert found(healthy, declared()) == []


def test_a_second_list_that_never_led_anywhere_is_let_be(healthy: Town, tmp_path: Path) -> None:
    path = tmp_path / "union_bocage.toml"
    first, second = "https://union-bocage.example/actualites", "https://union-bocage.example/agenda"
    path.write_text(
        'title = "Union"\nkind = "union"\nhome = "https://union-bocage.example/"\n'
        f"[fetch]\nvia = \"listing\"\nstart = ['{first}', '{second}']\narticles = '/actualites/'\n",
        "utf-8",
    )
    empty_crawl(healthy, second)
    assert found(healthy, load(path)) == []
    empty_crawl(healthy, first, second)
    assert [finding.examples for finding in found(healthy, load(path))] == [(first,)]


def left_crawl(town: Town, days: int = 1) -> int:
    """Crawl others at an hour at which the source may not be asked."""
    crawl = crawls.begin(town.database, [], town.now)
    crawls.end(town.database, crawl, "ok", {}, town.now + timedelta(hours=1))
    note(town, crawl, "hours")
    town.day += days
    return crawl


@pytest.fixture
def nightly(tmp_path: Path) -> Source:
    path = tmp_path / "union_bocage.toml"
    path.write_text(
        'title = "Union"\nkind = "union"\nhome = "https://union-bocage.example/"\n[fetch]\nvia = "listing"\n'
        "start = ['https://union-bocage.example/actualites']\narticles = '/actualites/'\n"
        'hours = "22:00-02:00"\n',
        "utf-8",
    )
    return load(path)


@pytest.mark.parametrize("asked_before", [True, False])
def test_hours_that_no_crawl_meets_are_told_also_of_a_source_never_asked(
    town: Town, nightly: Source, asked_before: bool
) -> None:
    if asked_before:
        town.crawl(12)
    day = town.now.date().isoformat()
    first = left_crawl(town)
    left_crawl(town)
    assert found(town, nightly) == []
    left_crawl(town)
    (finding,) = found(town, nightly)
    assert (finding.field, finding.pages, finding.since, finding.crawl) == ("hours", 3, day, first)
    town.crawl(3)
    assert found(town, nightly) == []


def test_crawls_of_one_day_that_leave_a_source_for_its_night_are_no_alarm(
    town: Town, nightly: Source
) -> None:
    for _ in range(9):
        left_crawl(town, days=0)
    assert found(town, nightly) == []


def test_a_site_that_refuses_is_told_with_what_it_answers(healthy: Town, declared: Declare) -> None:
    healthy.crawl(9, status=403)
    healthy.crawl(9, status=503)
    (finding,) = found(healthy, declared())
    assert (finding.field, finding.causes) == ("answers", ((403, 9), (503, 9)))
    assert " (HTTP 403 : 9, HTTP 503 : 9), depuis le " in sentence(finding)


def test_a_robots_txt_that_forbids_is_not_taken_for_silence(healthy: Town, declared: Declare) -> None:
    crawl = healthy.crawl(0)
    note(healthy, crawl, "fetch", error="forbidden by robots.txt")
    crawl = healthy.crawl(0)
    note(healthy, crawl, "fetch", error="robots.txt cannot be had, so nothing may be asked")
    (finding,) = found(healthy, declared())
    assert finding.field == "silent"
    told = " (interdit par robots.txt : 1, robots.txt illisible, ce qui interdit tout : 1)"
    assert told in sentence(finding)
