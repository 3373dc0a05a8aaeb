"""What do the sites of the sample say? The texts, read from ``texts/*.toml`` with their facts beside them."""

import tomllib
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from archive.sample.french import as_html, plain, typeset

_TEXTS = Path(__file__).parent / "texts"


@dataclass(frozen=True, slots=True)
class Coop:
    """An invented co-op. ``listed`` says whether the sample's directory knows it."""

    name: str
    form: str
    commune: str
    department: str
    siren: str | None = None
    website: str | None = None
    aliases: tuple[str, ...] = ()
    listed: bool = True


@dataclass(frozen=True, slots=True)
class Article:
    """One text and what it states: ``coops`` are names of the register, ``departments`` codes.

    ``path`` is the page's place on its site, and ``extra`` holds what only one site prints.
    ``published`` is ``None`` for a tile of the board that gives no date.
    """

    path: str
    title: str
    body: str
    published: date | None
    coops: tuple[str, ...]
    departments: tuple[str, ...]
    kicker: str | None
    author: str | None
    extra: dict[str, Any]

    @property
    def html(self) -> str:
        """Return the body as HTML."""
        return as_html(self.body)

    @property
    def headline(self) -> str:
        """Return the title, typeset."""
        return typeset(self.title)

    @property
    def day(self) -> date:
        """Return the date of publication of a text that has one."""
        assert self.published is not None, self.path
        return self.published

    def teaser(self, words: int = 32) -> str:
        """Return the first words of the body, cut as a content management system cuts them."""
        first = plain(self.body.strip().split("\n\n")[0]).split(" ")
        return " ".join(first[:words]) + ("…" if len(first) > words else "")


def articles(site: str) -> list[Article]:
    """Return the texts of ``texts/<site>.toml``, oldest first, undated ones last."""
    rows = _read(site)["article"]
    return sorted((_article(row) for row in rows), key=lambda one: (one.published or date.max, one.path))


def pages(site: str) -> list[Article]:
    """Return the undated pages of a site: who we are, legal notice, a co-op's card."""
    return [_article(row) for row in _read(site).get("page", [])]


def letter() -> Article:
    """Return the text of the PDF letter that the second union attaches to an article."""
    return _article(_read("jura_vosges")["letter"])


def coops() -> list[Coop]:
    """Return every co-op of the sample, those that no text names at the end."""
    file = _read("coops")
    rows = [*file["coop"], *file["elsewhere"]]
    return [Coop(**{**row, "aliases": tuple(row.get("aliases", ()))}) for row in rows]


def _read(name: str) -> dict[str, Any]:
    return tomllib.loads((_TEXTS / f"{name}.toml").read_text("utf-8"))


def _article(row: dict[str, Any]) -> Article:
    row = dict(row)
    return Article(
        path=row.pop("path"),
        title=row.pop("title"),
        body=row.pop("body"),
        published=row.pop("published", None),
        coops=tuple(row.pop("coops", ())),
        departments=tuple(row.pop("departments", ())),
        kicker=row.pop("kicker", None),
        author=typeset(row.pop("author")) if "author" in row else None,
        extra=row,
    )
