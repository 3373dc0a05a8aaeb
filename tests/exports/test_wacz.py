"""The archive leaves as a package that replays in other people's viewers."""

import gzip
import hashlib
import io
import json
import os
import re
import shutil
import sqlite3
import subprocess
import zipfile
from datetime import UTC, datetime
from pathlib import Path

import pytest
from click.testing import CliRunner
from warcio.archiveiterator import ArchiveIterator

from archive.cli import main
from archive.exports import surt
from archive.models import Exchange
from archive.pipeline import Archive
from tests.imports.makers import HOST, page

ROOT = Path(__file__).parents[2]
# pywb wants an older redis than we lock, and so has an environment of its own (make .venv-pywb/.ready).
PYWB = Path(os.environ.get("COOPRESS_PYWB", ROOT / ".venv-pywb")) / "bin" / "python"
# Reads « moment address » lines and prints what the viewer answers to each, for pywb's own Python.
REPLAYING = r"""
import json
import sys

from pywb.apps.frontendapp import FrontEndApp
from werkzeug.test import Client

client = Client(FrontEndApp())
for line in sys.stdin:
    moment, url = line.split()
    answer = client.get(f"/coop/{moment}id_/{url}")
    sys.stdout.write(json.dumps([answer.status_code, answer.get_data().hex()]) + "\n")
"""
SCIERIE, LAVERIE, MOVED = f"{HOST}/actus/scierie", f"{HOST}/actus/laverie", f"{HOST}/ancienne?b=2&a=1"


def answer(url: str, day: int, body: bytes = b"", status: int = 200, **more: object) -> Exchange:
    headers = [("Content-Type", "text/html; charset=utf-8"), ("ETag", '"a"')]
    if status == 301:
        headers.append(("Location", SCIERIE))
    when = datetime(2024, 6, day, 8, tzinfo=UTC)
    return Exchange("les_scop_idf", "article", url, status, "X", headers, body, when, **more)


@pytest.fixture
def data(tmp_path: Path) -> Path:
    folder = tmp_path / "d"
    packed = gzip.compress(page("laverie"))
    with Archive(folder, {}) as archive:
        archive.database.table("sources").insert(
            {"slug": "les_scop_idf", "title": "U", "kind": "union", "home": "", "via": "", "publish": "full"}
        )
        archive.keep(answer(SCIERIE, 1, page("scierie")))
        archive.keep(answer(LAVERIE, 1, page("laverie")))
        archive.keep(answer(MOVED, 1, status=301))
        archive.keep(answer(SCIERIE, 2, page("scierie")))  # the same: a revisit
        archive.keep(answer(SCIERIE, 3, status=304))
        archive.keep(answer(SCIERIE, 4, page("scierie", 5)))
        zipped = answer(f"{HOST}/actus/comprimee", 5, packed)
        archive.keep(
            Exchange(**{**_fields(zipped), "headers": [*zipped.headers, ("Content-Encoding", "gzip")]})
        )
        archive.keep(answer(f"{HOST}/actus/sans-copie", 6, noarchive=True))
    return folder


def _fields(exchange: Exchange) -> dict[str, object]:
    return {name: getattr(exchange, name) for name in exchange.__slots__}


def export(data: Path) -> Path:
    target = data.parent / "a.wacz"
    done = CliRunner().invoke(main, ["export", "--format", "wacz", "-o", str(target), "--data", str(data)])
    assert done.exit_code == 0, done.output
    return target


def test_a_package_lists_each_of_its_files_with_its_digest_and_packs_none(data: Path):
    with zipfile.ZipFile(export(data)) as package:
        assert {entry.compress_type for entry in package.infolist()} == {zipfile.ZIP_STORED}
        described = json.loads(package.read("datapackage.json"))
        listed = {one["path"]: (one["hash"], one["bytes"]) for one in described["resources"]}
        for path, told in listed.items():
            content = package.read(path)
            assert told == (f"sha256:{hashlib.sha256(content).hexdigest()}", len(content))
        assert set(package.namelist()) == {*listed, "datapackage.json", "datapackage-digest.json"}
        own = hashlib.sha256(package.read("datapackage.json")).hexdigest()
        assert json.loads(package.read("datapackage-digest.json")) == {
            "path": "datapackage.json",
            "hash": f"sha256:{own}",
        }
    assert described["wacz_version"] == "1.1.1"


def index_of(package: zipfile.ZipFile) -> list[dict[str, str]]:
    lines = gzip.decompress(package.read("indexes/index.cdx.gz")).decode().splitlines()
    assert lines == sorted(lines)
    return [json.loads(line.split(" ", 2)[2]) for line in lines]


def test_the_index_leads_to_each_record(data: Path):
    with zipfile.ZipFile(export(data)) as package:
        warc = package.read("archive/data.warc.gz")
        index = index_of(package)
        starts = package.read("indexes/index.idx").decode().splitlines()
    assert len(index) == 7
    for line in index:
        record = next(iter(ArchiveIterator(io.BytesIO(warc[int(line["offset"]) :]), check_digests="raise")))
        assert record.rec_headers.get_header("WARC-Target-URI") == line["url"]
        assert record.rec_headers.get_header("WARC-Payload-Digest") == line["digest"]
    assert starts[0] == '!meta 0 {"format": "cdxj-gzip-1.0", "filename": "index.cdx.gz"}'
    assert json.loads(starts[1].split(" ", 2)[2])["offset"] == 0


def test_pages_are_listed_with_their_titles_newest_first(data: Path):
    with zipfile.ZipFile(export(data)) as package:
        head, *pages = [json.loads(line) for line in package.read("pages/pages.jsonl").splitlines()]
    assert head == {"format": "json-pages-1.0", "id": "pages", "title": "Toutes les pages"}
    assert [(one["url"], one["ts"], one["title"]) for one in pages] == [
        (f"{HOST}/actus/comprimee", "2024-06-05T08:00:00Z", "La laverie a dix ans"),
        (SCIERIE, "2024-06-04T08:00:00Z", "La scierie a dix ans"),
        (LAVERIE, "2024-06-01T08:00:00Z", "La laverie a dix ans"),
    ]


def test_what_was_taken_down_is_nowhere_in_the_package(data: Path):
    database = sqlite3.connect(data / "archive.db")
    database.execute(
        "INSERT INTO takedowns (article, who, why, at) SELECT id, 'J', 'demande', '2024-07-01T00:00:00Z'"
        " FROM articles WHERE url = ?",
        [SCIERIE],
    )
    database.commit()
    database.close()
    with zipfile.ZipFile(export(data)) as package:
        assert {line["url"] for line in index_of(package)} == {LAVERIE, MOVED, f"{HOST}/actus/comprimee"}
        assert SCIERIE.encode() not in package.read("pages/pages.jsonl")
        kept = ArchiveIterator(io.BytesIO(package.read("archive/data.warc.gz")))
        assert SCIERIE not in [record.rec_headers.get_header("WARC-Target-URI") for record in kept]


def test_a_damaged_record_is_named_and_left_out(data: Path):
    ((file, offset),) = _query(data, f"SELECT file, offset FROM captures WHERE url = '{LAVERIE}'")
    path = data / "raw" / str(file)
    content = bytearray(path.read_bytes())
    content[int(offset) + 300] ^= 0xFF
    path.write_bytes(content)
    done = CliRunner().invoke(
        main, ["export", "--format", "wacz", "-o", str(data / "a.wacz"), "--data", str(data)]
    )
    assert done.exit_code == 0
    # Whether the record no longer unpacks or belies its digest depends on the byte.
    assert re.search(rf"left out: \S*{re.escape(path.name)}, byte {offset}:?", done.stderr)


def _query(data: Path, query: str) -> list[tuple[object, ...]]:
    database = sqlite3.connect(data / "archive.db")
    try:
        return database.execute(query).fetchall()
    finally:
        database.close()


def test_what_was_exported_comes_in_again_elsewhere(data: Path, tmp_path: Path):
    done = CliRunner().invoke(main, ["import-warc", str(export(data)), "--data", str(tmp_path / "e")])
    assert done.exit_code == 0, done.output
    query = "SELECT url, title, published, text, first_seen FROM articles ORDER BY url"
    assert _query(tmp_path / "e", query) == _query(data, query)
    again = CliRunner().invoke(main, ["import-warc", str(export(data)), "--data", str(data)])
    assert "0 pages kept, 0 articles new, 6 known already" in again.stderr


@pytest.mark.skipif(not PYWB.is_file(), reason="pywb is not installed (make .venv-pywb/.ready)")
def test_every_page_replays_in_pywb_by_our_index_and_by_its_own(data: Path, tmp_path: Path):
    package = export(data)
    for manner in ("ours", "its own"):
        folder = tmp_path / manner
        folder.mkdir()
        tool = [str(PYWB.with_name("wb-manager"))]
        subprocess.run([*tool, "init", "coop"], cwd=folder, check=True, capture_output=True)
        collection = folder / "collections" / "coop"
        if manner == "ours":
            with zipfile.ZipFile(package) as opened:
                (collection / "archive/data.warc.gz").write_bytes(opened.read("archive/data.warc.gz"))
                lines = gzip.decompress(opened.read("indexes/index.cdx.gz"))
            (collection / "indexes").mkdir(exist_ok=True)
            (collection / "indexes/index.cdxj").write_bytes(lines)
        else:
            added = [*tool, "add", "--unpack-wacz", "coop", str(package)]
            subprocess.run(added, cwd=folder, check=True, capture_output=True)
        asked = {
            f"20240601080000 {SCIERIE}": page("scierie"),
            f"20240602080000 {SCIERIE}": page("scierie"),
            f"20240604080000 {SCIERIE}": page("scierie", 5),
            f"20240601080000 {LAVERIE}": page("laverie"),
            f"20240605080000 {HOST}/actus/comprimee": page("laverie"),
        }
        done = subprocess.run(
            [str(PYWB), "-c", REPLAYING],
            input="".join(f"{line}\n" for line in [*asked, f"20240606080000 {HOST}/actus/sans-copie"]),
            cwd=folder,
            capture_output=True,
            text=True,
            timeout=120,
            check=True,
        )
        answers = [
            json.loads(line)
            for line in done.stdout.splitlines()
            if line.startswith("[2") or line.startswith("[4")
        ]
        assert [status for status, _ in answers] == [200] * len(asked) + [404]
        bodies = [bytes.fromhex(body) for _, body in answers[:-1]]
        assert [gzip.decompress(body) if body[:2] == b"\x1f\x8b" else body for body in bodies] == list(
            asked.values()
        )


@pytest.mark.skipif(not PYWB.is_file(), reason="pywb is not installed (make .venv-pywb/.ready)")
def test_addresses_have_the_keys_that_replay_programs_look_for():
    urls = [
        "https://www.Gazette-du-Val.example/Actus/?b=2&a=1#haut",
        "http://a.example:8080/caf%C3%A9",
        "http://a.example",
        "http://a.example/spip.php?article12",
        "http://a.example/x/?PHPSESSID=0123456789abcdef0123456789abcdef&z=1",
        "http://a.example//x///y/../z/",
        "https://a.example:443/x?a=%20b&a=&c",
        "http://www2.a.example/a;b,c",
        "http://élan.example/été?q=é",
        "http://a.example/Actualites/(offset)/10",
    ]
    program = "import sys; from surt import surt; print(*map(surt, sys.argv[1:]), sep='\\n')"
    done = subprocess.run([str(PYWB), "-c", program, *urls], capture_output=True, text=True, check=True)
    assert done.stdout.splitlines() == [surt.key(url) for url in urls]


def test_nothing_half_written_stays_when_the_disk_refuses(data: Path):
    target = data.parent / "dossier"
    target.mkdir()
    done = CliRunner().invoke(
        main, ["export", "--format", "wacz", "-o", str(target / "absent" / "a.wacz"), "--data", str(data)]
    )
    assert done.exit_code == 1
    assert "No such file or directory" in done.output
    shutil.rmtree(target)
