"""A rebuild that is killed changes nothing, leaves no process behind and gives its lock free."""

import signal
import subprocess
import sys
import threading
from pathlib import Path

from archive.pipeline import Archive
from archive.rebuild import rebuild
from tests.test_readers import exchanges, held, opened

# Killed when the first pages were read, with more to read for its workers.
SCRIPT = """
import os, signal, sys
from pathlib import Path
from archive.pipeline import Archive
from archive.rebuild import rebuild

with Archive(Path(sys.argv[1]), {}) as archive:
    rebuild(archive, 2, lambda count: os.kill(os.getpid(), signal.SIGKILL))
"""
_PATIENCE = 400  # looks, a twentieth of a second apart


def _of_session(session: int) -> list[int]:
    """Return the processes of a session, those aside that have ended and wait to be noticed."""
    found = []
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            state, _, _, its = stat.read_text("utf-8", "replace").rpartition(")")[2].split()[:4]
        except OSError:  # gone since
            continue
        if int(its) == session and state not in "ZX":
            found.append(int(stat.parent.name))
    return found


def test_workers_end_with_a_rebuild_that_is_killed(tmp_path: Path) -> None:
    with opened(tmp_path, 0) as archive:
        for exchange in exchanges(40):
            archive.keep(exchange)
        rebuild(archive)
    before = held(tmp_path)
    done = subprocess.Popen([sys.executable, "-c", SCRIPT, str(tmp_path)], start_new_session=True)
    assert done.wait(120) == -signal.SIGKILL
    pause = threading.Event()
    assert any(not _of_session(done.pid) or pause.wait(0.05) for _ in range(_PATIENCE))
    assert held(tmp_path) == before
    with Archive(tmp_path, {}) as archive:  # nobody has the lock
        assert rebuild(archive, 2).changes == []
