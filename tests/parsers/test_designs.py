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


DATE = "<time datetime='2019-05-10'>10 mai 2019</time>"


@pytest.mark.parametrize(
    ("line", "names"),
    [
        # names that no label introduces: beside a date, a counted day or a role
        (f"<div class='flex gap-2'><img src='a.jpg' alt=''><span>Lison Le Gall</span><span>•</span>{DATE}</div>", ("Lison Le Gall",)),
        ("<div class='mt-4'><span>Lison Le Gall</span><span aria-hidden='true'>·</span><span>il y a 3 jours</span></div>", ("Lison Le Gall",)),
        ("<div class='sig'><span class='who'>M. Le Gall</span> <span class='when'>Ven. 10 mai, 06:12</span></div>", ("M. Le Gall",)),
        ("<p>10 mai 2019 · Maud Le Gall · 4 min</p>", ("Maud Le Gall",)),
        ("<div><div class='n'>Maud Le Gall</div><div class='r'>Journaliste</div></div>", ("Maud Le Gall",)),
        ("<div class='Byline-module--root--3k'><p class='Byline-module--name--9'>Maud Le Gall</p></div>", ("Maud Le Gall",)),
        ("<a class='sc-x1' href='/auteurs/maud-le-gall'>Maud Le Gall</a>", ("Maud Le Gall",)),
        ("<site-byline><span slot='author'>Maud Le Gall</span></site-byline>", ("Maud Le Gall",)),
        # wordings
        ("<p>Textes : Maud Le Gall – Photos : Jo Cadic</p>", ("Maud Le Gall",)),
        ("<p><em>Texte et photos : Maud Le Gall</em></p>", ("Maud Le Gall",)),
        ("<p>Un article de Maud Le Gall, publié le 10 mai 2019</p>", ("Maud Le Gall",)),
        ("<p>Publié par <a href='/m'>Maud</a> dans <a rel='category tag'>Vie du bourg</a></p>", ("Maud",)),
        ("<p>De notre correspondante Maud Le Gall</p>", ("Maud Le Gall",)),
        ("<p class='auteurs'>Maud Le Gall et Jo Cadic</p>", ("Maud Le Gall", "Jo Cadic")),
        ("<div class='vcard'><span class='fn'>Maud Le Gall</span></div>", ("Maud Le Gall",)),
        ("<p>Rédaction : Maud Le Gall</p>", ("Maud Le Gall",)),
        ("<p>Texte : Maud Le Gall / Illustration : Jo Cadic</p>", ("Maud Le Gall",)),
        # who took the pictures, filed, changed or answered
        ("<p>Traduit du breton par Jo Cadic</p>", ()),
        ("<p>Photos : Jo Cadic</p>", ()),
        ("<p class='byline'><a href='/2019/05/'>mai 2019</a> <a rel='tag' href='/tag/fil'>couture</a></p>", ()),
        ("<p>Page modifiée le 12/04/2019 par Camille</p>", ()),
        (f"<div class='fete'><span>{DATE}</span> <span>Parc de Bel-Air</span></div>", ()),
    ],
)  # fmt: skip
def test_an_author_is_read_in_any_design(line: str, names: tuple[str, ...]) -> None:
    assert read(article(line)).authors == names


@pytest.mark.parametrize(
    ("foot", "names"),
    [
        ("<p style='text-align:right'><i>Firmine Le Gall</i></p>", ("Firmine Le Gall",)),
        ("<p align='right'><b>M. L. G.</b></p>", ("M. L. G.",)),
        ("<p>Maud Le Gall</p>", ("Maud Le Gall",)),
        ("<p>Maud Le Gall, pour La Navette</p>", ("Maud Le Gall",)),
        ("<p>La Navette</p>", ()),
        ("<div class='wp-block-comments'><div class='wp-block-comment-author-name'>Jean-Marc</div><p>Bravo !</p></div>", ()),
        ("<ul class='comments-list'><li><p>Le 11 mai 2019, par <span class='reviewer'>Marie-Lou</span></p></li></ul>", ()),
        ("<span class='byline post-labels'><a class='label-link'>bois</a></span>", ()),
    ],
)  # fmt: skip
def test_a_text_is_signed_at_its_end_but_not_by_its_readers(foot: str, names: tuple[str, ...]) -> None:
    assert read(f"<main><h1>{TITLE}</h1>{BODY}{foot}</main>").authors == names


@pytest.mark.parametrize(
    "furniture",
    [
        *("Vous êtes le 14 203e visiteur", "Cette page a été vue 213 fois", "Nombre de lectures : 213"),
        *(
            "12 partages · 4 commentaires",
            "Partagez : Facebook · Twitter · LinkedIn",
            "Partager sur Facebook Twitter",
        ),
        *(
            "À partir de 4,90 € par mois, sans engagement",
            "1 mois offert puis 7,99 €/mois",
            "1 € le premier mois",
        ),
        *("Document imprimé le 19/05/2019", "Adresse de cet article : https://site.example/a12"),
        *("Imprimer cette page | Envoyer à un ami", "Laissez-nous cinq étoiles ou un pourboire"),
        *("Vous avez déjà un compte ? Connectez-vous", "Essayez gratuitement pendant 30 jours"),
        *("Cet article vous a plu ? Partagez-le !", "Une erreur dans l’article ? Signalez-la-nous."),
        *(
            "Écouter cet article",
            "Durée : 4 min",
            "Temps de lecture estimé : 3 minutes",
            "Ajouter à mon agenda",
        ),
        *(
            "← Un four à Guémené",
            "Bal à Plouay →",
            "→ À lire : Un four à Guémené",
            "Étiquettes : couture, fil",
        ),
        *(
            "Recevez nos articles chaque vendredi dans votre boîte.",
            "Réalisation : Agence Trident - Propulsé par SPIP",
        ),
        *("Vous recevez ce message car vous êtes inscrit. Se désinscrire", "Mentions légales - Plan du site"),
        *("Les commentaires n’engagent que leurs auteurs.", "Maud Le Gall est journaliste à Lorient."),
    ],
)
def test_counters_prices_and_printed_feet_are_no_text(furniture: str) -> None:
    assert read(f"<main><h1>{TITLE}</h1>{BODY}<p>{furniture}</p></main>").text == "\n".join(LINES)


@pytest.mark.parametrize(
    "line",
    [
        "Le salon a reçu 12 000 visiteurs en trois jours.",
        "Il faut compter 12 € par mois pour le panier.",
        "Partager le travail, partager la paie : la règle est simple.",
        "1. Vous participez à une réunion d’information collective, sans engagement.",
        "« Faites un don », disait l’affiche.",
        "Le Conseil a voté la réalisation : trois ateliers ouvriront.",
        "Maud Le Gall est ravie.",
    ],
)
def test_sentences_that_sound_like_furniture_are_text(line: str) -> None:
    assert line in read(f"<main><h1>{TITLE}</h1>{BODY}<p>{line}</p></main>").text


@pytest.mark.parametrize(
    "box",
    [
        "<div class='pw'><p>Il vous reste 78 % de l’article à découvrir</p><p>Dès 1 €, chaton compris</p><a>S’identifier</a></div>",
        "<div><h3>À propos de La Navette</h3><p>Fondée en 1982, La Navette réunit quarante ateliers.</p></div>",
        "<div class='message-signature'>La truelle est mon amie</div>",
        "<div class='encart'><h3>Repères</h3><p>Ce réseau réunit 40 collectivités.</p></div>",
        "<div class='k9'><h3><a href='/1'>Un four revit</a></h3><p>Les maçons ont remonté la voûte tout l’hiver.</p></div>",
        "<ul><li><h4><a href='/1'>Un four revit</a></h4><p>Les maçons ont remonté la voûte.</p></li></ul>",
        "<comment-list><p>Bravo les filles, à quand la visite ?</p></comment-list><newsletter-box><p>Une lettre.</p></newsletter-box>",
        "<site-footer><p>La Navette, éditée par neuf bénévoles et un chat.</p></site-footer>",
        "<h3>Vos messages</h3><p><b>Lulu</b> 12 mai 2019</p><p>Bravo les filles, à quand la visite ?</p>",
        "<section><h2>L’autrice</h2><p>Elle suit les ateliers de l’Ouest et tricote en réunion.</p></section>",
        "<section><h2>Le magazine</h2><p>Quatre numéros par an, imprimés à Lorient.</p></section>",
        "<p>###</p><p>La Navette, fondée en 1982, réunit quarante ateliers.</p>",
        "<div><h2>Dans le même numéro</h2><p>Le carnaval de Plouay</p></div><div><h2>En ce moment</h2><p>Le bal</p></div>",
        "<div><h2>D’autres diaporamas</h2><p>Le carnaval de Plouay : vos plus beaux chapeaux</p></div>",
        "<div><a href='/1'>Le carnaval : vos plus beaux chapeaux de paille</a><a href='/2'>Dans les coulisses de la laiterie de Plouay</a></div>",
    ],
)  # fmt: skip
def test_boxes_beside_the_text_are_left_out(box: str) -> None:
    assert read(f"<main><h1>{TITLE}</h1>{BODY}{box}</main>").text == "\n".join(LINES)


def test_the_columns_of_a_table_layout_are_left_out() -> None:
    menu = "<td>Le numéro<br>Livre d’or<br>Faut-il changer le nom du grain de sel ?</td>"
    news = "<td>08/01/2011<br>Galette des rois à Plouay</td>"
    row = f"<table><tr>{menu}<td><font size='5'><b>{TITLE}</b></font>{BODY}</td>{news}</tr></table>"
    assert read(row).text == "\n".join(LINES)


@pytest.mark.parametrize(
    "slide",
    [
        "<figure><img src='a.jpg'><figcaption>{}</figcaption></figure>",
        "<div class='swiper-slide'><img src='a.jpg'><div class='slide-caption'><span>1/3</span><p>{}</p></div></div>",
        "<li class='slide'><img src='a.jpg'><div class='legende'>{}</div></li>",
    ],
)
def test_the_text_of_a_gallery_is_its_captions(slide: str) -> None:
    slides = "".join(slide.format(line) for line in LINES)
    text = read(f"<main><h1>{TITLE}</h1><p>Photos : Jo Cadic</p><div>{slides}</div></main>").text
    assert [line.removeprefix("- ") for line in text.splitlines()] == list(LINES)


def test_the_captions_of_an_article_are_no_text() -> None:
    figure = "<figure><img src='a.jpg'><figcaption>La salle des fêtes était pleine.</figcaption></figure>"
    assert read(f"<main><h1>{TITLE}</h1>{BODY}{figure}</main>").text == "\n".join(LINES)


def test_what_a_web_component_shows_is_read() -> None:
    page = f"<my-page><template shadowrootmode='open'><main><h1>{TITLE}</h1><p>10 mai 2019</p>{BODY}</main></template></my-page>"
    record = read(page)
    assert record.published is not None
    assert (record.published.value, record.text) == ("2019-05-10", "\n".join(LINES))


@pytest.mark.parametrize(
    "line",
    [
        "<relative-time datetime='2019-05-10T08:00:00Z'>il y a dix jours</relative-time>",
        "<span title='10 mai 2019 à 08:00'>il y a une semaine</span>",
    ],
)
def test_a_counted_day_gives_way_to_the_exact_one_beside_it(line: str) -> None:
    found = read(article(line)).published
    assert found is not None
    assert found.value == "2019-05-10"


def test_data_of_another_article_yield_to_the_day_shown() -> None:
    head = '<script type="application/ld+json">{"@type":"NewsArticle","headline":"Un four banal","datePublished":"2019-05-02"}</script>'
    found = read(article("<p>10 mai 2019</p>"), head).published
    assert found is not None
    assert found.value == "2019-05-10"


@pytest.mark.parametrize(
    "line",
    [
        "<div><span>M. Cormier</span> <span>Ven. 10 mai, 06:12</span></div>",
        "<p>Maud Le Gall, 10 mai</p>",
        "<p>Plouay, le 10 mai 2019</p>",
    ],
)
def test_the_day_of_a_byline_is_no_event(line: str) -> None:
    head = "<meta property='article:published_time' content='2019-05-10T06:00:00+02:00'>"
    assert read(article(line), head).events == ()
    assert read(f"<main><h1>{TITLE}</h1>{BODY}<p>Fait à Plouay, le 10 mai 2019</p></main>", head).events == ()


def test_days_with_short_weekdays_under_a_headline_are_events() -> None:
    record = read(article("<ul><li>Du sam. 25 au dim. 26 mai 2019</li><li>Halle de Plouay</li></ul>"))
    assert [event.start for event in record.events] == ["2019-05-25", "2019-05-26"]
    assert record.published is None


def test_a_digest_keeps_what_its_linked_headings_head() -> None:
    items = "".join(f"<div><h3><a href='/{n}'>Le four {n}</a></h3><p>{LINES[n]}</p></div>" for n in (0, 1, 2))
    text = read(f"<main><h1>La lettre de mai</h1><p>Bonjour à tous.</p>{items}</main>").text
    assert [line for line in LINES if line in text] == list(LINES)


def test_the_name_of_the_town_over_the_page_is_not_its_title() -> None:
    page = f"<header><h1>Ville de Plouay</h1></header><main><h1>Actualités</h1><h2>{TITLE}</h2>{BODY}</main>"
    markup = f"<html lang='fr'><head><meta charset='utf-8'><title>Actualités</title></head><body>{page}</body></html>"
    assert records(Page("https://site.example/x", markup.encode()))[0].title == TITLE
