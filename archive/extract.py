"""What do these pages say? Pages in as JSON lines or files, records out, without network or archive."""

import base64
import binascii
import json
from collections.abc import Iterable, Iterator
from datetime import datetime
from pathlib import Path

from archive.errors import PageError
from archive.models import CoopDirectory, Page
from archive.outlets import Names
from archive.parsers.json_record import as_json
from archive.parsers.records import records
from archive.reading import attempt


def extract_lines(lines: Iterable[bytes], directory: CoopDirectory | None = None) -> Iterator[str]:
    """Yield one JSON text a record, in order; one with an ``"error"`` for what cannot be read.

    A page that does not name its outlet gets the name that earlier pages gave to its domain.

    >>> list(extract_lines([b"{"]))
    ['{"url": null, "error": "line 1: not a JSON object"}']
    """
    names = Names()
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        url: str | None = None
        try:
            given = _object(line, number)
            url = _text(given, "url", number)
            page = _page(given, url, number)
            yield from _written(page, directory, names)
        except PageError as error:
            yield json.dumps({"url": url, "error": str(error)}, ensure_ascii=False)


def extract_file(path: Path, url: str, directory: CoopDirectory | None = None) -> Iterator[str]:
    """Yield one JSON text a record of the page or PDF in a file; raise PageError if it cannot be read."""
    try:
        body = path.read_bytes()
    except OSError as error:
        raise PageError(f"{path}: {error.strerror}") from error
    yield from _written(Page(url, body), directory, Names())


def _written(page: Page, directory: CoopDirectory | None, names: Names) -> Iterator[str]:
    found = attempt(lambda: records(page, directory))
    if isinstance(found, str):
        raise PageError(found)
    names.learn(found)
    for record in found:
        yield json.dumps(as_json(names.named(record)), ensure_ascii=False)


def _object(line: bytes, number: int) -> dict[str, object]:
    try:
        given = json.loads(line)
    except (ValueError, RecursionError):
        given = None
    if not isinstance(given, dict):
        raise PageError(f"line {number}: not a JSON object")
    return given


def _text(given: dict[str, object], key: str, number: int) -> str:
    value = given.get(key)
    if not isinstance(value, str) or not value:
        raise PageError(f'line {number}: "{key}" is missing')
    return value


def _page(given: dict[str, object], url: str, number: int) -> Page:
    content_type = given.get("content_type")
    return Page(
        url,
        _body(given, number),
        content_type if isinstance(content_type, str) else None,
        _moment(given.get("fetched_at"), number),
    )


def _body(given: dict[str, object], number: int) -> bytes:
    if isinstance(html := given.get("html"), str):
        return html.encode("utf-8", "replace")
    encoded = _text(given, "body_base64", number) if "body_base64" in given else ""
    if "body_base64" not in given:
        raise PageError(f'line {number}: neither "html" nor "body_base64"')
    try:
        return base64.b64decode(encoded, validate=True)
    except (binascii.Error, ValueError) as error:
        raise PageError(f'line {number}: "body_base64" is no base64') from error


def _moment(value: object, number: int) -> datetime | None:
    if value is None:
        return None
    try:
        moment = datetime.fromisoformat(value) if isinstance(value, str) else None
    except ValueError:
        moment = None
    if moment is None or moment.tzinfo is None:
        raise PageError(f'line {number}: "fetched_at" is not an ISO time with its zone')
    return moment
