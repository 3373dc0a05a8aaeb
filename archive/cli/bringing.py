"""Commands that bring in what no crawl found: import-warc."""

import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from archive.cli import options
from archive.errors import SourceError
from archive.progress import Bar
from archive.sources import Source

if TYPE_CHECKING:
    from archive.imports.bringing import Outcome

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
    from scrapers.crawl import locked
    from scrapers.wishes import wishes

    sources = options.all_sources(folder, data)
    fallback = _named(sources, slug)
    size = sum(path.stat().st_size for path in files if path.is_file())
    with locked(data), Archive(data, sources) as archive, Bar("Importing", size) as bar:
        wanted = Options(datetime.now(UTC), wishes, fallback, bar.step)
        outcome = import_files(archive, files, wanted)
        settle(archive, sorted(outcome.sources))
        articles = archive.counts["new"]
    _tell(outcome, articles)
    sys.exit(1 if outcome.unreadable else 0)


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
