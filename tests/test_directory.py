from pathlib import Path

import pytest

from archive.directory import Directory, is_siren, read_csv
from archive.errors import DirectoryError
from archive.models import CoopEntry

HEAD = "name,form,siren,commune,department,website,aliases\n"


def written(path: Path, text: str) -> Path:
    file = path / "annuaire.csv"
    file.write_text(text, encoding="utf-8")
    return file


def test_a_row_becomes_an_entry(tmp_path: Path) -> None:
    rows = "Maille & Toile,Scop Arl,732 829 320,Cholet,49,https://maille.example,Maille et Toile; M&T\n"
    assert read_csv(written(tmp_path, HEAD + rows)) == (
        [
            CoopEntry(
                "Maille & Toile",
                "Scop Arl",
                "732829320",
                "Cholet",
                "49",
                "https://maille.example",
                ("Maille et Toile", "M&T"),
            )
        ],
        [],
    )


def test_bad_rows_are_reported_with_their_line_and_the_rest_goes_in(tmp_path: Path) -> None:
    rows = "Bonne,,,,,,\n,Scop,,,,,\nFausse,,732829321,,,,\nAilleurs,,,,99,,\n"
    entries, problems = read_csv(written(tmp_path, HEAD + rows))
    assert [entry.name for entry in entries] == ["Bonne", "Fausse", "Ailleurs"]
    assert problems == [
        "line 3: no name, row left out",
        "line 4: SIREN « 732829321 » is wrong, left out",
        "line 5: unknown department « 99 », left out",
    ]


def test_a_name_filed_under_its_noun_gets_its_article_back(tmp_path: Path) -> None:
    entries, _ = read_csv(written(tmp_path, "name;department\nATELIER (L');Ain\nMoulin (Le);2a\n"))
    assert [(entry.name, entry.department) for entry in entries] == [("L'ATELIER", "01"), ("Le Moulin", "2A")]


def test_a_file_without_a_name_column_is_refused(tmp_path: Path) -> None:
    with pytest.raises(DirectoryError, match="name"):
        read_csv(written(tmp_path, "nom,siren\nA,1\n"))


def test_a_missing_file_is_refused(tmp_path: Path) -> None:
    with pytest.raises(DirectoryError, match="rien"):
        read_csv(tmp_path / "rien.csv")


def test_a_siren_passes_the_luhn_check() -> None:
    assert is_siren("732829320")
    assert not is_siren("732829302")


DIRECTORY = Directory(
    [
        CoopEntry("Maille & Toile"),
        CoopEntry("Coop'Habitat", aliases=("CoopHabitat",)),
        CoopEntry("Ardoise Bleue"),
        CoopEntry("Ardoise"),
        CoopEntry("L'Œuvre"),
    ]
)


@pytest.mark.parametrize(
    ("text", "surface"),
    [
        ("chez MAILLE ET TOILE.", "MAILLE ET TOILE"),
        ("chez Maille&Toile.", "Maille&Toile"),
        ("le Coop’habitat du coin", "Coop’habitat"),
        ("le CoopHabitat du coin", "CoopHabitat"),
        ("les Ardoises bleues", "Ardoises bleues"),
        ("à l’œuvre", "l’œuvre"),
        ("l'ardoise,\nbleue", "ardoise"),
    ],
)
def test_a_name_is_found_whatever_its_spelling(text: str, surface: str) -> None:
    assert [text[match.start : match.end] for match in DIRECTORY.matches(text)] == [surface]


@pytest.mark.parametrize("text", ["ardoisière", "Maille. Et Toile", "coop habita", ""])
def test_only_whole_words_within_a_sentence_match(text: str) -> None:
    assert list(DIRECTORY.matches(text)) == []


def test_namesakes_come_together() -> None:
    directory = Directory([CoopEntry("Le Moulin", department="26"), CoopEntry("LE MOULIN", department="56")])
    (match,) = directory.matches("au moulin, Le Moulin")
    assert [entry.department for entry in match.entries] == ["26", "56"]


@pytest.mark.parametrize("text", ["du Moulin", "au Moulin", "chez le Moulin", "au moulin, du moulin, Moulin"])
def test_a_contracted_article_hides_a_name_only_without_its_capital(text: str) -> None:
    found = Directory([CoopEntry("Le Moulin")]).matches(text)
    assert len(found) == ("Moulin" in text and "," not in text)


def test_an_empty_directory_finds_nothing() -> None:
    assert list(Directory([]).matches("Ardoise Bleue")) == []
