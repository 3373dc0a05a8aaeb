"""How good are the parsers, field by field? Shares over annotated pages, against quality.toml."""

import gzip
import html
import io
import json
import re
import tomllib
import unicodedata
from collections import defaultdict
from collections.abc import Callable, Iterator
from datetime import datetime
from functools import cache
from pathlib import Path

import pytest
from warcio.archiveiterator import ArchiveIterator

from archive.models import Page, Record
from archive.outlets import Names
from archive.parsers.outlets import fold
from archive.parsers.records import records
from tests.test_pages import NOTES, expected, note_of, record_of, said

FLOORS = tomllib.loads((Path(__file__).parent / "quality.toml").read_text("utf-8"))
SHARED = Path(__file__).parents[2] / "shared"
_PREFIX = re.compile(
    r"^(?:la|le|les|l|un|une|d|de|du|des|scop|scic|cae|sarl|sas|sa|arl|cooperative|societe|ebs|groupe) (?=.)"
)


class Tally:
    """Counts right and wrong answers a field; of lists, each element counts."""

    def __init__(self) -> None:
        self.right: dict[str, int] = defaultdict(int)
        self.wrong: dict[str, int] = defaultdict(int)

    def same(self, field: str, wanted: object, got: object) -> None:
        (self.right if wanted == got else self.wrong)[field] += 1

    def sets(self, field: str, wanted: set[str], got: set[str]) -> None:
        self.right[field] += 2 * len(wanted & got)
        self.wrong[field] += len(wanted ^ got)

    def share(self, field: str) -> float:
        """Return the share of right answers; for sets this is F1."""
        return self.right[field] / ((self.right[field] + self.wrong[field]) or 1)


def squash(text: str | None) -> str:
    return re.sub(r"\s+", " ", unicodedata.normalize("NFC", text or "").replace("\u00ad", "")).strip()


def day(record: Record | None, field: str = "published") -> str | None:
    found = getattr(record, field) if record is not None else None
    return found.value if found else None


def codes(found: list[Record]) -> set[str]:
    return {mention.code for record in found for mention in record.departments}


def bare(name: str) -> str:
    """Return a co-op's name without what does not distinguish it: case, accents, articles, legal forms."""
    folded = fold(name.replace("œ", "oe"))
    while (shorter := _PREFIX.sub("", folded)) != folded:
        folded = shorter
    return folded


def own_coops(label: dict) -> set[str]:
    return {bare(coop["name"]) for coop in label["coops"] if coop.get("in", "body") == "body"}


def named(found: list[Record], label: dict) -> set[str]:
    """Return the co-ops found, those left out that the label counts neither way."""
    optional = {
        bare(one if isinstance(one, str) else one["name"]) for one in label.get("coops_optional") or []
    }
    return {bare(coop.name) for record in found for coop in record.coops} - (optional - own_coops(label))


@cache
def pages() -> Tally:
    tally = Tally()
    for path in NOTES:
        note = note_of(path)
        for field in note["expected"]:
            tally.same(field, expected(note, field), said(record_of(path), field))
    return tally


def flat(text: str) -> bytes:
    """Return a text as the plainest page: its first line the heading, each other one a paragraph."""
    first, *rest = [html.escape(line.strip()) for line in text.splitlines() if line.strip()]
    body = f"<h1>{first}</h1>" + "".join(f"<p>{line}</p>" for line in rest)
    head = f'<head><meta charset="utf-8"><title>{first}</title></head>'
    return f'<html lang="fr">{head}<body><main>{body}</main></body></html>'.encode()


@cache
def gold() -> Tally:
    tally = Tally()
    for line in (SHARED / "gold/dev.jsonl").read_text("utf-8").splitlines():
        label = json.loads(line)
        if not label.get("text"):
            continue
        found = records(Page(label["url"], flat(label["text"])))
        tally.same("published" if label["published"] else "undated", label["published"], day(found[0]))
        own = {d["code"] for d in label["departments"] if d.get("in", "body") == "body"}
        aside = {d if isinstance(d, str) else d["code"] for d in label.get("departments_optional") or []}
        tally.sets("departments", own, codes(found) - (aside - own))
        tally.sets("coops", own_coops(label), named(found, label))
    return tally


def miniweb_pages() -> Iterator[Page]:
    labelled = {label["url"]: label for label in miniweb_labels()}
    boards = {label["url"].partition("#")[0] for label in labelled.values() if "#" in label["url"]}
    with gzip.open(SHARED / "miniweb/web.warc.gz") as stream:
        seen: set[str] = set()
        for entry in ArchiveIterator(io.BytesIO(stream.read())):
            url = entry.rec_headers.get_header("WARC-Target-URI")
            if entry.rec_type != "response" or entry.http_headers.get_statuscode() != "200" or url in seen:
                continue
            if url in labelled or url in boards:
                seen.add(url)
                moment = datetime.fromisoformat(entry.rec_headers.get_header("WARC-Date"))
                kind = entry.http_headers.get_header("Content-Type")
                yield Page(url, entry.content_stream().read(), kind, moment)


@cache
def miniweb_labels() -> tuple[dict, ...]:
    lines = (SHARED / "miniweb/labels.jsonl").read_text("utf-8").splitlines()
    return tuple(label for label in map(json.loads, lines) if not label.get("must_not_fetch"))


@cache
def miniweb() -> Tally:
    tally = Tally()
    read = [record for page in miniweb_pages() for record in records(page)]
    names = Names()
    names.learn(read)  # as an archive does when it settles
    found = {record.url: names.named(record) for record in read}
    for label in miniweb_labels():
        record = found.get(label["url"])
        if label["kind"] == "clipping":
            tally.same("clippings", True, record is not None)
        if record is None:
            continue
        tally.same("title", squash(label["title"]), squash(record.title))
        tally.same("published", label["published"], day(record))
        tally.sets(
            "departments",
            set(label["departments"]),
            codes([record]) - set(label.get("departments_optional") or []),
        )
        tally.sets("coops", own_coops(label), named([record], label))
        if label.get("outlet"):
            tally.same("outlet", fold(label["outlet"]), fold(record.outlet or ""))
        if label["kind"] == "article":
            tally.same("kicker", label.get("kicker"), record.kicker)
            tally.same("updated", label.get("updated"), day(record, "updated"))
            tally.same("authors", sorted(label.get("authors") or []), sorted(record.authors))
        text = squash(record.text)
        for fragment in label.get("with") or []:
            tally.same("text", True, squash(fragment) in text)
        for fragment in label.get("without") or []:
            tally.same("text", False, squash(fragment) in text)
    return tally


@pytest.mark.parametrize("field", FLOORS["pages"])
def test_our_own_pages(field):
    hold(pages, "pages", field)


@pytest.mark.skipif(not (SHARED / "gold").is_dir(), reason="../shared/gold is absent")
@pytest.mark.parametrize("field", FLOORS["gold"])
def test_real_texts(field):
    hold(gold, "gold", field)


@pytest.mark.skipif(not (SHARED / "miniweb").is_dir(), reason="../shared/miniweb is absent")
@pytest.mark.parametrize("field", FLOORS["miniweb"])
def test_the_invented_web(field):
    hold(miniweb, "miniweb", field)


def hold(tally: Callable[[], Tally], table: str, field: str) -> None:
    share = tally().share(field)
    assert share >= FLOORS[table][field], f"{table}.{field}: {share:.4f}"
