"""Which lines of a page are not its text? Teaser headings, appeals, credits and tools, recognised by wording."""

import re
from typing import Final

from archive.parsers.blocks import Block
from archive.parsers.written_dates import written

_LONGEST_HEADING: Final = 80
_LONGEST_APPEAL: Final = 260
_LONGEST_CREDIT: Final = 140
_LONGEST_DATE: Final = 90


def _whole(*wordings: str) -> re.Pattern[str]:
    """Match a line that says one of these and nothing else but punctuation."""
    return re.compile(rf"^\W*(?:{'|'.join(wordings)})[\s:!?.…\-–>»]*$", re.IGNORECASE)


# What follows is other articles or other people's words, to the end of its section.
_ENDS: Final = _whole(
    r"(?:les |nos )?(?:derni[eè]res?|autres) (?:actualit[eé]s?|actus|articles?|nouvelles|publications|br[eè]ves)",
    r"(?:les )?articles? (?:similaires?|li[eé]s?|connexes?|associ[eé]s?|r[eé]cents?|recommand[eé]s|pr[eé]c[eé]dents)",
    r"(?:sur|dans|avec) (?:le|la) m[eê]me (?:sujet|th[eè]me|rubrique|th[eé]matique|cat[eé]gorie)",
    r"[aà] (?:lire|voir|d[eé]couvrir) (?:aussi|ensuite|[eé]galement)|et aussi|(?:les )?plus lus|vignettes voisines",
    r"(?:ces articles|cela|ceci) (?:pourrai(?:en)?t|peuvent|peut) (?:aussi )?vous int[eé]resser|vous aimerez aussi",
    r"(?:\d+ |0 )?(?:commentaires?|r[eé]ponses?|r[eé]actions?)|(?:laisser|poster|ajouter|[eé]crire) un commentaire",
    r"vos (?:commentaires|r[eé]actions)|r[eé]agir (?:[aà] cet article)?|partagez? cet article|suivez-nous(?: sur)?",
    r"[aà] propos de l.auteure?s?|article (?:pr[eé]c[eé]dent|suivant)|navigation (?:de l.article|des articles)",
    r"related(?: \w+)?|(?:more|other|latest|recent|popular|top) (?:stories|articles|news|posts)|more (?:from|on|in) .{1,40}",
    r"you (?:may|might) (?:also|be) (?:like|interested).{0,20}|recommended(?: for you)?|most (?:read|popular|viewed)",
    r"(?:\d+ |no |view )?(?:comments?|responses?|replies|thoughts)(?: so far)? ?(?:\(\d+\))?|(?:leave|post|add|write) a (?:comment|reply)|say your words",
    r"about the authors?|(?:read|see) (?:next|also)|trending(?: now)?|what to read next",
    r"[aä]hnliche (?:beitr[aä]ge|artikel|themen)|das k[oö]nnte (?:sie|dich|euch|ihnen) auch (?:interessieren|gefallen)",
    r"mehr (?:zum thema|themen|aus .{1,30}|von .{1,30})(?: auf .{1,30})?|verwandte (?:artikel|beitr[aä]ge|themen)|auch interessant",
    r"(?:weitere|empfohlene|neueste|aktuelle|letzte) (?:artikel|beitr[aä]ge|meldungen|kommentare|berichte|nachrichten).{0,30}",
    r"(?:\d+ )?(?:kommentare?|antworten)(?: (?:verfassen|schreiben|hinzufügen))?|(?:hinterlasse|schreibe?|verfasse)\w* (?:eine antwort|(?:einen )?kommentar)",
    r"(?:am )?meist ?gelesen|[uü]ber (?:den autor|die autorin)|noch mehr infos.{0,20}|mehr kolumnen",
    r"(?:art[ií]culos|noticias) relacionad[ao]s|te puede interesar|czytaj (?:też|także|dalej)|polecane|komentarze",
)
_ENDS_FOR_GOOD: Final = _whole(
    r"(?:les |nos )?(?:derni[eè]res?|autres) (?:actualit[eé]s?|actus|articles?|nouvelles|publications|br[eè]ves)",
    r"(?:\d+ |0 )?commentaires?|laisser un commentaire",
)
# A line of its own between two paragraphs; what it leads to stands in the line or in the links that follow.
_ASIDE: Final = re.compile(
    r"^\W*(?:(?:[aà] )?(?:lire|voir|relire|[eé]couter) (?:aussi|[eé]galement|notre|ensuite)|sur le m[eê]me sujet|en savoir plus|pour aller plus loin"
    r"|lire la suite|lire plus|la suite|read (?:more|also|next|the (?:latest|full)\b)|see also|also read|more:|related:|watch:|listen:"
    r"|lesen sie (?:auch|hier|mehr)|auch lesen|lies auch|mehr (?:lesen|dazu|zum thema|infos)|siehe auch|weiterlesen|zum thema"
    r"|lea (?:tambi[eé]n|m[aá]s)|lea:|vea tambi[eé]n|ve[rj]a (?:tamb[eé]m|tambi[eé]n)|puedes ver|leia (?:tamb[eé]m|mais)|te puede interesar|czytaj|zobacz|przeczytaj|leggi anche)"
    r"(?:\W|$)",
    re.IGNORECASE,
)
_APPEAL: Final = re.compile(
    r"r[eé]serv[eé]e?s? (?:[aà] nos |aux? )?abonn[eé]|il vous reste \d{1,3}\s?% |(?:pour|afin de) lire (?:la suite|l.int[eé]gralit[eé])|d[eé]j[aà] abonn[eé]"
    r"|(?:view|read|continue reading) the (?:full|rest).{0,40}subscri|already (?:a|an) (?:subscriber|member)|first-time subscribers|subscribers? only"
    r"|(?:pour|um) (?:weiterzulesen|den ganzen artikel)|jetzt abonnieren|nur für abonnenten",
    re.IGNORECASE,
)
_INVITATION: Final = re.compile(
    r"newsletter|(?:abonnez|inscrivez|connectez|identifiez)-vous|(?:suivez|retrouvez)-nous sur|follow (?:us|me|.{2,30} on (?:twitter|facebook|instagram))|sign up (?:for|to)"
    r"|subscribe (?:to|now|here)|join our|never miss|folgen sie uns|folge uns|unterst[uü]tze|commentaires sont ferm[eé]s|comments are closed"
    r"|kommentare (?:sind )?geschlossen|keine kommentare|noch keine bewertungen|votre (?:adresse )?e-?mail|deine e-mail|your e-?mail address",
    re.IGNORECASE,
)
_CREDIT: Final = re.compile(
    r"^\W*(?:(?:cr[eé]dits?|photos?|photographies?|illustrations?|image)(?: \w+){0,2}\s?:|©|\(c\)|foto(?:s|graf)?:|bild(?:er|quelle|nachweis)?:|quelle[n:]|image (?:illustrative|credit)|titelbild"
    r"|photo (?:by|de|credit|©)|getty images|picture:|bron:|fot\.)"
    r"|(?:getty images|istock(?:photo)?(?:\.com)?|shutterstock(?:\.com)?|adobe stock|\((?:foto|photo)\s?:? [^()]{2,40}\)|/ ?(?:afp|dpa|reuters|pap|ap))\W*$",
    re.IGNORECASE,
)
_LABELLED: Final = re.compile(
    r"^\W*(?:tags?|tagged|mots?[- ]cl[eé]s?|sujets?|th[eè]mes?|th[eé]matiques?|cat[eé]gories?|class[eé] (?:dans|sous)|publi[eé] dans|rubriques?|filed under|posted in|topics?"
    r"|keywords|schlag(?:w[oö]rter|worte)|stichworte|themen|kategorien?|temas|etiquetas|ver[oö]ffentlicht (?:in|unter)|abgelegt unter)\s?:",
    re.IGNORECASE,
)
_TOOL: Final = _whole(
    r"imprimer|partager|envoyer(?: [aà] un ami)?|version imprimable|t[eé]l[eé]charger|retour|haut de page|retour en haut|sommaire|publicit[eé]|permalien|j.aime|offrir",
    r"chargement|prev|next|pr[eé]c[eé]dent|suivant|(?:lire|voir) plus|lire la suite|ouvrir|fermer|agrandir|commenter|favoris?|pdf",
    r"print|share|share this(?: article| post)?|email|tweet|save|advertisement|sponsored|back to top|read more|continue reading|table of contents|contents|loading",
    r"drucken|teilen|seite teilen|anzeige|werbung|nach oben|zur[uü]ck(?: zur .{1,20})?|inhalt(?:sverzeichnis)?|weiterlesen|merken|vorlesen|bild anzeigen",
)
_READING_TIME: Final = re.compile(
    r"(?:temps de lecture|lecture)\W{0,3}\d+|\d+ ?min(?:utes?)? (?:de lecture|read)|lesezeit", re.IGNORECASE
)
_DATE_WORDS: Final = re.compile(
    r"\b(?:publi\w*|mis en ligne|mise? [aà] jour|modifi\w*|post\w*|par|le|la|[aà]|lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche|updated|published|on|at|by"
    r"|last|am|um|uhr|stand|erstellt|aktualisiert|von|date|min|lecture|de|pm|et|edt|gmt)\b|\W|\d",
    re.IGNORECASE,
)
_NAME_ROOM: Final = 30  # letters that a date line may hold besides: a signature, a place
# The box that closes the unions' articles: whom to write to, the same on every page.
_PRACTICAL: Final = _whole(r"en pratique|infos? pratiques?|contacts?|nous contacter|pour en savoir plus")
_ADDRESSES_READER: Final = re.compile(
    r"votre d[eé]l[eé]gu[eé]|n.h[eé]sitez pas [aà]|(?:contactez|[eé]crivez|appelez)[- ]nous|[aà] votre disposition|votre (?:union|f[eé]d[eé]ration)",
    re.IGNORECASE,
)


def ends_the_article(block: Block) -> bool:
    """Say whether a line opens teasers or comments: « Les dernières actualités », « 3 commentaires »."""
    text = block.text
    return len(text) <= _LONGEST_HEADING and _ENDS.match(text) is not None


def ends_for_good(block: Block) -> bool:
    """Say whether nothing of the article can follow, however much text there is: the unions' own teasers."""
    return _ENDS_FOR_GOOD.match(block.text) is not None


def opens_contact_box(block: Block, following: list[Block]) -> bool:
    """Say whether « En pratique » heads the site's own contact box rather than facts of the article."""
    if len(block.text) > _LONGEST_HEADING or _PRACTICAL.match(block.text) is None:
        return False
    return any(_ADDRESSES_READER.search(line.text) for line in following)


def is_appeal(text: str) -> bool:
    """Say whether a line asks for a subscription to read on."""
    return len(text) <= _LONGEST_APPEAL and _APPEAL.search(text) is not None


def is_furniture(block: Block) -> bool:
    """Say whether a line is a tool, a credit, a pointer or an invitation, wherever it stands in the article."""
    text, size = block.text, len(block.text)
    if size > _LONGEST_APPEAL:
        return False
    if is_appeal(text) or _TOOL.match(text) or (size <= 200 and _LABELLED.match(text)):
        return True
    if size <= 200 and _ASIDE.match(text) and (block.linked or ":" in text[:30] or size <= 40):
        return True
    if size <= _LONGEST_CREDIT and _CREDIT.match(text):
        return True
    return size <= 200 and _INVITATION.search(text) is not None and not text.startswith(("«", "“", '"'))


def is_dateline(text: str) -> bool:
    """Say whether a line only tells when and by whom the article was published.

    >>> is_dateline("20 09 2018"), is_dateline("Publié le 3 mai 2019 à 8h30 par Jeanne Le Goff")
    (True, True)
    >>> is_dateline("Le 3 mai 2019, la fonderie a fermé ses portes.")
    False
    """
    if len(text) > _LONGEST_DATE or not any(char.isdigit() for char in text):
        return False
    if _READING_TIME.search(text):
        return True
    dates = [found for found in written(text) if found.year]
    if not dates:
        return False
    rest = text[: dates[0].start] + text[dates[-1].end :]
    return len(_DATE_WORDS.sub("", rest)) <= _NAME_ROOM and not text.endswith((".", "!", "?"))
