"""What do scanned publications say? Read with ocrmypdf where it is installed; its PDFs lie aside.

What a site gave stays as it is in the raw archive. A PDF with the text that was recognised lies in ``ocr/``
of the archive's folder, under the digest of the scan; whenever that is read, the text comes from there.
"""

import shutil
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from archive.errors import ArchiveError
from archive.pipeline import Archive
from archive.raw import Stored
from archive.store import articles, captures

# Seconds for one document: a minute a page is much, and no brochure has more pages than this.
_LONGEST = 3_600


@dataclass(frozen=True, slots=True)
class Scan:
    """What became of one scanned publication; ``problem`` is ``None`` when it was read."""

    url: str
    problem: str | None


def recognise(archive: Archive, again: bool = False) -> Iterator[Scan]:
    """Read the scanned publications of ``archive`` and yield each; ``again``: those read before as well.

    Raises ArchiveError when ocrmypdf is not installed.
    """
    program = shutil.which("ocrmypdf")
    if program is None:
        raise ArchiveError("ocrmypdf is not installed (apt install ocrmypdf tesseract-ocr-fra)")
    for row in captures.by_id(archive.database, articles.scanned(archive.database)):
        capture = row.capture
        target = archive.raw.recognised(capture.digest)
        problem = None
        if again or not target.is_file():
            problem = _run(program, archive.raw.get(capture.file, capture.offset), target)
        if problem is None:
            archive.read_again([row.id])
        else:
            archive.problem(capture.source, capture.url, "ocr", problem)
        yield Scan(capture.url, problem)


def _run(program: str, stored: Stored, target: Path) -> str | None:
    """Write the scan with its text to ``target``; return in one line why that failed, or ``None``."""
    target.parent.mkdir(exist_ok=True)
    with TemporaryDirectory(dir=target.parent) as folder:
        scan, read = Path(folder) / "scan.pdf", Path(folder) / "read.pdf"
        scan.write_bytes(stored.body)
        # Everything anew: a scan may hold a line of text, as of the library that made it.
        command = [
            program,
            "-l",
            "fra",
            "--force-ocr",
            "--output-type",
            "pdf",
            "--quiet",
            str(scan),
            str(read),
        ]
        try:
            done = subprocess.run(command, capture_output=True, text=True, timeout=_LONGEST, check=False)
        except subprocess.TimeoutExpired:
            return f"ocrmypdf did not end within {_LONGEST} seconds"
        if done.returncode or not read.is_file():
            told = " ".join(done.stderr.split())[-300:]
            return f"ocrmypdf: {told or f'exit code {done.returncode}'}"
        read.replace(target)
    return None
