"""What is wrong with a source, in one value?"""

from dataclasses import dataclass
from typing import Literal

# What can break. ``volume``: new articles; ``read``: pages from which facts came; ``lag``: articles seen soon
# after their date; ``answers``: requests answered; ``silent``: a crawl without one page; ``crawl``: the
# crawls themselves; the others are fields of an article.
Field = Literal[
    "articles",
    "volume",
    "dated",
    "titled",
    "text",
    "length",
    "coops",
    "departments",
    "lag",
    "read",
    "answers",
    "silent",
    "crawl",
]


@dataclass(frozen=True, slots=True)
class Finding:
    """One field of one source that is not as it should be.

    ``found`` and ``usual`` are shares (0 to 1), or counts for ``articles``, ``volume``, ``silent`` and
    ``crawl`` (days there). ``against`` tells whether ``usual`` is the floor of ``[expect]`` or the source's
    past. ``since`` is the day on which it began (ISO), ``crawl`` the crawl, each ``None`` when not known.
    ``source`` is ``None`` for what concerns the whole archive.
    """

    source: str | None
    field: Field
    against: Literal["floor", "past"]
    found: float
    usual: float
    pages: int
    since: str | None = None
    crawl: int | None = None
    examples: tuple[str, ...] = ()
