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
    seen: date | None


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
    seen = None if page.fetched_at is None else page.fetched_at.astimezone(_PARIS).date()
    lines = tuple(date_lines(document, headline, reading.month_first, seen))
    return Evidence(document, data, article_node(data), headline, lines, page, reading, seen)


def _published(evidence: Evidence) -> FoundDate | None:
    for rule in RULES:
        found = rule(evidence)
        if found is not None and _is_possible(found, evidence):
            return found
    return None


def _is_possible(found: FoundDate, evidence: Evidence) -> bool:
    if int(found.value[:4]) < EARLIEST_YEAR:
        return False
    # A day of grace: the publisher's clock may be ahead of the crawler's time zone.
    return evidence.seen is None or found.value <= (evidence.seen + timedelta(days=1)).isoformat()


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
    """Read JSON-LD, then meta tags, unless the line under the headline shows another day.

    Papers overwrite the declared day with that of the last edit, and servers stamp it in another time zone;
    what stands by the headline is what the reader is told.
    """
    found = _declared(evidence, "datePublished", _PUBLISHED_KEYS)
    if found is None:
        return None
    visible = by_head_line(evidence)
    if visible is None or visible.precision != "day" or visible.value == found.value:
        return found
    later = date.fromisoformat(visible.value) - date.fromisoformat(found.value)
    # A bare day well after the declared one is that of the event announced, or of an edit.
    return found if visible.rule == "line" and later > timedelta(days=1) else visible


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
    """Read the ``<time>`` or kindred element nearest to the headline that says it holds the publication date."""
    above = list(evidence.headline.iterancestors()) if evidence.headline is not None else []
    marks = [
        element
        for element in _MICRODATA(evidence.document.tree)
        if is_ours(element, evidence.headline, lenient=True)
    ]
    for element in sorted(marks, key=lambda element: _steps_apart(element, above)):
        for text in (element.get("datetime"), element.get("content"), element.get("title"), _short(element)):
            found = stamp(text, "microdata", evidence.reading) if text else None
            if found is not None and _is_possible(found, evidence):
                return found
    return None


def _steps_apart(element: HtmlElement, above: list[HtmlElement]) -> int:
    """Return how far up from the headline the two elements meet."""
    ancestors = set(element.iterancestors())
    return next((steps for steps, ancestor in enumerate(above) if ancestor in ancestors), len(above))


def _short(element: HtmlElement) -> str | None:
    text = str(element.text_content())
    return text if len(text) < _LONGEST_STAMP else None


def by_head_line(evidence: Evidence) -> FoundDate | None:
    """Read the line by the headline: « Publié le … », or the bare date in the manner of the movement's sites."""
    near = [line for line in evidence.lines if _is_near(line) and _may_tell(line) and line.date.as_day()]
    bare = {line.date.value for line in near if line.label is None and not line.marked}
    if len(bare) >= _FEWEST_LISTED:
        near = [line for line in near if line.label]
    best = min(near, key=_weakness, default=None)
    return _visible(best, "label" if best.label else "line") if best else None


def _may_tell(line: DateLine) -> bool:
    """Tell whether a line gives a date of publication at all."""
    if line.date.year is None or line.relative or line.label == "modified":
        return False
    return line.label is not None or line.bare


def _weakness(line: DateLine) -> tuple[bool, bool, bool]:
    return (line.prose > 0, line.label is None, not line.marked)


def by_partial_line(evidence: Evidence) -> FoundDate | None:
    """Read a month or season right under the headline: « mars 2021 », « Printemps 2016 »."""
    for line in evidence.lines:
        if line.date.day or line.distance is None or not 0 <= line.distance <= _BESIDE:
            continue
        if _may_tell(line) and not line.prose and line.words <= _FEW_WORDS:
            return _visible(line, "label" if line.label else "line")
    return None


def by_label(evidence: Evidence) -> FoundDate | None:
    """Read « Publié le … », « Mis en ligne le … » anywhere in the article's own lines."""
    best = next((line for line in evidence.lines if _is_labelled(line)), None)
    return _visible(best, "label") if best else None


def _is_labelled(line: DateLine) -> bool:
    return line.label == "published" and not line.relative and line.date.as_day() is not None


def _is_near(line: DateLine) -> bool:
    if line.distance is None:
        return line.marked
    if line.distance < 0:
        return line.distance > _FARTHEST_ABOVE and line.headings == 0
    return line.headings <= 1 and line.prose <= 1


def by_only_line(evidence: Evidence) -> FoundDate | None:
    """Read the one date that the article's lines give, wherever it stands: a signature, a mark at the foot."""
    lines = [line for line in evidence.lines if line.label is None and _may_tell(line) and line.date.as_day()]
    days = {line.date.value for line in lines}
    first = next((line for line in lines if (line.distance or 0) >= 0), None)
    if first is None or len(days) > 1 or not (first.marked or first.headings <= 1):
        return None
    return _visible(first, "only_line")


def by_edit(evidence: Evidence) -> FoundDate | None:
    """Take « Mis à jour le … » under the headline, where papers give no other date."""
    edits = [line for line in evidence.lines if line.label == "modified" and line.date.as_day()]
    best = next((line for line in edits if _is_near(line)), None)
    return _visible(best, "edit") if best else None


def by_script(evidence: Evidence) -> FoundDate | None:
    """Read a publication date in the data that a page's own scripts carry."""
    for script in evidence.document.tree.iter("script"):
        for match in _IN_SCRIPT.finditer(script.text or ""):
            if (found := stamp(match["value"], "script", evidence.reading)) and _is_possible(found, evidence):
                return found
    return None


_IN_SCRIPT: Final = re.compile(
    r"""["'](?:date_?published|(?:first[_-]?)?publi(?:shed|cation)[_-]?(?:at|date|on|first|time|datetime)?|pub_?date"""
    r"""|publish_?(?:at|date|time)|release_?date|upload_?date|created_?(?:at|date|datetime))["']"""
    r"""\s{0,5}:\s{0,5}["'](?P<value>\d[^"'\n]{7,40})["']""",
    re.IGNORECASE,
)
_MICRODATA: Final = etree.XPath(
    "//*[contains(@itemprop, 'datePublished') or @pubdate or contains(@property, 'datePublished')"
    " or contains(concat(' ', @class, ' '), ' published ') or contains(@class, 'entry-date')]"
)
_BESIDE: Final = 6
_FEW_WORDS: Final = 5
_LONGEST_STAMP: Final = 80
_MOST_NODES: Final = 50
_FEWEST_LISTED: Final = 3
_FARTHEST_ABOVE: Final = -15
_YEAR: Final = r"(?P<year>(?:19[89]|20[0-4])\d)"
_MONTH: Final = r"(?P<month>0[1-9]|1[0-2])"
_DAY: Final = r"(?P<day>0[1-9]|[12]\d|3[01])"
# A number goes on neither before nor after; what merely contains a date (``rencontre_20180227``) tells its subject.
_ADDRESSES: Final = (
    re.compile(rf"/{_YEAR}[/-]{_MONTH}[/-]{_DAY}(?=[/_.-]|$)"),
    re.compile(rf"/{_YEAR}/(?P<month>[a-z]{{3}}|\d)/(?P<day>\d{{1,2}})(?=/)"),
    re.compile(rf"(?<=[-_]){_YEAR}-{_MONTH}-{_DAY}(?=[/_.-]|$)"),
    re.compile(rf"(?<=[-/]){_YEAR}{_MONTH}{_DAY}(?=[/_.-]|$)"),
    re.compile(rf"(?<=[/~]){_DAY}-{_MONTH}-{_YEAR}(?=[/_.-]|$)"),
)
_SECONDS: Final = re.compile(r"[-/](1\d{9})(?:\.\w{3,5})?/?$")


def by_address(evidence: Evidence) -> FoundDate | None:
    """Read the date in the address: ``/2019/05/07/``, ``-20231102-``, seconds since 1970 at its end."""
    path = urlsplit(evidence.document.url).path
    for form in _ADDRESSES:
        for match in form.finditer(path):
            month = int(match["month"]) if match["month"].isdigit() else MONTHS.get(match["month"])
            found = WrittenDate(0, 0, int(match["year"]), month, int(match["day"]))
            if month and found.as_day():
                return _found(found, "url", match.group().strip("/-_"))
    if match := _SECONDS.search(path):
        return stamp(match[1], "url")
    return None


def by_announcement(evidence: Evidence) -> FoundDate | None:
    """Take the date that the feed or sitemap gave."""
    announced = evidence.page.hints.announced
    return stamp(announced, "announced") if announced else None


def by_counted_line(evidence: Evidence) -> FoundDate | None:
    """Read « il y a 3 jours » or « 1er mai » by the headline, counted from the day of the fetch."""
    for line in evidence.lines:
        if line.label == "modified" or not line.bare or not _is_near(line) or evidence.seen is None:
            continue
        if line.relative:
            return _visible(line, "relative")
        if line.date.year is None and (found := nearest(line.date, evidence.seen, evidence.seen)):
            return _visible(replace(line, date=found), "yearless")
    return None


RULES: Final[tuple[Callable[[Evidence], FoundDate | None], ...]] = (
    by_layout,
    by_metadata,
    by_head_line,
    by_microdata,
    by_address,
    by_label,
    by_partial_line,
    by_announcement,
    by_counted_line,
    by_edit,
    by_only_line,
    by_script,
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
    english = language in ("en", "en-us", "en_us", "en-ca", "en-ph") and not host.endswith(
        (".uk", ".au", ".nz", ".ie", ".in", ".za", ".fr", ".eu")
    )
    return Reading(english, language[:2] in ("", "fr") or host.endswith(".fr"))
