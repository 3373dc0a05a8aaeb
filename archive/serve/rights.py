"""What of an article may be shown, and to whom? ``publish`` of its source, and the take-downs."""

from typing import TYPE_CHECKING, Any, Final

from archive.serve.typography import typeset

if TYPE_CHECKING:
    from datasette.app import Datasette

Row = dict[str, Any]

EXCERPT: Final = 300  # characters of a text whose source grants an excerpt
NOTICES: Final = {
    "full": "Texte reproduit avec l’accord de sa source ; il appartient à son éditeur.",
    "excerpt": "Extrait : le texte entier se lit chez son éditeur, à qui il appartient.",
    "link": "La source ne permet pas de montrer le texte : il se lit chez son éditeur.",
}
"""What a reader is told of each way of publishing."""

KEPT_INSIDE: Final = {
    "excerpt": "Montré à l’équipe seule : la source ne permet d’en publier qu’un extrait.",
    "link": "Montré à l’équipe seule : la source ne permet d’en publier que le titre et l’adresse.",
}
"""What those who see a text whole are told when the public does not."""


def notice(publish: str | None, public: bool) -> str:
    """Return what is to be said under a text; empty where its source says nothing.

    >>> notice("link", public=False)
    'Montré à l’équipe seule\\xa0: la source ne permet d’en publier que le titre et l’adresse.'
    """
    return typeset((NOTICES if public else NOTICES | KEPT_INSIDE).get(publish or "", ""))


OPEN_TABLES: Final = frozenset({"coops", "departments", "outlets", "sources"})
"""The tables that the public may read row by row: none holds a text, or what was taken down."""


def is_public(datasette: "Datasette") -> bool:
    """Tell whether the archive is served to the public, who sees what rights and take-downs allow."""
    return bool((datasette.plugin_config("coopress") or {}).get("public"))


def is_allowed(action: str, resource: object) -> bool | None:
    """Say whether the public may do something with the archive; ``None`` leaves it to Datasette.

    >>> is_allowed("view-table", ("archive", "coops")), is_allowed("view-table", ("archive", "articles"))
    (None, False)
    >>> is_allowed("execute-sql", "archive")
    False
    """
    if action in {"view-instance", "view-database"}:
        return None
    if action == "view-table" and isinstance(resource, tuple) and resource[1] in OPEN_TABLES:
        return None
    return False


def shown(public: bool, column: str = "id") -> str:
    """Return the SQL condition for the articles that may be named at all.

    >>> shown(False)
    '1'
    """
    return f"{column} not in (select article from takedowns)" if public else "1"


def applied(row: Row, public: bool) -> Row:
    """Return an article's row with its text cut to what ``row["publish"]`` grants the public.

    >>> applied({"publish": "link", "text": "Un texte."}, public=True)["text"]
    ''
    >>> applied({"publish": "link", "text": "Un texte."}, public=False)["text"]
    'Un texte.'
    """
    publish = row.get("publish")
    if not public or publish == "full":
        return row
    return {**row, "text": cut(row.get("text") or "") if publish == "excerpt" else ""}


def cut(text: str) -> str:
    """Return the beginning of a text, ending with a whole word and three dots where something is left out."""
    if len(text) <= EXCERPT:
        return text
    end = text.rfind(" ", EXCERPT // 2, EXCERPT)
    return f"{text[: end if end > 0 else EXCERPT]}…"
