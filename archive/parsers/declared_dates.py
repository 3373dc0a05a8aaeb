"""Which dates does a page declare to machines: JSON-LD, meta tags, microdata, scripts, its address?"""

import re
from collections.abc import Iterator
from functools import cache
from typing import Final, Literal, cast
from urllib.parse import urlsplit

from lxml import etree
from lxml.html import HtmlElement

from archive.models import FoundDate
from archive.parsers.calendar_words import MONTHS, fold
from archive.parsers.html import Document
from archive.parsers.stamps import Reading, stamp
from archive.parsers.structured import Structured, string
from archive.parsers.surroundings import Surroundings
from archive.parsers.written_dates import WrittenDate

# Meta keys from the most to the least trustworthy, one publishing system or vocabulary a line.
_META: Final = {
    "datePublished": (
        ("article:published_time", "og:article:published_time", "og:published_time", "article:published"),
        ("datepublished", "date_published", "date-published", "published", "publisheddate"),
        ("dc.date.issued", "dcterms.issued", "dcterms.created", "dc.date.created", "dc.created"),
        ("citation_publication_date", "citation_date", "citation_online_date", "prism.publicationdate"),
        ("parsely-pub-date", "sailthru.date", "cxenseparse:publishtime", "cxenseparse:recs:publishtime"),
        ("pubdate", "publication_date", "publication-date", "publish_date", "publish-date", "publishdate"),
        ("bt:pubdate", "vr:published_time", "rnews:datepublished", "shareaholic:article_published_time"),
        ("article.published", "article.created", "article_date_original", "originalpublicationdate"),
        (
            "datecreated",
            "created",
            "displaydate",
            "release_date",
            "timestamp",
            "og:pubdate",
            "pdate",
            "ptime",
            "music:release_date",
            "video:release_date",
        ),
        ("dc:date", "dc.date", "dcterms.date", "article-date", "date"),
    ),
    "dateModified": (
        ("article:modified_time", "og:modified_time", "og:updated_time", "article:modified", "updated_time"),
        ("datemodified", "dc.date.modified", "dcterms.modified", "lastmod", "last-modified", "modified"),
        ("revised", "article.updated"),
    ),
}
_MOST_NODES: Final = 50

# The word by which the bytes of a page tell of a mark of publication, what follows it there (as a key of JSON
# it marks no element), and the elements with that mark. To look for one mark takes a third of the time of
# parsing.
_MARKS: Final = (
    (
        b"datePublished",
        re.compile(rb"(?!\\?[\"']\s{0,9}:)"),
        "//@itemprop[contains(., 'datePublished')]/.. | //@property[contains(., 'datePublished')]/..",
    ),
    (
        b"published",
        re.compile(rb"(?=[\"'\s>])(?![\"']\s{0,9}:)"),
        "//@class[contains(., 'published')]/..",
    ),
    (b"entry-date", re.compile(rb""), "//@class[contains(., 'entry-date')]/.."),
    (b"pubdate", re.compile(rb""), "//@pubdate/.."),
)
_PUBLISHED_CLASS: Final = re.compile(r"(?:^|\s)published(?:\s|$)|entry-date")
_LONGEST_STAMP: Final = 80

_YEAR: Final = r"(?P<year>(?:19[89]|20[0-4])\d)"
_MONTH: Final = r"(?P<month>0[1-9]|1[0-2])"
_DAY: Final = r"(?P<day>0[1-9]|[12]\d|3[01])"
# What merely contains a date (``rencontre_20180227``) tells what it is about, not when it was published.
_ADDRESSES: Final = (
    re.compile(rf"/{_YEAR}[/-]{_MONTH}[/-]{_DAY}(?=[/_.-]|$)"),
    re.compile(rf"/{_YEAR}/(?P<month>[a-z]{{3}}|\d)/(?P<day>\d{{1,2}})(?=/)"),
    re.compile(rf"(?<=[-_]){_YEAR}-{_MONTH}-{_DAY}(?=[/_.-]|$)"),
    re.compile(rf"(?<=[-/]){_YEAR}{_MONTH}{_DAY}(?=[/_.-]|$)"),
    re.compile(rf"(?<=[/~]){_DAY}-{_MONTH}-{_YEAR}(?=[/_.-]|$)"),
)
# A name must follow, of words: a number is a page of the archives, « page » and the like a list.
_FILED: Final = re.compile(rf"/{_YEAR}/{_MONTH}(?=/(?!page/|feed/)[^/]*[^\W\d_]{{3}}[^/]*/?$)")
_SECONDS: Final = re.compile(r"[-/](1\d{9})(?:\.\w{3,5})?/?$")


def declared(
    data: Structured, name: Literal["datePublished", "dateModified"], reading: Reading, own: bool = False
) -> Iterator[FoundDate]:
    """Yield the days that JSON-LD gives under this name, then those of the meta tags, the best first.

    ``own`` leaves out the nodes that do not describe the article itself.
    """
    nodes = [] if data.article is None else [data.article]
    if not own:
        nodes += data.nodes[:_MOST_NODES]
    values = [("json_ld", string(node[name])) for node in nodes if name in node]
    values += [("meta", data.meta[key][0]) for keys in _META[name] for key in keys if key in data.meta]
    for rule, value in values:
        if value and (found := stamp(value, rule, reading)) and found.precision == "day":
            yield found


# Words of a title that tell it from another; shorter ones are in every title.
_TELLING_WORD: Final = re.compile(r"[^\W\d_]{4,}")


def is_of_another(document: Document, data: Structured) -> bool:
    """Tell whether the JSON-LD article has a headline of which the page repeats no word.

    Templates left unfilled and teasers of other pages have one. A page without a title is believed, and so
    is an article without a headline.
    """
    article = data.article
    headline = string(article.get("headline")) if article is not None else None
    titles = [document.title, *data.every("og:title")]
    titles += [str(heading.text_content()) for heading in document.elements("h1")]
    claimed = set(_TELLING_WORD.findall(fold(headline or "")))
    shown = set(_TELLING_WORD.findall(fold(" ".join(title for title in titles if title))))
    return bool(claimed and shown) and not claimed & shown


def in_microdata(
    document: Document, body: bytes, around: Surroundings, reading: Reading
) -> Iterator[FoundDate]:
    """Yield what ``<time>`` and kindred elements give as publication, the nearest to the headline first.

    ``body`` are the bytes of the page.
    """
    wide = b"\0" in body[:100]  # UTF-16, in which no word is found
    asked = [path for word, after, path in _MARKS if wide or _holds(body, word, after)]
    if not asked:
        return
    elements = cast(list[HtmlElement], _compiled(" | ".join(asked))(document.tree))
    named = [element for element in elements if _is_marked(element)]
    ours = [element for element in named if around.is_ours(element, lenient=True)]
    marks = [element for element in ours if not around.is_in_card(element)]
    for element in sorted(_without_cards(marks, around), key=around.steps_apart):
        for text in (element.get("datetime"), element.get("content"), element.get("title"), _short(element)):
            if text and (found := stamp(text, "microdata", reading)):
                yield found


def _without_cards(marks: list[HtmlElement], around: Surroundings) -> list[HtmlElement]:
    """Leave out the marks of other articles: of several elements that do not hold the headline."""
    if len(marks) < 2:
        return marks
    boxes = {
        mark: next((box for box in mark.iterancestors("article", "li") if not around.is_above(box)), None)
        for mark in marks
    }
    if len(set(boxes.values()) - {None}) < 2:
        return marks
    return [mark for mark in marks if boxes[mark] is None]


def _holds(body: bytes, word: bytes, after: re.Pattern[bytes]) -> bool:
    """Say whether a word and what must follow it are in a page; words are found sooner than patterns."""
    at = body.find(word)
    while at >= 0 and not after.match(body, at + len(word)):
        at = body.find(word, at + 1)
    return at >= 0


@cache
def _compiled(path: str) -> etree.XPath:
    return etree.XPath(path)


def _is_marked(element: HtmlElement) -> bool:
    """Tell a mark of publication from a class such as « unpublished »."""
    if _PUBLISHED_CLASS.search(element.get("class") or ""):
        return True
    return element.get("pubdate") is not None or any(
        "datePublished" in (element.get(attribute) or "") for attribute in ("itemprop", "property")
    )


def _short(element: HtmlElement) -> str | None:
    text = str(element.text_content())
    return text if len(text) < _LONGEST_STAMP else None


def month_in_address(url: str) -> FoundDate | None:
    """Return the month that blogs file an article under: ``/2019/06/`` before its own name.

    >>> month_in_address("https://a.example/2019/06/la-scop.html").value
    '2019-06'
    >>> month_in_address("https://a.example/2019/06/") is None
    True
    """
    match = _FILED.search(urlsplit(url).path)
    return (
        FoundDate(f"{match['year']}-{match['month']}", "month", "url", match.group().strip("/"))
        if match
        else None
    )


def in_address(url: str) -> FoundDate | None:
    """Return the date in an address: ``/2019/05/07/``, ``-20231102-``, seconds since 1970 at its end.

    >>> in_address("https://a.example/2019/05/07/la-scop/").value
    '2019-05-07'
    >>> in_address("https://a.example/rencontre_20180227") is None
    True
    """
    path = urlsplit(url).path
    for form in _ADDRESSES:
        for match in form.finditer(path):
            month = int(match["month"]) if match["month"].isdigit() else MONTHS.get(match["month"])
            found = WrittenDate(0, 0, int(match["year"]), month, int(match["day"]))
            if found.as_day():
                return FoundDate(found.value, "day", "url", match.group().strip("/-_"))
    seconds = _SECONDS.search(path)
    return stamp(seconds[1], "url", Reading()) if seconds else None
