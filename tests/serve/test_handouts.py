"""A press officer picks articles and hands out a press review that respects every publisher."""

import email
import html
import re
from email.policy import default

import pytest
from datasette.app import Datasette

from archive.serve import handouts

from .conftest import HOSTILE

FULL, EXCERPT, LINK = 1002, 1003, 1004  # of sources that grant the text, an excerpt, nothing


async def _page(archive: Datasette, path: str) -> str:
    response = await archive.client.get(path)
    assert response.status_code == 200
    return response.text


async def test_the_press_view_narrows_by_outlet_department_and_coop(archive: Datasette) -> None:
    page = await _page(archive, "/presse?par=mois&jour=2017-09-02")
    for expected in ("Titre de presse", "Coopérative</h2>", "q=departement%3A91", "q=coop%3A1"):
        assert expected in page
    assert "Samedi 2 septembre 2017" in page
    links = re.findall(r'href="(/presse\?[^"]+)">([^<]+)</a> <span>(\d+)', page)
    assert {name for _, name, _ in links} >= {"Union des Rivages", "Essonne (91)", "Graines de Bièvre"}
    for address, _, articles in links:
        narrowed = await _page(archive, html.unescape(address))
        assert re.search(rf"<strong>{articles} articles?</strong> pour", narrowed)


async def test_articles_that_are_ticked_make_the_review(archive: Datasette) -> None:
    page = await _page(archive, f"/presse/revue?a={FULL}&a={EXCERPT}&titre=Ma+revue&mot=Bonjour")
    assert "<h1>Ma revue</h1>" in page
    assert '<p class="word">Bonjour</p>' in page
    assert "2 articles" in page
    assert page.index("Sommaire") < page.index(f'id="article-{FULL}"') < page.index("appartiennent à leurs")
    assert (
        f"/presse/revue?titre=Ma+revue&amp;mot=Bonjour&amp;a={EXCERPT}" in page
    )  # the review without the first


async def test_a_span_without_ticks_makes_a_review_of_all_of_it(archive: Datasette) -> None:
    view = await _page(archive, "/presse?par=mois&jour=2017-09-02")
    page = await _page(archive, "/presse/revue?par=mois&jour=2017-09-02")
    assert view.count('name="a"') == page.count('class="item"') == 5


@pytest.mark.parametrize("format", ["", ".html", ".txt", ".eml"])
async def test_no_text_leaves_that_its_source_does_not_grant(archive: Datasette, format: str) -> None:
    asked = f"textes=entiers&a={FULL}&a={EXCERPT}&a={LINK}"
    response = await archive.client.get(f"/presse/revue{format}?{asked}")
    told = response.text
    if format == ".eml":
        told = str(
            email.message_from_bytes(response.content, policy=default).get_body(("plain",)).get_content()
        )
    assert told.replace("\n", " ").count("avec la Scic") == 1  # the end of the text: of the full one alone
    assert "droit de copie (CFC)" in told.replace("\n", " ")


async def test_the_draft_opens_in_a_mail_program(archive: Datasette) -> None:
    response = await archive.client.get(f"/presse/revue.eml?a={FULL}&jour=2017-09-02&mot=Chère+équipe")
    assert response.headers["content-type"] == "message/rfc822"
    named = 'attachment; filename="revue-de-presse-2017-08-28.eml"'
    assert response.headers["content-disposition"] == named
    mail = email.message_from_bytes(response.content, policy=default)
    assert mail["subject"] == "Revue de presse, du 28 août au 3 septembre 2017"
    assert (mail["x-unsent"], mail["to"], mail["from"]) == ("1", None, None)
    plain, page = (mail.get_body((kind,)).get_content() for kind in ("plain", "html"))
    assert "Chère équipe" in plain
    assert "Chère équipe" in page
    assert "<link" not in page  # mail programs ask nobody for a style sheet
    assert "<img" not in page


async def test_hostile_titles_and_words_stay_text(archive: Datasette) -> None:
    for format in ("", ".html"):
        page = await _page(archive, f"/presse/revue{format}?a=1014&mot=<script>x</script>&titre=<b>")
        assert HOSTILE not in page
        assert "<script>x" not in page
        assert "<h1><b>" not in page


@pytest.mark.parametrize("query", ["a=0", "a=x", f"a={'9' * 30}"])
async def test_nothing_to_hand_out_is_said(archive: Datasette, query: str) -> None:
    assert "Aucun article à diffuser" in await _page(archive, f"/presse/revue?{query}")


async def test_no_other_format_is_there(archive: Datasette) -> None:
    assert (await archive.client.get("/presse/revue.docx?a=1002")).status_code == 404


@pytest.mark.parametrize(
    ("groups", "headings"),
    [
        ("jour", ["mardi 20 juin 2023", "juin 2023", "Sans date"]),
        ("titre", ["Écho", "La Lettre"]),
        ("cooperative", ["Atelier", "Aucune coopérative citée"]),
    ],
)
def test_articles_stand_under_headings(groups: str, headings: list[str]) -> None:
    named = {"departments": []}
    rows = [
        {"published": "2023-06-20", "outlet_name": "La Lettre", "coops": []} | named,
        {"published": "2023-06", "outlet_name": "Écho", "coops": ["Atelier"]} | named,
        {"published": None, "outlet_name": "La Lettre", "coops": ["Atelier", "Zinc"]} | named,
    ]
    assert [group.heading for group in handouts.grouped(rows, groups)] == headings
