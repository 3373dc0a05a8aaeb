"""When was the page published, and when updated? Rules from the most to the least trustworthy."""

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from itertools import islice
from typing import Final

from archive.models import FoundDate, OtherDate, Page
from archive.parsers.calendar_words import fold
from archive.parsers.date_choices import (
    is_appointment,
    is_by_headline,
    is_list,
    is_near,
    is_of_card,
    is_today_s,
    may_tell,
)
from archive.parsers.date_labels import announces, is_of_many_edits, is_programme, is_report
from archive.parsers.date_lines import DateLine, date_lines
from archive.parsers.declared_dates import (
    declared,
    in_address,
    in_microdata,
    is_of_another,
    month_in_address,
)
from archive.parsers.html import Content, Document
from archive.parsers.script_dates import in_scripts
from archive.parsers.stamps import PARIS, Reading, reading_of, stamp
from archive.parsers.structured import Structured
from archive.parsers.surroundings import Surroundings, headline_of, is_thread, short_text
from archive.parsers.written_dates import EARLIEST_YEAR, LATEST_YEAR, nearest, written


@dataclass(frozen=True, slots=True)
class Evidence:
    """All that the rules may look at, gathered once a page. ``seen`` is the day of the fetch in Paris."""

    document: Document
    data: Structured
    page: Page
    lines: tuple[DateLine, ...]
    marks: tuple[FoundDate, ...]
    reading: Reading
    seen: date | None
    title: str = ""


def published(document: Document, data: Structured, content: Content | None, page: Page) -> FoundDate | None:
    """Return the date the article came out and the rule that says so; ``None`` if the page does not say.

    Dates after the day of the fetch are refused, and nothing is completed from today's date.
    """
    return published_and_updated(document, data, content, page)[0]


def updated(document: Document, data: Structured, content: Content | None, page: Page) -> FoundDate | None:
    """Return the date of the last change that the page itself tells, if it differs from the publication."""
    return published_and_updated(document, data, content, page)[1]


def published_and_updated(
    document: Document, data: Structured, content: Content | None, page: Page
) -> tuple[FoundDate | None, FoundDate | None]:
    """Return both dates, at the cost of one."""
    headline = content.title if content is not None and content.title is not None else headline_of(document)
    reading = reading_of(document)
    fetched = None if page.fetched_at is None else page.fetched_at.astimezone(PARIS)
    seen = None if fetched is None else fetched.date()
    title = "" if headline is None else short_text(headline)
    lines = tuple(date_lines(document, headline, reading.month_first, fetched))
    if announces(title):
        lines = tuple(line for line in lines if not is_appointment(line))
    if is_programme(title):
        lines = tuple(line for line in lines if line.label or line.marked)
    marked = in_microdata(document, page.body, Surroundings(headline), reading)
    marks = tuple(islice(marked, _MOST_MARKS))
    evidence = Evidence(document, data, page, lines, marks, reading, seen, title)
    first = _published(evidence)
    return first, _updated(evidence, first)


def _published(evidence: Evidence) -> FoundDate | None:
    for rule in RULES:
        if (found := rule(evidence)) is not None and _is_possible(found, evidence):
            return replace(found, others=_others(found, evidence))
    return None


def _others(found: FoundDate, evidence: Evidence) -> tuple[OtherDate, ...]:
    """Return what else the page gives as its publication and means another day, each day once."""
    others: dict[str, OtherDate] = {}
    for other in _candidates(evidence):
        agrees = other.value.startswith(found.value) or found.value.startswith(other.value)
        if not agrees and _is_possible(other, evidence):
            others.setdefault(other.value, OtherDate(other.value, other.rule, other.evidence))
    return tuple(others.values())[:_MOST_OTHERS]


def _candidates(evidence: Evidence) -> Iterator[FoundDate]:
    """Yield what any trustworthy rule would answer alone; metadata of other articles is none of it."""
    yield from declared(evidence.data, "datePublished", evidence.reading, own=True)
    for rule in (by_head_line, by_only_label, by_microdata, by_address, by_announcement):
        if (found := rule(evidence)) is not None:
            yield found


def _is_possible(found: FoundDate, evidence: Evidence) -> bool:
    if not EARLIEST_YEAR <= int(found.value[:4]) <= LATEST_YEAR:
        return False
    # A day of grace: the publisher's clock may be ahead of the crawler's time zone.
    return evidence.seen is None or found.value <= (evidence.seen + timedelta(days=1)).isoformat()


def _first_possible(candidates: Iterable[FoundDate], evidence: Evidence) -> FoundDate | None:
    return next((found for found in candidates if _is_possible(found, evidence)), None)


# --- the rules -----------------------------------------------------------------------------------

# A bare day so long after the declared one is that of the event announced, or of an edit.
_CLOCKS_DIFFER: Final = timedelta(days=1)
_BESIDE: Final = 6
_MOST_OTHERS: Final = 5
# A page may be fetched years after it came out; a day and its weekday meet again after six at most, mostly.
_YEARS_ON_LINE: Final = 6
# Lists of other articles mark hundreds of days; the article's own is among the first.
_MOST_MARKS: Final = 20
_FEW_WORDS: Final = 5


# A title such as « La lettre de l’union – juin 2023 » is that of an issue.
_PERIODICAL: Final = re.compile(
    r"\W*(?:l[ae] |l'|notre )?(?:lettre|infolettre|newsletter|bulletin|gazette|journal|revue|echo)"
    r"(?![^\W\d_])"
)


def by_layout(evidence: Evidence) -> FoundDate | None:
    """Read the element that the source's own layout names."""
    for layout in evidence.page.hints.layouts:
        if layout.published is None:
            continue
        for element in evidence.document.tree.cssselect(layout.published):
            text = element.get("datetime") or element.get("content") or str(element.text_content())
            found = stamp(text, "layout", evidence.reading)
            if found and (layout.until is None or found.value <= layout.until.isoformat()):
                return found
    return None


def by_metadata(evidence: Evidence) -> FoundDate | None:
    """Read JSON-LD, then meta tags, unless the line by the headline shows another day.

    Papers overwrite the declared day with that of the last edit, and servers stamp it in another time zone;
    what stands by the headline is what the reader is told.
    """
    found = _first_possible(declared(evidence.data, "datePublished", evidence.reading), evidence)
    if found is not None and found.rule == "json_ld" and is_of_another(evidence.document, evidence.data):
        found = by_label(evidence) or by_head_line(evidence) or found
    visible = by_head_line(evidence)
    if found is None or visible is None or visible.value == found.value:
        return found
    later = date.fromisoformat(visible.value) - date.fromisoformat(found.value)
    if visible.rule == "line" and later > _CLOCKS_DIFFER and not _is_told_as_first(visible, evidence):
        return found
    return visible


def _is_told_as_first(visible: FoundDate, evidence: Evidence) -> bool:
    """Tell whether the markup calls a visible day a date, and the metadata do not call it that of an edit."""
    marked = any(line.marked and line.date.value == visible.value for line in evidence.lines)
    edits = declared(evidence.data, "dateModified", evidence.reading)
    return marked and all(edit.value != visible.value for edit in edits)


def by_head_line(evidence: Evidence) -> FoundDate | None:
    """Read the line by the headline: « Publié le … », or the bare day as the movement's sites set it."""
    near = [line for line in evidence.lines if is_near(line) and may_tell(line) and line.date.as_day()]
    near = [line for line in near if not is_today_s(line, evidence.seen)]
    under = [line for line in near if line.distance is not None and line.distance > 0]
    # What is listed above the headline leaves a single line under it alone.
    if is_list(evidence.lines, near) and len({line.date.value for line in under if not line.prose}) == 1:
        near = under
    if is_list(evidence.lines, near):
        near = [line for line in near if line.label]
    best = min(near, key=lambda line: (line.prose > 0, line.label is None, not line.marked), default=None)
    if best is None:
        return None
    return _shown(best, "label") if best.label else by_only_label(evidence) or _shown(best, "line")


def by_first_post(evidence: Evidence) -> FoundDate | None:
    """Read the day of the first post where the page is a thread in a forum: those below it answer."""
    if not is_thread(evidence.document.url):
        return None
    posts = (line for line in evidence.lines if line.label != "modified" and line.date.as_day())
    first = next((line for line in posts if (line.distance or 0) >= 0 and _is_of_post(line)), None)
    return _shown(first, "line") if first else None


def _is_of_post(line: DateLine) -> bool:
    return line.label is not None or (line.bare and (line.date.time is not None or line.marked))


def by_only_label(evidence: Evidence) -> FoundDate | None:
    """Read the one line that is labelled and marked as the publication, wherever it stands."""
    labelled = [line for line in evidence.lines if line.label == "published" and line.marked]
    lines = [line for line in labelled if line.date.as_day()]
    if len({line.date.value for line in lines}) != 1 or lines[0].relative:
        return None
    return _shown(lines[0], "label")


def by_microdata(evidence: Evidence) -> FoundDate | None:
    """Read the ``<time>`` or kindred element nearest to the headline that gives the publication."""
    return _first_possible(evidence.marks, evidence)


def by_address(evidence: Evidence) -> FoundDate | None:
    """Read the date in the page's address, unless the title tells that it is the day of a meeting."""
    found = in_address(evidence.document.url)
    if found is not None and is_report(evidence.title):
        told = {one.value for one in written(evidence.title)}
        return None if found.value in told else found
    return found


def by_label(evidence: Evidence) -> FoundDate | None:
    """Read « Publié le … », « Mis en ligne le … » anywhere in the article's own lines."""
    labelled = (line for line in evidence.lines if line.label == "published" and not line.relative)
    best = next((line for line in labelled if line.date.as_day()), None)
    return _shown(best, "label") if best else None


def by_partial_line(evidence: Evidence) -> FoundDate | None:
    """Read a month or season right by the headline, or that which ends the title of a letter."""
    title = evidence.title
    if is_programme(title):
        return None
    in_title = written(title) if _PERIODICAL.match(fold(title)) else []
    if in_title and in_title[-1].year and not in_title[-1].day and in_title[-1].end == len(title):
        return _shown(DateLine(in_title[-1], title), "line")
    for line in evidence.lines:
        if line.date.day or line.distance is None or line.headings or abs(line.distance) > _BESIDE:
            continue
        if may_tell(line) and not line.prose and line.words <= _FEW_WORDS and not is_programme(line.text):
            return _shown(line, "label" if line.label else "line")
    return None


def by_announcement(evidence: Evidence) -> FoundDate | None:
    """Take the date that the feed or sitemap gave."""
    announced = evidence.page.hints.announced
    return stamp(announced, "announced", evidence.reading) if announced else None


def by_counted_line(evidence: Evidence) -> FoundDate | None:
    """Read « il y a 3 jours » or « 1er mai » by the headline, counted from the day of the fetch."""
    for line in evidence.lines:
        if line.label == "modified" or not line.bare or not is_near(line) or evidence.seen is None:
            continue
        if line.relative:
            return _shown(line, "relative")
        if line.date.year is not None:
            continue
        if found := nearest(line.date, evidence.seen, evidence.seen, _YEARS_ON_LINE):
            return _shown(replace(line, date=found), "yearless")
    return None


def by_edit(evidence: Evidence) -> FoundDate | None:
    """Take « Mis à jour le … » by the headline, where papers give no other date."""
    edits = (line for line in evidence.lines if line.label == "modified" and line.date.as_day())
    best = next((line for line in edits if is_by_headline(line) and not is_of_many_edits(line.text)), None)
    return _shown(best, "edit") if best else None


def by_only_line(evidence: Evidence) -> FoundDate | None:
    """Read the only date of the article's lines, wherever it stands: a signature, a mark at the foot."""
    lines = [line for line in evidence.lines if line.label is None and may_tell(line) and line.date.as_day()]
    first = next((line for line in lines if (line.distance or 0) >= 0), None)
    if first is None or is_of_card(first) or len({line.date.value for line in lines}) > 1:
        return None
    return _shown(first, "only_line") if first.marked or first.headings <= 1 else None


def by_script(evidence: Evidence) -> FoundDate | None:
    """Read a publication date in the data that the page's own scripts carry."""
    return _first_possible(in_scripts(evidence.document, evidence.reading, evidence.title), evidence)


def by_month_in_address(evidence: Evidence) -> FoundDate | None:
    """Read the month that blogs file the article under."""
    return month_in_address(evidence.document.url)


RULES: Final[tuple[Callable[[Evidence], FoundDate | None], ...]] = (
    by_layout,
    by_metadata,
    by_first_post,
    by_head_line,
    by_microdata,
    by_address,
    by_label,
    by_partial_line,
    by_announcement,
    by_counted_line,
    by_script,
    by_edit,
    by_only_line,
    by_month_in_address,
)


def _shown(line: DateLine, rule: str) -> FoundDate:
    wording = line.text[line.date.start : line.date.end]
    return FoundDate(line.date.value, line.date.precision, rule, wording, line.date.time)


def _updated(evidence: Evidence, first: FoundDate | None) -> FoundDate | None:
    label = next((line for line in evidence.lines if line.label == "modified" and line.date.year), None)
    if label is not None:
        found: FoundDate | None = _shown(label, "label")
    else:
        found = _first_possible(declared(evidence.data, "dateModified", evidence.reading), evidence)
    if found is None or not _is_possible(found, evidence):
        return None
    return found if first is None or _is_after(found, first) else None


def _is_after(found: FoundDate, first: FoundDate) -> bool:
    """Tell whether a change came after the publication; on the same day only its time can say so."""
    if found.value != first.value:
        return found.value > first.value
    return found.time is not None and first.time is not None and found.time > first.time
