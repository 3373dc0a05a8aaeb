"""What do readers need to have loaded? The process that they are copies of loads it once, by importing this.

Much is loaded by the first page that needs it: places, words, expressions. A page of everything is read
before there are copies, so that none of them has to load it, and it is in memory only once.
"""

import gc
from datetime import UTC, datetime

from archive.directory import Directory
from archive.harvest import prepared
from archive.models import Capture, Hints, Page
from archive.parsers.records import records
from archive.reading import attempt
from archive.store.article_rows import ArticleRows
from archive.store.captures import PENDING, CaptureRow

_PAGE = """\
<!doctype html><html lang="fr"><head><meta charset="utf-8"><title>Dix ans de lavoir neuf | Le Bief</title>
<meta property="og:site_name" content="Le Bief"></head><body><header><a href="/">Le Bief</a></header><main>
<article><h1>Dix ans de lavoir neuf</h1><p class="date">Publié le 3 mai 2021 par Odile Massol</p>
<p>La Scop Lavoir Neuf, à Flers (61), et la Scic du Gué, dans l’Orne, ont fêté leurs dix ans avec leurs
salariés, leurs clients et les élus du canton de Vire. Elle emploie 14 personnes, dit le maire de Caen.</p>
<p>« Nous avons tenu parce que chacun a voix au chapitre », résume Odile Massol, gérante de la coopérative.
Elle reçoit le jeudi 12 mai 2022 à 18 h 30 à Niort ; 62 % des associés viendront, selon L’Écho des Rives.</p>
</article></main><aside><p>À lire aussi : le moulin</p></aside><footer>Mentions légales</footer></body>"""


def read() -> list[ArticleRows] | str:
    """Read the page of everything."""
    url, at = "https://bief.example/recits/dix-ans", datetime(2021, 6, 1, tzinfo=UTC)
    page = Page(url, _PAGE.encode(), "text/html; charset=utf-8", at, Hints(kind="press", outlet="Le Bief"))
    row = CaptureRow(0, PENDING, Capture("", "article", url, 200, page.content_type, at, "", "", 0, 0))
    return attempt(lambda: [prepared(row, record) for record in records(page, Directory([]))])


read()
# What is loaded by now stays: the collector need not look at it in any copy, and would copy what it looks at.
gc.freeze()
