"""The date of publication is found where the page tells it, and nowhere else."""

from contextlib import suppress
from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.errors import PageError
from archive.models import FoundDate, Hints, Layout, OtherDate, Page
from archive.parsers.dates import published, published_and_updated, updated
from archive.parsers.html import parse
from archive.parsers.records import records
from archive.parsers.script_dates import _IN_SCRIPT, _values
from archive.parsers.structured import structured

URL = "https://union.example/actualites/la-scop"
SEEN = datetime(2023, 2, 22, 9, 30, tzinfo=UTC)
PROSE = "<p>" + "Les associés ont voté la reprise de l’atelier, et la coopérative embauche. " * 4 + "</p>"


def page(body: str, head: str = "", url: str = URL, hints: Hints | None = None) -> Page:
    html = f"<html lang='fr'><head><title>La Scop</title>{head}</head><body>{body}</body></html>"
    return Page(url, html.encode(), "text/html", SEEN, hints or Hints())


def told(page: Page) -> tuple[FoundDate | None, FoundDate | None]:
    document = parse(page)
    return published_and_updated(document, structured(document), None, page)


def day(body: str, head: str = "", url: str = URL, hints: Hints | None = None) -> str | None:
    found = told(page(body, head, url, hints))[0]
    return found.value if found else None


def article(line: str) -> str:
    return f"<main><h1>La Scop</h1>{line}{PROSE}</main>"


def ld(**values: str) -> str:
    pairs = ", ".join(f'"{key}": "{value}"' for key, value in values.items())
    return f'<script type="application/ld+json">{{"@type": "NewsArticle", {pairs}}}</script>'


@pytest.mark.parametrize(
    ("line", "value"),
    [
        ("<p>20 09 2018</p>", "2018-09-20"),
        ("<p class='date'><span>20</span> <span>09</span> <span>2018</span></p>", "2018-09-20"),
        ("<p>Publié le 13 avril 2022</p>", "2022-04-13"),
        ("<p>Mis en ligne le 1er févr. 2022 par la rédaction</p>", "2022-02-01"),
        ("<p>Posté le mardi 7 février 2012, par A. Morvan</p>", "2012-02-07"),
        ("<small>mardi 7 février 2012, par A. Morvan</small>", "2012-02-07"),
        ("<p>Par Ada Morvan<br>Le 17/02/2020</p>", "2020-02-17"),
        ("<font>ALP - le 24.05.2022&nbsp;à&nbsp;6h02</font>", "2022-05-24"),
        ("<p>Soumis par admin le lun, 03/05/2021 - 10:32</p>", "2021-05-03"),
        ("<p>mai 3, 2021</p>", "2021-05-03"),
        ("<div class='box'><div>03</div><div>mai</div><div>2021</div></div>", "2021-05-03"),
        (
            "<p>Article mis en ligne le 20 septembre 2018, dernière modification le 21 septembre 2018</p>",
            "2018-09-20",
        ),
        ("<p>pubDate: 2021-05-03T08:00:00Z</p><p>lastmod: 2021-06-01</p>", "2021-05-03"),
        ("<p>il y a environ 2 heures</p>", "2023-02-22"),
        ("<p>AOÛT 2021</p>", "2021-08"),
        ("<p>Printemps 2016 · par Lucie · 1 min de lecture</p>", "2016"),
        ("<p>La lettre n° 39, novembre 2011</p>", "2011-11"),
        ("<p>il y a 3 jours</p>", "2023-02-19"),
        ("<p>hier</p>", "2023-02-21"),
        ("<p>Mardi 4 mai 2021 | Par Ada Morvan | Réservé aux abonnés</p>", "2021-05-04"),
        ("<p>Chandeleur 2021, le 2 février</p>", "2021-02-02"),
        ("<p>Redon, le 4 mai 2021</p><p>Embargo : mercredi 5 mai 2021, 6 heures</p>", "2021-05-04"),
        ("<p>1er mai</p>", "2022-05-01"),
        ("<p><time datetime='2022-03-04T10:00:00+01:00'>il y a un an</time></p>", "2022-03-04"),
        (
            "<div>Publié le <time>11/04/2022 à 11h15</time>, mis à jour le <time>12/04/2022</time></div>",
            "2022-04-11",
        ),
        ("<p>publié le 2 nov. 2022 à 16:00Mis à jour le 3 nov. 2022 à 16:16</p>", "2022-11-02"),
        ('<p>date: "2022-11-11"</p>', "2022-11-11"),
        ("<p>Mis à jour le 3 mai 2019 à 10h</p>", "2019-05-03"),
        ("<p>Publié hier à 14h02</p>", "2023-02-21"),
        ("<p>Publié il y a 3 jours à 9h10</p>", "2023-02-19"),
        ("<p>14.09.2020 à 11h46</p>", "2020-09-14"),
        ("<p>02/11/22</p>", "2022-11-02"),
        ("<p>Ce lundi 11 mars 2019</p>", "2019-03-11"),
        ("<p>ce lundi 11 mars</p>", "2019-03-11"),
        ("<p>PUBLIÉ LE 1ER FÉVRIER 2022</p>", "2022-02-01"),
        ("<p>Publie le&nbsp;14&nbsp; aout&nbsp;2022</p>", "2022-08-14"),
        ("<p>n° 12 – 14 mai 2022</p>", "2022-05-14"),
        ("<p>Communiqué de presse du 3 mai 2022</p>", "2022-05-03"),
        ("<p>Billet du 3 mai 2022</p>", "2022-05-03"),
        ("<p>Jeudi 23 juin 2022 à 18h, Salle des fêtes</p><p>Publié le 3 mai 2022</p>", "2022-05-03"),
        ("<p>Publié vendredi 17 février à 18h</p>", "2023-02-17"),
        ("<p>Créé le vendredi 3 mai 2019 10:22</p><p>Affichages : 223</p>", "2019-05-03"),
        ("<p>Publié à 14h02 – 15 mars 2022</p>", "2022-03-15"),
        (
            "<div class='elementor-widget-heading'><h6 class='elementor-title'>AOÛT 2019</h6></div>",
            "2019-08",
        ),
    ],
)
def test_the_line_under_the_headline_is_read(line: str, value: str) -> None:
    assert day(article(line)) == value


def test_the_line_above_the_headline_is_read() -> None:
    assert day(f"<main><p class='date'>20 09 2018</p><h1>La Scop</h1>{PROSE}</main>") == "2018-09-20"


@pytest.mark.parametrize(
    ("line", "value"),
    [
        ("La lettre des fournils n° 47 – Novembre 2019", "2019-11"),
        ("<span>n° 312 – Été 2018</span> <span>Dossier : le bruit</span>", "2018"),
        ("AOÛT 2019", "2019-08"),
    ],
)
def test_the_issue_above_the_headline_is_read(line: str, value: str) -> None:
    assert day(f"<div><p>{line}</p></div><main><h1>La Scop</h1>{PROSE}</main>") == value


def test_the_template_s_article_yields_to_a_labelled_date() -> None:
    mark = "<p class='signe'>Article mis en ligne le 28 septembre 2016</p>"
    unfilled = ld(headline="Titre de votre texte", datePublished="2014-01-01")
    assert day(article("") + mark, unfilled) == "2016-09-28"
    assert day(article(""), unfilled) == "2014-01-01"


def test_the_dateline_of_a_press_release_is_read() -> None:
    assert day(article(PROSE.replace("<p>", "<p>Nantes, le 12 mai 2019 – "))) == "2019-05-12"


@pytest.mark.parametrize("start", ["Nantes, 12 mai 2019 (AFP) – ", "(12.05.2019) ", "PARIS – 12 mai 2019. "])
def test_the_dateline_of_an_agency_is_read(start: str) -> None:
    assert day(article(PROSE.replace("<p>", f"<p>{start}"))) == "2019-05-12"


def test_a_first_sentence_that_tells_of_a_day_is_no_dateline() -> None:
    assert day(article(PROSE.replace("<p>", "<p>Le 12 mai 2019, "))) is None


@pytest.mark.parametrize(
    "body",
    [
        article("") + "<footer>© 2022 Union, le 3 mai 2022</footer>",
        article("") + "<aside><h3>À lire</h3><p>3 mai 2022</p></aside>",
        article("") + "<div class='related-posts'><a href='/x'>Une autre</a> <time>3 mai 2022</time></div>",
        article("") + "<div id='comments'><p>Le 9 juin 2022, par Jo : bravo</p></div>",
        article("<img src='/photos/2022-05-03-atelier.jpg'>"),
        article("<p>Couverture du journal du 3 mai 2022</p>"),
        article("<p>Loi du 31 juillet 2014</p>"),
        article("<p>Du 12 au 14 mai 2022</p>"),
        article("<p>jeudi 14 & vendredi 15 avril 2022</p>"),
        article("<p>les 12, 13 et 14 mai 2022</p>"),
        article("<p>12-14 mai 2022</p>"),
        article("<p>Rennes : 12/06/2022 et 13/06/2022</p>"),
        article("<p>31 mars et 1er avril 2022</p>"),
        article("<p>Inscriptions avant le 3 mai 2022</p>"),
        article("<p>Date limite : 3 mai 2022</p>"),
        article("<p>Quand ? Jeudi 23 juin 2022, 18h30</p>"),
        article("<p>Jeudi 23 juin 2022 à 18h30 – Salle des fêtes</p>"),
        article("<p>Jeudi 23 juin 2022, 14h à 17h</p>"),
        article("<p>Création : 3 mai 2004</p><p>Effectif : 12</p>"),
        article("<p>Scop créée le 3 mai 2004</p>"),
        article("") + "<h2>À lire aussi</h2><div><a href='/a'>La fonderie</a> <span>6 mars 2022</span></div>",
        article("") + "<h3>Agenda</h3><p>12 mai 2022 : fête du lin</p>",
        article("") + "<h3>2 commentaires</h3><p>Jo, 12 mai 2022</p>",
        article("<p>Date de début : 3 mai 2022 Lieu : Redon</p>"),
        "<div><font>mercredi 22 février 2023</font>" + "<a href='/x'>Une</a> " * 6 + "</div>" + article(""),
        "<main><h1>Accueil</h1>"
        + "".join(
            f"<article><h3>Titre {n}</h3><p class='date'>{n} mai 2022</p></article>" for n in (1, 2, 3, 4)
        )
        + "</main>",
        article("<p>Photo : 3 mai 2022</p>"),
        article("<p>12 mai 2031</p>"),
        article("<p>02 99 12 05 20 18</p>"),
        "<ul><li><a href='/2021'>2021</a></li><li><a href='/2022'>2022</a></li></ul>" + article(""),
        "<main><h1>Actualités</h1><p>3 mai 2022</p><p>4 mai 2022</p><p>5 mai 2022</p></main>",
        "<main><h1>Rencontre du 27 février 2018</h1>" + PROSE + "</main>",
        "",
    ],
)
def test_a_date_of_something_else_is_not_the_page_s(body: str) -> None:
    assert day(body) is None


@pytest.mark.parametrize(
    ("head", "value"),
    [
        (ld(datePublished="2021-05-03T08:00:00+02:00"), "2021-05-03"),
        (ld(datePublished="2021-03-11T23:10:00Z"), "2021-03-12"),
        (ld(datePublished="2021-03-11"), "2021-03-11"),
        (ld(datePublished="2021-03-11T22:59:00Z"), "2021-03-11"),
        (ld(datePublished="2021-07-11T22:01:00Z"), "2021-07-12"),
        (ld(datePublished="2021-07-11T21:59:00Z"), "2021-07-11"),
        (ld(datePublished="2021-03-11T00:00:00Z"), "2021-03-11"),
        (ld(datePublished="2021-03-11T23:30:00+01:00"), "2021-03-11"),
        (ld(datePublished="2021-03-11T19:30:00-05:00"), "2021-03-11"),
        (ld(datePublished="11/03/2021 à 08h30"), "2021-03-11"),
        (
            '<script type="application/ld+json">{"@graph": [{"@graph": [{"@type": "NewsArticle",'
            ' "datePublished": "2021-05-03",}]}]}</script>',
            "2021-05-03",
        ),
        (ld(datePublished="0000-00-00"), None),
        (ld(datePublished="2031-01-01"), None),
        (ld(datePublished="9999-12-31T23:59:59Z"), None),
        ("<meta property='article:published_time' content='2021-05-03T08:00:00+02:00'>", "2021-05-03"),
        ("<meta name='DC.date.issued' content='2021-05-03'>", "2021-05-03"),
        ("<meta itemprop='datePublished' content='20210503'>", "2021-05-03"),
        ("<meta name='date' content='1620021600'>", "2021-05-03"),
        ("<meta name='pubdate' content='lundi 3 mai 2021'>", "2021-05-03"),
    ],
)
def test_what_the_page_declares_is_read(head: str, value: str | None) -> None:
    assert day(article(""), head) == value


@pytest.mark.parametrize(
    "mark",
    [
        "<time itemprop='datePublished' datetime='2021-05-03T08:00:00+02:00'>il y a deux ans</time>",
        "<meta itemprop='datePublished' content='2021-05-03'>",
        "<span itemprop='datePublished'>3 mai 2021</span>",
        "<span property='schema:datePublished' content='2021-05-03'>lundi</span>",
        "<time pubdate datetime='2021-05-03'>lundi</time>",
        "<abbr class='published' title='2021-05-03T08:00:00+02:00'>lundi</abbr>",
        "<time class='entry-date' datetime='2021-05-03'>lundi</time>",
    ],
)
def test_what_the_markup_marks_as_the_publication_is_read(mark: str) -> None:
    assert day(f"<article itemscope itemtype='https://schema.org/NewsArticle'>{article(mark)}</article>") == (
        "2021-05-03"
    )


def test_an_unpublished_mark_is_none() -> None:
    assert day(article("<span class='unpublished' title='2021-05-03'>brouillon</span>")) is None


def test_the_declared_time_is_that_of_paris() -> None:
    found = told(page(article(""), ld(datePublished="2021-03-11T23:10:00Z")))[0]
    assert found == FoundDate("2021-03-12", "day", "json_ld", "2021-03-11T23:10:00Z", "00:10")


def test_a_declared_day_that_is_that_of_the_last_edit_yields_to_the_visible_one() -> None:
    head = "<meta property='article:published_time' content='2022-06-09T10:00:00+02:00'>"
    assert day(article("<p>Publié le 3 mai 2022, mis à jour le 9 juin 2022</p>"), head) == "2022-05-03"


def test_the_days_decided_against_are_kept() -> None:
    head = "<meta property='article:published_time' content='2022-06-09T10:00:00+02:00'>"
    found = told(page(article("<p>Publié le 3 mai 2022</p>"), head, "https://a.example/2022/05/02/scop"))[0]
    assert found is not None
    assert found.others == (
        OtherDate("2022-06-09", "meta", "2022-06-09T10:00:00+02:00"),
        OtherDate("2022-05-02", "url", "2022/05/02"),
    )


@pytest.mark.parametrize(
    ("body", "head", "hints"),
    [
        (article("<p>Publié le 3 mai 2022</p>"), ld(datePublished="2022-05-03"), Hints()),
        (article("<p>mai 2022</p>"), "", Hints(announced="2022-05-03")),
        (article("<p>Publié le 3 mai 2022, mis à jour le 9 juin 2022</p>"), "", Hints()),
        (article("<p>3 mai 2022</p>"), ld(datePublished="2031-01-01"), Hints()),
        (article("<p>3 mai 2022</p>") + "<footer>Le 9 juin 2022</footer>", "", Hints()),
        (
            article("<p>3 mai 2022</p>") + "<aside><p>Publié le <time>9 juin 2022</time></p></aside>",
            "",
            Hints(),
        ),
    ],
)
def test_what_agrees_or_means_something_else_is_no_other_date(body: str, head: str, hints: Hints) -> None:
    found = told(page(body, head, hints=hints))[0]
    assert found is not None
    assert found.others == ()


def test_at_most_five_other_days_are_kept() -> None:
    keys = ("article:published_time", "datepublished", "dc.date.issued", "pubdate", "created", "date")
    head = "".join(f"<meta name='{key}' content='2022-06-0{n}'>" for n, key in enumerate(keys, 1))
    found = told(page(article("<p>Publié le 3 mai 2022</p>"), head))[0]
    assert found is not None
    assert len(found.others) == 5


def test_the_day_of_an_event_under_the_headline_does_not_replace_the_declared_one() -> None:
    assert day(article("<p>Samedi 12 novembre 2022</p>"), ld(datePublished="2022-10-03")) == "2022-10-03"


@pytest.mark.parametrize(
    ("url", "value"),
    [
        ("https://a.example/2019/05/07/la-scop", "2019-05-07"),
        ("https://a.example/_posts/2019-05-07-la-scop.md", "2019-05-07"),
        ("https://a.example/la-scop-20190507-suite", "2019-05-07"),
        ("https://a.example/infos/la-scop-1557230400", "2019-05-07"),
        ("https://a.example/2019/may/7/la-scop", "2019-05-07"),
        ("https://a.example/rencontre_20190507", None),
        ("https://a.example/2019/05/la-scop", "2019-05"),
        ("https://a.example/2019/05/", None),
        ("https://a.example/article-20191345", None),
        ("https://a.example/photos/2031/05/07/x", None),
    ],
)
def test_the_address_is_read_where_the_page_is_silent(url: str, value: str | None) -> None:
    assert day(article(""), url=url) == value


def test_a_visible_label_beats_the_address() -> None:
    assert (
        day(article("<p>Publié le 5 juin 2018</p>"), url="https://a.example/2018/03/26/scop") == "2018-06-05"
    )


def test_the_feed_s_date_is_taken_when_the_page_has_none() -> None:
    assert day(article(""), hints=Hints(announced="2022-05-03")) == "2022-05-03"
    assert day(article("<p>4 mai 2022</p>"), hints=Hints(announced="2022-05-03")) == "2022-05-04"


def test_the_layout_of_the_source_comes_first() -> None:
    layout = Layout(published="td.jour")
    body = article("<p>Publié le 3 mai 2022</p><table><tr><td class='jour'>2 mai 2022</td></tr></table>")
    assert day(body, hints=Hints(layouts=(layout,))) == "2022-05-02"


def test_an_english_page_puts_the_month_first() -> None:
    html = f"<html lang='en'><title>The Scop</title><body><h1>The Scop</h1><p>05/03/2019</p>{PROSE}</body>"
    seen = Page("https://a.example/x", html.encode(), None, SEEN)
    document = parse(seen)
    found = published(document, structured(document), None, seen)
    assert found is not None
    assert found.value == "2019-05-03"


def test_the_evidence_is_the_exact_wording() -> None:
    assert told(page(article("<p>Publié le 1er févr. 2022 à 9h30</p>")))[0] == FoundDate(
        "2022-02-01", "day", "label", "1er févr. 2022 à 9h30", "09:30"
    )


@pytest.mark.parametrize(
    ("line", "head", "value"),
    [
        ("<p>Publié le 5 octobre 2021 – mis à jour le 12 octobre 2022</p>", "", "2022-10-12"),
        ("<p>mardi 1er octobre 2013</p><p>Dernière mise à jour : jeudi 3 octobre 2013</p>", "", "2013-10-03"),
        ("", ld(datePublished="2021-05-03", dateModified="2021-05-09"), "2021-05-09"),
        ("", ld(datePublished="2021-05-03T08:00:00+02:00", dateModified="2021-05-03T08:00:00+02:00"), None),
        (
            "",
            ld(datePublished="2021-05-03T08:00:00+02:00", dateModified="2021-05-03T17:45:00+02:00"),
            "2021-05-03",
        ),
        ("", ld(datePublished="2021-05-03", dateModified="2020-01-01"), None),
        ("<p>Publié le 5 octobre 2021</p>", "", None),
    ],
)
def test_the_last_change_is_told_apart(line: str, head: str, value: str | None) -> None:
    seen = page(article(line), head)
    document = parse(seen)
    found = updated(document, structured(document), None, seen)
    assert (found.value if found else None) == value


MONTHS = ["janvier", "février", "mars", "avril", "mai", "juin"]
MONTHS += ["juillet", "août", "septembre", "octobre", "novembre", "décembre"]
WEEKDAYS = ["lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche"]
FORMS = [
    "{day} {month} {year}",
    "{weekday} {day} {month} {year}",
    "{d:02}/{m:02}/{year}",
    "{d:02} {m:02} {year}",
]
FORMS += [
    "Publié le {day} {month} {year} à 9h30",
    "PUBLIÉ LE {d}.{m:02}.{year}",
    "{day}&nbsp;{month}  {year}",
]
LINES = [
    "<p>{}</p>",
    "<div class='meta'><span>{}</span></div>",
    "<small>Par Ada Morvan, {}</small>",
    "<time>{}</time>",
]
DAYS = st.dates(date(1995, 1, 1), date(2023, 2, 1))


@given(
    DAYS, st.sampled_from(FORMS), st.sampled_from(LINES), st.booleans(), st.sampled_from(["utf-8", "cp1252"])
)
def test_a_day_written_on_a_page_is_the_day_read(
    written: date, form: str, line: str, above: bool, charset: str
) -> None:
    words = form.format(
        day="1er" if written.day == 1 else written.day,
        weekday=WEEKDAYS[written.weekday()],
        month=MONTHS[written.month - 1],
        d=written.day,
        m=written.month,
        year=written.year,
    )
    mark, title = line.format(words), "<h1>La Scop</h1>"
    html = f"<title>La Scop</title><main>{mark + title if above else title + mark}{PROSE}</main>"
    found = told(Page(URL, html.encode(charset), "text/html; charset=iso-8859-1", SEEN))[0]
    assert found is not None
    assert found.value == written.isoformat()


STAMPS = ["{}", "{}T08:00:00+01:00", "{}T12:00:00Z", "{} 10:30:00"]
HEADS = [
    "<meta property='article:published_time' content='{}'>",
    "<meta name='DC.date.issued' content='{}'>",
    '<script type="application/ld+json">{{"@type": "Article", "datePublished": "{}"}}</script>',
    '<script type="application/ld+json">[{{"@graph": [{{"@type": ["Report"], "datePublished": "{}",}}]}}]'
    "</script>",
]


@given(DAYS, st.sampled_from(STAMPS), st.sampled_from(HEADS))
def test_a_day_declared_by_a_page_is_the_day_read(declared: date, stamp: str, head: str) -> None:
    assert day(article(""), head.format(stamp.format(declared.isoformat()))) == declared.isoformat()


@given(st.text(alphabet="<>/phtimelandc='\" 0123456789maijun\n", max_size=200))
def test_no_page_raises(body: str) -> None:
    assert len(told(page(body + article("")))) == 2


PIECES = [
    b"<h1>",
    b"<time datetime='",
    b"'>",
    b"</p>",
    b"2021-05-03",
    b"31/02/2021",
    b"\xe9\xff",
    b"<script>",
    b"\0",
]
PIECES += [
    b'<script type="application/ld+json">',
    b'{"@type": "Article", "datePublished": "',
    b"9999-12-31T23:59:59Z",
]
PIECES += [
    b"hier",
    b"1999999999",
    b"</script>",
    b"<meta name=date content=",
    b"<base href='//['>",
    b"&#55296;",
]


@given(st.lists(st.sampled_from(PIECES) | st.binary(max_size=12), max_size=30))
def test_no_bytes_raise_anything_but_a_page_error(pieces: list[bytes]) -> None:
    broken = Page(URL, b" ".join(pieces), None, SEEN)
    with suppress(PageError):
        assert len(told(broken)) == 2


TEASERS = "".join(f"<div><h3>Le four {n}</h3><p>Publié le 0{n}/03/2020 à 18h03</p></div>" for n in (1, 2, 3))
LISTED = "".join(
    f"<li><a href='/{n}'>Le four du village {n}</a> <em>0{n}/03/2020</em></li>" for n in (1, 2, 3)
)


@pytest.mark.parametrize(
    ("body", "value"),
    [
        (f"<h1>La Scop</h1>{PROSE}<h2>Ces articles pourraient vous intéresser</h2>{TEASERS}", None),
        (f"<h1>La Scop</h1>{PROSE}<p>Dernière extraction de la base : 31/03/2022</p>", None),
        (f"<ul>{LISTED}</ul><h1>La Scop</h1><p>Mardi 4 mai 2021</p>{PROSE}", "2021-05-04"),
        (
            "<h1>La Scop</h1><div><h2>Derniers articles</h2><p>Le four</p></div>"
            f"<div><p class='date'>Mardi 4 mai 2021</p>{PROSE}</div>",
            "2021-05-04",
        ),
        (f"<h1>La lettre des fours – mai 2021</h1>{PROSE}", "2021-05"),
        (f"<h1>Le four depuis mai 2021</h1>{PROSE}", None),
    ],
)
def test_the_dates_of_other_pages_are_left_to_them(body: str, value: str | None) -> None:
    assert day(body) == value


def test_a_change_of_the_whole_site_is_none_of_the_page() -> None:
    body = article("<p>4 mai 2021</p>") + "<p>Dernière modification du site : 11/11/2022</p>"
    assert told(page(body))[1] is None


@pytest.mark.parametrize(
    "lines",
    [
        ("Portes ouvertes à la filature", "Samedi 5 octobre 2019 à 14h30", "Salle des fêtes, Vitré"),
        ("Assemblée générale 2019", "Mardi 5 novembre 2019, 9h30, Rennes"),
        ("Règlement du concours", "Les lauréats seront annoncés le 15 juin 2021."),
        ("Règlement du concours", "Dossiers à rendre le 30 avril 2021 au plus tard."),
        ("Le défi des ateliers", "Remise des prix : vendredi 14 juin 2024, 18 h, Halle aux grains, Blois."),
        ("Mentions légales", "Dernière mise à jour du site : 3 mai 2021"),
        ("Une menuisière, un menuisier", "Poste à pourvoir au 1er septembre 2021"),
        ("À la mémoire de Paul", "(12 mai 1942 – 3 janvier 2019)"),
        ("Notre histoire", "3 mai 1982", "Douze relieurs.", "17 juin 1995", "La presse.", "2 mars 2010"),
        ("La forge du gué", "Date de création : 22/11/2010", "Effectif : 12"),
        ("Colloque du gué", "Envoi des propositions (3 000 signes) : 15 février 2018"),
        ("Le forum des gués", "Enregistré le : mar. 3 mars 2015 10:12"),
        ("La fête des gués – le programme", "Samedi 14 septembre 2019", "10h – Ouverture."),
        ("Agenda", "Juin 2019", "Mar. 4 juin – 9h : visite de la tannerie"),
        ("Semaine de la coopération", "Programme – novembre 2015", "Tulle, mardi 3 : ciné-débat"),
        ("La Vienne", "Cette page a été modifiée pour la dernière fois le 8 mai 2022 à 11:14."),
        ("Se former", "Lire un bilan : Reims, 14/10/2010 ou Troyes, 09/11/2010"),
        ("Avis de constitution", "Par acte en date du 9 septembre 2019, il a été formé une société."),
    ],
)
def test_days_that_are_announced_or_told_are_no_publication(lines: tuple[str, ...]) -> None:
    title, *others = lines
    body = "".join(f"<p>{line}</p>" for line in others)
    page = f"<html lang='fr'><body><main><h1>{title}</h1>{body}</main></body></html>"
    found = records(Page("https://a.example/x", page.encode()))[0]
    assert found.published is None


@pytest.mark.parametrize(
    ("line", "value"),
    [
        ("L’Écho des ateliers – parution du 20/09/2019", "2019-09-20"),
        ("Métiers. Jeudi 19 janvier 2017.", "2017-01-19"),
        ("Par Jeanne Le Goff et la rédaction, 4 mai 2021.", "2021-05-04"),
        ("14.09.2020 à 11h46", "2020-09-14"),
        ("Annonce du 5 septembre 2022", "2022-09-05"),
        ("Date de création : 22/11/2010 @ 21:14", "2010-11-22"),
        ("2019-12-30T11:00:00+01:00 mardi 21 mai 2019 | Chantiers", "2019-05-21"),
    ],
)
def test_lines_that_look_alike_are_read(line: str, value: str) -> None:
    page = f"<html lang='fr'><body><main><h1>Un four de plus</h1><p>{line}</p></main></body></html>"
    found = records(Page("https://a.example/x", page.encode()))[0].published
    assert found is not None
    assert found.value == value


HEAD = "<meta property='article:published_time' content='2019-07-02T10:00:00+02:00'>"
SHOWN = "<time class='entry-date'>27 novembre 2020</time>"


@pytest.mark.parametrize(
    ("head", "value"),
    [
        (HEAD, "2020-11-27"),
        (f"{HEAD}<meta property='article:modified_time' content='2020-11-27T09:00:00+01:00'>", "2019-07-02"),
    ],
)
def test_a_marked_day_is_believed_unless_it_is_that_of_the_edit(head: str, value: str) -> None:
    page = f"<html><head>{head}</head><body><main><h1>Un four</h1>{SHOWN}</main></body></html>"
    found = records(Page("https://a.example/x", page.encode()))[0].published
    assert found is not None
    assert found.value == value


def test_the_days_of_cards_below_are_theirs_and_scripts_tell_the_articles_own() -> None:
    cards = "".join(f"<a><b>Autre {day}</b><i class='date'>{day} mars 2022</i></a>" for day in (16, 14, 11))
    other = '{"title":"Autre 16","publishedAt":"2022-03-16T06:00:00Z"}'
    own = '{"title":"Un four de plus","publishedAt":"2022-01-31T05:30:00Z"}'
    data = f'<script type="application/json">[{other},{own}]</script>'
    text = "<p>Le four est là.</p>" * 8
    main = f"<main><h1>Un four de plus</h1>{text}<section>{cards}</section></main>"
    page = f"<html lang='fr'><body>{main}{data}</body></html>"
    found = records(Page("https://a.example/x", page.encode()))[0].published
    assert found is not None
    assert (found.value, found.rule) == ("2022-01-31", "script")


@pytest.mark.parametrize(
    ("title", "value"), [("Compte rendu du groupe – 16 mai 2019", None), ("Le four est là", "2019-05-16")]
)
def test_the_day_of_a_meeting_in_the_address_is_no_publication(title: str, value: str | None) -> None:
    page = f"<html lang='fr'><body><main><h1>{title}</h1><p>Présents : Jo, Lou.</p></main></body></html>"
    found = records(Page("https://a.example/cr/2019-05-16", page.encode()))[0].published
    assert (found.value if found else None) == value


def test_a_podcast_s_day_is_counted_back_and_its_release_declared() -> None:
    seen = datetime(2024, 9, 20, 5, 0, tzinfo=UTC)
    line = "<p>S4 É38 | Publié il y a 7 j | 41 min</p>"
    page = f"<html lang='fr'><body><main><h1>Un four</h1>{line}</main></body></html>"
    found = records(Page("https://a.example/x", page.encode(), fetched_at=seen))[0].published
    assert found is not None
    assert (found.value, found.rule) == ("2024-09-13", "relative")
    head = "<meta property='music:release_date' content='2024-09-12'>"
    told = records(Page("https://a.example/x", f"<html><head>{head}</head><h1>Un four</h1></html>".encode()))
    assert told[0].published is not None
    assert told[0].published.value == "2024-09-12"


KEYS = ["datePublished", "date_creation", "pubDate", "release_date", "published", "update", "created_at", "İ"]
VALUES = ['": "2016-09-14T10:00"', "='20160914'", ": 20160914, ", ' = "x"', " ", "{", '"']


@given(st.lists(st.sampled_from(KEYS + VALUES)).map("".join))
def test_the_keys_of_dates_are_found_where_their_expression_finds_them(script: str):
    expected = [match.span() for match in _IN_SCRIPT.finditer(script)]
    assert [match.span() for match in _values(script)] == expected
