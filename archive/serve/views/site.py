"""What do machines ask of the site? robots.txt, the sitemap, the description of the search."""

from typing import TYPE_CHECKING, Any
from xml.sax.saxutils import escape

from datasette import Response
from datasette.utils.asgi import NotFound, Request

from archive.serve import rights
from archive.serve.views import common

if TYPE_CHECKING:
    from datasette.app import Datasette

_ON_A_MAP = 20_000  # addresses in one file; the protocol allows 50,000
_XML = '<?xml version="1.0" encoding="UTF-8"?>\n'
_NAMESPACE = 'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"'
_OPENSEARCH = """<OpenSearchDescription xmlns="http://a9.com/-/spec/opensearch/1.1/">
  <ShortName>Presse coopérative</ShortName>
  <Description>Chercher dans l’archive de la presse coopérative</Description>
  <InputEncoding>UTF-8</InputEncoding>
  <Language>fr</Language>
  <Url type="text/html" template="{search}?q={{searchTerms}}"/>
  <Url type="application/atom+xml" template="{search}.atom?q={{searchTerms}}"/>
</OpenSearchDescription>
"""


async def robots(datasette: "Datasette", request: Request) -> Response:
    """Keep robots out of a private archive; lead them to the articles of a public one."""
    if not common.is_public(datasette):
        return Response.text("User-agent: *\nDisallow: /\n")
    kept_out = "".join(
        f"Disallow: {datasette.urls.path(path)}\n" for path in ("recherche", "presse", "archive/", "c/", "-/")
    )
    sitemap = common.absolute(datasette, request, "sitemap.xml")
    return Response.text(f"User-agent: *\n{kept_out}Crawl-delay: 2\nSitemap: {sitemap}\n")


async def sitemap_index(datasette: "Datasette", request: Request) -> Response:
    """List the files that list the articles."""
    found: Any = await common.archive(datasette).execute("select count(*) from article_summaries")
    files = range(1, max(1, -(-found.first()[0] // _ON_A_MAP)) + 1)
    listed = "".join(
        f"<sitemap><loc>{common.absolute(datasette, request, f'sitemap-{n}.xml')}</loc></sitemap>\n"
        for n in files
    )
    return _xml(f"<sitemapindex {_NAMESPACE}>\n{listed}</sitemapindex>\n")


async def sitemap(datasette: "Datasette", request: Request) -> Response:
    """List the permanent addresses of one file's articles, in order of their ids."""
    number = int(request.url_vars["number"])
    sql = f"""select id from article_summaries where {rights.shown(common.is_public(datasette))}
              order by id limit {_ON_A_MAP} offset :skipped"""
    skipped = {"skipped": (number - 1) * _ON_A_MAP}
    rows = (await common.archive(datasette).execute(sql, skipped)).rows
    if not rows and number != 1:
        raise NotFound("404")
    base = common.absolute(datasette, request, "a/")
    listed = "".join(f"<url><loc>{base}{row[0]}</loc></url>\n" for row in rows)
    return _xml(f"<urlset {_NAMESPACE}>\n{listed}</urlset>\n")


async def opensearch(datasette: "Datasette", request: Request) -> Response:
    """Describe the search, so that a browser offers it."""
    search = escape(common.absolute(datasette, request, "recherche"))
    kind = "application/opensearchdescription+xml; charset=utf-8"
    return Response(_XML + _OPENSEARCH.format(search=search), content_type=kind)


def _xml(text: str) -> Response:
    return Response(_XML + text, content_type="application/xml; charset=utf-8")
