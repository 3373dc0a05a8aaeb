"""How does French print it? Typographic spaces and apostrophes, dates in words, markup as HTML."""

import html
import re
from collections.abc import Iterator
from datetime import date

DAYS = ("lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche")
MONTHS = (
    *("janvier", "février", "mars", "avril", "mai", "juin"),
    *("juillet", "août", "septembre", "octobre", "novembre", "décembre"),
)

# A group of three digits after another digit: « 12 000 ». A day and a year (« 06 2014 ») have four.
_THOUSANDS = re.compile(r"(?<=\d) (?=\d{3}\b)")
_LINK = re.compile(r"\[([^\]]+)\]\(([^)\s]+)\)")
_BOLD = re.compile(r"\*\*([^*]+)\*\*")


def typeset(text: str) -> str:
    """Return ``text`` with the apostrophes and the non-breaking spaces of a printer.

    >>> typeset("« L'atelier » : 12 000 parts !")
    '«\\xa0L’atelier\\xa0»\\xa0: 12\\u202f000 parts\\u202f!'
    """
    text = text.replace("'", "’").replace("« ", "«\u00a0").replace(" »", "\u00a0»").replace(" :", "\u00a0:")
    for mark in ";!?":
        text = text.replace(f" {mark}", f"\u202f{mark}")
    text = text.replace(" %", "\u00a0%").replace(" €", "\u00a0€")
    return _THOUSANDS.sub("\u202f", text)


def in_words(day: date, weekday: bool = False) -> str:
    """Return a date as it is written out, the first of a month as an ordinal.

    >>> in_words(date(2019, 5, 1)), in_words(date(2019, 3, 12), weekday=True)
    ('1er mai 2019', 'mardi 12 mars 2019')
    """
    number = "1er" if day.day == 1 else str(day.day)
    written = f"{number} {MONTHS[day.month - 1]} {day.year}"
    return f"{DAYS[day.weekday()]} {written}" if weekday else written


def paragraphs(body: str) -> Iterator[tuple[str, list[str]]]:
    """Yield the blocks of a text: their tag (``h2``, ``ul``, ``blockquote`` or ``p``) and their lines.

    >>> list(paragraphs("## Titre\\n\\nUne ligne\\net sa suite\\n\\n- un\\n- deux"))
    [('h2', ['Titre']), ('p', ['Une ligne et sa suite']), ('ul', ['un', 'deux'])]
    """
    for block in body.strip().split("\n\n"):
        lines = [line.strip() for line in block.strip().splitlines()]
        if lines[0].startswith("## "):
            yield "h2", [lines[0][3:]]
        elif lines[0].startswith("- "):
            yield "ul", [line[2:] for line in lines]
        elif lines[0].startswith("> "):
            yield "blockquote", [" ".join(line.removeprefix("> ") for line in lines)]
        else:
            yield "p", [" ".join(lines)]


def as_html(body: str) -> str:
    """Return a text of the sample as HTML, one block a line.

    >>> as_html("**Voir** [l'article](/a).")
    '<p><strong>Voir</strong> <a href="/a">l’article</a>.</p>'
    """
    return "\n".join(_block(tag, [_inline(line) for line in lines]) for tag, lines in paragraphs(body))


def plain(text: str) -> str:
    """Return a text of the sample without its markup, typeset, its blocks on one line.

    >>> plain("- **un**\\n- [deux](/d)")
    'un deux'
    """
    lines = " ".join(" ".join(lines) for _, lines in paragraphs(text))
    return typeset(_BOLD.sub(r"\1", _LINK.sub(r"\1", lines)))


def _block(tag: str, lines: list[str]) -> str:
    if tag == "ul":
        return "<ul>" + "".join(f"<li>{line}</li>" for line in lines) + "</ul>"
    return f"<{tag}>{' '.join(lines)}</{tag}>"


def _inline(line: str) -> str:
    text = html.escape(typeset(line), quote=False)
    return _BOLD.sub(r"<strong>\1</strong>", _LINK.sub(r'<a href="\2">\1</a>', text))
