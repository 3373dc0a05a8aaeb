"""Which legal categories are co-ops, and what is a co-op's form?

Source: INSEE, « Nomenclature des catégories juridiques », level III (insee.fr, file of September 2022).
SARL are 54xx, SA with a board 55xx, SA with a directorate 56xx, civil companies 65xx. Left out although
co-operative: banks (519x, 6595, 6596), housing (5547, 5647), agriculture (CUMA 6316, 6317, 6318), because
these movements have their own press and tens of thousands of local units named after a village.
"""

import re

from archive.gazetteer import fold

# SARL and SA « coopérative de production ».
_SCOP = frozenset(("5458", "5558", "5658"))
_COOPS = _SCOP | frozenset(
    (
        "5203",  # general partnership
        *("5307", "5309"),  # limited partnerships
        *("5443", "5543", "5643", "6543"),  # building
        *("5451", "5551", "5651", "6551"),  # consumers
        *("5552", "5652"),  # retailers
        *("5453", "5553", "5653"),  # craft
        *("5454", "5554", "5654", "6554"),  # sea
        *("5455", "5555", "5655"),  # transport
        *("5459", "5559", "5659"),  # unions of co-ops
        *("5460", "5560", "5660", "6560"),  # « autre »: the Scic are here
        "6558",  # doctors
    )
)
# A SAS has no co-operative category of its own: the flag of the social economy and the name must say it.
_SAS = frozenset(("5710", "5720"))

_SCIC_WORDS = re.compile(r"\bscic\b|\binteret collectif\b")
_CAE_WORDS = re.compile(r"\bcae\b|\bcooperative d activites?\b")
_SCOP_WORDS = re.compile(r"\bscop\b|\b(?:ouvriere|cooperative) de production\b|\bparticipative\b")
_COOP_WORDS = re.compile(r"\bcooperati(?:ve|f)s?\b|\bcoop\b")


def form_of_unit(category: str, social_economy: bool, names: str) -> str | None:
    """Return the form of a legal unit, ``None`` when it is no co-op. ``names`` are all its names.

    >>> form_of_unit("5458", True, "LAVOIR NEUF"), form_of_unit("5560", True, "SCIC GRAND PRE")
    ('Scop', 'Scic')
    >>> form_of_unit("5710", True, "PEDALE SCOP"), form_of_unit("5710", True, "PEDALE")
    ('Scop', None)
    >>> form_of_unit("5485", True, "CABINET SCOP")  # doctors' and lawyers' SELARL
    """
    said = form_in_words(names)
    if category in _SCOP:
        return said if said in ("Scic", "CAE") else "Scop"
    if category in _COOPS:
        return said or "coopérative"
    if category in _SAS and social_economy:
        return said
    return None


def form_in_words(words: str) -> str | None:
    """Return the form that a name or a legal form written out says, ``None`` when it says no co-op.

    >>> form_in_words("SARL coopérative de production (SCOP)"), form_in_words("Association déclarée")
    ('Scop', None)
    """
    plain = fold(words)
    if _SCIC_WORDS.search(plain):
        return "Scic"
    if _CAE_WORDS.search(plain):
        return "CAE"
    if _SCOP_WORDS.search(plain):
        return "Scop"
    return "coopérative" if _COOP_WORDS.search(plain) else None


def is_category(code: str) -> bool:
    """Tell whether four digits are the category of a co-op."""
    return code in _COOPS
