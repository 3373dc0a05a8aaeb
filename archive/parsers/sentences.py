"""In which sentence does this stand, what does it say and where? Small cuts for the evidence of an event."""

import re
from typing import Final

# A full stop ends a sentence when a capital, a quote or a dash follows; a line always does.
_END: Final = re.compile(r"[.!?…\n](?:(?<=\n)|(?=\s+[A-ZÀ-Ý«“\"–—-]))")
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
    r"(?<![^\W\d_])(?:[^\W\d_]{2,}(?:era|ira|dra|vra|tra|ura|rra|eront|iront|dront|vront|tront|uront|rront)|sera|seront|fera|feront|aura|auront|ira|iront"
    r"|doit|doivent|va|vont|prevue?s?|attendue?s?|programmee?s?|prochaine?s?|rendez-vous|inscrivez|reservez)(?![^\W\d_])"
)
# A verb in the past: « a tranché », « se sont réunis », « rouvrait »; a first word as in « Réunis lundi ».
_PAST: Final = re.compile(
    r"(?<![^\W\d_])(?:(?:a|ont|avait|avaient|est|sont|etait|etaient|fut|furent)\s"
    r"(?:[^\W\d_]{2,15}ment\s|ete\s|deja\s|aussi\s)?(?!prevu|attendu|programme)[^\W\d_]{2,15}(?:e|es|i|is|u|us|it|its|ert|erts|ies?|ues?)"
    r"|[^\W\d_]{2,15}(?:ait|aient|erent|irent|urent))(?![^\W\d_])"
    r"|\A\W{0,3}[^\W\d_]{3,15}(?:e|i|u)e?s?(?=,?\s(?:ce\s)?(?:hier|lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche))"
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


def is_ahead(text: str, folded: str, offset: int) -> bool:
    """Tell whether the verb nearest to an offset, in its sentence, is in the future.

    >>> text = "Réunis lundi à Redon, les associés ont voté la reprise, qui sera effective en mai."
    >>> is_ahead(text, text.lower(), 7), is_ahead(text, text.lower(), 70)
    (False, True)
    """
    start, end = sentence_at(text, offset)
    at = offset - start
    sentence = folded[start:end]
    ahead = min((_gap(verb, at) for verb in _FUTURE.finditer(sentence)), default=None)
    behind = min((_gap(verb, at) for verb in _PAST.finditer(sentence)), default=None)
    return ahead is not None and (behind is None or ahead <= behind)


def _gap(verb: re.Match[str], at: int) -> int:
    return verb.start() - at if verb.start() >= at else max(0, at - verb.end())


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
