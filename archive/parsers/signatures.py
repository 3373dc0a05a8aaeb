"""Which words are an author's name where nothing says so? Those beside a date, or alone at the end."""

import re
from collections.abc import Iterator, Sequence
from typing import Final

from archive.parsers.blocks import Block, squeeze
from archive.parsers.calendar_words import fold
from archive.parsers.first_names import is_person
from archive.parsers.written_dates import written

_WORD: Final = r"[A-ZÀ-Ý][^\W\d_]*(?:[’'.-][A-ZÀ-Ýa-zà-ÿ][^\W\d_]*)*\.?"
_FULL_NAME: Final = re.compile(rf"{_WORD}(?:\s(?:d[eu]\s|d[’']|[Ll][ea]\s|des\s|von\s|van\s)?{_WORD}){{1,3}}")
_HOUR: Final = re.compile(r"[\s.,à]*\d{1,2}\s?[h:]\s?(?:\d\d)?$")
_INITIALS: Final = re.compile(r"(?:[A-Z]\.[\s-]?){2,4}")
# Words that open the names of sections, places and papers rather than those of persons.
_NO_FIRST_NAME: Final = re.compile(
    r"(?:saint|sainte|pays|grand|grande|faits?|vie|vos|nos|notre|votre|les?|la|l|en|au|aux|du|des|de|une?|dossier"
    r"|lettre|edition|numero|actualites?|economie|societe|region|union|scop|scic|coop\w*|association|journal"
    r"|photo\w*|credit\w*|texte\w*|haute?s?|basse?s?|nord|sud|est|ouest|info\w*|zoom|focus|retour|mots?|tags?"
    r"|parc|salle|place|rue|halle|centre|cafe|chez|espace|theatre|cinema|maison|mairie|hotel|gare|ecole|lycee"
    r"|college|musee|eglise|stade|domaine|chateau|ferme|moulin|quai|avenue|boulevard|universite|chambre|agence"
    r"|groupe|compagnie|ateliers?|librairie|deux|trois|quatre|cinq|six|download|telecharger"
    r"|lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche)\b"
)
_PART: Final = re.compile(r"\s*[·|•\n]\s*|\s+[–—-]\s+|,\s+")
_COUNTED: Final = re.compile(r"\bil y a \d|\bhier\b|\baujourd|\d+ ?min\b|\b\d+ (?:jours?|heures?|h)\b")
_ROLE: Final = re.compile(
    r"(?:journaliste|reporter|correspondante?|redact\w+(?: en chef)?|pigiste|stagiaire)\b"
)
_PRESENTED: Final = re.compile(
    r" (?:est|vit|travaille|ecrit)\b.{0,30}"
    r"\b(?:journaliste|reporter|correspondante?|redact\w+|pigiste|aut(?:rice|eure?))\b"
)
_LONGEST_LINE: Final = 120
_LONGEST_NAME: Final = 40
_LONGEST_PORTRAIT: Final = 200
_SHORTEST_PIECE: Final = 2
_UNSEEN: Final = 10  # characters of an element that are for machines


def beside_dates(lines: Sequence[Block]) -> list[str]:
    """Return the name that stands in one line with a date, or in the line before one.

    ``lines`` are those around the headline. [] when there is none, or more than one.
    """
    for index, block in enumerate(lines):
        if len(block.text) > _LONGEST_LINE or block.kind == "heading":
            continue
        pieces = list(_pieces(block))
        names = [piece for piece in pieces if _is_full_name(piece)]
        if len(names) != 1:
            continue
        others = [piece for piece in pieces if piece != names[0]]
        below = lines[index + 1].text if index + 1 < len(lines) else ""
        if any(map(_is_date, others)) and (is_person(names[0]) or _is_set_apart(block, names[0])):
            return names
        if not others and _goes_on(names[0], below):
            return names
    return []


def is_role_or_name(line: str) -> bool:
    """Tell whether a line says no more than who somebody is: « Jeanne Le Goff », « Journaliste ».

    >>> is_role_or_name("Jeanne Le Goff"), is_role_or_name("Journaliste"), is_role_or_name("Jeanne chante")
    (True, True, False)
    """
    if len(line) > _LONGEST_NAME:
        return False
    return _ROLE.fullmatch(fold(line)) is not None or (_is_full_name(line) and is_person(line))


def is_signed_date(line: str) -> bool:
    """Tell whether a line says no more than who wrote when: « M. Le Goff, mar. 19 oct., 06:12 ».

    >>> is_signed_date("M. Le Goff Mar. 19 oct., 06:12"), is_signed_date("Salle Le Goff, 19 octobre")
    (True, False)
    """
    if len(line) > _LONGEST_LINE or not (dates := written(line)):
        return False
    rest = _HOUR.sub("", f"{line[: dates[0].start]} {line[dates[-1].end :]}").strip(" .,·|•–—-")
    rest = rest.removeprefix("Par ").removesuffix(" le").rstrip(" ,")
    return _is_full_name(rest) and (is_person(rest) or rest[1:2] == ".")


def is_portrait(line: str) -> bool:
    """Tell whether a last line presents the author: « Jeanne Le Goff est journaliste à Lorient. »

    >>> is_portrait("Jeanne Le Goff est journaliste à Lorient."), is_portrait("Jeanne Le Goff est ravie.")
    (True, False)
    """
    match = _FULL_NAME.match(line)
    if match is None or len(line) > _LONGEST_PORTRAIT or not is_person(match.group()):
        return False
    return _PRESENTED.match(fold(line[match.end() :])) is not None


def at_the_end(lines: Sequence[Block]) -> list[str]:
    """Return the name that stands alone in one of the last lines of a text, as a signature."""
    for block in lines:
        text = block.text.partition(", pour ")[0].strip(" –—-()")
        if len(text) > _LONGEST_NAME or block.kind in ("heading", "item") or block.part is not None:
            continue
        if block.linked or not (_INITIALS.fullmatch(text) or _is_full_name(text)):
            continue
        if _INITIALS.fullmatch(text) or is_person(text) or _is_right(block):
            return [text]
    return []


def _is_set_apart(block: Block, name: str) -> bool:
    """Tell whether a name fills an element of its line, or begins with an initial: « M. Cormier »."""
    return name[1:2] == "." or any(squeeze(text) == name for text in block.element.itertext())


def _is_right(block: Block) -> bool:
    """Tell whether a line is set to the right, as signatures are."""
    around = [block.element, *block.element.iterancestors()][:2]
    marks = " ".join(f"{one.get('align')} {one.get('class')} {one.get('style')}" for one in around).lower()
    return "right" in marks or "signature" in marks


def _pieces(block: Block) -> Iterator[str]:
    """Yield the parts of a line: what its elements hold, cut at dots, bars and dashes."""
    whole = [squeeze(text) for text in block.element.itertext() if not text.isspace()]
    if sum(map(len, whole)) > len(block.text) + _UNSEEN:
        whole = [block.text]
    for text in whole:
        yield from (piece for piece in _PART.split(text) if len(piece) >= _SHORTEST_PIECE)


def _is_full_name(text: str) -> bool:
    return (
        len(text) <= _LONGEST_NAME
        and _FULL_NAME.fullmatch(text) is not None
        and not text.isupper()
        and _NO_FIRST_NAME.match(fold(text)) is None
    )


def _is_date(text: str) -> bool:
    return bool(written(text)) or _COUNTED.search(fold(text)) is not None


def _goes_on(name: str, below: str) -> bool:
    """Tell whether the line below a name is its role, or a date and nothing more."""
    if len(below) > _LONGEST_NAME:
        return False
    if _ROLE.match(fold(below)):
        return True
    return is_person(name) and _is_date(below)
