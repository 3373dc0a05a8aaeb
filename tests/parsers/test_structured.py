"""What a page declares is read, and mended where publishers commonly break it."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.models import Page
from archive.parsers.html import parse
from archive.parsers.structured import Structured, is_sold, string, structured

URL = "https://journal.example/2021/la-scop-a-dix-ans"


def read(head: str) -> Structured:
    return structured(parse(Page(URL, f"<html><head>{head}</head><body><p>Texte</p></body></html>".encode())))


def script(text: str) -> str:
    return f'<script type="application/ld+json">{text}</script>'


@pytest.mark.parametrize(
    "text",
    [
        '{"@type": "NewsArticle", "headline": "La Scop"}',
        '[{"@type": "Organization"}, {"@type": "NewsArticle", "headline": "La Scop"}]',
        '{"@graph": [{"@type": "WebSite"}, {"@type": ["Article", "NewsArticle"], "headline": "La Scop"}]}',
        '{"@type": "WebPage", "mainEntity": {"@type": "Article", "headline": "La Scop"}}',
        '<!--\n{"@type": "Article", "headline": "La Scop"}\n-->',
        '//<![CDATA[\n{"@type": "Article", "headline": "La Scop"}\n//]]>',
        '{"@type": "Article", "headline": "La Scop", "keywords": ["a", "b",],}',
        '{"@type": "Article", "headline": "La Scop", "description": "deux\nlignes"}',
        '{"@type": "Article", "headline": "La Scop"};',
        '{"@type": "Organization"}\n{"@type": "BlogPosting", "headline": "La Scop"}',
        "{&quot;@type&quot;: &quot;Article&quot;, &quot;headline&quot;: &quot;La Scop&quot;}",
        '{"@type": "Article", "description": "la « Scop » dite "du Bocage"", "headline": "La Scop"}',
        '{"@type": "https://schema.org/Report", "headline": "La Scop"}',
    ],
)
def test_the_article_node_is_found_in_every_shape(text: str) -> None:
    node = read(script(text)).article
    assert node is not None
    assert node["headline"] == "La Scop"


def test_the_article_with_the_page_s_own_address_wins() -> None:
    others = [
        {"@type": "Article", "headline": f"Autre {n}", "url": f"https://journal.example/{n}"}
        for n in range(3)
    ]
    own = {"@type": "Article", "headline": "La Scop", "mainEntityOfPage": {"@id": f"{URL}/"}}
    node = read(script(json.dumps([*others, own]))).article
    assert node is not None
    assert node["headline"] == "La Scop"


def test_a_mere_web_page_is_the_last_resort() -> None:
    page = '{"@type": "WebPage", "datePublished": "2021-05-03"}'
    assert read(script(page)).article == {"@type": "WebPage", "datePublished": "2021-05-03"}
    assert read(script('{"@type": "Organization"}')).article is None


def test_references_lead_to_their_node() -> None:
    data = read(script('{"@graph": [{"@id": "#a", "@type": "Person", "name": "Ada Morvan"}]}'))
    node = data.node([{"@id": "#a"}])
    assert node is not None
    assert node["name"] == "Ada Morvan"
    assert data.node({"@id": "#b"}) == {"@id": "#b"}
    assert data.node("Ada Morvan") is None


def test_meta_tags_are_read_by_any_of_their_attributes() -> None:
    data = read(
        '<meta name="DC.Date" content="2019-01-31"><meta property="og:title" content="Un">'
        '<meta itemprop="author" content="A"><meta property="og:title" content="Deux">'
        '<meta http-equiv="Last-Modified" content="x"><meta name="vide" content=" ">'
    )
    assert data.first("dc.date") == "2019-01-31"
    assert data.every("og:title") == ("Un", "Deux")
    assert data.first("absent", "author") == "A"
    assert data.first("last-modified") == "x"
    assert data.first("vide") is None


def test_the_canonical_link_is_absolute() -> None:
    assert read('<link rel="canonical" href="/scop">').canonical == "https://journal.example/scop"
    assert read('<link rel="stylesheet" href="/scop.css">').canonical is None


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("L&#039;atelier ", "L'atelier"),
        (["", "b"], "b"),
        ({"@value": 3}, "3"),
        (True, None),
        (None, None),
        ("", None),
    ],
)
def test_values_become_text(value: object, expected: str | None) -> None:
    assert string(value) == expected


@given(st.text(alphabet='{}[]",:\\ @graphtype1\n&;<!-', max_size=200))
def test_no_broken_json_raises(text: str) -> None:
    assert isinstance(read(script(text)), Structured)


def test_deeply_nested_json_is_given_up() -> None:
    assert read(script("[" * 100_000)).nodes == ()


@pytest.mark.parametrize(
    ("head", "sold"),
    [
        (script('{"@type": "NewsArticle", "isAccessibleForFree": false}'), True),
        (script('{"@type": "NewsArticle", "isAccessibleForFree": "False"}'), True),
        (
            script(
                '{"@type": "Article", "hasPart": {"isAccessibleForFree": "false", "cssSelector": ".suite"}}'
            ),
            True,
        ),
        ('<meta property="article:content_tier" content="locked">', True),
        ('<meta property="article:content_tier" content="free">', False),
        (script('{"@type": "NewsArticle", "isAccessibleForFree": true}'), False),
        (script('{"@type": "NewsArticle", "headline": "La Scop"}'), False),
    ],
)
def test_publishers_say_what_is_sold(head: str, sold: bool):
    assert is_sold(read(head)) is sold
