"""Which lines of a page are not its text? Teaser headings, bylines, share bars, appeals, recognised by wording."""

import re

from archive.parsers.blocks import Block

_ENDS = re.compile(
    r"^(?:les )?(?:derni[eè]res actualit[eé]s|autres articles|articles? (?:similaires?|li[eé]s?|connexes?|associ[eé]s?|r[eé]cents?)"
    r"|(?:sur|dans) le m[eê]me (?:sujet|th[eè]me)|dans la m[eê]me rubrique|[aà] lire (?:aussi|ensuite|[eé]galement)|[aà] voir aussi|les plus lus"
    r"|commentaires?|laisser un commentaire|related (?:articles|posts|stories|content)|more (?:stories|articles|news|from .{1,40})|you may also like|you might also like|recommended(?: for you)?|read (?:more|next|also)|comments?|leave a (?:comment|reply)|most (?:read|popular|viewed)|recent posts"
    r"|[aä]hnliche (?:beitr[aä]ge|artikel|themen)|das k[oö]nnte (?:sie|dich|euch|ihnen) auch (?:interessieren|gefallen)|mehr zum thema|weitere (?:artikel|beitr[aä]ge|themen|informationen|nachrichten|meldungen)|verwandte (?:artikel|beitr[aä]ge|themen)|auch interessant|lesen sie auch|schreibe? einen kommentar|kommentar(?:e| verfassen| schreiben)?|hinterlasse eine antwort|neueste (?:beitr[aä]ge|artikel)|(?:am )?meist ?gelesen(?:\.{3})?|[uü]ber den autor|about the author|tags|schlagworte|themen)\s*[:!…]?$",
    re.IGNORECASE,
)


def ends_the_article(block: Block) -> bool:
    return len(block.text) < 80 and _ENDS.match(block.text) is not None


_APPEAL = re.compile(
    r"r[ée]serv[ée]e?s? (?:à nos |aux )abonn[ée]s|il vous reste \d{1,3}\s?% de cet article|pour lire la suite|la suite est réservée|article réservé"
    r"|(?:this (?:article|content) is )?(?:for|reserved for) subscribers(?: only)?$",
    re.IGNORECASE,
)


def is_appeal(text: str) -> bool:
    return len(text) < 200 and _APPEAL.search(text) is not None


def is_dropped(block: Block, first: bool) -> bool:
    if is_appeal(block.text):
        return True
    return block.linked * 2 > len(block.text) and (block.kind in ("item", "cell") or len(block.text) < 60)
