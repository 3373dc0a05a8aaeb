"""An invented archive: two unions, a newspaper, a clipping board; sixty articles and their facts."""

import asyncio
import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from datasette.app import Datasette
from sqlite_utils import Database

from archive.serve.run import instance
from archive.store import stem_index
from archive.store.migrations import migrations

HOSTILE = "<script>alert('titre')</script>"
HOSTILE_TEXT = "<img src=x onerror=alert('texte')> & \"guillemets\"\nFin du texte hostile."
TEXT = (
    "La coopérative Les Ateliers de l’Yvette fête ses dix ans.\n"
    "Née d’une transmission aux salariés, cette Scop d’Orsay, dans l’Essonne, emploie aujourd’hui trente "
    "personnes et met en œuvre une charpente en bois local.\n\n"
    "Le rendez-vous est pris le mercredi 21 novembre à 8 h 30 à la maison des associations, avec la Scic "
    "Graines de Bièvre."
)
OTHER_DATES = json.dumps(
    [
        {"value": "2018-05-03", "rule": "url", "evidence": "2018/05/03"},
        {"value": "2018-05", "rule": "line", "evidence": HOSTILE},
    ]
)
WHEN = "mercredi 21 novembre à 8 h 30"
AT = "2026-01-05T03:12:00+00:00"

SOURCES = [
    ("union_bocage", "Union du Bocage", "union", "https://bocage.example/", "listing", "full"),
    ("union_rivages", "Union des Rivages", "union", "https://rivages.example/", "sitemap", "full"),
    ("le_courrier", "Le Courrier des deux rives", "press", "https://courrier.example/", "feed", "excerpt"),
    ("planche", "Coupures du Bocage", "board", "https://planche.example/bocage/", "board", "link"),
    ("muette", "Blog des Tisserands", "blog", "https://tisserands.example/", "listing", "full"),
]
TITLES = [
    "Dix ans pour Les Ateliers de l’Yvette",
    "Une transmission aux salariés réussie à Créteil",
    "Le Fournil du Faubourg ouvre une deuxième boutique",
    "Les coopératives d’activité font leur rentrée",
    "Assemblée générale : une année de coopération",
]
# One line a table: its columns, then its rows.
TABLES: list[tuple[str, str, list[tuple[object, ...]]]] = [
    ("sources", "slug title kind home via publish", SOURCES),
    (
        "departments",
        "code name region prefecture",
        [
            ("2A", "Corse-du-Sud", "Corse", "Ajaccio"),
            ("75", "Paris", "Île-de-France", "Paris"),
            ("91", "Essonne", "Île-de-France", "Évry-Courcouronnes"),
            ("94", "Val-de-Marne", "Île-de-France", "Créteil"),
        ],
    ),
    (
        "coops",
        "id name form commune department website status",
        [
            (1, "Les Ateliers de l’Yvette", "Scop", "Orsay", "91", "https://yvette.example/", "directory"),
            (2, "Graines de Bièvre", "Scic", None, "91", None, "discovered"),
            (3, "Le Fournil du Faubourg", "Scop", "Paris", "75", None, "directory"),
            (4, HOSTILE, HOSTILE, HOSTILE, "75", "javascript:alert(1)", "directory"),
        ],
    ),
    ("coop_aliases", "coop alias", [(1, "Ateliers Yvette"), (4, HOSTILE)]),
    (
        "outlets",
        "id name domain",
        [(1, "Le Courrier des deux rives", "courrier.example"), (2, "Radio", None)],
    ),
    ("crawls", "id started_at finished_at sources requests new", [(1, AT, AT, '["union_bocage"]', 140, 60)]),
    ("clusters", "id lead size", [(1, 1001, 2)]),
    (
        "events",
        "id article start what place evidence evidence_start evidence_end",
        [
            (
                1,
                1002,
                "2018-11-21T08:30",
                "Petit-déjeuner",
                "Orsay",
                WHEN,
                TEXT.index(WHEN),
                TEXT.index(WHEN) + 29,
            ),
            (2, 1004, "2999-01-15", "Salon des coopératives", None, "15 janvier", None, None),
        ],
    ),
    (
        "links",
        "id article url text",
        [(1, 1002, "https://yvette.example/", "le site"), (2, 1014, "javascript:alert(1)", "piège")],
    ),
    (
        "images",
        "id article url caption",
        [
            (1, 1002, "https://yvette.example/atelier.jpg", "L’atelier d’Orsay"),
            (2, 1014, "javascript:alert(1)", HOSTILE),
        ],
    ),
    (
        "versions",
        "id article capture digest title text published seen_at",
        [
            (1, 1002, 1, "a", "Dix ans", "Court.", "2017-08-30", "2026-01-04T03:00:00+00:00"),
            (2, 1002, 2, "b", "Dix ans !", TEXT, "2017-09-02", "2026-01-05T03:00:00+00:00"),
        ],
    ),
    (
        "problems",
        "id source crawl url stage error at",
        [(1, "muette", 1, "https://tisserands.example/", "fetch", "le site ne répond pas", AT)],
    ),
    (
        "corrections",
        "id subject key field value who why at",
        [(1, "article", "1001", "title", "Juste", "é", "f", AT)],
    ),
    ("takedowns", "id article who why at", [(1, 9999, "équipe", "demande de l’éditeur", AT)]),
    ("saved_searches", "id title query created_at", [(1, "Transmission", "transmission", AT)]),
]


@pytest.fixture(scope="session")
def archive_path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("data") / "archive.db"
    build(path)
    return path


@pytest.fixture(scope="session")
def archive(archive_path: Path) -> Iterator[Datasette]:
    """Serve the invented archive to all tests; nothing of Datasette's is bound to one event loop."""
    served = instance(archive_path)
    asyncio.run(served.invoke_startup())
    yield served
    for database in served.databases.values():
        database.close()
    served.executor.shutdown(wait=True)


def build(path: Path) -> None:
    """Write the invented archive; every table has a row that a page can show."""
    db = Database(path)
    migrations.apply(db)
    for table, names, rows in TABLES:
        db[table].insert_all(dict(zip(names.split(), row, strict=True)) for row in rows)
    db["captures"].insert_all(captures())
    db["articles"].insert_all(articles())
    db.execute("update articles set gone_at = ? where id = 1005", [AT])
    db.execute("update articles set cluster = 1 where id in (1001, 1006)")
    db.execute("update articles set published_others = ? where id in (1002, 1014)", [OTHER_DATES])
    for article in list(db.query("select id, text from articles")):
        facts(db, article["id"], article["text"])
    hostile = {"article": 1014, "field": "text", "start": 0, "end": 30}
    db["mentions"].insert(
        hostile | {"coop": 4, "name": HOSTILE, "surface": HOSTILE_TEXT[:30], "rule": HOSTILE}
    )
    db["article_departments"].insert(hostile | {"department": "75", "via": HOSTILE, "evidence": HOSTILE})
    stem_index.refresh(db)
    db.conn.commit()
    db.close()


def captures() -> Iterator[dict[str, object]]:
    for number in range(60):
        yield {
            "id": number + 1,
            "source": SOURCES[number % 4][0],
            "url": f"{SOURCES[number % 4][3]}actualites/{number}",
            "role": "article",
            "status": 200,
            "content_type": "text/html; charset=utf-8",
            "fetched_at": AT,
            "digest": f"sha1:{number:032d}",
            "file": "2026-01-05T030000-union.warc.gz",
            "offset": number * 4096,
            "length": 4000,
            "state": "read",
            "tdm_reservation": "1" if number == 0 else None,
        }


def articles() -> Iterator[dict[str, object]]:
    for number in range(60):
        slug, _, _, home, _, _ = SOURCES[number % 4]
        year, clipping = 2016 + number % 10, slug == "planche"
        day, month = f"{year}-09-{number % 28 + 1:02d}", f"{year}-05"
        published = day if number % 7 else month if number % 2 else None
        yield {
            "id": 1001 + number,
            "source": slug,
            "kind": "clipping" if clipping else "article",
            "title": {13: HOSTILE, 14: None}.get(number, f"{TITLES[number % 5]} ({number})"),
            "kicker": "Vie des coopératives" if number % 3 == 0 else None,
            "published": published,
            "published_time": "08:15" if number % 7 == 1 else None,
            "published_precision": {10: "day", 7: "month"}.get(len(published or "")),
            "published_rule": "label" if published else None,
            "published_evidence": f"Publié en {year}" if published else None,
            "year": published[:4] if published else None,
            "outlet": {"le_courrier": 1, "planche": 2}.get(slug),
            "authors": json.dumps(["Maëlle Tessier"] if number % 4 else [], ensure_ascii=False),
            "departments": json.dumps(["91"] if number % 2 else ["75", "94"] if number % 5 else []),
            "language": "fr",
            "text": text(number),
            "words": len(text(number).split()),
            "url": f"{home}actualites/{number}",
            "board": home if clipping else None,
            "original": f"https://courrier.example/{number}" if clipping else None,
            "position": number if clipping else None,
            "capture": number + 1,
            "first_seen": AT,
            "last_seen": AT,
        }


def text(number: int) -> str:
    if number == 13:
        return HOSTILE_TEXT
    return TEXT if number % 2 else f"Rencontre no {number} des coopératrices et coopérateurs à Créteil (94)."


def facts(db: Database, article: int, text: str) -> None:
    """Note the two co-ops and the two departments wherever the text names them."""
    for coop, name in ((1, "Les Ateliers de l’Yvette"), (2, "Graines de Bièvre")):
        if (start := text.find(name)) >= 0:
            place = {"field": "text", "start": start, "end": start + len(name)}
            fact = {"article": article, "coop": coop, "name": name, "surface": name, "rule": "directory"}
            fact |= {"confidence": 0.9, "status": "directory" if coop == 1 else "ambiguous"}
            db["mentions"].insert(fact | place)
    for code, via, name in (("91", "name", "Essonne"), ("94", "commune", "Créteil")):
        if (start := text.find(name)) >= 0:
            place = {"field": "text", "start": start, "end": start + len(name)}
            db["article_departments"].insert(
                {"article": article, "department": code, "via": via, "evidence": name} | place
            )
