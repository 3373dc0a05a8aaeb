"""In what form does the archive leave the house? One module a format; each writes one file."""

from collections.abc import Callable, Mapping
from datetime import datetime
from pathlib import Path
from typing import NamedTuple

from archive.exports import wacz


class Format(NamedTuple):
    """A format of export: what its files end in, and what writes one.

    The writer is given the archive's folder, the file to write and the present moment (aware), and returns
    one line on what it wrote and one for each thing that it had to leave out.
    """

    suffix: str
    write: Callable[[Path, Path, datetime], tuple[str, list[str]]]


FORMATS: Mapping[str, Format] = {"wacz": Format(".wacz", wacz.write)}
"""The formats by the name that ``coopress export --format`` takes."""
