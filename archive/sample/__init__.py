"""Where do the bundled sample press web, its co-op directory and its source files lie?"""

from pathlib import Path

_HERE = Path(__file__).parent


def warc() -> Path:
    """Return the WARC file that ``coopress demo`` replays."""
    return _HERE / "press.warc.gz"


def directory() -> Path:
    """Return the co-op directory of the sample, as CSV: some of its co-ops are missing on purpose."""
    return _HERE / "directory.csv"


def sources() -> Path:
    """Return the folder of the source files that declare the sample's five sites."""
    return _HERE.parent / "sources" / "demo"
