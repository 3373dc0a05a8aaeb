import pytest

from archive.parsers.coop_keys import key


@pytest.mark.parametrize(
    "other",
    ["EBS Le Relais Bleu", "relais bleu", "LE RELAIS BLEU", "Scic Le Relais-Bleu", "Relais Bleu SARL"],
)
def test_spellings_of_one_name_share_a_key(other: str) -> None:
    assert key(other) == key("Le Relais Bleu")


@pytest.mark.parametrize("other", ["Le Relais Vert", "Le Relais", "Relais Bleu Habitat"])
def test_other_names_have_other_keys(other: str) -> None:
    assert key(other) != key("Le Relais Bleu")


@pytest.mark.parametrize("name", ["La Coop", "CAE 29", "L'", "SA"])
def test_a_name_of_small_words_keeps_them(name: str) -> None:
    assert key(name)
