"""In which department is a co-op whose place stands in other lines, or behind its form?"""

import pytest

from archive.models import Hints, Passage
from archive.parsers.coops import coops
from archive.parsers.departments import departments


def _placed(text: str) -> dict[str, str | None]:
    passages = [Passage("text", text)]
    found = coops(passages, departments(passages, Hints().region, "fr"))
    return {mention.name: mention.department for mention in found}


@pytest.mark.parametrize(
    ("text", "placed"),
    [
        (
            "AZUR & CIE\nScop SAS\nGéomètre\nSaint-Dié-des-Vosges\nPain Levé\nScop SARL\nFournil\nÉpernay\n",
            {"AZUR & CIE": "88", "Pain Levé": "51"},
        ),
        (
            "Visite de la Scic Lamelle Durand\nEmbrun\nDigne-les-Bains : atelier fermé",
            {"Lamelle Durand": "05"},
        ),
        (
            "09h15 | Brest. Le lait a son label. La coopérative Laiterie Haute attend des livreurs.\n"
            "10h00 | Rennes. Un pont fermé.",
            {"Laiterie Haute": "29"},
        ),
        (
            "Épinal. Une librairie monte en parts\nLa librairie Feuille Blanche est une Scic.\n"
            "Nancy. La foire ouvre",
            {"Feuille Blanche": "88"},
        ),
        ("Luc Morand, gérant de Pollen Vert, CAE, Mende\nNantes : foire", {"Pollen Vert": "48"}),
    ],
)
def test_a_place_in_another_line_is_the_co_ops(text: str, placed: dict[str, str]) -> None:
    assert _placed(text) == placed


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("4. Lavelanet, avril 2013. Assemblée générale.", ["09"]),
        ("Jura. Sale temps pour le comté", ["39"]),
        ("Une mutuelle du Pays de Caux.", []),
        ("Brio, coop. agricole, Auch", ["32"]),
    ],
)
def test_towns_of_captions_kickers_and_forms(text: str, codes: list[str]) -> None:
    assert [place.code for place in departments([Passage("text", text)], Hints().region, "fr")] == codes
