"""The shipped register of titles is sound, and names are found in it as people write them."""

from collections import Counter

import pytest

from archive import gazetteer, press


def test_at_least_a_hundred_and_twenty_titles_of_every_scope():
    scopes = Counter(title.scope for title in press.titles())
    assert sum(scopes.values()) >= 120
    assert {"agency", "national", "regional", "trade", "coop"} <= set(scopes)
    assert scopes["regional"] >= 60


def test_no_name_and_no_domain_belongs_to_two_titles():
    names = Counter(
        one
        for title in press.titles()
        for one in {press.folded(name) for name in (title.name, *title.aliases)}
    )
    domains = Counter(domain for title in press.titles() for domain in title.domains)
    assert [one for one, count in (names + domains).items() if count > 1] == []


def test_areas_are_departments():
    codes = {place.code for place in gazetteer.departments()}
    assert {title.name for title in press.titles() if not codes.issuperset(title.departments)} == set()


@pytest.mark.parametrize(
    ("address", "name"),
    [
        ("https://www.ouest-france.fr/bretagne/rennes-35000/une-scop-1.html", "Ouest-France"),
        ("http://m.leprogres.fr/a", "Le Progrès"),
        ("https://objectif-languedoc-roussillon.latribune.fr/a", "La Tribune"),
        ("https://france3-regions.francetvinfo.fr/a", "France 3"),
        ("https://fr.wikipedia.org/wiki/Scop", "Wikipédia"),
        ("https://blogs.alternatives-economiques.fr/untel/2019/01/01/x", None),
        ("https://notre-temps-libre.fr/a", None),
        ("https://lemonde.fr.piege.example/a", None),
        ("mailto:redaction@lemonde.fr", None),
        ("http://[mal", None),
    ],
)
def test_an_address_tells_its_title(address, name):
    found = press.by_address(address)
    assert (found.name if found else None) == name


@pytest.mark.parametrize(
    ("written", "name"),
    [
        ("Libération.fr", "Libération"),
        ("LES ECHOS", "Les Échos"),
        ("l’Humanité", "L'Humanité"),
        ("Ouest France", "Ouest-France"),
        ("DNA", "Les Dernières Nouvelles d'Alsace"),
        ("Le Clairon des Mauges", None),
        ("", None),
    ],
)
def test_a_name_is_known_in_its_spellings(written, name):
    found = press.by_name(written)
    assert (found.name if found else None) == name
