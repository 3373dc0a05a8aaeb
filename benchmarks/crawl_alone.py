"""What does a crawl cost that reads no page? Responses are archived and listed, and read when next opened."""

import sys
from pathlib import Path

from archive.pipeline import Archive
from archive.sources import load_all
from archive.store.captures import CaptureRow
from scrapers.crawl import Options, crawl


class Unread(Archive):
    """An archive that leaves its pages to be read later, as one does that is killed."""

    def _read_new(self, row: CaptureRow) -> None:
        """Leave a page to whoever opens the archive next."""


def main(sources: Path, data: Path, allowed: str) -> None:
    """Crawl the sources declared in a folder into ``data``."""
    declared = load_all(sources)
    with Unread(data, declared) as archive:
        archive.begin_crawl(declared)
        result = crawl(list(declared.values()), archive, Options(data, allow_private=(allowed,)))
        archive.end_crawl("ok" if result.finished else "interrupted", result.errors)


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]), sys.argv[3])
