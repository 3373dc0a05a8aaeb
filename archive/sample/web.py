"""What does the sample's web answer, and how does it become a WARC file?"""

import hashlib
import io
import uuid
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from email.utils import format_datetime
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from archive.sample.french import in_words, typeset

# The day of the invented crawl; the requests follow one another by the delay of a polite one.
FETCHED = datetime(2025, 10, 6, 4, 0, tzinfo=UTC)
_PACE = timedelta(seconds=2)

_REASONS = {200: "OK", 301: "Moved Permanently", 404: "Not Found"}

_TEMPLATES = Environment(
    loader=FileSystemLoader(Path(__file__).parent / "templates"),
    autoescape=True,
    undefined=StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
)
_TEMPLATES.filters |= {"words": in_words, "fr": typeset}


@dataclass(frozen=True, slots=True)
class Answer:
    """One response. ``changed`` gives the page its ``Last-Modified`` header."""

    url: str
    body: bytes
    content_type: str = "text/html; charset=utf-8"
    status: int = 200
    location: str | None = None
    changed: date | None = None

    def headers(self) -> list[tuple[str, str]]:
        """Return the response's headers; a page that was found has an ETag made of its bytes."""
        found = [("Content-Type", self.content_type), ("Content-Length", str(len(self.body)))]
        if self.location:
            found.append(("Location", self.location))
        if self.status == 200:
            found.append(("ETag", f'"{hashlib.sha256(self.body).hexdigest()[:16]}"'))
        if self.changed:
            noon = datetime(self.changed.year, self.changed.month, self.changed.day, 10, tzinfo=UTC)
            found.append(("Last-Modified", format_datetime(noon, usegmt=True)))
        return found


def page(url: str, template: str, values: Mapping[str, object], changed: date | None = None) -> Answer:
    """Return a page of the sample, made from ``templates/<template>``."""
    body = _TEMPLATES.get_template(template).render(values, url=url)
    kind = "application/xml; charset=utf-8" if template.endswith(".xml") else "text/html; charset=utf-8"
    return Answer(url, body.encode(), kind, changed=changed)


def text(url: str, lines: str) -> Answer:
    """Return a plain text file, such as robots.txt."""
    return Answer(url, lines.encode(), "text/plain; charset=utf-8")


def moved(url: str, location: str) -> Answer:
    """Return a permanent redirect."""
    return Answer(url, b"", status=301, location=location)


def missing(url: str, template: str, values: Mapping[str, object]) -> Answer:
    """Return the site's own page for what it no longer has."""
    return replace(page(url, template, values), status=404)


def warc(answers: Iterable[Answer]) -> bytes:
    """Return the answers as a gzipped WARC file: same answers, same bytes."""
    buffer = io.BytesIO()
    writer = WARCWriter(buffer, gzip=True)
    _describe(writer)
    for position, answer in enumerate(answers):
        _write(writer, answer, FETCHED + position * _PACE)
    return buffer.getvalue()


def _describe(writer: WARCWriter) -> None:
    about = (
        "software: archive.sample.generate\r\n"
        "format: WARC File Format 1.0\r\n"
        "description: Web de presse imaginaire. Textes, personnes et coopératives sont inventés.\r\n"
    )
    record = writer.create_warc_record(
        "",
        "warcinfo",
        payload=io.BytesIO(about.encode()),
        length=len(about.encode()),
        warc_content_type="application/warc-fields",
        warc_headers_dict={"WARC-Date": _stamp(FETCHED), "WARC-Record-ID": _record_id("warcinfo")},
    )
    writer.write_record(record)


def _write(writer: WARCWriter, answer: Answer, when: datetime) -> None:
    status = f"{answer.status} {_REASONS[answer.status]}"
    record = writer.create_warc_record(
        answer.url,
        "response",
        payload=io.BytesIO(answer.body),
        length=len(answer.body),
        http_headers=StatusAndHeaders(status, answer.headers(), protocol="HTTP/1.1"),
        warc_headers_dict={"WARC-Date": _stamp(when), "WARC-Record-ID": _record_id(answer.url)},
    )
    writer.write_record(record)


def _stamp(when: datetime) -> str:
    return when.strftime("%Y-%m-%dT%H:%M:%SZ")


def _record_id(url: str) -> str:
    # Not random: the file must be the same on every run.
    return f"<urn:uuid:{uuid.uuid5(uuid.NAMESPACE_URL, url)}>"
