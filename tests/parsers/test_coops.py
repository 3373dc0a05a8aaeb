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
    "text",
    [
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


def test_namesakes_that_nothing_tells_apart_have_no_siren(directory: Directory) -> None:
    (mention,) = found("À la Scic Ensemble, on travaille en binômes.", None, directory)
    assert (mention.name, mention.siren, mention.department) == ("Ensemble", None, None)


def test_a_long_hostile_text_is_read_in_time() -> None:
    assert names("la Scop " * 20_000 + "a" * 50_000 + " de la" * 20_000 + ", une" * 20_000) == {}
