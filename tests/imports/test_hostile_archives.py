"""Broken and hostile archives end as a named problem, never as a traceback, and cost nothing else."""

import gzip
import io
import struct
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.imports.makers import HOST, by_hand, cut, page, records, wacz, warc
from tests.imports.test_import_warc import articles, bring, rows

URL = f"{HOST}/actus/scierie"
GOOD = f"{HOST}/actus/laverie"
BODY = page("scierie")
# A sound record behind the bad one: it must come in.
SOUND = warc({GOOD: page("laverie")})


def _zipped(name: str, data: bytes = SOUND) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as package:
        package.writestr(name, data)
        package.writestr("archive/bon.warc.gz", SOUND)
    return file.getvalue()


def _bomb() -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as package:
        package.writestr("archive/bombe.warc", b"WARC/1.0\r\n" + b"A" * (64 << 20))
        package.writestr("archive/bon.warc.gz", SOUND)
    return file.getvalue()


def _liar() -> bytes:
    """Return a WACZ whose member is larger than both of its heads say."""
    data = _zipped("archive/menteur.warc.gz", SOUND + SOUND)
    size = struct.pack("<I", len(SOUND) * 2)
    return data.replace(size * 2, struct.pack("<I", len(SOUND) * 2) + struct.pack("<I", 10))


def _encrypted() -> bytes:
    data = bytearray(_zipped("archive/secret.warc.gz"))
    data[6] |= 1  # the flag of the first entry, in its own head and in the directory
    data[data.index(b"PK\x01\x02") + 8] |= 1
    return bytes(data)


def _altered_crc() -> bytes:
    data = bytearray(_zipped("archive/altere.warc.gz", warc({URL: BODY})))
    data[200] ^= 0xFF
    return bytes(data)


RECORDS: dict[str, tuple[Callable[[], bytes], str]] = {
    "block digest": (
        lambda: gzip.compress(by_hand(URL, BODY, WARC_Block_Digest="sha1:" + "A" * 32)),
        "the block digest is wrong",
    ),
    "payload digest": (
        lambda: gzip.compress(by_hand(URL, BODY, WARC_Payload_Digest="sha256:" + "0" * 64)),
        "the payload digest is wrong",
    ),
    "digest that is none": (
        lambda: gzip.compress(by_hand(URL, BODY, WARC_Payload_Digest="sha1:é!")),
        "digest",
    ),
    "date in the future": (
        lambda: gzip.compress(by_hand(URL, BODY, WARC_Date="2999-01-01T00:00:00Z")),
        "its date cannot be right (2999-01-01T00:00:00Z)",
    ),
    "date before the web": (
        lambda: gzip.compress(by_hand(URL, BODY, WARC_Date="1912-01-01T00:00:00Z")),
        "its date cannot be right",
    ),
    "date that is none": (lambda: gzip.compress(by_hand(URL, BODY, WARC_Date="hier")), "its date is none"),
    "no date": (lambda: gzip.compress(by_hand(URL, BODY, WARC_Date=None)), "its date is none"),
    "address without a host": (
        lambda: gzip.compress(by_hand("http:///etc/passwd", BODY)),
        "its address is none",
    ),
    "address with quotes": (
        lambda: gzip.compress(by_hand('http://a"\\evil.example/x', BODY)),
        "its address is none",
    ),
    "address that is endless": (
        lambda: gzip.compress(by_hand(f"{HOST}/{'a' * 9_000}", BODY)),
        "its address is none",
    ),
    "no address": (
        lambda: gzip.compress(by_hand(URL, BODY, WARC_Target_URI=None)),
        "the head of a record cannot be read",
    ),
    "no length": (lambda: gzip.compress(by_hand(URL, BODY, Content_Length=None)), "gives no length"),
    "negative length": (
        lambda: gzip.compress(by_hand(URL, BODY, Content_Length="-5")),
        "gives no length (-5)",
    ),
    "length too long": (
        lambda: gzip.compress(by_hand(URL, BODY, Content_Length="999999")),
        "shorter than it says",
    ),
    "length too short": (
        lambda: gzip.compress(by_hand(URL, BODY, Content_Length="100")),
        "the length of the one before is wrong",
    ),
    "head without end": (
        lambda: gzip.compress(b"WARC/1.0\r\n" + b"A" * (3 << 20)),
        "longer than 1048576 bytes",
    ),
    "HTTP head without end": (
        lambda: gzip.compress(by_hand(URL, BODY).replace(b"text/html", b"t" * (3 << 20))),
        "byte 0",
    ),
    "page too large": (
        lambda: gzip.compress(by_hand(URL, b" " * (65 << 20)), compresslevel=1),
        "larger than 64 MiB",
    ),
    "revisit of nothing": (
        lambda: records((URL, "revisit", b"", {"WARC-Refers-To-Date": "2018-01-01T00:00:00Z"})),
        "repeats a response of 2018-01-01 that is not there",
    ),
    "gzip that ends early": (lambda: cut(warc({URL: BODY}), 0.6), " problems"),
}

WHOLE_FILES: dict[str, tuple[str, Callable[[], bytes], str, int]] = {
    "empty": ("a.warc.gz", lambda: b"", "an empty file", 1),
    "a page under the name of a WARC": ("a.warc.gz", lambda: BODY, "not a WARC file", 1),
    "zstd cut off": ("a.warc.zst", lambda: b"\x28\xb5\x2f\xfd\x00", "cut off within a record", 0),
    "zstd garbage": ("a.warc.zst", lambda: b"\x28\xb5\x2f\xfd" + b"\xff" * 90, "not zstd, or damaged", 0),
    "zstd dictionary of a gigabyte": (
        "a.warc.zst",
        lambda: b"\x5d\x2a\x4d\x18" + struct.pack("<I", 1 << 30),
        "dictionary is larger than 16 MiB",
        1,
    ),
    "zip cut off": (
        "a.wacz",
        lambda: cut(wacz({"archive/a.warc.gz": SOUND}), 0.7),
        "no readable WACZ file",
        1,
    ),
    "name that climbs": (
        "a.wacz",
        lambda: _zipped("../../etc/cron.d/x.warc.gz"),
        "'../../etc/cron.d/x.warc.gz': a name that leads out",
        0,
    ),
    "name from the root": (
        "a.wacz",
        lambda: _zipped("/etc/x.warc.gz"),
        "'/etc/x.warc.gz': a name that leads out",
        0,
    ),
    "name of a drive": ("a.wacz", lambda: _zipped("C:\\x.warc.gz"), "a name that leads out", 0),
    "zip bomb": ("a.wacz", _bomb, "'archive/bombe.warc': 67108874 bytes packed into", 0),
    "member larger than it says": ("a.wacz", _liar, "menteur.warc.gz", 0),
    "encrypted member": ("a.wacz", _encrypted, "'archive/secret.warc.gz': encrypted", 0),
    "altered member": ("a.wacz", _altered_crc, "altere.warc.gz: cannot be unpacked", 0),
    "wrong digest in the package": (
        "a.wacz",
        lambda: wacz(
            {"archive/faux.warc.gz": warc({URL: BODY}), "archive/bon.warc.gz": SOUND},
            {"archive/faux.warc.gz": f"sha256:{'0' * 64}"},
        ),
        "archive/faux.warc.gz: the digest is not the one in datapackage.json",
        0,
    ),
    "package within a package": ("a.wacz", lambda: _zipped("archive/autre.wacz"), "a WACZ within a WACZ", 0),
}


@pytest.mark.parametrize("name", RECORDS)
def test_a_bad_record_is_named_and_the_rest_goes_in(tmp_path: Path, name: str):
    make, said = RECORDS[name]
    file = tmp_path / "a.warc.gz"
    file.write_bytes(make() + SOUND)
    told = bring(tmp_path / "d", file).stderr
    assert f"{file}, byte " in told
    assert said in told
    assert [row[0] for row in articles(tmp_path / "d")] == [GOOD]
    problems = rows(tmp_path / "d", "SELECT stage, error FROM problems")
    assert problems
    bring(tmp_path / "d", file)
    assert rows(tmp_path / "d", "SELECT stage, error FROM problems") == problems


@pytest.mark.parametrize("name", WHOLE_FILES)
def test_a_bad_file_is_named(tmp_path: Path, name: str):
    stem, make, said, code = WHOLE_FILES[name]
    file = tmp_path / stem
    file.write_bytes(make())
    told = bring(tmp_path / "d", file, code=code).stderr
    assert str(file) in told
    assert said in told
    good = [row[0] for row in articles(tmp_path / "d")]
    assert good == ([GOOD] if b"bon.warc.gz" in file.read_bytes() else [])
    assert not list(tmp_path.glob("**/x.warc.gz"))


def test_files_that_are_not_there_do_not_stop_the_others(tmp_path: Path):
    file = tmp_path / "a.warc.gz"
    file.write_bytes(SOUND)
    told = bring(tmp_path / "d", tmp_path / "rien.warc.gz", file, code=1).stderr
    assert "rien.warc.gz: No such file" in told
    assert len(articles(tmp_path / "d")) == 1
