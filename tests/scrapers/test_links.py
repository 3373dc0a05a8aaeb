"""Where a link leads is told from its address and its words alone."""

import pytest

from scrapers import links

LISTING = "http://a.example/spip.php?rubrique3"


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("http://a.example/spip.php?rubrique3&debut_articles=3", True),
        ("http://a.example/spip.php?rubrique3&debut_articles=3#pagination_articles", True),
        ("http://a.example/spip.php?rubrique4", False),
        ("http://a.example/spip.php?rubrique4&debut_articles=3", False),
        ("http://a.example/spip.php?article12", False),
        ("http://www.a.example/spip.php?rubrique3", False),
        ("http://a.example/spip.php?rubrique3&tri=date", False),
        ("http://a.example/spip.php?rubrique3&page=imprimer", False),
    ],
)
def test_pages_of_a_listing_differ_by_their_number_alone(url: str, expected: bool):
    assert links.is_another_page(url, LISTING) is expected


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("https://a.example/", "https://a.example/page/2/"),
        ("https://a.example/eco", "https://a.example/eco?page=1"),
        ("https://a.example/Actualites", "https://a.example/Actualites/(offset)/5"),
        ("http://a.example/archives.asp?p=1", "http://a.example/archives.asp?p=2"),
        ("https://a.example/eco/", "https://a.example/eco/page-3.html"),
        ("https://a.example/eco?r=2", "https://a.example/eco?offset=20&r=2"),
    ],
)
def test_each_page_of_a_listing_knows_the_other(first: str, second: str):
    assert links.is_another_page(second, first)
    assert links.is_another_page(first, second)


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("https://a.example/agenda?mois=2024-06", True),
        ("https://a.example/agenda?d=20240612", True),
        ("https://a.example/evenements/2024/06", True),
        ("https://a.example/events/liste/2024-06-12/", True),
        ("https://a.example/agenda", False),
        ("https://a.example/actualites?page=202406", False),
        ("https://a.example/2024/06/agenda-de-la-semaine/", False),
        ("https://a.example/archives/2024/06/", False),
    ],
)
def test_a_calendar_is_told_from_an_archive(url: str, expected: bool):
    assert links.is_calendar(url) is expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Page suivante", True),
        ("suivant >", True),
        ("« Articles plus anciens", True),
        ("Next page", True),
        ("Mois suivant", False),
        ("Suivant : la Scop fête ses dix ans", False),
        ("La suite", False),
        ("Plus anciens membres de la Scop", False),
        ("x" * 100_000, False),
    ],
)
def test_only_plain_words_lead_to_the_next_page(text: str, expected: bool):
    assert links.says_next(text) is expected


@pytest.mark.parametrize(
    "url",
    [
        "https://a.example/amp/eco/x.html",
        "https://a.example/eco/x/amp/",
        "https://a.example/eco/x?amp",
        "https://a.example/eco/x?id=3&amp=1",
        "http://a.example/spip.php?page=imprimer&id_article=30",
        "https://a.example/node/3/print",
        "https://a.example/x?print=1",
    ],
)
def test_copies_for_print_and_phones_are_recognised(url: str):
    assert links.is_twin(url)


@pytest.mark.parametrize(
    "url", ["https://a.example/eco/ampoules", "https://a.example/x?page=2", "https://a.example/x?printemps=1"]
)
def test_an_article_is_no_copy(url: str):
    assert not links.is_twin(url)


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("https://a.example/a/b/a/b/a/b", True),
        ("https://a.example/" + "x/" * 13, True),
        ("https://a.example/?q=" + "x" * 2_000, True),
        ("https://a.example/2012/12/12/12-associes", False),
        ("https://a.example/scop/actualites/scop", False),
    ],
)
def test_endless_addresses_are_recognised(url: str, expected: bool):
    assert links.is_trap(url) is expected


@pytest.mark.parametrize(
    ("link", "expected"),
    [
        ("x", "https://a.example/eco/x"),
        ("//b.example/x", "https://b.example/x"),
        (" /x\n", "https://a.example/x"),
        ("/x#y", "https://a.example/x"),
        ("/x?id=1&utm_source=une&fbclid=2", "https://a.example/x?id=1"),
        ("/été", "https://a.example/%C3%A9t%C3%A9"),
        ("javascript:print()", None),
        ("tel:+33100000000", None),
        ("http://", None),
        ("http://[::1", None),
    ],
)
def test_a_link_becomes_an_address_to_ask_or_nothing(link: str, expected: str | None):
    assert links.address("https://a.example/eco/", link) == expected
