"""What the staff decides about co-ops holds, whatever is crawled, rebuilt or imported afterwards."""

import csv
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from archive import coops
from archive.coops import Reason
from archive.decision_files import COLUMNS, take, write
from archive.errors import DecisionError
from archive.models import CoopEntry, Exchange
from archive.pipeline import Archive
from archive.rebuild import rebuild
from archive.settling import settle
from archive.sources import Source, load_all
from archive.store import corrections

DECLARATION = """
title = "Union régionale du Bocage"
kind = "union"
home = "https://union-bocage.example/"
[fetch]
via = "listing"
start = ["https://union-bocage.example/actualites"]
dated_only = true
"""
BECAUSE = Reason("Louise", "seen on its website")
STORIES = {
    "lavoir": "La Scop Lavoir Neuf, installée à Vimoutiers (61), a fêté ses dix ans avec ses salariés.",
    "moulin": "À Vire, la Scop Meule Ronde moud la farine de trente paysans et la livre aux écoles.",
    "fete": "Le maire a salué devant la foule les gens du Lavoir Neuf et leur patience pendant les travaux.",
    "linge": "La Scop Laverie Neuve blanchit à Vimoutiers (61) le linge des hôtels et celui des habitants.",
    "presse": "Les tourneurs du canton, la fameuse Tournerie Bleue en tête, exposent au marché.",
}


def page(slug: str) -> Exchange:
    body = f"""<html lang="fr"><head><title>{slug}</title></head><body><main><h1>Le jour du {slug}</h1>
    <p>30 05 2024</p><p>{STORIES[slug]}</p><p>Chacun est venu à pied malgré la pluie, et la journée s’est
    achevée tard dans la soirée par un repas sous la halle.</p></main></body></html>"""
    return Exchange(
        "union_bocage",
        "article",
        f"https://union-bocage.example/{slug}",
        200,
        "OK",
        [("Content-Type", "text/html; charset=utf-8")],
        body.encode(),
        datetime(2024, 6, 1, 8, len(slug), tzinfo=UTC),
    )


@pytest.fixture
def sources(tmp_path: Path) -> dict[str, Source]:
    folder = tmp_path / "sources"
    folder.mkdir()
    (folder / "union_bocage.toml").write_text(DECLARATION, "utf-8")
    return load_all(folder)


@pytest.fixture
def archive(tmp_path: Path, sources: dict[str, Source]) -> Iterator[Archive]:
    with Archive(tmp_path / "data", sources) as opened:
        fill(opened)
        yield opened


def fill(archive: Archive) -> None:
    for slug in STORIES:
        archive.keep(page(slug))
    settle(archive)


def mentions(archive: Archive) -> list[tuple[str, str, str]]:
    """Return each mention: the page's last word, the co-op it belongs to, the words."""
    query = (
        "select replace(articles.url, 'https://union-bocage.example/', ''), coops.name, surface from mentions"
        " join articles on articles.id = article join coops on coops.id = coop order by 1, 2, 3"
    )
    return [tuple(row) for row in archive.database.execute(query)]


def known(archive: Archive) -> list[tuple[str, str]]:
    return [(coop.name, coop.status) for coop in coops.listed(archive.database)]


def holds_for_ever(archive: Archive) -> None:
    """Check that what is now is the same after two rebuilds."""
    before = (mentions(archive), known(archive))
    for _ in range(2):
        rebuild(archive)
        assert (mentions(archive), known(archive)) == before


def test_before_any_decision_the_rules_find_the_coops_that_texts_call_so(archive: Archive) -> None:
    assert {("lavoir", "Lavoir Neuf"), ("moulin", "Meule Ronde"), ("linge", "Laverie Neuve")} <= {
        row[:2] for row in mentions(archive)
    }
    assert {status for _, status in known(archive)} == {"discovered"}


def test_a_confirmed_coop_is_recognised_where_no_rule_would_find_it(archive: Archive) -> None:
    assert ("fete", "Lavoir Neuf", "Lavoir Neuf") not in mentions(archive)
    done = coops.confirm(archive, "lavoir neuf", BECAUSE)
    assert done.id is not None
    assert done.pages == 2
    assert ("fete", "Lavoir Neuf", "Lavoir Neuf") in mentions(archive)
    assert ("Lavoir Neuf", "confirmed") in known(archive)
    holds_for_ever(archive)


def test_a_rejected_coop_is_nowhere(archive: Archive) -> None:
    coops.reject(archive, "Meule Ronde", BECAUSE)
    assert "moulin" not in [row[0] for row in mentions(archive)]
    assert ("Meule Ronde", "rejected") in known(archive)
    assert archive.database.execute("select count(*) from coops where name = 'Meule Ronde'").fetchone() == (
        0,
    )
    holds_for_ever(archive)


def test_a_merged_coop_gives_its_mentions_and_its_name(archive: Archive) -> None:
    coops.confirm(archive, "Lavoir Neuf", BECAUSE)
    coops.merge(archive, "Laverie Neuve", "Lavoir Neuf", BECAUSE)
    assert ("linge", "Lavoir Neuf", "Laverie Neuve") in mentions(archive)
    assert "Laverie Neuve" in coops.find(archive.database, "Lavoir Neuf").names
    holds_for_ever(archive)


def test_a_coop_keeps_its_name_when_all_it_has_was_merged_into_it(archive: Archive) -> None:
    coops.merge(archive, "Lavoir Neuf", "Meule Ronde", BECAUSE)
    coops.merge(archive, "Laverie Neuve", "Meule Ronde", BECAUSE)
    assert {row[1] for row in mentions(archive) if row[0] != "presse"} == {"Meule Ronde"}
    holds_for_ever(archive)


def test_a_coop_merged_into_a_merged_one_follows_it(archive: Archive) -> None:
    coops.merge(archive, "Lavoir Neuf", "Laverie Neuve", BECAUSE)
    coops.merge(archive, "Laverie Neuve", "Meule Ronde", BECAUSE)
    assert {row[1] for row in mentions(archive) if row[0] in STORIES} == {"Meule Ronde"}
    holds_for_ever(archive)


@pytest.mark.parametrize("confirmed", [True, False])
def test_a_renamed_coop_is_shown_by_its_new_name_and_recognised_by_both(
    archive: Archive, confirmed: bool
) -> None:
    if confirmed:
        coops.confirm(archive, "Lavoir Neuf", BECAUSE)
    coops.rename(archive, "Lavoir Neuf", "Le Lavoir de Vimoutiers", BECAUSE)
    assert ("lavoir", "Le Lavoir de Vimoutiers", "Lavoir Neuf") in mentions(archive)
    first = coops.find(archive.database, "Lavoir Neuf")
    assert first == coops.find(archive.database, "le lavoir de vimoutiers")
    holds_for_ever(archive)


def test_a_further_name_is_recognised_at_once(archive: Archive) -> None:
    archive.import_directory([CoopEntry("Union des tourneurs", "Scop", "732829320")])
    coops.add_alias(archive, "732829320", "Tournerie Bleue", BECAUSE)
    assert ("presse", "Union des tourneurs", "Tournerie Bleue") in mentions(archive)
    holds_for_ever(archive)


@pytest.mark.parametrize("decision", ["confirm", "reject", "merge", "rename", "add_alias"])
def test_what_is_taken_back_leaves_nothing_behind(archive: Archive, decision: str) -> None:
    def picture() -> list[object]:
        tables = ("coops", "coop_aliases")
        facts = [list(archive.database.execute(f"select * from {table} order by 1, 2")) for table in tables]
        return [*facts, mentions(archive)]

    before = picture()
    other = {"merge": ["Meule Ronde"], "rename": ["Autre nom"], "add_alias": ["Tournerie Bleue"]}
    done = getattr(coops, decision)(archive, "Lavoir Neuf", *other.get(decision, []), BECAUSE)
    assert done.id is not None
    assert picture() != before or decision == "add_alias"  # a discovered co-op is not looked for by name
    assert coops.undo(archive, done.id, "Louise").id == done.id
    assert picture() == before
    assert coops.undo(archive, done.id, "Louise").id is None
    kept = corrections.get(archive.database, done.id)
    assert kept is not None and kept.undone_at is not None


@pytest.mark.parametrize("decision", ["confirm", "reject"])
def test_deciding_twice_is_deciding_once(archive: Archive, decision: str) -> None:
    assert getattr(coops, decision)(archive, "Lavoir Neuf", BECAUSE).id is not None
    assert getattr(coops, decision)(archive, "Lavoir Neuf", BECAUSE).id is None
    assert len(corrections.active(archive.database)) == 1


def test_a_decision_takes_the_place_of_the_one_it_contradicts(archive: Archive) -> None:
    coops.reject(archive, "Lavoir Neuf", BECAUSE)
    coops.confirm(archive, "Lavoir Neuf", BECAUSE)
    assert ("Lavoir Neuf", "confirmed") in known(archive)
    assert len(mentions(archive)) >= 4
    assert [one.value for one in corrections.active(archive.database)] == ["confirmed"]


def test_decisions_outlive_a_new_directory(archive: Archive) -> None:
    entries = [CoopEntry("Lavoir Neuf", "Scop"), CoopEntry("Meule Ronde", "Scic")]
    coops.reject(archive, "Lavoir Neuf", BECAUSE)
    coops.rename(archive, "Meule Ronde", "La Meule", BECAUSE)
    for _ in range(2):
        archive.import_directory([replace(entry, website="https://x.example/") for entry in entries])
        assert ("Lavoir Neuf", "rejected") in known(archive)
        assert ("La Meule", "directory") in known(archive)
        assert "lavoir" not in [row[0] for row in mentions(archive)]
    holds_for_ever(archive)


def test_a_rejected_coop_of_the_directory_comes_back_whole(archive: Archive) -> None:
    entry = CoopEntry(
        "Lavoir Neuf", "Scop", None, "Vimoutiers", "61", "https://lavoir.example/", ("Le Lavoir",)
    )
    archive.import_directory([entry])
    done = coops.reject(archive, "Lavoir Neuf", BECAUSE)
    assert done.id is not None
    coops.undo(archive, done.id, "Louise")
    found = coops.find(archive.database, "Le Lavoir")
    assert (found.website, found.commune, found.status) == (
        "https://lavoir.example/",
        "Vimoutiers",
        "directory",
    )


def test_a_rejected_coop_with_a_siren_is_not_discovered_anew(archive: Archive) -> None:
    archive.import_directory([CoopEntry("Lavoir Neuf", "Scop", "732829320")])
    coops.reject(archive, "732829320", BECAUSE)
    assert "lavoir" not in [row[0] for row in mentions(archive)]
    holds_for_ever(archive)


def test_decisions_follow_a_change_of_the_rule_for_keys(archive: Archive) -> None:
    coops.confirm(archive, "Lavoir Neuf", BECAUSE)
    coops.merge(archive, "Laverie Neuve", "Lavoir Neuf", BECAUSE)
    coops.reject(archive, "Meule Ronde", BECAUSE)
    before = (mentions(archive), known(archive))
    archive.database.execute("update corrections set key = id")  # as if other rules had made the keys
    archive.database.execute("update corrections set value = 9 where field = 'merged_into'")
    rebuild(archive)
    assert (mentions(archive), known(archive)) == before


@pytest.mark.parametrize(
    ("decide", "said"),
    [
        (lambda archive: coops.confirm(archive, "Inconnue", BECAUSE), "no co-op « Inconnue »"),
        (lambda archive: coops.merge(archive, "Lavoir Neuf", "999999", BECAUSE), "no co-op « 999999 »"),
        (lambda archive: coops.merge(archive, "Lavoir Neuf", "lavoir neuf", BECAUSE), "the same co-op"),
        (lambda archive: coops.rename(archive, "Lavoir Neuf", "  ", BECAUSE), "a name is wanted"),
        (lambda archive: coops.undo(archive, 77, "Louise"), "no decision 77"),
    ],
)
def test_a_mistake_is_one_error_that_names_it(archive: Archive, decide, said: str) -> None:  # type: ignore[no-untyped-def]
    with pytest.raises(DecisionError, match=said):
        decide(archive)
    assert corrections.active(archive.database) == []


def test_nothing_is_merged_into_what_was_taken_away(archive: Archive) -> None:
    coops.reject(archive, "Lavoir Neuf", BECAUSE)
    with pytest.raises(DecisionError, match="« Lavoir Neuf » is rejected"):
        coops.merge(archive, "Meule Ronde", "Lavoir Neuf", BECAUSE)


def test_namesakes_are_told_apart_by_their_numbers(archive: Archive) -> None:
    twins = [CoopEntry("Le Pré", siren=siren, commune=town) for siren, town in TWINS]
    archive.import_directory(twins)
    with pytest.raises(
        DecisionError, match=r"2 co-ops are called « Le Pré », give a number: \d+ \("
    ) as error:
        coops.find(archive.database, "Le Pré")
    assert "Gap" in str(error.value)
    assert coops.find(archive.database, "732829320").commune == "Gap"


TWINS = [("732829320", "Gap"), ("356000000", "Lens")]


def test_decisions_travel_in_a_file(archive: Archive, tmp_path: Path, sources: dict[str, Source]) -> None:
    coops.confirm(archive, "Lavoir Neuf", BECAUSE)
    coops.merge(archive, "Laverie Neuve", "Lavoir Neuf", BECAUSE)
    coops.rename(archive, "Lavoir Neuf", "Le Lavoir", BECAUSE)
    coops.reject(archive, "Meule Ronde", BECAUSE)
    file = tmp_path / "decisions.csv"
    assert write(archive.database, file) == 4
    told: list[str] = []
    assert (take(archive, file, told.append).new, told) == (0, [])
    with Archive(tmp_path / "other", sources) as other:
        assert (take(other, file, told.append).new, told) == (4, [])  # before anything is crawled
        fill(other)
        rebuild(other)
        assert mentions(other) == mentions(archive)
        assert known(other) == known(archive)
        copy = tmp_path / "copy.csv"
        write(other.database, copy)
    assert copy.read_bytes() == file.read_bytes()


def test_rows_that_cannot_be_used_are_told_and_the_rest_goes_in(archive: Archive, tmp_path: Path) -> None:
    good = ["12", "Lavoir Neuf", "alias", "Le Lavoir", "", "Louise", "so called", "2024-06-01T08:00:00Z"]
    rows = [
        good,
        ["douze", *good[1:]],
        [*good[:2], "colour", *good[3:]],
        [*good[:2], "status", "perhaps", *good[4:]],
        [*good[:6], "", good[7]],
        [*good[:2], "merged_into", "12", *good[4:]],
    ]
    file = tmp_path / "decisions.csv"
    with file.open("w", encoding="utf-8", newline="") as stream:
        csv.writer(stream).writerows([COLUMNS, *rows])
    told: list[str] = []
    taken = take(archive, file, told.append)
    assert (taken.new, len(told)) == (1, 5)
    assert [line.split(":")[0] for line in told] == [f"line {number}" for number in range(3, 8)]
    with pytest.raises(DecisionError, match="names no column « coop »"):
        file.write_text("a,b\n1,2\n", "utf-8")
        take(archive, file, told.append)
