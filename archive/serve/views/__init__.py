"""Which pages are ours and not Datasette's? Their addresses, and the functions that answer."""

from collections.abc import Callable
from typing import Any

from archive.serve.views import articles, copies, exports, guides, handouts, overviews, search, site

ROUTES: list[tuple[str, Callable[..., Any]]] = [
    (r"^/$", overviews.first_page),
    (r"^/recherche$", search.page),
    (r"^/recherche\.(?P<format>[a-z.]+)$", exports.export),
    (r"^/a/(?P<id>\d{1,19})$", articles.page),
    (r"^/a/(?P<id>\d{1,18})\.(?P<format>[a-z.]+)$", articles.cited),
    (r"^/a/(?P<id>\d{1,19})/versions$", articles.history),
    (r"^/c/(?P<file>[^/]{1,200})/(?P<offset>\d{1,18})$", copies.page),
    (r"^/c/(?P<file>[^/]{1,200})/(?P<offset>\d{1,18})/texte$", copies.text),
    (r"^/c/(?P<file>[^/]{1,200})/(?P<offset>\d{1,18})/fichier$", copies.download),
    (r"^/c/(?P<file>[^/]{1,200})/(?P<offset>\d{1,18})/warc$", copies.record),
    (r"^/presse$", overviews.press_review),
    (r"^/presse/revue$", handouts.page),
    (r"^/presse/revue\.(?P<format>[a-z]+)$", handouts.file),
    (r"^/graphiques$", overviews.charted),
    (r"^/guide$", guides.guide),
    (r"^/dictionnaire$", guides.dictionary),
    (r"^/api$", overviews.api),
    (r"^/robots\.txt$", site.robots),
    (r"^/sitemap\.xml$", site.sitemap_index),
    (r"^/sitemap-(?P<number>[1-9]\d{0,5})\.xml$", site.sitemap),
    (r"^/opensearch\.xml$", site.opensearch),
]
