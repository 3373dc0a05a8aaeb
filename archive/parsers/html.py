"""Bytes to a tree: find the character set, parse once, hand the same tree to every parser."""

from dataclasses import dataclass

from lxml import html


@dataclass(frozen=True, slots=True)
class Document:
    """A parsed page. Parsers read the tree and never change it."""

    url: str
    tree: html.HtmlElement
    encoding: str
