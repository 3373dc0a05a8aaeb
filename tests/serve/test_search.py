import sqlite3

import pytest

from archive.serve import search

TEXTS = {
    1: "Une coopérative de l’Essonne",
    2: "Deux coopératives du Val-d'Oise mettent en œuvre un plan",
    3: "Le chiffre d’affaires des salarié·es",
    4: "Affaires courantes, aucun chiffre",
}


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("coopérative", {1, 2}),
        ("COOPERATIVES", {1, 2}),
        ("l'Essonne", {1}),
        ("l’Essonne", {1}),
        ("d’Essonne", {1}),
        ("Val-d’Oise", {2}),
        ("oeuvre", {2}),
        ("œuvre", {2}),
        ("œuvres", {2}),
        ("coop*", {1, 2}),
        ('"chiffre d’affaires"', {3}),
        ("« chiffre d'affaires »", {3}),
        ("chiffre affaires", {3, 4}),
        ("salarié·es", {3}),
        ("coopérative Essonne", {1}),
        ("absent", set()),
    ],
)
def test_a_search_finds(typed: str, found: set[int]) -> None:
    assert _found(typed) == found


@pytest.mark.parametrize(
    "typed",
    [
        "",
        " ",
        '"',
        '""',
        "*",
        "(",
        "a OR",
        "AND",
        "NOT NEAR(",
        "title:",
        "^x",
        "-",
        "'",
        "\0",
        "é" * 5000,
        "a " * 5000,
    ],
)
def test_no_search_is_a_syntax_error(typed: str) -> None:
    _found(typed)


def test_text_without_a_word_finds_nothing() -> None:
    assert _found('* ( "') == set()


def test_words_of_fts_syntax_are_looked_for_as_words() -> None:
    assert search.expression("NEAR") == '("NEAR" OR "NEARs")'


def _found(typed: str) -> set[int]:
    index = sqlite3.connect(":memory:")
    index.execute("create virtual table texts using fts5(text, tokenize='unicode61 remove_diacritics 2')")
    index.executemany("insert into texts(rowid, text) values (?, ?)", TEXTS.items())
    rows = index.execute("select rowid from texts where texts match ?", [search.expression(typed)]).fetchall()
    index.close()
    return {rowid for (rowid,) in rows}
