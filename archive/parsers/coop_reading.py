"""What passes between the steps that read co-ops: a passage with its names, a co-op with its spellings."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from archive.models import CoopEntry, DepartmentMention, Passage
from archive.parsers.coop_names import Claim, Proper
from archive.parsers.known_coops import Known
from archive.parsers.words import Word


@dataclass(slots=True)
class Reading:
    """A passage, its words and names, its departments, and what is claimed or known of its names.

    ``no_places`` are those of the names that are no place by themselves.
    """

    passage: Passage
    words: Sequence[Word]
    names: list[Proper]
    no_places: list[Proper]
    places: list[DepartmentMention]
    claims: list[Claim] = field(default_factory=list)
    known: list[Known] = field(default_factory=list)


@dataclass(slots=True)
class Coop:
    """All that a page says of one co-op.

    ``spellings`` are its names as tuples of folded words, ``code`` the department glued to its name.
    """

    name: str
    forms: Counter[str] = field(default_factory=Counter)
    entry: CoopEntry | None = None
    listed: bool = False
    code: str | None = None
    spellings: set[tuple[str, ...]] = field(default_factory=set)


class Occurrence(NamedTuple):
    """A place of a passage that names the co-op ``key``, as this rule says."""

    start: int
    end: int
    key: str
    rule: str
