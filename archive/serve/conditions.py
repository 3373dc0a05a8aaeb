"""Which rows are shown? The filters, search and order of a table page, in French."""

from collections.abc import Callable, Iterable

from archive.serve.typography import typeset

OPERATORS = {
    "exact": "est",
    "not": "n’est pas",
    "contains": "contient",
    "endswith": "finit par",
    "startswith": "commence par",
    "gt": "après / plus de (>)",
    "gte": "à partir de (≥)",
    "lt": "avant / moins de (<)",
    "lte": "jusqu’à (≤)",
    "like": "ressemble à (like)",
    "notlike": "ne ressemble pas à (not like)",
    "glob": "suit le motif (glob)",
    "in": "est l’un de (a, b, c)",
    "notin": "n’est aucun de (a, b, c)",
    "arraycontains": "comprend",
    "arraynotcontains": "ne comprend pas",
    "date": "tombe le jour",
    "isnull": "est absent",
    "notnull": "est présent",
    "isblank": "est vide",
    "notblank": "n’est pas vide",
}
"""What each of Datasette's filters is called in its menu."""

_WITHOUT_VALUE = {"isnull", "notnull", "isblank", "notblank"}
_SIGNS = {"gt": ">", "gte": "≥", "lt": "<", "lte": "≤"}


def described(
    arguments: Iterable[tuple[str, str]], label: Callable[[str], str], value: Callable[[str, str], str]
) -> str:
    """Say in French what the arguments of a table page's address ask for; empty when they ask for all.

    ``label`` names a column, ``value`` writes one of its values.

    >>> described([("_search", "fournil"), ("year__gte", "2018")], str.capitalize, lambda column, text: text)
    'contenant «\\xa0fournil\\xa0», Year ≥ 2018'
    """
    parts = (_part(key, text, label, value) for key, text in arguments)
    return typeset(", ".join(part for part in parts if part))


def ordered(sort: str | None, sort_desc: str | None, label: Callable[[str], str]) -> str:
    """Say in French how the rows are ordered.

    >>> ordered(None, "published", lambda column: "Paru le")
    'triés par «\\xa0Paru le\\xa0», ordre décroissant'
    """
    if sort_desc:
        return typeset(f"triés par « {label(sort_desc)} », ordre décroissant")
    return typeset(f"triés par « {label(sort)} », ordre croissant") if sort else ""


def _part(key: str, text: str, label: Callable[[str], str], value: Callable[[str, str], str]) -> str:
    if key == "_search":
        return f"contenant « {text} »" if text else ""
    if key.startswith("_search_"):
        return f"contenant « {text} » dans « {label(key.removeprefix('_search_'))} »"
    if key == "_coop":
        return f"citant « {value(key, text)} »" if text else ""
    if key == "_through":
        return "liés à une autre table"
    column, _, operator = key.rpartition("__") if "__" in key else (key, "", "exact")
    if (key.startswith("_") and "__" not in key) or operator not in OPERATORS:
        return ""
    if operator in _WITHOUT_VALUE:
        return f"« {label(column)} » {OPERATORS[operator]}"
    if operator in _SIGNS:
        return f"{label(column)} {_SIGNS[operator]} {value(column, text)}"
    return f"« {label(column)} » {OPERATORS[operator]} « {value(column, text)} »"
