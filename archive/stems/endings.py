"""What does Snowball miss in French endings? Feminines and plurals before it, alternations after it."""

from typing import Final

from archive.stems.lists import WORDS

# Nouns whose plural takes an x, so that « milieux » is no adjective in -eux and « tuyaux » none in -al.
_X_PLURALS: Final = frozenset(WORDS["plurals_in_x"])
_NO_PLURALS: Final = frozenset(WORDS["invariable"])


def _rules(listed: str) -> dict[str, tuple[int, str]]:
    """Return by ending how many letters must stand before it, and what takes its place."""
    rules = (line.split() for line in listed.split("\n") if line)
    return {ending: (int(least), put.strip("-")) for least, put, *endings in rules for ending in endings}


# A line: how many letters must stand before an ending, what takes its place (« - »: nothing), the endings.
# The longest that fits is changed, once. The feminine follows the masculine, as dictionaries do.
_FEMININES: Final = _rules("""
2 eau eaux
2 al aux
2 teur trice trices
3 eur euse euses eux
2 ier iere ieres
3 er ere eres
2 ien ienne iennes
2 on onne onnes
3 en enne ennes
3 el elle elles
2 if ive ives
""")
# Nouns and verbs of one root that Snowball leaves apart: production and produire, décision and décider.
_ALTERNATIONS: Final = _rules("""
2 dui duct duis
2 strui struct struis
1 scriv script scri scrir scrit
3 her hes
2 cid cis
3 c qu
2 oy oi
2 ay ai
3 miss met mett metr mettr mis
3 t tion
3 s sion
4 - eur er i ag e et ie iet it icien icol ist ic ur
5 - at air
3 olog olog ologu
""")


def before(plain: str) -> str:
    """Return a folded word in its masculine singular as far as its ending tells.

    >>> before("productrices"), before("nationaux"), before("ouvriere"), before("milieux")
    ('producteur', 'national', 'ouvrier', 'milieu')
    """
    if plain in _X_PLURALS:
        return plain[:-1]
    if plain in _NO_PLURALS:
        return plain
    return _changed(plain, _FEMININES)


def after(stemmed: str) -> str:
    """Return one form for the alternations of a root.

    >>> after("conduct") == after("conduis"), after("jardini"), after("chocolati")
    (True, 'jardin', 'chocol')
    """
    return _changed(_changed(stemmed, _ALTERNATIONS), _ALTERNATIONS)


_LONGEST: Final = max(map(len, (*_FEMININES, *_ALTERNATIONS)))


def _changed(word: str, rules: dict[str, tuple[int, str]]) -> str:
    for place in range(max(len(word) - _LONGEST, 1), len(word)):
        rule = rules.get(word[place:])
        if rule is not None and place >= rule[0]:
            return word[:place] + rule[1]
    return word
