"""How much may one answer, and one source, cost? ``[limits]`` in ``coopress.toml`` overrides the defaults."""

from dataclasses import dataclass
from typing import Final

# A page of text with more than this is none: its tree would fill the memory.
MOST_PAGE_BYTES: Final = 8 * 1024 * 1024
MOST_PAGE_TAGS: Final = 250_000


@dataclass(frozen=True, slots=True)
class Limits:
    """What a crawl bears.

    ``seconds`` is what one response may take from the first byte asked to the last byte read, ``megabytes``
    (MiB) what it may weigh, as sent and unpacked, ``header_kilobytes`` (KiB) what its headers may.
    ``redirects`` in a row are followed, and a request that failed is sent again ``retries`` times. One crawl
    sends a source ``requests`` requests, and asks it for ``listings`` pages of each kind of links.
    ``address`` is the length of the longest address followed, ``hours`` how long one crawl may go on with one
    source, ``reading`` how many seconds it may spend on keeping and reading the pages of one, ``waiting`` how
    many seconds a site may make it wait by Retry-After, by being busy and by a long Crawl-delay.

    Where several machines share a crawl, one that is not heard of for ``lease`` seconds is taken for dead,
    and given ``doubt`` seconds to come back where it may have archived a response.
    """

    seconds: float = 60.0
    megabytes: float = 16.0
    header_kilobytes: float = 256.0
    redirects: int = 10
    retries: int = 2
    requests: int = 20_000
    listings: int = 1_000
    address: int = 1_500
    hours: float = 12.0
    reading: float = 3600.0
    waiting: float = 3600.0
    lease: float = 60.0
    doubt: float = 600.0

    @property
    def size(self) -> int:
        """Return how many bytes a response may weigh."""
        return int(self.megabytes * 1024 * 1024)


def too_much(body: bytes) -> str | None:
    """Say what makes a page of text (HTML, a feed) too large to be read, or ``None``.

    >>> too_much(b"<p>Bonjour</p>") is None
    True
    >>> too_much(b"<" * 250_001), too_much(bytes(9_000_000))
    ('more than 250,000 tags', 'more than 8 MiB of text')
    """
    if len(body) > MOST_PAGE_BYTES:
        return f"more than {MOST_PAGE_BYTES // 1024 // 1024} MiB of text"
    if body.count(b"<") > MOST_PAGE_TAGS:
        return f"more than {MOST_PAGE_TAGS:,} tags"
    return None
