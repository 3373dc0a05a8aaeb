"""Every kind of page in a browser: readable by all, usable by keyboard, narrow, dark, without script."""

from typing import Any

import pytest

from .conftest import FIRST_HOSTILE, PAYLOADS, Open, violations

KINDS = {
    "home": "/",
    "search": "/recherche?q=coop%C3%A9rative",
    "no result": "/recherche?q=introuvable",
    "article": "/a/1002",
    "copy": "/c/2026-01-05T030000-union/4096",
    "undated article": "/a/1001",
    "versions": "/a/1002/versions",
    "coop": "/archive/coops/1",
    "department": "/archive/departments/91",
    "outlet": "/archive/outlets/1",
    "source": "/archive/sources/union_bocage",
    "press review": "/presse?par=mois&jour=2018-09-02",
    "handed out review": "/presse/revue?par=mois&jour=2018-09-02&mot=Bonjour",
    "charts": "/graphiques",
    "api": "/api",
    "guide": "/guide",
    "dictionary": "/dictionnaire",
    "rules": "/-/regles",
    "table": "/archive/articles",
    "database": "/archive",
    "query": "/archive/most_mentioned_coops",
    "sql": "/archive?sql=select+name+from+coops",
    "row": "/archive/captures/1",
    "error": "/absent",
    "failed query": "/archive?sql=select+nom+from+coops",
}
HOSTILE_PATHS = (
    *(f"/a/{FIRST_HOSTILE + number}" for number in range(len(PAYLOADS))),
    *(f"/archive/coops/{FIRST_HOSTILE + number}" for number in range(0, len(PAYLOADS), 5)),
    *(f"/archive/outlets/{FIRST_HOSTILE + number}" for number in range(0, len(PAYLOADS), 5)),
    f"/a/{FIRST_HOSTILE}/versions",
    "/recherche?q=hostile",
    "/recherche?q=<script>window.pwned=1</script>",
    "/presse?par=mois&jour=2024-05-01&q=%22%3E<script>window.pwned=1</script>",
    "/archive/articles?_search=hostile",
    "/archive/events",
    "/",
)


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("kind", KINDS)
def test_a_page_is_accessible_and_fits_320_pixels(opened: Open, kind: str, scheme: str) -> None:
    page = opened(KINDS[kind], width=320, color_scheme=scheme)
    page.evaluate("document.querySelectorAll('details').forEach(one => one.open = true)")
    assert violations(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
    page.set_viewport_size({"width": 1200, "height": 900})
    assert violations(page) == []


@pytest.mark.parametrize("path", HOSTILE_PATHS)
def test_nothing_scraped_or_typed_runs(opened: Open, path: str) -> None:
    page = opened(path)
    page.wait_for_load_state("networkidle")
    for mark in page.query_selector_all("mark a, summary")[:10]:
        mark.hover()
    assert page.evaluate("window.pwned") is None
    assert page.url.partition("?")[0].endswith(path.partition("?")[0])
    own = page.evaluate("document.querySelectorAll('script, iframe, base, img, object, main style').length")
    assert own == 0


def test_the_policy_stops_a_script_that_got_in(opened: Open) -> None:
    page = opened("/")
    page.evaluate("document.body.insertAdjacentHTML('beforeend', '<img src=x onerror=window.pwned=1>')")
    page.wait_for_timeout(100)
    assert page.evaluate("window.pwned") is None


def test_a_reader_searches_opens_and_goes_back_by_keyboard_alone(opened: Open) -> None:
    page = opened("/")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    page.keyboard.press("Enter")
    assert page.url.endswith("#contenu")
    page.focus("#recherche")
    page.keyboard.type("salariées departement:91")
    page.keyboard.press("Enter")
    page.wait_for_url("**/recherche?q=*")
    assert "29 articles" in page.inner_text(".result")
    page.focus(".latest a")
    page.keyboard.press("Enter")
    page.wait_for_url("**/a/*")
    page.focus(".text mark a")
    assert "Coopérative" in page.evaluate(
        "getComputedStyle(document.querySelector('.text mark a:focus'), '::after').content"
    )


@pytest.mark.parametrize("kind", ["home", "search", "article", "press review", "table"])
def test_focus_is_always_seen(opened: Open, kind: str) -> None:
    page = opened(KINDS[kind])
    for _ in range(25):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement === document.body"):
            break  # past the last
        style = page.evaluate(
            "(() => { const s = getComputedStyle(document.activeElement);"
            " return [s.outlineStyle, parseFloat(s.outlineWidth)] })()"
        )
        assert style[0] != "none"
        assert style[1] >= 2


def test_everything_works_without_script(opened: Open) -> None:
    page = opened("/", java_script_enabled=False)
    page.fill("#recherche", "coopérative")
    page.click("button")
    assert page.locator(".latest li").count() == 20
    page.click("text=Page suivante")
    assert "page=2" in page.url
    page.click(".latest a")
    assert page.locator(".text p").count() > 0


def test_the_map_draws_its_departments(opened: Open) -> None:
    page = opened("/")
    page.wait_for_load_state("networkidle")
    box: Any = page.evaluate("document.querySelector('.map use').getBBox().width")
    assert box > 5


@pytest.mark.parametrize("ending", ["csv", "jsonl", "atom", "feed.json", "ics", "bib", "ris", "csl.json"])
def test_a_selection_is_taken_away(opened: Open, address: str, ending: str) -> None:
    page = opened("/recherche?q=coop%C3%A9rative")
    link = page.get_attribute(f".takeaway a[href*='recherche.{ending}']", "href")
    response = page.request.get(address + link)
    assert response.ok
    assert len(response.body()) > 200


def test_printing_leaves_the_text(opened: Open) -> None:
    page = opened("/a/1002")
    page.emulate_media(media="print")
    assert not page.is_visible("header.site")
    assert page.is_visible(".text")


def test_an_officer_ticks_articles_and_hands_them_out(opened: Open, address: str) -> None:
    page = opened("/presse?par=mois&jour=2018-09-02")
    boxes = page.locator(".ticked input")
    assert boxes.count() > 2
    for number in (0, 2):
        boxes.nth(number).check()
    page.click("button >> text=Composer >> nth=0")
    page.wait_for_url("**/presse/revue?*")
    page.fill("#titre", "Revue de rentrée")
    page.click("text=Mettre à jour")
    page.wait_for_url("**titre=Revue**", wait_until="networkidle")
    assert page.inner_text(".handout h1") == "Revue de rentrée"
    assert page.locator(".handout .item").count() == 2
    address_of_two = page.url
    page.click(".handout .tools >> text=ôter >> nth=0")
    page.wait_for_url(lambda url: url != address_of_two, wait_until="networkidle")
    assert page.locator(".handout .item").count() == 1
    page.emulate_media(media="print")
    assert not page.is_visible(".making")
    draft = page.get_attribute("a[href*='revue.eml']", "href")
    assert page.request.get(address + draft).headers["content-type"] == "message/rfc822"
