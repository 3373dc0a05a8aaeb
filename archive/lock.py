"""Who may write to an archive's folder? One process at a time; the operating system keeps the lock.

The lock goes with the process, however it ends, and the file need never be removed.
"""

import fcntl
import os
import sys
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TextIO

from archive.errors import ArchiveError

_NAME = "crawl.lock"
# Folders that this process has locked, and how often: whoever holds a folder may open it again.
_held: Counter[Path] = Counter()


@contextmanager
def locked(data: Path) -> Iterator[None]:
    """Hold the archive's folder, made if absent, for this process alone.

    Raises ArchiveError, naming the process that has it, when another one does.
    """
    folder = data.resolve()
    if _held[folder]:
        with _counted(folder):
            yield
        return
    with _opened(data) as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            raise ArchiveError(f"{data}: in use by another process{_holder(file)}") from error
        _sign(file)
        with _counted(folder):
            yield


def _opened(data: Path) -> TextIO:
    try:
        data.mkdir(parents=True, exist_ok=True)
        return (data / _NAME).open("a+", encoding="utf-8")
    except OSError as error:
        raise ArchiveError(f"{data / _NAME}: {error.strerror or error}") from error


def _sign(file: TextIO) -> None:
    """Write who we are, for whoever comes second; a full disk takes nothing from the lock."""
    name = f"{os.getpid()}: {' '.join([Path(sys.argv[0]).name, *sys.argv[1:2]])}"
    try:
        # Not through the file's buffer: what stays there would be written, and fail, once more at the end.
        os.ftruncate(file.fileno(), 0)
        os.write(file.fileno(), name.encode())
    except OSError:
        return


def _holder(file: TextIO) -> str:
    file.seek(0)
    number, _, command = file.readline(200).partition(": ")
    return f" ({command}, process {number})" if command else ""


@contextmanager
def _counted(folder: Path) -> Iterator[None]:
    _held[folder] += 1
    try:
        yield
    finally:
        _held[folder] -= 1
