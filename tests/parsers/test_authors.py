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
        ("<p><a class='Meta_author__Kp4x9'>Zoé Roy</a></p>", ("Zoé Roy",)),
        ("<p class='wp-block-post-author__name'>Zoé Roy</p>", ("Zoé Roy",)),
        ("<p>Au micro Zoé Roy</p>", ("Zoé Roy",)),
        ("<p>3 mai 2019 (modifié le 5 mai 2019) — Zoé Roy</p>", ("Zoé Roy",)),
        (
            "<p><i class='material-icons'>edit</i> <span itemprop='author'><i class='material-icons'>edit</i> Zoé</span></p>",
            ("Zoé",),
        ),
        ("<div>Auteur</div><div>Zoé Roy</div>", ("Zoé Roy",)),
        ("<p>Trois allers-retours par jour entre Redon et Vitré sont publiés.</p>", ()),
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
        ("<meta name='author' content='eZ Systems'>", ()),
        ("<meta name='author' content='Agence Trident'>", ()),
        ("<meta name='author' content='Agence Littoral Presse'>", ("Agence Littoral Presse",)),
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


def test_a_second_author_whom_only_the_reader_sees_is_named_too():
    head = '<script type="application/ld+json">{"@type":"Article","headline":"Le pont","author":{"name":"Zoé Roy"}}</script>'
    assert signed("<h4 class='author-name'>Zoé Roy, Ali Ba</h4>", head) == ("Zoé Roy", "Ali Ba")


def test_a_site_that_calls_itself_author_is_none():
    banner = "<header><a rel='author' href='/'>Entraide & Labeur</a></header>"
    head = f"<meta property='og:site_name' content='Entraide & Labeur'>{banner}"
    assert signed("<p><span itemprop='author'>Zoé Roy</span></p>", head) == ("Zoé Roy",)


def test_an_author_marked_below_the_text_is_read():
    markup = f"<meta charset='utf-8'><article><h1>Le pont</h1>{BODY * 4}<div itemprop='author'><span itemprop='name'>Zoé Roy</span></div></article>"
    page = Page("https://a.example/x", markup.encode())
    document = parse(page)
    assert article(document, structured(document), page).authors == ("Zoé Roy",)
