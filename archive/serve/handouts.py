"""What does a press review hold that is handed out? Chosen articles under headings, as page, e-mail and text.

It leaves the house: whoever makes it, texts are shown as the public may see them, and nothing taken down.
"""

from collections.abc import Iterable
from email.message import EmailMessage
from email.policy import SMTP
from itertools import groupby
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from archive.serve import cells, french, rights
from archive.serve.search import unaccented
from archive.serve.typography import typeset

if TYPE_CHECKING:
    from datasette.database import Database

Row = dict[str, Any]

MOST: Final = 200
"""Articles in one press review."""

GROUPS: Final = {
    "jour": "par jour",
    "titre": "par titre de presse",
    "cooperative": "par coopérative",
    "departement": "par département",
}
TEXTS: Final = {"extraits": "des extraits", "entiers": "les textes entiers, où leur source l’accorde"}

_NAMED = """
select m.article, c.name, coalesce(c.department, '') as department
from mentions m join coops c on c.id = m.coop where m.article in ({marks}) order by m.id
"""
_PLACED = """
select x.article, d.code, d.name from article_departments x join departments d on d.code = x.department
where x.article in ({marks}) order by x.id
"""


class Wanted(NamedTuple):
    """What its maker asks for: headings (a key of ``GROUPS``), texts (of ``TEXTS``), a title and a word."""

    groups: str
    texts: str
    title: str
    word: str


class Group(NamedTuple):
    """Articles under one heading."""

    heading: str
    articles: list[Row]


def wanted(groups: str, texts: str, title: str, word: str) -> Wanted:
    """Return what is asked for; what cannot be read is the usual.

    >>> wanted("couleur", "", " ", "")
    Wanted(groups='jour', texts='extraits', title='Revue de presse', word='')
    """
    return Wanted(
        groups if groups in GROUPS else "jour",
        texts if texts in TEXTS else "extraits",
        title.strip()[:200] or "Revue de presse",
        word.strip()[:5000],
    )


async def shown_ids(db: "Database", ids: Iterable[int]) -> list[int]:
    """Return those of the ids that are articles and may be handed out, in order, ``MOST`` at most."""
    asked = list(dict.fromkeys(ids))[:MOST]
    sql = f"select id from articles where id in ({_marks(asked)}) and {rights.shown(True)}"
    there = {row[0] for row in (await db.execute(sql, asked)).rows}
    return [identifier for identifier in asked if identifier in there]


async def completed(db: "Database", rows: list[Row], texts: str) -> list[Row]:
    """Return articles with what is shown of each: paragraphs, co-ops and departments that they name.

    ``rows`` come cut to what the public may see.
    """
    ids = [row["id"] for row in rows]
    coops = await _by_article(db, _NAMED, ids)
    places = await _by_article(db, _PLACED, ids)
    return [
        row
        | {
            "paragraphs": _paragraphs(row, texts),
            "signed": ", ".join(cells.listed(row["authors"])),
            "coops": _distinct(one["name"] for one in coops.get(row["id"], [])),
            "departments": _distinct(f"{one['name']} ({one['code']})" for one in places.get(row["id"], [])),
        }
        for row in rows
    ]


def grouped(rows: list[Row], groups: str) -> list[Group]:
    """Return the articles under their headings: days as they come, names in order, without one last.

    An article stands under one heading, the first that it names.
    """

    def key(row: Row) -> str:
        if groups == "titre":
            return str(row["outlet_name"])
        if groups in {"cooperative", "departement"}:
            named = row["coops" if groups == "cooperative" else "departments"]
            return str(named[0]) if named else ""
        return str(row["published"] or "")

    if groups != "jour":
        rows = sorted(rows, key=lambda row: (not key(row), unaccented(key(row))))
    return [Group(_heading(groups, value), list(found)) for value, found in groupby(rows, key)]


def text(review: Row) -> str:
    """Return a press review as plain text, for the body of an e-mail."""
    lines = [review["title"], review["span"], ""]
    if review["word"]:
        lines += [review["word"], ""]
    lines += [french.count(review["total"], "article"), ""]
    for group in review["groups"]:
        lines += [group.heading.upper(), ""]
        for row in group.articles:
            lines += [row["title"] or "Sans titre", _told(row)]
            lines += [*row["paragraphs"], row["address"], ""]
    return "\n".join([*lines, *review["rights"], ""])


def message(review: Row, page: str) -> bytes:
    """Return a press review as a draft that mail programs open: text and HTML, nobody's address on it."""
    mail = EmailMessage(policy=SMTP)
    mail["Subject"] = f"{review['title']}, {review['span']}"
    mail["X-Unsent"] = "1"  # Outlook opens it to be sent
    mail.set_content(text(review))
    mail.add_alternative(page, subtype="html")
    return mail.as_bytes()


def notices(rows: list[Row]) -> list[str]:
    """Return what is to be said of the rights in the articles of a press review."""
    found = ["Les textes appartiennent à leurs éditeurs. Chaque titre mène à l’article chez celui-ci."]
    if any(row["publish"] != "full" for row in rows):
        found.append(
            "Les articles de presse sont cités par un extrait ou leur seul titre : en diffuser le texte"
            " entier demande l’accord de leur éditeur ou du Centre français d’exploitation du droit de"
            " copie (CFC)."
        )
    if any(row["publish"] == "full" for row in rows):
        found.append("Les textes des unions et fédérations sont repris avec leur accord.")
    return [typeset(one) for one in found]


def _paragraphs(row: Row, texts: str) -> list[str]:
    lines = [line for line in (row["text"] or "").splitlines() if line.strip()]
    if texts == "entiers" and row["publish"] == "full":
        return lines
    return [rights.cut(" ".join(lines))] if lines else []


def _told(row: Row) -> str:
    parts = [row["outlet_name"], french.date(row["published"]) if row["published"] else "sans date"]
    return " · ".join([*parts, *([row["signed"]] if row["signed"] else [])])


def _heading(groups: str, value: str) -> str:
    if groups == "jour":
        return french.weekday(value) if value else "Sans date"
    return value or {"cooperative": "Aucune coopérative citée", "departement": "Aucun département"}.get(
        groups, ""
    )


def _distinct(names: Iterable[str]) -> list[str]:
    return list(dict.fromkeys(names))


async def _by_article(db: "Database", sql: str, ids: list[int]) -> dict[int, list[Row]]:
    found: dict[int, list[Row]] = {}
    for row in (await db.execute(sql.format(marks=_marks(ids)), ids)).rows:
        found.setdefault(row["article"], []).append(dict(row))
    return found


def _marks(ids: list[int]) -> str:
    return ", ".join("?" * len(ids))
