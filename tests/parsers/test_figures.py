import pytest

from archive.parsers.figures import figures


def read(text: str, headings: tuple[int, ...] = ()) -> list[tuple[str, float, str | None]]:
    found = figures(text, headings)
    assert all(text[one.start : one.end] == one.evidence for one in found)
    return [(one.label, one.value, one.unit) for one in found]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("54 % des sondés votent.", [("des sondés votent", 54, "%")]),
        ("Ils sont 12,5 pour cent à le dire.", [("à le dire", 12.5, "%")]),
        (
            "Au printemps, 33,9 % souhaitent moins de réunions, et 31 % davantage.",
            [("souhaitent moins de réunions", 33.9, "%"), ("davantage", 31, "%")],
        ),
        ("Le chiffre d’affaires a progressé de 12 %.", [("Le chiffre d’affaires a progressé de", 12, "%")]),
        ("Premier motif : le métier, 48 %", [("Premier motif : le métier", 48, "%")]),
        ("Chiffre d’affaires : 1 250 000 €", [("Chiffre d’affaires", 1_250_000, "€")]),
        ("Capital : 2,3 millions d’euros", [("Capital", 2_300_000, "€")]),
        ("La réunion du 12/03/2019 a duré 3 heures.", []),
        ("En 2019, 14 personnes sont venues.", []),
    ],
)
def test_figures_of_a_line(text, found):
    assert read(text) == found


def test_values_that_stand_alone_take_the_label_on_the_side_of_their_run():
    assert read("CE QUI MANQUE\nle temps\n46,2%\nl’argent\n44,2%\nrien\n9,6%\nLA SUITE\nMerci.") == [
        ("le temps", 46.2, "%"),
        ("l’argent", 44.2, "%"),
        ("rien", 9.6, "%"),
    ]
    assert read("NOTRE ENQUÊTE\n105\nquestionnaires\n63,8%\ndes sondés sont prêts\n") == [
        ("questionnaires", 105, None),
        ("des sondés sont prêts", 63.8, "%"),
    ]
    assert read("79%\ndes sondés aimeraient un argumentaire") == [
        ("des sondés aimeraient un argumentaire", 79, "%")
    ]


def test_a_year_or_a_page_number_alone_is_no_figure():
    assert read("2017\nles cahiers\n12\nSOMMAIRE") == []
