"""What does it cost to know 50,000 co-ops by name, and are the right ones found?"""

import json
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from multiprocessing import get_context
from pathlib import Path
from statistics import median, quantiles
from typing import Any

import click

from archive.directory import Directory
from archive.models import Page, Passage
from archive.parsers.coop_names import bare
from archive.parsers.coops import coops
from archive.parsers.departments import departments
from archive.parsers.records import records
from benchmarks import invented
from benchmarks.contenders import offline
from benchmarks.labelled import SHARED, flat
from benchmarks.memory import resident
from benchmarks.tables import machine, share, table

_PARTS = ("directory", "gold", "spacy")
# Enough for a 95th percentile that ten slow ones decide.
_ARTICLES = 200
# A gold label may say « la Scop X », a recogniser « X ».
_FORM_WORDS = frozenset(("scop", "scic", "cae", "sarl", "sas", "sa", "cooperative", "societe", "groupe"))


@click.command()
@click.option(
    "--only",
    type=click.Choice(_PARTS),
    multiple=True,
    help="What to measure; may be given several times. spacy needs the extra benchmark-ner."
    "  [default: directory, gold]",
)
@click.option(
    "--names", type=click.IntRange(100), default=50_000, show_default=True, help="Size of the directory."
)
@click.option(
    "--shared",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    help="Folder of the labelled collections.  [default: ../shared of the project, where it is]",
)
def main(only: tuple[str, ...], names: int, shared: Path | None) -> None:
    """Print Markdown tables of what recognising co-ops costs, and of how right it is.

    \b
        python -m benchmarks.recognition
        python -m benchmarks.recognition --only gold --only spacy
    """
    gold = (shared or SHARED) / "gold" / "dev.jsonl"
    parts = only or _parts_at_hand(gold)
    if {"gold", "spacy"} & set(parts) and not gold.is_file():
        raise click.ClickException(f"{gold}: no labelled texts there to compare on")
    recognisers = _recognisers(parts)
    click.echo(f"{machine()}\n")
    if "directory" in parts:
        _print_directory(names)
    if recognisers:
        _print_gold(gold, recognisers)


def _parts_at_hand(gold: Path) -> tuple[str, ...]:
    if gold.is_file():
        return ("directory", "gold")
    click.echo(f"{gold} is absent: only the cost of a directory is measured", err=True)
    return ("directory",)


# --- the cost of a directory ------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Weight:
    """Seconds to build a directory, and MiB of its entries and of what finds them."""

    seconds: float
    entries: float
    automaton: float


def weigh(names: int) -> Weight:
    """Build a directory of ``names`` invented co-ops in this process and say what it took."""
    before = resident()
    entries = invented.entries(names)
    between = resident()
    start = time.process_time()
    directory = Directory(entries)
    spent = time.process_time() - start
    after = resident()
    assert len(directory.entries) == names, "names are invented without doubles"
    return Weight(spent, between - before, after - between)


def _print_directory(names: int) -> None:
    # In a process of its own: memory that this one has already held and freed would hide the difference.
    with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as pool:
        weight = pool.submit(weigh, names).result()
    click.echo(f"### A directory of {names} invented co-ops\n")
    figures = (f"{weight.seconds:.2f}", f"{weight.entries:.0f}", f"{weight.automaton:.0f}")
    click.echo(table(("", "build, s (CPU)", "entries, MiB", "automaton, MiB"), [("Directory", *figures)]))
    click.echo(f"\n### An article of some 500 words ({_ARTICLES} of them, each naming eleven known co-ops)\n")
    click.echo(table(("", "found a page", "ms, median", "ms, 95 %"), _timings(names)))
    click.echo()


def _timings(names: int) -> Iterator[tuple[str, ...]]:
    """Yield a row for each step that looks for names in a text."""
    entries = invented.entries(names)
    directory = Directory(entries)
    texts = invented.articles(entries, _ARTICLES)
    passages = {text: (Passage("text", text),) for text in texts}
    places = {text: departments(passages[text]) for text in texts}
    steps: dict[str, Callable[[str], Sequence[object]]] = {
        "Directory.matches": directory.matches,
        "departments": lambda text: departments(passages[text]),
        "coops, no directory": lambda text: coops(passages[text], places[text], None, "fr"),
        "coops, with the directory": lambda text: coops(passages[text], places[text], directory, "fr"),
        "departments, then coops": lambda text: coops(
            passages[text], departments(passages[text]), directory, "fr"
        ),
    }
    for name, step in steps.items():
        found, milliseconds = zip(*(_timed(step, text) for text in texts), strict=True)
        yield (
            name,
            f"{median(found):.0f}",
            f"{median(milliseconds):.2f}",
            f"{quantiles(milliseconds, n=20)[-1]:.2f}",
        )


def _timed(step: Callable[[str], Sequence[object]], text: str) -> tuple[int, float]:
    start = time.process_time()
    found = step(text)
    return len(found), (time.process_time() - start) * 1000


# --- right or wrong, on real texts ------------------------------------------------------------

Recogniser = Callable[[str], set[str]]


def _recognisers(parts: Sequence[str]) -> dict[str, Recogniser]:
    """Return what finds the names of co-ops in a text, by name; raises ClickException when one is missing."""
    found: dict[str, Recogniser] = {}
    if "gold" in parts:
        found["coopress"] = _coopress
    if "spacy" in parts:
        offline()
        try:
            from benchmarks.named_entities import entities, entities_and_rules

            found |= {"spaCy": entities(), "spaCy and rules": entities_and_rules()}
        except ImportError as error:
            raise click.ClickException(
                f"spaCy or its French model cannot be imported ({error}): run "
                "pip install -e '.[benchmark-ner]', or choose with --only"
            ) from error
    return found


def _coopress(text: str) -> set[str]:
    found = records(Page("https://texte.example/", flat(text)))
    return {mention.name for record in found for mention in record.coops}


def _print_gold(path: Path, recognisers: dict[str, Recogniser]) -> None:
    labels = [json.loads(line) for line in path.read_text("utf-8").splitlines()]
    labels = [label for label in labels if label.get("text")]
    rows = [(name, *_judged(find, labels)) for name, find in recognisers.items()]
    click.echo(f"### Names of co-ops in gold texts ({len(labels)})\n")
    click.echo(table(("", "precision", "recall", "F1", "ms a text"), rows))


def _judged(find: Recogniser, labels: Sequence[dict[str, Any]]) -> tuple[str, ...]:
    right = missed = invented_names = 0
    find(labels[0]["text"])  # whatever is loaded at the first use
    spent = 0.0
    for label in labels:
        start = time.process_time()
        names = find(label["text"])
        spent += time.process_time() - start
        wanted = {spelled(coop["name"]) for coop in label["coops"] if coop.get("in", "body") == "body"}
        optional = {
            spelled(coop if isinstance(coop, str) else coop["name"]) for coop in label["coops_optional"]
        }
        found = set(map(spelled, names)) - {""}
        right += len(found & wanted)
        missed += len(wanted - found)
        invented_names += len(found - wanted - optional)
    return (
        share(right, right + invented_names),
        share(right, right + missed),
        share(2 * right, 2 * right + missed + invented_names),
        f"{spent * 1000 / len(labels):.0f}",
    )


def spelled(name: str) -> str:
    """Return one spelling for a name with and without its form, articles, capitals and accents.

    >>> spelled("la Scop Les Équerres"), spelled("Équerres"), spelled("Scop")
    ('equerres', 'equerres', 'scop')
    """
    shorter, plain = bare(name), ""
    while shorter != plain:
        plain = shorter
        first, _, rest = plain.partition(" ")
        shorter = bare(rest) if rest and first in _FORM_WORDS else plain
    return plain


if __name__ == "__main__":
    main()
