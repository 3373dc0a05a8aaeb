"""Which addresses are one page? Identity of URLs, the same for the crawler and the archive."""

import hashlib
import re
from functools import lru_cache
from urllib.parse import urlsplit, urlunsplit

from w3lib.url import canonicalize_url

# Parameters that name a campaign or a session, never a page.
_TRACKING = re.compile(
    r"^(?:utm_\w+|pk_\w+|mtm_\w+|at_(?:medium|campaign|creation)|xtor|fbclid|gclid|msclkid|yclid|dclid"
    r"|mc_[ce]id|igshid|phpsessid|jsessionid|sid|sessionid|var_mode)$",
    re.IGNORECASE,
)


def clean(url: str) -> str:
    """Return the address without tracking and session parameters, fragment kept, order of the rest kept.

    >>> clean("https://a.example/x?utm_source=lettre&id=3#p2")
    'https://a.example/x?id=3#p2'
    >>> clean("https://a.example/liste?nom=caf%E9&pk_campaign=avril")
    'https://a.example/liste?nom=caf%E9'
    """
    parts = urlsplit(url.strip())
    if not parts.query:
        return urlunsplit(parts)
    # Pairs are kept as written: older sites spell their letters in Latin-1 (``%E9``), never to be re-encoded.
    kept = [pair for pair in parts.query.split("&") if not _TRACKING.match(pair.partition("=")[0])]
    return urlunsplit(parts._replace(query="&".join(kept)))


# A page is compared with each of its links, and asks for its own identity again and again.
@lru_cache(maxsize=4096)
def identity(url: str, keep_fragment: bool = False) -> str:
    """Return one spelling for all addresses of a page: no scheme, no ``www.``, no tracking, no final slash.

    The unions' sites answer both with and without ``www.`` and over http too. ``keep_fragment`` is for the
    tiles of a clipping board, which differ by fragment alone.

    >>> identity("http://www.union.example/actu/?fbclid=1#haut")
    'union.example/actu'
    >>> identity("https://union.example/actu")
    'union.example/actu'
    >>> identity("https://planche.example/id4#p12", keep_fragment=True)
    'planche.example/id4#p12'
    """
    # SPIP writes ``spip.php?article12``; canonicalize_url makes it ``?article12=``, here as everywhere.
    parts = urlsplit(canonicalize_url(clean(url), keep_fragments=keep_fragment))
    host = parts.netloc.removeprefix("www.").removesuffix(":80").removesuffix(":443")
    query = f"?{parts.query}" if parts.query else ""
    fragment = f"#{parts.fragment}" if parts.fragment else ""
    return f"{host}{parts.path.rstrip('/')}{query}{fragment}"


def number(key: str) -> int:
    """Return a stable positive id below 2**53 for a key, so that links survive a rebuild.

    53 bits stay exact in JavaScript; among a million keys the chance of any collision is below 1 in 10,000.

    >>> number("union.example/actu")
    6095216417591926
    """
    return int.from_bytes(hashlib.sha256(key.encode()).digest()[:7], "big") >> 3
