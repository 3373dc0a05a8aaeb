"""Where a great many articles answer: what is estimated says so, and no article is lost or shown twice."""

import re

import pytest
from datasette.app import Datasette

from archive.serve import counting, names, results, selection
from archive.serve.remembered import Remembered
from archive.serve.search import places
from archive.stems import folded, stem
from archive.stems.families import _lists, initials


@pytest.fixture
def crowded(archive: Datasette, monkeypatch: pytest.MonkeyPatch) -> Datasette:
    """Give the archive of sixty articles, where twenty-five are a great many."""
    for module in (counting, results):
        monkeypatch.setattr(module, "MANY", 25)
    monkeypatch.setattr(counting, "_LOOKED_AT", 25)
    for module in (counting, names, results):
        monkeypatch.setattr(module, "RESULTS", Remembered(lambda: 0.0))
    monkeypatch.setattr(results, "_FIRST_PIECE", 7)
    monkeypatch.setattr(results, "_PIECE", 11)
    return archive


@pytest.mark.parametrize(
    ("question", "answers"), [("", 60), ("coopérative", 59), ("coopérative depuis:2000", 54)]
)
async def test_estimates_say_so_and_give_way_to_exact_counts(
    crowded: Datasette, question: str, answers: int
) -> None:
    page = (await crowded.client.get("/recherche", params={"q": question})).text
    assert re.findall(r"<strong>(\d+) articles</strong>", page) == [str(answers)]
    looked_at = re.findall(r"Décomptes estimés sur (\d+) articles", page)
    assert 12 < int(looked_at[0]) <= 25
    link = re.search(r'href="([^"]*decomptes=exacts[^"]*)"', page)
    assert link
    exact = (await crowded.client.get(link[1].replace("&amp;", "&"))).text
    assert "Décomptes estimés" not in exact
    assert "≈" in page
    assert "≈" not in exact


async def test_the_last_page_that_there_is_says_that_more_articles_answer(
    crowded: Datasette, monkeypatch: pytest.MonkeyPatch
) -> None:
    for module in (results, selection):
        monkeypatch.setattr(module, "LAST_PAGE", 2)
    pages = [
        (await crowded.client.get("/recherche", params={"q": "coopérative", "page": page})).text
        for page in (1, 2, 3)
    ]
    assert "page 1 sur 2." in pages[0]
    assert ["40 premiers articles" in page for page in pages] == [False, True, True]
    assert "Page suivante" not in pages[1]


async def test_programs_get_exact_counts(crowded: Datasette) -> None:
    found = (await crowded.client.get("/recherche.json", params={"q": "coopérative"})).json()
    assert (found["total"], sum(found["counts"]["kinds"].values())) == (59, 59)


@pytest.mark.parametrize("order", ["date", "pertinence"])
@pytest.mark.parametrize("question", ["", "coopérative", "coopérative depuis:2000", "=coopérative", "scop"])
async def test_the_pages_hold_every_article_once(crowded: Datasette, question: str, order: str) -> None:
    whole = set((await crowded.client.get("/recherche.jsonl", params={"q": question})).text.splitlines())
    seen: list[str] = []
    for page in range(1, 5):
        asked = {"q": question, "tri": order, "page": page}
        text = (await crowded.client.get("/recherche", params=asked)).text
        seen += re.findall(r'<h2><a href="/a/(\d+)"', text)
    assert len(seen) == len(whole) > 0
    assert len(set(seen)) == len(seen)


async def test_an_export_in_pieces_holds_every_article_once_in_order(crowded: Datasette) -> None:
    db = crowded.get_database("archive")
    wanted = results.read("coopérative")
    pieces = [piece async for piece in results.in_pieces(db, wanted)]
    assert [one for piece in pieces for one in piece] == await results.identifiers(db, wanted)
    assert [len(piece) for piece in pieces] == [7, 11, 11, 11, 11, 8]


def test_estimates_have_two_digits_that_count() -> None:
    counted = counting.Counts(170_123, 5000)
    counted.kinds.update({"article": 4321, "clipping": 4})
    assert counted.by_facet()["kind"] == [("article", 150_000), ("clipping", 140)]


def test_no_word_of_a_family_begins_with_a_letter_that_is_not_looked_for() -> None:
    for word in _lists().exact:
        assert folded(word)[:1] in initials([stem(word)]), word
    assert places("Écoles, écolier ; L’ÉCOLE", "école") == [(0, 6), (8, 15), (20, 25)]
