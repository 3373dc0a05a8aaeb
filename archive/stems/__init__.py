"""Which words of a French text mean the same to a reader who searches? Pure functions, no archive in sight.

The index of the archive and the reader's question go through the same steps: accents and ligatures are
folded, inclusive writing is brought to one form, then Snowball's French stemmer and lists of families say
which words belong together. The stems are no French words: they are compared, never shown.
"""

import re
import unicodedata
from functools import lru_cache
from typing import Final

import snowballstemmer

from archive.stems import endings, families

_STEMMER: Final = snowballstemmer.stemmer("french")
_STEMMER.maxCacheSize = 0  # what is remembered below need not be remembered twice
_SHORTEST: Final = 4  # letters; shorter words have no ending to lose but that of the plural
_ONE_SYLLABLE: Final = re.compile(r"[^aeiouy]*[aeiouy]+[^aeiouy]*")
_LAST_E: Final = frozenset(["e", "es", "er", "ee", "ees"])
_KEPT: Final = 200_000  # the words of a large archive, of which most come back again and again


@lru_cache(_KEPT)
def stem(word: str) -> str:
    """Return what all words of the family of ``word`` share: ASCII where the word is Latin, never empty.

    >>> stem("coopératives") == stem("COOPERATION") == stem("coopérateur")
    True
    >>> stem("œuvrer") == stem("oeuvre"), stem("nationaux") == stem("nationale")
    (True, True)
    >>> stem("marché") == stem("marche"), stem("ouvrier") == stem("ouvrir")
    (False, False)
    """
    plain = folded(word)
    shouted = word.isupper() and word.isascii()
    own = families.sense(plain if shouted else word.lower(), shouted)
    return own or families.of(plain, _ruled)


@lru_cache(_KEPT)
def senses(word: str) -> tuple[str, ...]:
    """Return the stems that a typed word may mean; without accents, it may be a word that has them.

    >>> len(senses("marche")), len(senses("marché"))
    (2, 1)
    """
    found = [stem(word)]
    if word.isascii():
        found += families.accented(folded(word))
    return tuple(dict.fromkeys(found))


@lru_cache(_KEPT)
def folded(word: str) -> str:
    """Return a word in small letters without accents and ligatures.

    >>> folded("Œuvrée"), folded("ÇÀ")
    ('oeuvree', 'ca')
    """
    plain = word.casefold().replace("œ", "oe").replace("æ", "ae")
    if plain.isascii():
        return plain
    return "".join(c for c in unicodedata.normalize("NFKD", plain) if not unicodedata.combining(c))


def _ruled(plain: str) -> str:
    """Return the stem that the rules alone give a folded word."""
    if len(plain) < _SHORTEST or not plain.isalpha():
        return plain
    found = endings.after(str(_STEMMER.stemWord(endings.before(plain))))
    # « loupe » is no loup: in a short word the last e tells nouns apart, and « louper » keeps it too.
    return f"{found}e" if _ONE_SYLLABLE.fullmatch(found) and plain.removeprefix(found) in _LAST_E else found
