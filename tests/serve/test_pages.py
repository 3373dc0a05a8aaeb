import html
import re

import pytest
from datasette.app import Datasette

from archive.serve.run import metadata
from archive.serve.typography import typeset

ARCHIVE = metadata()["databases"]["archive"]
PAGES = [
    "/",
    "/archive",
    "/archive?_show_hidden=1",
    "/archive/articles",
    "/archive/articles?_search=coop%C3%A9rative",
    "/archive/articles?_search=introuvable",
    "/archive/articles?year__gte=2018&kind=article&_sort_desc=words&_facet=outlet",
    "/archive/articles?_all=1",
    "/archive/articles?_size=10&_where=words>5",
    "/archive/articles/1002",
    "/archive/articles/1014",
    "/archive/articles/1015",
    "/archive/coops/1",
    "/archive/departments/91",
    "/archive/departments/75",
    "/archive/coops/3",
    "/archive/sources/union_bocage",
    "/archive/sources/muette",
    "/archive/outlets/1",
    "/archive/mentions/1",
    "/archive/images/2",
    "/-/regles",
    "/recherche",
    "/recherche?q=coop%C3%A9rative&page=2",
    "/recherche?q=introuvable",
    "/presse",
    "/presse?par=mois&jour=2018-09-02",
    "/presse?par=jour&jour=1990-01-01",
    "/graphiques",
    "/graphiques?q=coop:1",
    "/api",
    "/guide",
    "/dictionnaire",
    "/a/1002",
    "/a/1002/versions",
    "/a/1003/versions",
    "/archive/versions/2",
    "/archive/captures/1",
    "/archive?sql=select+*+from+coops+where+id=:id&id=1",
    *[f"/archive/{table}" for table in ARCHIVE["tables"]],
    *[f"/archive/{query}" for query in ARCHIVE["queries"]],
]
WRONG = {
    "/a/5": 404,
    "/a/99999999999999999999999": 404,
    "/recherche.xyz": 404,
    "/archive?sql=select+nothing": 400,
    "/archive/absent": 404,
    "/archive/articles/5": 404,
    "/archive/articles?_sort=absent": 400,
    "/archive?sql=delete+from+articles": 400,
}
# What Datasette's own pages would say.
ENGLISH = re.compile(
    r"\b(?:Search:|Apply|Advanced export|Suggested facets|View and edit|This data as|Next page|Powered by"
    r"|Queries took|Data license|Data source|rows? where|sorted by|descending|ascending|remove filter"
    r"|contains|starts with|Links from other|Custom SQL|Run SQL|Edit SQL|Format SQL|Query parameters"
    r"|hidden tables?|Many rows|records|results|Invalid SQL|not found|Error \d|Undefined)\b"
)
INLINE_CODE = re.compile(r"<script|<style|\sstyle=|\son\w+=\"")
FOREIGN_ASSET = re.compile(r"(?:src|<link rel=\"stylesheet\" href)=\"(?!/-/static-plugins/coopress/)[^\"]*")

ENDLESS = "with+recursive+n(x)+as+(select+1+union+all+select+x%2B1+from+n)+select+count(*)+from+n"


@pytest.mark.parametrize("path", [*PAGES, *WRONG])
async def test_a_page_is_french_labelled_and_self_contained(archive: Datasette, path: str) -> None:
    response = await archive.client.get(path)
    page = response.text
    assert response.status_code == (200 if path in PAGES else WRONG[path])
    assert page.startswith('<!DOCTYPE html>\n<html lang="fr">')
    assert ENGLISH.findall(_seen(page)) == []
    assert INLINE_CODE.findall(page) == []
    assert FOREIGN_ASSET.findall(page) == []
    assert _unlabelled(page) == []


async def test_the_stylesheet_is_served(archive: Datasette) -> None:
    response = await archive.client.get("/-/static-plugins/coopress/coopress.css")
    assert (response.status_code, "http" in response.text) == (200, False)


async def test_the_first_page_shows_what_there_is(archive: Datasette) -> None:
    page = await _page(archive, "/")
    for expected in (
        "Archive de la presse coopérative",
        "Parutions de 2016 à 2025",
        "20 septembre 2025",
        "Assemblée générale : une année de coopération (19)",
        "Quels articles parlent d’une coopérative",
        "Tables et éditeur SQL",
    ):
        assert expected in page


async def test_the_list_keeps_the_articles_that_name_a_co_op_beside_another_condition(
    archive: Datasette,
) -> None:
    page = await _page(archive, "/archive/articles?_coop=1&year=2017")
    told = "<strong>6 résultats</strong> citant « Les Ateliers de l’Yvette », « Année » est « 2017 »"
    assert typeset(told) in page
    assert 'href="/archive/articles?year=2017">ôter cette condition</a>' in page
    assert "0 résultat" in await _page(archive, "/archive/articles?_coop=%22%3Cscript%3E")
    exported = await archive.client.get("/archive/articles.csv?_coop=1&year=2017&_col=title")
    assert len(exported.text.splitlines()) == 1 + 6


@pytest.mark.parametrize("typed", ["l'Essonne", "l’Essonne", "essonne"])
async def test_a_search_on_the_list_finds_and_marks(archive: Datasette, typed: str) -> None:
    response = await archive.client.get("/archive/articles", params={"_search": typed})
    assert "29 résultats" in response.text
    assert "<mark" in response.text
    assert "Essonne</mark>" in response.text


async def test_each_department_is_counted_once_an_article_and_leads_to_that_many(archive: Datasette) -> None:
    response = await archive.client.get("/archive/articles.json?_size=0&year=2018")
    counted = response.json()["facet_results"]["departments"]["results"]
    assert {one["value"]: one["count"] for one in counted} == {"75": 5, "94": 5}
    page = await _page(archive, "/archive/articles?year=2018&departments__arraycontains=75")
    assert "<strong>5 résultats</strong>" in page


async def test_an_empty_search_shows_everything(archive: Datasette) -> None:
    assert "60 résultats" in await _page(archive, "/archive/articles?_search=&_sort=words")


async def test_the_list_says_in_french_what_was_asked(archive: Datasette) -> None:
    page = await _page(archive, "/archive/articles?_search=fournil&year__gte=2018&_sort=words")
    told = "contenant « fournil », Année ≥ 2018, triés par « Mots », ordre croissant."
    assert typeset(told) in page


async def test_an_article_reads_as_an_article(archive: Datasette) -> None:
    page = await _page(archive, "/archive/articles/1002")
    for expected in (
        "<h1>Une transmission aux salariés réussie à Créteil (1)</h1>",
        "2 septembre 2017 à 8\xa0h\xa015",
        "«\u00a0Publié en 2017\u00a0»",
        'data-told="Coopérative : Les Ateliers de l’Yvette (nom de l’annuaire)">Les Ateliers de l’Yvette</a>',
        "21 novembre 2018 à 8\xa0h\xa030",
        'href="https://rivages.example/actualites/1" rel="noopener noreferrer nofollow">Lire sur',
        'href="/c/2026-01-05T030000-union/4096"',
    ):
        assert expected in page


async def test_an_article_shows_the_dates_decided_against_with_rule_and_words(archive: Datasette) -> None:
    page = await _page(archive, "/archive/articles/1002")
    for expected in (
        "<dt>Autres dates dans la page</dt>",
        '<time datetime="2018-05-03">3 mai 2018</time> — «\u00a02018/05/03\u00a0»',
        'href="/-/regles#published_rule-url"',
        ">adresse de la page</a>",
    ):
        assert expected in page
    assert "Autres dates" not in await _page(archive, "/archive/articles/1003")


async def test_an_article_says_how_sure_a_mention_is(archive: Datasette) -> None:
    page = await _page(archive, "/archive/articles/1002")
    for expected in (">ambiguë</span>", "plusieurs coopératives de l’annuaire portent ce nom", "90\u202f%"):
        assert expected in page


async def test_an_image_is_a_link_and_never_loaded(archive: Datasette) -> None:
    page = await _page(archive, "/archive/articles/1002")
    assert 'href="https://yvette.example/atelier.jpg" rel="noopener noreferrer nofollow">L’atelier' in page
    assert "<img" not in page


async def test_an_undated_article_says_so(archive: Datasette) -> None:
    page = await _page(archive, "/archive/articles/1001")
    assert "Date inconnue" in page


async def test_a_month_is_shown_as_a_month(archive: Datasette) -> None:
    assert "mai 2023" in await _page(archive, "/archive/articles/1008")


@pytest.mark.parametrize(
    "path",
    [
        "/archive/articles/1014",
        "/archive/articles?_all=1&id=1014",
        "/archive/articles?_search=hostile",
        "/archive?sql=select+title,text+from+articles+where+id=1014",
        "/archive/articles_between_two_dates?word=hostile",
        "/archive/links/2",
        "/archive/images/2",
        "/archive/coops/1",
        "/archive/articles?_search=<script>alert(1)</script>",
        "/archive/coops/4",
        "/archive/departments/75",
        "/archive/articles?_coop=4",
        "/archive/articles?_coop=<script>alert(1)</script>",
        "/archive/articles?title=<script>alert(1)</script>",
        "/archive/articles?_where=title!='<script>'",
        "/archive/articles?_sort=<script>alert(1)</script>",
        "/archive/articles/<script>alert(1)</script>",
        '/archive/undated_articles?source="><script>alert(1)</script>',
        "/archive?sql=select+'<script>alert(1)</script>'",
    ],
)
async def test_scraped_and_typed_text_stays_text(archive: Datasette, path: str) -> None:
    page = (await archive.client.get(path)).text
    assert "<script" not in page
    assert "<img" not in page
    assert 'href="javascript' not in page


async def test_a_row_names_its_columns_in_french(archive: Datasette) -> None:
    page = await _page(archive, "/archive/crawls/1")
    for expected in (
        ">5 janvier 2026 à 3\xa0h\xa012 UTC</time></h1>",
        ">Demandes</dt>",
        "Problèmes</a>\xa0: 1 ligne",
    ):
        assert expected in page


async def test_columns_are_hidden_one_after_the_other_but_never_the_one_sorted_by(archive: Datasette) -> None:
    page = await _page(archive, "/archive/articles?_nocol=kicker")
    assert 'href="/archive/articles?_nocol=kicker&amp;_nocol=words"' in page
    assert "_nocol=published&" not in page
    assert 'nocol=published"' not in page


async def test_a_row_links_to_what_it_refers_to_by_name(archive: Datasette) -> None:
    page = await _page(archive, "/archive/mentions/1")
    assert '<a href="/archive/coops/1">Les Ateliers de l’Yvette</a>' in page
    assert '<a href="/archive/articles/1002">Une transmission aux salariés réussie à Créteil (1)</a>' in page


async def test_the_list_names_the_site_where_there_is_no_outlet(archive: Datasette) -> None:
    page = await _page(archive, "/archive/articles?id=1002")
    assert 'data-label="Paru dans"><a href="/archive/sources/union_rivages">Union des Rivages</a>' in page


@pytest.mark.parametrize(
    ("path", "status", "said"),
    [
        ("/archive/absent", 404, "Cette page n’existe pas"),
        ("/absent", 404, "Il n’y a pas de base de ce nom"),
        ("/archive/articles/5", 404, "Aucune fiche ne porte ce numéro"),
        ("/archive/articles?_sort=absent", 400, "On ne peut pas trier par «\xa0absent\xa0»"),
        ("/archive/articles?_size=x", 400, "nombre de lignes"),
        ("/archive/articles?_nocol=absent", 400, "Cette table n’a pas de colonne «\xa0absent\xa0»"),
        ("/archive?sql=delete+from+articles", 400, "Seules les requêtes de lecture"),
        ("/archive?sql=drop+table+articles", 400, "Seules les requêtes de lecture"),
        ("/archive.db", 403, "La base ne se télécharge pas"),
        (f"/archive?_timelimit=20&sql={ENDLESS}", 400, "a pris trop de temps"),
    ],
)
async def test_an_error_is_explained_in_french(archive: Datasette, path: str, status: int, said: str) -> None:
    response = await archive.client.get(path)
    assert response.status_code == status
    assert said in response.text


async def test_programs_keep_their_json_errors(archive: Datasette) -> None:
    response = await archive.client.get("/archive/absent.json")
    assert (response.status_code, response.json()["ok"]) == (404, False)


@pytest.mark.parametrize("method", ["post", "put", "delete"])
async def test_nothing_is_written_by_a_visitor(archive: Datasette, method: str) -> None:
    before = (await archive.client.get("/archive/articles.json?_shape=array&_size=max")).json()
    for path in ("/archive", "/archive/articles", "/archive/articles/1002"):
        await getattr(archive.client, method)(path)
    assert (await archive.client.get("/archive/articles.json?_shape=array&_size=max")).json() == before


def _unlabelled(page: str) -> list[str]:
    """Return the fields of forms that a screen reader could not name."""
    fields = re.findall(r"<(?:input|select|textarea)\b[^>]*>", page)
    labelled = set(re.findall(r'<label for="([^"]+)"', page))
    named = ('type="hidden"', "checkbox", "aria-label")  # a checkbox stands inside its label
    return [
        field
        for field in fields
        if not any(name in field for name in named)
        and not labelled.intersection(re.findall(r'\bid="([^"]+)"', field))
    ]


def _seen(page: str) -> str:
    """Return the text that a reader sees: no markup, no code, no SQL."""
    page = re.sub(r"<(pre|code|textarea)\b.*?</\1>", " ", page, flags=re.DOTALL)
    return re.sub(r"<[^>]*>", " ", page)


async def _page(archive: Datasette, path: str) -> str:
    response = await archive.client.get(path)
    assert response.status_code == 200
    return str(response.text)


@pytest.mark.parametrize("sql", ["selec", "select nom from coops", "select '</textarea><script>x' from t"])
async def test_a_query_that_fails_is_given_back(archive: Datasette, sql: str) -> None:
    response = await archive.client.get("/archive", params={"sql": sql})
    assert response.status_code == 400
    typed = re.search(r'spellcheck="false">(.*?)</textarea>', response.text, re.DOTALL)
    assert typed is not None
    assert html.unescape(typed[1]) == sql
    assert "<" not in typed[1]


@pytest.mark.parametrize(
    ("sql", "told"),
    [
        ("select nom from coops", "Il n’y a pas de colonne «\xa0nom\xa0»"),
        ("select name frm coops x", "n’est pas correcte près de «\xa0coops\xa0»"),
        ("select name from", "s’arrête trop tôt"),
        ("select compter(name) from coops", "Il n’y a pas de fonction «\xa0compter\xa0»"),
        ("select title from coops, articles, versions", "Plusieurs tables ont une colonne «\xa0title\xa0»"),
    ],
)
async def test_a_query_that_fails_is_explained_in_french(archive: Datasette, sql: str, told: str) -> None:
    assert told in (await archive.client.get("/archive", params={"sql": sql})).text


async def test_a_page_that_is_gone_says_so_and_leads_to_its_copy(archive: Datasette) -> None:
    assert "n’est plus en ligne" in await _page(archive, "/a/1005")
    assert "n’est plus en ligne" not in await _page(archive, "/a/1002")


async def test_those_inside_are_told_what_the_public_does_not_see(archive: Datasette) -> None:
    assert "Montré à l’équipe seule" in await _page(archive, "/a/1003")
    assert "Texte reproduit avec l’accord" in await _page(archive, "/a/1002")


async def test_an_article_says_that_its_publisher_reserves_text_and_data_mining(archive: Datasette) -> None:
    assert "droits réservés par l’éditeur (<code>tdm-reservation</code>)" in await _page(archive, "/a/1001")
    assert "tdm-reservation" not in await _page(archive, "/a/1002")
