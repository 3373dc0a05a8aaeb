"""What does Snowball miss in French endings? Feminines and plurals before it, alternations after it."""

import re
from typing import Final

from archive.stems.lists import WORDS

# Nouns whose plural takes an x, so that « milieux » is no adjective in -eux and « tuyaux » none in -al.
_X_PLURALS: Final = frozenset(WORDS["plurals_in_x"])
_NO_PLURALS: Final = frozenset(WORDS["invariable"])

# In order; the first that fits is applied, once. The feminine follows the masculine, as dictionaries do.
_FEMININES: Final = tuple(
    (re.compile(pattern), put)
    for pattern, put in (
        (r"(?<=.{2})eaux$", "eau"),
        (r"(?<=.{2})aux$", "al"),
        (r"(?<=.{2})trices?$", "teur"),
        (r"(?<=.{3})(?:euses?|eux)$", "eur"),
        (r"(?<=.{2})ieres?$", "ier"),
        (r"(?<=.{3})eres?$", "er"),
        (r"(?<=.{2})iennes?$", "ien"),
        (r"(?<=.{2})onnes?$", "on"),
        (r"(?<=.{3})ennes?$", "en"),
        (r"(?<=.{3})elles?$", "el"),
        (r"(?<=.{2})ives?$", "if"),
    )
)
# Nouns and verbs of one root that Snowball leaves apart: production and produire, décision and décider.
_ALTERNATIONS: Final = tuple(
    (re.compile(pattern), put)
    for pattern, put in (
        (r"(?<=.{2})duct$", "dui"),
        (r"(?<=.{2})duis$", "dui"),
        (r"(?<=.{2})struct$", "strui"),
        (r"(?<=.{2})struis$", "strui"),
        (r"(?<=.{1})script$", "scriv"),
        (r"(?<=.{1})scri[rt]?$", "scriv"),
        (r"(?<=.{3})hes$", "her"),
        (r"(?<=.{2})cis$", "cid"),
        (r"(?<=.{3})qu$", "c"),
        (r"(?<=.{2})oi$", "oy"),
        (r"(?<=.{2})ai$", "ay"),
        (r"(?<=.{3})mett?r?$", "miss"),
        (r"(?<=.{3})mis$", "miss"),
        (r"(?<=.{3})tion$", "t"),
        (r"(?<=.{3})sion$", "s"),
        (r"(?<=.{4})eur$", ""),
        (r"(?<=.{4})(?:er|i)$", ""),
        (r"(?<=.{4})ag$", ""),
        (r"(?<=.{4})i?et?$", ""),
        (r"(?<=.{4})it$", ""),
        (r"(?<=.{5})at$", ""),
        (r"(?<=.{4})icien$", ""),
        (r"(?<=.{3})ologu?$", "olog"),
        (r"(?<=.{4})icol$", ""),
        (r"(?<=.{4})ist$", ""),
        (r"(?<=.{4})ic$", ""),
        (r"(?<=.{4})ur$", ""),
        (r"(?<=.{5})air$", ""),
    )
)


def before(plain: str) -> str:
    """Return a folded word in its masculine singular as far as its ending tells.

    >>> before("productrices"), before("nationaux"), before("ouvriere"), before("milieux")
    ('producteur', 'national', 'ouvrier', 'milieu')
    """
    if plain in _X_PLURALS:
        return plain[:-1]
    if plain in _NO_PLURALS:
        return plain
    for pattern, put in _FEMININES:
        if pattern.search(plain):
            return pattern.sub(put, plain)
    return plain


def after(stemmed: str) -> str:
    """Return one form for the alternations of a root.

    >>> after("conduct") == after("conduis"), after("jardini"), after("chocolati")
    (True, 'jardin', 'chocol')
    """
    return _changed(_changed(stemmed))


def _changed(stemmed: str) -> str:
    for pattern, put in _ALTERNATIONS:
        if pattern.search(stemmed):
            return pattern.sub(put, stemmed)
    return stemmed
