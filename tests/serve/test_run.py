import signal
import socket
import sqlite3
import subprocess
import sys
import urllib.request
from pathlib import Path

import pytest
from datasette.app import Datasette

from archive.errors import StoreError
from archive.serve import run
from archive.store.database import open_database


def test_a_missing_archive_is_one_clear_message(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="no archive here yet"):
        run.serve(tmp_path, "127.0.0.1", 0)
    assert list(tmp_path.iterdir()) == []


def test_a_file_that_is_no_database_is_named(tmp_path: Path) -> None:
    (tmp_path / "archive.db").write_text("bonjour " * 100)
    with pytest.raises(StoreError, match=r"archive\.db: cannot be read as an archive"):
        run.serve(tmp_path, "127.0.0.1", 0)


def test_another_database_is_not_an_archive(tmp_path: Path) -> None:
    other = sqlite3.connect(tmp_path / "archive.db")
    other.execute("create table other (id)")
    other.close()
    with pytest.raises(StoreError, match="holds no table of articles"):
        run.serve(tmp_path, "127.0.0.1", 0)


def test_a_port_in_use_is_one_clear_message(archive_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        with pytest.raises(StoreError, match=f"127.0.0.1:{port}: cannot listen here .* another --port"):
            run.serve(archive_path.parent, "127.0.0.1", port)


def test_an_address_of_another_machine_is_refused(archive_path: Path) -> None:
    with pytest.raises(StoreError, match=r"192\.0\.2\.1:8001"):
        run.serve(archive_path.parent, "192.0.2.1", 8001)


def test_an_archive_that_cannot_be_written_to_is_served_if_it_is_of_this_release(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(path: Path) -> None:
        raise StoreError(f"{path}: attempt to write a readonly database")

    path = tmp_path / "archive.db"
    open_database(path).close()
    monkeypatch.setattr(run, "open_database", refuse)
    run._bring_up_to_date(path)
    older = sqlite3.connect(path)
    older.execute("delete from _sqlite_migrations where name = 'm063_titles_told'")
    older.commit()
    older.close()
    with pytest.raises(StoreError, match="readonly"):
        run._bring_up_to_date(path)


def test_the_address_printed_answers(archive_path: Path) -> None:
    code = (
        "import sys, pathlib, archive.serve.run as run; run.serve(pathlib.Path(sys.argv[1]), '127.0.0.1', 0)"
    )
    command = [sys.executable, "-c", code, str(archive_path.parent)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as server:
        try:
            assert server.stdout is not None
            address = server.stdout.readline().strip()
            with urllib.request.urlopen(
                f"{address}archive/articles.json?_shape=array&_size=1", timeout=20
            ) as answer:
                assert b'"published"' in answer.read()
        finally:
            server.terminate()


@pytest.mark.parametrize("end", [signal.SIGTERM, signal.SIGINT, signal.SIGKILL])
def test_several_processes_answer_and_end_with_the_one_that_began_them(
    archive_path: Path, end: signal.Signals
) -> None:
    code = (
        "import sys, pathlib, archive.serve.run as run;"
        " run.serve(pathlib.Path(sys.argv[1]), '127.0.0.1', 0, processes=2)"
    )
    command = [sys.executable, "-c", code, str(archive_path.parent)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as server:
        assert server.stdout is not None
        address = server.stdout.readline().strip()
        for _ in range(8):
            with urllib.request.urlopen(f"{address}recherche?q=scop", timeout=60) as answer:
                assert b"Recherche" in answer.read()
        server.send_signal(end)
        # The pipe is at its end once every process that could write to it is gone.
        assert server.stdout.read() == ""


async def test_a_row_committed_meanwhile_is_seen_at_once(archive: Datasette, archive_path: Path) -> None:
    count = "/archive.json?sql=select+count(*)+as+n+from+saved_searches&_shape=array"
    before = (await archive.client.get(count)).json()[0]["n"]
    crawl = sqlite3.connect(archive_path)
    crawl.execute("insert into saved_searches(title, query, created_at) values ('a', 'b', '2026-01-01')")
    crawl.commit()
    after = await archive.client.get(count)
    crawl.execute("delete from saved_searches where title = 'a'")
    crawl.commit()
    crawl.close()
    assert after.json()[0]["n"] == before + 1
    assert after.headers["cache-control"] == "no-cache"


async def test_another_database_beside_or_instead_is_shown_too(archive_path: Path, tmp_path: Path) -> None:
    other = tmp_path / "other.db"
    connection = sqlite3.connect(other)
    connection.execute("create table articles as select 1 as id, 'a' as title")
    connection.commit()
    connection.close()
    for files in ([other], [archive_path, other]):
        served = Datasette([str(file) for file in files], settings=run.SETTINGS)
        await served.invoke_startup()
        for path in ("/", "/other", "/other/articles", "/other/articles/1"):
            assert (await served.client.get(path)).status_code == 200
        for database in served.databases.values():
            database.close()
        served.executor.shutdown(wait=True)


async def test_the_hooks_are_there_whichever_is_imported_first() -> None:
    for first, second in (("datasette.app", "archive.serve.run"), ("archive.serve.run", "datasette.app")):
        code = (
            f"import {first}, {second}; from datasette.plugins import pm; import archive.serve;"
            "print(len(pm.get_hookcallers(archive.serve)))"
        )
        shown = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
        assert int(shown.stdout) >= 7
