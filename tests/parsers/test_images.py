# ruff: noqa: E501  # markup is quoted as sites write it
import pytest

from archive.models import Image, Page
from archive.parsers.json_record import as_json
from archive.parsers.records import records

LONG = "Les associés ont voté, à main levée, l’achat d’une presse qui tiendra dans la cour, sous le tilleul."
MORE = "Reste à trouver la route par laquelle elle viendra, car le pont est étroit et le maire prudent."


def seen(inner: str) -> tuple[Image, ...]:
    body = f"<html><head><meta charset='utf-8'><title>La presse</title></head><body>{inner}</body></html>"
    return records(Page("https://a.example/n/presse", body.encode()))[0].images


def article(picture: str) -> str:
    return (
        f"<article><h1>La presse</h1><div class='texte'><p>{LONG}</p>{picture}<p>{MORE}</p></div></article>"
    )


@pytest.mark.parametrize(
    ("picture", "caption"),
    [
        ("<img src='/i/presse.jpg'>", None),
        (
            "<figure><img src='/i/presse.jpg'><figcaption>La presse <b>bleue</b>.</figcaption></figure>",
            "La presse bleue.",
        ),
        (
            "<div class='wp-caption'><img src='/i/presse.jpg'><p class='wp-caption-text'>La cour</p></div>",
            "La cour",
        ),
        (
            "<dl class='spip_documents'><dt><img src='../i/presse.jpg'></dt><dd class='spip_doc_descriptif'>La cour</dd></dl>",
            "La cour",
        ),
        ("<img src='/i/presse.jpg'><p class='legende'>La cour</p>", "La cour"),
        ("<img src='data:image/gif;base64,AA' data-src='/i/presse.jpg'>", None),
        ("<img srcset='/i/presse.jpg 800w, /i/presse-2.jpg 1600w'>", None),
    ],
)
def test_pictures_of_the_body_are_absolute_and_keep_their_caption(picture, caption):
    assert seen(article(picture)) == (Image("https://a.example/i/presse.jpg", caption),)


@pytest.mark.parametrize(
    "picture",
    [
        "<img src='/i/logo.png'>",
        "<img src='/i/p.gif' width='1' height='1'>",
        "<img class='avatar' src='/i/jeanne.jpg'>",
        "<img src='data:image/png;base64,AA'>",
        "<div class='related'><a href='/x'><img src='/i/x.jpg'>Un autre article</a></div>",
    ],
)
def test_icons_pixels_portraits_and_teasers_are_no_pictures_of_the_article(picture):
    assert seen(article(picture)) == ()


def test_the_picture_between_headline_and_body_is_the_articles_and_one_in_the_sidebar_is_not():
    inner = f"<main><h1>La presse</h1><div><img src='/i/une.jpg'></div><div class='texte'><p>{LONG}</p><p>{MORE}</p></div><aside><img src='/i/pub.jpg'></aside></main>"
    assert seen(inner) == (Image("https://a.example/i/une.jpg"),)


def test_captions_are_no_part_of_the_text_and_stand_in_the_json_after_the_links():
    inner = article("<figure><img src='/i/a.jpg'><figcaption>Sous le tilleul</figcaption></figure>")
    body = f"<html><head><meta charset='utf-8'></head><body>{inner}</body></html>"
    shape = as_json(records(Page("https://a.example/x", body.encode()))[0])
    assert shape["text"] == f"{LONG}\n{MORE}"
    assert shape["images"] == [{"url": "https://a.example/i/a.jpg", "caption": "Sous le tilleul"}]
    assert list(shape)[list(shape).index("links") + 1] == "images"
