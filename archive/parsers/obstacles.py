"""Is there an article at all? Login walls, pages that say « introuvable » with status 200, bot walls."""

import re
from typing import Final

from archive.models import Obstacle
from archive.parsers.calendar_words import fold
from archive.parsers.html import Document

# A page with more text than this is an article, whatever its headline says: « Page introuvable » can be news.
_MOST_TEXT: Final = 600
# With less text than this, a form that asks for a password is what the page is about.
_HARDLY_ANY: Final = 80

# All read folded text: lower case, no accents.
_LOGIN: Final = re.compile(
    r"^(?:connexion(?: (?:requise|obligatoire|necessaire))?$"
    r"|(?:veuillez )?(?:vous )?(?:connecte[rz]|identifie[rz])"
    r"|se connecter|identification|authentification|acces (?:reserve|restreint|refuse|interdit)"
    r"|espace (?:adherents?|membres?|prive)|page reservee"
    r"|log ?in\b|sign ?in\b|please (?:log|sign) in|members only|access denied|forbidden|403\b)"
)
_NOT_FOUND: Final = re.compile(
    r"(?:page|article|contenu|document|fiche) (?:introuvable|inexistante?|non trouvee?|not found)"
    r"|(?:page|article|contenu|document|fiche) n'existe (?:pas|plus)"
    r"|^(?:erreur|error) ?:? ?404|^404\b|not found$|^oups\b|cette page n'existe|seite nicht gefunden"
    r"|(?:page|article) (?:demandee?|recherchee?) (?:est introuvable|n'existe)|no longer available$"
)
# The page's title alone says so, while its headline jokes: « Oups, cette page a pris la clé des champs ».
_HEAD_OF_ERROR: Final = re.compile(r"(?:erreur )?404\b|page (?:introuvable|non trouvee|not found)\b")
_BOT: Final = re.compile(
    r"^just a moment|^un instant\W*$|attention required|checking your browser|are you (?:a )?(?:human|robot)"
    r"|verification (?:de votre navigateur|que vous )|etes-vous un (?:humain|robot)"
    r"|verify you are human|pardon our interruption|access to this page has been denied|captcha"
)


def obstacle(document: Document, title: str | None, text: str) -> Obstacle | None:
    """Name what stands in the article's place, ``None`` when nothing does."""
    in_head = " ".join(document.title.split())
    if title and _HEAD_OF_ERROR.match(fold(in_head)) and fold(title) not in fold(in_head):
        return "not_found"  # however many other articles it offers instead
    if len(text) > _MOST_TEXT:
        return None
    heads = [fold(head) for head in (title, in_head) if head]
    if any(_BOT.search(head) for head in heads):
        return "bot_wall"
    if any(_NOT_FOUND.search(head) for head in heads):
        return "not_found"
    if any(_LOGIN.match(head) for head in heads):
        return "login"
    asks_password = document.tree.find(".//input[@type='password']") is not None
    return "login" if asks_password and len(text) < _HARDLY_ANY else None
