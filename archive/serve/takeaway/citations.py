"""How is an article cited? BibTeX, RIS, CSL-JSON, and the meta tags that reference managers read."""

import json
import re
from typing import Any

from archive.serve import french

Row = dict[str, Any]

_BIBTEX = str.maketrans(
    {
        "\\": r"\textbackslash{}",
        "{": r"\{",
        "}": r"\}",
        "~": r"\textasciitilde{}",
        "^": r"\textasciicircum{}",
        **{sign: f"\\{sign}" for sign in "#$%&_"},
    }
)
# Macros of every BibTeX style; a bare number is not one.
_BIBTEX_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_SPACES = re.compile(r"\s+")


def bibtex(row: Row) -> str:
    """Return one BibTeX entry, keyed ``coopress`` and the article's id.

    Styles want an author and a year of an ``@article``: a press article without is a ``@misc``.

    ``row`` has ``id``, ``title``, ``authors`` (a JSON list), ``published`` (a partial ISO date or ``None``),
    ``outlet_name``, ``kind``, ``address`` (the page's), ``permanent`` (ours), ``seen`` (an ISO day).
    """
    year, month, day = _date(row)
    is_article = _is_press(row) and bool(_authors(row)) and bool(year)
    fields = {
        "title": f"{{{_escaped(_title(row))}}}",
        "author": " and ".join(f"{{{_escaped(name)}}}" for name in _authors(row)),
        "journal" if is_article else "howpublished": _escaped(row["outlet_name"]),
        "year": year,
        "day": day.lstrip("0"),
        "url": row["address"],
        "urldate": row["seen"],
        "note": f"Archive : {row['permanent']}",
        "langid": "french" if row.get("language") == "fr" else "",
    }
    lines = [f"  {name} = {{{value}}}," for name, value in fields.items() if value]
    if month:
        lines.append(f"  month = {_BIBTEX_MONTHS[int(month) - 1]},")
    kind = "article" if is_article else "misc"
    return "\n".join([f"@{kind}{{coopress{row['id']},", *lines, "}", ""])


def ris(row: Row) -> str:
    """Return one RIS record, lines ended as the format wants."""
    year, month, day = _date(row)
    tags = [
        ("TY", "NEWS" if _is_press(row) else "ELEC"),
        ("TI", _title(row)),
        *(("AU", name) for name in _authors(row)),
        ("T2", row["outlet_name"]),
        ("PY", year),
        ("DA", f"{year}/{month}/{day}/" if year else ""),
        ("UR", row["address"]),
        ("L2", row["permanent"]),
        ("Y2", (row["seen"] or "").replace("-", "/")),
        ("LA", row.get("language") or ""),
    ]
    lines = [f"{tag}  - {_SPACES.sub(' ', str(value))}" for tag, value in tags if value]
    return "\r\n".join([*lines, "ER  - ", "", ""])


def csl(row: Row) -> Row:
    """Return one CSL-JSON item; a partial date stays partial."""
    parts = [int(part) for part in _date(row) if part]
    seen = [int(part) for part in (row["seen"] or "").split("-") if part]
    item = {
        "id": f"coopress{row['id']}",
        "type": "article-newspaper" if _is_press(row) else "webpage",
        "title": _title(row),
        "author": [{"literal": name} for name in _authors(row)],
        "container-title": row["outlet_name"],
        "issued": {"date-parts": [parts]} if parts else None,
        "accessed": {"date-parts": [seen]} if seen else None,
        "URL": row["address"],
        "archive": "Archive de la presse coopérative",
        "archive_location": row["permanent"],
        "language": row.get("language"),
    }
    return {name: value for name, value in item.items() if value}


def meta(row: Row) -> list[tuple[str, str]]:
    """Return the meta tags of the article's page, names and contents.

    The Highwire names are what Zotero and scholarly search engines read; ``dc.type`` is a type of Zotero's,
    which would otherwise take a newspaper for a scientific journal
    (https://www.zotero.org/support/dev/exposing_metadata).
    """
    year, month, day = _date(row)
    tags = [
        ("citation_title", _title(row)),
        *(("citation_author", name) for name in _authors(row)),
        ("citation_publication_date", "/".join(part for part in (year, month, day) if part)),
        ("citation_journal_title", row["outlet_name"]),
        ("citation_language", row.get("language") or ""),
        ("citation_public_url", row["address"]),
        ("dc.title", _title(row)),
        ("dc.date", row["published"] or ""),
        ("dc.publisher", row["outlet_name"]),
        ("dc.type", "newspaperArticle" if _is_press(row) else "webpage"),
    ]
    return [(name, str(content)) for name, content in tags if content]


def sentence(row: Row) -> str:
    """Return the citation as a reader would write it in French.

    >>> sentence({"id": 1, "title": "Dix ans", "authors": "[]", "published": "2018-05", "kind": "article",
    ...     "outlet_name": "Le Courrier", "address": "https://a.example/1", "permanent": "https://b.example/a/1",
    ...     "seen": "2026-01-05"})
    '« Dix ans », Le Courrier, mai 2018. https://a.example/1 (archive : https://b.example/a/1, vu le 5 janvier 2026).'
    """  # noqa: E501
    written = f", {french.date(row['published'])}" if row["published"] else ", sans date"
    by = f"{', '.join(_authors(row))}, " if _authors(row) else ""
    seen = f", vu le {french.date(row['seen'])}" if row["seen"] else ""
    where = f"{row['address']} (archive : {row['permanent']}{seen})"
    return f"{by}« {_title(row)} », {row['outlet_name']}{written}. {where}."


def _title(row: Row) -> str:
    return _SPACES.sub(" ", row["title"] or "Sans titre").strip()


def _authors(row: Row) -> list[str]:
    try:
        listed = json.loads(row["authors"] or "[]")
    except ValueError:
        return []
    return [_SPACES.sub(" ", str(name)) for name in listed] if isinstance(listed, list) else []


def _date(row: Row) -> tuple[str, str, str]:
    parts = [*(row["published"] or "").split("-"), "", "", ""]
    return parts[0], parts[1], parts[2]


def _is_press(row: Row) -> bool:
    return bool(row["kind"] == "clipping" or row.get("source_kind") == "press" or row.get("outlet"))


def _escaped(text: str) -> str:
    return _SPACES.sub(" ", text).translate(_BIBTEX)
