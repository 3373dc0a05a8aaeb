"""How much of it is right? Counts for dates and for text over one collection."""

from dataclasses import dataclass

from benchmarks.contenders import Answer
from benchmarks.labelled import Labelled, squash
from benchmarks.tables import share


@dataclass(slots=True)
class DateScore:
    """Publication dates: right, wrong or missing where the page has one; none or invented elsewhere."""

    right: int = 0
    wrong: int = 0
    missing: int = 0
    none: int = 0
    invented: int = 0

    def count(self, page: Labelled, answer: Answer) -> None:
        """Judge one page whose date is known; a partial date (« 2021-05 ») must be as partial."""
        if page.published is None:
            self.none += answer.published is None
            self.invented += answer.published is not None
        elif answer.published is None:
            self.missing += 1
        elif answer.published == page.published:
            self.right += 1
        else:
            self.wrong += 1

    def cells(self) -> tuple[str, ...]:
        """Return the shares right, wrong, missing (of pages with a date) and invented (of those without)."""
        with_date = self.right + self.wrong + self.missing
        asked = (self.right, self.wrong, self.missing)
        return (
            *(share(count, with_date) for count in asked),
            share(self.invented, self.none + self.invented),
        )


@dataclass(slots=True)
class TextScore:
    """Main text: wanted segments found or lost, unwanted ones leaked."""

    found: int = 0
    lost: int = 0
    leaked: int = 0

    def count(self, page: Labelled, answer: Answer) -> None:
        """Judge the text of one page by its segments."""
        text = squash(answer.text)
        found = sum(segment in text for segment in page.wanted)
        self.found += found
        self.lost += len(page.wanted) - found
        self.leaked += sum(segment in text for segment in page.unwanted)

    def cells(self) -> tuple[str, ...]:
        """Return precision, recall and F1."""
        return (
            share(self.found, self.found + self.leaked),
            share(self.found, self.found + self.lost),
            share(2 * self.found, 2 * self.found + self.leaked + self.lost),
        )
