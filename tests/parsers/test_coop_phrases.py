"""Lines and neighbouring sentences name co-ops whose form stands apart from the name."""

import pytest

from archive.models import Passage
from archive.parsers.coops import coops
from archive.parsers.departments import departments


def named(text: str) -> list[tuple[str, str | None]]:
    passages = [Passage("text", text)]
    found: dict[str, str | None] = {}
    for mention in coops(passages, departments(passages)):
        found.setdefault(mention.name, mention.form)
    return list(found.items())


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Bienvenue !\n- L’Écluse fleurie (Redon), Scic. Halte et épicerie.\n- Tôles & Cie (Vitré), Scop.",
            [("L’Écluse fleurie", "Scic"), ("Tôles & Cie", "Scop")],
        ),
        ("Au Bord de l’eau (Scic) – Vannes – deux postes", [("Au Bord de l’eau", "Scic")]),
        (
            "Souffle des collines est une coopérative d’activités et d’emploi.",
            [("Souffle des collines", "CAE")],
        ),
        (
            "Gant d’Argent : à Millau, les vingt salariés ont repris leur entreprise en Scop.",
            [("Gant d’Argent", "Scop")],
        ),
        (
            "À Évreux, la Fonderie du Gué ; à Granville, Cap Boussole. Ces deux nouvelles Scop embauchent.",
            [("Fonderie du Gué", "Scop"), ("Cap Boussole", "Scop")],
        ),
        (
            "Trois Scop créées de rien, Toit Alpin (Gap), VARTOL (Manosque) et L’Ampoule (Apt), sont là.",
            [("Toit Alpin", "Scop"), ("VARTOL", "Scop"), ("L’Ampoule", "Scop")],
        ),
        (
            "Ardoises du Golo (Corte) a eu vingt ans. C’est la plus petite de nos Scop.",
            [("Ardoises du Golo", "Scop")],
        ),
        (
            "Kouign Noz\nÉdition – SCOP\n35600 REDON\nLA BELLE TÔLE\nPropreté – SCOP SA\n35300 FOUGÈRES",
            [("Kouign Noz", "Scop"), ("LA BELLE TÔLE", "Scop")],
        ),
        ("La Scop Sable et Chaux, à Apt, recrute.", [("Sable et Chaux", "Scop")]),
        ("Leur société, Au Cordeau, une Scop de nettoyage, grandit.", [("Au Cordeau", "Scop")]),
    ],
)
def test_a_name_apart_from_its_form_is_read(text: str, expected: list[tuple[str, str]]) -> None:
    assert named(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "À quoi ressemble une Scop ? Cette maison d’édition est une coopérative.",
        "L’entreprise est une Scop depuis dix ans.",
        "À Évreux, la Fonderie du Gué a fermé. Ces deux nouvelles Scop embauchent.",
        "Chargé·e d’accueil\ncoopérative de Rennes – CDI",
    ],
)
def test_what_only_sounds_alike_names_none(text: str) -> None:
    assert named(text) == []


def test_two_coops_under_one_form_stay_two() -> None:
    assert [name for name, _ in named("Les Scop Alma et Brio recrutent.")] == ["Alma", "Brio"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "À Évreux, la Fonderie du Gué ; à Granville, Cap Boussole. Ces deux nouvelles Scop embauchent.",
            {"Fonderie du Gué": "27", "Cap Boussole": "50"},
        ),
        (
            "Signataires : Paul Blin, Scop Méca, Firminy ; Nadia Roux, coopérative Le Pressoir, Niort.",
            {"Méca": "42", "Le Pressoir": "79"},
        ),
    ],
)
def test_a_town_set_before_or_after_a_comma_places_the_co_op(text: str, expected: dict[str, str]) -> None:
    passages = [Passage("text", text)]
    found = {mention.name: mention.department for mention in coops(passages, departments(passages))}
    assert found == expected
