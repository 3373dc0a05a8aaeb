"""Where does a co-op's name end when small words go on with it? « Malterie vésulienne », « Le Fil rouge »."""

import re

from archive.parsers.coop_forms import are_several
from archive.parsers.coop_names import is_place
from archive.parsers.coop_vocabulary import FIRST_NAMES, FORMS, NAME_ADJECTIVES, TRADES
from archive.parsers.words import folded, word_set

# What may follow a name that goes on in small letters: the end of a clause, or a verb.
_CLAUSE_END = (
    r"(?=\s?(?:[,.;:)(»”\"–—\n]|$)|\s(?:est|a|ont|sont|fête|lance|ouvre|recrute|propose|raconte|joue|fabrique"
    r"|embauche|et|qui|où|dont|à)\b)"
)
# « Malterie vésulienne », « La Manivelle belfortaine »: the people of a town.
_DEMONYM = re.compile(
    r"\s(?P<adjective>[a-zà-ÿ]{3,14}(?:ois|oise|oises|ais|aise|aises|ien|ienne|iennes|iens|éen|éenne|ain|aine|aines))"
    r"(?![\w’'-])"
)
_ADJECTIVE = re.compile(r"\s(?P<adjective>[a-zà-ÿ]{3,12})(?![\w’'-])")
# « L'Usine à idées », « Le Fournil des copains »: « de » and « en » too often lead out of the name.
_COMPLEMENT = re.compile(
    rf"\s(?:(?:(?:des|aux?|du|à|de\sla)\s|de\sl['’])[a-zà-ÿ]{{3,14}}|d['’]ici){_CLAUSE_END}"
)
# « la Scop Pierre et Chaux, à Apt »: one co-op, of which the form is said once.
_PAIR = re.compile(
    r"\s(?:et|&)\s(?P<second>[A-ZÀ-Ý][\w’'-]+)(?=\s?[,.;:)\n»]|\s(?:à|est|a|qui|fête|recrute|embauche|fabrique)\b|$)"
)
_NEAR = 80
_WITH_ARTICLE = re.compile(r"(?:L[ae]s?\s|L['’])[\w’'-]+")
# « Clochard frères », « Vasseur et fils »
_FAMILY = re.compile(r"\s(?:et\s)?(?:frères|sœurs|fils|filles)(?![\w’'-])(?!\s(?:de|du|des|d['’]))")
# Not adjectives of place, and no part of a name.
_NOT_DEMONYM = word_set("mais jamais désormais trois fois moins mois bien main demain prochaine combien rien")


def _is_apart(word: str) -> bool:
    """Tell whether a word after « et » is a person or a place rather than the other half of a name."""
    return folded(word) in FIRST_NAMES | FORMS or is_place(word)


def whole_end(text: str, start: int, end: int) -> int:
    """Return where a name that a form introduces ends when small words go on with it, else ``end``.

    >>> text = "la Scic Malterie vésulienne, la Scop Alma recrute, la Scop L'Usine à idées."
    >>> [text[a:whole_end(text, a, b)] for a, b in ((8, 16), (37, 41), (59, 66))]
    ['Malterie vésulienne', 'Alma', "L'Usine à idées"]
    """
    if family := _FAMILY.match(text, end):
        return family.end()
    surface = text[start:end]
    pair = _PAIR.match(text, end) if " " not in surface else None
    if pair and not _is_apart(pair["second"]) and not are_several(text[max(0, start - _NEAR) : start]):
        return pair.end("second")
    articled = _WITH_ARTICLE.fullmatch(surface) is not None
    if " " in surface and not articled:
        return end
    if articled and (match := _COMPLEMENT.match(text, end)):
        return match.end()
    match = _DEMONYM.match(text, end)
    trade = folded(surface).rpartition(" ")[2] in TRADES or surface.endswith("erie")
    if match and (articled or trade) and match["adjective"] not in _NOT_DEMONYM:
        return match.end("adjective")
    match = _ADJECTIVE.match(text, end)
    return match.end("adjective") if match and match["adjective"] in NAME_ADJECTIVES else end
