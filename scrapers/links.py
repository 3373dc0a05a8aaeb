"""Where does a link of a listing lead: to more of the same listing, to a twin, into a trap?"""

import re
from collections import Counter
from urllib.parse import parse_qsl, urlencode, urljoin, urlsplit, urlunsplit

from w3lib.url import safe_url_string

from archive.addresses import clean, identity

# Query parameters that number the pages of a listing; SPIP has one a loop (debut_articles, debut_breves).
_PAGER_NAME = re.compile(r"^(?:page|p|pg|paged|page_?no|page_?num|offset|start|debut|debut_\w{1,40})$", re.I)
# /page/2/, /page-2.html, eZ Publish's /(offset)/10. Not /2024/05/: a number alone may be a year or an id.
_PAGER_PATH = re.compile(r"/(?:page[/_-]?|\(offset\)/)\d{1,6}(?:\.html?)?(?=/|$)", re.I)
_NUMBER = re.compile(r"^\d{1,6}$")
# « Page suivante », « plus anciens », « Older posts »; not « Mois suivant », which turns a calendar for ever.
_NEXT_WORDS = re.compile(
    r"^\W*(?:(?:pages?|articles?|actualités?|publications?|billets?)\s+)?"
    r"(?:suivante?s?|plus\s+ancien(?:ne)?s?|next(?:\s+page)?|older(?:\s+(?:posts|entries))?)\W*$",
    re.I,
)
# A page of a calendar has another one behind it without end.
_CALENDAR_NAME = re.compile(r"^(?:mois|month|annee|année|year|jour|day|week|semaine|cal\w*|\w*date)$", re.I)
_CALENDAR_VALUE = re.compile(r"^(?:19|20)\d\d(?:-(?:0[1-9]|1[0-2])(?:-\d\d)?|(?:0[1-9]|1[0-2])\d\d)$")
_CALENDAR_PATH = re.compile(
    r"/(?:agenda|calendrier|calendar|events?|evenements?)(?:/[\w-]{1,40})?/(?:19|20)\d\d(?:[/-]\d\d?){0,2}/?$",
    re.I,
)
# Print and AMP copies of an article stand beside it under their own address.
_TWIN_PATH = re.compile(r"/(?:amp|print|imprimer|impression)(?:/|\.html?$|$)", re.I)
_TWIN_QUERY = re.compile(
    r"(?:^|&)(?:amp(?:=1)?|print(?:=\w{1,10})?|(?:page|output_?type)=(?:imprimer|amp))(?:&|$)", re.I
)
# Never a page of text; PDF, .docx, .odt and .eml are not in this list: a publication may be one.
_FILE = re.compile(
    r"\.(?:jpe?g|png|gif|svg|webp|ico|css|js|json|zip|gz|rar|mp[34]|avi|mov|ogg|ics|vcf|doc|xlsx?|pptx?)$",
    re.I,
)
_DEEPEST = 12
_LONGEST = 1_500
_MOST_REPEATS = 2


def address(base: str, link: str, encoding: str = "utf-8") -> str | None:
    """Return the absolute address of a link, free of fragment and tracking, or ``None`` if it is no page.

    Letters beyond ASCII in a query are written in the ``encoding`` of the page, as browsers do.

    >>> address("https://a.example/actu/", "../x?utm_source=lettre#haut")
    'https://a.example/x'
    >>> address("http://a.example/", "/rubrique.asp?r=économie", "windows-1252")
    'http://a.example/rubrique.asp?r=%E9conomie'
    >>> address("https://a.example/", "mailto:scop@a.example") is None
    True
    >>> address("https://a.example/", "http://[oups") is None
    True
    """
    try:
        url = urljoin(base, link.strip())
        parts = urlsplit(url)
        if parts.scheme not in ("http", "https") or not parts.hostname:
            return None
        return safe_url_string(clean(urlunsplit(parts._replace(fragment=""))), encoding)
    except ValueError:
        return None


def hosts(urls: list[str]) -> frozenset[str]:
    """Return the host names of ``urls``, each with and without ``www.``.

    >>> sorted(hosts(["https://www.union.example/actu"]))
    ['union.example', 'www.union.example']
    """
    names = {(urlsplit(url).hostname or "").removeprefix("www.") for url in urls}
    return frozenset(names | {f"www.{name}" for name in names})


def without_page(url: str) -> str:
    """Return the identity of a listing whatever page of it ``url`` is.

    >>> without_page("https://a.example/eco/?r=2&page=3") == without_page("https://a.example/eco?r=2")
    True
    >>> without_page("https://a.example/Actualites/(offset)/10")
    'a.example/Actualites'
    """
    parts = urlsplit(url)
    kept = [
        (name, value)
        for name, value in parse_qsl(parts.query, keep_blank_values=True)
        if not (_PAGER_NAME.match(name) and _NUMBER.match(value))
    ]
    path = _PAGER_PATH.sub("", parts.path)
    return identity(urlunsplit(parts._replace(path=path, query=urlencode(kept))))


def is_another_page(url: str, listing: str) -> bool:
    """Say whether ``url`` is another page of the listing at ``listing``, by its page number.

    >>> is_another_page("http://a.example/spip.php?rubrique3&debut_articles=10", "http://a.example/spip.php?rubrique3")
    True
    >>> is_another_page("https://a.example/sports/?page=2", "https://a.example/eco/")
    False
    """
    return identity(url) != identity(listing) and without_page(url) == without_page(listing)


def without_farther_pages(urls: list[str], listing: str) -> list[str]:
    """Return ``urls`` without the pages of the same listing, except the nearest one behind it.

    A page may show several listings, each with its own page numbers.

    >>> home = "https://a.example/actu"
    >>> without_farther_pages([f"{home}?page=9", f"{home}/une-scop", f"{home}?page=2", home], home)
    ['https://a.example/actu/une-scop', 'https://a.example/actu?page=2', 'https://a.example/actu']
    """
    here, number = _page_number(listing)
    nearest: dict[str, tuple[int, str]] = {}
    others = [url for url in urls if is_another_page(url, listing)]
    for url in others:
        name, ahead = _page_number(url)
        if ahead > (number if name == here else 0):
            nearest[name] = min(nearest.get(name, (ahead, url)), (ahead, url))
    dropped = set(others) - {url for _, url in nearest.values()}
    return [url for url in urls if url not in dropped]


def _page_number(url: str) -> tuple[str, int]:
    """Return what numbers the page of a listing, and the number; 0 for an address that has none."""
    parts = urlsplit(url)
    for name, value in parse_qsl(parts.query):
        if _PAGER_NAME.match(name) and _NUMBER.match(value):
            return name.lower(), int(value)
    found = _PAGER_PATH.search(parts.path)
    return "", int("".join(filter(str.isdecimal, found[0]))) if found else 0


def says_next(text: str) -> bool:
    """Say whether a link's wording leads to the next page of a listing.

    >>> [says_next(t) for t in ("Page suivante »", "Plus anciennes", "Mois suivant", "Suivant : un article")]
    [True, True, False, False]
    """
    return len(text) < 60 and _NEXT_WORDS.match(text) is not None


def is_calendar(url: str) -> bool:
    """Say whether ``url`` is a page of a calendar, behind which there is always another.

    >>> is_calendar("https://a.example/agenda?mois=2024-06"), is_calendar("https://a.example/agenda/2024/06/")
    (True, True)
    >>> is_calendar("https://a.example/2024/06/la-scop-fete-ses-dix-ans/")
    False
    """
    parts = urlsplit(url)
    if _CALENDAR_PATH.search(parts.path):
        return True
    return any(
        _CALENDAR_NAME.match(name) or _CALENDAR_VALUE.match(value) for name, value in parse_qsl(parts.query)
    )


def is_twin(url: str) -> bool:
    """Say whether ``url`` is the print or AMP copy of a page.

    >>> is_twin("https://a.example/amp/eco/x-1.html"), is_twin("http://a.example/spip.php?page=imprimer&id=3")
    (True, True)
    >>> is_twin("https://a.example/eco/imprimer-sans-encre")
    False
    """
    parts = urlsplit(url)
    return bool(_TWIN_PATH.search(parts.path) or _TWIN_QUERY.search(parts.query))


def is_file(url: str) -> bool:
    """Say whether ``url`` ends like a picture, a sound, a script: never a page of text.

    >>> is_file("https://a.example/logo.PNG"), is_file("https://a.example/lettre-39.docx")
    (True, False)
    """
    return _FILE.search(urlsplit(url).path) is not None


def is_trap(url: str) -> bool:
    """Say whether ``url`` looks like one of endlessly many made by faulty relative links.

    >>> is_trap("https://a.example/actu/images/actu/images/actu/images/x"), is_trap("https://a.example/a/b/c")
    (True, False)
    """
    segments = [segment for segment in urlsplit(url).path.split("/") if segment]
    words = [segment for segment in segments if not segment.isdecimal()]  # /2012/12/12/ is a day
    if len(url) > _LONGEST or len(segments) > _DEEPEST:
        return True
    return max(Counter(words).values(), default=0) > _MOST_REPEATS
