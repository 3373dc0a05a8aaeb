"""Is there an article at all? Login walls, pages that say « introuvable » with status 200, bot walls."""

import re
from typing import Final

from lxml import html

from archive.models import Obstacle

# A page with more text than this is an article, whatever its headline says: « Page introuvable » can be news.
_MOST_TEXT: Final = 600

_LOGIN: Final = re.compile(
    r"^(?:connexion (?:requise|obligatoire|nécessaire)|(?:veuillez )?(?:vous )?(?:connecte[rz]|identifie[rz])(?:-vous)?|se connecter|identification|authentification"
    r"|acc[èe]s (?:r[ée]serv[ée]|restreint|refus[ée]|interdit)|espace (?:adh[ée]rents?|membres?|priv[ée])|connexion|page r[ée]serv[ée]e"
    r"|log ?in|sign ?in|please (?:log|sign) in|members only|access denied|forbidden|403\b)",
    re.IGNORECASE,
)
_NOT_FOUND: Final = re.compile(
    r"(?:page|article|contenu|document|fiche) (?:introuvable|inexistante?|non trouv[ée]e?|not found|n['’]existe (?:pas|plus))"
    r"|^(?:erreur|error) ?:? ?404|^404\b|not found$|^oups\b|cette page n['’]existe|seite nicht gefunden"
    r"|(?:page|article) (?:demand[ée]e?|recherch[ée]e?) (?:est introuvable|n['’]existe)|no longer available$",
    re.IGNORECASE,
)
_BOT: Final = re.compile(
    r"just a moment|un instant…?$|attention required|checking your browser|v[ée]rification (?:de votre navigateur|que vous (?:êtes|n['’]êtes))|are you (?:a )?(?:human|robot)"
    r"|[êe]tes-vous un (?:humain|robot)|verify you are human|pardon our interruption|access to this page has been denied|ddos protection|captcha",
    re.IGNORECASE,
)


def obstacle(tree: html.HtmlElement, title: str | None, text: str) -> Obstacle | None:
    """Name what stands in the article's place, ``None`` when nothing does."""
    if len(text) > _MOST_TEXT:
        return None
    heads = [head for head in (title, " ".join((tree.findtext(".//title") or "").split())) if head]
    if any(_BOT.search(head) for head in heads):
        return "bot_wall"
    if any(_NOT_FOUND.search(head) for head in heads):
        return "not_found"
    if any(_LOGIN.match(head) for head in heads):
        return "login"
    has_password = tree.find(".//input[@type='password']") is not None
    return "login" if has_password and len(text) < 200 else None
