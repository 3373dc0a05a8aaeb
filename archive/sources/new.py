"""How does a new source begin? A commented file that loads, and a test page that fails until written."""

import json
import re
from pathlib import Path
from typing import NamedTuple
from urllib.parse import SplitResult, urlsplit

from archive.errors import SourceError
from archive.models import SourceKind
from archive.sources import SLUG, Via
from archive.sources.strict import is_address

# /feed/, /rss, /rss.xml, /flux/theme.xml, x.rss; never a slug that merely contains such a word.
_FEED_PATH = re.compile(
    r"(?:^|/)(?:feed|rss(?:[-_][\w-]+)?|atom|flux|backend)(?:[/.]|$)|\.(?:rss|atom|rdf)$", re.I
)
# SPIP's page=backend, WordPress' ?feed=rss2.
_FEED_QUERY = re.compile(r"(?:^|&)(?:page=backend|feed=)")
# /sitemap.xml, /sitemap_index.xml, /post-sitemap.xml.gz
_SITEMAP = re.compile(r"sitemap[^/]*\.xml(?:\.gz)?$", re.I)
# Sites that hold nothing but people's clipping boards.
_BOARDS = re.compile(r"(?:^|\.)(?:pearltrees\.com|scoop\.it|padlet\.com|wakelet\.com)$")

_SOURCE = """\
# To check before the first crawl: robots.txt and terms; where the news is listed; how the day is shown.
# Every key is explained in docs/sources.md.

title = {title}  # as readers will see it
kind  = "{kind}"  # union | press | board | blog | publication
home  = {home}
# outlet = "Le Journal"    # the name under which the articles appear, where it is not the title
# region = ["35", "44"]    # department codes of the territory, to settle place names with namesakes

[fetch]
via      = "{via}"  # listing | sitemap | feed | board | spider
start    = [{start}]
{articles}
# pages  = '[?&]page=\\d+$'  # further listing pages; rel=next and usual pagers are found anyway
# delay  = 2.0             # seconds between two requests
# dated_only = true        # the address cannot tell an article: only a page with its own day is one
# allow  = ["cdn.site.fr"] # further hosts to follow
# originals = true         # of a board: fetch the clipped pages too
# full_text = true         # of a feed that holds the whole texts: ask for no page
# render = true            # only where scripts write the text: a browser reads the pages

# [watch]                  # of a paper that brings all its news, keep what names a co-op or answers a query
# queries = ['coopérative*', '"économie sociale et solidaire"']

# [[layout]]               # only where the general rules misread the site
# until     = 2019-03-31   # the last day of this layout; none for today's
# body      = "div.texte"
# title     = "h1"
# published = "p.date"

[expect]                   # `coopress check` complains below these
articles = 10
dated    = 0.95
titled   = 0.98

[rights]
publish = "{publish}"  # full | excerpt | link; full only once the publisher has agreed
"""

_PAGE = """\
<!DOCTYPE html>
<!-- A small page of {slug}: the site's own markup, a text that you invent. Keep what could mislead a reader:
     menu, teasers of other articles, share bar, a second date. -->
<html lang="fr">
<head><title></title></head>
<body></body>
</html>
"""

_NOTE = """\
# What exemple.html must say. Fill in every value; name the files after the case they show and add more.
url        = {url}
fetched_at = 2025-01-01T08:00:00Z

[expected]
title     = "À REMPLIR"
published = 2025-01-01
"""


class _Guess(NamedTuple):
    via: Via
    kind: SourceKind
    home: str
    articles: str


def new_source(folder: Path, tests: Path | None, slug: str, url: str) -> list[Path]:
    """Write ``slug.toml`` in ``folder`` and a page to fill in under ``tests``; return the files written.

    ``tests`` is the folder of saved pages (``tests/pages``); ``None`` writes no page. How to read the
    site and what kind of publication it is are guessed from ``url`` alone. Raises ``SourceError`` when the
    slug or the address cannot be used or a file is already there; then nothing is written.
    """
    if not SLUG.fullmatch(slug):
        raise SourceError(f"{slug!r} cannot be a slug: small letters, digits and _ only")
    url = url.strip().replace("'", "%27")  # so that it may stand between single quotes
    if not is_address(url):
        raise SourceError(f"{url!r} is not an http(s) address")
    texts = {folder / f"{slug}.toml": _source_text(url)}
    if tests is not None:
        texts[tests / slug / "exemple.html"] = _PAGE.format(slug=slug)
        texts[tests / slug / "exemple.toml"] = _NOTE.format(url=json.dumps(url))
    for path in texts:
        if path.exists():
            raise SourceError(f"{path}: is already there, and is left as it is")
    for path, text in texts.items():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")
    return list(texts)


def _source_text(url: str) -> str:
    parts = urlsplit(url)
    guess = _guess(url, parts)
    return _SOURCE.format(
        title=json.dumps(parts.netloc.removeprefix("www."), ensure_ascii=False),
        kind=guess.kind,
        home=json.dumps(guess.home, ensure_ascii=False),
        via=guess.via,
        start=json.dumps(url, ensure_ascii=False),
        articles=guess.articles,
        publish="link" if guess.kind in {"press", "board"} else "excerpt",
    )


def _guess(url: str, parts: SplitResult) -> _Guess:
    host = parts.netloc.removeprefix("www.").lower()
    home = f"{parts.scheme}://{parts.netloc}/"
    site = rf"^https?://(?:www\.)?{_literally(host)}"
    anything = f"# articles = '{site}/[^/?]+'  # by default, everything that is announced"
    if _BOARDS.search(host):
        return _Guess(
            "board",
            "board",
            url,
            "# articles = '...'  # where tiles have pages of their own: the address of such a page",
        )
    if _SITEMAP.search(parts.path):
        return _Guess("sitemap", _kind(host), home, anything)
    if _FEED_PATH.search(parts.path) or _FEED_QUERY.search(parts.query):
        return _Guess("feed", _kind(host), home, anything)
    folder, _, last = parts.path.rstrip("/").rpartition("/")
    below = _literally(
        folder if "." in last else f"{folder}/{last}".rstrip("/")
    )  # beside a file, in a folder
    return _Guess(
        "listing", _kind(host), home, f"articles = '{site}{below}/[^/?]+/?$'  # links that are articles"
    )


def _literally(text: str) -> str:
    """Escape for a pattern, sparing the hyphens, which mean nothing outside brackets."""
    return re.escape(text).replace(r"\-", "-")


def _kind(host: str) -> SourceKind:
    """Guess: the movement's own sites end in .coop, most others that one follows are press."""
    if host.endswith(".coop"):
        return "union"
    return "blog" if re.match(r"blogs?\.", host) else "press"
