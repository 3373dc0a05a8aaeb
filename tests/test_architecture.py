"""A reader can trust the arrows: each layer imports only what it may."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent

# What each layer may import of ours, itself aside. The parsers get a directory handed in, never open one.
BOTTOM = {"archive.models", "archive.errors", "archive.addresses", "archive.limits"}
MAY_IMPORT: dict[str, set[str]] = {
    "archive.models": set(),
    "archive.errors": set(),
    "archive.addresses": set(),
    "archive.lock": {"archive.errors"},
    "archive.limits": set(),
    "archive.memory": set(),
    "archive.pages": BOTTOM | {"archive.raw", "archive.sources"},
    "archive.forking": set(),
    "archive.harvest": BOTTOM
    | {
        "archive.clustering",
        "archive.pages",
        "archive.parsers",
        "archive.raw",
        "archive.reading",
        "archive.sources",
        "archive.store",
    },
    "archive.readers": BOTTOM
    | {
        "archive.directory",
        "archive.forking",
        "archive.harvest",
        "archive.raw",
        "archive.sources",
        "archive.store",
    },
    "archive.warm_reader": BOTTOM
    | {"archive.directory", "archive.harvest", "archive.parsers", "archive.reading", "archive.store"},
    "archive.storing": BOTTOM | {"archive.clustering", "archive.harvest", "archive.ledger", "archive.store"},
    "archive.learning": BOTTOM | {"archive.store"},
    "archive.ledger": BOTTOM | {"archive.store"},
    "archive.gazetteer": set(),
    "archive.press": {"archive.addresses"},
    "archive.announcements": set(),
    "archive.sources": {"archive.errors", "archive.models"},
    "archive.raw": BOTTOM,
    "archive.parsers": BOTTOM
    | {"archive.memory", "archive.announcements", "archive.gazetteer", "archive.press"},
    "archive.stems": set(),
    "archive.store": BOTTOM | {"archive.stems"},
    # A reader checks a fact against the very bytes received: of ``raw`` the side that cannot write is theirs.
    "archive.serve": BOTTOM | {"archive.raw.reading", "archive.stems", "archive.store"},
    "archive.sample": set(),
    "archive.directory": BOTTOM | {"archive.gazetteer", "archive.parsers"},
    "archive.reading": BOTTOM | {"archive.memory"},
    "archive.extract": BOTTOM | {"archive.outlets", "archive.parsers", "archive.reading"},
    "archive.outlets": BOTTOM,
    "archive.directories": BOTTOM | {"archive.directory", "archive.gazetteer"},
    "archive.directory_import": BOTTOM
    | {"archive.directories", "archive.parsers", "archive.pipeline", "archive.store"},
    "archive.coops": BOTTOM | {"archive.gazetteer", "archive.parsers", "archive.pipeline", "archive.store"},
    "archive.decision_files": BOTTOM
    | {"archive.coops", "archive.directories", "archive.pipeline", "archive.store"},
    "archive.clustering": BOTTOM | {"archive.parsers", "archive.store"},
    "archive.watching": BOTTOM | {"archive.raw", "archive.sources"},
    "archive.settling": BOTTOM | {"archive.clustering", "archive.pipeline", "archive.store"},
    "archive.recovery": BOTTOM | {"archive.raw"},
    "archive.seeding": BOTTOM | {"archive.gazetteer", "archive.press", "archive.sources", "archive.store"},
    "archive.visits": BOTTOM | {"archive.store"},
    "archive.pipeline": BOTTOM
    | {
        "archive.storing",
        "archive.directory",
        "archive.harvest",
        "archive.learning",
        "archive.ledger",
        "archive.readers",
        "archive.lock",
        "archive.parsers",
        "archive.raw",
        "archive.reading",
        "archive.recovery",
        "archive.seeding",
        "archive.sources",
        "archive.store",
        "archive.visits",
        "archive.watching",
    },
    "archive.imports": BOTTOM | {"archive.pipeline", "archive.raw", "archive.sources", "archive.store"},
    "archive.by_hand": BOTTOM
    | {
        "archive.imports",
        "archive.parsers",
        "archive.pipeline",
        "archive.raw",
        "archive.reading",
        "archive.sources",
        "archive.store",
    },
    "archive.exports": BOTTOM | {"archive.raw", "archive.store"},
    "archive.ocr": BOTTOM | {"archive.pipeline", "archive.raw", "archive.store"},
    "archive.rebuild": BOTTOM
    | {
        "archive.directory",
        "archive.forking",
        "archive.harvest",
        "archive.pipeline",
        "archive.raw",
        "archive.settling",
        "archive.sources",
        "archive.store",
        "archive.storing",
    },
    "archive.doctor": BOTTOM | {"archive.raw", "archive.sources", "archive.store"},
    "archive.progress": set(),
    "archive.check": BOTTOM | {"archive.sources", "archive.store"},
    "archive.configuration": BOTTOM | {"archive.sources"},
    "archive.notify": BOTTOM,
    "archive.backup": BOTTOM | {"archive.lock", "archive.store"},
    "scrapers": BOTTOM
    | {"archive.announcements", "archive.sources", "archive.raw", "archive.reading", "archive.pipeline"},
}
# The command line may import anything of ours.
UNBOUND = {"archive.cli"}


def files(layer: str) -> Iterator[Path]:
    place = ROOT / layer.replace(".", "/")
    if place.is_dir():
        yield from place.rglob("*.py")
    else:
        yield place.with_suffix(".py")


def imported(path: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            yield from (name.name for name in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield from (f"{node.module}.{name.name}" for name in node.names)


def inside(name: str, layers: set[str]) -> bool:
    return any(name == layer or name.startswith(f"{layer}.") for layer in layers)


@pytest.mark.parametrize("layer", MAY_IMPORT)
def test_a_layer_imports_only_what_it_may(layer: str) -> None:
    allowed = MAY_IMPORT[layer] | {layer}
    for path in files(layer):
        ours = [name for name in imported(path) if inside(name, {"archive", "scrapers"})]
        assert [name for name in ours if not inside(name, allowed)] == [], path


def test_every_module_belongs_to_a_layer() -> None:
    known = set(MAY_IMPORT) | UNBOUND
    for path in [*(ROOT / "archive").glob("*.py"), *(ROOT / "archive").glob("*/__init__.py")]:
        stem = path.parent if path.name == "__init__.py" else path.with_suffix("")
        name = ".".join(stem.relative_to(ROOT).parts)
        assert name == "archive" or inside(name, known), path


def test_only_the_command_line_starts_a_crawl() -> None:
    for path in (ROOT / "archive").rglob("*.py"):
        if path.parent.name == "cli":
            continue
        assert not [name for name in imported(path) if inside(name, {"scrapers"})], path


@pytest.mark.parametrize("forbidden", ["requests", "httpx", "urllib.request", "socket", "aiohttp"])
def test_nothing_but_scrapers_touches_the_network(forbidden: str) -> None:
    for path in (ROOT / "archive").rglob("*.py"):
        if inside(".".join(path.relative_to(ROOT).parts[:2]), {"archive.serve"}):
            continue  # it listens, on loopback
        assert not [name for name in imported(path) if inside(name, {forbidden})], path


def test_parsers_have_no_clock() -> None:
    for path in (ROOT / "archive" / "parsers").rglob("*.py"):
        source = path.read_text("utf-8")
        assert not [word for word in (".now(", ".today(", "time.time(") if word in source], path
