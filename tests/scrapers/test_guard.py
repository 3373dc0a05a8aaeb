"""A crawl reaches the public web and what it was allowed, nothing else on this machine or network."""

import json
import socket
import subprocess
import sys
import threading
import zlib
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any, cast

import pytest
from scrapy.resolver import dnscache
from twisted.internet.error import DNSLookupError
from twisted.python.failure import Failure

from archive.limits import Limits
from scrapers.guard import PublicResolver, is_public
from scrapers.settings import settings

# Crawls one source and prints what was kept; a process of its own, since each can reach the web only once.
CRAWL = """
import json, sys
from pathlib import Path
from archive.sources import load
from scrapers.crawl import Options, crawl
from tests.scrapers.conftest import Shelf

shelf = Shelf()
crawl([load(Path(sys.argv[1]))], shelf, Options(Path(sys.argv[2]), allow_private=tuple(sys.argv[3:])))
kept = [
    [e.url.split("/", 3)[3], e.status, len(e.body), dict(e.request_headers)["User-Agent"]]
    for e in shelf.exchanges
]
print(json.dumps([kept, [problem[1:] for problem in shelf.problems]]))
"""
ROOT = Path(__file__).parent.parent.parent
BOMB = Limits().size + 1024 * 1024


class Site(BaseHTTPRequestHandler):
    """A small site with doors that lead where a crawl must not go."""

    asked: list[str]
    port: int

    def log_message(self, format: str, *args: object) -> None:
        """Say nothing."""

    def do_GET(self) -> None:
        self.asked.append(self.path)
        status, headers, body = self.answer()
        self.send_response(status)
        for name, value in {"Content-Type": "text/html", "Content-Length": str(len(body)), **headers}.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)

    def answer(self) -> tuple[int, dict[str, str], bytes]:
        if self.path == "/":
            doors = [f"/a/{name}" for name in ("page", "port", "file", "bomb")]
            doors.append(f"http://localhost:{self.port}/a/name")
            return 200, {}, "".join(f'<a href="{door}">a</a>' for door in doors).encode()
        if self.path == "/robots.txt":
            return 200, {"Content-Type": "text/plain"}, b"User-agent: *\nDisallow: /prive\n"
        if self.path == "/a/port":
            return 302, {"Location": "http://127.0.0.1:9/secret"}, b""
        if self.path == "/a/file":
            return 302, {"Location": "file:///etc/hostname"}, b""
        if self.path == "/a/bomb":
            packer = zlib.compressobj(9, wbits=31)
            packed = b"".join(packer.compress(bytes(1 << 20)) for _ in range(BOMB >> 20)) + packer.flush()
            return 200, {"Content-Encoding": "gzip"}, packed
        return 200, {}, b"<p>page</p>"


@pytest.fixture
def site() -> Iterator[type[Site]]:
    handler = type("Handler", (Site,), {"asked": []})
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        handler.port = server.server_port
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        yield handler
        server.shutdown()
        thread.join()


def run(
    site: type[Site], folder: Path, *allowed: str
) -> tuple[list[tuple[str, int, int, str]], list[list[str]]]:
    home = f"http://127.0.0.1:{site.port}/"
    source = folder / "local.toml"
    source.write_text(
        f'title = "Local"\nkind = "blog"\nhome = "{home}"\n[fetch]\nvia = "listing"\nstart = ["{home}"]\n'
        "articles = '/a/'\ndelay = 0.0\nallow = [\"localhost\"]\n",
        "utf-8",
    )
    command = [sys.executable, "-c", CRAWL, str(source), str(folder / "data"), *allowed]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=60, check=True)
    kept, problems = json.loads(done.stdout)
    return kept, problems


def test_an_allowed_address_is_crawled_and_no_door_leads_out(site: type[Site], tmp_path: Path):
    kept, problems = run(site, tmp_path, f"127.0.0.1:{site.port}")
    assert [path for path, *_ in kept[:2]] == ["robots.txt", ".well-known/tdmrep.json"]
    answers = {path: status for path, status, _, _ in kept[2:]}
    sizes = {path: size for path, _, size, _ in kept}
    assert answers == {"": 200, "a/page": 200, "a/port": 302, "a/file": 302, "a/bomb": 200}
    # The archive keeps the bomb as it came, still packed; it is never unpacked beyond the limit.
    assert sizes["a/bomb"] < BOMB / 100
    assert sorted(site.asked[2:]) == ["/", "/a/bomb", "/a/file", "/a/page", "/a/port"]
    # « localhost » was not allowed by that name: the resolver refuses it.
    assert any("localhost" in url for url, _, _ in problems)
    assert {agent.split("/")[0] for *_, agent in kept} == {"coopress"}


def test_a_private_address_is_never_asked_unless_allowed(site: type[Site], tmp_path: Path):
    kept, problems = run(site, tmp_path)
    assert kept == []
    assert site.asked == []
    assert problems == [
        [f"http://127.0.0.1:{site.port}/", "fetch", f"http://127.0.0.1:{site.port}/: a private address"]
    ]


@pytest.mark.parametrize(
    "address",
    ["127.0.0.1", "10.1.2.3", "172.16.0.1", "192.168.1.1", "169.254.169.254", "100.64.0.1", "0.0.0.0",
     "224.0.0.1", "::1", "::", "fe80::1", "fd00::1", "::ffff:10.0.0.1", "64:ff9b::7f00:1",
     "::7f00:1", "fec0::1", "64:ff9b:1::1", "5f00::1", "2001:0:7f00:1::", "::ffff:169.254.169.254",
     "::ffff:0:127.0.0.1", "192.88.99.1", "192.0.0.8", "198.18.0.1", "240.0.0.1", "255.255.255.255",
     "64:ff9b::a9fe:a9fe", "2002:7f00:1::", "pas-une-adresse"],
)  # fmt: skip
def test_no_private_address_counts_as_public(address: str):
    assert not is_public(address)


@pytest.mark.parametrize("replaying", [True, False])
def test_no_port_is_opened_and_no_other_scheme_served(replaying: bool):
    wishes = settings(replaying)
    assert [wishes["TELNETCONSOLE_ENABLED"], wishes["REMOTE_CONTROL_ENABLED"]] == [False, False]
    assert {wishes["DOWNLOAD_HANDLERS"][scheme] for scheme in ("file", "ftp", "s3", "data")} == {None}
    assert wishes["ROBOTSTXT_OBEY"] is True


@pytest.mark.parametrize("address", ["93.184.216.34", "2606:2800:220:1::1", "64:ff9b::5db8:d822"])
def test_a_public_address_counts_as_public(address: str):
    assert is_public(address)


class Reactor:
    """Stands where the resolver would find threads: nothing here looks a name up on the network."""


def resolved(name: str, answer: str, *private: str) -> list[object]:
    """Return what the resolver makes of a name for which the look-up would give ``answer``."""
    resolver = PublicResolver(cast(Any, Reactor()), cache_size=10, timeout=1)
    resolver.private = frozenset(private)
    dnscache[name] = answer
    found: list[object] = []
    resolver.getHostByName(name).addBoth(found.append)
    del dnscache[name]
    return [thing.type if isinstance(thing, Failure) else thing for thing in found]


@pytest.mark.parametrize(
    "spelling", ["2130706433", "0x7f000001", "0177.0.0.1", "127.1", "0x7f.1", "127.0.0.1", "2852039166"]
)
def test_no_spelling_of_a_private_address_gets_past_the_resolver(spelling: str):
    assert resolved(spelling, socket.inet_ntoa(socket.inet_aton(spelling))) == [DNSLookupError]


@pytest.mark.parametrize("answer", ["127.0.0.1", "10.0.0.1", "169.254.169.254", "192.168.1.1", "0.0.0.0"])
def test_a_name_that_leads_to_a_private_address_is_as_one_that_does_not_exist(answer: str):
    assert resolved("presse.example", answer) == [DNSLookupError]
    assert resolved("presse.example", answer, "presse.example") == [answer]


def test_a_name_that_changes_its_mind_is_judged_at_each_look_up():
    assert resolved("presse.example", "93.184.216.34") == ["93.184.216.34"]
    assert resolved("presse.example", "127.0.0.1") == [DNSLookupError]
