"""What does a structure weigh? Memory of the process before and after, C extensions included."""

import gc
import os
from pathlib import Path

_STATM = Path("/proc/self/statm")
_MIB = 1024 * 1024


def resident() -> float:
    """Return the memory that this process holds now, in MiB. Raises OSError where there is no ``/proc``."""
    gc.collect()
    return int(_STATM.read_text("ascii").split()[1]) * os.sysconf("SC_PAGE_SIZE") / _MIB
