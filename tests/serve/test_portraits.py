import re

import pytest
from datasette.app import Datasette

from archive.serve.charts import over_time


async def _page(archive: Datasette, path: str) -> str:
    response = await archive.client.get(path)
    assert response.status_code == 200
    return re.sub(r"\s+", " ", response.text)


@pytest.mark.parametrize(
    ("path", "said"),
    [
        ("/archive/coops/1", "<h1>Les Ateliers de l’Yvette</h1>"),
        ("/archive/coops/1", "<dd>Ateliers Yvette</dd>"),
        ("/archive/coops/1", '<a href="/archive/departments/91">Essonne</a>'),
        ("/archive/coops/1", "29 passages dans 29 articles."),
        ("/archive/coops/1", "<mark>Les Ateliers de l’Yvette</mark> fête ses dix ans."),
        (
            "/archive/coops/1",
            '<a href="/archive/coops/2">Graines de Bièvre</a> <span class="quiet">Scic</span>',
        ),
        ("/archive/coops/1", "confiance 90 %"),
        ("/archive/coops/2", "absente de l’annuaire : à vérifier"),
        ("/archive/coops/2", '<span class="ambiguous">ambiguë</span>'),
        ("/archive/coops/3", "Aucun article de l’archive ne la nomme"),
        ("/archive/departments/91", "<h1>Essonne (91)</h1>"),
        ("/archive/departments/91", '<a href="/archive/coops/1">Les Ateliers de l’Yvette</a></td>'),
        ("/archive/departments/91", "dans l’<mark>Essonne</mark>"),
        ("/archive/departments/91", '">nom du département</a>'),
        ("/archive/departments/2A", "Aucun article de l’archive n’en parle"),
        ("/archive/sources/union_bocage", "15 copies conservées</a>, la dernière le 5 janvier 2026"),
        ("/archive/sources/muette", "Aucun article pour l’instant."),
        ("/archive/sources/muette", "1 problème</a>"),
        ("/archive/outlets/1", "Titre de presse · courrier.example · 15 articles"),
    ],
)
async def test_a_page_tells(archive: Datasette, path: str, said: str) -> None:
    assert said in await _page(archive, path)


async def test_each_passage_leads_to_its_words_in_the_article_and_to_the_copy(archive: Datasette) -> None:
    page = await _page(archive, "/archive/coops/1")
    (place,) = set(re.findall(r'href="(/a/1002#coop-\d+)"', page))
    path, _, anchor = place.partition("#")
    assert f'id="{anchor}"' in await _page(archive, path)
    assert 'href="/c/2026-01-05T030000-union/4096"' in page


@pytest.mark.parametrize("path", ["/archive/coops/1", "/archive/outlets/1", "/archive/sources/planche"])
async def test_a_period_leads_to_as_many_articles_as_the_table_says(archive: Datasette, path: str) -> None:
    page = await _page(archive, path)
    table = page.partition('<table class="numbers">')[2].partition("</table>")[0]
    periods = re.findall(r'<a href="([^"]+)">[^<]+</a></th><td>(\d+)<', table)
    assert periods
    for address, articles in periods[:3]:
        found = await _page(archive, address.replace("&amp;", "&"))
        assert f"<strong>{articles} article" in found


async def test_a_co_op_is_not_said_to_be_named_with_itself(archive: Datasette) -> None:
    page = await _page(archive, "/archive/coops/1")
    named_with = page.partition("<h2>Citées avec elle</h2>")[2].partition("</ol>")[0]
    assert "/archive/coops/1" not in named_with


def test_a_date_far_off_does_not_fill_the_page_with_empty_years() -> None:
    assert [bar.period for bar in over_time({"1200": 1, "2020-03": 3}).bars] == ["1200", "2020"]
