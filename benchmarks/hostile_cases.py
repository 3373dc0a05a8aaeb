"""What can a site do to a robot? Each case is one site that ends as a record or as a problem."""

# A case a line reads best.
# ruff: noqa: E501

import gzip
import zlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache
from itertools import count
from typing import Literal

from benchmarks.hostile_site import Answer, Visit, head

MIB = 1024 * 1024
_STORY = "La Scop du Bief, à Flers (61), a fêté ses dix ans avec ses salariés et ses clients. " * 5
ARTICLE = f"<html><body><h1>Dix ans au Bief</h1><p>Publié le 3 mai 2021</p><p>{_STORY}</p></body></html>"
_HTML = {"Content-Type": "text/html; charset=utf-8"}
# Where no case may lead: a loopback address that is on no list of allowed ones.
FORBIDDEN = "127.0.9.9"

# What takes long to read may be given up or not, by the machine.
Outcome = Literal["problem", "record", "either"]


@dataclass(frozen=True)
class Case:
    """One hostile site. ``most`` is how many requests it may cost, retries and robots.txt included."""

    answer: Answer
    outcome: Outcome
    via: str = "listing"
    start: str = "/"
    secure: bool = False
    most: int = 12


def holds(
    body: bytes | Callable[[], bytes], kind: str = "text/html", status: int = 200, **headers: str
) -> Answer:
    """Return an answer with a proper frame round this body."""

    async def answer(visit: Visit) -> None:
        await visit.page(body() if callable(body) else body, kind, status, **headers)

    return answer


_LISTING = holds(b'<a href="/a/cas">Lire</a>')


def article(answer: Answer, first: Answer = _LISTING) -> Answer:
    """Return a site whose entry page leads to articles, which are answered like this."""

    async def site(visit: Visit) -> None:
        if visit.path == "/robots.txt":
            await visit.page(b"", status=404)
        elif visit.path == "/":
            await first(visit)
        else:
            await answer(visit)

    return site


def entry(answer: Answer) -> Answer:
    """Return a site whose entry page is answered like this, and that has one proper article, ``/a/bien``."""

    async def site(visit: Visit) -> None:
        if visit.path == "/robots.txt":
            await visit.page(b"", status=404)
        elif visit.path.startswith("/a/bien"):
            await visit.page(ARTICLE.encode())
        else:
            await answer(visit)

    return site


def robots(answer: Answer) -> Answer:
    """Return a proper site whose robots.txt is answered like this."""

    async def site(visit: Visit) -> None:
        if visit.path == "/":
            await visit.page(b'<a href="/a/bien">Lire</a>')
        elif visit.path == "/a/bien":
            await visit.page(ARTICLE.encode())
        else:
            await answer(visit)

    return site


def sends(*parts: bytes) -> Answer:
    """Return an answer that sends these bytes and hangs up."""

    async def answer(visit: Visit) -> None:
        for part in parts:
            await visit.send(part)
        visit.writer.close()

    return answer


def leads(location: str) -> Answer:
    """Return a redirect; ``{host}``, ``{port}`` and ``{path}`` stand for those of the request."""

    async def answer(visit: Visit) -> None:
        await visit.redirect(location.format(host=visit.host, port=visit.port, path=visit.path))

    return answer


def trickles(first: bytes, then: bytes) -> Answer:
    """Return an answer that comes a byte at a time after its first part."""

    async def answer(visit: Visit) -> None:
        await visit.send(first)
        await visit.trickle(then)

    return answer


def floods(first: bytes, then: bytes) -> Answer:
    """Return an answer that never ends after its first part."""

    async def answer(visit: Visit) -> None:
        await visit.send(first)
        await visit.flood(then)

    return answer


async def resets(visit: Visit) -> None:
    """Break off in the middle of the body."""
    await visit.send(head(200, {**_HTML, "Content-Length": "100000"}) + ARTICLE.encode())
    visit.reset()


async def hangs_up(visit: Visit) -> None:
    """Answer nothing at all."""
    visit.writer.close()


async def long_chain(visit: Visit) -> None:
    """Lead from one address to the next for ever."""
    last = visit.path.rpartition("-")[2]
    number = int(last) if last.isdecimal() else 0
    await visit.redirect(f"/a/cas-{number + 1}")


@cache
def bomb(wbits: int, size: int = 192 * MIB) -> bytes:
    """Return ``size`` zero bytes, packed (31: gzip, 15: deflate)."""
    packer = zlib.compressobj(9, wbits=wbits)
    return b"".join(packer.compress(bytes(MIB)) for _ in range(size // MIB)) + packer.flush()


def pdf_bomb() -> bytes:
    """Return a PDF of half a megabyte, whose page unpacks to hundreds of megabytes."""
    packed = bomb(15)
    objects = (
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 600 800]/Contents 4 0 R/Resources<<>>>>",
        b"<</Length %d/Filter/FlateDecode>>stream\n%b\nendstream" % (len(packed), packed),
    )
    body, places = b"%PDF-1.4\n", []
    for number, content in enumerate(objects, start=1):
        places.append(len(body))
        body += b"%d 0 obj\n%b\nendobj\n" % (number, content)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    trailer = b"trailer<</Size 5/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF" % len(body)
    return body + b"xref\n0 5\n0000000000 65535 f \n" + table + trailer


def page(body: str) -> bytes:
    """Return an article that holds this as well."""
    return ARTICLE.replace("</body>", f"{body}</body>").encode()


def laughs(root: str, item: str) -> bytes:
    """Return XML whose entities stand for a billion words, in the place of an address."""
    entities = ['<!ENTITY e0 "ha">', *(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10}">' for n in range(1, 10))]
    return (
        f'<?xml version="1.0"?><!DOCTYPE {root} [{"".join(entities)}]>{item.format(entity="&e9;")}'.encode()
    )


def quadratic(root: str, item: str) -> bytes:
    """Return XML that repeats one long entity many times."""
    entity = f'<!ENTITY e "{"ha" * 50_000}">'
    return f'<?xml version="1.0"?><!DOCTYPE {root} [{entity}]>{item.format(entity="&e;" * 20_000)}'.encode()


def external(root: str, item: str) -> bytes:
    """Return XML that asks for a file of the machine."""
    entity = '<!ENTITY e SYSTEM "file:///etc/passwd">'
    return f'<?xml version="1.0"?><!DOCTYPE {root} [{entity}]>{item.format(entity="&e;")}'.encode()


RSS = "<rss><channel><title>{entity}</title><item><link>/a/bien</link><title>x</title></item></channel></rss>"
URLSET = "<urlset><url><loc>/a/bien</loc></url><url><loc>/a/{entity}</loc></url></urlset>"


async def endless_indexes(visit: Visit) -> None:
    """Answer each sitemap with an index of two more."""
    inner = "".join(f"<sitemap><loc>{visit.path}{n}.xml</loc></sitemap>" for n in (0, 1))
    await visit.page(f"<sitemapindex>{inner}</sitemapindex>".encode(), "application/xml")


async def calendar(visit: Visit) -> None:
    """Show an article, and the month before and after this one."""
    month = int(visit.path.rpartition("=")[2]) if "=" in visit.path else 0
    months = (
        f'<a href="/?mois={month - 1}">avant</a> <a rel="next" href="/?mois={month + 1}">Mois suivant</a>'
    )
    await visit.page(f'<a href="/a/bien">Lire</a> {months}'.encode())


_sessions = count()


async def sessions(visit: Visit) -> None:
    """Give every address another session."""
    sid = f"{next(_sessions):032x}"
    body = f'<a href="/a/bien?PHPSESSID={sid}">Lire</a> <a rel="next" href="/?page=2&sid={sid}">Suivant</a>'
    await visit.page(body.encode())


async def facets(visit: Visit) -> None:
    """Offer every combination of thirty filters."""
    mark = "&" if "?" in visit.path else "?"
    doors = "".join(f'<a href="{visit.path}{mark}f{n}={n}">filtre</a>' for n in range(30))
    await visit.page(f'<a href="/a/bien">Lire</a>{doors}'.encode())


async def endless_listing(visit: Visit) -> None:
    """Show the same article on every page of a listing without end."""
    number = int(visit.path.rpartition("=")[2]) if "=" in visit.path else 1
    body = f'<a href="/a/bien">Lire</a> <a rel="next" href="/?page={number + 1}">Page suivante</a>'
    await visit.page(body.encode())


async def endless_articles(visit: Visit) -> None:
    """Show other articles on every page of a listing without end."""
    number = int(visit.path.rpartition("=")[2]) if "=" in visit.path else 1
    doors = "".join(f'<a href="/a/bien-{number}-{n}">Lire</a>' for n in range(10))
    await visit.page(f'{doors} <a rel="next" href="/?page={number + 1}">Page suivante</a>'.encode())


async def deeper_and_deeper(visit: Visit) -> None:
    """Write every link relative to the page, one folder deeper."""
    body = (
        '<a href="/a/bien">Lire</a><a href="actu/a/x">Lire</a> <a rel="next" href="actu/?page=2">Suivant</a>'
    )
    await visit.page(body.encode())


async def million_links(visit: Visit) -> None:
    """Show a page of a million links to its own pages, of which one is an article."""
    await visit.page(
        b'<a href="/a/bien">Lire</a>' + b"".join(b'<a href="/x/%d">x</a>' % n for n in range(1_000_000))
    )


async def robots_loop(visit: Visit) -> None:
    """Lead robots.txt to itself."""
    await visit.redirect("/robots.txt")


PDF = b"%PDF-1.4\n" + bytes(range(256)) * 200
PNG = b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 40
OK = head(200, _HTML)
CHUNKED = head(200, {**_HTML, "Transfer-Encoding": "chunked"})
NESTED = "<div>" * 100_000
REGEX_HOSTILE = " ".join(("a" * 200_000, "1" * 200_000, "1 " * 100_000, "Scop " * 50_000, "(" * 100_000,
                          "le 3 " * 50_000, "-" * 200_000, "\u00a0" * 200_000, "A. " * 50_000, "@" * 100_000))  # fmt: skip


def transport() -> Mapping[str, Case]:
    """Return what can be done with the bytes of HTTP itself."""
    many = "".join(f"X-{n}: {'x' * 1000}\r\n" for n in range(2_000))
    cookies = "".join(f"Set-Cookie: c{n}={n}; Path=/\r\n" for n in range(10_000))
    body = ARTICLE.encode()
    sized = head(200, {**_HTML, "Content-Length": str(len(body))})
    answers: dict[str, tuple[Answer, Outcome]] = {
        "slow status line": (trickles(b"", b"HTTP/1.1 200 OK"), "problem"),
        "slow headers": (trickles(b"HTTP/1.1 200 OK\r\n", b"X-A: b\r\n"), "problem"),
        "slow body": (trickles(OK, b"<p>lent</p>"), "problem"),
        "endless headers": (floods(b"HTTP/1.1 200 OK\r\n", b"X-A: bcdefghijklmnop\r\n" * 1000), "problem"),
        "endless header line": (floods(b"HTTP/1.1 200 OK\r\nX-A: ", b"b" * 65536), "problem"),
        "folded header": (floods(b"HTTP/1.1 200 OK\r\nX-A: b\r\n", b" c\r\n" * 10_000), "problem"),
        "huge headers": (sends(b"HTTP/1.1 200 OK\r\n" + many.encode() + sized[17:], body), "problem"),
        "huge single header": (sends(b"HTTP/1.1 200 OK\r\nX-A: " + b"b" * MIB + b"\r\n\r\n", body), "problem"),
        "10,000 cookies": (sends(b"HTTP/1.1 200 OK\r\n" + cookies.encode() + sized[17:], body), "problem"),
        "endless 1xx": (floods(b"", b"HTTP/1.1 103 Early Hints\r\nX-A: b\r\n\r\n" * 500), "problem"),
        "endless body": (floods(OK, b"<p>sans fin</p>" * 4000), "problem"),
        "endless chunks": (floods(CHUNKED, b"10000\r\n" + b"x" * 65536 + b"\r\n"), "problem"),
        "length too short": (sends(head(200, {**_HTML, "Content-Length": "500"}), body), "record"),
        "length too long": (sends(head(200, {**_HTML, "Content-Length": "99999"}), body), "problem"),
        "length negative": (sends(head(200, {**_HTML, "Content-Length": "-5"}), body), "problem"),
        "length no number": (sends(head(200, {**_HTML, "Content-Length": "beaucoup"}), body), "problem"),
        "two lengths": (sends(sized[:-2] + b"Content-Length: 7\r\n\r\n", body), "problem"),
        "length of a petabyte": (sends(head(200, {**_HTML, "Content-Length": str(10**15)}), body), "problem"),
        "reset in the body": (resets, "problem"),
        "empty reply": (hangs_up, "problem"),
        "garbage": (sends(bytes(range(256)) * 40), "problem"),
        "HTTP/0.9": (sends(body), "problem"),
        "SSH banner": (sends(b"SSH-2.0-OpenSSH_9.2\r\n"), "problem"),
        "status 999": (holds(body, status=999), "problem"),
        "204 with a body": (sends(head(204, _HTML), body), "problem"),
        "205": (holds(b"", status=205), "problem"),
        "304 unasked": (sends(head(304, _HTML)), "problem"),
        "206 unasked": (holds(body[:200], status=206, Content_Range="bytes 0-199/900"), "problem"),
        "broken chunks": (sends(CHUNKED, b"zz\r\n" + body), "problem"),
        "huge chunk": (sends(CHUNKED, b"ffffffffffffffff\r\n" + body), "problem"),
        "chunks without end": (sends(CHUNKED, b"100\r\n" + body), "problem"),
        "endless chunk size": (floods(CHUNKED, b"0" * 65536), "problem"),
        "endless trailers": (floods(CHUNKED + b"0\r\n", b"X-A: b\r\n" * 8000), "problem"),
    }  # fmt: skip
    cases = {name: Case(article(answer), outcome) for name, (answer, outcome) in answers.items()}
    return {**cases, "certificate of nobody": Case(article(holds(body)), "problem", secure=True)}


def packed() -> Mapping[str, Case]:
    """Return what can be done with Content-Encoding."""
    body = ARTICLE.encode()
    answers: dict[str, tuple[Answer, Outcome]] = {
        "gzip bomb": (holds(bomb(31), Content_Encoding="gzip"), "problem"),
        "deflate bomb": (holds(bomb(15), Content_Encoding="deflate"), "problem"),
        "gzip in gzip bomb": (holds(gzip.compress(bomb(31)), Content_Encoding="gzip, gzip"), "problem"),
        "bomb on a 404": (holds(bomb(31), status=404, Content_Encoding="gzip"), "problem"),
        "bomb on a redirect": (holds(bomb(31), status=302, Location="/a/bien", Content_Encoding="gzip"), "problem"),
        "brotli claimed": (holds(body, Content_Encoding="br"), "problem"),
        "zstd claimed": (holds(body, Content_Encoding="zstd"), "record"),
        "unknown encoding": (holds(body, Content_Encoding="rot13"), "record"),
        "gzip claimed, plain": (holds(body, Content_Encoding="gzip"), "record"),
        "gzip cut short": (holds(gzip.compress(body)[:-20], Content_Encoding="gzip"), "record"),
    }  # fmt: skip
    return {name: Case(article(answer), outcome) for name, (answer, outcome) in answers.items()}


def redirects() -> Mapping[str, Case]:
    """Return what can be done with Location."""
    targets = {
        "redirect loop": "/a/cas",
        "redirect to and fro": "{path}?",
        "to another loopback port": "http://{host}:9/secret",
        "to another loopback address": f"http://{FORBIDDEN}:{{port}}/secret",
        "to localhost": "http://localhost:{port}/secret",
        "to a decimal address": "http://2130708745:{port}/secret",
        "to an octal address": "http://0177.0.011.011:{port}/secret",
        "to a hexadecimal address": "http://0x7f.0x0.0x9.0x9:{port}/secret",
        "to a short address": "http://127.2313:{port}/secret",
        "to an address in full width": "http://%EF%BC%91%EF%BC%92%EF%BC%97.0.9.9:{port}/secret",
        "to [::1]": "http://[::1]:{port}/secret",
        "to a mapped address": f"http://[::ffff:{FORBIDDEN}]:{{port}}/secret",
        "to a name before @": f"http://{{host}}:{{port}}@{FORBIDDEN}:{{port}}/secret",
        "to file:": "file:///etc/passwd",
        "to data:": "data:text/html,<h1>Bonjour</h1>",
        "to javascript:": "javascript:alert(1)",
        "to ftp:": "ftp://{host}/secret",
        "to nowhere": "http://",
        "to an address of 100 kB": "/a/cas?" + "x" * 100_000,
    }
    cases = {name: Case(article(leads(target)), "problem", most=60) for name, target in targets.items()}
    refresh = '<meta http-equiv="refresh" content="0; url={}"><p>Patientez</p>'
    return {
        **cases,
        "redirect without end": Case(article(long_chain), "problem", most=40),
        "redirect without address": Case(article(holds(b"", status=302)), "problem"),
        "meta refresh loop": Case(article(holds(refresh.format("/a/cas").encode())), "record", most=40),
        "meta refresh to file:": Case(
            article(holds(refresh.format("file:///etc/passwd").encode())), "record"
        ),
    }


def contents() -> Mapping[str, Case]:
    """Return what can be done with the page itself."""
    answers: dict[str, tuple[Answer, Outcome]] = {
        "wrong charset": (holds(ARTICLE.encode("cp1252"), "text/html; charset=utf-8"), "record"),
        "unknown charset": (holds(ARTICLE.encode(), "text/html; charset=klingon"), "record"),
        "UTF-16 as UTF-8": (holds(ARTICLE.encode("utf-16"), "text/html; charset=utf-8"), "record"),
        "null bytes": (holds(ARTICLE.replace(" ", " \0").encode()), "record"),
        "nothing but null bytes": (holds(bytes(100_000)), "problem"),
        "empty page": (holds(b""), "problem"),
        "100,000 nested divs": (holds(page(NESTED)), "record"),
        "article in 100,000 divs": (holds(NESTED.encode() + ARTICLE.encode()), "record"),
        "PDF as HTML": (holds(PDF), "problem"),
        "PDF bomb": (holds(pdf_bomb, "application/pdf"), "problem"),
        "broken PDF": (holds(PDF, "application/pdf"), "problem"),
        "HTML as PDF": (holds(ARTICLE.encode(), "application/pdf"), "record"),
        "image as HTML": (holds(PNG), "problem"),
        "HTML as image": (holds(ARTICLE.encode(), "image/png"), "record"),
        "no type": (sends(head(200, {"Content-Length": str(len(ARTICLE.encode()))}), ARTICLE.encode()), "record"),
        "50 MB page": (holds(lambda: page("<p>x</p>" * (50 * MIB // 8))), "problem"),
        "title of 1 MB": (holds(lambda: page("").replace(b"Dix ans", b"Dix ans " * (MIB // 8))), "either"),
        "attribute of 5 MB": (holds(lambda: page(f'<p class="{"x" * 5 * MIB}">x</p>')), "either"),
        "huge JSON-LD": (holds(lambda: page(f'<script type="application/ld+json">[{"{}," * MIB}{{}}]</script>')), "either"),
        "deep JSON-LD": (holds(lambda: page(f'<script type="application/ld+json">{"[" * 500_000}</script>')), "record"),
        "regex-hostile text": (holds(lambda: page(f"<p>{REGEX_HOSTILE}</p>")), "either"),
        "regex-hostile title": (holds(lambda: page("").replace(b"Dix ans", REGEX_HOSTILE.encode())), "either"),
        "unclosed comment": (holds(lambda: page("<!--" * 300_000)), "problem"),
        "unclosed tags": (holds(lambda: page("<a <b " * 300_000)), "problem"),
        "entities in HTML": (holds(laughs("html", "<html><body><p>{entity}</p></body></html>") + ARTICLE.encode()), "record"),
        "100,000 paragraphs": (holds(lambda: page("<p>La Scop du Bief</p>" * 100_000)), "either"),
        "100,000 tables": (holds(lambda: page("<table><tr><td>" * 100_000)), "problem"),
    }  # fmt: skip
    return {name: Case(article(answer), outcome) for name, (answer, outcome) in answers.items()}


def traps() -> Mapping[str, Case]:
    """Return listings that never end, or that lead into the void; each has one proper article."""
    return {
        "calendar": Case(entry(calendar), "record"),
        "session ids": Case(entry(sessions), "record", most=60),
        "faceted filters": Case(entry(facets), "record"),
        "endless listing": Case(entry(endless_listing), "record", most=20),
        "endless articles": Case(entry(endless_articles), "problem", most=80),
        "deeper and deeper": Case(entry(deeper_and_deeper), "record", most=30),
        "a million links": Case(entry(million_links), "problem"),
        "link of 100 kB": Case(entry(holds(b'<a href="/a/bien">a</a><a href="/a/' + b"x" * 100_000 + b'">b</a>')), "record"),
        "entry page of 50 MB": Case(entry(holds(lambda: b'<a href="/a/bien">a</a>' * (50 * MIB // 24))), "problem"),
    }  # fmt: skip


def feeds_and_sitemaps() -> Mapping[str, Case]:
    """Return XML that is more, or other, than it seems."""
    found: dict[str, Case] = {}
    for via, root, item in (("feed", "rss", RSS), ("sitemap", "urlset", URLSET)):
        for name, build in (
            ("billion laughs", laughs),
            ("quadratic", quadratic),
            ("external entity", external),
        ):
            found[f"{via}: {name}"] = Case(entry(holds(build(root, item), "application/xml")), "record", via)
    deep = "<rss>" + "<channel>" * 100_000
    index = b"<sitemapindex><sitemap><loc>/</loc></sitemap><url><loc>/a/bien</loc></url></sitemapindex>"
    news = "".join(f"<url><loc>/a/x{n}</loc></url>" for n in range(50_000))
    return {
        **found,
        "feed: nested 100,000 deep": Case(entry(holds(deep.encode(), "application/xml")), "problem", "feed"),
        "sitemap: index of itself": Case(entry(holds(index, "application/xml")), "record", "sitemap"),
        "sitemap: indexes without end": Case(entry(endless_indexes), "problem", "sitemap", most=80),
        "sitemap: gzip bomb": Case(entry(holds(bomb(31), "application/gzip")), "problem", "sitemap"),
        "sitemap: 50,000 addresses": Case(
            article(holds(ARTICLE.encode()), holds(f"<urlset>{news}</urlset>".encode(), "application/xml")),
            "problem",
            "sitemap",
            most=80,
        ),
    }


def robots_files() -> Mapping[str, Case]:
    """Return what can be done with robots.txt; where it cannot be had, nothing may be asked."""
    large = b"User-agent: *\nDisallow: /prive\n" + b"# " + b"x" * 600_000
    rules = b"User-agent: *\n" + b"Disallow: /*a*a*a*a*a*a*a*a*a*a*a*a*a*a*b\n" * 5_000
    return {
        "robots.txt: endless": Case(robots(floods(head(200, {"Content-Type": "text/plain"}), b"# x\n" * 9000)), "problem"),
        "robots.txt: slow": Case(robots(trickles(OK, b"# x\n")), "problem"),
        "robots.txt: 500": Case(robots(holds(b"", status=500)), "problem"),
        "robots.txt: loop": Case(robots(robots_loop), "problem", most=40),
        "robots.txt: garbage": Case(robots(holds(PNG, "text/plain")), "record"),
        "robots.txt: HTML": Case(robots(holds(ARTICLE.encode())), "record"),
        "robots.txt: 600 kB": Case(robots(holds(large, "text/plain")), "record"),
        "robots.txt: 5,000 wild rules": Case(robots(holds(rules, "text/plain")), "record"),
        "robots.txt: bomb": Case(robots(holds(bomb(31), "text/plain", Content_Encoding="gzip")), "problem"),
    }  # fmt: skip


def all_cases() -> dict[str, Case]:
    """Return every case by name."""
    return {
        **transport(),
        **packed(),
        **redirects(),
        **contents(),
        **traps(),
        **feeds_and_sitemaps(),
        **robots_files(),
    }
