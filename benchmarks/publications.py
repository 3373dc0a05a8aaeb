"""How much of a PDF's text is read, and in the right order? ``python -m benchmarks.publications [SHARED]``.

F1 of the words: shared ones in the same order (longest matching runs) over those read and those written. The
references are what the documents were made from: ``tests/documents`` here, ``miniweb`` in a shared folder.
"""

import json
import re
import sys
import tomllib
from collections.abc import Iterator
from difflib import SequenceMatcher
from pathlib import Path

from archive.models import Page, Record
from archive.parsers.records import records

ROOT = Path(__file__).parent.parent


def words(text: str) -> list[str]:
    """Return the words of a text, marks and figures among them, apostrophes as one."""
    return re.findall(r"\w+|[^\w\s]", text.replace("’", "'"))


def f1(read: str, written: str) -> float:
    """Return the F1 of the words read against those written, order included."""
    return SequenceMatcher(None, words(read), words(written), autojunk=False).ratio()


def cases(shared: Path) -> Iterator[tuple[str, bytes, str, str | None]]:
    """Yield address, PDF, written text and publication date of each document."""
    letter = ROOT / "tests/documents/lettre.pdf"
    lines = (ROOT / "tests/documents/lettre.txt").read_text("utf-8").splitlines()[1:]
    text = "\n".join(line.removeprefix("## ") for line in lines)
    yield "https://union-du-berry.example/lettre.pdf", letter.read_bytes(), text, "2019-03"
    labels = map(json.loads, (shared / "miniweb/labels.jsonl").read_text("utf-8").splitlines())
    dates = {label["url"]: label["published"] for label in labels}
    content = tomllib.loads((shared / "miniweb/generator/content/la_ramee.toml").read_text("utf-8"))
    for publication in content["publication"]:
        (path,) = (shared / "miniweb/www").rglob(publication["file"])
        (url,) = (url for url in dates if url.endswith(publication["file"]))
        written = re.sub(r"^## |\*\*", "", publication["body"], flags=re.M)
        yield url, path.read_bytes(), written, dates[url]


def main() -> None:
    """Print a line a document."""
    shared = Path(sys.argv[1]) if len(sys.argv) > 1 else ROOT.parent / "shared"
    for url, body, written, date in cases(shared):
        record: Record = records(Page(url, body))[0]
        got = record.published.value if record.published else None
        verdict = "right" if got == date else f"WRONG ({got}, not {date})"
        sys.stdout.write(
            f"{url.rpartition('/')[2]}: F1 {f1(record.text, written):.4f}, date {verdict}, "
            f"{len(record.sections)} sections, {len(record.figures)} figures, needs_ocr {record.needs_ocr}\n"
        )


if __name__ == "__main__":
    main()
