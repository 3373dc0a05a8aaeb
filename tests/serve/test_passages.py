import pytest

from archive.serve import search
from archive.serve.passages import Mark, context, excerpt, paragraphs


def test_paragraphs_are_the_lines_with_something_in_them() -> None:
    assert paragraphs("Un & un.\n\n  \nDeux.", []) == ["Un &amp; un.", "Deux."]


def test_a_mark_keeps_its_place_among_escaped_text() -> None:
    text = "<b> Scop Ici & là\nSuite"
    start = text.index("Scop Ici")
    shown = paragraphs(text, [Mark(start, start + 8, "coop", "coop-1", 'Nom "dit"', "p-1")])
    assert (
        shown[0] == '&lt;b&gt; <mark class="coop" id="coop-1"><a href="#p-1" data-told="Nom &#34;dit&#34;">'
        "Scop Ici</a></mark> &amp; là"
    )


def test_of_overlapping_marks_the_longest_of_the_first_is_shown() -> None:
    marks = [Mark(0, 4, "a", "", ""), Mark(0, 8, "b", "", ""), Mark(5, 9, "c", "", "")]
    assert paragraphs("Scop Ici là", marks) == ['<mark class="b">Scop Ici</mark> là']


@pytest.mark.parametrize("offsets", [(-1, 2), (3, 3), (5, 2), (0, 99), (None, None)])
def test_offsets_outside_the_text_show_nothing(offsets: tuple[int | None, int | None]) -> None:
    assert context("Un texte", *offsets) == ""


def test_a_context_is_cut_between_words_on_both_sides_and_escaped() -> None:
    text = "bien avant cela <Scop> puis bien après"
    start = text.index("<Scop>")
    shown = context(text, start, start + 6, around=7)
    assert shown == "…cela <mark>&lt;Scop&gt;</mark> puis …"


def test_a_context_of_one_long_word_is_cut_within_it() -> None:
    assert context("a" * 50 + "Scop" + "b" * 50, 50, 54, around=3) == "…aaa<mark>Scop</mark>bbb…"


@pytest.mark.parametrize(
    ("text", "wanted", "shown"),
    [
        ("Des coopératives", ("cooperative",), 'Des <mark class="found">coopératives</mark>'),
        ("Rien ici", ("absent",), "Rien ici"),
        ("a <b> c", (), "a &lt;b&gt; c"),
        (None, ("x",), ""),
    ],
)
def test_an_excerpt_marks_the_words_looked_for(text: str | None, wanted: tuple[str, ...], shown: str) -> None:
    assert excerpt(text, _places(text, wanted)) == shown


def test_an_excerpt_is_taken_around_the_first_word_found() -> None:
    text = "mot " * 500 + "aiguille " + "foin " * 500
    shown = excerpt(text, _places(text, ("aiguille",)))
    assert '<mark class="found">aiguille</mark>' in shown
    assert shown.startswith("… mot")
    assert shown.endswith("…")


def _places(text: str | None, wanted: tuple[str, ...]) -> list[tuple[int, int]]:
    return search.places(text or "", " ".join(wanted))
