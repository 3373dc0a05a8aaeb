"""How does a reader's search become an FTS5 expression? Nothing that is typed is a syntax error."""

import re
import unicodedata

# A quoted phrase (the closing quote may be missing) or a run without spaces.
_PIECE = re.compile(r'"([^"]*)(?:"|$)|([^\s"]+)')
# Words that lose their vowel before an apostrophe carry no meaning: « l'Essonne » is looked for as Essonne.
# « aujourd'hui » and « presqu'île » keep theirs.
_ELISION = re.compile(r"^(?:[cdjlmnst]|qu|jusqu|lorsqu|puisqu|quoiqu)'(?=\w)", re.IGNORECASE)
_APOSTROPHES = str.maketrans({"’": "'", "ʼ": "'", "‘": "'", "′": "'", "«": '"', "»": '"', "“": '"', "”": '"'})
_NOTHING = '""'  # matches no row, where an empty expression would be an error
_MOST_PIECES = 32  # a pasted page must not become an endless expression


def expression(query: str | None) -> str:
    """Return the FTS5 expression for what was typed: every word or a near spelling of it, quotes exactly.

    Singular and plural find each other, ``œ`` and ``oe`` too; a final ``*`` looks for beginnings.

    >>> expression("l’Essonne")
    '("Essonne" OR "Essonnes")'
    >>> expression('scop "chiffre d\\'affaires" coop*')
    '("scop" OR "scops") AND "chiffre d\\'affaires" AND "coop"*'
    >>> expression('"'), expression("* - (")
    ('""', '""')
    """
    typed = (query or "").translate(_APOSTROPHES).replace("\0", "")
    pieces = [_phrase(phrase) if phrase else _word(word) for phrase, word in _PIECE.findall(typed)]
    return " AND ".join([piece for piece in pieces if piece][:_MOST_PIECES]) or _NOTHING


def words(query: str) -> tuple[str, ...]:
    """Return the bare words of a query, to be shown in an excerpt.

    >>> words("l’Essonne coop* « chiffre d’affaires »")
    ('Essonne', 'coop', 'chiffre', 'affaires')
    """
    pieces = query.translate(_APOSTROPHES).replace('"', " ").split()
    return tuple(_ELISION.sub("", piece).strip("*") for piece in pieces if _has_word(piece))[:_MOST_PIECES]


def unaccented(text: str | None) -> str | None:
    """Fold case, accents and ligatures, for ``like`` and ``order by``; NULL stays NULL.

    >>> unaccented("Économie sociale, main-d’Œuvre")
    "economie sociale, main-d'oeuvre"
    """
    if text is None:
        return None
    plain = str(text).casefold().replace("œ", "oe").replace("æ", "ae").replace("’", "'")
    return "".join(c for c in unicodedata.normalize("NFKD", plain) if not unicodedata.combining(c))


def _phrase(phrase: str) -> str:
    return f'"{phrase.strip()}"' if _has_word(phrase) else ""


def _word(word: str) -> str:
    bare = _ELISION.sub("", word)
    if not _has_word(bare):
        return ""
    if bare.endswith("*"):
        return f'"{bare.rstrip("*")}"*'
    spellings = [f'"{spelling}"' for spelling in _spellings(bare)]
    return f"({' OR '.join(spellings)})" if len(spellings) > 1 else spellings[0]


def _spellings(word: str) -> list[str]:
    """Return the word with its other number and its other ligature, the word itself first."""
    found = [word]
    # Short words and figures have no plural worth looking for; « temps » and « temp » do no harm.
    if len(word) > 3 and word.isalpha():
        found.append(word[:-1] if word[-1] in "sS" else f"{word}s")
    for spelling in tuple(found):
        found.append(spelling.replace("œ", "oe").replace("Œ", "Oe"))
        found.append(re.sub("oe", "œ", spelling, flags=re.IGNORECASE))
    return list(dict.fromkeys(found))


def _has_word(text: str) -> bool:
    """Tell whether the index's tokenizer finds a token: a phrase without one would match nothing."""
    return any(character.isalnum() for character in text)
