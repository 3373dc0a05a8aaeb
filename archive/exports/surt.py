"""Under which key does an index of web archives list an address? Sort-friendly: com,example)/chemin?a=1."""

import re
from urllib.parse import quote_from_bytes, unquote_to_bytes, urlsplit

# As the Internet Archive's « surt » does it, which replay programs look addresses up by.
_WWW = re.compile(r"^www\d*\.")
_SESSION = re.compile(
    rb"(?:(?:jsession|phpsess)?id|sid)=[0-9a-z]{32}(?:&|$)|aspsessionid[a-z]{8}=[a-z]{24}(?:&|$)"
    rb"|cfid=[^&]+&cftoken=[^&]+(?:&|$)"
)
_SAFE = """!"$&'()*+,-./:;<=>?@[\\]^_`{|}~"""


def key(url: str) -> str:
    """Return the key of an address; raise ValueError for one that has no host or a wrong port.

    >>> key("https://www.Gazette-du-Val.example/Actus/?b=2&a=1#haut")
    'example,gazette-du-val)/actus?a=1&b=2'
    >>> key("http://gazette-du-val.example:8080/caf%C3%A9")
    'example,gazette-du-val:8080)/caf%c3%a9'
    """
    parts = urlsplit(url)
    if not parts.hostname:
        return url.lower()
    host = _WWW.sub(
        "", parts.hostname.encode("idna").decode() if not parts.hostname.isascii() else parts.hostname
    )
    port = f":{parts.port}" if parts.port not in (None, {"http": 80, "https": 443}.get(parts.scheme)) else ""
    path = _path(_escaped(parts.path).lower())
    query = _query(_escaped(parts.query).lower())
    return f"{','.join(reversed(host.split('.')))}{port}){path}{query}"


def _escaped(text: str) -> bytes:
    """Undo every escape, then escape once what must be."""
    data = text.encode()
    while (plain := unquote_to_bytes(data)) != data:
        data = plain
    return quote_from_bytes(data, safe=_SAFE).encode()


def _path(path: bytes) -> str:
    kept: list[bytes] = []
    for segment in path.split(b"/")[1:]:
        if segment == b".." and kept:
            kept.pop()
        elif segment != b".":
            kept.append(segment)
    last = kept[-1:] or [b""]
    joined = b"/".join([*(segment for segment in kept[:-1] if segment), *last])
    return "/" + joined.rstrip(b"/").decode()


def _query(query: bytes) -> str:
    pairs = _SESSION.sub(b"", query).strip(b"&").split(b"&") if query else []
    ordered: list[bytes] = sorted(pairs, key=lambda pair: pair.split(b"=", 1))
    return f"?{b'&'.join(ordered).decode()}" if ordered and ordered != [b""] else ""
