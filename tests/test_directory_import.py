"""A new edition of a file changes what it changes, and loses nothing that articles point at."""

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from archive import coops
from archive.cli import main
from archive.directory import Directory
from archive.directory_import import import_file
from archive.errors import DirectoryError
from archive.pipeline import Archive
from archive.store import reference
from archive.store.directory_entries import Imported

HEADER = "name,form,siren,commune,department,website,aliases\n"
LAVOIR = "Lavoir Neuf,Scop,732829320,Vimoutiers,61,,Le Lavoir\n"
MEULE = "Meule Ronde,Scic,,Vire,14,,\n"
MONDAY = datetime(2024, 6, 3, 8, tzinfo=UTC)
TUESDAY = datetime(2024, 6, 4, 8, tzinfo=UTC)


@pytest.fixture
def archive(tmp_path: Path) -> Iterator[Archive]:
    with Archive(tmp_path / "data", {}) as opened:
        yield opened


def take(archive: Archive, path: Path, text: str, at: datetime = MONDAY) -> Imported:
    path.write_text(text, "utf-8")
    return import_file(archive, path, at, pytest.fail)


def test_a_second_import_of_one_file_changes_nothing(archive: Archive, tmp_path: Path) -> None:
    path = tmp_path / "list.csv"
    assert take(archive, path, HEADER + LAVOIR + MEULE) == Imported(added=2)
    before = list(archive.database.query("select * from coops order by id"))
    assert take(archive, path, HEADER + LAVOIR + MEULE) == Imported(unchanged=2)
    assert list(archive.database.query("select * from coops order by id")) == before


def test_an_entry_says_where_it_comes_from_and_since_when(archive: Archive, tmp_path: Path) -> None:
    take(archive, tmp_path / "list.csv", HEADER + LAVOIR)
    found = coops.find(archive.database, "Le Lavoir")
    assert (found.origin, found.imported_at) == ("csv:list", "2024-06-03T08:00:00Z")


def test_a_new_edition_changes_and_marks_what_is_gone(archive: Archive, tmp_path: Path) -> None:
    path = tmp_path / "list.csv"
    take(archive, path, HEADER + LAVOIR + MEULE)
    changed = LAVOIR.replace("Vimoutiers", "Argentan")
    assert take(archive, path, HEADER + changed, TUESDAY) == Imported(changed=1, gone=1)
    assert coops.find(archive.database, "Lavoir Neuf").commune == "Argentan"
    gone = coops.find(archive.database, "Meule Ronde")
    assert (gone.status, gone.gone_at) == ("directory", "2024-06-04T08:00:00Z")
    known = Directory(reference.directory(archive.database))
    assert [entry.name for entry in known.matches("la Meule Ronde")[0].entries] == ["Meule Ronde"]
    assert take(archive, path, HEADER + changed + MEULE, TUESDAY) == Imported(changed=1, unchanged=1)
    assert coops.find(archive.database, "Meule Ronde").gone_at is None


def test_what_another_file_names_is_not_gone(archive: Archive, tmp_path: Path) -> None:
    take(archive, tmp_path / "one.csv", HEADER + LAVOIR + MEULE)
    take(archive, tmp_path / "two.csv", HEADER + MEULE)
    take(archive, tmp_path / "one.csv", HEADER + LAVOIR, TUESDAY)
    assert coops.find(archive.database, "Meule Ronde").gone_at is None


def test_a_register_fills_the_gaps_of_one_s_own_list_and_changes_none_of_it(
    archive: Archive, tmp_path: Path
) -> None:
    register = "Siren;Nom;Ville;Forme juridique;Code postal\n732829320;SCOP LAVOIR-NEUF;ALENCON;Scop;61000\n"
    for path, text in (
        (tmp_path / "list.csv", HEADER + "Lavoir Neuf,,732829320,,,,\n"),
        (tmp_path / "register.csv", register),
    ):
        take(archive, path, text)
    found = coops.find(archive.database, "732829320")
    assert (found.name, found.form, found.commune) == ("Lavoir Neuf", "Scop", "Alençon")
    assert "Lavoir-Neuf" in found.names


def test_a_file_without_coops_changes_nothing(archive: Archive, tmp_path: Path) -> None:
    path = tmp_path / "list.csv"
    take(archive, path, HEADER + LAVOIR)
    with pytest.raises(DirectoryError, match="names no active co-op"):
        take(archive, path, HEADER, TUESDAY)
    assert coops.find(archive.database, "Lavoir Neuf").gone_at is None


# --- on the command line -------------------------------------------------------------------------


def run(*arguments: str | Path) -> Result:
    return CliRunner().invoke(main, [str(argument) for argument in arguments], env={"USER": "louise"})


def test_the_commands_say_what_they_did(tmp_path: Path) -> None:
    file, data = tmp_path / "list.csv", tmp_path / "data"
    file.write_text(HEADER + LAVOIR + MEULE + ",Scop,,,,,\n", "utf-8")
    done = run("directory", "import", file, "--data", data)
    assert done.exit_code == 0
    assert f"{file}: line 4: no name, row left out" in done.stderr
    assert "2 co-ops added, 0 changed, 0 unchanged, 0 gone" in done.stderr

    done = run("coops", "alias", "Meule Ronde", "La Meule", "--why", "so called", "--data", data)
    assert "decision 1 taken, 0 pages read again" in done.stderr
    assert "Meule Ronde" in run("coops", "list", "--like", "MEULE", "--data", data).stdout
    assert '"siren": "732829320"' in run("coops", "list", "--json", "--data", data).stdout
    shown = run("coops", "show", "la meule", "--data", data).stdout
    assert "alias La Meule, louise" in shown

    decisions = tmp_path / "decisions.csv"
    assert "1 decisions written" in run("coops", "export", decisions, "--data", data).stderr
    assert "taken back" in run("coops", "undo", "1", "--data", data).stderr
    assert "taken back before" in run("coops", "undo", "1", "--data", data).stderr
    assert "1 decisions taken, 0 stood" in run("coops", "import", decisions, "--data", data).stderr
    assert "0 decisions taken, 1 stood" in run("coops", "import", decisions, "--data", data).stderr


def test_the_list_is_narrowed_and_says_so_when_it_is_cut(tmp_path: Path) -> None:
    file, data = tmp_path / "list.csv", tmp_path / "data"
    file.write_text(HEADER + LAVOIR + MEULE, "utf-8")
    run("directory", "import", file, "--data", data)
    assert "Lavoir" not in run("coops", "list", "--department", "14", "--data", data).stdout
    assert len(run("coops", "list", "--status", "discovered", "--data", data).stdout.splitlines()) == 1
    cut = run("coops", "list", "--limit", "1", "--data", data)
    assert (len(cut.stdout.splitlines()), "1 of 2 shown" in cut.stderr) == (2, True)


@pytest.mark.parametrize(
    "command",
    [
        ("show", "Inconnue"),
        ("confirm", "Inconnue", "--why", "x"),
        ("merge", "Lavoir Neuf", "Inconnue", "--why", "x"),
    ],
)
def test_an_unknown_coop_is_one_line_that_names_it(tmp_path: Path, command: tuple[str, ...]) -> None:
    file, data = tmp_path / "list.csv", tmp_path / "data"
    file.write_text(HEADER + LAVOIR, "utf-8")
    run("directory", "import", file, "--data", data)
    failed = run("coops", *command, "--data", data)
    assert failed.exit_code == 1
    assert "« Inconnue »" in failed.stderr.splitlines()[-1]


def test_a_decision_needs_a_reason(tmp_path: Path) -> None:
    assert run("coops", "reject", "X", "--data", tmp_path).exit_code == 2


def test_where_there_is_no_archive_the_commands_say_so(tmp_path: Path) -> None:
    failed = run("coops", "list", "--data", tmp_path)
    assert (failed.exit_code, "no archive there" in failed.stderr) == (1, True)
