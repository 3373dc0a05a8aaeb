"""What do the words around a date call it: publication, change, or something else altogether?"""

import re
from typing import Final, Literal

from archive.parsers.calendar_words import MONTH, WEEKDAY, fold
from archive.parsers.written_dates import WrittenDate, written

Label = Literal["published", "modified"]

_PUBLISHED: Final = (
    r"publi(?:ee?s?|er|cations?|shed|ziert)?|mise? en ligne|poste[es]{0,2}(?! a pourvoir)|paru\w{0,2}"
    r"|(?<!a )ecrit|redige|cree|diffuse\w?|parution"
    r"|(?<!en )date"
    r"(?!\s(?:limite|butoir|de (?:debut|fin|cloture|naissance|creation|depot|l')|d'(?:entree|effet)))"
    r"|soumis|pubdate|edite|ajoute|depose"
    r"|posted|published|created|submitted|added|written|veroffentlicht|erstellt|geschrieben|erschienen|datum"
    r"|eingestellt|erscheinungsdatum|veroffentlichung(?:sdatum)?|publicado|pubblicato|data|geplaatst|gepubliceerd"
    r"|publicatiedatum|opublikowano|dodano|dodana"
)
_MODIFIED: Final = (
    r"mise? a jour(?! (?:du|de ce|de notre|generale? du) site)|maj|lastmod|derniere modif\w*(?! du site)"
    r"|modifie\w*|actualise\w*|verifiee?(?= le)|revise\w*|corrige\w*|reedite"
    r"|updated?|last (?:updated|modified|edited|changed?)|modified|edited|revised"
    r"|aktualisiert|aktualisierung|geandert|stand|aktualizacja|actualizado|aggiornato|bijgewerkt"
)
LABEL: Final = re.compile(
    rf"(?<![^\W\d_])(?:(?P<modified>{_MODIFIED})|(?P<published>{_PUBLISHED}))(?![^\W\d_])"
)
# Between a label and its date: a preposition, a weekday, an author's name; a sentence end parts them.
_REACH: Final = 60
_SENTENCE_END: Final = re.compile(r"[.!?;]\s+[a-z]{4}")

# Words that tie a date to something else than this page's publication.
_OTHER_MATTER: Final = re.compile(
    r"(?<![^\W\d_])(?:(?:du|au) \d{1,2}(?:er)?|de \d{1,2}\s?h|jusqu|depuis|loi|decret|arrete|ordonnance|nee?"
    r"|couverture|journal du|journal officiel|photo|copyright|limite|cloture|lieu|horaires?"
    r"|enregistree? le|membre depuis|nous sommes"
    r"|inscri\w+|entree libre|gratuit|bonne fete|saint|congres|avant le"
    r"|a partir"
    r"|rendez-vous|prochain\w*"
    r"|reserv(?!ee?s? (?:aux|a nos) )\w+|extractions?|expire|valable"
    r"|au plus tard|rcs|siret|volume|vol|isbn|consulte|acces|retrieved"
    r"|(?:a|avait) (?:dit|ecrit|repondu|commente|poste)|dit\s?:|imprimee?"
    r"|impression du|generee? le|extrait le"
    r"|embargo|numero du|edition du|archives?|creation|creees?|fondee?s?|quand|salle|rdv)(?![^\W\d_])|©|\(c\)"
    # « 14h à 17h », « 14h-17h »: opening hours and happenings
    r"|\d\s?h\s?(?:\d\d)?\s?(?:-|–|a)\s?\d{1,2}\s?h(?![^\W\d_])"
)
# « jeudi 14 & vendredi 15 mars », « 12-14 mai », « 12/06/2025 et 13/06/2025 »: several days are those of
# what is announced; « n° 12 - 14 mai » and « 14h02 – 15 mars » are one.
_AND: Final = rf"\s?(?:&|et|au|a|ou)\s?(?:le\s)?(?:{WEEKDAY}\.?\s)?"
_SEVERAL_DAYS: Final = re.compile(
    rf"(?<![\d/:.h])(?<!n° )(?<!no )\d{{1,2}}(?:er)?(?:{_AND}|\s?[-–,/]\s?)\d{{1,2}}(?:er)?\s{MONTH}"
    rf"|\d{{1,2}}[/.]\d{{1,2}}(?:[/.]\d{{2,4}})?{_AND}\d{{1,2}}[/.]\d{{1,2}}[/.]\d"
    rf"|\d{{1,2}}(?:er)?\s{MONTH}(?:\s\d{{4}})?(?:{_AND}|\s?[-–]\s?)\d{{1,2}}(?:er)?\s{MONTH}"
)
# « Remise des prix : jeudi 13 juin 2024 »: what is announced. Labels are no such words.
_ANNOUNCED: Final = re.compile(
    rf"(?:[^\W\d_]{{3}}|\))\s?:\s?(?:le\s)?(?:{WEEKDAY}\s)?\d{{1,2}}(?:er)?(?:\s{MONTH}|[/.]\d)"
)
# « Édition du samedi 11 mai 2019 », « Le Phare n° 1203 du 11/05/2019 »; « la 5e édition du » is a happening.
_ISSUE: Final = re.compile(
    rf"(?:(?<![^\W\d_])edition(?: \w+)? du|(?<![^\W\d_])n(?:umero |° ?|o )\d{{1,5}},? du)\s(?:{WEEKDAY}\s)?\Z"
)
_NO_ISSUE: Final = re.compile(
    r"(?<![^\W\d_])(?:loi|decret|arrete|ordonnance|journal officiel|jo|circulaire"
    r"|(?:la|cette|une|premiere|derniere|prochaine|\d+(?:e|eme|re)) edition)(?![^\W\d_])|l['’]edition"
)
_RELEASE: Final = re.compile(
    r"\A\s*(?:communique(?: de presse)?|article|billet|actu(?:alite)?|breve|note|post|message"
    r"|depeche|info|annonce) du(?= )"
)
# Headings over other pages' dates: « À lire aussi », « Articles similaires », « Agenda », « Commentaires ».
_OTHERS_HEADING: Final = re.compile(
    r"\A\W*(?:(?:a )?(?:lire|voir|decouvrir)(?: aussi)?|sur le meme (?:sujet|theme)|dans la meme rubrique"
    r"|(?:articles?|billets?|actualites?|contenus?|pages?) (?:similaires?|lies?|liees?|associes?|recents?)"
    r"|(?:les |nos |vos )?derniere?s? .*|(?:les )?autres .*|les plus lus|archives?|newsletter|a venir|agenda"
    r"|(?:(?:ces|nos|d'autres) )?(?:articles? |contenus? )?(?:qui )?(?:pourraient|peuvent|devraient)"
    r" (?:aussi )?vous (?:interesser|plaire)"
    r"|(?:la redaction vous|nous vous) (?:conseille|recommande|conseillons|recommandons)"
    r"|(?:prochains )?(?:evenements|rendez-vous)|(?:\d+ )?comment(?:aire)?s?(?: \(?\d+\)?)?"
    r"|related.*|recent.*)\W*\Z"
)
_LONGEST_HEADING: Final = 60
_WORD: Final = re.compile(r"[^\W\d_]{2,}")
_MOST_WORDS: Final = 8
_FEWEST_SAID: Final = 4  # words that make a sentence, where a full stop ends them
_SIGNED: Final = re.compile(r"\W*(?:par|by|von)(?![^\W\d_])")
_SHORTEST_TITLE: Final = 12

_PROGRAMME: Final = re.compile(
    r"\W*(?:(?:l'|le |notre )?(?:agenda|programme|calendrier|planning))(?![^\W\d_])"
    r"|.*[–:-] (?:le |notre )?programme\W*$"
)
_MINUTES: Final = re.compile(
    r"\W*(?:comptes?[ -]rendus?|proces[ -]verba(?:l|ux)|cr|pv|rencontre|reunion)(?![^\W\d_])"
)
_EDITED: Final = re.compile(r"(?:cette|this|diese) (?:page|seite) (?:a ete|was|wurde) ")
_HAPPENING: Final = re.compile(
    r"\W*(?:(?:la|les?|l'|notre|nos|votre|\d{1,2}e(?:me|s)?|prochaine?s?|grande?s?|invitation(?: a)?\W*)\s?)*"
    r"(?:portes?[ -]ouvertes?|assemblees?|ag|reunions?|rencontres?|conferences?|salons?|forums?|ateliers?"
    r"|cafes?|soirees?|journees?|matinees?|colloques?|seminaires?|webinaires?|formations?|inaugurations?"
    r"|fetes?|projections?|debats?|cine-debats?|tables? rondes?|rendez-vous|festivals?|congres|permanences?"
    r"|petits?[ -]dejeuners?|afterworks?|concerts?|vernissages?|visites?|stages?|foires?)(?![^\W\d_])"
)
# Names that designers give to the element of a date.
DATE_MARK: Final = re.compile(
    r"date|publi|posted|timestamp|(?:^|[\s_-])time|created|meta|byline|info|quand|when|entry-footer|author"
)

# « Paris, le 12 mai 2019 – », « (18.01.2018) »: what may stand before and must stand after such a date.
_PLACE: Final = re.compile(
    r"\(?\s*(?:[^\W\d_][\w'’-]{1,30}(?:\s[\w'’-]{1,30}){0,3},?\s(?:[–—-]\s)?)?(?:le\s|the\s)?", re.IGNORECASE
)
_AFTER_DATELINE: Final = re.compile(r"\s*(?:[)–—:«„-]|\.\s|\([A-Z]{2,6}\))")


def label_before(words: str) -> Label | None:
    """Return what the nearest label in the folded words before a date calls it.

    >>> label_before("publie le "), label_before("publie hier, mis a jour le "), label_before("reunion du ")
    ('published', 'modified', None)
    >>> label_before("enquete publique du ") is None
    True
    """
    if (issue := _ISSUE.search(words[-_REACH:])) is not None and not _NO_ISSUE.search(words[: issue.end()]):
        return "published"
    labels = list(LABEL.finditer(words[-_REACH:]))
    if not labels or _SENTENCE_END.search(words[-_REACH:], labels[-1].end()):
        return None
    return "modified" if labels[-1]["modified"] else "published"


def words_beside(folded: str, dates: list[WrittenDate], title: str) -> int:
    """Count the words of a folded line besides its dates, their labels and the page's title repeated."""
    for found in reversed(dates):
        folded = f"{folded[: found.start]} {folded[found.end :]}"
    if len(title) > _SHORTEST_TITLE:
        folded = folded.replace(fold(title), " ")
    return len(_WORD.findall(LABEL.sub(" ", folded)))


def is_report(title: str) -> bool:
    """Tell whether a headline opens the minutes of a meeting: its day is not that of their publication."""
    return _MINUTES.match(fold(title)) is not None


def is_span(line: str) -> bool:
    """Tell whether a line gives several days, which are those of what happens: « du 2 au 8 juin 2018 »."""
    return _SEVERAL_DAYS.search(fold(line)) is not None


def is_bare(folded: str, words: int) -> bool:
    """Tell whether a folded line with so many other words may be the page's own date line."""
    folded = _RELEASE.sub("", folded)
    if words > _MOST_WORDS or _OTHER_MATTER.search(folded) or _SEVERAL_DAYS.search(folded):
        return False
    if words >= _FEWEST_SAID and folded.rstrip().endswith((".", "!", "?")) and not _SIGNED.match(folded):
        return False
    return _ANNOUNCED.search(folded) is None or LABEL.search(folded) is not None


def heads_others(heading: str) -> bool:
    """Tell whether a heading stands over dates of other pages or of happenings.

    >>> heads_others("À lire aussi :"), heads_others("Agenda"), heads_others("Lire le lin")
    (True, True, False)
    """
    return len(heading) <= _LONGEST_HEADING and _OTHERS_HEADING.match(fold(heading)) is not None


def announces(title: str) -> bool:
    """Tell whether a headline names a happening to come to: « Portes ouvertes », « Assemblée générale 2019 ».

    >>> announces("Portes ouvertes à la menuiserie"), announces("La Scop ouvre ses portes")
    (True, False)
    """
    return _HAPPENING.match(fold(title)) is not None


def is_programme(line: str) -> bool:
    """Tell whether a headline or line names a programme, whose month is that of what it announces.

    >>> is_programme("Agenda"), is_programme("Programme – novembre 2015"), is_programme("Lettre de mars 2015")
    (True, True, False)
    """
    return _PROGRAMME.match(fold(line)) is not None


def heads_programme(line: str, title: str) -> bool:
    """Tell whether a line gives the month of a programme: with that word, or alone under a title with it.

    >>> heads_programme("Mai 2019", "Agenda"), heads_programme("Mai 2019", "La lettre")
    (True, False)
    """
    months = written(line)
    if not months or months[0].day is not None:
        return False
    alone = line.strip() == line[months[0].start : months[0].end]
    return is_programme(line) or (alone and is_programme(title))


def is_of_many_edits(line: str) -> bool:
    """Tell whether a line gives the last of many edits, as wikis do: it tells nothing of the first."""
    return _EDITED.search(fold(line)) is not None


def is_dateline(text: str, first: WrittenDate) -> bool:
    """Tell whether a text opens with its date in the manner of a press release.

    >>> from archive.parsers.written_dates import written
    >>> starts = ("Nantes, le 3 mai 2019 – La Scop", "Le 3 mai 2019, la Scop")
    >>> [is_dateline(start, written(start)[0]) for start in starts]
    [True, False]
    """
    before = text[: first.start]
    if before.endswith(" ce "):
        return False  # « Trafic perturbé ce mardi 3 avril : »
    return bool(_PLACE.fullmatch(before) and _AFTER_DATELINE.match(text, first.end))
