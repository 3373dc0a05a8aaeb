import pytest

from archive.errors import PageError
from archive.models import Page, Record
from archive.parsers.records import records

URL = "urn:sha1:ABC#lettre.eml"


def read(body: bytes) -> Record:
    (record,) = records(Page(URL, body))
    return record


HEAD = (
    "From: =?utf-8?q?Union_des_ateliers_du_Berry?= <lettre@union.example>\r\n"
    "Subject: =?utf-8?q?La_lettre_n=C2=B0_12_=3A_une_menuiserie_change_de_mains?=\r\n"
    "Date: Mon, 04 Mar 2019 23:30:00 +0000\r\n"
    "MIME-Version: 1.0\r\n"
)
PLAIN = (
    "Bonjour à tous,\r\n\r\nLes neuf salariés de la menuiserie Copeaux, à Vierzon (18),\r\n"
    "en sont les propriétaires depuis lundi.\r\n\r\nPour vous désabonner, cliquez ici.\r\n"
)
PAGE = (
    '<html><body><p><a href="https://l.example/v">Voir cette lettre dans votre navigateur</a></p><table>'
    "<tr><td><h1>Une menuiserie change de mains</h1><p>Les neuf salariés de la menuiserie Copeaux, à Vierzon "
    "(18), en sont les propriétaires depuis le premier lundi de mars.</p></td></tr>"
    "<tr><td><h2>Deux fours pour trois boulangers</h2>"
    "<p>À Châteauroux, la Scop Levain Commun ouvre une deuxième boutique.</p></td></tr>"
    "</table><p>Vous recevez ce message car vous êtes abonné.</p></body></html>"
)


def test_a_plain_letter_gives_subject_sender_and_day_in_paris():
    record = read((HEAD + "Content-Type: text/plain; charset=utf-8\r\n\r\n" + PLAIN).encode())
    assert (record.kind, record.title) == ("article", "La lettre n° 12 : une menuiserie change de mains")
    assert record.outlet == "Union des ateliers du Berry"
    assert record.published is not None
    found = record.published
    assert (found.value, found.time, found.rule) == ("2019-03-05", "00:30", "mail_date")
    assert record.text.splitlines() == [
        "Bonjour à tous,",
        "Les neuf salariés de la menuiserie Copeaux, à Vierzon (18), en sont les propriétaires depuis lundi.",
    ]


def test_a_newsletter_is_a_publication_and_keeps_all_its_news_but_nothing_about_itself():
    parts = (
        "List-Unsubscribe: <https://l.example/u>\r\nContent-Type: multipart/alternative; boundary=B\r\n\r\n"
        f"--B\r\nContent-Type: text/plain; charset=utf-8\r\n\r\n{PLAIN}\r\n"
        f"--B\r\nContent-Type: text/html; charset=utf-8\r\n\r\n{PAGE}\r\n--B--\r\n"
    )
    record = read((HEAD + parts).encode())
    assert record.kind == "publication"
    assert "Levain Commun" in record.text
    assert "premier lundi de mars" in record.text
    assert "navigateur" not in record.text
    assert "Vous recevez" not in record.text


@pytest.mark.parametrize("charset", ["iso-8859-1", "x-inconnu", "utf-8"])
def test_letters_in_other_character_sets_are_read(charset: str):
    coding = "iso-8859-1" if charset != "utf-8" else "utf-8"
    body = (HEAD + f"Content-Type: text/plain; charset={charset}\r\n\r\n").encode() + PLAIN.encode(coding)
    assert "salariés" in read(body).text


DEEP = "".join(f"Content-Type: multipart/mixed; boundary=B{n}\r\n\r\n--B{n}\r\n" for n in range(900))
HOSTILE = {
    "nothing in it": (HEAD + "Content-Type: application/zip\r\n\r\nPK", "the e-mail has no text"),
    "nested without end": (HEAD + DEEP, "more than 500 parts"),
    "many parts": (
        HEAD + "Content-Type: multipart/mixed; boundary=B\r\n\r\n" + "--B\r\n\r\nx\r\n" * 2_000 + "--B--",
        "more than 500 parts",
    ),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_letter_is_named(name: str):
    body, said = HOSTILE[name]
    with pytest.raises(PageError) as error:
        read(body.encode())
    assert str(error.value).startswith(f"{URL}: ")
    assert said in str(error.value)


@pytest.mark.parametrize(
    "head",
    [
        HEAD.replace("Mon, 04 Mar 2019 23:30:00 +0000", "bientôt"),
        HEAD.replace("Mon, 04 Mar 2019 23:30:00 +0000", "Mon, 99 Foo 0000 99:99:99 +9999"),
        HEAD.replace("=?utf-8?q?Union_des_ateliers_du_Berry?=", "=?x-inconnu?b?%%%?="),
        HEAD + "Content-Transfer-Encoding: base64\r\n",
        HEAD + "Content-Type: multipart/mixed\r\n",
    ],
)
def test_wrong_headers_cost_no_more_than_what_they_say(head: str):
    try:
        record = read((head + "\r\n" + PLAIN).encode())
    except PageError as error:
        assert str(error).startswith(f"{URL}: ")
    else:
        assert record.title == "La lettre n° 12 : une menuiserie change de mains"
