"""Which pages have known answers? The project's own, and labelled collections where they are at hand."""

import html
import json
import re
import tomllib
import unicodedata
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from lxml import etree
from lxml import html as lxml_html

Collection = Literal["own", "gold", "dates", "text"]

ROOT = Path(__file__).parent.parent
SHARED = ROOT.parent / "shared"
_OWN = ROOT / "tests" / "pages"
# A page counts with at most this many segments of each kind, so that no long page outweighs the others.
_MOST_SEGMENTS = 6
# Shorter strings (« Accueil », « Lire ») may well stand in a text too.
_FEWEST_WORDS = 3
_SPACE = re.compile(r"\s+")


@dataclass(frozen=True, slots=True)
class Labelled:
    """A page with what must be read from it.

    ``published`` is ISO, ``None`` when the page has no date; it counts only where ``dated`` says that the
    date is known. ``wanted`` must stand in the text, ``unwanted`` must not; both are squashed.
    """

    url: str
    body: bytes
    french: bool
    dated: bool = False
    published: str | None = None
    wanted: tuple[str, ...] = ()
    unwanted: tuple[str, ...] = ()


def squash(text: str | None) -> str:
    """Return a text in the form in which segments are compared: NFC, no soft hyphen, single spaces.

    >>> squash("coopé\\u00adrative\\u202f:\\n  dix ans")
    'coopérative : dix ans'
    """
    return _SPACE.sub(" ", unicodedata.normalize("NFC", text or "").replace("\u00ad", "")).strip()


def pages(collection: Collection, shared: Path) -> Iterator[Labelled]:
    """Yield the pages of a collection, always in the same order. Raises OSError when its files are absent."""
    if collection == "own":
        return _own()
    if collection == "gold":
        return _gold(shared / "gold" / "dev.jsonl")
    return _evaluation(shared / "eval" / f"{collection}-dev.jsonl")


def _own() -> Iterator[Labelled]:
    for note in sorted(_OWN.rglob("*.toml")):
        label = tomllib.loads(note.read_text("utf-8"))
        said = label["expected"]
        body = note.with_suffix(".html").read_bytes()
        date = said.get("published", "absent")
        text = said.get("text", "")
        head = (said.get("title", ""), said.get("kicker", ""))
        yield Labelled(
            label["url"],
            body,
            french=True,
            dated="published" in said,
            published=None if date == "absent" else date,
            wanted=tuple(map(squash, filter(str.strip, text.splitlines())))[:_MOST_SEGMENTS],
            unwanted=_furniture(body, squash(" ".join((*head, text))))[:_MOST_SEGMENTS],
        )


def _furniture(body: bytes, content: str) -> tuple[str, ...]:
    """Return the strings of a page that do not belong to its content: menus, teasers, footers."""
    tree = lxml_html.fromstring(body)
    etree.strip_elements(tree, "head", "script", "style", etree.Comment, with_tail=False)
    strings = map(squash, map(str, tree.itertext()))
    return tuple(s for s in strings if len(s.split()) >= _FEWEST_WORDS and s not in content)


def _gold(path: Path) -> Iterator[Labelled]:
    for line in path.read_text("utf-8").splitlines():
        label = json.loads(line)
        if label.get("text"):
            yield Labelled(label["url"], flat(label["text"]), True, True, label["published"])


def flat(text: str) -> bytes:
    """Return a text as the plainest page: its first line the heading, every other line a paragraph."""
    first, *rest = (html.escape(line.strip()) for line in text.splitlines() if line.strip())
    paragraphs = "".join(f"<p>{line}</p>" for line in rest)
    head = f'<head><meta charset="utf-8"><title>{first}</title></head>'
    return (
        f'<!doctype html><html lang="fr">{head}<body><main><h1>{first}</h1>{paragraphs}</main></body></html>'
    ).encode()


def _evaluation(path: Path) -> Iterator[Labelled]:
    with zipfile.ZipFile(path.with_suffix(".zip")) as bodies:
        for line in path.read_text("utf-8").splitlines():
            label = json.loads(line)
            yield Labelled(
                label["url"],
                bodies.read(label["file"]),
                label["french"],
                dated="date" in label,
                published=label.get("date"),
                wanted=tuple(map(squash, label.get("with", ())))[:_MOST_SEGMENTS],
                unwanted=tuple(map(squash, label.get("without", ())))[:_MOST_SEGMENTS],
            )
