# ruff: noqa: E501  # markup is quoted as sites write it
import contextlib

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from archive.errors import PageError
from archive.models import Hints, Layout, Page, Record
from archive.parsers.json_record import as_json
from archive.parsers.records import records

BODY = (
    "<p>La Scop Bois Clair, à Cholet, ouvre ses portes le samedi 4 mai 2019 à 9h. On y fabrique des chaises, des tables et"
    " des bancs, que l’on peut essayer longuement.</p>"
)
PAGE = (
    f"<html lang='en'><head><meta charset='utf-8'><title>Portes ouvertes - Union du Bocage</title></head><body><h1>Portes ouvertes</h1>"
    f"<p>Publié le 3 avril 2019</p>{BODY}<p>Voir <a href='/plan#haut'>le plan</a>, <a href='#note'>la note</a> ou <a href='mailto:a@b.example'>écrire</a> avant de venir nous voir.</p></body></html>"
)
URL = "https://union.example/actu/portes?utm_source=lettre"


def read(markup: str = PAGE, hints: Hints | None = None) -> Record:
    (record,) = records(Page(URL, markup.encode(), hints=hints or Hints()))
    return record


def test_an_article_gives_its_facts_with_their_place_in_the_text():
    record = read()
    assert record.published is not None and record.published.value == "2019-04-03"
    assert [(d.code, record.text[d.start : d.end]) for d in record.departments] == [("49", "Cholet")]
    assert [(c.name, c.form) for c in record.coops] == [("Bois Clair", "Scop")]
    assert [event.start for event in record.events] == ["2019-05-04T09:00"]


def test_the_words_decide_on_the_language_not_the_template():
    assert read().language == "fr"


def test_few_small_words_are_enough_in_the_language_that_the_page_declares(monkeypatch):
    monkeypatch.setattr("archive.parsers.language._identifier", lambda: pytest.fail("the model is asked"))
    lines = (
        "<p>Atelier ouvert, machines neuves, salariés associés : visite samedi, café offert pour tous.</p>"
        * 4
    )
    assert read(f"<html lang='fr'><h1>Visite libre</h1>{lines}").language == "fr"


def test_links_lead_out_of_the_page():
    assert [link.url for link in read().links] == ["https://union.example/plan#haut"]


@pytest.mark.parametrize("broken", ["http://[", "http://union.example:port/", "http://union.example:²/"])
def test_a_broken_link_is_no_link_and_costs_no_page(broken):
    markup = PAGE.replace("<p>", f"<p><a href='{broken}'>ici</a> ", 1)
    assert [link.url for link in read(markup).links] == ["https://union.example/plan#haut"]


@pytest.mark.parametrize(
    ("link", "canonical"),
    [
        ("https://union.example/actu/portes", "https://union.example/actu/portes"),
        ("/actu/portes", "https://union.example/actu/portes"),
        ("https://union.example/", None),
        ("https://autre-site.example2/actu", None),
        ("https://union.example:port/actu", None),
        ("", None),
    ],
)
def test_only_a_plausible_canonical_address_is_believed(link, canonical):
    assert (
        read(PAGE.replace("<title>", f"<link rel='canonical' href='{link}'><title>")).canonical == canonical
    )


def test_the_source_s_layout_names_title_and_body():
    markup = f"<meta charset='utf-8'><h1>Union du Bocage</h1><b id='t'>Portes ouvertes</b><div>{BODY}{BODY}</div><td class='c'><div class='c'>{BODY}</div></td>"
    record = read(markup, Hints(layouts=(Layout(body="div.absent"), Layout(body="div.c", title="#t"))))
    assert record.title == "Portes ouvertes"
    assert record.text.count("Bois Clair") == 1


def test_json_has_the_promised_keys_in_order_and_no_empty_text():
    shape = as_json(read())
    assert list(shape) == [
        "url", "canonical", "kind", "title", "kicker", "language", "published", "updated", "authors", "outlet", "text",
        "coops", "departments", "events", "quotes", "links", "images", "paywalled", "obstacle",
    ]  # fmt: skip
    assert shape["kicker"] is None
    assert as_json(Record("https://a.example/", "article"))["text"] is None


def test_json_of_a_clipping_names_its_board():
    shape = as_json(Record("https://a.example/#1", "clipping", board="https://a.example/", position=1))
    assert (shape["board"], shape["original"], shape["position"]) == ("https://a.example/", None, 1)


def test_an_enormous_text_is_read_for_facts_where_it_begins_and_says_so(monkeypatch):
    whole = read().text
    monkeypatch.setattr("archive.parsers.records.MOST_READ", len(whole))
    later = "<p>La Scop Lavoir Neuf, à Brest (29), fête ses dix ans le samedi 11 mai 2019 à 9h avec tous ses clients.</p>"
    record = read(PAGE.replace("</body>", f"{later}</body>"))
    assert "Lavoir Neuf" in record.text
    assert record.facts_until == as_json(record)["facts_until"] == len(whole)
    facts = read()
    assert facts.facts_until is None
    assert (record.coops, record.departments, record.events) == (facts.coops, facts.departments, facts.events)


@pytest.mark.parametrize("body", [b"", b"   ", b"\x89PNG\r\n\x1a\n\x00\x00", b"\x00\x01\x02" * 500])
def test_what_is_no_page_is_a_page_error_that_names_it(body):
    with pytest.raises(PageError, match=r"https://union\.example"):
        records(Page(URL, body))


PIECES = st.sampled_from(
    ["<p>", "</div>", "<h1>", "<table><tr><td>", "<a href='http://['>", "Scop Bois", " (49) ", "3 mai 2019", "<br>", "é", "\x00",
     "<script>", "<!--", "&nbsp;", "<blockquote cite='x'>", '<script type="application/ld+json">{"@type":"Article","author":[1]}</script>']
)  # fmt: skip


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(PIECES | st.text(max_size=20), max_size=25))
def test_no_page_raises_anything_but_a_page_error(pieces):
    with contextlib.suppress(PageError):
        records(Page(URL, "".join(pieces).encode("utf-8", "replace")))


def test_an_error_page_that_offers_other_articles_is_no_article():
    offers = "".join(
        f"<p>Douze facteurs racontent leur tournée, chien compris, épisode {n}.</p>" for n in range(20)
    )
    body = f"<meta charset='utf-8'><title>Page non trouvée - Le Fil</title><h1>Oups, rien ici</h1>{offers}"
    record = records(Page("https://a.example/x", body.encode()))[0]
    assert (record.obstacle, record.text) == ("not_found", "")
