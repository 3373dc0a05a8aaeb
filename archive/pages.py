"""What is a reader given? A response from the archive, with what is known of its source."""

from collections.abc import Mapping
from dataclasses import replace

from archive.models import Hints, Page, Site
from archive.raw import Stored
from archive.sources import Source


def page_of(stored: Stored, sources: Mapping[str, Source], site: Site) -> Page:
    """Return a response as a page to be read, with what its source and the source's pages know about it."""
    capture = stored.capture
    source = sources.get(capture.source)
    hints = Hints(role=capture.role, announced=capture.announced, site=site)
    if capture.role == "original":  # another publisher's page: the board tells nothing of it
        hints = replace(hints, kind="press")
    elif source is not None:
        hints = replace(
            hints,
            kind=source.kind,
            outlet=source.outlet or source.title,
            region=source.region,
            layouts=source.layouts,
        )
    return Page(capture.url, stored.body, capture.content_type, capture.fetched_at, hints)
