import pytest

from archive import gazetteer
from archive.models import Passage
from archive.parsers.departments import departments


def codes(text: str, region: tuple[str, ...] = ()) -> list[str]:
    return sorted({mention.code for mention in departments([Passage("text", text)], region)})


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Atelier du Quai et Fil Rouge (45 et 37)", ["37", "45"]),
        ("Menuiserie du Port (Scop, 34) : escaliers", ["34"]),
        ("Les Bâtisseurs (Scop SAS, 2A)", ["2A"]),
        ("Une fête à Tarnac (19) et un stage à Mellionnec (22)", ["19", "22"]),
        ("Les camarades du 93 ont répondu, ceux du 94 aussi.", ["93", "94"]),
        ("Dans le 44, on compte trois créations.", ["44"]),
        ("Le 49 le suit de près.", ["49"]),
        ("les départements 22, 29 et 56", ["22", "29", "56"]),
        ("Départements : 22, 29, 35, 56", ["22", "29", "35", "56"]),
        ("dans les 22 et 35, on recrute", ["22", "35"]),
        ("Coopérative du bord de mer (974)", ["974"]),
    ],
)
def test_a_department_is_read_from_its_number(text: str, expected: list[str]) -> None:
    assert codes(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "Vos réactions (14)",
        "Agriculture (45)\nCulture (128)\nSports (3)",
        "Selon l'article 75 de la loi, page 35 et alinéa 44.",
        "La Scop compte 37 salariés et 22 associés, soit 59 %.",
        "Thèse soutenue à l'étranger (2011)",
        "Des femmes (52) et des hommes (48) y travaillent depuis longtemps.",
        "On se voit le 22, ou le 29 à 18 h.",
        "Je lis trop - semaine 38",
        "Nous sommes au 70 boulevard Victor, téléphone 02 35 44 56 72.",
        "SUITE 215 CA 94107 (USA)",
        "Un podcast à soi (n°12)",
        "Nos modèles : Thermaxia 8 (SCOP 4,62), Calora (SCOP 3,95).",
        "Le tirage a lieu dans les 30 jours, le 45 semaines plus tard.",
    ],
)
def test_other_numbers_are_no_departments(text: str) -> None:
    assert codes(text) == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Une ferme dans l'Essonne et une autre en Ille-et-Vilaine", ["35", "91"]),
        ("les élus d’Ille-et-Vilaine et des Côtes-d'Armor", ["22", "35"]),
        ("Les deux Savoie s'unissent", ["73", "74"]),
        ("un groupe basé ici (Hauts-de-Seine)", ["92"]),
        ("les départements de l’Aude et de l’Hérault", ["11", "34"]),
        ("un gérant de la Sarthe et un couvreur de l'Orne", ["61", "72"]),
        ("Le Morbihan nous a aidés.", ["56"]),
        ("la monnaie locale de l'Hérault", ["34"]),
        ("Dans le Nord, trois reprises ont réussi.", ["59"]),
        ("la Seine saint Denis", ["93"]),
        ("une agence à La Réunion", ["974"]),
        ("à Saint-Pierre-et-Miquelon et en Nouvelle-Calédonie", ["975", "988"]),
        ("dans le Nord et le Pas-de-Calais", ["59", "62"]),
        ("Cergy-Pontoise grandit.", ["95"]),
        ("Le conseil départemental de La Réunion apporte une aide.", ["974"]),
        ("En Corse-du-Sud comme en Haute-Corse", ["2A", "2B"]),
    ],
)
def test_a_department_is_read_from_its_name(text: str, expected: list[str]) -> None:
    assert codes(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "Dans la vallée du Rhône et sur les bords de l'Aude.",
        "La Loire a débordé, le fleuve est haut.",
        "L'eau de l'Hérault, une rivière, et celle de l'Orb, un fleuve, manquent.",
        "Le vent tourne vers le Nord et l'Ouest.",
        "Marc Savoie et Nolwenn Sarthe ont joué.",
        "En Pays de la Loire, en Centre-Val de Loire et en Île-de-France.",
        "À l'université Paris 8, les étudiants protestent.",
        "La réunion du bureau est reportée.",
        "La traversée de la Manche fut rude.",
        "Rendez-vous impasse du Lot, ou avenue de la Seine-Saint-Denis.",
        "Le Nord et l'Est sont au sec.",
        "À la 35e minute, un centre de Nord trouve la barre.",
        "La ville de Vienne, en Autriche, et Vienne (Autriche) encore.",
    ],
)
def test_rivers_directions_people_and_regions_are_no_departments(text: str) -> None:
    assert codes(text) == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Nos locaux : 12 rue du Lavoir, 94800 Villejuif", ["94"]),
        ("Elle est née à Villejuif et grandit près de Guéret.", ["23", "94"]),
        ("Un atelier au Havre, un autre aux Herbiers.", ["76", "85"]),
        ("L'usine d'Acigné a rouvert.", ["35"]),
        ("Concarneau", ["29"]),
        ("Vire : la laiterie ferme", ["14"]),
        ("un atelier, Paris XIe", ["75"]),
        ("Cazères. Un café au capital", ["31"]),
        ("L'Équerre, une Scop de Charleville, livre.", ["08"]),
        ("PENMARC'H (Finistère). – La nouvelle est tombée.", ["29"]),
        ("Dans Paris 15e et à Lyon 7e", ["69", "75"]),
        ("une agence du XIe arrondissement parisien", ["75"]),
        ("à Rennes, Brest et Lorient", ["29", "35", "56"]),
        ("un passage éclair à Saint Vallier, dans la Drôme", ["26"]),
    ],
)
def test_a_commune_gives_its_department(text: str, expected: list[str]) -> None:
    assert codes(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "Le bureau est rue de Paris, avenue de Lyon.",
        "Julien Paris a fondé l'agence. Paris en est le gérant.",
        "Adhérez à l'Union, au Syndicat ou au Quartier libre.",
        "L'IMPORTANCE DE L'ÉCONOMIE À L'ÉCHELLE DU PAYS",
        "Film “Guérande” suivi d'un débat",
        "Valence-d'Agen",
        "La conférence de M. Rouzaud, la Scic de l'Est, Lure Énergies.",
        "Jury : entre le 17 et le 21 mai",
        "La boîte s'appelle Gonds de Saône.",
        "Jardin sur Cour livre le pain.",
        "Le code postal 00100 n'existe pas.",
    ],
)
def test_streets_people_and_common_words_are_no_communes(text: str) -> None:
    assert codes(text) == []


@pytest.mark.parametrize(
    "text",
    [
        "Une délégation sera reçue en marge du Salon.",
        "Les ouvriers de Mondragon ont voté.",
        "Hébergement : un serveur à Genève (Suisse)",
    ],
)
def test_fairs_and_places_abroad_are_no_communes(text: str) -> None:
    assert codes(text) == []


def test_a_department_in_brackets_that_has_no_such_commune_makes_it_another_name() -> None:
    assert codes("Maquis & Murs (2A)") == ["2A"]


def test_a_page_in_another_language_names_none() -> None:
    passages = [Passage("text", "I took the train down from Paris to Marseille (13).")]
    assert departments(passages, (), "en") == ()
    assert departments(passages, (), "fr") != ()


def test_a_namesake_is_settled_by_another_place_of_the_page() -> None:
    assert codes("Rencontre à Saint-Denis avec les élus de Seine-Saint-Denis.") == ["93"]
    assert codes("Une agence à Saint-Denis, à La Réunion.") == ["974"]


def test_a_namesake_is_settled_by_the_region_of_the_source() -> None:
    assert codes("La Scop de Saint-Denis, à Saint-Denis.", region=("75", "93", "94")) == ["93"]


def test_a_namesake_that_nothing_settles_is_left_out() -> None:
    assert codes("Une visite à Gommerville.") == []


def test_a_much_larger_namesake_is_meant() -> None:
    assert codes("Rencontre à Valence.") == ["26"]


def test_half_a_name_stands_for_the_whole_when_the_page_gives_it() -> None:
    text = "Réunion à Ivry-sur-Seine avec La Plume (Ivry)."
    evidence = [m.evidence for m in departments([Passage("text", text)])]
    assert evidence == ["Ivry-sur-Seine", "Ivry"]


def test_a_mention_knows_its_passage_and_its_place_there() -> None:
    passages = [Passage("title", "Fête à Niort"), Passage("text", "Rendez-vous dans la Creuse.")]
    found = departments(passages)
    assert [(m.code, m.via, m.field) for m in found] == [("79", "commune", "title"), ("23", "name", "text")]
    texts = {passage.field: passage.text for passage in passages}
    assert all(texts[m.field][m.start : m.end] == m.evidence for m in found)


def test_a_long_hostile_text_is_read_in_time() -> None:
    assert codes("(" * 20_000 + "de la " * 20_000 + "Saint-" * 20_000) == []


@pytest.mark.parametrize(
    "text",
    [
        "Alma (20), Scop",
        "Ils vivent dans le 20 et le 985.",
        "Départements : 20, 985",
        "La Scop Alma (Mayotte, 985).",
    ],
)
def test_every_code_is_that_of_a_department_that_exists(text: str) -> None:
    found = departments([Passage("text", text)])
    assert all(gazetteer.department(mention.code) is not None for mention in found)
    assert not {mention.code for mention in found} & {"20", "985"}
