"""What are the words of a French text? Elision, hyphens, sigles and inclusive writing brought to one form."""

import re
from collections.abc import Callable, Iterable, Iterator
from functools import lru_cache
from itertools import chain
from typing import Final, NamedTuple

from archive.stems import folded, stem
from archive.stems.lists import WORDS

# Words that lose their vowel before an apostrophe carry no meaning of their own; « aujourd'hui » keeps both.
_ELIDED: Final = frozenset(WORDS["elided"])
_APOSTROPHES: Final = "’ʼ‘′"
_LEADS_ON: Final = frozenset("'-")
_COMPARED: Final = 4  # letters of the shortest word that a typed one is compared with
_KEPT: Final = 1 << 16  # words with what is written before and behind them
_PUNCTUATION: Final = '.,;:!?…«»“”"()[]'
_MIDDLE_DOTS: Final = "·•‧∙⋅・"
# The endings that inclusive writing hangs on a masculine, for the separators that also have other uses.
_FEMININE: Final = "(?:t?rice|euse|i?[eè]re|ienne|ne|ve|fe|le|e)"
_TOKEN: Final = re.compile(
    rf"""
    (?P<sigle> \b (?:[A-ZÀ-Þ]\.){{2,}} (?:[A-ZÀ-Þ]\b)? )
  | (?P<word> [^\W_]+ )
    (?P<inclusive>
        (?: [{_MIDDLE_DOTS}] [^\W\d_]{{1,7}} ){{1,2}}
      | \( (?:{_FEMININE}s?|s|x) \) s?
      | -{_FEMININE}-s \b | -(?:t?rices?|euses?|i?ères?) \b | (?<=[éus])-es? \b (?!-)
      | \.{_FEMININE}\.s \b | \.(?:t?rices?|euses?|i?ères?|es?) \b (?!\.)
      | /(?:t?rices?|euses?|i?ères?|es?)(?:/s)? \b
    )?
    """,
    re.VERBOSE,
)

_WORD: Final = re.compile(r"\b(?:[A-ZÀ-Þ]\.){2,}(?:[A-ZÀ-Þ]\b)?|[^\W_]+")

STOP: Final = frozenset(WORDS["stop"])
"""Folded words that say nothing of what a text is about; a question of such words alone is taken as it is."""


class Token(NamedTuple):
    """One word: its stem and where it stands, inclusive ending aside; ``joined`` by a hyphen to the next."""

    stem: str
    start: int
    end: int
    word: str
    joined: bool


def tokens(text: str) -> Iterator[Token]:
    """Yield the words of a text in order; articles and pronouns cut short by an apostrophe are left out.

    >>> [token.word for token in tokens("L’Essonne, aujourd’hui : les salarié·es du S.C.O.P.")]
    ['Essonne', 'aujourd', 'hui', 'les', 'salarié', 'du', 'SCOP']
    >>> [token.word for token in tokens("producteur·rices, salarié-e-s, élu(e)s, directeur/trice")]
    ['producteur', 'salarié', 'élu', 'directeur']
    """
    plain = _straight(text)
    for match in _TOKEN.finditer(plain):
        start, end = match.span()
        word = match["word"]
        if word is None:
            word = match["sigle"].replace(".", "")
            yield Token(stem(word), start, end, word, False)
            continue
        mark = plain[end : end + 1]
        leads_on = mark in _LEADS_ON and plain[end + 1 : end + 2].isalnum()
        if leads_on and mark == "'" and word.lower() in _ELIDED:
            continue
        yield Token(stem(word), start, end, word, leads_on and mark == "-")


def located(
    text: str, wanted: Callable[[str], bool], initials: frozenset[str] = frozenset()
) -> list[tuple[int, int]]:
    """Return where the wanted words stand in a text, inclusive endings included; each word is judged once.

    With ``initials`` only words that begin with one of these letters, folded, are judged.

    >>> located("Les salarié·es, une S.C.O.P.", {"salarié", "SCOP"}.__contains__)
    [(4, 14), (20, 28)]
    >>> located("Écrire, encore écrire", lambda word: word.endswith("crire"), frozenset("e"))
    [(0, 6), (15, 21)]
    """
    plain = _straight(text)
    judged: dict[str, bool] = {}
    found: list[tuple[int, int]] = []
    for match in _words_from(initials).finditer(plain):
        word = match.group().replace(".", "")
        if (verdict := judged.get(word)) is None:
            verdict = judged[word] = wanted(word)
        if verdict:
            whole = _TOKEN.match(plain, match.start()) or match
            found.append((match.start(), whole.end()))
    return found


@lru_cache(1000)
def _words_from(initials: frozenset[str]) -> re.Pattern[str]:
    """Return the pattern of the words that begin with one of some folded letters."""
    if not initials:
        return _WORD
    latin = (chr(code) for code in range(0x250))
    written = {letter for letter in latin if letter.isalnum() and folded(letter)[:1] in initials}
    written |= initials | {letter.upper() for letter in initials}
    among = "".join(map(re.escape, sorted(written)))
    return re.compile(rf"(?=[{among}])(?<![^\W_])(?:{_WORD.pattern})")


def _straight(text: str) -> str:
    """Return a text with its apostrophes as typewriters have them, every offset kept."""
    for apostrophe in _APOSTROPHES:  # a tenth of the time that ``str.translate`` takes
        text = text.replace(apostrophe, "'")
    return text


class Heard(NamedTuple):
    """What the index holds of a text.

    ``stems`` of its words in order, with spaces between; its ``compounds``, stemmed as one word each; its
    ``spellings``, with which a typed word can be compared: four letters or more, in small letters.
    """

    stems: str
    compounds: tuple[str, ...]
    spellings: tuple[str, ...]


def heard(text: str) -> Heard:
    """Return what the index holds of a text.

    >>> heard("Les coopératives de l’Essonne").stems == heard("LES COOPERATEURS DE L'ESSONNE").stems
    True
    >>> heard("une auto-entrepreneuse").compounds, heard("La coopérative l’Étoile, 2 CAE").spellings
    (('autoentrepren',), ('coopérative', 'étoile'))
    """
    pieces = _straight(text).split()
    known = {piece: _heard(piece) for piece in dict.fromkeys(pieces)}
    stems = " ".join(filter(None, [known[piece][0] for piece in pieces]))
    joined = dict.fromkeys(chain.from_iterable([found for _, found, _ in known.values()]))
    spellings = dict.fromkeys(chain.from_iterable([found for _, _, found in known.values()]))
    return Heard(stems, tuple(joined), tuple(spellings))


# A plain tuple of texts, unlike a named one, is nothing that the garbage collector looks at again.
@lru_cache(_KEPT)
def _heard(piece: str) -> tuple[str, tuple[str, ...], tuple[str, ...]]:
    """Do the same for what stands between two blanks, which no word crosses and which comes back often."""
    before, _, word = piece.strip(_PUNCTUATION).rpartition("'")
    if word.isalpha() and (not before or before.lower() in _ELIDED):
        return stem(word), (), (word.lower(),) if len(word) >= _COMPARED else ()
    found = list(tokens(piece))
    words = [token.word for token in found if len(token.word) >= _COMPARED and token.word.isalpha()]
    return " ".join([token.stem for token in found]), tuple(compounds(found)), tuple(map(str.lower, words))


def compounds(found: Iterable[Token]) -> list[str]:
    """Return the stems of the hyphenated words among some, written as one.

    >>> compounds(tokens("une auto-entrepreneuse du Val-de-Marne"))
    ['autoentrepren', 'valdemarn']
    """
    joined: list[str] = []
    begun: list[str] = []
    for token in found:
        if token.joined or begun:
            begun.append(token.word)
        if begun and not token.joined:
            joined.append(stem("".join(begun)))
            begun = []
    return list(dict.fromkeys(joined))


def is_stop(word: str) -> bool:
    """Tell whether a word says nothing of what a text is about.

    >>> is_stop("Où"), is_stop("À"), is_stop("Scop")
    (True, True, False)
    """
    return folded(word) in STOP
