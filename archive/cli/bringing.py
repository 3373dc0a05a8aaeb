"""Commands that bring in what no crawl found or could read: import-warc, add, ocr."""

import sys
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

import click

from archive.cli import options
from archive.errors import SourceError
from archive.progress import Bar
from archive.sources import Source

if TYPE_CHECKING:
    from archive.by_hand import ByHand
    from archive.imports.bringing import Outcome
    from archive.pipeline import Archive

# So many problems are told one by one; all of them are in the table of problems.
_MOST_TOLD = 20


@click.command("import-warc")
@click.argument("files", nargs=-1, required=True, type=click.Path(dir_okay=False, path_type=Path))
@click.option("--source", "slug", help="Source of the pages whose host no source declares.")
@options.sources
@options.data
def import_warc(files: tuple[Path, ...], slug: str | None, folder: Path | None, data: Path) -> None:
    """Bring in the pages of other people's archives: WARC (plain, .gz, .zst) and WACZ files.

    Their digests, dates and addresses are checked; what is wrong is named and left out, the rest goes in.
    Safe to run twice, and after it was killed. Exit code 1 when a file could not be read at all.

    \b
        coopress import-warc union-2016.warc.gz collecte.wacz
        coopress import-warc gazette.warc.zst --source gazette_du_val
    """
    from archive.imports.bringing import Options, import_files
    from archive.pipeline import Archive
    from archive.settling import settle
    from scrapers.wishes import wishes

    sources = options.all_sources(folder, data)
    fallback = _named(sources, slug)
    size = sum(path.stat().st_size for path in files if path.is_file())
    with Archive(data, sources) as archive, Bar("Importing", size) as bar:
        wanted = Options(datetime.now(UTC), wishes, fallback, bar.step)
        outcome = import_files(archive, files, wanted)
        settle(archive, sorted(outcome.sources))
        articles = archive.counts["new"]
    _tell(outcome, articles)
    sys.exit(1 if outcome.unreadable else 0)


@click.command()
@click.argument("things", metavar="URL|FILE...", nargs=-1, required=True)
@click.option("--who", required=True, help="Name of the person who adds it; readers see it.")
@click.option("--why", required=True, help="What it is added for; readers see it.")
@click.option("--url", help="Address of FILE on the web.")
@click.option("--source", "slug", help="Source of what has no address, or whose host no source declares.")
@click.option(
    "--allow-private", metavar="HOST:PORT", multiple=True, help="Allow one loopback or private address."
)
@options.sources
@options.data
def add(
    things: tuple[str, ...],
    who: str,
    why: str,
    url: str | None,
    slug: str | None,
    allow_private: tuple[str, ...],
    folder: Path | None,
    data: Path,
) -> None:
    """Bring in single pages, PDFs or documents by hand.

    An address is asked for as in a crawl: robots.txt, the address guard and the archive hold. Prints one
    line an article: its id, date, title and address. Exit code 1 when something did not come in.

    \b
        coopress add https://gazette-du-val.example/2018/scierie --who "Jeanne Petit" --why "revue de presse"
        coopress add communique.docx --source union_bocage --who "Jeanne Petit" --why "archives papier"
    """
    from archive.by_hand import ByHand
    from archive.pipeline import Archive
    from archive.settling import settle

    addresses = [thing for thing in things if thing.lower().startswith(("http://", "https://"))]
    files = [Path(thing) for thing in things if thing not in addresses]
    if url is not None and (addresses or len(files) != 1):
        raise click.UsageError("--url goes with exactly one FILE")
    if not who.strip() or not why.strip():
        raise click.UsageError("--who and --why must say something")
    sources = options.all_sources(folder, data)
    fallback = _named(sources, slug)
    with Archive(data, sources) as archive:
        hand = ByHand(archive, " ".join(who.split()), " ".join(why.split()))
        for path in files:
            hand.file(path, url, fallback)
        if addresses:
            _ask(hand, addresses, fallback, allow_private)
        settle(archive, sorted(hand.sources))
        failed = [_say(archive, item.name, item.url, item.problem, item.known) for item in hand.items]
    sys.exit(1 if any(failed) else 0)


@click.command()
@click.option("--again", is_flag=True, help="Read those that were read before as well.")
@options.sources
@options.data
def ocr(again: bool, folder: Path | None, data: Path) -> None:
    """Read scanned publications with ocrmypdf (apt install ocrmypdf tesseract-ocr-fra).

    What the sites gave stays as it is; the recognised text lies beside it. Exit code 1 when one failed.

    \b
        coopress ocr --data data
    """
    from archive.ocr import recognise
    from archive.pipeline import Archive
    from archive.settling import settle

    options.must_exist(data)
    failed = read = 0
    with Archive(data, options.all_sources(folder, data)) as archive:
        for scan in recognise(archive, again):
            failed, read = failed + (scan.problem is not None), read + (scan.problem is None)
            click.echo(f"{scan.url}: {scan.problem or 'read'}", err=True)
        settle(archive)
    click.echo(f"{read} scans read, {failed} failed", err=True)
    sys.exit(1 if failed else 0)


def _ask(
    hand: "ByHand", addresses: list[str], fallback: Source | None, allow_private: tuple[str, ...]
) -> None:
    """Ask for pages by a small crawl with a queue of its own, so that no other crawl is disturbed."""
    from archive.by_hand import by_source
    from scrapers.crawl import Options, crawl

    grouped = by_source(hand.archive, addresses, fallback)
    only = {slug: urls for slug, (_, urls) in grouped.items()}
    with TemporaryDirectory() as queue:
        wishes = Options(Path(queue), full=True, allow_private=allow_private, only=only)
        crawl([source for source, _ in grouped.values()], hand, wishes)


def _say(archive: "Archive", name: str, url: str, problem: str | None, known: bool) -> bool:
    """Print what became of one thing and say whether it failed."""
    from archive.store.articles import read_from

    found = read_from(archive.database, url)
    if problem is not None or not found:
        reason = problem or "kept, but nothing could be read from it; the table of problems says why"
        click.echo(reason if reason.startswith(name) else f"{name}: {reason}", err=True)
        return True
    for row in found:
        click.echo("  ".join(str(value or "—") for value in (row["id"], row["published"], row["title"], url)))
    if known:
        click.echo(f"{name}: added before, and unchanged", err=True)
    return False


def _named(sources: dict[str, Source], slug: str | None) -> Source | None:
    if slug is None:
        return None
    if slug not in sources:
        raise SourceError(f"no source called {slug}; « coopress source list » names them")
    return sources[slug]


def _tell(outcome: "Outcome", articles: int) -> None:
    for problem in outcome.problems[:_MOST_TOLD]:
        click.echo(problem, err=True)
    if (more := len(outcome.problems) - _MOST_TOLD) > 0:
        click.echo(f"… and {more} more, in the table of problems", err=True)
    for what, count in outcome.passed.most_common():
        click.echo(f"{count} {what} left aside", err=True)
    click.echo(
        f"{outcome.kept} pages kept, {articles} articles new, {outcome.known} known already, "
        f"{len(outcome.problems)} problems",
        err=True,
    )
