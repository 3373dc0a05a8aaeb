"""A reader sees what changed in an article: whole words, in their paragraphs, never a site’s markup."""

import pytest
from datasette.app import Datasette

from archive.serve import versions

FIRST = "La scierie compte sept salariés.\nTout n’a pas été lisse, dit la doyenne.\nElle fête ses dix ans."
SECOND = "La scierie compte neuf salariés.\nElle fête ses dix ans.\nRectificatif : l’effectif était inexact."


@pytest.mark.parametrize(
    ("before", "after", "shown"),
    [
        ("Dix ans", "Dix ans", None),
        ("", "Dix ans", "<ins>Dix ans</ins>"),
        ("salarié·es", "salariés", "<del>salarié·es</del><ins>salariés</ins>"),
        # Signs between two changes belong to them; a word between them stays.
        (
            "voisine, a offert",
            "amie, avait offert",
            "<del>voisine, a</del><ins>amie, avait</ins> offert",
        ),
        ("dix et onze", "deux et trois", "<del>dix</del><ins>deux</ins> et <del>onze</del><ins>trois</ins>"),
        ("<b>a</b>", "<b>c</b>", "&lt;b&gt;<del>a</del><ins>c</ins>&lt;/b&gt;"),
    ],
)
def test_a_line_shows_the_words_that_changed(before: str, after: str, shown: str | None) -> None:
    assert versions.words(before, after) == shown


def test_a_text_shows_the_paragraphs_that_changed() -> None:
    assert versions.paragraphs(FIRST, SECOND) == (
        "<p>La scierie compte <del>sept</del><ins>neuf</ins> salariés.</p>"
        "<p><del>Tout n’a pas été lisse, dit la doyenne.</del></p>"
        "<p>Elle fête ses dix ans.</p>"
        "<p><ins>Rectificatif : l’effectif était inexact.</ins></p>"
    )


def test_what_is_gone_stands_before_what_came_in_its_place() -> None:
    assert versions.paragraphs("Un.", "Deux.") == "<p><del>Un.</del></p><p><ins>Deux.</ins></p>"
    assert versions.paragraphs("Un.\n\n", "Un.") is None


def test_long_unchanged_passages_are_left_out_between_whole_words() -> None:
    lines = [f"Alinéa {number}." for number in range(9)]
    shown = versions.paragraphs("\n".join(lines), "\n".join([*lines, "Fin."]))
    assert shown == '<p class="quiet">[…]</p><p>Alinéa 8.</p><p><ins>Fin.</ins></p>'
    many = " ".join(f"mot-{number}" for number in range(60))
    change = versions.words(f"{many} fin", f"{many} suite") or ""
    assert change.startswith(" […] mot-")
    assert change.endswith("mot-59 <del>fin</del><ins>suite</ins>")


def test_a_text_rewritten_from_end_to_end_is_compared_in_time() -> None:
    before, after = ("\n".join(f"{name} {number}." for number in range(2000)) for name in ("Un", "Deux"))
    shown = versions.paragraphs(before, after) or ""
    assert (shown.count("<del>"), shown.count("<ins>")) == (2000, 2000)


async def test_the_page_counts_the_words_and_leads_to_the_copies(archive: Datasette) -> None:
    page = (await archive.client.get("/a/1002/versions")).text
    for told in (
        "2 versions",
        "Titre changé · texte\xa0: ",
        "en plus, ",
        "<del>30 août 2017</del>",
        "/c/2026-01-05T030000-union/4096",
    ):
        assert told in page
