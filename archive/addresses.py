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

# Copies of a site for telephones live on a host of their own.
_MOBILE = ("m.", "mobile.", "amp.")
# Where people share what others wrote: never the outlet of what they lead to.
_SOCIAL = frozenset(
    (
        *(
            "facebook.com",
            "fb.com",
            "twitter.com",
            "x.com",
            "t.co",
            "linkedin.com",
            "lnkd.in",
            "instagram.com",
        ),
        *(
            "youtube.com",
            "youtu.be",
            "dailymotion.com",
            "vimeo.com",
            "tiktok.com",
            "pinterest.com",
            "scoop.it",
        ),
        *("pearltrees.com", "flipboard.com", "mastodon.social", "piaille.fr", "bsky.app", "threads.net"),
        *("whatsapp.com", "t.me", "telegram.org", "reddit.com", "bit.ly", "ow.ly", "buff.ly", "tinyurl.com"),
        *("goo.gl", "google.com", "google.fr", "feedburner.com", "feedproxy.google.com", "netvibes.com"),
        *("paper.li", "delicious.com", "diigo.com", "soundcloud.com", "issuu.com", "calameo.com"),
    )
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


def host_of(url: str) -> str:
    """Return the host of an address without ``www.``, empty when it has none.

    >>> host_of("https://www.Journal.example/a"), host_of("http://[mal")
    ('journal.example', '')
    """
    try:
        return (urlsplit(url).hostname or "").removeprefix("www.")
    except ValueError:
        return ""


def publisher_domain(url: str | None) -> str | None:
    """Return the domain whose publisher answers for a page, ``None`` on networks where people share.

    >>> publisher_domain("https://m.clairon.example/a"), publisher_domain("https://fr.facebook.com/scop")
    ('clairon.example', None)
    """
    host = host_of(url or "")
    labels = host.split(".")
    if any(".".join(labels[first:]) in _SOCIAL for first in range(len(labels) - 1)):
        return None
    return next((host.removeprefix(start) for start in _MOBILE if host.startswith(start)), host) or None


def number(key: str) -> int:
    """Return a stable positive id below 2**53 for a key, so that links survive a rebuild.

    53 bits stay exact in JavaScript; among a million keys the chance of any collision is below 1 in 10,000.

    >>> number("union.example/actu")
    6095216417591926
    """
    return int.from_bytes(hashlib.sha256(key.encode()).digest()[:7], "big") >> 3
