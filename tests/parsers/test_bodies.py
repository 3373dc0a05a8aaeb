# ruff: noqa: E501  # markup is quoted as sites write it
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.models import Hints, Layout, Page
from archive.parsers.bodies import Body, body
from archive.parsers.boilerplate import named_part
from archive.parsers.html import parse
from archive.parsers.lines import is_appeal, is_dateline
from archive.parsers.structured import structured
from archive.parsers.surveys import survey
from archive.parsers.wordings import (
    APPEALS,
    COUNTERS,
    INVITATIONS,
    OFFERS,
    WORDS_OF_APPEALS,
    WORDS_OF_COUNTERS,
    WORDS_OF_INVITATIONS,
    WORDS_OF_OFFERS,
)

LONG = "Les associés ont voté, à main levée, l’achat d’une presse qui tiendra dans la cour, sous le tilleul."
MORE = "Reste à trouver la route par laquelle elle viendra, car le pont est étroit et le maire prudent."


def read(inner: str, head: str = "", layouts: tuple[Layout, ...] = ()) -> Body:
    page = f"<html><head><meta charset='utf-8'>{head}</head><body>{inner}</body></html>"
    given = Page("https://a.example/x", page.encode(), hints=Hints(layouts=layouts))
    document = parse(given)
    return body(survey(document, structured(document), given))


def test_inline_elements_do_not_split_words():
    text = read(f"<article><h1>Titre</h1><p>La coop<b>érat</b>ive<i>.</i> {LONG}</p></article>").text
    assert text == f"La coopérative. {LONG}"


def test_soft_hyphens_go_and_no_break_spaces_stay():
    assert read(f"<article><h1>T</h1><p>co\u00adop\u00a0! {LONG}</p></article>").text == f"coop\u00a0! {LONG}"


def test_headings_items_and_quotations_stay_in_order():
    inner = (
        f"<article><h1>T</h1><p>{LONG}</p><h2>Le pont</h2><ul><li>étroit</li><li>vieux</li></ul>"
        f"<blockquote><p>« Il tiendra. »</p></blockquote><p>{MORE}</p></article>"
    )
    assert read(inner).text == f"{LONG}\nLe pont\n- étroit\n- vieux\n« Il tiendra. »\n{MORE}"


def test_a_standfirst_outside_the_body_opens_the_text():
    inner = f"<header><h1>T</h1><p>Un pont, une presse et dix-huit mains levées un mardi.</p></header><div class='article-body'><p>{LONG}</p><p>{MORE}</p></div>"
    assert read(inner).text.splitlines()[0] == "Un pont, une presse et dix-huit mains levées un mardi."


@pytest.mark.parametrize(
    "furniture",
    [
        "<div class='related-posts'><p>{}</p></div>",
        "<aside><p>{}</p></aside>",
        "<nav><p>{}</p></nav>",
        "<div id='comments'><p>{}</p></div>",
        "<div class='newsletter-box'><p>{}</p></div>",
        "<div hidden><p>{}</p></div>",
        "<div style='display: none'><p>{}</p></div>",
        "<p class='wp-caption-text'>{}</p>",
        "<form><p>{}</p><input type='email'></form>",
        "<h2>À lire aussi</h2><p>{}</p>",
        "<h2>Les dernières actualités</h2><p>{}</p><p>Lire plus...</p>",
        "<section><h2>Articles similaires</h2><p>{}</p></section>",
        "<section><h3>3 commentaires</h3><p>{}</p></section>",
        "<h2>En pratique</h2><p>Votre délégué·e vous répond.</p><p>{}</p>",
    ],
)
def test_furniture_never_reaches_the_text(furniture):
    leak = "La Scop Grand Large, à Brest, fête ses trente ans avec ses quinze associés."
    inner = f"<main><article><h1>T</h1><p>{LONG}</p><p>{MORE}</p><p>{LONG}</p>{furniture.format(leak)}</article></main>"
    assert read(inner).text == f"{LONG}\n{MORE}\n{LONG}"


@pytest.mark.parametrize(
    "line",
    [
        "Lire aussi : <a href='/b'>Un autre pont</a>",
        "Publicité",
        "© Le Quotidien",
        "Photo : Jeanne Martin",
        "Mots-clés : presse, pont",
        "Cet article est réservé aux abonnés",
        "Il vous reste 64 % de cet article à lire",
        "Abonnez-vous à notre lettre",
        "Imprimer",
    ],
)
def test_single_lines_of_furniture_are_left_out(line):
    assert (
        read(f"<article><h1>T</h1><p>{LONG}</p><p>{line}</p><p>{MORE}</p></article>").text
        == f"{LONG}\n{MORE}"
    )


def test_a_heading_like_those_of_teasers_does_not_cut_an_article_short():
    inner = f"<article><h1>T</h1><p>{LONG}</p><h2>Mehr zum Thema</h2>{f'<p>{MORE}</p>' * 5}</article>"
    assert read(inner).text.count(MORE) == 5


def test_practical_facts_without_a_contact_stay():
    inner = f"<article><h1>T</h1><p>{LONG}</p><h2>En pratique</h2><p>Rendez-vous samedi 4 mai, entrée 3 €.</p></article>"
    assert read(inner).text.endswith("En pratique\nRendez-vous samedi 4 mai, entrée 3 €.")


def test_a_misleading_class_name_does_not_hide_the_article():
    inner = (
        f"<div class='sidebar'><div class='promo'><h1>T</h1>{f'<p>{LONG}</p>' * 3}</div></div><p>Bonjour.</p>"
    )
    assert read(inner).text.count(LONG) == 3


@pytest.mark.parametrize(
    "appeal",
    [
        "Article réservé aux abonnés",
        "Vous avez lu un quart de cet article.",
        "La suite est réservée à nos lecteurs fidèles.",
        "Il vous reste 80 % de cet article à lire.",
    ],
)
def test_appeals_make_a_page_paywalled(appeal: str):
    page = read(f"<article><h1>T</h1><p>{LONG}</p><p>{appeal}</p></article>")
    assert page.paywalled
    assert page.text == LONG


@pytest.mark.parametrize(
    ("wordings", "words"),
    [
        (APPEALS, WORDS_OF_APPEALS),
        (INVITATIONS, WORDS_OF_INVITATIONS),
        (COUNTERS, WORDS_OF_COUNTERS),
        (OFFERS, WORDS_OF_OFFERS),
    ],
)
@given(data=st.data())
def test_what_asks_for_something_holds_a_word_that_is_looked_for_first(
    wordings: str, words: str, data: st.DataObject
):
    wording = data.draw(st.sampled_from(wordings.strip().splitlines()))
    line = data.draw(st.from_regex(re.compile(wording), fullmatch=True))
    assert any(word in line for word in words.strip().replace("\n", "|").split("|"))


def test_a_page_without_appeals_is_not_paywalled():
    assert not read(f"<article><h1>T</h1><p>{LONG}</p></article>").paywalled


def test_a_page_without_text_has_an_empty_body():
    assert read("<img src='a.png'>").text == ""


def test_a_layout_names_the_body_and_an_empty_one_is_passed_over():
    inner = f"<div id='a'><p>{LONG}</p></div><div id='b'><p>{MORE}</p></div><p id='c'></p>"
    assert read(inner, layouts=(Layout(body="#b"),)).text == MORE
    assert LONG in read(inner, layouts=(Layout(body="#c"),)).text


def test_deep_and_broken_markup_is_read():
    assert LONG in read("<div>" * 2000 + f"<p>{LONG}</td></b>").text


@pytest.mark.parametrize(
    ("name", "part"),
    [
        ("entry-content", None),
        ("site-footer", "navigation"),
        ("header", None),
        ("advantage", None),
        ("has-sidebar", None),
        ("no-comments", None),
        ("postMeta", "byline"),
        ("label-hidden", None),
        ("sr-only", "hidden"),
        ("navarre", None),
        ("meme-theme", "related"),
    ],
)
def test_names_announce_furniture(name, part):
    assert named_part(name) == part


@pytest.mark.parametrize(
    ("line", "is_one"),
    [
        ("20 09 2018", True),
        ("Publié le 3 mai 2019 à 8h30", True),
        ("Par Jeanne Le Goff, le 3 mai 2019", True),
        ("Temps de lecture : 2 min", True),
        (
            "Zoé Roy Publié le 5 mai 2018 à 18h30 | Mis à jour le 6 mai 2018 à 09h12 Imprimer Envoyer à un ami A+",
            True,
        ),
        ("Le 3 mai 2019, la fonderie a fermé.", False),
        ("En 2019", False),
    ],
)
def test_datelines(line, is_one):
    assert is_dateline(line) is is_one


@pytest.mark.parametrize(
    "heading",
    [
        "Les derniers articles",
        "Actualités similaires",
        "Ailleurs sur le web",
        "À ne pas manquer",
        "La rédaction vous conseille",
        "Poursuivez votre lecture",
        "Plus d’actualités",
        "Toute l’actu",
        "Les plus partagés",
        "Vous pourriez aimer",
        "Les épisodes précédents",
        "À la une",
        "Contact presse",
    ],
)
def test_french_headings_over_other_articles_end_the_text(heading: str):
    page = f"<article><h1>T</h1><p>{LONG}</p><div><h3>{heading}</h3><p>Une autre tôlerie reprise.</p></div></article>"
    assert read(page).text == LONG


def test_a_body_stays_one_whatever_else_it_is_called():
    teasers = "<p>Deux mots.</p>" * 3
    page = (
        f'<main><h1>T</h1><div class="article-body paywall-locker share"><p>{LONG}</p></div>{teasers}</main>'
    )
    assert LONG in read(page).text


def test_paragraphs_behind_a_wall_are_text_when_the_page_shows_them():
    page = f'<article><h1>T</h1><p>{LONG}</p><p class="paywall">Suite de l’histoire, en entier.</p></article>'
    assert read(page).text == f"{LONG}\nSuite de l’histoire, en entier."


def test_a_sentence_about_subscribers_is_no_appeal():
    assert not is_appeal("Le théâtre compte deux cents abonnés.")


def test_a_table_keeps_a_row_a_line():
    table = "<table><tr><th>Salariés</th><th>Année</th></tr><tr><td>42<br>dont 30 associés</td><td>2021</td></tr></table>"
    text = read(f"<article><h1>T</h1><p>{LONG}</p>{table}<p>{MORE}</p></article>").text
    assert text == f"{LONG}\nSalariés | Année\n42 dont 30 associés | 2021\n{MORE}"


def test_a_headline_repeated_below_the_text_does_not_hide_it():
    card = "<section><h3><a href='/y'>Le pont</a></h3></section>"
    found = read(
        f"<div><h1>Le pont, vu de la rive</h1><p>{LONG}</p><p>{MORE}</p>{card}</div>",
        "<title>Le pont</title>",
    )
    assert found.text == f"{LONG}\n{MORE}"


def test_sections_of_a_cut_up_body_stay_together():
    sections = "".join(f"<div class='bloc'><div><p>{LONG} {number}</p></div></div>" for number in range(4))
    found = read(f"<div class='tete'><h1>Le pont</h1></div>{sections}", "<title>Le pont</title>")
    assert found.text.count(LONG) == 4


def test_consent_boxes_are_never_the_article_however_short_it_is():
    box = (
        "<div id='cookie-law'><form><p>"
        + "Ce site dépose de petits fichiers chez vous. " * 20
        + "</p></form></div>"
    )
    short = "<p>Le pont rouvre demain, dit la mairie, qui n’en jurerait pas.</p>"
    found = read(f"<div id='page'><h1>Le pont</h1>{short}</div>{box}", "<title>Le pont</title>")
    assert found.text == "Le pont rouvre demain, dit la mairie, qui n’en jurerait pas."


def test_sections_whose_name_misleads_are_read():
    sections = "".join(f"<section class='nav part'><p>{LONG} {number}</p></section>" for number in range(5))
    assert read(f"<article><h1>Le pont</h1><p>{MORE}</p>{sections}</article>").text.count(LONG) == 5


def test_a_run_of_links_is_a_list_of_other_articles_and_one_link_in_prose_is_not():
    links = "".join(f"<p><a href='/{number}'>{LONG} {number}</a></p>" for number in range(3))
    assert read(f"<article><h1>T</h1><p>{LONG}</p><p>{MORE}</p>{links}</article>").text == f"{LONG}\n{MORE}"


def test_a_form_to_fill_in_is_no_text():
    fields = "".join(f"<label>Champ {number}</label><input type='text'>" for number in range(4))
    assert read(f"<article><h1>T</h1><p>{LONG}</p><form>{fields}</form></article>").text == LONG


@pytest.mark.parametrize(
    "outside",
    [
        '<div class="moduletable"><p>Nos partenaires : la Région, l’Agence pour l’emploi.</p></div>',
        '<div class="t m0 folio">– 4 – Les Cahiers du gué, supplément</div>',
        "<div><p>Cette page vous a-t-elle été utile ? Dites-le-nous.</p></div>",
    ],
)
def test_what_stands_around_an_article_is_left_out(outside: str):
    assert (
        read(f"<main><h1>T</h1><div><p>{LONG}</p><p>{MORE}</p></div>{outside}</main>").text
        == f"{LONG}\n{MORE}"
    )


@pytest.mark.parametrize(
    ("title", "line"),
    [
        ("La traversée du plateau", "(du 2 au 8 juin 2018)"),
        ("La fête – le programme", "Samedi 14 septembre 2019"),
    ],
)
def test_days_of_what_is_told_stay_in_the_text(title: str, line: str):
    assert read(f"<article><h1>{title}</h1><p>{line}</p><p>{LONG}</p></article>").text == f"{line}\n{LONG}"


def test_the_box_that_sells_the_rest_is_left_out_whole():
    wall = "<div><h2>Cet article est réservé aux abonnés</h2><ul><li>Sans engagement</li></ul></div>"
    page = read(f"<article><h1>T</h1><p>{LONG}</p>{wall}</article>")
    assert (page.text, page.paywalled) == (LONG, True)
