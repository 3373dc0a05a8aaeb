"""How are figures shown? As Markdown tables, so that a run can be pasted where it is talked about."""

import os
import platform
from collections.abc import Iterable, Sequence

# What stands where nothing was asked or counted.
BLANK = "–"


def table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """Return a Markdown table, its first column flush left and the figures flush right.

    A column without a single figure is left out.

    >>> print(table(("who", "right", "wrong"), [("coopress", "0.95", "–")]))
    | who      | right |
    | :------- | ----: |
    | coopress |  0.95 |
    """
    columns = [column for column in zip(head, *rows, strict=True) if set(column[1:]) != {BLANK}]
    widths = [max(map(len, column)) for column in columns]
    rule = [":" + "-" * (widths[0] - 1), *("-" * (width - 1) + ":" for width in widths[1:])]
    lines = zip(*columns, strict=True)
    padded = [[line[0].ljust(widths[0]), *map(str.rjust, line[1:], widths[1:])] for line in lines]
    return "\n".join(f"| {' | '.join(row)} |" for row in (padded[0], rule, *padded[1:]))


def share(part: int, whole: int) -> str:
    """Return a share with four decimals, or a dash when there was nothing to share.

    >>> share(1, 3), share(0, 0)
    ('0.3333', '–')
    """
    return f"{part / whole:.4f}" if whole else BLANK


def machine() -> str:
    """Return one line on where the figures were measured, the load of the last minute included."""
    load = f", load {os.getloadavg()[0]:.1f}" if hasattr(os, "getloadavg") else ""
    return f"Python {platform.python_version()}, {os.cpu_count()} cores{load}"
