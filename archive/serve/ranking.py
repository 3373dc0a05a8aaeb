"""Which articles stand on one page of answers? The most relevant, or the latest."""

import re
import sqlite3
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from typing import Final

from archive.serve import answering, counting
from archive.serve.answering import Answers
from archive.serve.counting import Counts
from archive.serve.names import Names
from archive.serve.search import indexed, match
from archive.serve.selection import Asked
from archive.store import places

ON_A_PAGE: Final = 20
WEIGHED: Final = 30_000
"""Up to so many articles with the words of a question, each counted apart, the answers are weighed."""

_PHRASE: Final = re.compile(r'"[^"]+"\*?')
# A word of a title says more of what an article is about than one of its text; filters say nothing of it.
_WEIGHTS: Final = {match.STEMS: "10.0, 4.0, 1.0, 1.0, 0.0", match.WORDS: "10.0, 4.0, 1.0"}
# An article loses a third of its rank in five years and never more than 60 %; without a date, 40 %.
_FRESHNESS: Final = f"""
    (0.4 + 0.6 / (1 + iif(place < {places.FIRST}, 0.5, max(0, :today - (place >> {places.BITS}))
                                                       / (10.0 * {places.DAYS_OF_A_YEAR}))))"""
_BY_RANK: Final = """
select article from {rows} where {where}
order by bm25({index}, {weights}) * {freshness}, place desc limit :most offset :skipped"""


def page(connection: sqlite3.Connection, wanted: Asked, known: Names, counted: Counts) -> list[int]:
    """Return the ids of the articles on the page, in order; ``counted`` is how many answer.

    Above ``MANY`` answers, and where the words are too frequent to be weighed, the order of relevance is:
    those with the words in their titles, those with one of them there, the others; each the latest first.
    """
    few = counted.total <= counting.MANY
    if few and wanted.order == "relevance" and _can_be_weighed(connection, wanted, known):
        return _by_rank(connection, wanted, known)
    if counted.places is not None and indexed.divided(wanted.question, known).asks_the_index:
        return _of_few(connection, wanted, known, counted.places)
    kinds = _kinds(wanted, known) if wanted.order == "relevance" else iter([answering.answers(wanted, known)])
    found: list[int] = []
    skipped = (wanted.page - 1) * ON_A_PAGE
    for kind in kinds:
        found += answering.identifiers(connection, kind, ON_A_PAGE - len(found), skipped)
        if len(found) == ON_A_PAGE:
            break
        skipped = 0 if found else max(0, skipped - (answering.total(connection, kind) if skipped else 0))
    return found


def _can_be_weighed(connection: sqlite3.Connection, wanted: Asked, known: Names) -> bool:
    """Tell whether the words are not too frequent: bm25 reads the whole list of each to weigh it."""
    index, expression = match.ranking_index(wanted.question.tree)
    if index == match.STEMS:
        expression = f"{expression} {indexed.divided(wanted.question, known).expression}"
    left = WEIGHED
    for phrase in dict.fromkeys(_PHRASE.findall(expression)):
        sql = f"select count(*) from (select 1 from {index} where {index} match :phrase limit :most)"
        left -= answering.fetched(connection, sql, {"phrase": phrase, "most": left})[0][0]
        if left <= 0:
            return False
    return True


def _of_few(connection: sqlite3.Connection, wanted: Asked, known: Names, listed: str) -> list[int]:
    """Return the page of answers whose places are known, the latest last."""
    found = listed.split(",")[::-1] if listed else []
    if wanted.order == "relevance":
        titles = _words_in_titles(connection, wanted, known)
        every = max(1, len(indexed.in_title(wanted.question)))
        found.sort(key=lambda place: -(titles[place] == every) - (titles[place] > 0))
    skipped = (wanted.page - 1) * ON_A_PAGE
    shown = ",".join(found[skipped : skipped + ON_A_PAGE])
    sql = "select article from json_each(:places) cross join article_places on place = value"
    return [article for (article,) in answering.fetched(connection, sql, {"places": f"[{shown}]"})]


def _words_in_titles(connection: sqlite3.Connection, wanted: Asked, known: Names) -> Counter[str]:
    """Return of how many words of the question are in the title at each place that passes the filters."""
    found = indexed.divided(wanted.question, known)
    titled = Counter[str]()
    for words in indexed.in_title(wanted.question):
        loose = replace(found, words=words, rest=match.ANY, is_list=False)
        answers = answering.of_index(loose, wanted.public)
        sql = answers.select(f"group_concat({answers.place})", answers.rows)
        titled.update((answering.fetched(connection, sql, answers.parameters)[0][0] or "").split(","))
    return titled


def _kinds(wanted: Asked, known: Names) -> Iterator[Answers]:
    """Yield the answers in parts that have no article in common, the best first."""
    found = indexed.divided(wanted.question, known)
    if not found.asks_the_index:
        yield from _kinds_of_exact(wanted)
        return
    before: tuple[str, ...] = ()
    for titles in indexed.in_titles(wanted.question):
        # Where titles alone answer, the lists of all texts need not be read.
        alone = not before and indexed.is_plain(wanted.question)
        kind = replace(found, words=titles) if alone else replace(found, filters=(titles, *found.filters))
        yield answering.of_index(replace(kind, denied=(*found.denied, *before)), wanted.public)
        before = (titles,)
    yield answering.of_index(replace(found, denied=(*found.denied, *before)), wanted.public)


def _kinds_of_exact(wanted: Asked) -> Iterator[Answers]:
    every = answering.by_article(wanted)
    index, expression = match.ranking_index(wanted.question.tree)
    titled = f"article in (select rowid from {index} where {index} match :titled)"
    titles = {"titled": f"{match.TITLES} : ({expression})"}
    for condition in (titled, f"not {titled}"):
        yield replace(
            every, where=f"{every.where} and {condition}", parameters={**every.parameters, **titles}
        )


def _among(index: str, found: Answers) -> tuple[str, str]:
    """Return rows of an index, and the condition that they answer: the index ranks what others found.

    The plus keeps SQLite from asking the index once for each article of the list.
    """
    key, column = ("place", found.place) if index == match.STEMS else ("article", "article")
    rows = f"{index} cross join article_places on {key} = {index}.rowid"
    return rows, f"{index} match :ranked and +{index}.rowid in ({found.select(column, found.articles)})"


def _by_rank(connection: sqlite3.Connection, wanted: Asked, known: Names) -> list[int]:
    index, expression = match.ranking_index(wanted.question.tree)
    found = indexed.divided(wanted.question, known)
    answers = answering.answers(wanted, known)
    if index == match.STEMS and (found.is_whole or found.is_list):
        rows, where, parameters = answers.articles, answers.where, dict(answers.parameters)
    else:
        rows, where = _among(index, answers)
        parameters = {**answers.parameters, "ranked": expression}
    sql = _BY_RANK.format(rows=rows, where=where, index=index, weights=_WEIGHTS[index], freshness=_FRESHNESS)
    today = places.day_number(datetime.now(UTC).date().isoformat())
    parameters |= {"today": today, "most": ON_A_PAGE, "skipped": (wanted.page - 1) * ON_A_PAGE}
    return [article for (article,) in answering.fetched(connection, sql, parameters)]
