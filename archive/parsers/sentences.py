"""In which sentence does this stand, what does it say and where? Small cuts for the evidence of an event."""

import re
from typing import Final

# A full stop ends a sentence when a capital, a quote or a dash follows; a line always does.
_END: Final = re.compile(r"[.!?…](?=\s+[A-ZÀ-Ý«“\"–—-])|\n")
_FARTHEST: Final = 600
_LONGEST_CLAUSE: Final = 160
_CUTS: Final = re.compile(r"[,;:()–—]\s")

# « à Redon », « au sein de la Scic Kerlann Énergies », « chez les Lavandières ».
_PLACE: Final = re.compile(
    r"(?<![^\W\d_])(?:à|au sein d[eu]|dans les locaux d[eu]|dans les locaux d['’]|chez)\s?"
    r"(?P<name>(?:l[ae]s?\s|l['’])?(?:(?:Scop|Scic|salle|mairie|maison|place)\s)?[A-ZÀ-Ý][\w'’-]{1,30}"
    r"(?:[\s-](?:de|du|des|la|le|les|l['’]|d['’]|et|sur|en|sous)?\s?[A-ZÀ-Ý][\w'’-]{1,30}){0,4})"
)


# A verb in the future: « rouvrira », « se tiendront »; « doit se réunir », « est prévue ».
_FUTURE: Final = re.compile(
    r"(?<![^\W\d_])(?:[^\W\d_]{2,}(?:era|ira|dra|vra|tra|ura|rra|eront|iront|dront|vront|tront|uront|rront)|sera|seront|fera|feront"
    r"|doit|doivent|va|vont|prevue?s?|attendue?s?|prochaine?s?)(?![^\W\d_])"
)


def sentence_at(text: str, offset: int) -> tuple[int, int]:
    """Return the bounds of the sentence around an offset; very long ones are cut 600 characters away.

    >>> text = "La Scop fête ses dix ans. Rendez-vous le 12 mai. Entrée libre."
    >>> text[slice(*sentence_at(text, 41))]
    'Rendez-vous le 12 mai.'
    """
    floor = max(0, offset - _FARTHEST)
    start = floor
    for match in _END.finditer(text, floor, offset):
        start = match.end()
    following = _END.search(text, offset, min(len(text), offset + _FARTHEST))
    end = following.end() if following else min(len(text), offset + _FARTHEST)
    while start < offset and text[start].isspace():
        start += 1
    return start, end


def is_future(text: str, folded: str, offset: int) -> bool:
    """Tell whether the sentence at an offset speaks of what is to come."""
    start, end = sentence_at(text, offset)
    return _FUTURE.search(folded, start, end) is not None


def clause(text: str, start: int, end: int, first: int, last: int) -> str:
    """Return the sentence ``text[start:end]`` shortened to its part around ``text[first:last]``.

    >>> clause("Le débat aura lieu le 12 mai.", 0, 29, 19, 28)
    'Le débat aura lieu le 12 mai'
    """
    if end - start > _LONGEST_CLAUSE:
        start = max((cut.end() for cut in _CUTS.finditer(text, start, first)), default=start)
        following = _CUTS.search(text, min(last + _LONGEST_CLAUSE // 2, end), end)
        end = following.start() if following else end
    words = " ".join(text[start:end].split()).strip(" .–—-•*")
    if len(words) <= _LONGEST_CLAUSE:
        return words
    return words[:_LONGEST_CLAUSE].rsplit(" ", 1)[0] + "…"


def place(words: str) -> str | None:
    """Return the first place that the words name after a preposition, ``None`` if there is none.

    >>> place(" à 18h30, au sein de la Scic TransfaiRH, pour partager")
    'la Scic TransfaiRH'
    """
    match = _PLACE.search(words)
    return match["name"].strip() if match else None
