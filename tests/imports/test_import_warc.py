"""Other people's archives come in: what is sound once, what is not by name."""

import gzip
import io
import multiprocessing
import os
import signal
import sqlite3
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from warcio.warcwriter import WARCWriter

from archive.cli import main
from archive.pipeline import Archive
from tests.imports.makers import DATE, HOST, by_hand, cut, one_member, page, records, response, wacz, warc

if sys.version_info >= (3, 14):
    from compression import zstd
else:
    from backports import zstd

NAMES = ["scierie", "boulangerie", "laverie", "fonderie"]
PAGES = {f"{HOST}/actus/{name}": page(name, day) for day, name in enumerate(NAMES, 2)}


def bring(data: Path, *files: Path | str, code: int = 0) -> Result:
    done = CliRunner().invoke(main, ["import-warc", "--data", str(data), *map(str, files)])
    assert done.exit_code == code, (done.output, done.exception)
    return done


def rows(data: Path, query: str) -> list[tuple[object, ...]]:
    database = sqlite3.connect(data / "archive.db")
    try:
        return database.execute(query).fetchall()
    finally:
        database.close()


def articles(data: Path) -> list[tuple[object, ...]]:
    return rows(data, "SELECT url, title, published, first_seen FROM articles ORDER BY published")


WHOLE = [
    (f"{HOST}/actus/{name}", f"La {name} a dix ans", f"2018-05-0{day}", DATE)
    for day, name in enumerate(NAMES, 2)
]


def frames(data: bytes, dictionary: zstd.ZstdDict | None = None) -> bytes:
    """Return gzip members as zstd frames."""
    out = b""
    for member in _members(data):
        out += zstd.compress(member, zstd_dict=dictionary)
    if dictionary is None:
        return out
    packed = zstd.compress(dictionary.dict_content)
    return b"\x5d\x2a\x4d\x18" + len(packed).to_bytes(4, "little") + packed + out


def _members(data: bytes) -> list[bytes]:
    return [b"WARC/" + part for part in gzip.decompress(data).split(b"WARC/")[1:]]


def dictionary() -> zstd.ZstdDict:
    samples = [gzip.decompress(warc({f"{HOST}/x{n}": page(f"serre{n}")})) for n in range(40)]
    return zstd.train_dict(samples, 4096)


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("a.warc.gz", warc(PAGES)),
        ("a.warc", warc(PAGES, packed=False)),
        ("tout-ensemble.warc.gz", one_member(warc(PAGES))),
        ("a.warc.zst", frames(warc(PAGES))),
        ("dictionnaire.warc.zst", frames(warc(PAGES), dictionary())),
        ("a.wacz", wacz({"archive/a.warc.gz": warc(PAGES)})),
        ("deflate.wacz", wacz({"archive/a.warc": warc(PAGES, packed=False)}, deflate=["archive/a.warc"])),
    ],
)
def test_every_manner_of_file_comes_in_and_twice_brings_nothing_new(tmp_path: Path, name: str, data: bytes):
    file = tmp_path / name
    file.write_bytes(data)
    assert "4 pages kept, 4 articles new, 0 known already, 0 problems" in bring(tmp_path / "d", file).stderr
    assert articles(tmp_path / "d") == WHOLE
    before = rows(tmp_path / "d", "SELECT * FROM captures")
    assert "0 pages kept, 0 articles new, 4 known already" in bring(tmp_path / "d", file).stderr
    assert rows(tmp_path / "d", "SELECT * FROM captures") == before
    assert {
        row[0].partition("/")[0] for row in rows(tmp_path / "d", "SELECT imported_from FROM captures")
    } == {name}


def test_pages_go_to_the_source_of_their_host_else_to_the_named_one_else_to_one_made_for_them(tmp_path: Path):
    folder = tmp_path / "sources"
    folder.mkdir()
    for slug, home, pattern in (("union", HOST, "/actus/"), ("agence", "https://agence.example", "/d/")):
        (folder / f"{slug}.toml").write_text(
            f'title = "{slug}"\nkind = "press"\nhome = "{home}/"\n[fetch]\nvia = "listing"\n'
            f"start = [\"{home}/\"]\narticles = '{pattern}'\n",
            "utf-8",
        )
    file = tmp_path / "a.warc.gz"
    strange = {"https://ailleurs.example/2018/une-scop": page("forge"), f"{HOST}/mentions": page("loi")}
    file.write_bytes(warc({**PAGES, **strange}))
    sources = ["--sources", folder]
    bring(tmp_path / "d", file, *sources)
    counts = "SELECT source, count(*) FROM articles GROUP BY source"
    assert rows(tmp_path / "d", counts) == [("apport_ailleurs_example", 1), ("union", 4)]
    bring(tmp_path / "e", file, *sources, "--source", "agence")
    assert rows(tmp_path / "e", counts) == [("agence", 1), ("union", 4)]
    refused = bring(tmp_path / "e", file, *sources, "--source", "inconnue", code=1)
    assert "no source called inconnue" in refused.output


def test_a_made_source_survives_a_rebuild(tmp_path: Path):
    file = tmp_path / "a.warc.gz"
    file.write_bytes(warc({**PAGES, f"{HOST}/": b"<!doctype html><h1>Accueil</h1><p>Bienvenue.</p>"}))
    bring(tmp_path / "d", file)
    before = articles(tmp_path / "d")
    done = CliRunner().invoke(main, ["rebuild", "--diff", "--data", str(tmp_path / "d")])
    assert (done.exit_code, done.stdout) == (0, "")
    assert articles(tmp_path / "d") == before == WHOLE


def revisit(url: str, date: str, **headers: str) -> bytes:
    return records((url, "revisit", b"", {"WARC-Date": date, "WARC-Profile": "…", **headers}))


def test_a_revisit_is_resolved_by_its_digest_even_when_the_response_comes_later(tmp_path: Path):
    url = next(iter(PAGES))
    file = io.BytesIO()
    writer = WARCWriter(file, gzip=True)
    writer.write_record(response(writer, url, PAGES[url]))
    digest = response(writer, url, PAGES[url])
    writer.ensure_digest(digest, block=False, payload=True)
    told = digest.rec_headers.get_header("WARC-Payload-Digest")
    again = revisit(url, "2020-01-01T00:00:00Z", **{"WARC-Payload-Digest": told})
    path = tmp_path / "a.warc.gz"
    path.write_bytes(again + file.getvalue())
    bring(tmp_path / "d", path)
    assert rows(tmp_path / "d", "SELECT url, fetched_at FROM captures ORDER BY fetched_at") == [
        (url, DATE),
        (url, "2020-01-01T00:00:00Z"),
    ]
    assert articles(tmp_path / "d")[0][3] == DATE


def test_a_revisit_is_resolved_by_address_and_time_and_named_when_it_repeats_nothing(tmp_path: Path):
    url, lost = list(PAGES)[:2]
    there = {"WARC-Refers-To-Target-URI": url, "WARC-Refers-To-Date": DATE}
    path = tmp_path / "a.warc.gz"
    late = "2020-01-01T00:00:00Z"
    path.write_bytes(
        warc({url: PAGES[url]})
        + revisit(url, late, **{**there, "WARC-Payload-Digest": "sha256:00"})
        + revisit(lost, late, **{"WARC-Refers-To-Date": DATE, "WARC-Refers-To-Target-URI": lost})
    )
    said = bring(tmp_path / "d", path).stderr
    assert "repeats a response of 2019-03-01 that is not there" in said
    assert len(rows(tmp_path / "d", "SELECT 1 FROM captures")) == 2
    bring(tmp_path / "d", path)
    assert rows(tmp_path / "d", "SELECT url, stage FROM problems") == [(lost, "import")]


def test_an_older_capture_tells_when_the_page_was_first_as_it_is(tmp_path: Path):
    url = next(iter(PAGES))
    new, old = tmp_path / "new.warc.gz", tmp_path / "old.warc.gz"
    new.write_bytes(warc({url: PAGES[url]}, "2021-01-01T00:00:00Z"))
    old.write_bytes(warc({url: PAGES[url]}, "2018-06-01T00:00:00Z"))
    bring(tmp_path / "d", new, old)
    assert articles(tmp_path / "d")[0][3] == "2018-06-01T00:00:00Z"


def test_what_is_no_page_is_left_aside_and_counted(tmp_path: Path):
    path = tmp_path / "a.warc.gz"
    url = next(iter(PAGES))
    path.write_bytes(
        warc({url: PAGES[url]})
        + gzip.compress(by_hand(f"{HOST}/rien", b"perdu", status="404 Not Found"))
        + gzip.compress(by_hand(f"{HOST}/ailleurs", b"", status="301 Moved Permanently"))
        + gzip.compress(by_hand("urn:pageinfo:x", b"{}", kind="resource"))
        + records((f"{HOST}/x", "metadata", b"outlinks", {}))
        + warc({f"{HOST}/logo.png": b"\x89PNG"}, headers=[("Content-Type", "image/png")])
    )
    said = bring(tmp_path / "d", path).stderr
    for line in ("1 answers 404", "1 answers 301", "1 records of no web address", "1 metadata records"):
        assert f"{line} left aside" in said
    assert "1 pages kept" in said


def test_a_page_that_wants_no_copy_gets_none(tmp_path: Path):
    path = tmp_path / "a.warc.gz"
    path.write_bytes(warc(PAGES, headers=[("X-Robots-Tag", "noarchive")]))
    bring(tmp_path / "d", path)
    assert articles(tmp_path / "d") == []
    assert set(rows(tmp_path / "d", "SELECT state FROM captures")) == {("noarchive",)}


@pytest.mark.parametrize("share", [0.3, 0.6, 0.9])
def test_a_file_that_is_cut_off_gives_its_whole_records(tmp_path: Path, share: float):
    path = tmp_path / "a.warc.gz"
    path.write_bytes(cut(warc(PAGES), share))
    said = bring(tmp_path / "d", path).stderr
    assert f"{path}, byte " in said
    assert "the file is cut off within a record" in said
    assert articles(tmp_path / "d") == WHOLE[: len(articles(tmp_path / "d"))]


def test_damage_in_the_middle_costs_the_record_it_touches(tmp_path: Path):
    data = bytearray(b"".join(warc({url: body}) for url, body in PAGES.items()))
    at = len(warc(dict(list(PAGES.items())[:1])))
    data[at + 400 : at + 420] = b"\0" * 20
    path = tmp_path / "a.warc.gz"
    path.write_bytes(data)
    assert "1 problems" in bring(tmp_path / "d", path).stderr
    assert len(articles(tmp_path / "d")) == 3


def _killed(data: Path, file: Path, number: int) -> None:
    keep, done = Archive.keep, []

    def fatal(self: Archive, *given: object) -> None:
        if len(done) == number:
            os.kill(os.getpid(), signal.SIGKILL)
        done.append(1)
        keep(self, *given)  # type: ignore[arg-type]

    Archive.keep = fatal  # type: ignore[method-assign,assignment]
    bring(data, file)


@pytest.mark.parametrize("number", [0, 2])
def test_a_killed_import_goes_on_where_it_was(tmp_path: Path, number: int):
    file = tmp_path / "a.warc.gz"
    file.write_bytes(warc(PAGES))
    child = multiprocessing.get_context("fork").Process(target=_killed, args=(tmp_path / "d", file, number))
    child.start()
    child.join(60)
    assert child.exitcode == -signal.SIGKILL
    assert (
        f"{4 - number} pages kept, {4 - number} articles new, {number} known"
        in bring(tmp_path / "d", file).stderr
    )
    assert articles(tmp_path / "d") == WHOLE


WATCHED = f"""
title = "Le Fil"
kind = "press"
home = "{HOST}/"
[fetch]
via = "feed"
start = ["{HOST}/rss.xml"]
[watch]
coops = false
queries = ["boulangerie"]
"""


def test_of_a_watched_source_only_what_concerns_it_comes_in(tmp_path: Path):
    sources, file = tmp_path / "sources", tmp_path / "autre.warc.gz"
    sources.mkdir()
    (sources / "le_fil.toml").write_text(WATCHED, "utf-8")
    file.write_bytes(warc(PAGES))
    done = bring(tmp_path / "data", "--sources", str(sources), str(file))
    assert [title for _, title, _, _ in articles(tmp_path / "data")] == ["La boulangerie a dix ans"]
    assert "3 articles of watched sources that concern nobody" in done.output
