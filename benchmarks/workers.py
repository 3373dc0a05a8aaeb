"""Do two workers on one Redis archive every page once when one is killed, and keep their distance?"""

import random
import shutil
import signal
import subprocess
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

import click

from benchmarks import audit
from benchmarks.local_site import LocalSite, served
from benchmarks.tables import machine, table

_MOST_SECONDS = 900
# As little as a worker needs that is not back, so that a trial takes minutes: what a lease grants is no
# matter of what is kept. It must be longer than a worker may stand still.
_SHORT = "[limits]\nlease = 10\ndoubt = 20\n"
PROGRAMS = ("redis-server", "valkey-server")


@click.command()
@click.option("--pages", type=click.IntRange(1, 5000), default=100, show_default=True, help="Articles.")
@click.option("--delay", type=float, default=0.1, show_default=True, help="Seconds between two requests.")
@click.option("--trials", type=click.IntRange(1), default=3, show_default=True)
@click.option("--seed", type=int, help="Of the moments; a new one each time, when not given.")
@click.option(
    "--back/--not-back", default=True, help="Start the killed worker again, or never (short leases)."
)
def main(pages: int, delay: float, trials: int, seed: int | None, back: bool) -> None:
    """Print a Markdown table: pages archived by two workers of which one is killed, and the least gap.

    Exit code 1 if a page is lost, stored twice, or asked for too soon after another.

    \b
        python -m benchmarks.workers --seed 5
    """
    seed = random.randrange(10_000) if seed is None else seed
    chance, rows, wrong = random.Random(seed), [], 0
    for _ in range(trials):
        with redis_server() as address, served(pages) as site, TemporaryDirectory() as folder:
            moment = chance.uniform(0.1, 0.9)
            archives = crawled(site, Path(folder), address, delay, moment, back)
            stored, expected = audit.responses(archives), site.pages.keys() - {"/robots.txt"}
            shares = [audit.responses([archive]).total() for archive in archives]
            gap = site.least_gap()
        rows.append((f"{moment:.2f}", audit.verdict(stored, expected), str(shares), f"{gap:.3f}"))
        click.echo(rows[-1], err=True)
        wrong += set(stored) != expected or max(stored.values()) > 1 or gap < delay
    click.echo(f"{machine()}\n\n### Two workers, one killed: {pages} articles, {delay} s (seed {seed})\n")
    click.echo(table(("killed after, of all", "archived", "by worker", "least gap, s"), rows))
    if wrong:
        raise click.ClickException(f"{wrong} of {trials} trials went wrong")


def crawled(
    site: LocalSite, folder: Path, address: str, delay: float, moment: float, back: bool
) -> list[Path]:
    """Let two workers crawl ``site``, kill one after a share of the pages, and return their archives."""
    sources = site.declare(folder / "sources", delay)
    archives = [folder / "one", folder / "two"]
    for data in archives:
        data.mkdir()
        (data / "coopress.toml").write_text("" if back else _SHORT, "utf-8")
    one, two = (site.crawl_command(sources, data, "--frontier", address) for data in archives)
    with _started(one) as victim:
        _wait_for(victim, lambda: len(site.counts()) > 2)  # the list is read
        victim.send_signal(signal.SIGSTOP)
        with _started(two) as other:
            _wait_for(other, lambda: sum(asked.path == "/robots.txt" for asked in site.asked) > 1)
            victim.send_signal(signal.SIGCONT)
            _wait_for(other, lambda: len(site.counts()) >= moment * (len(site.pages) - 1))
            victim.kill()
            victim.wait()
            codes = [_end(_started(one))] if back else []
            codes.append(other.wait(_MOST_SECONDS))
    if any(codes):
        raise click.ClickException(f"a worker ended with {codes}")
    return archives


def _wait_for(worker: "subprocess.Popen[bytes]", comes: Callable[[], bool]) -> None:
    """Wait until something ``comes`` true while a worker is at it."""
    while not comes():
        if worker.poll() is not None:
            raise click.ClickException(f"a worker ended too soon, with {worker.returncode}")
        _wait(worker, 0.01)


def _started(command: list[str]) -> "subprocess.Popen[bytes]":
    return subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)


def _end(worker: "subprocess.Popen[bytes]") -> int:
    with worker:
        return worker.wait(_MOST_SECONDS)


def _wait(crawl: "subprocess.Popen[bytes]", seconds: float) -> None:
    try:
        crawl.wait(seconds)
    except subprocess.TimeoutExpired:
        return


@contextmanager
def redis_server() -> Iterator[str]:
    """Serve a Redis of our own on a socket in a temporary folder, and give its address."""
    program = next(filter(None, map(shutil.which, PROGRAMS)), None)
    if program is None:
        raise click.ClickException("neither redis-server nor valkey-server is installed")
    with TemporaryDirectory(prefix="redis") as folder:  # a socket's path has to be short
        socket = Path(folder) / "socket"
        settings = ["--port", "0", "--unixsocket", str(socket), "--dir", folder, "--save", ""]
        with subprocess.Popen([program, *settings], stdout=subprocess.PIPE, text=True) as server:
            assert server.stdout is not None
            next(line for line in server.stdout if "ready to accept connections" in line.lower())
            try:
                yield f"unix://{socket}"
            finally:
                server.terminate()
                server.stdout.read()


if __name__ == "__main__":
    main()
