# ruff: noqa: E501  # markup is quoted as sites write it
import pytest

from archive.models import Page
from archive.parsers.articles import article
from archive.parsers.html import parse
from archive.parsers.structured import structured

BODY = "<p>Les associés ont voté, à main levée, l’achat d’une presse qui tiendra dans la cour, sous le tilleul.</p>"


def signed(byline: str, head: str = "") -> tuple[str, ...]:
    markup = f"<meta charset='utf-8'>{head}<article><h1>Le pont</h1>{byline}{BODY}</article>"
    page = Page("https://a.example/x", markup.encode())
    document = parse(page)
    return article(document, structured(document), page).authors


@pytest.mark.parametrize(
    ("byline", "names"),
    [
        ("<p>Par Jeanne Le Goff</p>", ("Jeanne Le Goff",)),
        ("<p>Par Jeanne Le Marrec, le 3 mai 2019</p>", ("Jeanne Le Marrec",)),
        ("<p>Publié le 3 mai 2019 par Ali Ba et Zoé Roy</p>", ("Ali Ba", "Zoé Roy")),
        ("<p>ALP - le 24.05.2023 à 6h02</p>", ("ALP",)),
        ("<p>Printemps 2016 · par Collectif · 1 min de lecture</p>", ("Collectif",)),
        ("<p><a rel='author' href='/a'>Zoé Roy</a></p>", ("Zoé Roy",)),
        ("<div><span class='signature'>Zoé Roy</span> <span>Publié le 5 mai 2018</span></div>", ("Zoé Roy",)),
        ("<p>Par Zoé Roy, journaliste à Nantes</p>", ("Zoé Roy",)),
        ("<p class='byline'>La rédaction</p>", ("La rédaction",)),
        ("<p>Publié le 3 mai 2019</p>", ()),
        ("<p>Adopté par les associés</p>", ()),
    ],
)
def test_the_visible_byline_is_read(byline, names):
    assert signed(byline) == names


@pytest.mark.parametrize(
    ("head", "names"),
    [
        (
            '<script type="application/ld+json">{"@type":"NewsArticle","headline":"Le pont","author":[{"@type":"Person","name":"Zoé Roy"}]}</script>',
            ("Zoé Roy",),
        ),
        ("<meta name='author' content='Zoé Roy'>", ("Zoé Roy",)),
        (
            "<meta name='author' content='Union régionale'><title>Le pont - Union régionale de l’Est</title>",
            (),
        ),
        ("<meta name='author' content='admin'>", ()),
        ("<meta name='author' content='https://social.example/zoe'>", ()),
    ],
)
def test_declared_authors_are_people_and_not_the_site(head, names):
    assert signed("", head) == names


def test_a_signature_below_the_text_is_read_and_placeholders_are_not():
    foot = "<p>Article mis en ligne le 28 mai 2016 par Solveig Amar, technicienne</p>"
    page = Page(
        "https://a.example/x",
        f"<meta charset='utf-8'><meta name='author' content='Super Utilisateur'><article><h1>Le pont</h1>{BODY}{foot}</article>".encode(),
    )
    document = parse(page)
    assert article(document, structured(document), page).authors == ("Solveig Amar",)
    assert signed("", "<meta name='author' content='Votre nom'>") == ()
