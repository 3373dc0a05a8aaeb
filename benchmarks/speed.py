"""How fast is it? Every run in a fresh process, contenders taking turns, on the same pages."""

import time
from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from multiprocessing import get_context
from pathlib import Path
from statistics import median, quantiles

from benchmarks.contenders import CONTENDERS, ready
from benchmarks.labelled import Collection, Labelled, flat, pages
from benchmarks.tables import BLANK

# Passes over the project's own pages before the clock runs: tables are loaded, expressions compiled.
_WARM_UP = 3
# In a language that none of them has: who asks a model of languages has loaded it.
_FOREIGN = Labelled(
    "https://spoldzielnia.example/pralnia",
    flat(
        "Pralnia jest teraz nasza\n"
        "Czternaście osób, które pracują w pralni, założyło spółdzielnię i przejęło swój zakład.\n"
        "Każdy wniósł po dwa tysiące złotych, a gmina poręczyła za kredyt na nowe maszyny i dach hali.\n"
        "Zarząd wybrano na trzy lata, wszyscy mają po jednym głosie, także ci, którzy przyszli niedawno."
    ),
    french=False,
)


@dataclass(frozen=True, slots=True)
class PageTime:
    """Seconds that one page took, of this process and on the wall."""

    cpu: float
    wall: float
    french: bool


Run = Sequence[PageTime]


def runs(names: Sequence[str], collection: Collection, shared: Path, rounds: int) -> dict[str, list[Run]]:
    """Return the runs of each contender, one a round: A B C, A B C, … so that a busy minute hits all."""
    found: dict[str, list[Run]] = {name: [] for name in names}
    for _ in range(rounds):
        for name in names:
            # A new process a run: nothing that another contender imported, cached or left behind.
            with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as pool:
                found[name].append(pool.submit(_run, name, collection, shared).result())
    return found


def _run(name: str, collection: Collection, shared: Path) -> list[PageTime]:
    read = ready(CONTENDERS[name])
    for _ in range(_WARM_UP):
        for page in (*pages("own", shared), _FOREIGN):
            read(page)
    times = []
    for page in pages(collection, shared):
        wall, cpu = time.perf_counter(), time.process_time()
        read(page)
        times.append(PageTime(time.process_time() - cpu, time.perf_counter() - wall, page.french))
    return times


def pages_a_second(run: Run) -> float:
    """Return the pages read in a second of the processor."""
    return len(run) / sum(page.cpu for page in run)


def cells(found: Sequence[Run]) -> tuple[str, ...]:
    """Return the medians over the rounds: pages a second (CPU, wall, French ones), ms a page."""
    french = [[page for page in run if page.french] for run in found]
    milliseconds = sorted(page.cpu * 1000 for run in found for page in run)
    return (
        f"{median(map(pages_a_second, found)):.1f}",
        f"{median(len(run) / sum(page.wall for page in run) for run in found):.1f}",
        f"{median(map(pages_a_second, french)):.1f}" if all(french) else BLANK,
        f"{median(milliseconds):.1f}",
        f"{quantiles(milliseconds, n=20)[-1]:.1f}",
        f"{milliseconds[-1]:.0f}",
    )


def ratio(ours: Sequence[Run], theirs: Sequence[Run]) -> float:
    """Return how many times as many pages a CPU second ours reads; the median of the rounds."""
    return median(pages_a_second(a) / pages_a_second(b) for a, b in zip(ours, theirs, strict=True))
