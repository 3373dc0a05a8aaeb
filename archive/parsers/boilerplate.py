"""Which parts of a page are furniture? By tag, role, class and id, before any text is weighed."""

import re
from functools import lru_cache
from typing import Final, Literal

from lxml import html

Part = Literal["navigation", "aside", "comments", "related", "share", "byline", "appeal", "caption", "hidden"]

_SET_APART: Final[tuple[Part, ...]] = ("comments", "related", "appeal", "aside", "navigation", "share")
_HEADINGS = frozenset(("h1", "h2", "h3", "h4", "h5", "h6"))
_CONTENT = frozenset(("body", "html", "main", "article", "h1"))
_TAGS: dict[str, Part] = {"nav": "navigation", "footer": "navigation", "aside": "aside", "menu": "navigation"}
_ROLES: dict[str, Part] = {
    "navigation": "navigation",
    "banner": "navigation",
    "contentinfo": "navigation",
    "complementary": "aside",
    "search": "navigation",
    "dialog": "appeal",
    "alertdialog": "appeal",
}

# Words of one class or id name. The names are cut at hyphens, underscores and capitals first, so that "ad"
# does not match "header" nor "nav" "navarre".
_VOCABULARY: Final[dict[Part, str]] = {
    "navigation": """
        nav navbar navi navigation subnav topnav menu submenu usermenu topmenu megamenu breadcrumb breadcrumbs
        crumb crumbs ariane hierarchie pager pagination paginator masthead topbar navlinks skiplink skip
        footer foot colophon pied copyright impressum siteinfo searchbox searchform sitemap langswitch toolbar
        pagenav postnavigation postnav folio""",
    "aside": "encart moduletable sidebar widget widgets rail infobox marginalia sidecol",
    "comments": """
        comment comments commentlist commentaires commentaire kommentar kommentare disqus livefyre respond
        forum comentarios discussion reactions replies commentarea commentform comm trackback trackbacks
        pingback commentlinks commentsection usercomments""",
    "related": """
        related relateds relatedposts similar recommended recommendation recommendations recommend teaser
        teasers readmore popular trending latest recirculation recirc outbrain taboola plista zergnet ligatus
        suggestions suggestion crosslinks newsticker ticker mostread upnext prevnext seealso
        readalso""",
    "share": """
        share shares sharing sharebar sharedaddy social socials socialmedia addthis addtoany partage partager
        sociables bookmarks followus teilen shariff print printlink""",
    "byline": """
        byline tags taglist keywords schlagworte timestamp datetime dateline rating ratings authorbox
        authorbio bio auteurs sujets postmeta postmetadata metaline metadata signature sig postsignature""",
    "appeal": """
        newsletter newsletters subscribe subscription subscriptions abonnement abo paywall signup login signin
        register registration cookie cookies consent gdpr rgpd cmp modal popup overlay lightbox advert adverts
        advertisement advertising ad ads adsense adslot adbox pub pubs publicite sponsor sponsored sponsors
        alert alerts promo
        promotion promobox donate donation werbung anzeige anzeigen notice banner cta disclosure
        disclaimer appstore appstores formular don dons pourboire""",
    "caption": """
        caption captions figcaption legende imagecaption imagedescription bildunterschrift copyrights
        leg""",
}
_PART_OF: Final[dict[str, Part]] = {
    word: part for part, words in _VOCABULARY.items() for word in words.split()
}

# Names of two words or more, hyphens for every cut.
_PHRASES: Final[tuple[tuple[Part, str], ...]] = (
    ("byline", r"^(?:post|entry|article|author|meta)s?-(?:meta|info|infos|data|date|author|details)$"),
    ("byline", r"^(?:posted|published)-(?:on|by|in)$|^(?:cat|tag)s?-links$|^infos?-(?:publi\w*|article)$"),
    ("byline", r"^(?:entry|post|article)-(?:tags|categories|footer|utility)$"),
    ("byline", r"^about-(?:the-)?author|^author-(?:box|info|bio|description|card|profile)"),
    ("byline", r"(?:^|-)author-(?:position|name|person\w*|desc\w*|about|image|avatar|section)"),
    (
        "share",
        r"^(?:\w+-){0,2}(?:tools|buttons)$|^(?:article|post|page|tile|card)-(?:actions|outils)$|^outils$",
    ),
    ("related", r"^(?:read|see|lire|voir)-(?:more|also|next|aussi|plus)|^(?:a|en)-(?:lire|voir|savoir)"),
    (
        "related",
        r"^(?:more|other|latest|recent|top|most|also)-(?:news|articles|posts|stories|read|popular)$",
    ),
    ("related", r"^(?:plus-lus|meme-(?:theme|sujet|rubrique)|(?:bloc-)?dernieres|you-may-)"),
    ("related", r"(?:^|-)(?:prev|previous|next)-(?:post|article|story|next)"),
    (
        "navigation",
        r"^post-nav|^(?:user|top|main|primary|secondary|site|global|language)-(?:nav|menu|header|footer|bar)",
    ),
    ("navigation", r"^(?:ez-|lwptoc-)?toc(?:-(?:container|list|box|wrapper|title))?$|^table-of-contents$"),
    ("navigation", r"^(?:sommaire|inhaltsverzeichnis)$"),
    (
        "caption",
        r"^(?:image|img|photo|bild|picture|media)s?-(?:caption|credits?|copyright|legend|meta\w*|description)$",
    ),
    ("caption", r"^spip-doc-(?:titre|descriptif|legende|credits?)$"),
    ("caption", r"^bildunter\w+$|^image(?:description|credit)$"),
    (
        "hidden",
        r"^material-(?:icons|symbols)|^screen-reader|^sr-only$|^visually-?hidden$|^d-none$|^hidden$|^invisible$",
    ),
)
_NAMES: Final = tuple((part, re.compile(pattern)) for part, pattern in _PHRASES)
_ANY_NAME: Final = re.compile("|".join(pattern for _, pattern in _PHRASES))

# Names that templates give to the element of the body itself, all but letters left out.
_BODY_NAME: Final = re.compile(
    r"^(?:\w{0,20}article(?:body|text|content|main|corps|texte)|entrycontent|post(?:content|body|entry|text)"
    r"|storybody|storycontent|fieldnamebody|tdpostcontent|themecontent|contenttext|contenuarticle"
    r"|corps(?:article|texte)?)$"
)
_NOT_LETTERS: Final = re.compile(r"[^a-z]+")
# What a body's other names may sound like: « article-body paywall-locker », « entry-content social ».
_SOUNDS: Final = ("appeal", "share", "related", "aside")

# Prefixes that tell how a wrapper is laid out, not what it holds: "has-sidebar", "no-comments", "with-ads".
_LAYOUT_PREFIX = re.compile(
    r"^(?:has|with|without|no|not|is|js|wp-block|elementor|widget-content|theme|page|single|body)-"
)
_LAYOUT_SUFFIX = re.compile(r"-(?:wrap|wrapper|enabled|open|closed|left|right|active|visible)$")
_CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z])")
_CUT = re.compile(r"[^a-z]+")
_NEVER_CONTENT = re.compile(r"cookie|consent|gdpr|rgpd|log-?in\b|login|signup|newsletter")
_FEWEST_FIELDS = 3
_STYLE_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)


@lru_cache(maxsize=20_000)
def named_part(name: str) -> Part | None:
    """Say what one class name or id announces, ``None`` when it announces content or nothing.

    >>> named_part("jp-relatedposts"), named_part("entry-content"), named_part("has-sidebar")
    ('related', None, None)
    >>> named_part("postMeta"), named_part("header")
    ('byline', None)
    """
    in_words = name if name.islower() else _CAMEL.sub("-", name).lower()
    hyphened = _CUT.sub("-", in_words).strip("-")
    if "-" in hyphened and (_LAYOUT_PREFIX.match(hyphened) or _LAYOUT_SUFFIX.search(hyphened)):
        return None
    if _ANY_NAME.search(hyphened):
        return next(announced for announced, pattern in _NAMES if pattern.search(hyphened))
    return next((_PART_OF[word] for word in hyphened.split("-") if word in _PART_OF), None)


def part(element: html.HtmlElement, tag: str) -> Part | None:
    """Say which kind of furniture an element is, ``None`` for content."""
    given = element.items()
    # Web components: <comment-list>, <newsletter-box>; those of AMP are named after what they look like.
    if "-" in tag and not tag.startswith("amp-") and (found := named_part(tag)) in _SET_APART:
        return found
    if not given:
        return _form(element) if tag == "form" else _TAGS.get(tag)
    attributes = dict(given)
    if "hidden" in attributes or attributes.get("aria-hidden") == "true":
        return "hidden"
    if (style := attributes.get("style")) and _STYLE_HIDDEN.search(style):
        return "hidden"
    if "role" in attributes and (found := _ROLES.get(attributes["role"])):
        return found
    if (found := _TAGS.get(tag)) or (tag == "form" and (found := _form(element))):
        return found
    if tag in _CONTENT:
        return None
    # The id of a heading is made of its words: "related-projects" there is a subject.
    own_id = "" if tag in _HEADINGS else attributes.get("id", "")
    names = attributes.get("class", "")
    found = _named_parts(names, own_id) if names or own_id else None
    if found in _SOUNDS and (is_body(element) or _is_behind_the_wall(tag, names)):
        return None
    if found == "related" and "teaser" in f"{names} {own_id}".lower() and _leads_nowhere(element):
        return None  # German templates call the article's own standfirst its teaser
    return found


@lru_cache(maxsize=20_000)
def _named_parts(names: str, own_id: str) -> Part | None:
    """Say what the first telling name among an element's classes and id announces."""
    return next((found for name in f"{names} {own_id}".split() if (found := named_part(name))), None)


def is_body(element: html.HtmlElement) -> bool:
    """Say whether an element's names or its microdata call it the body of the article."""
    if (element.get("itemprop") or "").lower() == "articlebody":
        return True
    return _names_body(element.get("class") or "") or _names_body(element.get("id") or "")


def _is_behind_the_wall(tag: str, names: str) -> bool:
    """Say whether this is a paragraph of an article for subscribers, not the appeal to subscribe.

    « paywall » is the class by which search engines ask publishers to mark such text
    (developers.google.com/search/docs/appearance/structured-data/paywalled-content).
    """
    return tag == "p" and "paywall" in names.split()


@lru_cache(maxsize=20_000)
def _names_body(names: str) -> bool:
    return any(_BODY_NAME.match(_NOT_LETTERS.sub("", name)) for name in names.lower().split())


def never_content(element: html.HtmlElement) -> bool:
    """Say whether an element's own names leave no doubt: consent and login boxes may hold much text."""
    return _NEVER_CONTENT.search(f"{element.get('class')} {element.get('id')}".lower()) is not None


def _form(element: html.HtmlElement) -> Part | None:
    """A form to fill in is an appeal; old pages put everything into one form, which then is mistaken."""
    kinds = [inner.get("type", "text") for inner in element.iter("input")]
    asks = any(kind in ("email", "password", "search") for kind in kinds)
    fills_in = sum(kind in ("text", "tel") for kind in kinds) >= _FEWEST_FIELDS
    return "appeal" if asks or fills_in or element.find(".//textarea") is not None else None


def _leads_nowhere(element: html.HtmlElement) -> bool:
    return element.find(".//a") is None and all(above.tag != "a" for above in element.iterancestors())
