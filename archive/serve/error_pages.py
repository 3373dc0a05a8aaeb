"""What went wrong? Datasette's English messages in plain French, with a way on."""

import re

from archive.serve.typography import typeset

TITLES = {
    400: "Demande impossible à satisfaire",
    403: "Accès refusé",
    404: "Page introuvable",
    500: "Erreur interne",
}

_INTERRUPTED = "La requête a pris trop de temps et a été arrêtée. Restreignez-la, par exemple par une année."
_READ_ONLY = "Seules les requêtes de lecture (SELECT) sont acceptées : l’archive ne se modifie pas d’ici."

# In order: the first that is found in the message answers; \1 stands for what it caught.
_ANSWERS = (
    (r"^Table not found|^404", "Cette page n’existe pas, ou plus, dans l’archive."),
    (r"^Database not found", "Il n’y a pas de base de ce nom ; l’archive s’appelle « archive »."),
    (
        r"^Copy withheld",
        "Cette copie n’est pas montrée : sa notice, à la même adresse sans la fin, dit pourquoi.",
    ),
    (
        r"^Copy damaged",
        "La copie n’est plus telle qu’elle a été reçue, ou n’est pas à sa place : elle n’est pas servie.",
    ),
    (
        r"^Record not found",
        "Aucune fiche ne porte ce numéro ; elle a pu être retirée par l’éditeur.",
    ),
    (
        r"Cannot sort table by (.{1,80})",
        "On ne peut pas trier par « \\1 » : la table n’a pas cette colonne.",
    ),
    (r"_sort and _sort_desc", "Un seul ordre de tri à la fois."),
    (r"Cannot search by that column", "On ne peut pas chercher dans cette colonne."),
    (r"^_n?o?col=(.{1,80}) - invalid", "Cette table n’a pas de colonne « \\1 »."),
    (r"_size must be <= (\d+)", "Au plus \\1 lignes par page."),
    (r"_size must be", "Le nombre de lignes par page doit être un entier positif."),
    (r"_facet= is not allowed", "Les décomptes par valeur sont désactivés ici."),
    (r"took too long|interrupted", _INTERRUPTED),
    (r"must be a SELECT|not.{0,20}allowed|readonly", _READ_ONLY),
    (
        r"download is forbidden",
        "La base ne se télécharge pas d’ici ; les exports CSV et JSON, si.",
    ),
    (
        r"You do not have permission",
        "Cette page n’est pas ouverte à tous. Les articles, eux, se cherchent et se lisent ici.",
    ),
    (r"^no such column: (.{1,80})", "Il n’y a pas de colonne « \\1 »."),
    (r"^no such function: (.{1,80})", "Il n’y a pas de fonction « \\1 »."),
    (r"^near \"(.{1,80})\": syntax error", "La requête n’est pas correcte près de « \\1 »."),
    (r"^incomplete input", "La requête s’arrête trop tôt : il y manque quelque chose."),
    (r"^ambiguous column name: (.{1,80})", "Plusieurs tables ont une colonne « \\1 » : dites laquelle."),
    (r"^no such table: (.{1,80})", "Il n’y a pas de table « \\1 »."),
    (r"^fts5: syntax error", "Cette recherche avancée n’est pas une expression FTS5 correcte."),
)


def title(status: int) -> str:
    """Return the heading of an error page.

    >>> title(404), title(418)
    ('Page introuvable', 'Erreur 418')
    """
    return TITLES.get(status, f"Erreur {status}")


def explained(status: int, message: str) -> str:
    """Return what to tell the reader of an error; the cause of an internal one stays in the log.

    >>> explained(400, "Cannot sort table by couleur")
    'On ne peut pas trier par «\\xa0couleur\\xa0»\\xa0: la table n’a pas cette colonne.'
    >>> explained(500, "KeyError('x')")
    'La page n’a pas pu être faite. Le détail est dans le journal du serveur.'
    """
    if status >= 500:
        return "La page n’a pas pu être faite. Le détail est dans le journal du serveur."
    for pattern, answer in _ANSWERS:
        if match := re.search(pattern, message):
            return typeset(match.expand(answer))
    return typeset(f"SQLite ou Datasette répond : {message}")
