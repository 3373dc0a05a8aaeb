"""Which lines of a page are not its text? Teaser headings, appeals, credits and tools, known by wording."""

import re
from collections.abc import Sequence
from functools import lru_cache
from typing import Final

from archive.parsers import wordings
from archive.parsers.blocks import Block
from archive.parsers.calendar_words import fold
from archive.parsers.signs import Signs
from archive.parsers.written_dates import written

# Several questions are asked of every line.
_folded: Final = lru_cache(maxsize=4096)(fold)


def _any(listed: str) -> str:
    return "|".join(listed.split("\n")[1:-1])


def _whole(listed: str) -> re.Pattern[str]:
    """Match a line that says one of these and nothing else but punctuation."""
    return re.compile(rf"^\W*(?:{_any(listed)})[\s:!?.…\-–>»]*$")


def _start(listed: str, then: str = "") -> re.Pattern[str]:
    return re.compile(rf"^\W*(?:{_any(listed)}){then}")


_TEASERS: Final = _whole(wordings.TEASERS)
_LAST_TEASERS: Final = _whole(wordings.LAST_TEASERS)
_CONTACT_HEADING: Final = _whole(wordings.CONTACT_HEADINGS)
_TOOL: Final = _whole(wordings.TOOLS)
_COUNTER: Final = _whole(wordings.COUNTERS)
_WORDS_OF_COUNTERS: Final = Signs(_any(wordings.WORDS_OF_COUNTERS).split("|"))
_NETWORKS: Final = Signs(wordings.NETWORKS.split("|"))
_OFFER: Final = re.compile(_any(wordings.OFFERS))
_WORDS_OF_OFFERS: Final = Signs(_any(wordings.WORDS_OF_OFFERS).split("|"))
_ABOUT: Final = re.compile(r"À propos d(?:e |u |es |[’'])(?:l[ae] |l[’']|les )?[A-ZÀ-Ý]")
_POINTER: Final = _start(wordings.POINTERS, r"(?:\W|$)")
_SUBJECTS: Final = _start(wordings.SUBJECTS, r"\s?:")
_CREDIT: Final = re.compile(rf"^\W*(?:{_any(wordings.CREDITS)})|(?:{_any(wordings.CREDIT_ENDS)})\W*$")
_APPEAL: Final = re.compile(_any(wordings.APPEALS))
_INVITATION: Final = re.compile(_any(wordings.INVITATIONS))
_WORDS_OF_APPEALS: Final = Signs(_any(wordings.WORDS_OF_APPEALS).split("|"))
_WORDS_OF_INVITATIONS: Final = Signs(_any(wordings.WORDS_OF_INVITATIONS).split("|"))
_CONTACT_WORDS: Final = re.compile(_any(wordings.CONTACT_WORDS))
_READING_TIME: Final = re.compile(_any(wordings.READING_TIME))
_BYLINE: Final = re.compile(
    r"^(?:[Pp]ar|PAR|[Bb]y|Von|Propos recueillis par|Textes?(?: et [a-zéè]+)?\s?:)\s+[A-ZÀ-Ý]"
)
_EDIT: Final = re.compile(r"\b(?:publi|mise? (?:a jour|en ligne)|modifi|updated|posted|maj\b)")
_DATE_WORDS: Final = re.compile(rf"\b(?:{_any(wordings.DATE_WORDS)})\b|\W|\d")

# Characters; longer lines are sentences of the article that happen to use such words.
_LONGEST_HEADING: Final = 80
_LONGEST_APPEAL: Final = 260
_LONGEST_POINTER: Final = 200
_LONGEST_CREDIT: Final = 140
_LONGEST_DATE: Final = 160
_BACK: Final = frozenset("←⟵")
_ON: Final = frozenset("→⟶")
_POSTED: Final = ("par ", "Par ", "Posté par ", "by ", "Message par ", "de ")
_ENDS: Final = frozenset(("###", "# # #", "-30-", "– 30 –"))  # how press releases say that they are over
_QUOTES: Final = ("«", "“", '"')
_LABEL: Final = 40
_LABEL_REACH: Final = 30
_NAME_ROOM: Final = 30  # letters that a date line may hold besides: a signature, a place


def ends_the_article(block: Block) -> bool:
    """Say whether a line opens teasers or comments: « Les dernières actualités », « 3 commentaires »."""
    if len(block.text) > _LONGEST_HEADING:
        return False
    if block.text in _ENDS:
        return True
    if (block.kind == "heading" or block.bold) and _ABOUT.match(block.text):
        return True  # « À propos de L'Atelier »: the same below every press release
    return _TEASERS.match(_folded(block.text)) is not None


def ends_for_good(block: Block) -> bool:
    """Say whether nothing of the article can follow, however much text there is: the unions' own teasers."""
    return _LAST_TEASERS.match(_folded(block.text)) is not None


def opens_contact_box(block: Block, following: Sequence[Block]) -> bool:
    """Say whether « En pratique » heads the site's own contact box rather than facts of the article."""
    if len(block.text) > _LONGEST_HEADING or _CONTACT_HEADING.match(_folded(block.text)) is None:
        return False
    return any(_CONTACT_WORDS.search(_folded(line.text)) for line in following)


def appeals(blocks: Sequence[Block]) -> bool:
    """Say whether a line of the page asks for a subscription to read on."""
    short = "\n".join(block.text for block in blocks if len(block.text) <= _LONGEST_APPEAL)
    folded = fold(short)
    for _, end in _WORDS_OF_APPEALS.places(folded):
        line_end = short.find("\n", end)
        line = folded[short.rfind("\n", 0, end) + 1 : line_end if line_end >= 0 else None]
        if _APPEAL.search(line):
            return True
    return False


def is_appeal(text: str) -> bool:
    """Say whether a line asks for a subscription to read on."""
    return len(text) <= _LONGEST_APPEAL and _appeals(_folded(text))


def _appeals(folded: str) -> bool:
    return _WORDS_OF_APPEALS.are_in(folded) and _APPEAL.search(folded) is not None


def _invites(folded: str) -> bool:
    return _WORDS_OF_INVITATIONS.are_in(folded) and _INVITATION.search(folded) is not None


def is_furniture(block: Block) -> bool:
    """Say whether a line is a tool, a credit, a pointer or an invitation amid the article."""
    size = len(block.text)
    if size > _LONGEST_APPEAL:
        return False
    text = _folded(block.text)
    if _appeals(text) or _TOOL.match(text):
        return True
    if size > _LONGEST_POINTER:
        return False
    if _SUBJECTS.match(text) or (size <= _LONGEST_CREDIT and _CREDIT.search(text)):
        return True
    if text[:1] in _BACK or text[-1:] in _ON:
        return True  # « ← Article précédent »
    if _POINTER.match(text) and (block.linked or ":" in text[:_LABEL_REACH] or size <= _LABEL):
        return True
    return (
        _invites(text) or (size <= _LONGEST_CREDIT and not _is_cell(block) and _counts(text))
    ) and not text.startswith(_QUOTES)


def _is_cell(block: Block) -> bool:
    return block.element.tag in ("td", "th")


def _counts(text: str) -> bool:
    """Say whether a folded line counts readers and shares, names a price or is a printed page's foot."""
    if _WORDS_OF_OFFERS.are_in(text) and _OFFER.search(text):
        return True
    if not _WORDS_OF_COUNTERS.are_in(text) or _COUNTER.match(text) is None:
        return False
    return not text.startswith("partage") or _NETWORKS.are_in(text)


def is_byline(text: str) -> bool:
    """Say whether a line names the author and nothing else: « Par Jeanne Le Goff, à Niort ».

    >>> is_byline("Par Jeanne Le Goff"), is_byline("Par amour du bois."), is_byline("Par chance, il pleuvait")
    (True, False, False)
    """
    return len(text) <= _LONGEST_HEADING and _BYLINE.match(text) is not None and text[-1] not in ".!?"


def is_of_post(text: str) -> bool:
    """Say whether a line says who wrote a post of a forum and when.

    >>> is_of_post("par mado » mer. 6 févr. 2019 22:30"), is_of_post("Par la loi du 6 février 2019")
    (True, False)
    """
    return "»" in text and text.startswith(_POSTED) and is_dateline(text)


def is_edit_note(text: str) -> bool:
    """Say whether a line at the foot tells when the page was published or last changed.

    >>> is_edit_note("Dernière mise à jour : lundi 14 mai 2012"), is_edit_note("Rennes, le 14 mai 2012")
    (True, False)
    """
    return _EDIT.search(_folded(text)) is not None and is_dateline(text)


def is_dateline(text: str) -> bool:
    """Say whether a line only tells when and by whom the article was published.

    >>> is_dateline("20 09 2018"), is_dateline("Publié le 3 mai 2019 à 8h30 par Jeanne Le Goff")
    (True, True)
    >>> is_dateline("Le 3 mai 2019, la fonderie a fermé ses portes.")
    False
    """
    if len(text) > _LONGEST_DATE or not any(char.isdigit() for char in text):
        return False
    folded = _folded(text)
    if _READING_TIME.search(folded):
        return True
    dates = [found for found in written(text) if found.year]
    if not dates:
        return False
    rest = folded[: dates[0].start] + folded[dates[-1].end :]
    return len(_DATE_WORDS.sub("", rest)) <= _NAME_ROOM and not text.endswith((".", "!", "?"))
