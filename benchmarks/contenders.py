"""Who reads the pages? coopress and its peers behind one signature, each with its best settings."""

import importlib
import logging
import socket
import warnings
from collections.abc import Callable
from dataclasses import dataclass
from importlib.metadata import version
from typing import Any, NoReturn

from w3lib.encoding import html_to_unicode

from archive.errors import PageError
from archive.models import Page
from archive.parsers.records import records
from benchmarks.labelled import Labelled


@dataclass(frozen=True, slots=True)
class Answer:
    """What a contender read: an ISO date and the main text, ``None`` where it found none.

    ``refused`` tells a page that it could not read at all.
    """

    published: str | None = None
    text: str | None = None
    refused: bool = False


Reader = Callable[[Labelled], Answer]


@dataclass(frozen=True, slots=True)
class Contender:
    """One way to read a page. ``load`` imports what it needs and returns the reader."""

    name: str
    package: str
    load: Callable[[], Reader]
    dates: bool = True
    text: bool = True

    @property
    def version(self) -> str:
        """Return the version of the installed package."""
        return version(self.package)


class MissingContender(Exception):
    """A peer is not installed; the message names it and what to install."""


def ready(contender: Contender) -> Reader:
    """Return a contender's reader. Raises MissingContender when it is not installed."""
    offline()
    try:
        return contender.load()
    except ImportError as error:
        raise MissingContender(
            f"{contender.name} cannot be imported ({error}): run "
            "pip install -e '.[benchmark]', or choose with --only"
        ) from error


def offline() -> None:
    """Cut this process off from the network: a peer that would ask it anything is measured without."""

    def refuse(*_: object, **__: object) -> NoReturn:
        raise OSError("a benchmark never uses the network")

    setattr(socket, "getaddrinfo", refuse)  # noqa: B010 (a plain assignment does not type-check)
    setattr(socket.socket, "connect", refuse)  # noqa: B010
    # What a peer has to say about a page is neither an answer nor to be waited for.
    logging.disable(logging.CRITICAL)
    warnings.simplefilter("ignore")


def _coopress() -> Reader:
    def read(page: Labelled) -> Answer:
        try:
            found = records(Page(page.url, page.body))
        except PageError:
            return Answer(refused=True)
        record = next((one for one in found if one.url == page.url), found[0])
        return Answer(record.published.value if record.published else None, record.text)

    return read


def _trafilatura(**settings: bool) -> Callable[[], Reader]:
    def load() -> Reader:
        bare_extraction = importlib.import_module("trafilatura").bare_extraction

        def read(page: Labelled) -> Answer:
            found = bare_extraction(page.body, url=page.url, with_metadata=True, **settings)
            return Answer(found.date, found.text) if found else Answer()

        return read

    return load


def _htmldate(extensive: bool) -> Callable[[], Reader]:
    def load() -> Reader:
        find_date = importlib.import_module("htmldate").find_date

        def read(page: Labelled) -> Answer:
            return Answer(find_date(page.body, url=page.url, extensive_search=extensive, original_date=True))

        return read

    return load


def _newspaper() -> Reader:
    newspaper: Any = importlib.import_module("newspaper")

    def read(page: Labelled) -> Answer:
        # Without fetch_images=False it asks the web for the size of every picture.
        article = newspaper.Article(page.url, fetch_images=False)
        article.download(input_html=html_to_unicode(None, page.body)[1])
        try:
            article.parse()
        except (ImportError, ValueError):
            # Some languages need packages of their own (Japanese, Hindi, Arabic); a NUL byte is refused.
            return Answer(refused=True)
        date = article.publish_date
        return Answer(date.date().isoformat() if date else None, article.text)

    return read


def _resiliparse() -> Reader:
    extract = importlib.import_module("resiliparse.extract.html2text").extract_plain_text
    tree = importlib.import_module("resiliparse.parse.html").HTMLTree
    detect = importlib.import_module("resiliparse.parse.encoding").detect_encoding

    def read(page: Labelled) -> Answer:
        encoding = detect(page.body, from_html_meta=True)
        return Answer(text=extract(tree.parse_from_bytes(page.body, encoding), main_content=True))

    return read


CONTENDERS = {
    contender.name: contender
    for contender in (
        Contender("coopress", "coopress", _coopress),
        # Leaving comments aside is both faster and more often right than its default.
        Contender("trafilatura", "trafilatura", _trafilatura(include_comments=False)),
        Contender("trafilatura-default", "trafilatura", _trafilatura()),
        Contender("trafilatura-fast", "trafilatura", _trafilatura(include_comments=False, fast=True)),
        Contender("htmldate", "htmldate", _htmldate(extensive=True), text=False),
        Contender("htmldate-fast", "htmldate", _htmldate(extensive=False), text=False),
        Contender("newspaper4k", "newspaper4k", _newspaper),
        Contender("resiliparse", "resiliparse", _resiliparse, dates=False),
    )
}
