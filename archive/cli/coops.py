"""Commands of the staff on co-ops: look at them, decide about them, carry the decisions elsewhere."""

import getpass
import json
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from archive.cli import options
from archive.cli.directories import teller

if TYPE_CHECKING:
    from archive.coops import Decided, Reason
    from archive.pipeline import Archive
    from archive.store.coops import Coop

Command = TypeVar("Command", bound=Callable[..., Any])

_STATUSES = ("directory", "confirmed", "discovered", "ambiguous", "rejected", "merged", "gone")
_SHOWN = ("id", "name", "form", "siren", "commune", "department", "status", "articles")
# Articles of a co-op that ``show`` names.
_LATEST = 5


def _user() -> str | None:
    try:
        return getpass.getuser()
    except (KeyError, OSError):  # a container may run under a number without a name
        return None


_who = click.option("--who", default=_user, required=True, help="Who decides; $USER when not given.")


def _reasoned(command: Command) -> Command:
    """Add the options of a decision."""
    for option in (options.data, options.sources, _who):
        command = option(command)
    return click.option("--why", required=True, help="The reason, kept with the decision.")(command)


@click.group("coops")
def coops_group() -> None:
    """Look at the co-ops and decide about them.

    A COOP is a number, a SIREN or a name. Decisions survive crawls, rebuilds and new directories.
    """


@coops_group.command("list")
@click.option("--status", type=click.Choice(_STATUSES), help="Only these.")
@click.option("--department", metavar="CODE", help="Only those of this department.")
@click.option("--like", metavar="WORDS", help="Only those with these words in a name, accents aside.")
@click.option("--limit", type=click.IntRange(1), default=100, show_default=True)
@click.option("--json", "as_json", is_flag=True, help="Print JSON instead of a table.")
@options.data
def list_coops(
    status: str | None, department: str | None, like: str | None, limit: int, as_json: bool, data: Path
) -> None:
    """List the co-ops by name.

    \b
        coopress coops list --status discovered --department 38
    """
    from archive.coops import listed

    with _reading(data) as database:
        found = listed(database, status, department, like)
    if as_json:
        click.echo(json.dumps([asdict(coop) for coop in found[:limit]], ensure_ascii=False, indent=1))
        return
    for line in _aligned(found[:limit]):
        click.echo(line)
    if len(found) > limit:
        click.echo(f"{limit} of {len(found)} shown; --limit shows more", err=True)


@coops_group.command("show")
@click.argument("coop")
@click.option("--json", "as_json", is_flag=True, help="Print JSON instead of text.")
@options.data
def show(coop: str, as_json: bool, data: Path) -> None:
    """Show one co-op, its last articles and the decisions about it.

    \b
        coopress coops show "Urban Eco"
    """
    from archive.coops import find
    from archive.store.coops import latest_articles
    from archive.store.corrections import history

    with _reading(data) as database:
        found = find(database, coop)
        articles = latest_articles(database, found.id, _LATEST)
        decisions = [asdict(one) for one in history(database, found.id)]
    if as_json:
        shown = {**asdict(found), "latest_articles": articles, "decisions": decisions}
        click.echo(json.dumps(shown, ensure_ascii=False, indent=1))
        return
    for key, value in asdict(found).items():
        if value not in (None, ()):
            click.echo(f"{key:<12} {', '.join(value) if key == 'names' else value}")
    for article in articles:
        click.echo(
            f"{'article':<12} {article['published'] or 'undated'}  {article['title']}  {article['url']}"
        )
    for one in decisions:
        taken_back = f" (taken back {one['undone_at']})" if one["undone_at"] else ""
        said = f"{one['field']} {one['value_name'] or one['value']}, {one['who']}, {one['at']}: {one['why']}"
        click.echo(f"{'decision':<12} {one['id']}: {said}{taken_back}")


@coops_group.command("confirm")
@click.argument("coop")
@_reasoned
def confirm(coop: str, **given: Any) -> None:
    """Make a discovered COOP a known one, recognised wherever it is named.

    \b
        coopress coops confirm "Urban Eco" --why "its website says Scop"
    """
    from archive import coops

    _decide(given, lambda archive, reason: coops.confirm(archive, coop, reason))


@coops_group.command("reject")
@click.argument("coop")
@_reasoned
def reject(coop: str, **given: Any) -> None:
    """Hide a COOP that is none, with all its mentions.

    \b
        coopress coops reject "Grand Projet" --why "the name of a law"
    """
    from archive import coops

    _decide(given, lambda archive, reason: coops.reject(archive, coop, reason))


@coops_group.command("merge")
@click.argument("coop")
@click.argument("into")
@_reasoned
def merge(coop: str, into: str, **given: Any) -> None:
    """Give the mentions and the name of COOP to the co-op INTO.

    \b
        coopress coops merge "UrbanEco" "Urban Eco" --why "the same, misspelt"
    """
    from archive import coops

    _decide(given, lambda archive, reason: coops.merge(archive, coop, into, reason))


@coops_group.command("rename")
@click.argument("coop")
@click.argument("name")
@_reasoned
def rename(coop: str, name: str, **given: Any) -> None:
    """Show COOP as NAME; both names are recognised.

    \b
        coopress coops rename "URBAN ECO" "Urban Éco" --why "as its website writes it"
    """
    from archive import coops

    _decide(given, lambda archive, reason: coops.rename(archive, coop, name, reason))


@coops_group.command("alias")
@click.argument("coop")
@click.argument("name")
@_reasoned
def alias(coop: str, name: str, **given: Any) -> None:
    """Recognise COOP by NAME as well.

    \b
        coopress coops alias "Union des tourneurs" "UDT" --why "how the press calls it"
    """
    from archive import coops

    _decide(given, lambda archive, reason: coops.add_alias(archive, coop, name, reason))


@coops_group.command("undo")
@click.argument("decision", type=int)
@_who
@options.sources
@options.data
def undo(decision: int, who: str, folder: Path | None, data: Path) -> None:
    """Take a DECISION back, told by its number; « coops show » gives it.

    \b
        coopress coops undo 12
    """
    from archive import coops

    with _writing(folder, data) as archive:
        done = coops.undo(archive, decision, who)
    _say(done, f"decision {decision} was taken back before", "taken back")


@coops_group.command("export")
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
@options.data
def export(file: Path, data: Path) -> None:
    """Write the decisions that stand to a CSV FILE.

    \b
        coopress coops export decisions.csv
    """
    from archive.decision_files import write

    with _reading(data) as database:
        count = write(database, file)
    click.echo(f"{count} decisions written", err=True)


@coops_group.command("import")
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
@options.sources
@options.data
def import_decisions(file: Path, folder: Path | None, data: Path) -> None:
    """Take the decisions of a CSV FILE.

    \b
        coopress coops import decisions.csv
    """
    from archive.decision_files import take

    with _writing(folder, data) as archive:
        taken = take(archive, file, teller(file))
    click.echo(
        f"{taken.new} decisions taken, {taken.known} stood already, {taken.pages} pages read again", err=True
    )


@contextmanager
def _reading(data: Path) -> Iterator[Any]:
    from archive.store.database import open_database

    options.must_exist(data)
    database = open_database(data / "archive.db")
    try:
        yield database
    finally:
        database.close()


@contextmanager
def _writing(folder: Path | None, data: Path) -> "Iterator[Archive]":
    from archive.pipeline import Archive

    options.must_exist(data)
    with Archive(data, options.all_sources(folder, data)) as archive:
        yield archive


def _decide(given: dict[str, Any], decide: "Callable[[Archive, Reason], Decided]") -> None:
    from archive.coops import Reason

    with _writing(given["folder"], given["data"]) as archive:
        done = decide(archive, Reason(given["who"], given["why"]))
    _say(done, "that decision stands already", "taken")


def _say(done: "Decided", nothing: str, what: str) -> None:
    if done.id is None:
        click.echo(nothing, err=True)
    else:
        click.echo(f"decision {done.id} {what}, {done.pages} pages read again", err=True)


def _aligned(found: "Sequence[Coop]") -> list[str]:
    rows = [_SHOWN, *(tuple(str(getattr(coop, key) or "") for key in _SHOWN) for coop in found)]
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    return ["  ".join(map(str.ljust, row, widths)).rstrip() for row in rows]
