"""A reader sees what a reprint kept, left out and added."""

from bs4 import BeautifulSoup
from datasette.app import Datasette

from archive.serve.comparison import compare

TEXT = "La Scop a dix ans. On danse jeudi."


def test_an_identical_text_has_nothing_cut_and_nothing_added():
    found = compare(TEXT, "LA SCOP a dix ans ! On danse jeudi.")
    assert (found.same, found.cut, found.added) == (8, 0, 0)


def test_a_long_passage_in_common_is_shortened():
    long = " ".join(f"mot{number}" for number in range(100))
    (piece,) = compare(long, long).pieces
    assert piece.shown.startswith("mot0 mot1 ")
    assert "[…]" in piece.shown
    assert len(piece.shown.split()) == 25


def test_texts_without_words_compare():
    assert compare("", "").pieces == ()
    assert compare("", "Rien.").added == 1


async def test_the_page_of_a_cluster_compares_its_articles(archive: Datasette):
    page = await archive.client.get("/archive/clusters/1")
    soup = BeautifulSoup(page.text, "lxml")
    assert page.status_code == 200
    assert soup.find("h1").text == "Dix ans pour Les Ateliers de l’Yvette (0)"
    assert [a["href"] for a in soup.select(".reprints h2 a")] == [
        "/a/1001",
        "/a/1006",
    ]
    assert "en commun" in soup.select_one(".reprints").text
    assert soup.select(".compared del, .compared ins")
    article = await archive.client.get("/a/1001")
    assert "/archive/clusters/1" in article.text


async def test_a_cluster_that_is_no_more_is_not_found(archive: Datasette):
    page = await archive.client.get("/archive/clusters/999")
    assert page.status_code == 404
