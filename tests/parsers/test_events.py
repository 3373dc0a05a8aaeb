"""Happenings are resolved against the publication; laws, births and the page's own dates are none."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.models import FoundDate
from archive.parsers.events import events

TOLD = FoundDate("2018-09-20", "day", "line", "20 09 2018")  # a Thursday


def starts(text: str, published: FoundDate | None = TOLD, title: str | None = None) -> list[str]:
    return [event.start for event in events(text, published, title)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Les coopératives se sont réunies le mercredi 19 septembre.", ["2018-09-19"]),
        ("La prochaine réunion aura lieu le mercredi 21 novembre à 8h30.", ["2018-11-21T08:30"]),
        ("Rendez-vous le 3 janvier 2019 à partir de 15 heures.", ["2019-01-03T15:00"]),
        ("L’atelier a fermé le 16 mars.", ["2018-03-16"]),
        ("Le 17 juillet dernier, le tribunal a tranché.", ["2018-07-17"]),
        ("Les votes s’échelonneront du 9 au 11 octobre.", ["2018-10-09", "2018-10-11"]),
        ("Nous avons participé les 20 et 21 juin aux rencontres.", ["2018-06-20", "2018-06-21"]),
        ("Les assises se tiendront les jeudi 4 et vendredi 5 octobre à Tours.", ["2018-10-04", "2018-10-05"]),
        ("Le séjour a eu lieu du 31 août au 7 septembre.", ["2018-08-31", "2018-09-07"]),
        ("Nous y étions du 28 décembre au 3 janvier 2019.", ["2018-12-28", "2019-01-03"]),
        ("Inscription avant le 1er octobre.", ["2018-10-01"]),
        ("Le 05/10/2018 à 14h, réunion publique.", ["2018-10-05T14:00"]),
        ("Rennes : 05/10/2018 et 12/10/2018", ["2018-10-05", "2018-10-12"]),
        ("Date limite d’inscription : 05/10/2018", ["2018-10-05"]),
        ("Date limite d’inscription : 5 octobre 2018", ["2018-10-05"]),
        ("Concert, vendredi 05/10 à 20h", ["2018-10-05T20:00"]),
        ("Atelier le 05/10 à 20h30", ["2018-10-05T20:30"]),
        ("Arrivée à Redon mardi 18 avec du retard.", ["2018-09-18"]),
        ("Arrivée à Redon mardi 17 avec du retard.", []),
        ("20 septembre 2018 | Nos partenaires\nRendez-vous le 6 octobre.", ["2018-10-06"]),
        ("Réunion le mardi 9 octobre prochain à 18 h 30", ["2018-10-09T18:30"]),
        ("Le 12 octobre dernier à 9h, le four s’est éteint.", ["2017-10-12T09:00"]),
        ("jeudi 4 & vendredi 5 octobre 2018", ["2018-10-04", "2018-10-05"]),
        ("Le deuxième mardi du mois de novembre, on trie.", ["2018-11-13"]),
        ("L’atelier a lieu le dernier samedi d’octobre 2018.", ["2018-10-27"]),
        ("Le festival fut du 12 au 14 mai.", ["2018-05-12", "2018-05-14"]),
        ("Le festival ira du 12 au 14 mai.", ["2019-05-12", "2019-05-14"]),
        ("Ils se sont réunis le 12 août et se retrouveront le 10 octobre.", ["2018-08-12", "2018-10-10"]),
        ("Le 7 novembre 2011, le patron annonce qu’il arrête.", ["2011-11-07"]),
        ("Rendez-vous demain à 18 h, et ce soir à 20h30.", ["2018-09-21T18:00", "2018-09-20T20:30"]),
        ("Cet après-midi, l’équipe défilera derrière sa banderole.", ["2018-09-20"]),
        ("Le tribunal a siégé ce lundi 17 septembre.", ["2018-09-17"]),
        ("La Scop est née le 1er avril.", ["2018-04-01"]),
        ("L’exposition dure. Jusqu’au 28 mars. Entrée libre.", ["2019-03-28"]),
        ("Les élèves partiront du 15 au 19 mai.", ["2019-05-15", "2019-05-19"]),
        ("Le pot aura lieu demain vendredi à 18 heures, dans la cour.", ["2018-09-21T18:00"]),
        (
            "Trois réunions : le 9 octobre à Angers, le 11 au Mans et le 18 à Laval.",
            ["2018-10-09", "2018-10-11", "2018-10-18"],
        ),
        ("À voir le 9 octobre, dans le 11, ou plus tard.", ["2018-10-09"]),
        ("Dates à retenir\n18/01 – Vœux de l’union\n02/02 – Réunion", ["2019-01-18", "2019-02-02"]),
        ("Pot de départ le 27/10 dès 19h.", ["2018-10-27T19:00"]),
        ("Dimanche 23 – Gardanne : balade au fil de l’eau.", ["2018-09-23"]),
        ("Une rencontre avec le maire est prévue mardi.", ["2018-09-25"]),
        ("Embauche au 1er étage. Prise de poste : 4 octobre 2018.", ["2018-10-04"]),
        ("À vos agendas : 6 octobre, 18h30, salle des fêtes.", ["2018-10-06T18:30"]),
        ("Ce fut une journée de grève, ce 18  septembre[en ligne].", ["2018-09-18"]),
        ("Le débat du 2 octobre reprend celui que le 2 octobre à 9h annonçait.", ["2018-10-02T09:00"]),
    ],
)
def test_a_day_of_the_text_is_resolved(text: str, expected: list[str]) -> None:
    assert starts(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "La loi du 31 juillet 2014 s’applique.",
        "Économie. Jeudi 20 septembre 2018.",
        "Voir l’article (L’Ardennais, 3 mai 2012).",
        "Ils préparent le monde de demain, demain sera coopératif.",
        "L’article 19 de la loi n° 47-1775 du 10 septembre 1947 et les articles de celle du 31 juillet 2017.",
        "Le décret n° 2018-12 du 3 mai 2018 le précise.",
        "Ada Morvan est née le 3 mars 2017 à Redon.",
        "La Scop fut fondée le 12 mai 2017.",
        "C’était le 6 mai 1906, à Saint-Junien.",
        "Le 14 juillet 1789 reste dans les mémoires.",
        "Réf. 05/10/2018",
        "Solidaires (@solidaires) February 17, 2018",
        "Publié le 2 nov. 2018 à 16:00, mis à jour le 3 novembre 2018.",
        "L’atelier de la rue du 11 Novembre, près de la place du 8 mai 1945.",
        "Lire le numéro du 3 mai 2018.",
        "2018-11-21-rencontre.jpg",
        "L’étal est ouvert le mardi, le jeudi et le samedi, de 8h à 13h.",
        "Permanence du lundi au jeudi, sur rendez-vous à la mairie.",
        "L’équipe a gagné un dimanche sur deux depuis le début de l’été.",
        "On y joue aux cartes tous les vendredis et chaque samedi soir.",
        "La Scop compte sept salariés et 21 associés.",
        "Et demain ?",
        "Hier encore, on y tissait le lin, et les métiers battaient jour et nuit.",
        "L’usine d’hier n’est plus, et ses murs servent de halle.",
        "Le troisième mercredi du mois, permanence à la mairie.",
        "Le premier samedi de chaque mois, on répare des vélos.",
        "Date de mise à jour : 05/10/2018",
        "Crédit photo : 5 octobre 2018",
        "On y trie le 1/10 de la récolte.",
    ],
)
def test_what_is_no_happening_is_left_out(text: str) -> None:
    assert starts(text) == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("La Scic Argile a annoncé mardi avoir collecté quatre millions d’euros.", ["2018-09-18"]),
        ("Jeudi à 16 h 40, la toue a touché l’eau devant la foule.", ["2018-09-20T16:40"]),
        ("La boulangerie du bourg rouvrira samedi avec un nouveau four.", ["2018-09-22"]),
        ("Une cellule doit se réunir vendredi à 14 heures à la sous-préfecture.", ["2018-09-21T14:00"]),
        ("La décision doit tomber samedi, a indiqué la mairie du bourg.", ["2018-09-22"]),
        ("Le tribunal a tranché, mercredi, et la Scop rouvrira.", ["2018-09-19"]),
        ("Réunis lundi à Redon, les associés ont voté la reprise, qui sera effective.", ["2018-09-17"]),
        ("Lundi, le tribunal a tranché : la Scop sera reprise.", ["2018-09-17"]),
        ("Rendez-vous samedi à 18h30 à la salle des fêtes.", ["2018-09-22T18:30"]),
        ("Hier, la Scop a fêté ses dix ans.", ["2018-09-19"]),
        ("Les salariés ont voté avant-hier à Redon.", ["2018-09-18"]),
        ("Réunis lundi dernier aux Herbiers, les associés ont tranché.", ["2018-09-17"]),
        ("La résidence, inaugurée hier à Bayonne, est faite de chanvre.", ["2018-09-19"]),
    ],
)
def test_a_weekday_alone_is_resolved_in_the_tense_of_its_sentence(text: str, expected: list[str]) -> None:
    assert starts(text) == expected


def test_an_undated_page_gives_only_full_dates() -> None:
    text = "Congrès le 16 juin, puis assemblée le 3 mai 2019 ; 103 Scic étaient agréées au 30 juin 2017."
    assert starts(text, None) == ["2019-05-03"]
    assert starts("La Scic a annoncé mardi avoir collecté quatre millions.", None) == []


def test_the_title_of_an_undated_page_may_give_the_year() -> None:
    assert starts("La semaine suivante (25-26 mai), on descend.", None, "Les étapes de mai 2018") == [
        "2018-05-25",
        "2018-05-26",
    ]


def test_an_event_keeps_its_sentence_place_and_wording() -> None:
    text = "Bilan positif. La fête aura lieu le samedi 6 octobre, de 14h à 18h, à Redon. Entrée libre."
    (event,) = events(text, TOLD)
    assert (event.start, event.end, event.place) == ("2018-10-06T14:00", "2018-10-06T18:00", "Redon")
    assert event.what == "La fête aura lieu le samedi 6 octobre, de 14h à 18h, à Redon"
    assert event.evidence_start is not None
    assert text[event.evidence_start : event.evidence_end] == event.evidence == "samedi 6 octobre, de 14h"


@pytest.mark.parametrize(
    ("text", "published"),
    [
        ("Nantes, le 20 septembre 2018 – La Scop Argile embauche.", TOLD),
        ("La Scop Argile embauche.\n20 septembre 2018", TOLD),
        ("Écho, le 20/09/2018. La Scop.", FoundDate("2018-09-20", "day", "tile", "20/09/2018", None, 9, 19)),
    ],
)
def test_the_publication_set_into_the_text_is_no_happening(text: str, published: FoundDate) -> None:
    assert starts(text, published) == []


def test_a_span_over_two_months_keeps_its_last_day() -> None:
    first, last = events("Du 28 décembre au 3 janvier 2019, tout est fermé.", TOLD)
    assert (first.start, first.end, last.start) == ("2018-12-28", "2019-01-03", "2019-01-03")


def test_a_title_may_name_a_happening() -> None:
    (event,) = events("Contexte et objectifs.", None, "Rencontre du 27 février 2018")
    assert (event.start, event.evidence, event.evidence_start) == ("2018-02-27", "27 février 2018", None)


def test_an_undated_programme_takes_the_year_it_states() -> None:
    lines = ("- 27 novembre : film", "- 20 janvier : film", "- 4 mars (19h) : débat", "- 9 mars : bal")
    text = "En 2026, nos soirées !\n" + "\n".join(lines)
    assert starts(text, None) == ["2026-01-20", "2026-03-04T19:00", "2026-03-09"]
    assert starts(text.replace("En 2026", "Toujours"), None) == []


def test_a_span_keeps_its_last_day() -> None:
    first, last = events("Le salon se tient du 9 au 11 octobre.", TOLD)
    assert (first.start, first.end, last.start, last.end) == ("2018-10-09", "2018-10-11", "2018-10-11", None)


@given(st.text(alphabet="0123456789 maijunelvdrà,.-hé\n«»", max_size=300))
def test_no_text_raises_and_offsets_hold(text: str) -> None:
    for event in events(text, TOLD):
        assert event.evidence == text[event.evidence_start : event.evidence_end]


@pytest.mark.parametrize(
    ("title", "text", "expected"),
    [
        ("Agenda", "Mai 2019\nMAR. 07 MAI – 9h\nAtelier\nVEN. 24 MAI\nVisite", ["2019-05-07", "2019-05-24"]),
        (
            "Le mois des Scop",
            "Programme – novembre 2015\nTulle – mardi 3, 20h30\nUssel – sam. 14",
            ["2015-11-03", "2015-11-14"],
        ),
    ],
)
def test_a_programme_gives_its_days_the_month_it_names(title: str, text: str, expected: list[str]) -> None:
    assert [start[:10] for start in starts(text, None, title)] == expected


def test_the_day_of_publication_in_a_sentence_is_a_happening() -> None:
    assert starts("Trafic perturbé ce jeudi 20 septembre : un train sur huit.") == ["2018-09-20"]


def test_a_day_without_a_year_follows_the_dated_day_of_its_line_where_the_page_has_no_date() -> None:
    text = "L’assemblée s’est tenue le 20 mai 2016. Les journées des 6 et 7 octobre ont réuni 110 maçons."
    assert starts(text, None) == ["2016-05-20", "2016-10-06", "2016-10-07"]
    assert starts(text.replace(". Les", ".\nLes"), None) == ["2016-05-20"]


def test_a_span_on_an_undated_page_has_both_its_ends() -> None:
    assert starts("Ouvert du 5 avril au 2 novembre 2025.", None) == ["2025-04-05", "2025-11-02"]


def test_a_row_of_days_takes_the_year_that_ends_it_where_the_page_has_no_date() -> None:
    text = "À voir jusqu’au 23 janvier à Apt, puis à Gap (29 et 30 janvier) et le 5 février 2022 à Digne."
    assert starts(text, None) == ["2022-01-23", "2022-01-29", "2022-01-30", "2022-02-05"]
    assert starts("Visible jusqu’au 31 mai 2014 à la médiathèque.", None) == ["2014-05-31"]


@pytest.mark.parametrize(
    "line",
    [
        "Par Prune Allier, le 28 septembre 2023",
        "Fait à Clermont, le 28 septembre 2023",
        "Écrit par : Bastien Lude. Le jeudi 28 septembre 2023.",
        "Maine Sport, 28 septembre 2023",
    ],
)
def test_the_day_of_a_signature_is_no_happening(line: str) -> None:
    text = f"{line}\nLes portes ouvrent le 3 octobre.\n{line}"
    assert starts(text, FoundDate("2023-09-28", "day", "line", "28 septembre 2023")) == ["2023-10-03"]


def test_a_numeric_day_until_which_one_may_answer() -> None:
    assert starts("Candidatures jusqu’au 28/09 à l’atelier.") == ["2018-09-28"]
