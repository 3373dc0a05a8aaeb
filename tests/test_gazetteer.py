import pytest

from archive import gazetteer


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("Val-de-Marne", "94"),
        ("val de marne", "94"),
        ("Côtes-d’Armor", "22"),
        ("COTES D'ARMOR", "22"),
        ("Corse-du-Sud", "2A"),
        ("La Réunion", "974"),
        ("Mayotte", "976"),
    ],
)
def test_a_department_is_found_however_its_name_is_written(name: str, code: str) -> None:
    found = gazetteer.department_by_name(name)
    assert found is not None
    assert found.code == code


def test_a_region_is_no_department() -> None:
    assert gazetteer.department_by_name("Pays de la Loire") is None


def test_there_are_101_departments_besides_the_overseas_collectivities() -> None:
    codes = [d.code for d in gazetteer.departments()]
    assert len([c for c in codes if len(c) == 2]) == 96
    assert {"971", "972", "973", "974", "976"} <= set(codes)


def test_a_department_knows_its_region_and_prefecture() -> None:
    found = gazetteer.department("45")
    assert found is not None
    assert (found.name, found.region, found.prefecture) == ("Loiret", "Centre-Val de Loire", "Orléans")


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("Ste-Foy", "sainte foy"),
        ("St Vallier", "saint vallier"),
        ("Œting", "oeting"),
        ("L’Haÿ-les-Roses", "l hay les roses"),
        ("", ""),
    ],
)
def test_folding_leaves_plain_words(text: str, folded: str) -> None:
    assert gazetteer.fold(text) == folded


def test_namesakes_come_the_most_populous_first() -> None:
    assert [c.department for c in gazetteer.communes_named("valence")] == ["26", "82", "16"]


def test_merged_communes_and_districts_are_known() -> None:
    assert [c.kind for c in gazetteer.communes_named("cherbourg octeville")] == ["former"]
    assert [c.postal_codes for c in gazetteer.communes_named("paris 15e arrondissement")] == [("75015",)]


def test_postal_codes_give_their_department() -> None:
    assert gazetteer.departments_at("94800") == {"94"}
    assert gazetteer.departments_at("20000") == {"2A"}
    assert gazetteer.departments_at("97400") == {"974"}
    assert gazetteer.departments_at("00000") == frozenset()


def test_the_start_of_a_name_leads_to_the_whole_names() -> None:
    assert "94041" in {c.code for c in gazetteer.communes_beginning("ivry")}


def test_every_department_of_the_mainland_and_overseas_has_its_prefecture_on_the_map() -> None:
    places = gazetteer.departments()
    unplaced = [place.code for place in places if place.latitude is None or place.longitude is None]
    assert unplaced == ["984", "989"]  # nobody lives there
    cantal = gazetteer.department("15")
    assert cantal is not None
    assert (round(cantal.latitude or 0, 1), round(cantal.longitude or 0, 1)) == (44.9, 2.4)  # Aurillac
