"""Who says what, on texts of our own; ``quotes.toml`` beside this holds them with what they say."""

import tomllib
from pathlib import Path

import pytest

from archive.models import Passage
from archive.parsers.quotes import quotes

CASES = tomllib.loads(Path(__file__).with_name("quotes.toml").read_text("utf-8"))["text"]


def test_a_page_in_another_language_is_not_read_for_french_quotations() -> None:
    said = [Passage("text", "« Nous sommes prêts », assure Luce Marin, gérante de la Scop.")]
    assert [len(quotes(said, language)) for language in ("fr", None, "en")] == [1, 1, 0]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["text"][:50])
def test_quotations_and_their_speakers(case):
    text = case["text"]
    found = quotes([Passage("text", text)])
    assert [[one.quote, one.speaker or "", one.role or ""] for one in found] == case["quotes"]
    for one in found:
        assert text[one.start : one.end] == one.quote
        if one.speaker is not None:
            assert text[one.speaker_start : one.speaker_end] == one.speaker


def test_a_title_may_quote_and_offsets_are_those_of_its_own_field():
    passages = [Passage("title", "« Nous sommes prêts ! »"), Passage("text", "« On y va », dit Luce Marin.")]
    found = quotes(passages)
    assert [(one.field, one.start, one.end, one.speaker) for one in found] == [
        ("title", 2, 21, None),
        ("text", 2, 9, "Luce Marin"),
    ]


@pytest.mark.parametrize(
    "text",
    [
        "« " * 5_000,
        "“ a " * 5_000,
        '"' * 9_999,
        "« Nous sommes, dit Luce, " * 2_000,
        "Jean " * 20_000 + "« On va »",
    ],
)
def test_marks_without_end_take_no_time(text):
    assert len(quotes([Passage("text", text)])) < 5
