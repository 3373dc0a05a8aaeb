"""What does a crawl teach that a single page cannot? The same pages read one by one, and as an archive."""

import json
import sqlite3
from collections.abc import Iterator, Mapping
from pathlib import Path
from tempfile import TemporaryDirectory

import click

from archive.addresses import identity
from archive.cli import main as coopress
from archive.models import Page
from archive.parsers.records import records
from archive.raw import Raw
from archive.reading import attempt
from benchmarks.contenders import Answer
from benchmarks.labelled import ROOT, SHARED, Labelled, squash
from benchmarks.scores import TextScore
from benchmarks.tables import table


@click.command()
@click.option(
    "--shared",
    type=click.Path(file_okay=False, path_type=Path),
    default=SHARED,
    show_default=True,
    help="Folder with miniweb/, an invented web with labels.",
)
def main(shared: Path) -> None:
    """Crawl an invented web by replay and print how much of the labelled texts is right, both ways.

    \b
        python -m benchmarks.site_learning
    """
    web = shared / "miniweb"
    if not (web / "web.warc.gz").is_file():
        raise click.ClickException(f"{web}: no labelled web there; --shared names the folder that holds it")
    with TemporaryDirectory() as folder:
        data = Path(folder)
        wishes = ["--sources", str(ROOT / "tests" / "miniweb"), "--replay", str(web / "web.warc.gz")]
        coopress(["crawl", *wishes, "--data", str(data)], standalone_mode=False)
        labels = {identity(page.url): page for page in _labels(web / "labels.jsonl")}
        rows = [
            ("page by page", *_score(labels, _alone(data)).cells()),
            ("as an archive", *_score(labels, _archived(data)).cells()),
        ]
    click.echo(table(("read", "precision", "recall", "F1"), rows))


def _labels(path: Path) -> Iterator[Labelled]:
    for line in path.read_text("utf-8").splitlines():
        label = json.loads(line)
        if label["kind"] == "article" and not label.get("must_not_fetch"):
            wanted, unwanted = (tuple(map(squash, label.get(key) or ())) for key in ("with", "without"))
            yield Labelled(label["url"], b"", True, wanted=wanted, unwanted=unwanted)


def _score(labels: Mapping[str, Labelled], texts: Mapping[str, str]) -> TextScore:
    score = TextScore()
    for key, label in labels.items():
        if key in texts:
            score.count(label, Answer(None, texts[key]))
    return score


def _archived(data: Path) -> dict[str, str]:
    """Return the texts of the archive by the identity of the address they were read at."""
    with sqlite3.connect(data / "archive.db") as database:
        rows = database.execute(
            "SELECT captures.url, articles.text FROM articles JOIN captures ON captures.id = articles.capture"
        )
        return {identity(url): text for url, text in rows}


def _alone(data: Path) -> dict[str, str]:
    """Return the texts of the same captures, each page read without knowledge of the others."""
    raw = Raw(data / "raw")
    with sqlite3.connect(data / "archive.db") as database:
        places = database.execute(
            "SELECT file, offset FROM captures JOIN articles ON captures.id = articles.capture"
        ).fetchall()
    texts: dict[str, str] = {}
    for file, offset in places:
        stored = raw.get(file, offset)
        capture = stored.capture
        page = Page(capture.url, stored.body, capture.content_type, capture.fetched_at)
        found = attempt(lambda page=page: records(page))
        if isinstance(found, list) and len(found) == 1:
            texts[identity(capture.url)] = found[0].text
    return texts


if __name__ == "__main__":
    main()
