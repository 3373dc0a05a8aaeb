"""The command ``check``: its report, its exit codes, whom it tells."""

import json
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from threading import Thread

import pytest
from click.testing import CliRunner, Result

from archive.cli import main
from archive.models import Exchange
from archive.raw import Raw
from archive.store.database import open_database

# Apprise looks into the standard library's imghdr, which Python 3.11 announces the end of.
pytestmark = pytest.mark.filterwarnings("ignore:'imghdr':DeprecationWarning")

SOURCE = """title = "Union du Bocage"
kind = "union"
home = "https://union-bocage.example/"
[fetch]
via = "listing"
start = ["https://union-bocage.example/actualites"]
articles = '/actualites/'
[expect]
articles = 5
"""


def run(*arguments: str | Path) -> Result:
    return CliRunner().invoke(main, [str(argument) for argument in arguments])


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Return a folder with a declared source and an archive that holds one article of it."""
    (tmp_path / "sources").mkdir()
    (tmp_path / "sources" / "union_bocage.toml").write_text(SOURCE, "utf-8")
    database = open_database(tmp_path / "archive.db")
    with database.atomic():
        database.execute("INSERT INTO sources VALUES ('union_bocage', 'Union', 'union', '', '', 'full', '')")
        database.execute(
            "INSERT INTO captures"
            " (id, source, url, role, status, fetched_at, digest, file, offset, length, state)"
            " VALUES (1, 'union_bocage', 'https://union-bocage.example/actualites/1', 'article', 200,"
            " '2024-06-01T08:00:00Z', 'sha1:A', 'a.warc.gz', 0, 1, 'read')"
        )
        database.execute(
            "INSERT INTO articles (id, source, kind, text, words, url, capture, first_seen, last_seen)"
            " VALUES (1, 'union_bocage', 'article', 'Dix ans.', 2, 'https://union-bocage.example/actualites/1',"
            " 1, '2024-06-01T08:00:00Z', '2024-06-01T08:00:00Z')"
        )
    database.close()
    return tmp_path


def check(folder: Path, *arguments: str) -> Result:
    return run("check", "--data", folder, "--sources", folder / "sources", *arguments)


def configure(folder: Path, text: str) -> None:
    (folder / "coopress.toml").write_text(text, "utf-8")


def fill(folder: Path) -> None:
    """Make the source healthy: four more articles."""
    with sqlite3.connect(folder / "archive.db") as connection:
        for number in range(2, 6):
            connection.execute(
                "INSERT INTO articles (id, source, kind, text, words, url, capture, first_seen, last_seen)"
                " SELECT ?, source, kind, text, words, url || ?, capture, first_seen, last_seen"
                " FROM articles WHERE id = 1",
                [number, number],
            )
    connection.close()


def test_an_unhealthy_source_is_told_in_french_and_ends_with_three(folder: Path) -> None:
    result = check(folder)
    assert result.exit_code == 3
    assert result.stdout == "union_bocage — nombre d’articles : 1, au moins 5 attendus\n"


def test_a_healthy_archive_ends_with_zero(folder: Path) -> None:
    fill(folder)
    result = check(folder, "union_bocage")
    assert (result.exit_code, result.stdout) == (0, "Toutes les sources sont en bon état.\n")


def test_json_holds_each_finding_with_its_sentence(folder: Path) -> None:
    answer = json.loads(check(folder, "--json").stdout)
    assert answer["healthy"] is False
    (finding,) = answer["findings"]
    assert (finding["source"], finding["field"], finding["found"]) == ("union_bocage", "articles", 1)
    assert finding["message"].startswith("union_bocage — ")


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("[notfy]\n", "notfy"),
        ("[notify]\nurls = 'json://127.0.0.1'\n", "notify.urls"),
        ("[notify]\nurls = []\nwhen = 'never'\n", "notify.when"),
        ("[check.past_from]\nunion_bocag = 2024-06-01\n", "union_bocag"),
        ("[check.past_from]\nunion_bocage = '2024-06-01'\n", "check.past_from.union_bocage"),
        ("[notify\n", "coopress.toml"),
        ("", "notify.urls"),
    ],
)
def test_a_mistake_in_the_configuration_is_one_line_that_names_it(folder: Path, text: str, said: str) -> None:
    configure(folder, text)
    result = check(folder, "--notify")
    assert result.exit_code == 1
    assert said in result.stderr
    assert len(result.stderr.strip().splitlines()) == 1


def test_no_archive_and_no_source_are_told(folder: Path) -> None:
    assert "no-archive" in run("check", "--data", "no-archive").stderr
    assert "no_such_source" in check(folder, "no_such_source").stderr


@pytest.fixture
def inbox() -> Iterator[tuple[str, list[dict[str, str]]]]:
    """Yield the address of a webhook on loopback and the messages that it got."""
    messages: list[dict[str, str]] = []

    class Webhook(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            messages.append(json.loads(self.rfile.read(int(self.headers["Content-Length"]))))
            self.send_response(200)
            self.end_headers()

        def log_message(self, format: str, *arguments: object) -> None:
            pass

    with HTTPServer(("127.0.0.1", 0), Webhook) as server:
        thread = Thread(target=server.serve_forever, daemon=True)
        thread.start()
        yield f"json://127.0.0.1:{server.server_port}/", messages
        server.shutdown()
        thread.join()


def test_who_is_to_be_told_gets_the_report(folder: Path, inbox: tuple[str, list[dict[str, str]]]) -> None:
    pytest.importorskip("apprise")
    address, messages = inbox
    configure(folder, f'[notify]\nurls = ["{address}"]\n')
    assert check(folder, "--notify").exit_code == 3
    (message,) = messages
    assert message["title"] == "coopress : à regarder, union_bocage"
    assert message["message"] == "union_bocage — nombre d’articles : 1, au moins 5 attendus"


@pytest.mark.parametrize(("when", "count"), [("unhealthy", 0), ("always", 1)])
def test_good_news_are_told_only_where_wanted(
    folder: Path, inbox: tuple[str, list[dict[str, str]]], when: str, count: int
) -> None:
    pytest.importorskip("apprise")
    address, messages = inbox
    fill(folder)
    configure(folder, f'[notify]\nurls = ["{address}"]\nwhen = "{when}"\n')
    assert check(folder, "--notify").exit_code == 0
    assert len(messages) == count


def test_an_address_that_is_none_is_named_without_its_password(folder: Path) -> None:
    pytest.importorskip("apprise")
    configure(folder, '[notify]\nurls = ["nosuchservice://marie:secret@mail.example"]\n')
    result = check(folder, "--notify")
    assert result.exit_code == 1
    assert "nosuchservice" in result.stderr
    assert "secret" not in result.stderr
    assert "nombre d’articles" in result.stdout


def test_without_apprise_the_extra_is_named(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "apprise", None)
    configure(folder, '[notify]\nurls = ["json://127.0.0.1:9/"]\n')
    result = check(folder, "--notify")
    assert result.exit_code == 1
    assert "coopress[notify]" in result.stderr


@pytest.fixture
def recorded(tmp_path: Path) -> Path:
    """Return a WARC file with a list of news and the one article on it."""
    text = "La Scop Lavoir Neuf, à Vimoutiers (61), a fêté ses dix ans avec ses salariés. " * 4
    pages = {
        "robots.txt": ("robots", "text/plain", "User-agent: *\nAllow: /\n"),
        "actualites": ("listing", "text/html", '<a href="/actualites/dix-ans">Dix ans</a>'),
        "actualites/dix-ans": ("article", "text/html", f"<h1>Dix ans</h1><p>3 mai 2024</p><p>{text}</p>"),
    }
    with Raw(tmp_path / "web") as raw:
        for path, (role, kind, body) in pages.items():
            raw.keep(
                Exchange(
                    source="union_bocage",
                    role=role,  # type: ignore[arg-type]
                    url=f"https://union-bocage.example/{path}",
                    status=200,
                    reason="OK",
                    headers=[("Content-Type", f"{kind}; charset=utf-8")],
                    body=body.encode(),
                    fetched_at=datetime(2024, 6, 1, 8, 0, tzinfo=UTC),
                )
            )
        (file,) = raw.files()
    return file


@pytest.mark.parametrize(("least", "code", "outcome"), [(5, 3, "unhealthy"), (1, 0, "ok")])
def test_a_crawl_ends_as_check_would(
    tmp_path: Path, recorded: Path, least: int, code: int, outcome: str
) -> None:
    sources, data = tmp_path / "sources", tmp_path / "data"
    sources.mkdir()
    (sources / "union_bocage.toml").write_text(SOURCE.replace("articles = 5", f"articles = {least}"), "utf-8")
    result = run("crawl", "--sources", sources, "--data", data, "--replay", recorded)
    assert (result.exit_code, "au moins 5 attendus" in result.stderr) == (code, code == 3), result.stderr
    assert run("check", "--sources", sources, "--data", data).exit_code == code
    connection = sqlite3.connect(data / "archive.db")
    assert list(connection.execute("SELECT outcome FROM crawls")) == [(outcome,)]
    connection.close()


def test_a_crawl_tells_at_once_that_its_own_lists_lead_nowhere(tmp_path: Path, recorded: Path) -> None:
    from tests.local_site import Answer, served

    sources, data = tmp_path / "sources", tmp_path / "data"
    sources.mkdir()
    with served() as site:
        (sources / "union.toml").write_text(
            f"title = 'Union'\nkind = 'union'\nhome = '{site.home}/'\n[fetch]\nvia = 'listing'\n"
            f"start = ['{site.home}/actus']\narticles = '/actus/'\ndelay = 0.0\n",
            "utf-8",
        )
        site.pages["/actus"] = Answer("<p>Nouveau site</p>")
        program = str(Path(sys.executable).with_name("coopress"))
        command = [program, "crawl", "--sources", str(sources), "--data", str(data)]
        allowed = ["--allow-private", site.home.removeprefix("http://")]
        done = subprocess.run([*command, *allowed], capture_output=True, text=True, timeout=120, check=False)
    assert done.returncode == 3, done.stderr
    assert "union — pages d’entrée" in done.stderr
    connection = sqlite3.connect(data / "archive.db")
    assert list(connection.execute("SELECT outcome FROM crawls")) == [("unhealthy",)]
    connection.close()


def test_a_wrong_configuration_is_told_before_a_crawl(tmp_path: Path, recorded: Path) -> None:
    configure(tmp_path, "[notfy]\n")
    result = run("crawl", "--data", tmp_path, "--replay", recorded)
    assert (result.exit_code, "notfy" in result.stderr) == (1, True)
    assert not (tmp_path / "archive.db").exists()
