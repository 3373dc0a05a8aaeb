import re
from typing import Any

import pytest
from datasette.app import Datasette

from archive.serve import labels
from archive.serve.run import metadata, metadata_path

ARCHIVE = metadata()["databases"]["archive"]
TABLES: dict[str, dict[str, Any]] = ARCHIVE["tables"]
QUERIES: dict[str, dict[str, Any]] = ARCHIVE["queries"]
# One plausible answer for each parameter of the queries.
ASKED = {
    "coop": "yvette",
    "department": "91",
    "first_year": "2018",
    "last_year": "2024",
    "year": "2019",
    "minimum": "2",
    "first_day": "2018-01-01",
    "last_day": "2024-12-31",
    "word": "l’Essonne salariés",
    "person": "gérante",
    "source": "union_bocage",
    "days": "1",
    "article": "1002",
}


async def test_every_table_and_column_is_described_and_no_other(archive: Datasette) -> None:
    database = archive.get_database("archive")
    found = {}
    for table in [*await database.table_names(), *await database.view_names()]:
        if (
            not table.startswith(("articles_fts_", "article_stems_", "sqlite_")) or table in TABLES
        ):  # no shadows
            rows = await database.execute("select name from pragma_table_info(?)", [table])
            found[table] = {row["name"] for row in rows}
    assert found == {table: set(described["columns"]) for table, described in TABLES.items()}


@pytest.mark.parametrize("table", TABLES)
def test_a_table_has_french_words_for_itself_and_each_column(table: str) -> None:
    described = TABLES[table]
    assert described["title"]
    assert described["description"]
    for column, description in described["columns"].items():
        label = labels.label(described["columns"], column)
        assert " — " in description, f"{column}: « Libellé — explication »"
        assert len(label) <= 25, f"{column}: a heading must stay short"


@pytest.mark.parametrize("table", TABLES)
def test_a_table_is_configured_with_its_own_columns(table: str) -> None:
    described = TABLES[table]
    shown = described.get("plugins", {}).get("coopress", {}).get("columns", [])
    facets = [f if isinstance(f, str) else next(iter(f.values())) for f in described.get("facets", [])]
    order = [described[key] for key in ("sort", "sort_desc", "label_column") if key in described]
    assert set(shown + facets + order) <= set(described["columns"])


async def test_technical_tables_are_hidden(archive: Datasette) -> None:
    hidden = set(await archive.get_database("archive").hidden_table_names())
    shown = set(await archive.get_database("archive").table_names()) - hidden
    assert shown == {table for table in TABLES if not TABLES[table].get("hidden")}


def test_there_are_at_least_a_dozen_questions() -> None:
    assert len(QUERIES) >= 12


@pytest.mark.parametrize("name", QUERIES)
def test_a_query_is_a_reader_s_question(name: str) -> None:
    query = QUERIES[name]
    assert query["title"].endswith("?")
    assert query["description"]
    assert set(query.get("inputs", {})) == set(query.get("params", []))
    assert set(re.findall(r":([a-z_]+)", query["sql"])) == set(query.get("params", []))


@pytest.mark.parametrize("name", QUERIES)
@pytest.mark.parametrize("value", [None, "", "'\"*(", "asked"])
async def test_a_query_runs_whatever_is_asked(archive: Datasette, name: str, value: str | None) -> None:
    asked = ASKED if value == "asked" else {} if value is None else dict.fromkeys(ASKED, value)
    response = await archive.client.get(f"/archive/{name}.json", params={**asked, "_shape": "array"})
    assert (response.status_code, type(response.json())) == (200, list)


@pytest.mark.parametrize(
    ("name", "parameters", "expected"),
    [
        (
            "articles_naming_a_coop",
            {"coop": "ateliers de l'yvette"},
            {"coop_name": "Les Ateliers de l’Yvette"},
        ),
        ("articles_naming_a_coop", {"coop": "Ateliers Yvette"}, {"coop_name": "Les Ateliers de l’Yvette"}),
        ("newly_discovered_coops", {}, {"coop_name": "Graines de Bièvre", "articles": 29}),
        ("newly_discovered_coops", {"minimum": "29"}, {"rule": "directory", "confidence": 0.9}),
        ("events_of_a_period", {}, {"what": "Salon des coopératives"}),
        ("silent_sources", {}, {"source_name": "Blog des Tisserands", "articles": 0}),
        ("captures_of_an_article", {"article": "1002"}, {"file": "2026-01-05T030000-union.warc.gz"}),
        ("latest_changes", {}, {"previous_title": "Dix ans", "article": 1002}),
        ("clippings_by_outlet", {}, {"outlet_name": "Radio", "clippings": 15}),
        ("press_review_of_a_week", {"first_day": "2017-09-01"}, {"published": "2017-09-02"}),
        ("republished_texts", {}, {"articles": 2, "article": 1001}),
    ],
)
async def test_a_query_answers(
    archive: Datasette, name: str, parameters: dict[str, str], expected: dict[str, object]
) -> None:
    response = await archive.client.get(f"/archive/{name}.json", params={**parameters, "_shape": "array"})
    assert any(expected.items() <= row.items() for row in response.json())


async def test_a_month_counts_between_two_days(archive: Datasette) -> None:
    asked = {"first_day": "2023-05-10", "last_day": "2023-05-20", "_shape": "array"}
    response = await archive.client.get("/archive/articles_between_two_dates.json", params=asked)
    assert [row["published"] for row in response.json()] == ["2023-05"]


def test_nothing_lets_a_reader_write() -> None:
    assert not re.search(r'"(?:write|on_success_message|allow_download)"', metadata_path().read_text("utf-8"))
    for query in QUERIES.values():
        assert query["sql"].startswith(("select", "with"))


async def test_the_dictionary_describes_every_shown_column_with_its_type(archive: Datasette) -> None:
    page = (await archive.client.get("/dictionnaire")).text
    for table, described in TABLES.items():
        assert (f'<h2 id="{table}">' in page) == (not described.get("hidden"))
    assert re.search(r"<code>published</code> <span class=\"quiet\">text</span>", page)
