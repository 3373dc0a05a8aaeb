"""When was the page published, and when updated? Rules from the most to the least trustworthy."""

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from typing import Final
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from lxml import etree
from lxml.cssselect import CSSSelector
from lxml.html import HtmlElement

from archive.models import FoundDate, Page
from archive.parsers.calendar_words import MONTHS
from archive.parsers.date_lines import DateLine, date_lines, headline_of, is_ours
from archive.parsers.html import Content, Document
from archive.parsers.structured import Node, Structured, article_node, string
from archive.parsers.written_dates import EARLIEST_YEAR, WrittenDate, nearest, written

_PARIS: Final = ZoneInfo("Europe/Paris")


@dataclass(frozen=True, slots=True)
class Reading:
    """How this page writes dates: months first in numbers, and whether its UTC times mean Paris."""

    month_first: bool = False
    in_paris: bool = True


@dataclass(frozen=True, slots=True)
class Evidence:
    """Everything that the rules may look at, gathered once a page."""

    document: Document
    data: Structured
    node: Node | None
    headline: HtmlElement | None
    lines: tuple[DateLine, ...]
    page: Page
    reading: Reading

    @property
    def seen(self) -> date | None:
        """Return the day the page was fetched, in Paris."""
        return None if self.page.fetched_at is None else self.page.fetched_at.astimezone(_PARIS).date()


def published(document: Document, data: Structured, content: Content | None, page: Page) -> FoundDate | None:
    """Return the date the article came out and the rule that says so; ``None`` if the page does not say.

    Dates after the day of the fetch are refused, and nothing is completed from today's date.
    """
    evidence = gathered(document, data, content, page)
    return _published(evidence)


def updated(document: Document, data: Structured, content: Content | None, page: Page) -> FoundDate | None:
    """Return the date of the last change that the page itself tells, if it differs from the publication."""
    evidence = gathered(document, data, content, page)
    return _updated(evidence, _published(evidence))


def gathered(document: Document, data: Structured, content: Content | None, page: Page) -> Evidence:
    """Look once at everything on the page that may tell a date."""
    reading = _reading(document)
    headline = content.title if content is not None and content.title is not None else headline_of(document)
    lines = tuple(date_lines(document, headline, reading.month_first))
    return Evidence(document, data, article_node(data), headline, lines, page, reading)


def _published(evidence: Evidence) -> FoundDate | None:
    for rule in RULES:
        found = rule(evidence)
        if found is not None and _is_possible(found, evidence):
            return found
    return None


def _is_possible(found: FoundDate, evidence: Evidence) -> bool:
    seen = evidence.seen
    if int(found.value[:4]) < EARLIEST_YEAR:
        return False
    # A day of grace: the publisher's clock may be ahead of the crawler's time zone.
    return seen is None or found.value <= (seen + timedelta(days=1)).isoformat()


# --- what the page tells machines ----------------------------------------------------------------

_PUBLISHED_KEYS: Final = (
    "article:published_time",
    "og:article:published_time",
    "datepublished",
    "article:published",
    "og:published_time",
    "dc.date.issued",
    "dcterms.issued",
    "dcterms.created",
    "dc.date.created",
    "dc.created",
    "citation_publication_date",
    "citation_date",
    "citation_online_date",
    "parsely-pub-date",
    "sailthru.date",
    "pubdate",
    "publication_date",
    "publish_date",
    "publishdate",
    "publish-date",
    "publication-date",
    "date_published",
    "date-published",
    "published",
    "bt:pubdate",
    "cxenseparse:recs:publishtime",
    "cxenseparse:publishtime",
    "vr:published_time",
    "rnews:datepublished",
    "article.published",
    "shareaholic:article_published_time",
    "originalpublicationdate",
    "article_date_original",
    "datecreated",
    "created",
    "displaydate",
    "timestamp",
    "release_date",
    "article.created",
    "og:pubdate",
    "pdate",
    "ptime",
    "prism.publicationdate",
    "dc:date",
    "dc.date",
    "dcterms.date",
    "date",
    "publisheddate",
    "article-date",
    "itemprop:datepublished",
)
_MODIFIED_KEYS: Final = (
    "article:modified_time",
    "og:updated_time",
    "datemodified",
    "article:modified",
    "dc.date.modified",
    "dcterms.modified",
    "lastmod",
    "last-modified",
    "modified",
    "og:modified_time",
    "revised",
    "article.updated",
    "updated_time",
)

_STAMP: Final = re.compile(
    r"\s*(?P<day>\d{4}-\d\d-\d\d)(?:[T\s]{1,3}(?P<time>\d\d:\d\d)(?::\d\d(?:[.,]\d{1,9})?)?\s?(?P<zone>Z|UTC|GMT|[+-]\d\d:?\d\d)?)?"
)
_COMPACT: Final = re.compile(r"\s*((?:19|20)\d\d)(\d\d)(\d\d)(?!\d)")
_EPOCH: Final = re.compile(r"\s*(1\d{9})(?:\d{3})?\s*$")


def stamp(text: str, rule: str, reading: Reading = Reading()) -> FoundDate | None:
    """Read a date meant for machines: ISO 8601, compact, seconds since 1970 or, failing these, written out.

    Times in UTC become Paris time before the day is taken; other zones are the publisher's own and keep it.

    >>> stamp("2021-03-11T23:10:00Z", "json_ld").value
    '2021-03-12'
    """
    if match := _EPOCH.match(text):
        moment = datetime.fromtimestamp(int(match[1]), UTC).astimezone(_PARIS)
        return FoundDate(f"{moment:%Y-%m-%d}", "day", rule, text.strip(), f"{moment:%H:%M}")
    if (match := _STAMP.match(text)) and match["time"] and match["zone"]:
        return _in_paris(match, rule, text) if reading.in_paris else _as_told(match, rule, text)
    if match := _COMPACT.match(text):
        text = "-".join(match.groups()) + text[match.end() :]
    dates = [one for one in written(text, reading.month_first) if one.year]
    return _found(dates[0], rule, text.strip()) if dates else None


def _in_paris(match: re.Match[str], rule: str, text: str) -> FoundDate | None:
    zone = match["zone"].replace("UTC", "+00:00").replace("GMT", "+00:00")
    try:
        moment = datetime.fromisoformat(f"{match['day']}T{match['time']}{zone}")
    except ValueError:
        return None
    local = moment.astimezone(_PARIS)
    is_utc = moment.utcoffset() == timedelta(0)
    if match["time"] == "00:00" and is_utc:  # a day without a time, stamped by a machine
        return FoundDate(match["day"], "day", rule, text.strip())
    day = f"{local:%Y-%m-%d}" if is_utc else match["day"]
    time = f"{local:%H:%M}" if day == f"{local:%Y-%m-%d}" else None
    return FoundDate(day, "day", rule, text.strip(), time)


def _as_told(match: re.Match[str], rule: str, text: str) -> FoundDate:
    """Keep the day as written: abroad, what is stamped as UTC is as often the publisher's own time."""
    return FoundDate(match["day"], "day", rule, text.strip())


def _found(date_: WrittenDate, rule: str, evidence: str) -> FoundDate:
    return FoundDate(date_.value, date_.precision, rule, evidence, date_.time)


def by_layout(evidence: Evidence) -> FoundDate | None:
    """Read the element that the source's own layout names."""
    for layout in evidence.page.hints.layouts:
        if layout.published is None:
            continue
        for element in CSSSelector(layout.published)(evidence.document.tree):
            text = element.get("datetime") or element.get("content") or element.text_content()
            found = stamp(text, "layout", evidence.reading)
            if found and (layout.until is None or found.value <= layout.until.isoformat()):
                return found
    return None


def by_metadata(evidence: Evidence) -> FoundDate | None:
    """Read JSON-LD, then meta tags, unless a visible label shows that they give the last edit instead."""
    found = _declared(evidence, "datePublished", _PUBLISHED_KEYS)
    if found is None:
        return None
    visible = next((line for line in evidence.lines if _is_labelled(line)), None)
    if visible is None or not _is_near(visible) or visible.date.value >= found.value:
        return _on_local_day(found, evidence)
    edits = {line.date.value for line in evidence.lines if line.label == "modified" and line.date.year}
    modified = _declared(evidence, "dateModified", _MODIFIED_KEYS)
    if found.value in edits or (modified is not None and modified.value == found.value):
        return _visible(visible, "label")
    return found


def _on_local_day(found: FoundDate, evidence: Evidence) -> FoundDate:
    """Prefer the day in the address to a neighbouring one that only the clock's zone makes."""
    address = by_address(evidence)
    if address is None or not found.evidence.endswith(("Z", "+00:00", "+0000")):
        return found
    apart = date.fromisoformat(found.value) - date.fromisoformat(address.value)
    return address if abs(apart) == timedelta(days=1) else found


def _declared(evidence: Evidence, name: str, keys: tuple[str, ...]) -> FoundDate | None:
    """Return the day that JSON-LD gives under this name, or the first usable of these meta keys."""
    nodes = [node for node in (evidence.node, *evidence.data.nodes) if node is not None]
    declared = [("json_ld", string(node.get(name))) for node in nodes[:_MOST_NODES]]
    declared += [("meta", value) for key in keys for value in evidence.data.every(key)[:1]]
    for rule, value in declared:
        found = stamp(value, rule, evidence.reading) if value else None
        if found and found.precision == "day" and _is_possible(found, evidence):
            return found
    return None


# --- what the reader sees --------------------------------------------------------------------------


def _visible(line: DateLine, rule: str) -> FoundDate:
    return FoundDate(
        line.date.value, line.date.precision, rule, line.text[line.date.start : line.date.end], line.date.time
    )


def by_microdata(evidence: Evidence) -> FoundDate | None:
    """Read ``<time>`` and kindred elements that say they hold the publication date."""
    for element in _MICRODATA(evidence.document.tree):
        if not is_ours(element, evidence.headline):
            continue
        for text in (element.get("datetime"), element.get("content"), element.get("title"), _short(element)):
            found = stamp(text, "microdata", evidence.reading) if text else None
            if found is not None and _is_possible(found, evidence):
                return found
    return None


def _short(element: HtmlElement) -> str | None:
    text = str(element.text_content())
    return text if len(text) < _LONGEST_STAMP else None


def by_label(evidence: Evidence) -> FoundDate | None:
    """Read « Publié le … », « Mis en ligne le … » in the article's own lines."""
    labelled = [line for line in evidence.lines if _is_labelled(line)]
    best = min(labelled, key=lambda line: not _is_near(line), default=None)
    return _visible(best, "label") if best else None


def _is_labelled(line: DateLine) -> bool:
    return line.label == "published" and line.date.as_day() is not None


def by_line(evidence: Evidence) -> FoundDate | None:
    """Read the date line near the headline."""
    near = [
        line
        for line in evidence.lines
        if line.label is None and line.bare and line.date.year and _is_near(line)
    ]
    if len({line.date.value for line in near if not line.marked}) >= _FEWEST_LISTED:
        return None
    best = min(near, key=lambda line: (line.date.day is None, not line.marked), default=None)
    return _visible(best, "line") if best else None


def _is_near(line: DateLine) -> bool:
    if line.distance is None:
        return line.marked
    if line.distance < 0:
        return line.distance > -15 and line.headings == 0
    return line.headings <= 1 and line.prose <= 1


def by_only_line(evidence: Evidence) -> FoundDate | None:
    """Read the one date that the article's lines give, wherever it stands: a signature, a mark at the foot."""
    lines = [line for line in evidence.lines if line.label is None and line.bare and line.date.as_day()]
    days = {line.date.value for line in lines}
    first = next((line for line in lines if (line.distance or 0) >= 0), None)
    if first is None or len(days) > 1 or not (first.marked or first.headings <= 1):
        return None
    return _visible(first, "only_line")


def by_edit(evidence: Evidence) -> FoundDate | None:
    """Take « Mis à jour le … » under the headline, where papers give no other date."""
    for line in evidence.lines:
        if line.label == "modified" and line.date.as_day() and _is_near(line):
            return _visible(line, "edit")
    return None


_MICRODATA: Final = etree.XPath(
    "//*[contains(@itemprop, 'datePublished') or @pubdate or contains(@property, 'datePublished')"
    " or contains(concat(' ', @class, ' '), ' published ') or contains(@class, 'entry-date')]"
)
_LONGEST_STAMP: Final = 80
_MOST_NODES: Final = 50
_FEWEST_LISTED: Final = 3
_URL_DATE: Final = re.compile(
    r"(?:/|[-_](?=\d{4}-))((?:19|20)\d\d)([/-]?)(0[1-9]|1[0-2]|[1-9](?=/)|[a-z]{3}(?=/))\2(0[1-9]|[12]\d|3[01]|[1-9](?=/))(?=[/_.-]|$)"
    r"|[-/]((?:19|20)\d\d)()(0[1-9]|1[0-2])(0[1-9]|[12]\d|3[01])(?=[/_.-]|$)"
)


def by_address(evidence: Evidence) -> FoundDate | None:
    """Read the date in the address: ``/2019/05/07/``, ``-20231102-``, seconds since 1970 at its end."""
    path = urlsplit(evidence.document.url).path
    for match in _URL_DATE.finditer(path):
        year, _, month, day = match.groups()[:4] if match[1] else match.groups()[4:]
        number = int(month) if month.isdigit() else MONTHS.get(month)
        if number is None:
            continue
        found = WrittenDate(0, 0, int(year), number, int(day))
        if found.as_day():
            return _found(found, "url", match.group().strip("/-_"))
    if match := re.search(r"[-/](1[0-9]{9})(?:\.\w{3,5})?/?$", path):
        return stamp(match[1], "url")
    return None


def by_announcement(evidence: Evidence) -> FoundDate | None:
    """Take the date that the feed or sitemap gave."""
    announced = evidence.page.hints.announced
    return stamp(announced, "announced") if announced else None


def by_relative_line(evidence: Evidence) -> FoundDate | None:
    """Read a day without its year, counted from the fetch."""
    if evidence.seen is None:
        return None
    for line in evidence.lines:
        if line.label != "modified" and line.bare and line.date.year is None and _is_near(line):
            found = nearest(line.date, evidence.seen, evidence.seen)
            if found:
                return _visible(replace(line, date=found), "yearless")
    return None


RULES: Final[tuple[Callable[[Evidence], FoundDate | None], ...]] = (
    by_layout,
    by_metadata,
    by_microdata,
    by_label,
    by_address,
    by_line,
    by_announcement,
    by_relative_line,
    by_only_line,
    by_edit,
)


def _updated(evidence: Evidence, first: FoundDate | None) -> FoundDate | None:
    label = next((line for line in evidence.lines if line.label == "modified" and line.date.year), None)
    found = _visible(label, "label") if label else _declared(evidence, "dateModified", _MODIFIED_KEYS)
    if found is None or not _is_possible(found, evidence):
        return None
    if first is None:
        return found
    if found.value < first.value or (found.value, found.time or first.time) == (first.value, first.time):
        return None
    return found


def _reading(document: Document) -> Reading:
    """Tell how the page writes dates, from its language and host."""
    language = (document.tree.get("lang") or document.tree.get("xml:lang") or "").lower()
    host = urlsplit(document.url).hostname or ""
    english = language.startswith("en") and not host.endswith(
        (".uk", ".au", ".nz", ".ie", ".in", ".za", ".fr", ".eu")
    )
    return Reading(english, language[:2] in ("", "fr") or host.endswith(".fr"))
