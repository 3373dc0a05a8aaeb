"""How much do two texts share? Runs of words, hashed, and a small sample of them to find others by."""

import hashlib
import struct
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from archive.parsers.outlets import folded_words

# Words in a row. Four survive the small changes that papers make to a dispatch (« mardi » for « le 3 mai »),
# and hardly ever stand in two texts by chance.
_RUN: Final = 4
# A text is found by the runs whose hash falls below a limit, the same for all texts of its length: two texts
# that share a passage share its sampled runs (the « mod m » sketch of Broder, 1997; FracMinHash of
# Irber et al., 2022). Unlike signatures of a fixed length it finds a short piece of a long text.
_WHOLE_SPACE: Final = 1 << 64
_HALF: Final = _WHOLE_SPACE >> 1
_SIZE: Final = 8  # bytes of a hash
_FEWEST: Final = 32  # runs that a text is sampled down to, at least
_COARSEST: Final = 16  # one run in so many of a long text

_LEAST_OPENING: Final = 12
_MOST_OPENING: Final = 40


@dataclass(frozen=True, slots=True)
class Likeness:
    """What two texts share: ``common`` runs; ``jaccard`` of all runs, ``part`` of those of the shorter text.

    Both are shares, 0 to 1.
    """

    common: int
    jaccard: float
    part: float


@dataclass(frozen=True, slots=True)
class Sample:
    """One run in ``step`` of a text, in order, as signed 64-bit numbers."""

    runs: tuple[int, ...]
    step: int


def shingles(text: str) -> frozenset[int]:
    """Return the 64-bit hashes of all runs of words of a text; case, accents and punctuation do not count.

    >>> len(shingles("Les Taxis Réunis ont racheté leur standard"))
    4
    >>> shingles("L’ŒUVRE d’une vie") == shingles("l'œuvre d'une vie")
    True
    """
    return _hashed(folded_words(text))


def sample(found: frozenset[int]) -> Sample:
    """Return the runs by which a text is found.

    All of them for a short text, one in two of a longer one, down to one in sixteen.
    """
    step = 1
    while step < _COARSEST and len(found) > 2 * _FEWEST * step:
        step *= 2
    return Sample(tuple(sorted([run - _HALF for run in found if run < _WHOLE_SPACE // step])), step)


def estimated(one: Sample, other: Sample) -> Likeness:
    """Tell from their samples what two texts share, give or take a tenth; ``common`` counts sampled runs."""
    step = max(one.step, other.step)
    return likeness(*(frozenset(_sampled(found.runs, step).runs) for found in (one, other)))


def likeness(one: frozenset[int], other: frozenset[int]) -> Likeness:
    """Compare two texts by their runs.

    >>> a, b = shingles("un deux trois quatre cinq six"), shingles("deux trois quatre cinq six sept")
    >>> likeness(a, b)
    Likeness(common=2, jaccard=0.5, part=0.6666666666666666)
    """
    common = len(one & other)
    return Likeness(
        common,
        common / ((len(one) + len(other) - common) or 1),
        common / (min(len(one), len(other)) or 1),
    )


def _sampled(runs: Iterable[int], step: int) -> Sample:
    limit = _WHOLE_SPACE // step - _HALF
    return Sample(tuple(sorted(run for run in runs if run < limit)), step)


def opening(text: str) -> frozenset[int]:
    """Return the runs with which a text begins: of its first quarter, from twelve words up to forty."""
    words = folded_words(text)
    return _hashed(words[: min(max(len(words) // 4, _LEAST_OPENING), _MOST_OPENING)])


def _hashed(words: list[str]) -> frozenset[int]:
    """Return the hashes of all runs of these words, of which a text shorter than a run is one."""
    begun = [words[first:] for first in range(_RUN)]
    runs = map(" ".join, zip(*begun, strict=False) if len(words) >= _RUN else [words])
    digests = [hashlib.blake2b(run.encode(), digest_size=_SIZE).digest() for run in runs]
    return frozenset(struct.unpack(f">{len(digests)}Q", b"".join(digests)))
