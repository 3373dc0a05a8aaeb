"""« La Scop », a pronoun or a list may speak of a company that only its role tells from others."""

import pytest

from archive.models import Passage
from archive.parsers.coops import coops
from archive.parsers.departments import departments


def named(text: str) -> list[str]:
    """Return the names of the co-ops of a text; a first line « # … » is its title."""
    title, _, rest = text.partition("\n")
    titled = title.startswith("# ")
    passages = [Passage("title", title[2:]), Passage("text", rest)] if titled else [Passage("text", text)]
    return list(dict.fromkeys(mention.name for mention in coops(passages, departments(passages))))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            (
                "« La saison est rude », soupire Lise Aubin, présidente de Gelcoat. La coopérative a "
                "perdu deux clients."
            ),
            ["Gelcoat"],
        ),
        (
            "À la caisse de Panier Malin, on sert en équipe. La coopérative n'a pas de patron.",
            ["Panier Malin"],
        ),
        (
            (
                "L'assemblée générale de Mistral Énergie s'est tenue samedi. La coopérative compte 300 "
                "membres."
            ),
            ["Mistral Énergie"],
        ),
        (
            ("Dans l'atelier de Coud'Ici, six machines tournent. Cette petite Scop vend jusqu'au Japon."),
            ["Coud'Ici"],
        ),
        (
            (
                "Les salariés de Plomberie Vauban ont fêté la nouvelle. « Notre Scop est sauvée », dit "
                "Ali, plombier."
            ),
            ["Plomberie Vauban"],
        ),
        (
            ("Depuis mars, les locaux de Zinc & Zen sentent le neuf. La jeune Scop y forme huit apprentis."),
            ["Zinc & Zen"],
        ),
        (
            "Le conseil d'administration de Terre d'Ancre a tranché. La coopérative vend son siège.",
            ["Terre d'Ancre"],
        ),
        (
            "Granulat emploie trente personnes à Vire. La Scop a doublé de taille.",
            ["Granulat"],
        ),
        (
            "Tisse-Lin est une filature. La coopérative expédie du fil en Italie.",
            ["Tisse-Lin"],
        ),
        (
            "Les parts de Coudrier ne rapportent rien. La coopérative réinvestit tout.",
            ["Coudrier"],
        ),
        (
            ("Karim Belkacem, directeur de Bois Clair, n'en revient pas. La Scop a reçu 400 candidatures."),
            ["Bois Clair"],
        ),
        (
            "Au siège de Voltaïque, on a débouché le cidre. La coopérative fête ses dix ans.",
            ["Voltaïque"],
        ),
        (
            ("Les douze ouvrières ont repris l'affaire en Scop. Elle s'appelle désormais Fil Conducteur."),
            ["Fil Conducteur"],
        ),
        (
            "Réunies en coopérative sous le nom de Trois Aiguilles, elles ont rouvert l'atelier.",
            ["Trois Aiguilles"],
        ),
        (
            "Le projet de coopérative avance. Marmite Vive, c'est son nom, ouvrira en juin.",
            ["Marmite Vive"],
        ),
        (
            "Ils ont opté pour la forme coopérative. L'entreprise se nomme Ardoise Neuve.",
            ["Ardoise Neuve"],
        ),
        (
            "La Scop, rebaptisée Cap Lutherie, embauche.",
            ["Cap Lutherie"],
        ),
        (
            "L'imprimerie devient Scop et prendra le nom de Feuille à Feuille au 1er mai.",
            ["Feuille à Feuille"],
        ),
        (
            ("Neuf anciens de la fonderie ont créé leur coopérative. Elle portera le nom de Coulée Douce."),
            ["Coulée Douce"],
        ),
        (
            "La nouvelle coopérative, baptisée Ronde des Pains, livre vingt écoles.",
            ["Ronde des Pains"],
        ),
        (
            "Ils voulaient une coopérative. Ils l'ont : Sel & Vent, c'est le nom qu'ils ont choisi.",
            ["Sel & Vent"],
        ),
        (
            "Terrassier du Val change de statut : la société devient Scop.",
            ["Terrassier du Val"],
        ),
        (
            (
                "À Redon, Méca Vilaine (48 salariés) a été vendue à ses équipes ; elle est désormais la "
                "plus grosse Scop du pays."
            ),
            ["Méca Vilaine"],
        ),
        (
            ("Bel Émail a été reprise par ses ouvriers. Elle devient la première coopérative du canton."),
            ["Bel Émail"],
        ),
        (
            (
                "La reprise de Cuirs Martel par ses salariés est signée. Le fabricant de sacs devient "
                "une Scop."
            ),
            ["Cuirs Martel"],
        ),
        (
            "La troupe Mille Masques répète à Alès. La troupe, une Scop née en 2012, part en tournée.",
            ["Mille Masques"],
        ),
        (
            "Pain Bénit, à Dole, a deux ans. La boulangerie est une Scop.",
            ["Pain Bénit"],
        ),
        (
            "Qui connaît L'Ouvrière ? La scierie de Morez fut une coopérative.",
            ["L'Ouvrière"],
        ),
        (
            "Le Copeau, dans le Jura, fabrique des jouets. L'entreprise est devenue une Scop en 2004.",
            ["Le Copeau"],
        ),
        (
            "Studio Marmelade change de mains. L'agence devient Scop au 1er janvier.",
            ["Studio Marmelade"],
        ),
        (
            (
                "Il existe deux cents CAE. Dans le bâtiment, citons Toit Commun (Lille), Mur Porteur et "
                "Brique 62."
            ),
            ["Toit Commun", "Mur Porteur", "Brique 62"],
        ),
        (
            (
                "La région compte des coopératives réputées. On trouve notamment Verre Bleu (Albi) et "
                "Cuir d'Oc."
            ),
            ["Verre Bleu", "Cuir d'Oc"],
        ),
        (
            ("Une trentaine de coopératives ont signé. Parmi elles figurent Miel Brun (Foix) et Laine Vive."),
            ["Miel Brun", "Laine Vive"],
        ),
        (
            (
                "De Sabot d'Or (chaussures, Romans) à Cloche Claire (fonderie, Annecy) en passant par "
                "Drap Neuf (tissu), les Scop nées d'une reprise durent."
            ),
            ["Sabot d'Or", "Cloche Claire", "Drap Neuf"],
        ),
        (
            "Parmi les Scop du pays, saluons Trait d'Union Bois, Roche Sèche et L'Onde.",
            ["Trait d'Union Bois", "Roche Sèche", "L'Onde"],
        ),
        (
            "Les Scop industrielles résistent, à commencer par Tôle & Co et Moule Breton.",
            ["Tôle & Co", "Moule Breton"],
        ),
        (
            (
                "Signataires : Ana Diaz, Scop Alma Bois, Vire ; Paul Roy, Les Fileurs unis (Apt) ; Léa "
                "Petit, Scic Le Quai, Brest."
            ),
            ["Alma Bois", "Les Fileurs unis", "Le Quai"],
        ),
        (
            "Ma coopérative\nTuile d'Argile. On est onze.",
            ["Tuile d'Argile"],
        ),
        (
            "Fonderie Kersanté : les 40 coopérateurs ont voté l'achat d'un four.",
            ["Fonderie Kersanté"],
        ),
        (
            (
                "À Nantes, les couvreuses d'Ardoise & Elles ont signé. À Brest, les menuisiers de Bois "
                "Rond ont ouvert. Deux Scop, vingt emplois."
            ),
            ["Ardoise & Elles", "Bois Rond"],
        ),
        (
            (
                "# Trois coopératives au salon\nForge Neuve (outils, Thiers), Corde Sensible (guitares, "
                "Sète) et Encre Vive (affiches) avaient un stand."
            ),
            ["Forge Neuve", "Corde Sensible", "Encre Vive"],
        ),
        (
            "Filature Besson existe encore, c'est une coopérative de vingt personnes.",
            ["Filature Besson"],
        ),
        (
            "Les Tuileries du Lac, doyennes des Scop de l'Ain, ont cent ans.",
            ["Les Tuileries du Lac"],
        ),
        (
            "Pédalier, atelier de réparation de vélos cargos en Scop, recrute.",
            ["Pédalier"],
        ),
        (
            (
                "Nom\nStatut\nVille\nTrois Sabots\nScop SARL\nVitré\nRuche d'Or\nScic SAS\nRedon\nL'Aube "
                "Claire\nScop SA\nFougères"
            ),
            ["Trois Sabots", "Ruche d'Or", "L'Aube Claire"],
        ),
        (
            (
                "CAPSULE (Compagnie ardéchoise de production de sirops et de liqueurs d'élite) est "
                "devenue hier une Scop à part entière."
            ),
            ["CAPSULE"],
        ),
        (
            "Le Rabot est ainsi devenu la première Scop du village.",
            ["Le Rabot"],
        ),
    ],
)
def test_company_that_the_text_calls_a_coop_elsewhere(text: str, expected: list[str]) -> None:
    assert sorted(named(text)) == sorted(expected)


@pytest.mark.parametrize(
    "text",
    [
        "« La coopérative a raison », juge Paul Morin, directeur de Radio Garrigue.",
        "Les salariés de la mairie de Brest ont manifesté. La coopérative scolaire les soutient.",
        "Le Crédit Mutuel a prêté 40 000 euros. La Scop remboursera en cinq ans.",
        "Les clients de Renault ont aimé. La Scop vend aussi à Peugeot.",
        "Son chien s'appelle Filou. La Scop l'a adopté.",
        "Elle s'appelle Nadia Ferrand et dirige une Scop.",
        ("L'association Les Petits Pas a fêté ses dix ans. La coopérative voisine a prêté la salle."),
        "Selon Marie Duval, présidente de l'Union régionale, la Scop est un modèle.",
        "Jean Moulin est une rue. La coopérative y loge.",
        "Le maire de Vire, Luc Petit, est venu. Il est une coopérative à lui seul.",
        "La CFDT a signé. Elle est pour les Scop.",
        "Ouest-Éclair raconte : la Scop est sauvée.",
        "Les bénévoles de la Croix-Rouge étaient là. La Scop leur a servi la soupe.",
        "Les Scop comptent des partenaires, comme Enedis et Orange.",
        "De Lille (59) à Marseille (13) en passant par Lyon (69), les Scop recrutent.",
        "Trois coopératives ont reçu la visite de Total, Michelin et Danone.",
        "Le film s'appelle Entre nos mains. Il parle d'une Scop de lingerie.",
        "Le prix, baptisé Coup de Pouce, récompense une Scop.",
        "Le logiciel, baptisé Galaxie, est utilisé dans la Scop.",
        "L'auteur, associé de la maison Grasset, a visité la coopérative.",
        "Le livre de Claire Bosc est sorti. La coopérative l'a acheté.",
        "La banque : les 40 000 sociétaires ont voté.",
    ],
)
def test_who_is_no_coop_though_the_text_speaks_of_one(text: str) -> None:
    assert named(text) == []


def test_only_coops_among_those_who_sign() -> None:
    text = (
        "Signataires : Ana Diaz, économiste, Le Mans ; Paul Roy, Scop Alma Bois ; Léa Petit, Scic Le Quai ;"
        " Jo Roux, Le Journal du Sud."
    )
    assert named(text) == ["Alma Bois", "Le Quai"]
