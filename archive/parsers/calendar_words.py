"""Which month or weekday does this word mean? French first, then the languages of other pages."""

import unicodedata
from codecs import charmap_decode, charmap_encode
from collections.abc import Iterable
from encodings.cp1252 import encoding_table
from typing import Final

from archive.parsers.signs import Signs


def _one_of(words: Iterable[str]) -> str:
    """Return a pattern for any of these words, longest first, by first letter: there are three hundred.

    >>> _one_of(["mar", "avril", "mars"])
    '(?:a(?:vril)|m(?:ars|ar))'
    """
    longest = sorted(words, key=len, reverse=True)
    letters = sorted({word[0] for word in longest})
    rests = ("|".join(word[1:] for word in longest if word[0] == letter) for letter in letters)
    return f"(?:{'|'.join(f'{letter}(?:{rest})' for letter, rest in zip(letters, rests, strict=True))})"


# One spelling a line and month; accents are folded away before anything is looked up.
_MONTHS: Final = """
1 janvier janv jan january januar janner januari enero ene gennaio gen janeiro styczen stycznia sty ocak
1 leden ledna
2 fevrier fevr fev feb february februar februari febrero febbraio fevereiro luty lutego lut subat unor unora
3 mars mar march mrz marz maerz maart marzo marco marec marzec marca mart brezen brezna
4 avril avr april apr abril abr aprile kwiecien kwietnia kwi nisan duben dubna
5 mai may mei mayo maggio mag maio maj maja mayis kveten kvetna
6 juin june jun juni junio giugno giu junho czerwiec czerwca cze haziran cerven cervna
7 juillet juil juill july jul juli julio luglio lug julho lipiec lipca lip temmuz cervenec cervence
8 aout aou august aug augustus agosto ago sierpien sierpnia sie agustos srpen srpna augusti
9 septembre sept sep september septiembre settembre set setembro wrzesien wrzesnia wrz eylul zari
10 octobre oct october oktober okt octubre ottobre ott outubro out
10 pazdziernik pazdziernika paz ekim rijen rijna
11 novembre nov november noviembre novembro listopad listopada lis kasim
12 decembre dec december dezember dez desember diciembre dic dicembre dezembro
12 grudzien grudnia gru aralik prosinec
1 января янв
2 февраля фев
3 марта мар
4 апреля апр
5 мая
6 июня июн
7 июля июл
8 августа авг
9 сентября сен
10 октября окт
11 ноября ноя
12 декабря дек
1 يناير
2 فبراير
3 مارس
4 أبريل ابريل
5 مايو
6 يونيو
7 يوليو
8 أغسطس
9 سبتمبر
10 أكتوبر
11 نوفمبر
12 ديسمبر
"""
MONTHS: Final = {
    word: int(number)
    for number, *words in (line.split() for line in _MONTHS.split("\n") if line)
    for word in words
}
# « 12.8. », « le 8/12 »: a month is never a number here, and a name never goes on (« marseille », « mais »).
MONTH: Final = rf"{_one_of(MONTHS)}(?![^\W\d_])"

_MONTH_NAMES: Final = Signs(MONTHS)


def months_in(folded: str, start: int, end: int) -> list[int]:
    """Return where names of months begin in a part of a folded text, as ``MONTH`` would find them.

    >>> months_in("de mars a mai, a marseille", 0, 26)
    [3, 10]
    """
    return [
        first
        for first, last in _MONTH_NAMES.places(folded, start, end)
        if not (_is_letter(folded[last : last + 1]) or _is_letter(folded[first - 1 : first]))
    ]


def _is_letter(char: str) -> bool:
    """Say what ``[^\\W\\d_]`` says of a character, or of none."""
    return char.isalnum() and not char.isdecimal()


_WEEKDAYS: Final = (
    "lundi lun monday mon montag lunes",
    "mardi mar tuesday tue dienstag martes",
    "mercredi mer wednesday wed mittwoch miercoles",
    "jeudi jeu thursday thu donnerstag jueves",
    "vendredi ven friday fri freitag viernes",
    "samedi sam saturday sat samstag sabado",
    "dimanche dim sunday sun sonntag domingo",
)
WEEKDAYS: Final = {word: number for number, words in enumerate(_WEEKDAYS) for word in words.split()}
WEEKDAY: Final = rf"(?<![^\W\d_]){_one_of(WEEKDAYS)}(?![^\W\d_])"

SEASONS: Final = (
    r"(?:printemps|ete|automne|hiver|spring|summer|autumn|winter"
    r"|(?:1er|premier|[2-4]e(?:me)?|deuxieme|second|troisieme|quatrieme) (?:trimestre|semestre))"
)


def _base(char: str) -> str:
    decomposed = unicodedata.normalize("NFKD", char.lower())
    return decomposed[0] if decomposed and not unicodedata.combining(decomposed[0]) else char


_FOLDED: Final = {
    **{code: _base(chr(code)) for code in range(0x41, 0x250) if _base(chr(code)) != chr(code)},
    **{code: chr(code).lower() for code in range(0x410, 0x430)},
    # Space of every width is one blank, so that « 7&nbsp;février » reads as « 7 février ».
    **{code: " " for code in range(0x3001) if chr(code).isspace()},
    **{ord("’"): "'", ord("ı"): "i", ord("ł"): "l", ord("Ł"): "l"},
}

# The same for each byte of windows-1252, in which nearly all our texts can be written: ten times as fast.
_FOLDED_WESTERN: Final = bytes(range(256)).decode("cp1252", "replace").translate(_FOLDED)


def fold(text: str) -> str:
    """Return the text in lower case without accents, every character at the place it had.

    >>> fold("1ER AOÛT\\u00a02021")
    '1er aout 2021'
    """
    try:
        return charmap_decode(charmap_encode(text, "strict", encoding_table)[0], "strict", _FOLDED_WESTERN)[0]
    except UnicodeEncodeError:
        lines = text.split("\n")
        return " ".join(map(fold, lines)) if len(lines) > 1 else text.translate(_FOLDED)
