"""Which publications do we follow, and how? One TOML file a source, read strictly.

The file's stem is the source's slug, for ever. ``docs/sources.md`` explains every key.
"""

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal, get_args

from archive.errors import SourceError
from archive.models import Layout, SourceKind
from archive.sources.hours import Hours
from archive.sources.strict import Table
from archive.sources.watch import Watch, query_error

Via = Literal["listing", "sitemap", "feed", "board", "spider"]
Publish = Literal["full", "excerpt", "link"]

__all__ = ["KEYS", "SLUG", "Fetch", "Publish", "Source", "Via", "Watch", "load", "load_all"]

# Every key that a source file may hold, by table; anything else is refused.
KEYS: Mapping[str, tuple[str, ...]] = {
    "": ("title", "kind", "home", "outlet", "region", "fetch", "watch", "layout", "expect", "rights"),
    "fetch": (
        "via",
        "start",
        "articles",
        "pages",
        "delay",
        "hours",
        "dated_only",
        "allow",
        "originals",
        "render",
        "full_text",
    ),
    "watch": ("coops", "queries"),
    "layout": ("until", "body", "title", "published"),
    "expect": ("articles", "dated", "titled", "coops", "departments", "text"),
    "rights": ("publish",),
}

# A slug names a spider, a folder of saved pages and rows of the archive: no capitals, accents or hyphens.
SLUG = re.compile(r"[a-z0-9_]+")


@dataclass(frozen=True, slots=True)
class Fetch:
    """How the pages of a source are found.

    ``articles`` and ``pages`` are searched in the whole address, tracking parameters removed, query kept.
    ``delay`` is in seconds between two requests. ``dated_only`` says that the address cannot tell an article:
    only a page that carries its own publication date is one. ``allow`` names further hosts to follow.
    ``originals`` says that the pages clipped on a board are fetched too, wherever they lie.
    ``render`` says that a browser reads its pages, whose text is written by scripts.
    ``full_text`` says that a feed holds the whole texts: they are read from it, and no page is asked for.
    The site is asked within ``hours`` only, at any time when there are none.
    """

    via: Via
    start: tuple[str, ...]
    articles: re.Pattern[str] | None
    pages: re.Pattern[str] | None
    delay: float = 2.0
    dated_only: bool = False
    allow: tuple[str, ...] = ()
    originals: bool = False
    render: bool = False
    full_text: bool = False
    hours: Hours | None = None


@dataclass(frozen=True, slots=True)
class Source:
    """One publication that we follow.

    ``expect`` holds the floors of a healthy archive: ``articles`` is a count, the others are shares of the
    articles that carry the field (0 to 1). ``outlet`` is the name under which the articles appear where it
    is not ``title``. ``region`` holds the department codes of the territory. ``watch`` says which
    articles are kept, ``None``: all of them.
    """

    slug: str
    title: str
    kind: SourceKind
    home: str
    fetch: Fetch
    layouts: tuple[Layout, ...]
    expect: Mapping[str, float] = field(hash=False)
    publish: Publish
    outlet: str | None
    region: tuple[str, ...]
    path: Path
    watch: Watch | None = None


def load(path: Path) -> Source:
    """Return the source that one file declares.

    Raises ``SourceError`` with the file and every key that is wrong, all in one line.
    """
    problems: list[str] = []
    root = Table("", _parsed(path), problems, KEYS[""])
    if not SLUG.fullmatch(path.stem):
        problems.append(f"slug: the file name {path.name!r} must be small letters, digits and _ only")
    source = Source(
        slug=path.stem,
        title=root.text("title"),
        kind=root.choice("kind", get_args(SourceKind)),
        home=root.address("home"),
        fetch=_fetch(root),
        layouts=tuple(_layout(table) for table in root.tables("layout", KEYS["layout"])),
        expect=_expect(root.table("expect", KEYS["expect"])),
        publish=root.table("rights", KEYS["rights"]).choice("publish", get_args(Publish), "excerpt"),
        outlet=root.optional_text("outlet"),
        region=root.departments("region"),
        path=path,
        watch=_watch(root.table("watch", KEYS["watch"])) if "watch" in root else None,
    )
    can_be_watched = source.watch is None or source.fetch.via != "board"
    root.need(can_be_watched, "watch", "not for a board, whose pages hold its tiles")
    if problems:
        raise SourceError(f"{path}: {'; '.join(problems)}")
    return source


def load_all(folder: Path | None = None) -> dict[str, Source]:
    """Return the sources of a folder by slug, in order; ``None`` means the ones shipped with the program.

    Sub-folders are not read: the demonstration sources lie in one. A folder that is missing or declares
    nothing raises ``SourceError``, as does any wrong file in it.
    """
    folder = folder or Path(__file__).parent
    if not folder.is_dir():
        raise SourceError(f"{folder}: no such folder of source files")
    sources = {path.stem: load(path) for path in sorted(folder.glob("*.toml"))}
    if not sources:
        raise SourceError(f"{folder}: holds no source file (*.toml)")
    return sources


def _parsed(path: Path) -> dict[str, object]:
    try:
        return tomllib.loads(path.read_text("utf-8"))
    except OSError as error:
        raise SourceError(f"{path}: cannot be read: {error.strerror}") from error
    except UnicodeDecodeError as error:
        raise SourceError(f"{path}: is not UTF-8 (byte {error.start})") from error
    except tomllib.TOMLDecodeError as error:
        raise SourceError(f"{path}: is not TOML: {error}") from error


def _fetch(root: Table) -> Fetch:
    table = root.table("fetch", KEYS["fetch"])
    fetch = Fetch(
        via=table.choice("via", get_args(Via)),
        start=table.addresses("start"),
        articles=table.pattern("articles"),
        pages=table.pattern("pages"),
        delay=table.number("delay", default=2.0),
        dated_only=table.flag("dated_only"),
        allow=table.hosts("allow"),
        originals=table.flag("originals"),
        render=table.flag("render"),
        full_text=table.flag("full_text"),
        hours=_hours(table),
    )
    # Without either, every link of a listing, legal notice included, would become an article.
    told_apart = fetch.via != "listing" or "articles" in table or fetch.dated_only
    table.need(told_apart, "articles", "missing: a listing needs it, or dated_only = true")
    table.need(fetch.via == "board" or not fetch.originals, "originals", "only a board has clipped pages")
    table.need(fetch.via == "feed" or not fetch.full_text, "full_text", "only a feed holds texts")
    watched_whole = "watch" in root and fetch.full_text
    table.need(not watched_whole, "full_text", "not with [watch], which keeps no feed")
    alone = not (fetch.render and fetch.originals)
    table.need(alone, "render", "not with originals: a browser stays on one site")
    return fetch


def _watch(table: Table) -> Watch:
    watch = Watch(table.texts("queries"), table.flag("coops") if "coops" in table else True)
    for query in watch.queries:
        error = query_error(query)
        table.need(error is None, "queries", f"{query!r} is no query for full-text search: {error}")
    table.need(watch.coops or bool(watch.queries), "queries", "missing: nothing would be kept")
    return watch


def _hours(table: Table) -> Hours | None:
    text = table.optional_text("hours")
    hours = None if text is None else Hours.read(text)
    table.need(text is None or hours is not None, "hours", f"{text!r} is not written like 22:00-06:00")
    return hours


def _layout(table: Table) -> Layout:
    table.need(any(key in table for key in ("body", "title", "published")), "body", "no selector at all")
    return Layout(
        body=table.selector("body"),
        title=table.selector("title"),
        published=table.selector("published"),
        until=table.day("until"),
    )


def _expect(table: Table) -> dict[str, float]:
    return {
        key: table.number(key, default=0.0, most=None if key == "articles" else 1.0)
        for key in KEYS["expect"]
        if key in table
    }
