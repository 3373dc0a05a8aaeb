"""Which paper or site published it? The name that the site gives itself, and how to cut it off a title."""

import re
import unicodedata
from codecs import charmap_build, charmap_decode, charmap_encode
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import islice
from typing import Final
from urllib.parse import urljoin, urlsplit

from lxml import html

from archive import press
from archive.parsers.blocks import squeeze, text_of
from archive.parsers.html import Document, once_a_page
from archive.parsers.structured import Structured, string

# What stands between an article's title and its site's name; a hyphen inside a word does not count.
SEPARATOR: Final = re.compile(r"\s+[|–—\-·•»/~]+\s+")
_WORD: Final = re.compile(r"[^\W_]+")
_ACCENT: Final = re.compile("[\u0300-\u036f]+")
# « Le carnet de La Ramée », « Le blog d'Argile »: the publisher is the one whose notebook it is.
_ORGAN: Final = re.compile(
    r"^(?:le |la )?(?:carnet|blog|site(?: internet| web| officiel)?) (?:de |du |d[’'])(?=[A-ZÀ-Ý])",
    re.IGNORECASE,
)
_LONGEST: Final = 80
# A last part longer than half of what stands before it is rather a piece of the title.
_SITE_SHARE: Final = 0.5
_SITE_ROOM: Final = 10


# The titles that the head gives are compared with each heading.
@lru_cache(maxsize=4096)
def fold(text: str) -> str:
    """Return letters and figures alone, without case or accents: what two spellings of a title share.

    >>> fold("L’Écho : « été »") == fold("l'echo été")
    True
    """
    return " ".join(folded_words(text))


def folded_words(text: str) -> list[str]:
    """Return the words of a text without case or accents; whole texts are not worth remembering."""
    if text.isascii():
        return _WORD.findall(text.lower())
    try:
        plain = charmap_decode(charmap_encode(text, "strict", _WESTERN)[0], "strict", _FOLDED)[0]
    except UnicodeEncodeError:
        plain = _plain(text)
    return _WORD.findall(plain)


def _plain(text: str) -> str:
    return _ACCENT.sub("", unicodedata.normalize("NFKD", text.casefold()))


# The characters of windows-1252, in which nearly all our texts can be written, but for those that fold to
# several: « ß », « ½ », « ™ ». A table of single characters is applied in a tenth of the time.
_SINGLE: Final = "".join(
    char
    for char in bytes(range(256)).decode("cp1252", "ignore")
    if len(_plain(char)) == 1 or not any(map(str.isalnum, _plain(char)))
)
_WESTERN: Final = charmap_build(_SINGLE)
_FOLDED: Final = "".join(_plain(char) if char.isalnum() else " " for char in _SINGLE)


# A host for a name, and what templates leave for their users to fill in.
_NO_NAME: Final = re.compile(
    r"^(?:www\.)?[\w-]+(?:\.[\w-]+)+$|^(?:votre|your) (?:site|soci[ée]t[ée]|nom|entreprise)\b", re.IGNORECASE
)
_WORD_IN_LINE: Final = re.compile(r"[^\W_]+")
_SMALL: Final = "le la les l un une de du des d et en a au aux the of and www m"
_SMALL_WORDS: Final = frozenset(_SMALL.split())
_NAMING: Final = (
    "a",
    "b",
    "h1",
    "h2",
    "h3",
    "h6",
    "p",
    "div",
    "span",
    "strong",
    "header",
    "footer",
    "td",
    "title",
)
_LINES_OF_NAME: Final = 40
_FIRST_LINKS: Final = 40
_HOME_PATH: Final = re.compile(r"/?(?:fr/?|(?:index|accueil|home|default)\.\w{3,5})?")
_ENDS_LIKE_HOME: Final = re.compile(
    r"\s*(?:[^?#]*/)?(?:fr|\.{1,2}|(?:index|accueil|home|default)\.\w{3,5})?/?\s*(?:[?#].*)?", re.DOTALL
)
_LONGEST_HOME: Final = 16  # characters of a path, « /accueil.html »
_NO_HOME_NAME: Final = re.compile(
    r"\W*(?:(?:retour|revenir|aller)\b.*|(?:page d.)?accueil\b.*|home\b.*|logo|menu|blog|actualit[ée]s?"
    r"|le site)\W*$",
    re.IGNORECASE,
)
_FIRST_PICTURES: Final = 5
_LAST_LINES: Final = 25
_MOST_WORDS: Final = 10
_SHORTEST_HOST: Final = 5
_LONGEST_SIGN: Final = 6  # words


@dataclass(frozen=True, slots=True)
class NamedOutlet:
    """The name of an outlet, and the rule that found it (see ``Record.outlet_rule``)."""

    name: str
    rule: str


def site_names(data: Structured) -> tuple[str, ...]:
    """Return the names that the page's metadata give its site, best first."""
    found = [data.first("og:site_name", "application-name", "dc.publisher", "publisher")]
    for owner in (data.article, *data.nodes):
        if owner is not None and (publisher := data.node(owner.get("publisher"))) is not None:
            found.append(string(publisher.get("name")))
    found += [string(node.get("name")) for node in data.nodes if node.get("@type") == "WebSite"]
    return tuple(dict.fromkeys(squeeze(name) for name in found if name))


def without_site(title: str, sites: tuple[str, ...] = ()) -> str:
    """Cut the site's name off a title: a known name at either end, else a short last part.

    >>> without_site("Angers : la Scop recrute | L'Écho", ())
    'Angers : la Scop recrute'
    >>> without_site("Le Carnet - La laiterie, avant nous", ("Le Carnet",))
    'La laiterie, avant nous'
    """
    for site in sites:
        # Blogspot sets a colon after the blog's name.
        if title.startswith(f"{site}: "):
            return title[len(site) + 2 :].strip()
    names = {fold(site) for site in sites}
    cuts = list(SEPARATOR.finditer(title))
    for cut in cuts:
        if fold(title[: cut.start()]) in names:
            return title[cut.end() :].strip()
        if fold(title[cut.end() :]) in names:
            return title[: cut.start()].strip()
    if cuts and len(title) - cuts[-1].end() <= _SITE_SHARE * cuts[-1].start() + _SITE_ROOM:
        return title[: cuts[-1].start()].strip()
    return title


def outlet(document: Document, data: Structured, title: str | None, known: str | None) -> NamedOutlet | None:
    """Return the outlet: the source's word for it, the register's for its domain, else the page's own."""
    if known:
        return NamedOutlet(known, "source")
    if (listed := press.by_address(document.url)) is not None:
        return NamedOutlet(listed.name, "link")
    names = [name for name in site_names(data) if not _NO_NAME.search(name)]
    home = home_name(document)
    beside = _beside_title(document, title, home)
    name = names[0] if names else beside or spelled_by_host(document) or home
    name = name or _repeated_banner(document) or _masthead(document, title)
    if not name:
        return None
    usual = press.by_name(name)
    return NamedOutlet(usual.name if usual else _ORGAN.sub("", name), "site")


@once_a_page
def home_name(document: Document) -> str | None:
    """Return the words of the link to the site's home that heads its pages; « Accueil » is no name.

    A picture's alternative text counts; what is no name does not.
    """
    for anchor in islice(document.elements("a"), _FIRST_LINKS):
        if not leads_home(document, anchor):
            continue
        words = text_of(anchor) or next((image.get("alt", "") for image in anchor.iter("img")), "")
        name = squeeze(words)
        if name[:1].isupper() and len(name) <= _LONGEST and not _NO_HOME_NAME.match(name):
            return None if _NO_NAME.search(name) else name
    return _on_the_sign(document)


def _on_the_sign(document: Document) -> str | None:
    """Return the words of one of the first pictures that stand apart in the head's title: a logo's."""
    pieces = {fold(piece) for piece in SEPARATOR.split(document.title)}
    pictures = (
        squeeze(image.get("alt") or "") for image in islice(document.elements("img"), _FIRST_PICTURES)
    )
    return next((words for words in pictures if len(pieces) > 1 and words and fold(words) in pieces), None)


def leads_home(document: Document, anchor: html.HtmlElement) -> bool:
    """Say whether a link leads to the first page of its site."""
    href = anchor.get("href") or "#"
    path = href.partition("//")[2].partition("/")[2] if "//" in href else href
    # Few links of a page are that short and end like one to the home page; only these are made absolute.
    if len(path) > _LONGEST_HOME or not _ENDS_LIKE_HOME.fullmatch(path):
        return False
    return _is_home(document.base, document.url, href)


# The first links of a page are asked about for its title and for its outlet.
@lru_cache(maxsize=256)
def _is_home(base: str, url: str, href: str) -> bool:
    try:
        there, here = urlsplit(urljoin(base, href)), urlsplit(url)
    except ValueError:
        return False
    if there.fragment or there.query or there.netloc != here.netloc:
        return False
    return _HOME_PATH.fullmatch(there.path) is not None and here.path not in ("", "/")


def _repeated_banner(document: Document) -> str | None:
    """Return the words of a first line or picture that the foot repeats: the name of an old site."""
    lines = [line for line in document.tree.itertext() if line.strip()][-_LAST_LINES:]
    foot = fold(" ".join(lines))
    pictures = (image.get("alt", "") for image in islice(document.elements("img"), _FIRST_PICTURES))
    banners = (text_of(line) for line in islice(document.elements("font", "big"), _FIRST_PICTURES))
    for words in (*pictures, *banners):
        name = squeeze(words)
        if name[:1].isupper() and _SHORTEST_HOST < len(name) <= _LONGEST and fold(name) in foot:
            return name
    return None


def _masthead(document: Document, title: str | None) -> str | None:
    """Return the head's title where the first heading repeats it over another headline: a site's name."""
    whole = squeeze(document.title)
    first = next(iter(document.elements("h1")), None)
    if not title or first is None or not 0 < len(whole.split()) < _LONGEST_SIGN:
        return None
    if not whole[0].isupper() or fold(whole) in fold(title):
        return None
    return whole if fold(text_of(first)) == fold(whole) else None


@once_a_page
def spelled_by_host(document: Document) -> str | None:
    """Return the words of the page's first or last lines that spell its host, ``None`` if none do.

    ``m.clairon-mauges.example`` is « Le Clairon des Mauges » where the page says so.
    """
    labels = (urlsplit(document.url).hostname or "").split(".")[:-1]
    wanted = {name for name in (_joined(labels[-1:]), _joined(labels)) if len(name) >= _SHORTEST_HOST}
    if not wanted:
        return None
    lines = [text for text in document.tree.itertext(*_NAMING) if text.strip()]
    lines += [image.get("alt", "") for image in document.elements("img")[:_LINES_OF_NAME]]
    for line in [*lines[:_LINES_OF_NAME], *reversed(lines[-_LINES_OF_NAME:])]:
        if (name := _spelling(line, wanted)) is not None:
            return name
    return None


def _spelling(line: str, wanted: set[str]) -> str | None:
    """Return the first words of a line that spell one of these, small words not counted."""
    found = list(_WORD_IN_LINE.finditer(line[:_LONGEST]))
    for first, word in enumerate(found):
        if word.group()[0].islower():
            continue
        spelled = ""
        for last in found[first : first + _MOST_WORDS]:
            spelled += _joined([last.group()])
            if spelled in wanted:
                return squeeze(line[word.start() : last.end()])
            if not any(name.startswith(spelled) for name in wanted):
                break
    return None


def _joined(words: Sequence[str]) -> str:
    folded = fold(" ".join(words)).split()
    return "".join(word for word in folded if word not in _SMALL_WORDS)


def _beside_title(document: Document, title: str | None, home: str | None = None) -> str | None:
    """Return what the head's title adds to the headline: « Titre - Le Clairon ».

    Of several parts it is the last, unless they are together what the link ``home`` says.
    """
    element = document.title_element
    whole = text_of(element) if element is not None else ""
    if not title or not whole:
        return None
    wanted = fold(title)
    for cut in SEPARATOR.finditer(whole):
        before, after = whole[: cut.start()], whole[cut.end() :]
        if home is not None and fold(home) in (fold(after), fold(before)):
            return home
        if fold(before).endswith(wanted):
            return squeeze(SEPARATOR.split(after)[-1])[:_LONGEST] or None
        if fold(after) == wanted:
            return squeeze(before)[:_LONGEST] or None
    return None
