"""The copies of the raw archive: a page about each, and its body as a text to read or a file to keep.

What a site sent is never shown as a page: it comes as plain text or as a file, in a sandbox.
"""

import base64
from datetime import datetime
from email.utils import format_datetime
from typing import TYPE_CHECKING, Any

from datasette import Response
from datasette.utils.asgi import NotFound, Request

from archive.errors import RawError
from archive.serve import copies
from archive.serve.guard import SANDBOX
from archive.serve.views import common

if TYPE_CHECKING:
    from datasette.app import Datasette

Row = dict[str, Any]


async def page(datasette: "Datasette", request: Request) -> Response:
    """Answer ``/c/FILE/OFFSET``: what is known of a copy, whether it is whole, how to cite and check it."""
    copy = await _found(datasette, request)
    context: Row = {"copy": copy, "body": None, "damage": False}
    if not copy["withheld"]:
        try:
            context["body"] = await copies.body(common.archive(datasette), copy)
        except RawError:
            context["damage"] = True
    path = copies.path(copy["file"], copy["offset"])
    context["permanent"] = common.absolute(datasette, request, path)
    return await common.html(datasette, request, "copy.html", context)


async def text(datasette: "Datasette", request: Request) -> Response:
    """Answer ``/c/FILE/OFFSET/texte``: the response as plain text; raise NotFound where it is none."""
    copy = await _served(datasette, request)
    read = await _body(datasette, copy)
    if not copies.is_text(read.stored.capture.content_type):
        raise NotFound("Record not found")
    charset = copies.charset(read.stored.capture.content_type, read.stored.body)
    return _raw(read.stored.body, f"text/plain; charset={charset}", _facts(copy, read))


async def download(datasette: "Datasette", request: Request) -> Response:
    """Answer ``/c/FILE/OFFSET/fichier``: the response as a file to keep."""
    copy = await _served(datasette, request)
    read = await _body(datasette, copy)
    named = copies.file_name(copy | {"content_type": read.stored.capture.content_type})
    return _raw(read.stored.body, "application/octet-stream", _facts(copy, read) | _attached(named))


async def record(datasette: "Datasette", request: Request) -> Response:
    """Answer ``/c/FILE/OFFSET/warc``: the record as it lies in the archive, a WARC file by itself."""
    copy = await _served(datasette, request)
    try:
        content = await copies.records(common.archive(datasette), copy)
    except RawError as error:
        raise NotFound("Copy damaged") from error
    return _raw(content, "application/warc", _attached(copies.file_name(copy, ".warc.gz")))


async def _found(datasette: "Datasette", request: Request) -> Row:
    place = request.url_vars
    copy = await copies.found(
        common.archive(datasette), place["file"], int(place["offset"]), common.is_public(datasette)
    )
    if copy is None:
        raise NotFound("Record not found")
    return copy


async def _served(datasette: "Datasette", request: Request) -> Row:
    copy = await _found(datasette, request)
    if copy["withheld"]:
        raise NotFound("Copy withheld")
    return copy


async def _body(datasette: "Datasette", copy: Row) -> copies.Body:
    try:
        return await copies.body(common.archive(datasette), copy)
    except RawError as error:
        raise NotFound("Copy damaged") from error


def _raw(content: bytes, kind: str, headers: dict[str, str]) -> Response:
    guarded = {"content-security-policy": SANDBOX, "x-robots-tag": "noindex", **headers}
    return Response(content, headers=guarded, content_type=kind)


def _attached(named: str) -> dict[str, str]:
    return {"content-disposition": f'attachment; filename="{named}"'}


def _facts(copy: Row, read: copies.Body) -> dict[str, str]:
    """When it was received (RFC 7089) and its digest (RFC 9530), for programs."""
    digest = base64.b64encode(bytes.fromhex(read.sha256)).decode()
    received = format_datetime(datetime.fromisoformat(copy["fetched_at"]), usegmt=True)
    return {"memento-datetime": received, "repr-digest": f"sha-256=:{digest}:"}
