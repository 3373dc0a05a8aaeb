"""Which sources are declared, at a glance? The text behind ``coopress source list``."""

from collections.abc import Iterable

from archive.sources import Source

_HEADINGS = ("slug", "kind", "via", "title", "home")


def table(sources: Iterable[Source]) -> str:
    """Return one aligned line a source under a line of headings, in the order given."""
    rows = [_HEADINGS, *((s.slug, s.kind, s.fetch.via, s.title, s.home) for s in sources)]
    # The home address comes last, so that its width pads nothing.
    widths = [max(len(cell) for cell in column) for column in zip(*rows, strict=True)][:-1]
    return "\n".join(
        "  ".join([*(cell.ljust(width) for cell, width in zip(row, widths, strict=False)), row[-1]])
        for row in rows
    )
