"""How are figures shown? As Markdown tables, so that a run can be pasted where it is talked about."""

import os
import platform
from collections.abc import Iterable, Sequence


def table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """Return a Markdown table, its first column flush left and the figures flush right.

    >>> print(table(("who", "right"), [("coopress", "0.95")]))
    | who      | right |
    | :------- | ----: |
    | coopress |  0.95 |
    """
    lines = [head, *rows]
    widths = [max(map(len, column)) for column in zip(*lines, strict=True)]
    rule = [":" + "-" * (widths[0] - 1), *("-" * (width - 1) + ":" for width in widths[1:])]
    padded = [[row[0].ljust(widths[0]), *map(str.rjust, row[1:], widths[1:])] for row in lines]
    return "\n".join(f"| {' | '.join(row)} |" for row in (padded[0], rule, *padded[1:]))


def share(part: int, whole: int) -> str:
    """Return a share with four decimals, or a dash when there was nothing to share.

    >>> share(1, 3), share(0, 0)
    ('0.3333', '–')
    """
    return f"{part / whole:.4f}" if whole else "–"


def machine() -> str:
    """Return one line on where the figures were measured, the load of the last minute included."""
    load = f", load {os.getloadavg()[0]:.1f}" if hasattr(os, "getloadavg") else ""
    return f"Python {platform.python_version()}, {os.cpu_count()} cores{load}"
