"""The archive in a real browser: system Chromium, no connection but to this machine.

Skipped, saying so, where playwright, Chromium or axe-core is missing; ``make browser`` brings them.
"""

import importlib.util
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from sqlite_utils import Database

from archive.store import stem_index

from ..serve.conftest import AT, build
from ..serve.payloads import PAYLOADS

ROOT = Path(__file__).parents[2]
AXE = Path(os.environ.get("AXE_CORE", ROOT / ".axe" / "package" / "axe.min.js"))
CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
ARGUMENTS = (
    "--no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking"
    " --disable-component-update --disable-sync"
)
MISSING = [
    name
    for name, there in (
        ("playwright", importlib.util.find_spec("playwright") is not None),
        ("Chromium", CHROMIUM is not None),
        ("axe-core", AXE.is_file()),
    )
    if not there
]
FIRST_HOSTILE = 2000  # the id of the article that holds the first payload

Open = Callable[..., Any]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if MISSING and Path(__file__).parent in item.path.parents:
            item.add_marker(pytest.mark.skip(reason=f"{', '.join(MISSING)} missing; try « make browser »"))


@pytest.fixture(scope="session")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Serve an invented archive, hostile articles included, and give its address."""
    data = tmp_path_factory.mktemp("browser")
    build(data / "archive.db")
    _add_hostile(data / "archive.db")
    arguments = ["coopress", "serve", "--data", str(data), "--port", "0"]
    code = f"import sys; sys.argv = {arguments!r}; from archive.cli import main; main()"
    with subprocess.Popen(
        [sys.executable, "-c", code], stdout=subprocess.PIPE, text=True, cwd=ROOT
    ) as server:
        assert server.stdout is not None
        yield server.stdout.readline().strip().rstrip("/")
        server.terminate()


@pytest.fixture(scope="session")
def browser() -> Iterator[Any]:
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS.split())
        yield started
        started.close()


@pytest.fixture
def opened(browser: Any, address: str) -> Iterator[Open]:
    """Give a function that opens a path in a new window; at the end nothing outside was asked for."""
    contexts: list[Any] = []
    outside: list[str] = []

    def guard(route: Any) -> None:
        if route.request.url.startswith(address):
            route.continue_()
        else:
            outside.append(route.request.url)
            route.abort()

    def open_page(path: str, width: int = 1200, **options: Any) -> Any:
        context = browser.new_context(viewport={"width": width, "height": 900}, **options)
        contexts.append(context)
        page = context.new_page()
        page.route("**/*", guard)
        page.on("dialog", lambda dialog: outside.append(f"dialog {dialog.message}"))
        page.goto(address + path)
        return page

    yield open_page
    for context in contexts:
        context.close()
    assert outside == []


def violations(page: Any) -> list[str]:
    """Return what axe finds wrong with a page, by the rules of WCAG 2.2 AA and its best practices."""
    page.evaluate(AXE.read_text("utf-8"))
    kinds = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
    found = page.evaluate("kinds => axe.run(document, {runOnly: kinds})", kinds)
    return [f"{one['id']}: {node['html'][:120]}" for one in found["violations"] for node in one["nodes"]]


def _add_hostile(path: Path) -> None:
    """Add an article for each payload, with the payload everywhere a page can put it."""
    db = Database(path)
    for number, payload in enumerate(PAYLOADS):
        key = FIRST_HOSTILE + number
        capture = {"id": key, "source": "union_bocage", "url": payload, "role": "article", "status": 200}
        db["captures"].insert(
            capture | {"fetched_at": AT, "digest": payload, "file": payload, "offset": key, "length": 1}
        )
        db["outlets"].insert({"id": key, "name": f"{payload}{number}"})
        db["coops"].insert({"id": key, "name": payload, "website": payload, "status": "discovered"})
        db["articles"].insert(
            {"id": key, "source": "union_bocage", "kind": "article", "title": payload, "kicker": payload}
            | {"published": "2024-05-01", "published_evidence": payload, "published_rule": payload}
            | {"published_precision": "day", "year": "2024", "outlet": key, "authors": json.dumps([payload])}
            | {"departments": json.dumps([payload]), "text": f"{payload}\nhostile {payload} fin"}
            | {"words": 3, "url": payload, "original": payload, "board": payload, "capture": key}
            | {"first_seen": AT, "last_seen": AT}
        )
        place = {"article": key, "field": "text", "start": 0, "end": len(payload)}
        db["mentions"].insert(
            place | {"coop": key, "name": payload, "surface": payload, "rule": payload, "status": payload}
        )
        db["events"].insert(
            {"article": key, "start": "2999-01-01", "what": payload, "place": payload, "evidence": payload}
        )
        db["links"].insert({"article": key, "url": payload, "text": payload})
        db["images"].insert({"article": key, "url": payload, "caption": payload})
        for seen, text in ((AT, payload), (f"{AT}x", f"autre {payload}")):
            version = {"article": key, "digest": seen, "title": payload, "text": text, "seen_at": seen}
            captured = key if seen == AT else 1
            db["versions"].insert(version | {"capture": captured})
    stem_index.refresh(db)
    db.conn.commit()
    db.close()
