"""What does a text call a co-op? The words for the legal forms, and what is called so without being one."""

import re

from archive.gazetteer import fold

# A space within a line.
SPACE = r"[ \u00a0\u202f]"
_ADJECTIVES = (
    r"(?:agricole|viticole|ouvrière|maritime|laitière|boulangère|céréalière|artisanale|ostréicole|citoyenne"
    r"|énergétique|culturelle|familiale|locale|régionale|nationale|funéraire|éolienne|intégrale"
    r"|oléicole|fruitière"
    r"|maraîchère|forestière|industrielle|bretonne|normande|basque|corse|alsacienne|ardéchoise"
    r"|vendéenne|sarthoise"
    r"|historique|numérique|[a-zà-ÿ]{4,14}(?:aise|oise|ienne|éenne|ine|iste|aine|ère|ane))"
)
_ACTIVITY = (
    r"(?:\s(?:d['’]activités?\s(?:et\sd['’]emplois?|et\sd['’]entrepreneurs?)"
    r"|d['’]entrepreneure?s?(?:-salariée?s?)?))"
)
_SOCIETY = (
    r"[Ss]ociétés?\scoopératives?(?:\set\sparticipatives?|\sd['’]intérêt\scollectif"
    r"|\souvrières?(?:\sde\sproduction)?"
    r"|\sde\sproduction|\sagricoles?)?(?:\s\([^()\n]{2,12}\))?"
)
# A word that says « co-op », one or several, with its legal dress: « SCOP-SARL », « Scic SAS ».
FORM = (
    rf"(?:(?:[Ss]cop|SCOP|[Ss]cic|SCIC)s?(?:[\s-](?:ARL|Arl|SARL|Sarl|SAS|SA)\b)?|CAE"
    rf"|(?:e-)?[Cc]oopératives?{_ACTIVITY}?|{_SOCIETY}|COOPÉRATIVES?|COOPERATIVES?)"
)
QUALIFIER = rf"(?:\s(?:[\w-]+ment\s)?{_ADJECTIVES}s?)"
# Businesses that are co-operative: « supermarché coopératif La Halle », « brasserie coopérative X ».
BUSINESS = (
    r"(?:(?i:super(?:ette|marché)|magasin|épicerie|librairie|cave|brasserie|café|cantine|restaurant"
    r"|garage|laiterie|crèche"
    r"|banque|traiteur|fournil|boulangerie|ferme|cinéma|théâtre|atelier|bar|auberge|hôtel|imprimerie"
    r"|maison\sd['’]édition"
    r"|opérateur|opératrice|fournisseur|plateforme|studio|agence|entreprise|usine|scierie|fromagerie"
    r"|distillerie"
    r"|menuiserie|conserverie|groupe|supérette|société|habitat|jardin|gîte|camping|école|centrale"
    r"|taxi|média|journal|éditeur|tiers[- ]lieu)s?)\s(?:\w+\s)?coopérati(?:f|ve)s?(?:\set\s[a-zà-ÿ]+)?"
)
ANY_FORM = re.compile(rf"\b(?:{FORM}|{BUSINESS})(?![\w-])")
# No form can stand in a text without one of these.
_HINT = re.compile(r"[Cc][Oo][Oo][Pp]|[Ss][Cc](?:[Oo][Pp]|[Ii][Cc])|CAE")
# One mention of co-ops, however dressed; counting needs no more.
_MENTION = re.compile(r"\b(?:[Ss]cop|SCOP|[Ss]cic|SCIC)s?\b(?!-)|\bCAE\b|\b(?:[Cc]oopérative|COOP[ÉE]RATIVE)")
# Several co-ops are meant: « les Scop X et Y », « deux CAE », « coopératives ».
PLURAL = re.compile(
    r"(?:\b(?:les|des|aux|deux|trois|quatre|cinq|six|sept|huit|dix|nos|vos|ces|plusieurs|autres"
    r"|quelques|entre|comme)\s(?:\w+\s)?"
    r"(?:Sco[pP]s?|SCOPS?|Scics?|SCICS?|CAE)|oopératives|OOPÉRATIVES|Scops|SCOPs|Scics"
    r"|SCICs)(?![\w-])[^,;:.\n]{0,60}$",
    re.IGNORECASE,
)

# A page on heat pumps: SCOP is a coefficient there.
_HEATING = re.compile(
    r"pompes?\sà\schaleur|coefficient\sde\sperformance|\bETAS\b|\bSEER\b|heat\spumps?|climatiseurs?"
    r"|saisonnier",
    re.IGNORECASE,
)
# The words that make « Scop » a company on such a page all the same.
_COMPANY = re.compile(r"coopérati(?:f|ve)|\bScic|sociétaires?|associés", re.IGNORECASE)


def speaks_of_coops(text: str) -> bool:
    """Tell whether a text may hold a form at all: a quick look before the slow ones."""
    return _HINT.search(text) is not None


def mentions(text: str) -> int:
    """Return how often a text speaks of co-ops.

    >>> mentions("Une Scop, deux SCIC et la CAE ; mobiscope, Scoop, coopérer")
    3
    """
    return sum(1 for _ in _MENTION.finditer(text))


def speaks_of_heating(text: str) -> bool:
    """Tell whether SCOP stands for a seasonal coefficient of performance in ``text``."""
    return len(_HEATING.findall(text)) > 1 and not _COMPANY.search(text)


def form_of(words: str) -> str:
    """Return the usual spelling of a form: ``Scop``, ``Scic``, ``CAE`` or ``coopérative``.

    >>> [form_of(w) for w in ("SCOP-SARL", "société coopérative d'intérêt collectif", "caves coopératives")]
    ['Scop', 'Scic', 'coopérative']
    """
    plain = fold(words)
    if plain.startswith("scop") or "et participative" in plain or "ouvriere" in plain:
        return "Scop"
    if plain.startswith("scic") or "interet collectif" in plain:
        return "Scic"
    if plain.startswith("cae") or "activite" in plain or "entrepreneur" in plain:
        return "CAE"
    return "coopérative"
