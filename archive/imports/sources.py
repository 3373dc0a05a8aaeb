"""Which source does a page that is brought in belong to? By its host; failing that, one made for it."""

import re
from collections.abc import Mapping
from pathlib import Path
from tempfile import TemporaryDirectory
from urllib.parse import urlsplit

from archive.addresses import identity
from archive.errors import SourceError
from archive.models import Role
from archive.sources import Source, load

# No port, no brackets, and nothing that could end a line of a source file.
HOST = re.compile(r"\w[\w.-]*")
_SLUG_LETTERS = re.compile(r"[^a-z0-9]+")
# Only a page that carries its own date is an article there: nothing else tells one from a list of them.
_MADE = """\
# Made for pages that were brought in; no crawl asks for it.
title = "{host}"
kind = "press"
home = "https://{host}/"

[fetch]
via = "listing"
start = ["https://{host}/"]
dated_only = true

[rights]
publish = "link"
"""


class Finder:
    """Finds the source of an address among the declared ones, else ``fallback``, else makes one."""

    def __init__(self, sources: Mapping[str, Source], fallback: Source | None = None) -> None:
        """Know the hosts of ``sources``."""
        self._by_host: dict[str, list[Source]] = {}
        self._fallback = fallback
        self.made: set[str] = set()
        for source in sources.values():
            for host in _hosts(source):
                self._by_host.setdefault(host, []).append(source)

    def source(self, url: str) -> Source:
        """Return the source of an address: of several on one host, the one whose articles look like it."""
        host = host_of(url)
        found = self._by_host.get(host)
        if found is None:
            if self._fallback is not None:
                return self._fallback
            found = self._by_host[host] = [made(host)]
            self.made.add(found[0].slug)
        return max(found, key=lambda source: (_is_article(source, url), _shared(source.home, url)))


def role(source: Source, url: str) -> Role:
    """Return what a page is for its source; ``other`` for one of its own that is no article by its file."""
    if host_of(url) not in _hosts(source):
        return "article"
    is_start = identity(url) in {identity(start) for start in source.fetch.start}
    if source.fetch.via == "board" and is_start:
        return "board"
    is_listing = is_start or (source.fetch.pages is not None and source.fetch.pages.search(url) is not None)
    return "other" if is_listing or not _is_article(source, url) else "article"


def made(host: str) -> Source:
    """Return a source for the pages of a host that no declared source knows; raise SourceError for no host.

    >>> made("gazette-du-val.example").slug
    'apport_gazette_du_val_example'
    """
    if not HOST.fullmatch(host):
        raise SourceError(f"{host!r}: not the host of a web address")
    slug = "apport_" + _SLUG_LETTERS.sub("_", host.lower()).strip("_")
    with TemporaryDirectory() as folder:
        path = Path(folder) / f"{slug}.toml"
        path.write_text(declaration(host), "utf-8")
        return load(path)


def declaration(host: str) -> str:
    """Return the text of the source file of a made source."""
    return _MADE.format(host=host)


def host_of(url: str) -> str:
    """Return the host of an address, without ``www.``."""
    return (urlsplit(url).hostname or "").removeprefix("www.")


def _hosts(source: Source) -> set[str]:
    return {host_of(url) for url in (source.home, *source.fetch.start)} | {
        host.removeprefix("www.") for host in source.fetch.allow
    }


def _is_article(source: Source, url: str) -> bool:
    pattern = source.fetch.articles
    return pattern is None or pattern.search(url) is not None


def _shared(home: str, url: str) -> int:
    """Return how many segments of their paths two addresses share."""
    pairs = zip(urlsplit(home).path.split("/"), urlsplit(url).path.split("/"), strict=False)
    return next((n for n, (one, other) in enumerate(pairs) if one != other), 99)
