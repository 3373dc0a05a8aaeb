"""What does a structure weigh? Memory of the process before and after, C extensions included."""

import gc
import os
from contextlib import suppress
from pathlib import Path

_STATM = Path("/proc/self/statm")
_MIB = 1024 * 1024


def resident() -> float:
    """Return the memory that this process holds now, in MiB. Raises OSError where there is no ``/proc``."""
    gc.collect()
    return int(_STATM.read_text("ascii").split()[1]) * os.sysconf("SC_PAGE_SIZE") / _MIB


def peaks_of_group(leader: int) -> dict[tuple[int, int], int]:
    """Return the most (kB) that each process of a group has held so far, by its number and its parent's."""
    found: dict[tuple[int, int], int] = {}
    for folder in Path("/proc").glob("[0-9]*"):
        with suppress(OSError, ValueError, StopIteration):  # it has just ended, or has no memory of its own
            # The name, in parentheses, may hold blanks.
            _, parent, group = (folder / "stat").read_text("utf-8").rpartition(")")[2].split()[:3]
            if int(group) == leader:
                lines = (folder / "status").read_text("utf-8").splitlines()
                held = next(line.split()[1] for line in lines if line.startswith("VmHWM"))
                found[int(folder.name), int(parent)] = int(held)
    return found


def held_by_group(leader: int) -> float:
    """Return what the processes of a group hold together now, in MiB: what they share is counted once."""
    held = 0
    for folder in Path("/proc").glob("[0-9]*"):
        with suppress(OSError, ValueError, StopIteration):
            group = (folder / "stat").read_text("utf-8").rpartition(")")[2].split()[2]
            if int(group) == leader:
                lines = (folder / "smaps_rollup").read_text("utf-8").splitlines()
                held += next(int(line.split()[1]) for line in lines if line.startswith("Pss:"))
    return held / 1024
