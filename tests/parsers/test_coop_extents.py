"""Names of co-ops keep their small words and capitals, and people and houses beside them stay out."""

import pytest

from archive.models import Passage
from archive.parsers.coops import coops
from archive.parsers.departments import departments


def named(text: str) -> list[str]:
    passages = [Passage("text", text)]
    return list(dict.fromkeys(mention.name for mention in coops(passages, departments(passages))))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Visite de la Tannerie ancienne du Lot, coopérative fondée en 1908.",
            ["Tannerie ancienne du Lot"],
        ),
        (
            "Nous avons vu jouer le Théâtre à roulettes, Scop de Redon, et ses marionnettes.",
            ["Théâtre à roulettes"],
        ),
        (
            "Les éditions du Bord du ciel, à Brest, Scop elles aussi, impriment ici.",
            ["éditions du Bord du ciel"],
        ),
        (
            "Merci au Jardin sous la pluie, une Scic de Vire.",
            ["Jardin sous la pluie"],
        ),
        (
            "Elles ont fondé Plume rousse, une Scop de duvets.",
            ["Plume rousse"],
        ),
        (
            "En mai, trois amis ont lancé Braise verte, une jeune Scop.",
            ["Braise verte"],
        ),
        (
            "La Banque coopérative des Trois-Rives prête 40 000 euros.",
            ["La Banque coopérative des Trois-Rives"],
        ),
        (
            "Nos peaux viennent de la Tannerie coopérative de l'Aubrac.",
            ["Tannerie coopérative de l'Aubrac"],
        ),
        (
            "La coopérative laitière du Mont-Vert affine mille meules.",
            ["coopérative laitière du Mont-Vert"],
        ),
        (
            "Une visite chez l'imprimeur coopératif, la CAE Avant-Port.",
            ["Avant-Port"],
        ),
        (
            "Elle dirige la coopérative Sous les Tilleuls depuis 2012.",
            ["Sous les Tilleuls"],
        ),
        (
            "PALMARÈS : AIGUILLE D'OR, SCOP DE COUTURE INSTALLÉE À VIRE",
            ["AIGUILLE D'OR"],
        ),
        (
            "Le prix va à CORDE À CORDE, SCOP DE LUTHERIE.",
            ["CORDE À CORDE"],
        ),
        (
            (
                "Catégorie « Départ » : la Scop Aube Bois, pour ses jouets.\nCatégorie « Relève » : "
                "TÔLERIE DU SUD (11), reprise par ses salariés.\nCatégorie « Cœur » : la Scic Radis "
                "Roses, à Apt."
            ),
            ["Aube Bois", "TÔLERIE DU SUD", "Radis Roses"],
        ),
        (
            (
                "Le conseil change :\n- Samir Benali (Scop Audio Bresse, Viriat)\n- Claire Vidal (Scic Le "
                "Grenier du Haut)"
            ),
            ["Audio Bresse", "Le Grenier du Haut"],
        ),
        (
            (
                "Nos membres : le théâtre de la Roche-Grise, la Scop d'imprimerie Encre Bleue et le "
                "Cinéma Rex."
            ),
            ["Encre Bleue"],
        ),
        (
            (
                "La compagnie Les Filles de la brume joue à Brest. La compagnie, une Scop née en 2011, "
                "tourne beaucoup."
            ),
            ["Les Filles de la brume"],
        ),
        (
            "Le Copeau, S.C.O.P. à responsabilité limitée, cherche un tourneur.",
            ["Le Copeau"],
        ),
        (
            "Chez les camarades de Platre Vif (cooperative du batiment), on vote.",
            ["Platre Vif"],
        ),
    ],
)
def test_whole_name(text: str, expected: list[str]) -> None:
    assert sorted(named(text)) == sorted(expected)


@pytest.mark.parametrize(
    "text",
    [
        "La Fédération coopérative des Alpes se réunit.",
        "Le lundi de la rentrée, une Scop ouvrira ses portes.",
        "Au Salon de la création, une Scop a présenté ses vélos.",
        "Ils ont lancé Camille dans le métier, une Scop les y aide.",
        "La Société coopérative de France n'existe pas.",
        "Le Conseil de la région, la Scop et les élus ont signé.",
        "Au Marché de la place, une coopérative vend du miel.",
    ],
)
def test_small_words_that_belong_to_no_name(text: str) -> None:
    assert named(text) == []
