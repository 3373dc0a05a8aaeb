"""What does an e-mail newsletter say? Its headers tell subject, sender and day; its body is a page."""

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from email import message_from_bytes, policy
from email.errors import MessageError
from email.headerregistry import AddressHeader, DateHeader
from email.message import EmailMessage, MIMEPart
from html import escape
from typing import Final
from zoneinfo import ZoneInfo

from archive.errors import PageError
from archive.models import FoundDate, Page, Record
from archive.parsers.articles import article
from archive.parsers.blocks import outline, squeeze
from archive.parsers.bodies import joined
from archive.parsers.html import parse
from archive.parsers.structured import structured

_PARIS: Final = ZoneInfo("Europe/Paris")
_FIRST_YEAR: Final = 1990
_MOST_PARTS: Final = 500
_ENOUGH: Final = 0.6  # of what a letter shows: an article of it alone is less
# Lines that speak of the letter and not of anything else.
_ABOUT_THE_LETTER: Final = re.compile(
    r"d[ée]sabonn|d[ée]sinscri|unsubscribe|ne plus recevoir|vous recevez (?:ce|cet|cette)\b"
    r"|(?:voir|lire|visualiser|consulter|afficher).{0,40}\b(?:en ligne|navigateur)\b",
    re.IGNORECASE,
)
_LONGEST_SUCH: Final = 250
_FORWARDED: Final = re.compile(r"^\s*(?:(?:re|fwd?|tr)\s?:\s*)+", re.IGNORECASE)


def mail(page: Page) -> Record:
    """Return the record of an e-mail: a publication when it comes from a list, else an article.

    Raises PageError, naming it, when it has no text that can be read.
    """
    try:
        message = message_from_bytes(page.body, policy=policy.default)
        assert isinstance(message, EmailMessage)
        body = _body(message, page.url)
    except (MessageError, ValueError, LookupError, AttributeError, TypeError, RecursionError) as error:
        raise PageError(f"{page.url}: the e-mail cannot be read ({type(error).__name__}: {error})") from error
    made = replace(page, body=body, content_type="text/html; charset=utf-8")
    document = parse(made)
    read = article(document, structured(document), made)
    text = _own_lines(read.text)
    shown = _own_lines(joined(outline(document.tree).blocks))
    if len(text) < _ENOUGH * len(shown):
        text = shown
    subject = _FORWARDED.sub("", squeeze(_header(message, "subject"))) or None
    if not text and subject is None:
        raise PageError(f"{page.url}: the e-mail has no text")
    lines = [line for line in text.splitlines() if line != subject]
    return replace(
        read,
        kind="publication" if message["List-Unsubscribe"] or message["List-Id"] else "article",
        canonical=None,
        obstacle=None,
        title=subject or read.title,
        published=_sent(message) or read.published,
        updated=None,
        outlet=page.hints.outlet or _sender(message) or read.outlet,
        text="\n".join(lines),
        shape=None,
    )


def _body(message: EmailMessage, url: str) -> bytes:
    """Return the message's body as a page of HTML."""
    for number, _ in enumerate(message.walk()):
        if number > _MOST_PARTS:
            raise PageError(f"{url}: the e-mail has more than {_MOST_PARTS} parts")
    part = message.get_body(("html", "plain"))
    if part is None:
        raise PageError(f"{url}: the e-mail has no text")
    text = _decoded(part)
    if part.get_content_type() != "text/html":
        paragraphs = (
            squeeze(one.replace("\n", " ")) for one in re.split(r"\n\s*\n", text.replace("\r\n", "\n"))
        )
        text = (
            "<body><article>"
            + "".join(f"<p>{escape(one)}</p>" for one in paragraphs if one)
            + "</article></body>"
        )
    # What the page itself says of its letters no longer holds.
    return b"\xef\xbb\xbf" + text.encode("utf-8", "replace")


def _decoded(part: MIMEPart) -> str:
    payload = part.get_payload(decode=True)
    data = payload if isinstance(payload, bytes) else b""
    try:
        return data.decode(part.get_content_charset("utf-8"))
    except (LookupError, UnicodeDecodeError):
        return data.decode("cp1252", "replace")


def _own_lines(text: str) -> str:
    return "\n".join(
        line for line in text.splitlines() if len(line) > _LONGEST_SUCH or not _ABOUT_THE_LETTER.search(line)
    )


def _header(message: EmailMessage, name: str) -> str:
    try:
        return str(message[name] or "")
    except (ValueError, LookupError, AttributeError, TypeError, IndexError):
        return ""


def _sent(message: EmailMessage) -> FoundDate | None:
    """Return the day on which the message was sent, in Paris, by its Date header."""
    told = _header(message, "date")
    header = message["date"] if told else None
    when: datetime | None = header.datetime if isinstance(header, DateHeader) else None
    if when is None or when.year < _FIRST_YEAR:
        return None
    here = (when if when.tzinfo else when.replace(tzinfo=UTC)).astimezone(_PARIS)
    return FoundDate(f"{here:%Y-%m-%d}", "day", "mail_date", told, f"{here:%H:%M}")


def _sender(message: EmailMessage) -> str | None:
    """Return the name under which the message was sent."""
    header = message["from"] if _header(message, "from") else None
    names = _names(header) if isinstance(header, AddressHeader) else iter(())
    return next((squeeze(name) for name in names if name and "@" not in name), None)


def _names(header: AddressHeader) -> Iterator[str]:
    return (address.display_name for address in header.addresses)
