"""Whom does « la Scop » mean on a page that calls no name a co-op, and what do headings name?"""

import pytest

from archive.models import Passage
from archive.parsers.coops import coops
from archive.parsers.departments import departments


def _names(text: str, title: str = "") -> list[str]:
    passages = [Passage("title", title)] if title else []
    passages.append(Passage("text", text))
    return sorted({mention.name for mention in coops(passages, departments(passages))})


@pytest.mark.parametrize(
    ("text", "name"),
    [
        (
            "À Nevers, les onze salariés de Bobine Claire ont veillé toute la nuit. « L'eau est partie », dit"
            " Ines Rolland, cogérante de cette Scop née en 2004.",
            "Bobine Claire",
        ),
        (
            "Le Fournil du Lavoir, c'est dix-sept personnes et un chat. Le statut ? Scop depuis 2016.",
            "Le Fournil du Lavoir",
        ),
        (
            "Les Lainages du bief ont échappé à la casse. Leur entreprise a pris la forme d'une société"
            " coopérative de production.",
            "Lainages du bief",
        ),
        ("Lisbert, c'était une Scop comme on n'en fait plus, quinze menuisiers et un chien.", "Lisbert"),
    ],
)
def test_what_is_said_of_a_name_tells_whom_the_page_means(text: str, name: str) -> None:
    assert _names(text) == [name]


@pytest.mark.parametrize(
    "text",
    [
        "Les salariés de Bobine Claire rêvaient d'une Scop. Ils n'ont pas réuni l'argent.",
        "Le Fournil du Lavoir n'est pas une coopérative : il faudrait pour cela un salarié.",
        "Au bord de la Loire, Marguerite Duval aime la coopérative de son enfance.",
        "Une coopérative, ça ne s'improvise pas, disent les ouvriers de Bobine Claire.",
    ],
)
def test_a_text_on_no_coop_names_none(text: str) -> None:
    assert _names(text) == []


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Bobine Claire : la Scop fête ses dix ans", ["Bobine Claire"]),
        ("SCOP. Bobine Claire fête ses dix ans", ["Bobine Claire"]),
        ("Leur Scop ? Bobine Claire.", ["Bobine Claire"]),
        ("Château-Gontier : la Scop fête ses dix ans", []),
        ("Bobine Claire, membre de la Confédération générale des Scop, recrute.", ["Bobine Claire"]),
        ("Bobine Claire et Cap Bleu sont toutes deux des Scop.", ["Bobine Claire", "Cap Bleu"]),
        (
            "Les coopératives Bobine Claire (Vire) et Cap Bleu (Dole) s'allient.",
            ["Bobine Claire", "Cap Bleu"],
        ),
        ("La menuiserie Bobine Claire est devenue une Scop en 2012.", ["Bobine Claire"]),
        ("La gérante, DG de Cap Bleu, CAE à Mende, est élue.", ["Cap Bleu"]),
        ("Les coopérateurs de Vasseur frères ont voté la grève.", ["Vasseur frères"]),
        ("• Coopale du Sud-Est – coopérative d'activité et d'emploi – Gap", ["Coopale du Sud-Est"]),
    ],
)
def test_headings_lists_and_members(text: str, names: list[str]) -> None:
    assert _names(text) == names


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Rail d'Orb d'abord. Cette société coopérative d'intérêt collectif a un train.", ["Rail d'Orb"]),
        ("BioLog vient d'être cédée à ses salariés, réunis au sein d'une Scop.", ["BioLog"]),
        ("Création : Feuilles de betterave, épicerie en Scop, Saintes.", ["Feuilles de betterave"]),
        ("Abattoir de Craon : la coopérative rachète la chaîne.", []),
    ],
)
def test_what_stands_beside_a_name(text: str, names: list[str]) -> None:
    assert _names(text) == names
