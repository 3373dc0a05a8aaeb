"""Dates are read in every form the French press writes them, and in no other."""

import re
from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.parsers.calendar_words import _FOLDED, MONTH, fold, months_in
from archive.parsers.written_dates import nearest, relative, written

SEEN = datetime(2023, 2, 22, 8, 0, tzinfo=UTC)

MONTHS = ["janvier", "février", "mars", "avril", "mai", "juin"]
MONTHS += ["juillet", "août", "septembre", "octobre", "novembre", "décembre"]
SHORT = ["janv.", "févr.", "mars", "avr.", "mai", "juin", "juil.", "août", "sept.", "oct.", "nov.", "déc."]
WEEKDAYS = ["lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche"]
DAYS = st.dates(date(1991, 1, 1), date(2039, 12, 31))


def values(text: str, month_first: bool = False) -> list[str]:
    return [found.value for found in written(text, month_first)]


@pytest.mark.parametrize(
    ("text", "value", "time"),
    [
        ("20 09 2018", "2018-09-20", None),
        ("mardi 7 février 2012", "2012-02-07", None),
        ("vendredi 1er décembre 2023", "2023-12-01", None),
        ("1 er juin 2017", "2017-06-01", None),
        ("Le 8 déc. 2023 - 17:32", "2023-12-08", "17:32"),
        ("12 SEPT. 2019", "2019-09-12", None),
        ("7 fevrier 2012", "2012-02-07", None),
        ("1ER FÉVR 2012", "2012-02-01", None),
        ("3 sept 2012", "2012-09-03", None),
        ("le 1er  août\u202f2021", "2021-08-01", None),
        ("ce lundi 11 mars 2019 à 18h30", "2019-03-11", "18:30"),
        ("27\u00a0octobre\u00a02023 à\u00a015h01 Lecture 1 min.", "2023-10-27", "15:01"),
        ("le 14.09.2020 à 11h46", "2020-09-14", "11:46"),
        ("Publié le 02/11/23 à 16h33", "2023-11-02", "16:33"),
        ("31/01/2019, 18 h", "2019-01-31", "18:00"),
        ("26 | 01 | 2022", "2022-01-26", None),
        ("le 10  mars  2018 à 9 heures", "2018-03-10", "09:00"),
        ("created: 21/01/2021", "2021-01-21", None),
        ("date = 2024-03-17", "2024-03-17", None),
        ("3 mai 2019, 3 heures de débat", "2019-05-03", None),
        ("AOÛT 2021", "2021-08", None),
        ("La lettre n° 39, novembre 2011", "2011-11", None),
        ("Printemps 2016", "2016", None),
        ("2e trimestre 2016", "2016", None),
        ("Friday, March 4th, 2016 at 5:32 PM", "2016-03-04", "17:32"),
        ("7. Mai 2016, 18:05 Uhr", "2016-05-07", "18:05"),
        ("3 de mayo de 2014", "2014-05-03", None),
        ("2020年07月12日", "2020-07-12", None),
    ],
)
def test_a_date_is_read(text: str, value: str, time: str | None) -> None:
    assert [(found.value, found.time) for found in written(text)] == [(value, time)]


@pytest.mark.parametrize(
    "text",
    [
        "02 99 12 05 20 18",
        "02.40.12.05.19",
        "version 1.2.10",
        "31 02 2020",
        "30 février 2019",
        "sept salariés",
        "3 marseillais en 2019",
        "60 ans",
        "SIRET 301 940 219 00012",
        "7 rue de la Scop",
        "12/13 2019",
        "",
    ],
)
def test_what_is_no_date_is_not_read(text: str) -> None:
    assert values(text) == []


@pytest.mark.parametrize("month", range(1, 13))
def test_every_month_is_read_in_full_and_short(month: int) -> None:
    expected = [f"2019-{month:02d}-05"]
    assert values(f"5 {MONTHS[month - 1]} 2019") == expected
    assert values(f"5 {SHORT[month - 1]} 2019") == expected


def test_two_dates_that_run_together_are_told_apart() -> None:
    text = "Publié le 2 nov. 2023 à 16:00Mis à jour le 3 nov. 2023 à 09:16"
    assert [(found.value, found.time) for found in written(text)] == [
        ("2023-11-02", "16:00"),
        ("2023-11-03", "09:16"),
    ]


def test_numbers_are_american_only_when_asked() -> None:
    assert values("05/03/2019") == ["2019-03-05"]
    assert values("05/03/2019", month_first=True) == ["2019-05-03"]
    assert values("25/03/2019", month_first=True) == ["2019-03-25"]
    assert values("03/25/2019") == ["2019-03-25"]


def test_offsets_give_the_exact_wording() -> None:
    text = "Nantes, le 1er févr. 2024 à 9h30."
    (found,) = written(text)
    assert text[found.start : found.end] == "1er févr. 2024 à 9h30"


@given(DAYS, st.sampled_from(["{d} {m} {y}", "{w} {d} {m} {y}", "Publié le {d} {s} {y}", "{d2} {m2} {y}"]))
def test_any_day_written_in_french_is_read_back(day: date, form: str) -> None:
    text = form.format(
        d="1er" if day.day == 1 else day.day,
        d2=f"{day:%d}",
        m2=f"{day:%m}",
        y=day.year,
        m=MONTHS[day.month - 1],
        s=SHORT[day.month - 1],
        w=WEEKDAYS[day.weekday()],
    )
    assert values(text) == [day.isoformat()]


@given(DAYS, st.sampled_from("/.-"))
def test_any_day_in_figures_is_read_back(day: date, mark: str) -> None:
    assert values(f"{day:%d}{mark}{day:%m}{mark}{day:%Y}") == [day.isoformat()]
    assert values(day.isoformat()) == [day.isoformat()]


FORMS = st.sampled_from(
    (
        *("12 mai 2019", "lundi 3 juin 2024", "May 7th, 2016", "2019-01-31", "14.09.2020", "20 09 2018"),
        *("vendredi 12/04", "juin 2021", "Toussaint 2020, le 1er novembre", "automne 2022", "le 12 avril"),
    )
)
FILLERS = st.text(st.sampled_from("abcé ,.\n"), max_size=150).map(lambda text: f" ; {text} ; ")


@given(st.lists(st.tuples(FILLERS, FORMS), max_size=4), FILLERS)
def test_a_long_text_holds_the_dates_that_its_pieces_hold(pieces: list[tuple[str, str]], end: str) -> None:
    text = "".join(filler + form for filler, form in pieces) + end
    assert values_or_days(text) == [one for _, form in pieces for one in values_or_days(form)]


def values_or_days(text: str) -> list[tuple[int | None, int | None, int | None]]:
    return [(found.year, found.month, found.day) for found in written(text)]


@given(st.text() | st.text(st.sampled_from("ÀÉœŒ’«\u00a0\n aZ№Ж")))
def test_a_text_is_folded_as_its_characters_are(text: str) -> None:
    assert fold(text) == "".join(_FOLDED.get(ord(char), char) for char in text)


@given(st.lists(st.sampled_from(["mars", "mai", "seille", "dec", ".", " ", "2", "_", "²", "é"])).map("".join))
def test_months_are_found_where_their_expression_finds_them(text: str) -> None:
    expected = [match.start() for match in re.finditer(rf"(?<![^\W\d_]){MONTH}", text)]
    assert months_in(text, 0, len(text)) == expected


@given(st.text(alphabet="0123456789 /.-|:hàdelmars\u00a0\n", max_size=80))
def test_no_text_raises(text: str) -> None:
    for found in written(text):
        assert 0 <= found.start < found.end <= len(text)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("il y a 3 jours", "2023-02-19"),
        ("Posté il y a deux semaines", "2023-02-08"),
        ("il y a 5 heures", "2023-02-22"),
        ("il y a 9 heures", "2023-02-21"),
        ("avant-hier", "2023-02-20"),
        ("hier", "2023-02-21"),
        ("Hier soir", "2023-02-21"),
        ("aujourd’hui", "2023-02-22"),
        ("2 weeks ago", "2023-02-08"),
    ],
)
def test_days_are_counted_back_from_the_fetch(text: str, value: str) -> None:
    found = relative(text, SEEN)
    assert found is not None
    assert found.value == value


@pytest.mark.parametrize("text", ["il y a 3 mois", "il y a longtemps", "hiérarchie", "cahier"])
def test_vague_times_are_not_counted(text: str) -> None:
    assert relative(text, SEEN) is None


def test_a_weekday_may_choose_an_earlier_year() -> None:
    found = nearest(written("lundi 11 mars")[0], date(2023, 2, 22), date(2023, 2, 22), back=6)
    assert found is not None
    assert found.value == "2019-03-11"


@pytest.mark.parametrize(
    ("text", "base", "value"),
    [
        ("mercredi 21 novembre", date(2018, 9, 20), "2018-11-21"),
        ("mercredi 21 novembre", date(2019, 1, 31), "2018-11-21"),
        ("le 3 janvier", date(2018, 12, 20), "2019-01-03"),
        ("le 20 décembre", date(2019, 1, 3), "2018-12-20"),
        ("le 16 mars", date(2020, 4, 4), "2020-03-16"),
    ],
)
def test_a_day_without_its_year_takes_the_nearest_that_fits(text: str, base: date, value: str) -> None:
    found = nearest(written(text)[0], base)
    assert found is not None
    assert found.value == value
