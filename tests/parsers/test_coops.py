import pytest

from archive.directory import Directory
from archive.models import CoopEntry, CoopMention, Passage
from archive.parsers.coops import coops
from archive.parsers.departments import departments


def found(text: str, title: str | None = None, directory: Directory | None = None) -> list[CoopMention]:
    passages = [Passage("title", title)] if title else []
    passages.append(Passage("text", text))
    return list(coops(passages, departments(passages), directory, "fr"))


def names(text: str, title: str | None = None, directory: Directory | None = None) -> dict[str, str | None]:
    return {mention.name: mention.department for mention in found(text, title, directory)}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Rencontre avec la gérante de la Scop Le Pavé Neuf.", {"Le Pavé Neuf": None}),
        ("La SCOP « La Navette bleue » fête ses dix ans.", {"La Navette bleue": None}),
        ("dans les locaux de la Scop le Théâtre Zinzolin à Ivry-sur-Seine", {"Théâtre Zinzolin": "94"}),
        ("Elle a rejoint la coopérative d'activités et d'emploi Oxalide.", {"Oxalide": None}),
        ("La coopérative de livreurs Les Roues Libres livre Bordeaux.", {"Les Roues Libres": "33"}),
        ("La coopérative des Vignobles du Cap Brûlé, à Leucate", {"Vignobles du Cap Brûlé": "11"}),
        ("Le supermarché coopératif La Grande Louche recrute.", {"La Grande Louche": None}),
        ("merci à la coopérative ouzo d'avoir accueilli la rencontre", {"ouzo": None}),
        ("Les Scop Alma, Bâti & Co et Vent d'Ici", {"Alma": None, "Bâti & Co": None, "Vent d'Ici": None}),
        ("Le passage en Scop de Bergère du Nord surprend.", {"Bergère du Nord": None}),
        ("La reprise de Duralume en Scop est validée.", {"Duralume": None}),
        ("Les coopératives de l'Essonne : Tige Verte, BTP Azur.", {"Tige Verte": "91", "BTP Azur": "91"}),
        ("Une seconde coopérative, Kalamo, fondée à Saint-Palais", {"Kalamo": None}),
    ],
)  # fmt: skip
def test_a_form_before_a_name_makes_it_a_coop(text: str, expected: dict[str, str | None]) -> None:
    assert names(text) == expected


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Fontanelle, Scop depuis 1985, recrute.", "Fontanelle"),
        ("On doit ce pont à Voiles et Cordes, coopérative de charpentiers.", "Voiles"),
        ("L’Atelier des Prés, une SCIC qui forme les paysans", "L’Atelier des Prés"),
        ("Les Coursiers Niortins est une coopérative de livraison.", "Les Coursiers Niortins"),
        ("Ardoline, à Saint-Pierreville, est une Scop lainière.", "Ardoline"),
        ("Titi Flore (Scop, Nantes) gagne le prix.", "Titi Flore"),
        ("L’imprimerie Labelle s’est transformée en Scop.", "Labelle"),
        ("Son entreprise s'appelle Sacochine. C'est une Scop.", "Sacochine"),
        ("Tremplin Vert : coopérative de conseil", "Tremplin Vert"),
        ("Par La petite Fâchée\nSCOP d’éducation populaire politique.", "La petite Fâchée"),
    ],
)
def test_a_form_after_a_name_makes_it_a_coop(text: str, name: str) -> None:
    assert [n for n in names(text) if n.endswith(name) or name in n] != []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("C'était à la « Friperie du quai », une scop d'insertion.", {"Friperie du quai"}),
        ("Le Fil des mots est une SCOP ARL au capital de 3 000 €.", {"Le Fil des mots"}),
        ("La Verrerie ouvrière d'Ambre, Scop depuis 1931, ferme.", {"La Verrerie ouvrière d'Ambre"}),
        ("On a voté.\nnovembre est donc une société coopérative et participative.", {"novembre"}),
        ("Visite de la brasserie La Mousse rebelle, une Scop de Vire.", {"La Mousse rebelle"}),
        ("La Scic Malterie vésulienne embauche.", {"Malterie vésulienne"}),
        ("Avec la Scop L'Usine à idées, on bricole.", {"L'Usine à idées"}),
        ("Une fille de la coop les Saltimbanques m'aide.", {"Saltimbanques"}),
        ("La Scop Alma recrute.", {"Alma"}),
        ("avec la Scop Trame et Cie", {"Trame et Cie"}),
    ],
)
def test_small_words_are_part_of_a_name(text: str, expected: set[str]) -> None:
    assert set(names(text)) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("La scierie Bois Franc, dont on parle : une société anonyme devenue SCOP.", {"Bois Franc"}),
        ("Les salariés de Tolexia ont repris leur entreprise en Scop.", {"Tolexia"}),
        ("Ils ont transformé leur imprimerie, Encrage, en Scop.", {"Encrage"}),
        ("Le cinéma Le Mélinos, repris par ses salariés en coopérative, rouvre.", {"Le Mélinos"}),
        ("Filaplume, installée à Uzès, est depuis le 3 avril une Scop.", {"Filaplume"}),
        ("Kalibra a choisi le statut de Scop.", {"Kalibra"}),
        ("Scoplex, leader du câble, est la plus grosse Scop de France.", {"Scoplex"}),
        ("Noria (imprimerie, Scop) embauche.", {"Noria"}),
        ("La société Brodeco (Brest, 29), devenue Scop en 2019, grandit.", {"Brodeco"}),
        ("« Tout va bien », dit Malik, de Bocaux Loco, restaurant en Scop.", {"Bocaux Loco"}),
        ("Le jury récompense trois Scop : Alizé, Boréal et Cyclone.", {"Alizé", "Boréal", "Cyclone"}),
        ("Domusvie (Dax) et Présage (Mont-de-Marsan), deux Scop d'aide à domicile", {"Domusvie", "Présage"}),
        ("Sandrine, Scop Filature du Pré, explique.", {"Filature du Pré"}),
        ("Rencontre avec Hugo de Fractale, une coopérative de développeurs.", {"Fractale"}),
        ("Portrait de Scop : Alizéa", {"Alizéa"}),
        ("Au sommaire\nSoleicoop et pourquoi une coopérative ?", {"Soleicoop"}),
        ("À Gémenos, la Scop-TB produit du thé.", {"Scop-TB"}),
        ("Atelier Kerlo\nScop SARL\n29000 Quimper", {"Atelier Kerlo"}),
    ],
)  # fmt: skip
def test_many_wordings_make_a_name_a_coop(text: str, expected: set[str]) -> None:
    assert set(names(text)) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Ce fut la première grande coopérative ouvrière : la Filature Rose d'Arbois.",
            {"Filature Rose d'Arbois"},
        ),
        (
            "Installé au Port depuis 2016, Le Grand Soir est l'une des vingt-deux Scop de l'île.",
            {"Le Grand Soir"},
        ),
        ("Kalibra est l'une de nos plus jeunes clientes.", set()),
        ("Brodeco fait partie des trente Scop de la région.", {"Brodeco"}),
        (
            "On goûte les yaourts de La Laitière du Sud, à Limoux, autre Scop née d'une grève.",
            {"La Laitière du Sud"},
        ),
        ("Selon Marie Duval, à Limoux, une Scop née d'une grève embauche.", set()),
        ("Filaplume m'aurait bien plu (une CAE de couturières !) mais c'est loin.", {"Filaplume"}),
        ("Filaplume travaille pour une usine (une Scop du coin).", set()),
        (
            "Après Verrerie Darnal dans le Nord, c'est la Tuilerie du Marais, à Redon, qui repart en Scop.",
            {"Verrerie Darnal", "Tuilerie du Marais"},
        ),
        ("Après Noël, c'est la loi qui change. Une Scop en parle.", set()),
        ("* Alstria, Guéret, coopérative d'internautes", set()),
        ("* Alstria, Barcelone, coopérative d'internautes", set()),
        ("Tisscoop | Fédération des coopératives de tissage\nLe réseau Filcoop, une coopérative ?", set()),
        (
            "Cinq coopératives se sont retrouvées mardi.\n\nAutour de la table : Bois & Paille (Redon), qui "
            "recevait, Cadence Neuf (Rennes) et Ô Fil du Blavet (Pontivy).",
            {"Bois & Paille", "Cadence Neuf", "Ô Fil du Blavet"},
        ),
        (
            "Le maire a parlé.\n\nAutour de la table : Awa Sarr (Redon), Luc Petit (Rennes).\n\nUne Scop.",
            set(),
        ),
        (
            "Les Scop et les Scic, une Scop.\nfournil-de-nuit.coop (80)\nDu pain. Scop depuis mai.",
            {"fournil-de-nuit.coop"},
        ),
        (
            "L'union Jura-Vosges aide les Scop. La Scop Jura-Vosges, la Scic Le Jura, la Scop Les Vosges.",
            set(),
        ),
    ],
)
def test_turns_of_phrase_that_make_a_name_a_coop_or_not(text: str, expected: set[str]) -> None:
    assert set(names(text)) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Rivage, votre coopérative d'activités et d'emploi en Mayenne, ouvre.", {"Rivage"}),
        ("TransLogis, leur coopérative depuis 1962, lance une application.", {"TransLogis"}),
        ("Leur coopérative, Halle Bleue, y tiendra deux marchés.", {"Halle Bleue"}),
        ("confié à une Scop de Saint-Malo, Ti Koad, qui travaille le chêne", {"Ti Koad"}),
        ("Une coopérative lorraine, Vosgelis, a raflé la mise.", {"Vosgelis"}),
        ("Une coopérative lorraine, Paul Morand, a parlé.", set()),
        ("La plus ancienne Scop de France, l'Imprimerie du Progrès, ferme.", {"Imprimerie du Progrès"}),
        ("La coopérative funéraire de Bordeaux, Syprès Doux, accueille.", {"Syprès Doux"}),
        ("Des amis de la coopérative funéraire de Bordeaux, Syprès Doux, Alma.", set()),
        ("L'immeuble appartient à Simone, coopérative d'habitants.", {"Simone"}),
        ("Une coopérative de supporters baptisée Tribune Nord rachète le club.", {"Tribune Nord"}),
        ("La Scop, rebaptisée Horizon Bois, embauche.", {"Horizon Bois"}),
        ("Elle prend le nom d'Ébénisterie vosgienne, et le sigle Scop.", {"Ébénisterie vosgienne"}),
        ("La coopérative de consommateurs Aux Bons Paniers recrute.", {"Aux Bons Paniers"}),
        (
            "La coopérative HLM Ti Bihan bâtit, la coopérative d'HLM Foyer Neuf loue.",
            {"Ti Bihan", "Foyer Neuf"},
        ),
        ("La Scop du bâtiment Kalibra recevra le prix.", {"Kalibra"}),
        ("la coopérative agricole et viticole Terres Rouges", {"Terres Rouges"}),
        (
            "La Scop L'Autre Rive projette, avec un fournisseur d'énergie coopératif Watt Libre.",
            {"L'Autre Rive", "Watt Libre"},
        ),
        ("Les luthiers de Trémola, réunis en coopérative, exportent.", {"Trémola"}),
        ("Trémola ? Une coopérative de douze luthiers.", {"Trémola"}),
        ("Bienvenue chez Ar Mor, le nouveau magasin coopératif du quartier.", {"Ar Mor"}),
        ("formés chez un cabinet coopératif d'Avignon, Dymos Conseil.", {"Dymos Conseil"}),
        ("Ils se sont groupés en société coopérative. Ils l'ont appelée La Brebisarde.", {"La Brebisarde"}),
        ("Le café s'appelle Marc partagé. Ses clients ont transformé sa SARL en Scic.", {"Marc partagé"}),
        ("Les ex-Frigolux ont monté leur Scop : Nouvel Air.", {"Nouvel Air"}),
        ("Une Scop voit le jour à Vire : Nouvel Air.", {"Nouvel Air"}),
        ("Nom de la coopérative : Nouvel Air", {"Nouvel Air"}),
        ("La future Scop, qui portera le nom de Nouvel Air, démarre en mai.", {"Nouvel Air"}),
        ("Cette Scop s'appellera Nouvel Air.", {"Nouvel Air"}),
        ("Le statut de Scop de Nouvel Air séduit.", {"Nouvel Air"}),
        (
            "La coopérative fruitière Prés du Lac et sa cadette Pom’Bio fusionnent.",
            {"Prés du Lac", "Pom’Bio"},
        ),
        ("Ont rejoint l'Union en mai les Scop Alma et Brio.", {"Alma", "Brio"}),
        ("🥇 Scop Rotulix (Annecy)\n🥈 Scic Citoyens du Lac (Thonon)", {"Rotulix", "Citoyens du Lac"}),
        (
            "La Scop 1000 Sabords navigue.\n3 Petits Ronds, Scop d'édition, expose.",
            {"1000 Sabords", "3 Petits Ronds"},
        ),
        ("LA SCOP DES TROIS VAL BÂTI RECRUTE\nSCOP KALIBRA : PORTES OUVERTES LE 3 MAI", {"KALIBRA"}),
    ],
)
def test_a_form_before_a_comma_or_a_new_name(text: str, expected: set[str]) -> None:
    assert set(names(text)) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Transformée en coopérative en 2015, Kalibra compte 40 salariés.", {"Kalibra"}),
        ("Sous statut Scop, Kalibra partage ses bénéfices.", {"Kalibra"}),
        ("Première Scop du département, Kalibra fête ses 50 ans.", {"Kalibra"}),
        ("Depuis sa transformation en Scop, Kalibra a doublé son effectif.", {"Kalibra"}),
        ("Vingt ouvriers créent Nouvel Air, en Scop.", {"Nouvel Air"}),
        ("Nouvel Air, c'est le nom de la Scop des anciens.", {"Nouvel Air"}),
        ("Nouvel Air – c'est une Scop – démarre.", {"Nouvel Air"}),
        ("Nouvel Air vient d'obtenir l'agrément Scop.", {"Nouvel Air"}),
        ("Oxymore : dix ans de Scop et toutes ses dents", {"Oxymore"}),
        ("Les coopérateurs d'Oxymore fêtent les 10 ans de leur Scop.", {"Oxymore"}),
        ("Les coopérateurs de Rennes fêtent les 10 ans de leur Scop.", set()),
        ("Scic de 200 sociétaires, La Bonne Pioche ouvre un café.", {"La Bonne Pioche"}),
        ("Scop depuis toujours, Jean Moreau n'y croit plus.", set()),
        ("En 2012, Chaudron SA devient une Scop.", {"Chaudron"}),
        ("Kalibra, ex-filiale de Géant, est devenue en 2019 une société coopérative.", {"Kalibra"}),
        ("Kalibra vient de passer en Scop.", {"Kalibra"}),
        ("Kalibra a fait le choix de la Scop.", {"Kalibra"}),
        ("La compagnie La Petite Ourse, qui vit en Scop depuis 1984, danse.", {"La Petite Ourse"}),
        ("Formabois Perche, organisme de formation en Scop, les accompagne.", {"Formabois Perche"}),
        ("Julie Morel, maraîchère en Scop, les accompagne.", set()),
        ("Verrerie du Lac naît sous statut coopératif.", {"Verrerie du Lac"}),
        ("Vingt salariés ont repris la fonderie Kalibra en Scop.", {"Kalibra"}),
        ("Vingt salariés veulent que soit repris Kalibra sous forme de Scop.", set()),
        ("La reprise de Kalibra par ses salariés, sous forme de Scop, est validée.", {"Kalibra"}),
        ("Les ouvriers de Papier Doux font tourner l'usine Roche, rachetée en Scop.", {"Papier Doux"}),
        ("La société Lanmou compte 240 sociétaires. La Scic embauche.", {"Lanmou"}),
        ("Le Crédit des Dunes compte 10 millions de sociétaires. Une Scop ouvre.", set()),
    ],
)
def test_a_form_apart_from_its_name(text: str, expected: set[str]) -> None:
    assert set(names(text)) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Deux coopératives, Kalibra et Terre Mère, s'associent.", {"Kalibra", "Terre Mère"}),
        ("Parmi les Scop présentes, Kalibra, Terre Mère et Brio.", {"Kalibra", "Terre Mère", "Brio"}),
        (
            "Les Scop Bâtisseau, de Saumur, et Tuffeau Frères, de Montsoreau, fusionnent.",
            {"Bâtisseau", "Tuffeau Frères"},
        ),
        (
            "Sept coopératives sont venues.\nÀ table (avec du café) : Ambu-Vie (Lisieux), la Maison Bleue "
            "(Évreux) et Répit (Argentan).",
            {"Ambu-Vie", "Maison Bleue", "Répit"},
        ),
        (
            "Sept coopératives sont venues.\nNos partenaires : Ambu-Vie (Lisieux), la Maison Bleue (Évreux) "
            "et Répit (Argentan).",
            set(),
        ),
        (
            "Trois sociétés coopératives peuvent porter ce titre :\n1) la Maison des aidants, à Morez ;\n"
            "2) Énergies du Nivernais, dont le siège est à Cosne ;\n3) Ici ensemble, à Clamecy.",
            {"Maison des aidants", "Énergies du Nivernais", "Ici ensemble"},
        ),
        ("Les Scop doivent :\n- Tenir une assemblée ;\n- Réviser leurs comptes, tous les cinq ans.", set()),
        (
            "- octomatic.coop, la coopérative des musiciens ;\n- Bureau d'en face, Scop-SARL, à Béthune ;",
            {"octomatic.coop", "Bureau d'en face"},
        ),
        ("Tout est sur le site octomatic.coop, la coopérative en parle.", set()),
        ("Dénomination : LES QUATRE CLOCHERS\nForme : Société coopérative", {"LES QUATRE CLOCHERS"}),
        ("Forme juridique : Scop SARL\nStatut : Scic", set()),
        ("Scop : Trémola, Sabline\nScic : Cuir & Cie", {"Trémola", "Sabline", "Cuir & Cie"}),
        ("Trémola, Sabline et Brio, coopératives du bois, s'allient.", {"Trémola", "Sabline", "Brio"}),
        ("Trémola, Sabline et Brio : ces trois Scop s'allient.", {"Trémola", "Sabline", "Brio"}),
        ("Deux sociétés, Trémola et Sabline, sont des Scop.", {"Trémola", "Sabline"}),
        ("Trémola est une Scop, Sabline aussi.", {"Trémola", "Sabline"}),
        ("Une Scop de menuiserie (Vire), une Scop web (Caen)", set()),
        (
            "Trois jeunes Scop : Trémola à Gray, Sabline à Toul et Cuir & Cie à Épinal.",
            {"Trémola", "Sabline", "Cuir & Cie"},
        ),
        (
            "Trois Scop sont nées : Trémola (Gray), Sabline et Cuir & Cie.",
            {"Trémola", "Sabline", "Cuir & Cie"},
        ),
        ("Trémola (lutherie, Gray), Sabline (Toul) : deux Scop à découvrir.", {"Trémola", "Sabline"}),
        (
            "Les coopératives du pain se sont retrouvées.\nÉtaient là : La Miche de Crest, Le Pain Rond "
            "(Die), Croûte que vaille (Lodève) et L'Orge (Uzès).",
            {"La Miche de Crest", "Le Pain Rond", "Croûte que vaille", "L'Orge"},
        ),
        (
            "Trois coopératives se sont groupées.\nLe groupement réunit :\n- Terrassements du Causse, "
            "mandataire\n- Toits réunis\n- Peintures et Couleurs 48\nUn marché.",
            {"Terrassements du Causse", "Toits réunis", "Peintures et Couleurs 48"},
        ),
        ("Trois coopératives se sont groupées.\nÀ faire :\n- Trier\n- Ranger\n", set()),
        ("Nom : Nouvel Air\nStatut : Scop\nVille : Vire", {"Nouvel Air"}),
        ("Kalibra | Scop | Nantes", {"Kalibra"}),
        (
            "Trois Scop à la loupe. Ooptik, 12 salariés. Un patron. Le Sabot, 340 salariés.",
            {"Ooptik", "Le Sabot"},
        ),
        (
            "Menuiserie Batistou – Scop – 23 salariés – Gap\nAmbulances des Gaves – Scop – 31 salariés – Pau "
            "(64)\nUne Scop, une CAE.",
            {"Menuiserie Batistou", "Ambulances des Gaves"},
        ),
        ("Une Scop. Une Scic.\nPaul Arnoux dirige Plein Toit, Scop d'architecture (Arles).", {"Plein Toit"}),
        (
            "CAE – Coopérative d'activités et d'emploi.\nCuma – Coopérative d'utilisation de matériel "
            "agricole",
            set(),
        ),
    ],
)
def test_coops_in_lists_lines_and_notices(text: str, expected: set[str]) -> None:
    assert set(names(text)) == expected


def test_a_bracket_that_names_the_coop_of_a_person() -> None:
    text = "Élus : Bruno Sire (Scop Paysages du Lez, Lunel) et Rose Nguyen (CAE Allegria, Carcassonne)."
    assert names(text) == {"Paysages du Lez": "34", "Allegria": "11"}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("une Scop de Saint-Malo, Ti Koad, qui travaille à Brest", {"Ti Koad": "35"}),
        (
            "La fonderie de Nérac fut occupée. La Fraternelle, Scop de 60 salariés, en naquit.",
            {"La Fraternelle": "47"},
        ),
        ("Ils viennent de Dreux, de Chartres et d'Étampes chez Alma. Alma, une Scop, forme.", {"Alma": "28"}),
        (
            "Alès, jeudi. Les Ateliers de Thiers, coopérative de couteliers, ouvrent.",
            {"Les Ateliers de Thiers": "30"},
        ),
    ],
)
def test_places_around_a_coop_give_its_department(text: str, expected: dict[str, str]) -> None:
    assert names(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Prix : Odyssine 37, qui équipe les piscines. La jeune Scop reçoit un chèque.", {"Odyssine 37"}),
        ("Chrysalis (Quimper) a réuni ses membres : la CAE voulait montrer son travail.", {"Chrysalis"}),
        (
            "Même discours chez sa voisine Lait Bel-Air, à Isigny. La coopérative y investit.",
            {"Lait Bel-Air"},
        ),
        ("Zoom sur… Pain Levain\nCette Scop boulangère réunit cinq associés.", {"Pain Levain"}),
        ("Créée à Lodève, Les Fées du Logis emploie dix personnes. La Scop grandit.", {"Les Fées du Logis"}),
        ("À cinq, ils forment Le Ciel Ouvert. La Scop s'est installée à Brive.", {"Le Ciel Ouvert"}),
        ("Pots & Potes, ce sont vingt personnes. La Scic grandit.", {"Pots & Potes"}),
        ("Trémola fabrique des vielles. L'entreprise est une Scop depuis 2015.", {"Trémola"}),
        ("Trémola fabrique des vielles. Reprise en Scop en 2015, elle exporte.", {"Trémola"}),
        ("Bruno fabrique des vielles. L'entreprise est une Scop depuis 2015.", set()),
        ("Trémola et Sabline se marient. Les deux Scop partageront un atelier.", {"Trémola", "Sabline"}),
        ("Paul Roy et Awa Sarr se marient. Les deux Scop partageront un atelier.", set()),
        ("Le tribunal a placé Trémola en liquidation. La Scop avait dix ans.", {"Trémola"}),
        ("Bienvenue chez Trémola ! Notre coopérative fabrique des vielles.", {"Trémola"}),
        ("Vatel a annoncé un plan. La Scop, sous-traitante, s'inquiète.", set()),
        (
            "Fondée par quarante maçons, La Roubaisine rebâtit des rues. Cette coopérative dura.",
            {"La Roubaisine"},
        ),
        ("Solari avait tout : des clients, un toit. La Scop de Perpignan a pourtant fermé.", {"Solari"}),
        ("Hélio-Presse, l'imprimerie qui résiste. La Scop a gardé deux clients.", {"Hélio-Presse"}),
        ("La Scop Alma, à Pau, embauche. Alstria, qui livre, aussi. La Scop paie.", {"Alma"}),
        ("Awa Sarr, qui préside la région, promet une aide. La coopérative attend.", set()),
        ("Bruno, qui dirige l'atelier, promet une aide. La Scop attend.", set()),
        ("À Schirmeck, la coopérative réunit ses membres.", set()),
        ("Pour mémoire. La Scop est une société commerciale.", set()),
    ],
)
def test_the_scop_speaks_of_the_name_before(text: str, expected: set[str]) -> None:
    assert set(names(text)) == expected


def test_a_page_that_says_our_scop_is_about_the_name_it_repeats() -> None:
    text = (
        "Du côté du Hangar, on soude. Notre Scop réunit six personnes. Les décisions du Hangar se prennent "
        "debout. Le Hangar travaille avec Cadence Neuf, coopérative de Guingamp."
    )
    assert set(names(text)) == {"Hangar", "Cadence Neuf"}


def test_the_scop_speaks_of_the_name_in_the_title() -> None:
    assert set(names("Kalibra est née en 2012. La Scop embauche.", "Rencontre avec Kalibra")) == {"Kalibra"}
    assert set(names("Le jury a tranché.", "Une Scop à l'honneur : Kalibra")) == {"Kalibra"}


def test_a_title_that_announces_coops_makes_the_lines_under_it_theirs() -> None:
    rows = "Trémola, Vire, menuiserie\nSabline, Caen, web\nBrio, Lisieux, photo"
    assert names(rows, "Bienvenue aux nouvelles Scop").keys() == {"Trémola", "Sabline", "Brio"}
    assert names(rows, "Bienvenue à tous") == {}
    towns = "Trémola (Vire)\nSabline (Caen)"
    assert names(towns, "Les coopératives adhérentes") == {"Trémola": "14", "Sabline": "14"}


@pytest.mark.parametrize(
    "listed",
    [
        "Coopératives exposantes : Trémola / Sabline / Toits réunis",
        "Les Scop présentes : Trémola ; Sabline ; Toits réunis.",
        "Trois Scop sont nées : Trémola, un atelier ; Sabline, une agence ; Toits réunis, des couvreurs.",
        "Scop participantes\nTrémola\nSabline\nToits réunis",
        "Les coopératives participantes :\nTrémola (bois, Vire)\nSabline (web, Caen)\nToits réunis (Gap)",
        "Les Scop du trimestre\nTrémola – Vire – Lutherie\nSabline – Caen – Web\nToits réunis – Gap – Bois",
        "Les Scop :\n- Trémola : lutherie à Vire\n- Sabline : web à Caen\n- Toits réunis : bois à Bayeux",
    ],
)
def test_announced_lists_name_coops(listed: str) -> None:
    assert names(listed).keys() == {"Trémola", "Sabline", "Toits réunis"}


@pytest.mark.parametrize(
    "listed",
    [
        "Les avantages des Scop :\nPartage\nTransparence\nDémocratie",
        "Les Scop en questions :\nCréation\nCroissance\nCrise",
        "Les partenaires des Scop : Trémola, Sabline, Toits réunis.",
        "Les Scop doivent :\nTenir une assemblée\nVoter les comptes\nPartager le résultat",
    ],
)
def test_lists_about_coops_name_none(listed: str) -> None:
    assert names(listed) == {}


def test_a_title_apart_or_on_a_scop_tells_what_the_page_is_about() -> None:
    text = (
        "La Nacre est née d'un conflit. Onze femmes y travaillent.\n« Non », dit Awa. La coopérative refuse."
    )
    assert set(names(text, "La Nacre, ou l'art de plier le linge")) == {"La Nacre"}
    drawn = "Chez Delta Nord, on tire au sort. Tous les ans, Delta Nord choisit ainsi. Lili Stone aussi."
    assert set(names(drawn, "Cette Scop qui tire au sort ses dirigeants")) == {"Delta Nord"}


def test_a_title_over_a_text_that_begins_with_a_form_is_a_name() -> None:
    assert set(names("Une Scic de santé ouvre à Toulouse.", "Cliniplus")) == {"Cliniplus"}


def test_small_headings_with_a_code_are_coops_where_the_text_under_them_says_so() -> None:
    text = (
        "Les Scop et les Scic se mobilisent.\nvoisins & co (69)\nUne permanence pour la CAE.\n"
        "remerciements (12)\nÀ bientôt."
    )
    assert names(text) == {"voisins & co": "69"}


@pytest.mark.parametrize(
    "text",
    [
        "La lettre des Scop Jura-Vosges est parue.",
        "Une CJS (coopérative jeunesse de services) ouvre à Dinan.",
        "Par Jean Dupré, maraîcher en coopérative, et Lina Costa, experte en Scop.",
        "Librio, qui publie ce livre, et la coopérative le diffusent.",
        "Lucie Marchal, experte en Scop, répond.",
        "La Scop attire. Définition\nLa Scop est une société.",
        "La Scop lance un appel. La coopérative agricole grandit. La Scop, elle, compte dix salariés.",
        "L'Union régionale des Scop Auvergne-Rhône-Alpes et la Fédération des Scop du BTP ont signé.",
        "La Confédération générale des Scop, le Crédit coopératif et la Macif détaillent leurs outils.",
        "Les Scop de l'Hérault se réunissent. Les Scop Occitanie aussi.",
        "Selon Marie Duval, présidente de la Scop, tout va bien. Pour Marie Duval, la Scop est un modèle.",
        "La Scop Définition et fonctionnement. Comment créer une Scop ?",
        "LES COOPÉRATIVES ADHÉRENTES DANS LEUR DÉVELOPPEMENT",
        "À Bellac : une Scop reprend l'usine.",
        "une coopérative d’importation et une coopérative de vente au détail",
        "Le réseau Scop Entreprises fédère les Scop françaises.",
        "L'association Maison Verte prépare sa transformation en Scic.",
    ],
)
def test_movements_people_and_generic_words_are_no_coops(text: str) -> None:
    assert names(text) == {}


def test_the_scop_of_heat_pumps_is_no_coop() -> None:
    text = (
        "Le SCOP d'une pompe à chaleur Atlantix dépasse 4. Une pompe à chaleur au Scop Élevé chauffe mieux."
    )
    assert names(text) == {}


def test_a_page_in_another_language_names_none() -> None:
    passages = [Passage("text", "The Scop Bel Ouvrage is a worker co-op.")]
    assert coops(passages, (), None, "en") == ()


def test_a_list_gives_each_coop_its_town() -> None:
    text = (
        "Cinq coopératives étaient là : Collectif Tchap’ (Fresnes), Envie d'Écrire (Villejuif), "
        "le Théâtre Zinzolin (Ivry-sur-Seine) et les Pervenches (Ivry)"
    )
    assert names(text) == {
        "Collectif Tchap’": "94",
        "Envie d'Écrire": "94",
        "Théâtre Zinzolin": "94",
        "Pervenches": "94",
    }


def test_an_address_under_a_name_gives_its_department() -> None:
    text = "Lignes Bleues, SCOP SA à capital variable\n11 rue des Prés\n67000 Strasbourg\nOVH, 59100 Roubaix"
    assert names(text) == {"Lignes Bleues": "67"}


def test_headings_give_names_and_departments_respectively() -> None:
    text = (
        "Les Scop et les Scic de notre Union se mobilisent.\n"
        "Artefix et CIFEM (45 et 37)\nUne plateforme est née, avec la CAE Artefix.\n"
        "La cachette de Lili (75)\nRetrouvez la sélection sur la page de la Scop !\n"
        "Village vivant (45)\nL'association Village vivant rouvre l'épicerie."
    )
    assert names(text) == {"Artefix": "45", "CIFEM": "37", "La cachette de Lili": "75"}


def test_every_place_where_a_coop_is_named_is_a_mention() -> None:
    text = "La Scop Bel Ouvrage grandit. Chez Bel Ouvrage, on embauche ; BEL OUVRAGE recrute."
    assert [text[m.start : m.end] for m in found(text)] == ["Bel Ouvrage", "Bel Ouvrage", "BEL OUVRAGE"]
    assert {m.name for m in found(text)} == {"Bel Ouvrage"}


def test_a_form_said_once_counts_for_all_mentions() -> None:
    text = "Plume & Papier fête ses dix ans. « On y tient », dit la gérante de Plume & Papier, une Scop."
    assert {(m.name, m.form) for m in found(text)} == {("Plume & Papier", "Scop")}


def test_the_subject_of_a_page_that_only_says_the_scop_is_named() -> None:
    text = (
        "Céralune fabrique des bols. En 2004, la Scop a repris l'usine. L'expérience de Céralune est suivie."
    )
    assert names(text, "Céralune, vingt ans après") == {"Céralune": None}


def test_spellings_of_one_name_are_one_coop() -> None:
    text = "La Scop EBS Le Relais Bleu trie. La couturière du Relais Bleu coud."
    assert len(names(text)) == 1
    assert len(found(text)) == 2


ENTRIES = (
    CoopEntry("Ensemble", "Scic SAS", "999662562", "Laval", "53", None, ("Ensemble Mayenne",)),
    CoopEntry("Ensemble", "Scop Arl", "999818768", "Marseille", "13"),
    CoopEntry("Maille & Toile", "Scop Arl", "999984636", "Cholet", "49"),
    CoopEntry("L'Atelier", "Scop Arl", None, "Nantes", "44"),
    CoopEntry("Le Nord", "Scop SA", None, "Dunkerque", "59"),
    CoopEntry("Granit Doux", "Scop SA", None, "Fougères", "35"),
)


@pytest.fixture
def directory() -> Directory:
    return Directory(ENTRIES)


def test_a_directory_name_brings_its_siren_form_and_department(directory: Directory) -> None:
    (mention,) = found("Deux cents robes de Maille et Toile partent demain.", None, directory)
    assert (mention.name, mention.siren, mention.form) == ("Maille & Toile", "999984636", "Scop Arl")
    assert (mention.department, mention.status, mention.surface) == ("49", "directory", "Maille et Toile")


@pytest.mark.parametrize(
    "text",
    [
        "Ensemble, on va plus loin. Nos coopératives avancent ensemble.",
        "L'équipe de l'atelier du soir gagne. L'Atelier Fermier forme.",
        "Une Scop du Nord : le Nord recrute, et dans le Nord on s'organise.",
    ],
)
def test_a_common_word_of_the_directory_needs_a_sign(text: str, directory: Directory) -> None:
    assert [m for m in found(text, None, directory) if m.status == "directory"] == []


def test_a_common_word_with_a_form_or_its_town_is_the_coop(directory: Directory) -> None:
    assert names("Tous sont associés d'Ensemble, la Scic de Laval.", None, directory) == {"Ensemble": "53"}
    assert names("L'Atelier, à Nantes, ouvre ses portes. La Scop a dix ans.", None, directory) == {
        "L'Atelier": "44"
    }


def test_namesakes_that_nothing_tells_apart_are_ambiguous(directory: Directory) -> None:
    (mention,) = found("À la Scic Ensemble, on travaille en binômes.", None, directory)
    assert (mention.name, mention.siren, mention.department) == ("Ensemble", None, None)
    assert mention.status == "ambiguous"


def test_a_site_tells_namesakes_apart() -> None:
    entries = [
        CoopEntry("Aubépine", "Scop", "999662562", "Laval", "53", "https://aubepine-laval.coop"),
        CoopEntry("Aubépine", "Scop", "999818768", "Gap", "05", "https://aubepine.example"),
    ]
    text = "La Scop Aubépine recrute. Écrire à contact@aubepine.example."
    assert [m.siren for m in found(text, None, Directory(entries))] == ["999818768"]


@pytest.mark.parametrize("article", ["du", "au"])
def test_a_contracted_article_hides_no_directory_name(article: str) -> None:
    entry = CoopEntry("Le Grenier aux Merles", "Scop", "999662562", "Redon", "35")
    (mention,) = found(f"L'équipe {article} Grenier aux Merles, une Scop.", None, Directory([entry]))
    assert (mention.siren, mention.surface) == ("999662562", "Grenier aux Merles")


def test_every_rule_says_how_sure_it_is() -> None:
    text = "La Scop Bel Ouvrage grandit. Bel Ouvrage embauche. Le Fil des mots est une Scop."
    assert [(m.rule, m.confidence) for m in found(text)] == [
        ("form_before", 0.97),
        ("named_again", 0.97),
        ("is_a_coop", 0.92),
    ]


def test_a_long_hostile_text_is_read_in_time() -> None:
    assert names("la Scop " * 20_000 + "a" * 50_000 + " de la" * 20_000 + ", une" * 20_000) == {}
