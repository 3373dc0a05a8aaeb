"""What is wrong with a source, in one value?"""

from dataclasses import dataclass
from typing import Literal

# What can break. ``volume``: new articles; ``read``: pages from which facts came; ``lag``: articles seen soon
# after their date; ``answers``: requests answered; ``silent``: a crawl without one page; ``links``: entry
# pages that lead nowhere; ``hours``: crawls that never meet the source's hours; ``crawl``: the crawls
# themselves; the others are fields of an article.
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
    "links",
    "hours",
    "crawl",
]


@dataclass(frozen=True, slots=True)
class Finding:
    """One field of one source that is not as it should be.

    ``found`` and ``usual`` are shares (0 to 1), or counts for ``articles``, ``volume`` and ``crawl`` (days
    there); ``pages`` counts crawls for ``silent``, ``links`` and ``hours``. ``against`` tells whether
    ``usual`` is the floor of ``[expect]`` or the source's past. ``since`` is the day on which it began (ISO),
    ``crawl`` the crawl, each ``None`` when not known. ``causes`` are the HTTP statuses of what failed since
    then and how often, the most frequent first; 0 stands for no answer, -1 for what robots.txt forbids, -2
    for a robots.txt that cannot be had, which forbids all. ``source`` is ``None`` for what concerns the whole
    archive.
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
    causes: tuple[tuple[int, int], ...] = ()
