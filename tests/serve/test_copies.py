"""A reader checks a fact against the very bytes received, and nothing that a site sent ever runs."""

import asyncio
import base64
import gzip
import hashlib
import io
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from datasette.app import Datasette
from sqlite_utils import Database
from warcio.archiveiterator import ArchiveIterator

from archive.models import Capture, Exchange, Role
from archive.raw import Raw
from archive.serve.run import instance
from archive.store import captures
from archive.store.migrations import migrations

AT = datetime(2026, 1, 5, 3, 12, 7, tzinfo=UTC)
ACTIVE = "<!DOCTYPE html><html><script>window.pwned=1</script><p>Née à Orsay, la Scop a dix ans.</p></html>"
PDF = b"%PDF-1.4 invented"
HTML_TYPE = "text/html; charset=utf-8"


@dataclass(frozen=True)
class Served:
    """An archive served to those who work on it and to the public, and where its copies lie."""

    private: Datasette
    public: Datasette
    places: dict[str, Capture]

    def path(self, name: str, part: str = "") -> str:
        place = self.places[name]
        return f"/c/{place.file.removesuffix('.warc.gz')}/{place.offset}{part}"


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    folder = tmp_path_factory.mktemp("copies")
    places = _kept(folder / "raw")
    _noted(folder / "archive.db", places)
    _damage(folder / "raw", places["damaged"])
    both = [instance(folder / "archive.db", public) for public in (False, True)]
    for one in both:
        asyncio.run(one.invoke_startup())
    yield Served(both[0], both[1], places)
    for one in both:
        for database in one.databases.values():
            database.close()
        one.executor.shutdown(wait=True)


def _exchange(name: str, source: str, body: bytes, kind: str = HTML_TYPE, role: Role = "article") -> Exchange:
    headers = (("Content-Type", kind),)
    return Exchange(source, role, f"https://www.{source}.example/{name}", 200, "OK", headers, body, AT)


def _kept(folder: Path) -> dict[str, Capture]:
    page = _exchange("page", "union", ACTIVE.encode())
    packed = _exchange("packed", "union", gzip.compress(ACTIVE.encode(), mtime=0))
    exchanges = {
        "page": page,
        "packed": _with(packed, headers=(*packed.headers, ("Content-Encoding", "gzip"))),
        "latin": _exchange("latin", "union", "Née à Orsay".encode("latin-1"), "text/html; charset=latin-1"),
        "pdf": _exchange("lettre", "union", PDF, "application/pdf"),
        "third party": _exchange("article", "courrier", b"<p>Un texte"),
        "list": _exchange("liste", "union", b"<ul>", role="listing"),
        "taken down": _exchange("retire", "union", b"<p>Retire"),
        "damaged": _exchange("abime", "union", b"<p>Un texte entier, puis abime"),
        "unwanted": _with(_exchange("sans-copie", "union", b""), noarchive=True),
    }
    with Raw(folder) as raw:
        places = {name: raw.keep(exchange) for name, exchange in exchanges.items()}
        later = _with(page, fetched_at=AT + timedelta(days=1))
        places["unchanged"] = raw.keep(later, places["page"])
    return places


def _with(exchange: Exchange, **values: object) -> Exchange:
    from dataclasses import replace

    return replace(exchange, **values)  # type: ignore[arg-type]


def _noted(path: Path, places: dict[str, Capture]) -> None:
    with closing(Database(path)) as db:
        migrations.apply(db)
        for slug, publish in (("union", "full"), ("courrier", "excerpt")):
            row = {"slug": slug, "title": slug, "kind": "union", "via": "listing", "publish": publish}
            db["sources"].insert(row | {"home": f"https://www.{slug}.example/"})
        ids = {name: captures.add(db, place) for name, place in places.items()}
        for number, name in enumerate(("page", "taken down"), 1):
            text = {"kind": "article", "title": f"Titre {name}", "text": "Texte.", "words": 1}
            seen = {"first_seen": "2026-01-05T03:12:07Z", "last_seen": "2026-01-05T03:12:07Z"}
            row = {"id": number, "source": "union", "url": places[name].url, "capture": ids[name]}
            db["articles"].insert(row | text | seen)
        taken = {"article": 2, "who": "équipe", "why": "demande", "at": "2026-01-06T00:00:00Z"}
        db["takedowns"].insert(taken)
        db.conn.commit()


def _damage(folder: Path, place: Capture) -> None:
    """Put another record of the same length where the damaged one lies: whole, but not what was received."""
    path = folder / place.file
    content = bytearray(path.read_bytes())
    for at in range(place.offset + place.length // 2, place.offset + place.length // 2 + 8):
        content[at] ^= 0xFF
    path.write_bytes(content)


async def test_a_copy_has_a_page_to_check_and_to_cite(served: Served) -> None:
    place = served.places["page"]
    page = (await served.private.client.get(served.path("page"))).text
    assert "Empreinte vérifiée à l’instant" in page
    assert f"http://localhost{served.path('page')}" in page
    sha256 = hashlib.sha256(ACTIVE.encode()).hexdigest()
    for told in (place.digest, sha256, place.url, "5 janvier 2026 à 3\xa0h\xa012\xa0min\xa007\xa0s UTC"):
        assert told in page
    for told in ("WARC-Record-ID", "HTTP/1.1 200 OK", "Titre page", served.path("unchanged")):
        assert told in page
    assert "<script>window" not in page


@pytest.mark.parametrize("name", ["page", "packed", "unchanged"])
async def test_a_response_is_read_as_text_that_does_nothing(served: Served, name: str) -> None:
    response = await served.private.client.get(served.path(name, "/texte"))
    headers = response.headers
    assert response.content.decode() == ACTIVE
    assert headers["content-type"] == "text/plain; charset=utf-8"
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["content-security-policy"] == "default-src 'none'; frame-ancestors 'none'; sandbox"
    digest = base64.b64encode(hashlib.sha256(ACTIVE.encode()).digest()).decode()
    assert headers["repr-digest"] == f"sha-256=:{digest}:"
    when = "Tue, 06" if name == "unchanged" else "Mon, 05"
    assert headers["memento-datetime"] == f"{when} Jan 2026 03:12:07 GMT"


async def test_a_text_is_read_in_its_own_encoding(served: Served) -> None:
    response = await served.private.client.get(served.path("latin", "/texte"))
    assert response.text == "Née à Orsay"


async def test_a_file_is_kept_to_the_byte(served: Served) -> None:
    response = await served.private.client.get(served.path("pdf", "/fichier"))
    assert response.content == PDF
    assert response.headers["content-type"] == "application/octet-stream"
    named = 'attachment; filename="union.example-20260105T031207.pdf"'
    assert response.headers["content-disposition"] == named
    assert (await served.private.client.get(served.path("pdf", "/texte"))).status_code == 404
    assert "Lire la réponse comme texte" not in (await served.private.client.get(served.path("pdf"))).text


@pytest.mark.parametrize(("name", "kinds"), [("page", ["response"]), ("unchanged", ["response", "revisit"])])
async def test_a_record_is_a_warc_file_by_itself(served: Served, name: str, kinds: list[str]) -> None:
    response = await served.private.client.get(served.path(name, "/warc"))
    found = []
    for record in ArchiveIterator(io.BytesIO(response.content), check_digests="raise"):
        found.append((record.rec_type, record.rec_headers.get_header("WARC-Target-URI")))
        record.content_stream().read()
    assert found == [(kind, served.places[name].url) for kind in kinds]


@pytest.mark.parametrize("part", ["/texte", "/fichier", "/warc"])
async def test_a_damaged_copy_is_told_and_never_served(served: Served, part: str) -> None:
    page = await served.private.client.get(served.path("damaged"))
    assert (page.status_code, "Copie endommagée" in page.text) == (200, True)
    response = await served.private.client.get(served.path("damaged", part))
    assert response.status_code == 404
    assert "n’est plus telle qu’elle a été reçue" in response.text


async def test_what_a_site_wants_no_copy_of_has_a_notice_alone(served: Served) -> None:
    page = await served.private.client.get(served.path("unwanted"))
    assert "aucune copie ne soit gardée" in page.text
    assert (await served.private.client.get(served.path("unwanted", "/texte"))).status_code == 404


@pytest.mark.parametrize(
    ("name", "notice", "body"),
    [
        ("page", 200, 200),
        ("unchanged", 200, 200),
        ("third party", 200, 404),
        ("list", 200, 404),
        ("taken down", 404, 404),
        ("unwanted", 200, 404),
    ],
)
async def test_the_public_sees_what_rights_allow(served: Served, name: str, notice: int, body: int) -> None:
    for part, status in (("", notice), ("/texte", body), ("/fichier", body), ("/warc", body)):
        response = await served.public.client.get(served.path(name, part))
        assert (part, response.status_code) == (part, status)
    for part in ("", "/texte", "/fichier", "/warc"):
        response = await served.private.client.get(served.path(name, part))
        assert response.status_code == (404 if name == "unwanted" and part else 200)


async def test_those_who_work_on_it_are_told_of_a_take_down(served: Served) -> None:
    assert "Retiré du public" in (await served.private.client.get(served.path("taken down"))).text


@pytest.mark.parametrize(
    "path", ["/c/absent/0", "/c/..%2f..%2farchive/0", "/c/{file}/7", "/c/{file}/0/page", "/c/{file}/x"]
)
async def test_there_is_no_other_file_to_be_had(served: Served, path: str) -> None:
    file = served.places["page"].file.removesuffix(".warc.gz")
    response = await served.private.client.get(path.format(file=file), follow_redirects=True)
    assert response.status_code == 404


async def test_an_archive_without_its_warc_files_says_so(archive: Datasette) -> None:
    page = await archive.client.get("/c/2026-01-05T030000-union/4096")
    assert "Copie endommagée" in page.text


async def test_an_article_leads_to_its_copy(served: Served) -> None:
    for site in (served.private, served.public):
        assert f'href="{served.path("page")}"' in (await site.client.get("/a/1")).text
