"""A large invented archive: as many articles as asked for, with co-ops, departments, dates and texts."""

import json
import random
from collections.abc import Iterator
from datetime import date, timedelta
from functools import cache
from itertools import accumulate
from pathlib import Path

from sqlite_utils import Database

from archive.gazetteer import departments
from archive.stems.lists import FAMILIES, WORDS
from archive.store.database import prepare

AT = "2026-01-05T03:12:00+00:00"
_FIRST_DAY = date(2010, 1, 1)
_DAYS = 5800
_SOURCES, _OUTLETS, _COOPS = 24, 300, 6000
_BATCH = 2000
_SMALL = WORDS["stop"][:60]


def build(path: Path, articles: int, seed: int = 7) -> None:
    """Write an archive of that many invented articles to ``path``, indexed; a seed always makes the same."""
    chance = random.Random(seed)
    database = Database(path)
    for pragma in ("journal_mode = wal", "synchronous = off", "cache_size = -200000"):
        database.execute(f"pragma {pragma}")
    prepare(database)
    _reference(database, chance)
    for first in range(0, articles, _BATCH):
        with database.atomic():
            _write(database, chance, range(first, min(first + _BATCH, articles)))
        prepare(database)
    database.execute("pragma wal_checkpoint(truncate)")
    database.close()


@cache
def vocabulary() -> list[str]:
    """Return the words of the invented texts, the frequent ones first."""
    listed = [word.rstrip("*") for line in FAMILIES["together"] for word in line.split()]
    chance = random.Random(3)
    names = [
        "".join(chance.choices("bcdfglmnprstv" + "aeiou" * 3, k=chance.randint(5, 9))) for _ in range(30_000)
    ]
    return list(dict.fromkeys(["coopérative", "salariés", "Scop", *listed, *names]))


def _reference(database: Database, chance: random.Random) -> None:
    database["departments"].insert_all(
        {"code": one.code, "name": one.name, "region": one.region, "prefecture": one.prefecture}
        | {"latitude": one.latitude, "longitude": one.longitude}
        for one in departments()
    )
    database["sources"].insert_all(
        {"slug": f"source_{n}", "title": f"Source no {n}", "kind": "press", "home": f"https://s{n}.example/"}
        | {"via": "listing", "publish": "full"}
        for n in range(_SOURCES)
    )
    database["outlets"].insert_all({"id": n, "name": f"Journal no {n}"} for n in range(1, _OUTLETS))
    codes = [one.code for one in departments()]
    words = vocabulary()[1000:]
    database["coops"].insert_all(
        {"id": n, "name": f"{chance.choice(words).title()} {chance.choice(words).title()}", "form": "Scop"}
        | {"department": chance.choice(codes), "status": "directory"}
        for n in range(1, _COOPS + 1)
    )


def _write(database: Database, chance: random.Random, numbers: range) -> None:
    rows = list(_articles(chance, numbers))
    columns = ("source", "url", "role", "status", "fetched_at", "digest", "file", "offset", "length")
    database.conn.executemany(
        f"insert into captures (id, {', '.join(columns)})"
        " values (?, ?, ?, 'article', 200, ?, 'd', 'f', ?, 1)",
        ((row["id"], row["source"], row["url"], AT, row["id"]) for row in rows),
    )
    database["articles"].insert_all(rows)
    for row in rows:
        _facts(database, chance, int(str(row["id"])), json.loads(str(row["departments"])))


def _facts(database: Database, chance: random.Random, article: int, codes: list[str]) -> None:
    database.conn.executemany(
        "insert into mentions (article, coop, name, surface, field, start, end, rule)"
        " values (?, ?, 'x', 'x', 'text', ?, ?, 'directory')",
        ((article, int(_COOPS * chance.random() ** 3) + 1, at, at + 12) for at in (10, 300)),
    )
    database.conn.executemany(
        "insert into article_departments (article, department, via, evidence, field, start, end)"
        " values (?, ?, 'code', 'x', 'text', 40, 44)",
        ((article, code) for code in codes),
    )


def _articles(chance: random.Random, numbers: range) -> Iterator[dict[str, object]]:
    words, codes = vocabulary(), [one.code for one in departments()]
    weights = list(accumulate(1 / (rank + 8) for rank in range(len(words))))
    for number in numbers:
        day = _FIRST_DAY + timedelta(chance.randrange(_DAYS))
        text = _text(chance, words, weights, chance.randint(80, 280))
        yield {
            "id": number * 7919 % 1_000_003 + 1,
            "source": f"source_{number % _SOURCES}",
            "kind": "article" if number % 5 else "clipping",
            "title": " ".join(chance.choices(words, cum_weights=weights, k=8)).capitalize(),
            "published": day.isoformat() if number % 50 else None,
            "published_precision": "day",
            "published_rule": "line",
            "year": str(day.year) if number % 50 else None,
            "outlet": number % _OUTLETS or None,
            "departments": json.dumps(sorted(set(chance.choices(codes, k=chance.randint(0, 3))))),
            "language": "fr",
            "text": text,
            "words": len(text.split()),
            "url": f"https://s{number % _SOURCES}.example/{number}",
            "capture": number * 7919 % 1_000_003 + 1,
            "first_seen": AT,
            "last_seen": AT,
        }


def _text(chance: random.Random, words: list[str], weights: list[float], length: int) -> str:
    chosen = chance.choices(words, cum_weights=weights, k=length)
    small = chance.choices(_SMALL, k=length)
    told = [word for pair in zip(small, chosen, strict=True) for word in pair]
    lines = [" ".join(told[at : at + 60]).capitalize() + "." for at in range(0, len(told), 60)]
    return "\n".join(lines)
