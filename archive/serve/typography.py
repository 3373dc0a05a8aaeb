"""How is French set? Spaces that no line breaks at, where French wants them: before signs, inside guillemets.

Nobody sees them in a source, and most who write forget them: so they are put in where the words are shown.
"""

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import Any, Final

from jinja2.ext import Extension
from jinja2.lexer import Token, TokenStream

# Thin before ; ? and !, wide before the colon and inside guillemets (Imprimerie nationale, Lexique).
_WIDE: Final = "\u00a0"
_THIN: Final = "\u202f"
_OPENING: Final = re.compile(r"« ")
_CLOSING: Final = re.compile(r" (?=»)")
# What comes before stands in the text, or was a value: then the piece begins with the space.
_COLON: Final = re.compile(r"(?:(?<=[\w»)\]…’%>])|^) (?=:(?:\s|<|$))")
_OTHERS: Final = re.compile(r"(?:(?<=[\w»)\]…’%>\"])|^) (?=[;?!](?:\s|[<)»\"]|$))")
_NUMBER: Final = re.compile(r"(?<=\bn°) (?=\d|$)")
# What is not for reading: code, and what a page's address or a program is made of.
_CODE: Final = re.compile(r"(<(pre|code|style|script)\b.*?</\2>)", re.DOTALL)
_READ: Final = frozenset({"title", "description", "license", "source", "about", "label", "placeholder"})


@lru_cache(maxsize=2048)  # the same few words stand in each row of a table
def typeset(text: str) -> str:
    """Return a French text with its spaces unbreakable where they must be; nothing else changes.

    >>> typeset("Est-ce « ici » ? Oui : voici ; n° 7 à 8:30 !")
    'Est-ce «\\xa0ici\\xa0»\\u202f? Oui\\xa0: voici\\u202f; n°\\xa07 à 8:30\\u202f!'
    """
    for place in (_OPENING, _CLOSING, _COLON, _NUMBER):
        text = place.sub(lambda match: match[0].replace(" ", _WIDE), text)
    return _OTHERS.sub(_THIN, text)


def typeset_html(text: str) -> str:
    """Return a piece of HTML with its text typeset; what stands in ``<pre>`` or ``<code>`` is left alone.

    >>> typeset_html("Vrai ? <code>a ? b : c</code> !")
    'Vrai\\u202f? <code>a ? b : c</code>\\u202f!'
    """
    pieces = _CODE.split(text)
    # Each piece of code comes with the name of its element behind it.
    return "".join(typeset(piece) if at % 3 == 0 else piece for at, piece in enumerate(pieces) if at % 3 != 2)


def typeset_metadata(value: Any, key: str = "") -> Any:
    """Return Datasette's metadata with what readers read of it typeset; queries are left alone.

    >>> typeset_metadata({"title": "Quoi ?", "sql": "select 1 where 'a ?'", "columns": {"id": "Nom : ici"}})
    {'title': 'Quoi\\u202f?', 'sql': "select 1 where 'a ?'", 'columns': {'id': 'Nom\\xa0: ici'}}
    """
    if isinstance(value, dict):
        inner = "title" if key == "columns" else ""
        return {name: typeset_metadata(one, inner or name) for name, one in value.items()}
    return typeset(value) if isinstance(value, str) and key in _READ else value


class Typeset(Extension):
    """Typesets the words of the templates when they are compiled, and so costs no page anything."""

    def filter_stream(self, stream: TokenStream) -> TokenStream | Iterable[Token]:
        """Yield a template's tokens, its words typeset."""
        return self._typeset(stream)

    def _typeset(self, stream: TokenStream) -> Iterator[Token]:
        for token in stream:
            if token.type in {"data", "string"}:  # strings are words too, of a label or between two values
                yield Token(token.lineno, token.type, typeset_html(token.value))
            else:
                yield token
