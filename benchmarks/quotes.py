"""Are quotations found, and whose are they? ``python -m benchmarks.quotes [-v]`` on our labelled texts.

A quotation is right when its words are; a speaker, and a role, when both agree on the same quotation (nobody
counts as an answer). Found ones that are none lower the precision.
"""

import sys
import tomllib
from collections import Counter
from pathlib import Path

from archive.models import Passage
from archive.parsers.quotes import quotes

LABELLED = Path(__file__).parent.parent / "tests/parsers/quotes.toml"


def measured(verbose: bool = False) -> Counter[str]:
    """Return counts: ``wanted``, ``found``, ``right``, ``speaker`` and ``role`` right among those."""
    counts: Counter[str] = Counter()
    for case in tomllib.loads(LABELLED.read_text("utf-8"))["text"]:
        wanted = {quote: (who or None, role or None) for quote, who, role in case["quotes"]}
        found = {one.quote: one for one in quotes([Passage("text", case["text"])])}
        shared = wanted.keys() & found.keys()
        counts.update(wanted=len(wanted), found=len(found), right=len(shared))
        for quote in shared:
            counts["speaker"] += found[quote].speaker == wanted[quote][0]
            counts["role"] += found[quote].role == wanted[quote][1]
        if verbose:
            _tell(case["text"], wanted, {q: (one.speaker, one.role) for q, one in found.items()})
    return counts


def _tell(text: str, wanted: object, found: object) -> None:
    if wanted != found:
        sys.stdout.write(f"{text}\n  wanted {wanted}\n  found  {found}\n")


def main() -> None:
    """Print precision and recall."""
    counts = measured("-v" in sys.argv)
    right = counts["right"]
    sys.stdout.write(
        f"{counts['wanted']} quotations: precision {right / counts['found']:.3f}, "
        f"recall {right / counts['wanted']:.3f}, "
        f"speaker {counts['speaker'] / right:.3f}, role {counts['role'] / right:.3f}\n"
    )


if __name__ == "__main__":
    main()
