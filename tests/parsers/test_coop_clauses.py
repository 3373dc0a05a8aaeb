"""Does a clause make a co-op of the only company that it names, and of no other?"""

import pytest

from archive.models import Passage
from archive.parsers.coops import coops


def _names(text: str) -> list[str]:
    return sorted({mention.name for mention in coops([Passage("text", text)], [])})


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Bief Voilier a la particularité d'être une Scop.", "Bief Voilier"),
        ("Bief Voilier n'est pas une entreprise ordinaire, mais une Scop.", "Bief Voilier"),
        ("Bief Voilier possède le statut de Scop depuis 1998.", "Bief Voilier"),
        ("Bief Voilier est désormais la propriété de ses salariés, réunis en coopérative.", "Bief Voilier"),
        ("Le chantier de Bief Voilier, rachetée par ses ouvrières et devenue coopérative.", "Bief Voilier"),
        ("Bief Voilier, c'est onze charpentiers, un étang et une Scop.", "Bief Voilier"),
        ("Voiles libres, c'est onze couturières, une Scop sans patron.", "Voiles libres"),
        ("À la voilerie Morand, on a repris l'outil, passé sous statut coopératif en mai.", "Morand"),
    ],
)
def test_a_clause_makes_its_only_company_a_coop(text: str, name: str) -> None:
    assert _names(text) == [name]


@pytest.mark.parametrize(
    "text",
    [
        "Bief Voilier n'est pas une Scop.",
        "Bief Voilier accompagne une Scop de charpentiers.",
        "Bief Voilier voudrait devenir une Scop.",
        "Autrement dit, la reprise en Scop est un lieu commun.",
        "Partant de ce constat, nous avons monté notre Scop en toute transparence.",
        "Des militants de Bief Voilier ont aidé : l'association est devenue une Scop.",
        "Bief Voilier passe à la loupe trois Scop.",
    ],
)
def test_a_form_that_is_somebody_elses_makes_no_coop(text: str) -> None:
    assert _names(text) == []
