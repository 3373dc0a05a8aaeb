"""Which articles does an address ask for, in which order, which page of them?"""

from dataclasses import dataclass

from archive.serve import rights
from archive.serve.search import match
from archive.serve.search.question import Question, asked

LAST_PAGE = 500
"""Nobody leafs further; a condition more or an export leads there."""


@dataclass(frozen=True, slots=True)
class Asked:
    """One page of answers: the question, the order (``relevance`` or ``date``) and the page from 1 on.

    ``exact``: all answers are looked at to say how they are spread, however many.
    """

    question: Question
    order: str
    page: int = 1
    public: bool = False
    exact: bool = False

    @property
    def where(self) -> match.Condition:
        """The condition on ``articles``, take-downs included where the public looks on."""
        found = match.condition(self.question)
        return match.Condition(f"{rights.shown(self.public)} and {found.sql}", found.parameters)


def read(query: str, order: str = "", page: str = "1", public: bool = False, exact: bool = False) -> Asked:
    """Return what an address asks for; what cannot be read is the usual."""
    question = asked(query)
    ranked = match.has_words(question.tree)
    number = int(page) if page.isdecimal() and len(page) < 6 else 1
    chosen = "date" if order == "date" or not ranked else "relevance"
    return Asked(question, chosen, min(max(number, 1), LAST_PAGE), public, exact)
