"""How is the archive served on this machine? Datasette on ``archive.db``, read-only, in French."""

import json
import multiprocessing
import os
import signal
import socket
import sqlite3
import threading
from contextlib import closing
from functools import partial
from multiprocessing.connection import wait
from pathlib import Path
from typing import Any

import click
import sqlite_utils
import uvicorn
from datasette.app import Datasette
from uvicorn.supervisors import Multiprocess

from archive.errors import StoreError
from archive.serve.typography import typeset_metadata
from archive.store.database import open_database
from archive.store.migrations import migrations

SETTINGS = {
    "default_page_size": 50,
    "max_returned_rows": 2000,
    "sql_time_limit_ms": 3000,
    "cache_size_kb": 48_000,  # for each of three threads; SQLite's own 2 MB hold no large index
    "default_facet_size": 15,
    "facet_time_limit_ms": 3000,  # departments: 0.4 s for 200,000 articles, kept once counted
    "suggest_facets": False,  # slower than the page itself; each column offers « compter par valeur »
    "truncate_cells_html": 300,
    "allow_facet": True,
    "allow_csv_stream": True,
    "allow_download": False,  # the texts belong to their publishers
    "default_cache_ttl": 0,  # a row that a crawl has just committed is seen at once
}

_HERE = Path(__file__).parent
_LOOPBACK = {"127.0.0.1", "::1", "localhost"}


def serve(data: Path, host: str, port: int, public: bool = False, processes: int = 1) -> None:
    """Serve ``DATA/archive.db`` until interrupted, and print the address once it listens.

    ``public`` shows what rights and take-downs allow, and no more. Of several ``processes`` each answers the
    requests that it takes first; one that dies is replaced.
    ``port`` 0 takes a free one. Raises ``StoreError`` when there is no archive, when the file is none, or
    when the address cannot be listened on.
    """
    _check(data / "archive.db")
    _bring_up_to_date(data / "archive.db")
    application = partial(_application, data / "archive.db", public, processes)
    listening = _listen(host, port)
    click.echo(f"http://{_shown_host(host)}:{listening.getsockname()[1]}/")
    if host not in _LOOPBACK:
        click.echo("other machines can read this archive; stop with Ctrl-C", err=True)
    config = uvicorn.Config(application, factory=True, lifespan="on", log_level="warning", access_log=False)
    config.workers = processes
    with listening:
        if processes > 1:
            Multiprocess(config, sockets=[listening]).run()
        else:
            uvicorn.Server(config).run(sockets=[listening])


def instance(database: Path, public: bool = False, processes: int = 1) -> Datasette:
    """Return Datasette on one archive, which it never writes to.

    ``public`` keeps visitors to our own pages, without SQL, texts as their sources grant them. It is one of
    so many ``processes`` that share what a visitor may ask.

    Raises ``StoreError`` when the file is missing or holds no archive.
    """
    _check(database)
    described = metadata()
    described.setdefault("plugins", {}).setdefault("coopress", {}).update(public=public, processes=processes)
    settings = {**SETTINGS, "default_allow_sql": False, "allow_facet": False} if public else SETTINGS
    return Datasette([str(database)], metadata=described, settings=settings)


def metadata() -> dict[str, Any]:
    """Return the titles, descriptions and queries of the archive's pages."""
    found: dict[str, Any] = typeset_metadata(json.loads(metadata_path().read_text("utf-8")))
    return found


def metadata_path() -> Path:
    """Return where ``datasette_metadata.json`` lies: beside this module once installed, else at the top."""
    installed = _HERE / "datasette_metadata.json"
    return installed if installed.exists() else _HERE.parents[1] / "datasette_metadata.json"


def _application(database: Path, public: bool, processes: int) -> Any:
    if (parent := multiprocessing.parent_process()) is not None:
        threading.Thread(target=_end_after, args=[parent.sentinel], daemon=True).start()
    return instance(database, public, processes).app()


def _end_after(parent: int) -> None:
    """End this process as Ctrl-C does once the one that began it is gone, even if it was killed."""
    wait([parent])
    os.kill(os.getpid(), signal.SIGTERM)


def _bring_up_to_date(database: Path) -> None:
    """Migrate and index an older release's archive; one that cannot be written to must be current."""
    try:
        open_database(database).close()
    except StoreError:
        with closing(sqlite3.connect(f"{database.resolve().as_uri()}?mode=ro", uri=True)) as connection:
            if migrations.pending(sqlite_utils.Database(connection)):
                raise


def _check(database: Path) -> None:
    if not database.is_file():
        raise StoreError(f"{database}: no archive here yet; `coopress crawl` or `coopress demo` makes one")
    try:
        connection = sqlite3.connect(f"{database.resolve().as_uri()}?mode=ro", uri=True)
        try:
            found = connection.execute("select 1 from sqlite_master where name = 'articles'").fetchone()
        finally:
            connection.close()
    except sqlite3.DatabaseError as error:
        raise StoreError(f"{database}: cannot be read as an archive ({error})") from error
    if found is None:
        raise StoreError(f"{database}: holds no table of articles; is it another database?")


def _listen(host: str, port: int) -> socket.socket:
    """Take the port before anything is printed, so that the address printed is the one that answers."""
    try:
        family, kind, protocol, _, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
        listening = socket.socket(family, kind, protocol)
    except OSError as error:
        raise StoreError(f"{host}:{port}: not an address of this machine ({error})") from error
    try:
        listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listening.bind(address)
        listening.listen(128)
    except OSError as error:
        listening.close()
        raise StoreError(
            f"{host}:{port}: cannot listen here ({error.strerror}); try another --port"
        ) from error
    return listening


def _shown_host(host: str) -> str:
    return f"[{host}]" if ":" in host else host
