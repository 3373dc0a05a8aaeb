"""Invented articles of many papers, among them dispatches that others cut, retitle and lengthen."""

from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from random import Random

_SEED = 20_261_128
_SYLLABLES = "ba cor dé lu mi nan por ré sal ti vou gne cha bri mer fon lan te rie tion"
_SMALL = "le la les de du des un une et à en que qui pour dans sur par avec au aux est sont a ont ne pas"
_VOCABULARY = 6_000
_PAPERS = 200
_UNIONS = 20
_SHARE_OF_UNIONS = 0.2
_SHARE_OF_REPRINTS = 0.15
# How much of a dispatch a paper leaves out.
CUTS = (0.0, 0.25, 0.5, 0.7)
# Words that a paper changes in what it keeps.
_RETOUCHED = 0.03
# A paper reprints what is among the last dispatches.
_FRESH = 2_000
_FIRST_DAY = date(2014, 1, 1)
_DAYS = 4_000


@dataclass(frozen=True, slots=True)
class Invented:
    """One article. ``story`` is the number of the dispatch it reprints, or its own.

    ``cut`` is the share of the dispatch that it left out (0 to 1), ``None`` where it reprints nothing.
    """

    number: int
    story: int
    cut: float | None
    host: str
    title: str
    published: str
    text: str


class Press:
    """A press of two hundred papers and twenty unions."""

    def __init__(self) -> None:
        """Make up a vocabulary, and the lasting paragraph of each union."""
        self._random = Random(_SEED)
        words: dict[str, None] = dict.fromkeys(_SMALL.split())
        syllables = _SYLLABLES.split()
        while len(words) < _VOCABULARY:
            words["".join(self._random.choices(syllables, k=self._random.randint(2, 4)))] = None
        self._words = list(words)
        # As in real texts, few words make most of them.
        self._weights = [1 / (rank + 3) for rank in range(len(self._words))]
        self._lasting = [self._paragraph(60) for _ in range(_UNIONS)]

    def articles(self, count: int) -> Iterator[Invented]:
        """Yield ``count`` articles; a reprint comes some articles after its dispatch, from another paper."""
        dispatches: deque[Invented] = deque(maxlen=_FRESH)
        for number in range(count):
            if len(dispatches) > 50 and self._random.random() < _SHARE_OF_REPRINTS:
                yield self._reprint(number, self._random.choice(dispatches))
            elif self._random.random() < _SHARE_OF_UNIONS:
                yield self._of_a_union(number)
            else:
                made = self._own(number)
                if number % 3 == 0:
                    dispatches.append(made)
                yield made

    def _own(self, number: int) -> Invented:
        text = "\n".join(
            self._paragraph(self._random.randint(30, 70)) for _ in range(self._random.randint(4, 9))
        )
        host = f"www.journal-{self._random.randrange(_PAPERS)}.example"
        return Invented(number, number, None, host, self._paragraph(8), self._day(), text)

    def _of_a_union(self, number: int) -> Invented:
        union = self._random.randrange(_UNIONS)
        own = "\n".join(
            self._paragraph(self._random.randint(30, 50)) for _ in range(self._random.randint(2, 4))
        )
        practical = f"En pratique\n{self._lasting[union]} le {self._day()} à {self._paragraph(4)}"
        host = f"www.union-{union}.example"
        return Invented(number, number, None, host, self._paragraph(8), self._day(), f"{own}\n{practical}")

    def _reprint(self, number: int, origin: Invented) -> Invented:
        cut = self._random.choice(CUTS)
        paragraphs = origin.text.split("\n")
        kept = max(1, round(len(paragraphs) * (1 - cut)))
        # A paper cuts from the end, as the trade has it, and sometimes in the middle.
        chosen = (
            sorted(self._random.sample(range(len(paragraphs)), kept))
            if cut and number % 3 == 0
            else range(kept)
        )
        lines = [self._retouched(paragraphs[index]) for index in chosen]
        lines[0] = f"{self._random.choice(self._words).upper()} (AGI). – {lines[0]}"
        if number % 2:
            lines.append(self._paragraph(35))
        day = date.fromisoformat(origin.published) + timedelta(days=self._random.randint(0, 5))
        others = [paper for paper in range(_PAPERS) if f"www.journal-{paper}.example" != origin.host]
        host = f"www.journal-{self._random.choice(others)}.example"
        return Invented(
            number, origin.story, cut, host, self._paragraph(7), day.isoformat(), "\n".join(lines)
        )

    def _retouched(self, paragraph: str) -> str:
        words = paragraph.split()
        return " ".join(
            self._random.choice(self._words) if self._random.random() < _RETOUCHED else word for word in words
        )

    def _paragraph(self, length: int) -> str:
        return " ".join(self._random.choices(self._words, self._weights, k=length)).capitalize()

    def _day(self) -> str:
        return (_FIRST_DAY + timedelta(days=self._random.randrange(_DAYS))).isoformat()
