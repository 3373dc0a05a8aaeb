"""Does a crawl outlive a hostile web? Every case is a source of one crawl; beside them stands a quiet one."""

import fnmatch
import ssl
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from contextlib import closing, suppress
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from tempfile import NamedTemporaryFile, TemporaryDirectory

import click
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID
from sqlite_utils import Database

from archive.limits import Limits
from benchmarks.hostile_cases import ARTICLE, FORBIDDEN, Case, Outcome, all_cases
from benchmarks.hostile_site import Answer, Server, Visit, served
from benchmarks.memory import held_by_group, peaks_of_group
from benchmarks.tables import machine, table

# The source that behaves, and how many articles it has.
QUIET = "quiet"
_ARTICLES = 30
# A crawl that takes longer hangs: it is ended, and says where it was.
_MOST_SECONDS = 600
_ENDED_BY_US = 124  # exit code of ``timeout``
_ENDS_WELL = (0, 3)  # everything read; sources that are not healthy
_LOOK_EVERY = 0.1
_LIMITS = "[limits]\nseconds = {seconds}\nretries = 1\nmegabytes = {size}\nrequests = 60\nlistings = 50\n"
_PROGRAM = "from archive.cli import main; main()"


@dataclass(frozen=True)
class Row:
    """What came of one case: the titles of its records, its problems as (stage, error), and what it cost."""

    name: str
    expected: Outcome
    records: tuple[str, ...]
    problems: tuple[tuple[str, str], ...]
    asked: int
    most: int
    seconds: float

    @property
    def as_expected(self) -> bool:
        """Say whether the case ended as it must, within its number of requests."""
        found = {"record": self.records, "problem": self.problems, "either": (*self.records, *self.problems)}
        return bool(found[self.expected]) and self.asked <= self.most


@dataclass(frozen=True)
class Report:
    """One crawl of all cases.

    ``peak`` is what the process of the crawl held at its worst, ``reader`` what the largest of its readers
    held, ``together`` what all its processes held at once, what they share counted once, in MiB;
    ``intruders`` the paths asked for where none may go.
    """

    rows: tuple[Row, ...]
    quiet: int
    peak: float
    reader: float
    together: float
    seconds: float
    exit_code: int
    talk: str
    intruders: tuple[str, ...]


def crawl(
    cases: Mapping[str, Case], seconds: float, folder: Path, size: float = 8, readers: int | None = None
) -> Report:
    """Crawl all cases at once into ``folder``, each response given ``seconds`` and ``size`` MiB at most."""
    hosts = {name: f"127.0.{7 + number // 200}.{1 + number % 200}" for number, name in enumerate(cases)}
    answers: dict[str, Answer] = {hosts[name]: case.answer for name, case in cases.items()}
    answers |= {"127.0.6.1": _quiet, FORBIDDEN: _quiet}
    with served(answers, _nobody(folder)) as server:
        _declare(folder, server, cases, hosts)
        (folder / "data").mkdir()
        (folder / "data" / "coopress.toml").write_text(_LIMITS.format(seconds=seconds, size=size), "utf-8")
        arguments = ["crawl", "--sources", str(folder / "sources"), "--data", str(folder / "data")]
        for host in (*hosts.values(), "127.0.6.1"):
            for port in (server.port, server.tls_port):
                arguments += ["--allow-private", f"{host}:{port}"]
        if readers is not None:
            arguments += ["--readers", str(readers)]
        start = time.monotonic()
        command = ["timeout", "--signal=ABRT", str(_MOST_SECONDS), sys.executable, "-X", "faulthandler", "-c"]
        code, talk, peaks = _watched([*command, _PROGRAM, *arguments])
        took = time.monotonic() - start
    found = _found(folder / "data" / "archive.db")
    rows = tuple(
        Row(
            name,
            case.outcome,
            *found.get(slug(name), ((), ())),
            len(server.asked.get(hosts[name], ())),
            case.most,
            server.seconds(hosts[name]),
        )
        for name, case in cases.items()
    )
    quiet = len(found.get(QUIET, ((), ()))[0])
    intruders = tuple(server.asked.get(FORBIDDEN, ()))
    return Report(rows, quiet, *peaks, took, code, talk, intruders)


def _watched(command: Sequence[str]) -> tuple[int, str, tuple[float, float, float]]:
    """Run a crawl; return its exit code, its talk, and what it, its largest reader and all held (MiB)."""
    with NamedTemporaryFile("w+", encoding="utf-8") as talk:
        running = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=talk)
        peaks: dict[tuple[int, int], int] = {}
        together = 0.0
        while True:
            peaks |= peaks_of_group(running.pid)
            together = max(together, held_by_group(running.pid))
            with suppress(subprocess.TimeoutExpired):
                code = running.wait(_LOOK_EVERY)
                break
        talk.seek(0)
        # ``timeout`` leads the group and starts the crawl, which starts all others.
        crawl = max((held for (_, parent), held in peaks.items() if parent == running.pid), default=0)
        others = (held for (number, parent), held in peaks.items() if running.pid not in (number, parent))
        return code, talk.read(), (crawl / 1024, max(others, default=0) / 1024, together)


def slug(name: str) -> str:
    """Return the slug of a case's source.

    >>> slug("to [::1]")
    'to_5b3a3a15d'
    """
    return "".join(
        c if c.isalnum() and c.isascii() else "_" if c == " " else f"{ord(c):x}" for c in name.lower()
    )


def _declare(folder: Path, server: Server, cases: Mapping[str, Case], hosts: Mapping[str, str]) -> None:
    sources = folder / "sources"
    sources.mkdir()
    for name, case in cases.items():
        scheme, port = ("https", server.tls_port) if case.secure else ("http", server.port)
        _source(sources / f"{slug(name)}.toml", f"{scheme}://{hosts[name]}:{port}", case)
    _source(sources / f"{QUIET}.toml", f"http://127.0.6.1:{server.port}", Case(_quiet, "record"))


def _source(path: Path, home: str, case: Case) -> None:
    path.write_text(
        f'title = "{path.stem}"\nkind = "blog"\nhome = "{home}/"\n[fetch]\nvia = "{case.via}"\n'
        f"start = [\"{home}{case.start}\"]\narticles = '/a/'\ndelay = 0.0\n",
        "utf-8",
    )


async def _quiet(visit: Visit) -> None:
    """Answer as a site should."""
    if visit.path == "/":
        await visit.page("".join(f'<a href="/a/{n}">Lire</a>' for n in range(_ARTICLES)).encode())
    elif visit.path.startswith("/a/"):
        await visit.page(ARTICLE.encode())
    else:
        await visit.page(b"", status=404)


def _found(database: Path) -> dict[str, tuple[tuple[str, ...], tuple[tuple[str, str], ...]]]:
    """Return the records' titles and the problems of each source."""
    with closing(Database(database)) as archive:
        slugs = [row["slug"] for row in archive["sources"].rows]
        return {
            name: (
                tuple(row["title"] or "" for row in archive["articles"].rows_where("source = ?", [name])),
                tuple(
                    (row["stage"], row["error"])
                    for row in archive["problems"].rows_where("source = ?", [name])
                ),
            )
            for name in slugs
        }


def _nobody(folder: Path) -> ssl.SSLContext:
    """Return a server's side of TLS with a certificate that nobody vouches for."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "nobody.example")])
    now = datetime.now(UTC)
    builder = x509.CertificateBuilder(name, name, key.public_key(), x509.random_serial_number())
    signed = builder.not_valid_before(now).not_valid_after(now + timedelta(days=1)).sign(key, hashes.SHA256())
    pem = key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    file = folder / "nobody.pem"
    file.write_bytes(pem + signed.public_bytes(serialization.Encoding.PEM))
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(file)
    return context


@click.command()
@click.option("--seconds", type=float, default=15.0, show_default=True, help="What one response may take.")
@click.option(
    "--megabytes",
    type=float,
    default=Limits().megabytes,
    show_default=True,
    help="What one response may weigh.",
)
@click.option("--readers", type=click.IntRange(0), help="As of a crawl; usually one for each processor.")
@click.option("--only", default="*", show_default=True, help="Cases to play, as a shell pattern.")
def main(seconds: float, megabytes: float, readers: int | None, only: str) -> None:
    """Print a Markdown table of what a crawl makes of each hostile case.

    \b
        python -m benchmarks.hostile
        python -m benchmarks.hostile --only 'sitemap*'
    """
    cases = {name: case for name, case in all_cases().items() if fnmatch.fnmatch(name, only)}
    with TemporaryDirectory() as folder:
        report = crawl(cases, seconds, Path(folder), megabytes, readers)
    click.echo(report.talk, err=True)
    head = ("case", "ended as", "requests", "seconds", "what stands in the archive")
    click.echo(f"{machine()}\n\n### A crawl of {len(cases)} hostile sites at once\n")
    click.echo(table(head, map(_line, report.rows)))
    wrong = [row.name for row in report.rows if not row.as_expected]
    click.echo(
        f"\n{len(cases) - len(wrong)} of {len(cases)} as they must; "
        f"the quiet source: {report.quiet} of {_ARTICLES} articles; "
        f"peak {report.peak:.0f} MiB, of a reader {report.reader:.0f} MiB, "
        f"of all together {report.together:.0f} MiB; "
        f"{report.seconds:.0f} s; exit code {report.exit_code}; "
        f"{len(report.intruders)} requests where none may go"
    )
    if report.exit_code == _ENDED_BY_US:
        raise click.ClickException(f"the crawl was ended after {_MOST_SECONDS} seconds")
    sys.exit(1 if wrong or report.exit_code not in _ENDS_WELL or report.intruders else 0)


def _line(row: Row) -> Sequence[str]:
    ended = "record" if row.records else "problem" if row.problems else "nothing"
    said = "; ".join(
        [*(title[:60] for title in row.records[:2]), *(f"{s}: {e[:160]}" for s, e in row.problems[:3])]
    )
    mark = "" if row.as_expected else " (wrong)"
    return (
        row.name,
        ended + mark,
        str(row.asked),
        f"{row.seconds:.1f}",
        said.replace("|", "/").replace("\n", " "),
    )


if __name__ == "__main__":
    main()
