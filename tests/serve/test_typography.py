"""No line of a page begins with a sign, or ends with an opening guillemet."""

import html
import re

import pytest
from datasette.app import Datasette

from archive.serve.typography import typeset, typeset_html

PAGES = (
    *("/", "/recherche?q=absent", "/a/1002", "/a/1002/versions", "/c/2026-01-05T030000-union/4096"),
    *("/presse?par=mois&jour=2018-09-02", "/presse/revue?a=1002&a=1003", "/graphiques", "/guide", "/api"),
    *(
        "/dictionnaire",
        "/-/regles",
        "/archive",
        "/archive/articles",
        "/archive/coops/1",
        "/archive/captures/1",
    ),
    *("/archive/departments/91", "/archive/sources/union_bocage", "/archive/outlets/1", "/absent"),
    *("/archive/articles?_search=fournil&year__gte=2018", "/archive/articles?_sort=absent"),
)

TITLED = ("Assemblée générale : une", "Dix ans !")  # as publishers write: nobody sets their titles anew


@pytest.mark.parametrize(
    ("text", "right"),
    [
        ("« ici »", "«\xa0ici\xa0»"),
        ("Qui ? Moi !", "Qui\u202f? Moi\u202f!"),
        ("à 8:30, http://a.example : oui", "à 8:30, http://a.example\xa0: oui"),
        ("n° 7", "n°\xa07"),
        ("date:2020 ; a", "date:2020\u202f; a"),
        ("a ? b : c", "a\u202f? b\xa0: c"),
        (" : la suite d’une valeur", "\xa0: la suite d’une valeur"),
        ("déjà\xa0: fait\u202f!", "déjà\xa0: fait\u202f!"),
        ("l'un (=1) != 2", "l'un (=1) != 2"),
    ],
)
def test_spaces_do_not_break_where_french_wants_none(text: str, right: str) -> None:
    assert typeset(text) == right
    assert typeset(right) == right


def test_code_is_left_alone() -> None:
    code = "<pre>x ? y : z</pre><code>« a »</code>"
    assert typeset_html(f"Vrai ?{code}") == f"Vrai\u202f?{code}"


@pytest.mark.parametrize("path", PAGES)
async def test_no_page_leaves_a_sign_alone(archive: Datasette, path: str) -> None:
    page = (await archive.client.get(path)).text
    page = re.sub(r"<(pre|code|style|textarea)\b.*?</\1>", "", page, flags=re.DOTALL)
    read = html.unescape(re.sub(r"<[^>]+>", "", page))
    for title in TITLED:
        read = read.replace(title, "")
    assert re.findall(r".{0,20}\w [:;?!»](?=\s|$)|« \w.{0,20}", read) == []
