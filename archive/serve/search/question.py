"""What does a reader ask for? A typed line becomes a tree; whatever is typed, there is one."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import Literal, NamedTuple

from archive.serve.search.filters import NAMES, Filter, read

Field = Literal["title", ""]


@dataclass(frozen=True, slots=True)
class Word:
    """Words of one family, typed from ``start`` to ``end``. A hyphen makes several words one."""

    text: str
    field: Field = ""
    start: int = 0
    end: int = 0


@dataclass(frozen=True, slots=True)
class Exact:
    """These words as written, side by side; ``prefix``: the last is only a beginning."""

    text: str
    field: Field = ""
    prefix: bool = False


@dataclass(frozen=True, slots=True)
class Near:
    """Families of words not farther from each other than ``distance`` words."""

    words: tuple[str, ...]
    distance: int = 10


@dataclass(frozen=True, slots=True)
class Not:
    """What must not be there."""

    part: "Node"


@dataclass(frozen=True, slots=True)
class All:
    """Everything of it; without parts, any article."""

    parts: "tuple[Node, ...]" = ()


@dataclass(frozen=True, slots=True)
class Any:
    """At least one of it."""

    parts: "tuple[Node, ...]"


Node = Word | Exact | Near | Not | All | Any | Filter


@dataclass(frozen=True, slots=True)
class Question:
    """What was typed, as a tree, and the filters whose value could not be read."""

    text: str
    tree: Node = field(default_factory=All)
    unread: tuple[str, ...] = ()


class _Piece(NamedTuple):
    kind: str
    text: str
    start: int
    end: int
    name: str = ""


_QUOTES = str.maketrans({"«": '"', "»": '"', "“": '"', "”": '"', "„": '"', "\0": " "})
_PIECE = re.compile(
    r"""
    (?P<near> (?:NEAR|PROCHE) \( [^()]* \)? )
  | (?P<minus> (?<![^\s(]) - (?=[^\s-]) )
  | (?: (?P<name> [^\W\d_]+ ) : (?=[^\s]) | (?P<equals> = (?=[^\s=]) ) )?
    (?: " (?P<quoted> [^"]* ) (?:"|$)
      | (?P<word> [^\s"()|]+ (?: \( [^\s()"]{1,6} \) s? )? ) )
  | (?P<open> \( ) | (?P<close> \) ) | (?P<bar> \| )
    """,
    re.VERBOSE,
)
_OPERATORS = {"OU": "or", "OR": "or", "ET": "and", "AND": "and", "NON": "not", "NOT": "not", "SAUF": "not"}
_NEAR_WORD = re.compile(r"(?:NEAR|PROCHE)(?:/(\d{1,3}))?")
_MOST_PIECES = 48  # a pasted page must not become an endless expression
_DEEPEST = 12


def asked(text: str | None) -> Question:
    """Return what a typed line asks for; nothing that is typed is an error.

    >>> asked("salariés OU scop").tree.parts[1].text
    'scop'
    >>> asked('departement:91 "chiffre d’affaires" -presse').tree.parts[0]
    Filter(name='department', value='91')
    >>> asked(") OR ( NOT").tree
    All(parts=())
    >>> asked("avant:hier").unread
    ('avant:hier',)
    """
    typed = (text or "").translate(_QUOTES).strip()
    unread: list[str] = []
    pieces = [piece for piece in _pieces(typed) if _readable(piece, unread)][:_MOST_PIECES]
    return Question(typed, _Reader(pieces).whole(), tuple(unread))


def leaves(node: Node, negated: bool = False) -> Iterator[Word | Exact | Near]:
    """Yield the words of a question that an article found by it may hold."""
    if isinstance(node, Not):
        yield from leaves(node.part, not negated)
    elif isinstance(node, All | Any):
        for part in node.parts:
            yield from leaves(part, negated)
    elif isinstance(node, Word | Exact | Near) and not negated:
        yield node


def filters(node: Node) -> Iterator[Filter]:
    """Yield the filters of a question, wherever they stand."""
    if isinstance(node, Filter):
        yield node
    elif isinstance(node, Not):
        yield from filters(node.part)
    elif isinstance(node, All | Any):
        for part in node.parts:
            yield from filters(part)


def _pieces(typed: str) -> Iterator[_Piece]:
    for match in _PIECE.finditer(typed):
        start, end = match.span()
        kind = next(
            name
            for name in ("near", "minus", "open", "close", "bar", "quoted", "word")
            if match[name] is not None
        )
        name = "=" if match["equals"] else (match["name"] or "")
        if name not in ("", "=") and _name(name) not in NAMES:
            kind, name = "word", ""  # « note:bien » is no filter of ours
            yield _Piece(kind, match.group(), start, end)
            continue
        text = match[kind] or ""
        if kind == "word" and not name and text in _OPERATORS:
            yield _Piece(_OPERATORS[text], text, start, end)
        elif kind == "word" and not name and _NEAR_WORD.fullmatch(text):
            yield _Piece("nearby", text, start, end)
        else:
            yield _Piece("or" if kind == "bar" else kind, text, start, end, name)


def _readable(piece: _Piece, unread: list[str]) -> bool:
    """Leave out pieces without a letter or figure, and note filters whose value says nothing."""
    if piece.kind in {"word", "quoted", "near"} and not any(map(str.isalnum, piece.text)):
        return False
    named = _name(piece.name) if piece.name not in ("", "=") else ""
    if named and NAMES[named] != "title" and read(NAMES[named], piece.text) is None:
        unread.append(f"{piece.name}:{piece.text}")
        return False
    return True


def _name(text: str) -> str:
    return text.lower().replace("é", "e").replace("è", "e").replace("à", "a")


class _Reader:
    """Reads pieces into a tree, by descent; what does not fit is passed over."""

    def __init__(self, pieces: list[_Piece]) -> None:
        self._pieces = pieces
        self._at = 0

    def whole(self) -> Node:
        """Return the tree of all pieces; a bracket that closes nothing is passed over."""
        parts: list[Node] = []
        while self._at < len(self._pieces):
            parts += [part] if (part := self._either(0)) is not None else []
            self._take("close")
        return parts[0] if len(parts) == 1 else All(tuple(parts))

    def _either(self, depth: int) -> Node | None:
        parts = [self._both(depth)]
        while self._take("or"):
            parts.append(self._both(depth))
        found = [part for part in parts if part is not None]
        return Any(tuple(found)) if len(found) > 1 else found[0] if found else None

    def _both(self, depth: int) -> Node | None:
        parts: list[Node] = []
        while (piece := self._now()) is not None and piece.kind not in {"or", "close"}:
            if self._take("and"):
                continue
            part = self._one(depth)
            parts += [part] if part is not None else []
        return All(tuple(parts)) if len(parts) > 1 else parts[0] if parts else None

    def _one(self, depth: int) -> Node | None:
        piece = self._pieces[self._at]
        self._at += 1
        if piece.kind in {"not", "minus"}:
            after = self._now()
            part = (
                self._one(depth) if after is not None and after.kind not in {"or", "close", "and"} else None
            )
            return Not(part) if part is not None else None
        if piece.kind == "open":
            inside = self._either(depth + 1) if depth < _DEEPEST else None
            self._take("close")
            return inside
        if piece.kind == "near":
            return _near(piece.text)
        return self._leaf(piece)

    def _leaf(self, piece: _Piece) -> Node | None:
        if piece.kind == "nearby":
            piece = piece._replace(kind="word")
        named = NAMES.get(_name(piece.name), "") if piece.name != "=" else ""
        if named and named != "title":
            found = read(named, piece.text)
            return replace(found, start=piece.start, end=piece.end) if found else None
        where: Field = "title" if named else ""
        if piece.kind == "quoted" or piece.name == "=":
            return Exact(piece.text.strip(), where)
        if piece.text.endswith("*"):
            return Exact(piece.text.rstrip("*"), where, prefix=True)
        word = Word(piece.text, where, piece.start, piece.end)
        return self._pair(word) if not where else word

    def _pair(self, first: Word) -> Node:
        """Read « mot PROCHE mot », where both stand."""
        near, second = self._now(), self._now(1)
        if (
            near is None
            or near.kind != "nearby"
            or second is None
            or (second.kind, second.name) != ("word", "")
        ):
            return first
        self._at += 2
        match = _NEAR_WORD.fullmatch(near.text)
        return Near((first.text, second.text), int(match[1]) if match and match[1] else Near(()).distance)

    def _now(self, ahead: int = 0) -> _Piece | None:
        return self._pieces[self._at + ahead] if self._at + ahead < len(self._pieces) else None

    def _take(self, kind: str) -> bool:
        if (piece := self._now()) is not None and piece.kind == kind:
            self._at += 1
            return True
        return False


def _near(text: str) -> Node | None:
    """Read « NEAR(mot mot, 5) »."""
    inside = text.partition("(")[2].rstrip(")")
    listed, comma, number = inside.rpartition(",")
    if comma and number.strip().isdecimal():
        return Near(tuple(listed.replace('"', " ").split()), min(int(number), 100))
    words = tuple(inside.replace('"', " ").replace(",", " ").split())
    return Near(words) if words else None
