import pytest

from archive.serve import cells


def _address(table: str, key: object) -> str:
    return f"/archive/{table}/{key}"


CHIP = '<a class="chip" href="/a?departments__arraycontains={}">{}</a>'
MOMENT = "2026-01-05T03:12:00+00:00"


@pytest.mark.parametrize(
    ("column", "value", "shown"),
    [
        ("published", "2018-09", '<time datetime="2018-09">septembre 2018</time>'),
        ("start", 12, None),
        ("fetched_at", MOMENT, f'<time datetime="{MOMENT}">5 janvier 2026 à 3\xa0h\xa012 UTC</time>'),
        ("departments", '["91","2A"]', f"{CHIP.format('91', '91')} {CHIP.format('2A', '2A')}"),
        ("departments", "[]", "—"),
        ("departments", '["<b>"]', CHIP.format("%3Cb%3E", "&lt;b&gt;")),
        ("authors", '["Maëlle <T>", "Jo"]', "Maëlle &lt;T&gt;, Jo"),
        ("url", "javascript:alert(1)", None),
        ("url", "https://a.example/'onmouseover='x", None),
        ("kind", "clipping", '<span title="clipping">coupure</span>'),
        ("paywalled", 1, '<span title="1">oui</span>'),
        ("title", "Un titre", None),
        ("published", None, None),
        ("source", {"value": "s", "label": "<S>"}, '<a href="/archive/sources/s">&lt;S&gt;</a>'),
        ("article", {"value": 7, "label": None}, '<a href="/archive/articles/7">Sans titre</a>'),
        ("unknown", {"value": 7, "label": "x"}, None),
    ],
)
def test_a_value_is_shown(column: str, value: object, shown: str | None) -> None:
    assert cells.shown(column, value, _address, "/a") == shown


def test_a_name_in_a_query_s_results_leads_to_what_it_names() -> None:
    assert (
        cells.named("title", "Un <titre>", {"article": 7}, _address)
        == '<a href="/archive/articles/7">Un &lt;titre&gt;</a>'
    )
    assert cells.named("title", "Un titre", {}, _address) is None
