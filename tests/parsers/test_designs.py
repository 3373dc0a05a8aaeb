# ruff: noqa: E501  # markup is quoted as sites write it
"""Pages of many designs: what stands around an article differs from site to site, what it says does not."""

from datetime import UTC, datetime

import pytest

from archive.models import Page, Record
from archive.parsers.records import records

TITLE = "La lingerie de Plouay est à elles"
LINES = (
    "Les onze salariées de la lingerie ont signé les statuts de leur entreprise, dans une salle sans chaises.",
    "La banque demandait un apport, elles ont vendu des parts aux clientes, aux voisins et au facteur.",
    "Le premier bilan sera présenté sans champagne mais avec des crêpes, a promis la comptable.",
)
BODY = "".join(f"<p>{line}</p>" for line in LINES)
SEEN = datetime(2019, 5, 20, 8, 0, tzinfo=UTC)


def read(body: str, head: str = "", url: str = "https://site.example/actus/lingerie") -> Record:
    page = f"<html lang='fr'><head><meta charset='utf-8'><title>{TITLE}</title>{head}</head><body>{body}</body></html>"
    return records(Page(url, page.encode(), fetched_at=SEEN))[0]


def article(line: str) -> str:
    return f"<main><h1>{TITLE}</h1>{line}{BODY}</main>"


def script(code: str) -> str:
    return f"<script>{code}</script>"


@pytest.mark.parametrize(
    ("body", "value"),
    [
        # the issue that a text was printed in, beside other days
        (
            f"<div><span>lundi 20 mai 2019</span></div>{article('<p>Édition du samedi 11 mai 2019 - page 7</p>')}",
            "2019-05-11",
        ),
        (article("<div>Textes : Maud Le Gall<br>Édition du 11/05/2019, page 4</div>"), "2019-05-11"),
        (f"<p>Le Phare n°1203 du 11/05/2019</p><h1>{TITLE}</h1>{BODY}", "2019-05-11"),
        (f"{article('<p><i>N° 48 - mars 2004</i></p>')}<p>Page mise à jour le 12/05/2006</p>", "2004-03"),
        (
            f"{article('<p><i>Numéro 12 - mars 2004</i></p>')}<p>Dernière mise à jour : 12/05/2006</p>",
            "2004-03",
        ),
        # a line at the foot that is marked as the article's
        (article("") + "<div class='metadata-publish-date'>04/05/2019</div>", "2019-05-04"),
        # what the foot says of the last change, of printing, of checking is no publication
        (article("") + "<p>Dernière mise à jour : <b>12 avr. 2019</b></p>", None),
        (
            article("")
            + "<div class='last-updated'>Dernière modification : 2019/04/12 10:22 par camille</div>",
            None,
        ),
        (
            article("") + "<p class='date-modif'>Vérifié le 12 avril 2019 - Direction de l’information</p>",
            None,
        ),
        (article("") + "<p>Imprimé le 19 mai 2019 à 10:00</p>", None),
        # nor is the day of the visit, of a comment, of a card
        (f"<p class='date-du-jour'>Vendredi 17 mai 2019</p>{article('')}", None),
        (article("") + "<p><b>Lulu</b> a dit : (le 12 mai 2019 à 10h)</p><p>Bravo les filles !</p>", None),
        (article("") + "<ul><li><span>12/05/2019</span> <a href='/1'>Un four à Guémené</a></li></ul>", None),
        (
            article("") + "<div><a href='/1'>Article précédent<br>Un four à Guémené<br>12 mai 2019</a></div>",
            None,
        ),
        (
            article("")
            + "<div class='c1'><p>12 mai 2019</p><p>Un four</p></div><div class='c1'><p>3 mai 2019</p><p>Bal</p></div>",
            None,
        ),
    ],
)
def test_the_day_of_the_article_is_told_from_others(body: str, value: str | None) -> None:
    found = read(body).published
    assert (found.value if found else None) == value


@pytest.mark.parametrize(
    "code",
    [
        "dataLayer=[{'pageType':'article','datePublication':'2019-05-10 06:00:00','dateMaj':'2019-05-11'}]",
        'var data={"article_date":"20190510","site":"x"};',
        "utag_data={article_publication_date:'10/05/2019',article_update_date:'11/05/2019'}",
        "digitalData={page:{publishDate:'2019-05-10',lastUpdate:'2019-05-11'}};",
        "var s={prop5:'article',pubDate:'20190510-0612'}",
        'dataLayer.push({"date_creation":"1557468720"})',
        'dataLayer=[{contentDatePublished:"2019-05-10",userSince:"2011-01-01"}]',
        'dataLayer=[{"dateDeParution":"10/05/2019"}]',
        f'window.__DATA__={{"title":"{TITLE}","last_publication_date":"2019-05-15","first_publication_date":"2019-05-10T05:00:00+0000"}}',
        f'{{"props":{{"post":{{"title":"{TITLE}","date":"2019-05-10T08:00:00","modified":"2019-05-12T08:00:00"}}}}}}',
    ],
)  # fmt: skip
def test_a_day_that_only_scripts_tell_is_read(code: str) -> None:
    found = read(article(""), script(code)).published
    assert found is not None
    assert (found.value, found.rule) == ("2019-05-10", "script")


def test_scripts_that_only_tell_of_other_pages_tell_nothing() -> None:
    code = 'window.__STATE__={related:[{"title":"Le four banal","publishedAt":"2019-05-02"}]}'
    assert read(article(""), script(code)).published is None


def test_a_script_tells_the_publication_of_what_the_page_shows_as_changed() -> None:
    code = "dataLayer=[{'datePublication':'20190510'}]"
    record = read(article("<p>Mis à jour le 11/05/2019 à 08:10</p>"), script(code))
    assert record.published is not None
    assert record.updated is not None
    assert (record.published.value, record.updated.value) == ("2019-05-10", "2019-05-11")


@pytest.mark.parametrize(
    "url", ["https://forum.site.example/viewtopic.php?t=3", "https://site.example/forum/t3"]
)
def test_a_thread_is_dated_by_its_first_post(url: str) -> None:
    posts = "".join(
        f"<div class='forum-post'><dl><dt>Inscription :</dt><dd>3 févr. 2008</dd></dl><p class='author'>par <b>{name}</b> » {when}</p><div>{line}</div></div>"
        for name, when, line in zip(
            ("mado", "jo56", "mado"), ("ven. 10 mai 2019 21:14", "sam. 11 mai 2019 08:47", "dim. 12 mai 2019 22:30"), LINES, strict=True
        )
    )  # fmt: skip
    found = read(f"<h2>{TITLE}</h2>{posts}", url=url).published
    assert found is not None
    assert found.value == "2019-05-10"


def test_a_list_of_articles_has_no_date_of_its_own() -> None:
    cards = "".join(
        f"<article><h2><a href='/{n}'>Le four {n}</a></h2><time class='entry-date published' datetime='2019-04-0{n}'>0{n} avril 2019</time></article>"
        for n in (1, 2)
    )
    assert read(f"<h1>Étiquette : couture</h1>{cards}").published is None
