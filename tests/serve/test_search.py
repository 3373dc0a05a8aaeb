"""What a reader finds by the search box, and that nothing typed into it is an error."""

import asyncio
import json
import random
from collections.abc import Iterator
from pathlib import Path

import pytest
from datasette.app import Datasette
from sqlite_utils import Database

from archive.serve import search
from archive.serve.run import instance
from archive.store import stem_index
from archive.store.migrations import migrations

ARTICLES = {
    1: ("Une coopérative de l’Essonne", "2018-05-03", "Elle emploie douze salarié·es à Évry."),
    2: ("Deux coopératives du Val-d'Oise", "2019-11", "Elles mettent en œuvre un plan de relance."),
    3: ("Le chiffre d’affaires", "2020-01-15", "Le chiffre d’affaires des producteur·rices progresse."),
    4: ("Affaires courantes", "2021", "Aucun chiffre. Le marché couvert ouvre ses portes."),
    5: ("Un auto-entrepreneur", None, "Il rejoint la Scop, une S.C.O.P. de Redon, et marche beaucoup."),
    6: ("Les mutuelles", "2024-02-02", "Rien sur les autres ; une coopérative citée une fois en passant."),
}


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Datasette]:
    path = tmp_path_factory.mktemp("search") / "archive.db"
    _build(path)
    datasette = instance(path)
    asyncio.run(datasette.invoke_startup())
    yield datasette
    for database in datasette.databases.values():
        database.close()
    datasette.executor.shutdown(wait=True)


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("coopérative", {1, 2, 6}),
        ("COOPERATEURS", {1, 2, 6}),
        ("l'Essonne", {1}),
        ("d’essonne", {1}),
        ("Val-d’Oise", {2}),
        ("oeuvrer", {2}),
        ("œuvres", {2}),
        ("salariées", {1}),
        ("productrice", {3}),
        ("autoentrepreneuse", {5}),
        ("auto-entrepreneur", {5}),
        ("scop redon", {5}),
        ("marché", {4}),
        ("marche", {4, 5}),
        ("les coopératives de la relance", {2}),
        # exact words and beginnings
        ('"chiffre d’affaires"', {3}),
        ("« chiffre d'affaires »", {3}),
        ("chiffre affaires", {3, 4}),
        ("=coopératives", {2}),
        ('"oeuvre"', {2}),
        ("coop*", {1, 2, 6}),
        ("entrepren*", {5}),
        # operators
        ("essonne OU mutuelles", {1, 6}),
        ("coopérative -mutuelle", {1, 2}),
        ("coopérative SAUF (essonne | mutuelle)", {2}),
        ("coopérative ET =coopératives", {2}),
        ("=coopératives OU salariés", {1, 2}),
        ("-coopérative", {3, 4, 5}),
        ("NEAR(plan relance, 3)", {2}),
        ("plan PROCHE/1 coopérative", set()),
        ("titre:coopérative", {1, 2}),
        ('titre:"chiffre d’affaires" OU titre:essonne', {1, 3}),
        # filters
        ("departement:91", {1}),
        ("dep:essonne coopérative", {1}),
        ("région:île-de-france", {1, 2}),
        ("coopérative avant:2019", {1}),
        ("après:2019", {3, 4, 6}),
        ("depuis:2019-11 jusqua:2020", {2, 3}),
        ("date:2018", {1}),
        ("date:03/05/2018", {1}),
        ("sans:date", {5}),
        ("type:coupure", {6}),
        ("-type:coupure coopérative", {1, 2}),
        ("source:rivages", {2, 4, 6}),
        ("source:union_bocage", {1, 3, 5}),
        ("media:courrier", {6}),
        ('coop:"ateliers de l’yvette"', {1}),
        ("coop:7", {1}),
        ("departement:91 OU type:coupure", {1, 6}),
        ("absent", set()),
    ],
)
async def test_a_search_finds(served: Datasette, typed: str, found: set[int]) -> None:
    response = await served.client.get("/archive/articles.json", params={"_search": typed, "_shape": "array"})
    assert {row["id"] for row in response.json()} == found
    page = await served.client.get("/recherche", params={"q": typed})
    assert _count(page.text) == len(found)


async def test_a_title_and_a_recent_article_go_first(served: Datasette) -> None:
    page = (await served.client.get("/recherche", params={"q": "coopération"})).text
    order = [page.index(f'/{identifier}">') for identifier in (2, 1, 6)]
    assert order == sorted(order)


async def test_found_words_are_marked_in_the_text_as_it_was_written(served: Datasette) -> None:
    page = (await served.client.get("/recherche", params={"q": "salariée essonne"})).text
    assert '<mark class="found">salarié·es</mark> à Évry.' in page
    assert '<mark class="found">Essonne</mark>' in page


@pytest.mark.parametrize(
    ("typed", "offered"),
    [
        ("coopertive", "coopérative"),
        ("mutulles annee:2024", "mutuelles"),
        ("esonne", "essonne"),
        ("coopérative", None),
        ("xyzzyqwk", None),
    ],
)
async def test_a_slip_is_offered_another_spelling(served: Datasette, typed: str, offered: str | None) -> None:
    page = (await served.client.get("/recherche", params={"q": typed})).text
    assert ("Vouliez-vous dire" in page) == (offered is not None)
    assert offered is None or offered in page.partition("Vouliez-vous dire")[2].partition("</p>")[0]


async def test_a_condition_can_be_taken_away_and_a_wrong_one_is_named(served: Datasette) -> None:
    page = (await served.client.get("/recherche", params={"q": "scop avant:hier type:article"})).text
    assert "<code>avant:hier</code>" in page
    assert 'href="/recherche?q=scop+avant%3Ahier">ôter' in page


async def test_facets_lead_to_as_many_articles_as_they_count(served: Datasette) -> None:
    page = (await served.client.get("/recherche", params={"q": "coopérative"})).text
    for query, count in (("coopérative source:union_rivages", 2), ("coopérative departement:91", 1)):
        assert f">{count}</span>" in page
        assert _count((await served.client.get("/recherche", params={"q": query})).text) == count


DEPARTMENTS = ((1, "91"), (2, "95"))
FIXED = [
    *(
        "",
        " ",
        '"',
        '""',
        "*",
        "(",
        ")",
        "a OR",
        "AND",
        "NOT NEAR(",
        "title:",
        "titre:",
        "^x",
        "-",
        "'",
        "\0",
    ),
    *("é" * 5000, "a " * 5000, "(" * 500, "NEAR(" * 50, "a" * 20_000),
    *("a OU OU b", "NON NON NON a", "((a)", "a))", "NEAR(a b, 99999999999)", "PROCHE/999 a", "a PROCHE"),
    *("departement:", "departement:'", "avant:9999-99-99", "coop:%", "source:_", "{a} : b", "a:b:c", "=="),
    *(
        "<script>alert(1)</script>",
        "'; drop table articles; --",
        "🙂",
        "中文",
        "%00",
        "0all",
        "NULL",
        "+a",
        "~",
    ),
    *("-(-(-a))", "~"),
]
SIGNS = [
    *(
        '"',
        "*",
        "(",
        ")",
        "-",
        ":",
        "^",
        "{",
        "}",
        "+",
        "'",
        "NEAR",
        "AND",
        "OU",
        "NOT",
        "é",
        "a",
        "=",
        "|",
        " ",
    ),
    *("departement:", "avant:", "titre:", "coop:", "\\", ";", "%", "_", "«", "»", ",", "0", " "),
]
CHANCE = random.Random(11)
HOSTILE = FIXED + ["".join(CHANCE.choices(SIGNS, k=1 + n % 14)) for n in range(200 - len(FIXED))]


@pytest.mark.parametrize("typed", HOSTILE)
async def test_nothing_typed_is_an_error(served: Datasette, typed: str) -> None:
    for path, name in (("/recherche", "q"), ("/archive/articles", "_search")):
        response = await served.client.get(path, params={name: typed})
        assert response.status_code == 200
        assert "<script" not in response.text


def test_there_are_two_hundred_hostile_lines() -> None:
    assert len(HOSTILE) == 200


def test_text_without_a_word_asks_for_nothing() -> None:
    assert search.expression('* ( "') == '""'


def _count(page: str) -> int:
    return int(page.partition('role="status"><strong>')[2].partition("\u202f")[0].split()[0])


def _build(path: Path) -> None:
    db = Database(path)
    migrations.apply(db)
    db["sources"].insert_all(
        {"slug": slug, "title": title, "kind": "union", "home": "", "via": "listing", "publish": "full"}
        for slug, title in (("union_bocage", "Union du Bocage"), ("union_rivages", "Union des Rivages"))
    )
    db["departments"].insert_all(
        {"code": code, "name": name, "region": "Île-de-France"}
        for code, name in (("91", "Essonne"), ("95", "Val-d’Oise"))
    )
    db["outlets"].insert({"id": 1, "name": "Le Courrier des deux rives"})
    db["coops"].insert({"id": 7, "name": "Les Ateliers de l’Yvette", "status": "directory"})
    for number, (title, published, text) in ARTICLES.items():
        capture = {"id": number, "source": "union_bocage", "url": "", "role": "article", "status": 200}
        db["captures"].insert(
            capture | {"fetched_at": "", "digest": "", "file": "f", "offset": number, "length": 1}
        )
        db["articles"].insert(
            {"id": number, "source": "union_bocage" if number % 2 else "union_rivages", "title": title}
            | {"kind": "clipping" if number == 6 else "article", "published": published, "text": text}
            | {"departments": json.dumps([code for article, code in DEPARTMENTS if article == number])}
            | {"year": published[:4] if published else None, "outlet": 1 if number == 6 else None}
            | {"words": 9, "url": f"u{number}", "capture": number, "first_seen": "", "last_seen": ""}
        )
    place = {"field": "text", "start": 0, "end": 3}
    db["article_departments"].insert_all(
        {"article": article, "department": code, "via": "name", "evidence": ""} | place
        for article, code in DEPARTMENTS
    )
    db["mentions"].insert({"article": 1, "coop": 7, "name": "x", "surface": "x", "rule": "directory"} | place)
    stem_index.refresh(db)
    db.conn.commit()
    db.close()
