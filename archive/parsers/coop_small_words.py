"""Which co-ops have names with small letters? « la coopérative ouzo », « Le Fil des mots est une Scop »."""

import re
from collections.abc import Iterator

from archive.parsers import coop_form_after
from archive.parsers.coop_forms import (
    FORM,
    QUALIFIER,
    SPACE,
    Phrase,
    form_of,
    form_starts,
    hinted,
)
from archive.parsers.coop_names import Claim
from archive.parsers.coop_vocabulary import FORMS, FUNCTION, MONTHS, NAME_ADJECTIVES, NOT_NAMES
from archive.parsers.words import folded, sentence_ends

# « la coopérative ouzo », « ouzo SCOP SAS »: a name in small letters is known by an ending that adjectives
# and verbs after « coopérative » do not have.
_SMALL = r"[a-zà-ÿ]{2,15}[iouckpmnlybfghwzqàèéùî]"
_SMALL_SECOND = rf"(?:{SPACE}[a-zà-ÿ]{{2,12}}(?:tion|ment|age|lab|tic)(?={SPACE}))?"
_SMALL_NAME = Phrase(
    rf"\b(?:[Ll]a|[Cc]ette|[Nn]otre|de|par){SPACE}",
    rf"(?P<form>Scop|SCOP|Scic|SCIC|CAE|coopérative){SPACE}(?P<name>{_SMALL}{_SMALL_SECOND})(?![\w’'-])",
    words="la cette notre de par",
    before=8,
    after=80,
)
_SMALL_SURNAME = re.compile(
    rf"(?<![\w’'.@-])(?P<name>{_SMALL}){SPACE}(?P<form>SCOP|Scop|SCIC|Scic)[ -](?:SAS|SARL|SA|ARL|Arl)\b"
)
_DRESSES = ("SA", "ARL", "Arl")
# « octobre est une Scop » at the start of a sentence, where any other word would have a capital.
_SMALL_SUBJECT = re.compile(
    rf"[*_«“\"]{{0,3}}{SPACE}?(?P<name>[a-zà-ÿ][a-zà-ÿ0-9’'-]{{2,18}}(?:\s[&+]\s[a-z]{{2,12}})?)"
    r"(?=[»”\"*_\s]{1,5}(?:est|devient|sera)\s)"
)

# « la Scop « La Navette bleue » »: the whole of a short quotation, with its small words.
_FORM_QUOTED = re.compile(
    rf"\b(?P<form>{FORM}{QUALIFIER}?){SPACE}[«“\"]{SPACE}?(?P<name>[^\W\d_a-zà-ÿ][^«»“”\".!?\n]{{1,40}}?){SPACE}?[»”\"]"
)
_QUOTE = re.compile(r"[«“\"]")
_LONGEST_FORM = 90
# « Friperie du canal », une Scop …: what follows is read as after any name.
_QUOTED = re.compile(rf"[«“\"]{SPACE}?(?P<name>[^\W\d_a-zà-ÿ][^«»“”\".,:;!?\n]{{2,40}}?){SPACE}?(?=[»”\"])")
# What ends a name that has small words: a comma, a bracket or « est ».
_NAME_END = r"(?=[*_]{0,2}(?:,\s|\s\(|\s(?:est|sont|devient|deviennent|était|s['’]est)\s))"
# « rebelle » or « des mots » after an article and a noun with capitals; a single word is an adjective only
# where the name ends with it: « La Mousse rebelle, », not « Le Hangar travaille avec ».
_SMALL_REST = (
    rf"(?:\s(?!aussi|donc|même|lui|elle|seul|qui|toujours|bien|désormais|ainsi|reste)[a-zà-ÿ]{{3,14}}{_NAME_END}"
    rf"|(?:\s(?:{'|'.join(sorted(NAME_ADJECTIVES))}))?(?:(?:\s(?:des|du|de|de\sla|à|aux?|en|sur|sous|et)\s|\sd['’])[\w’'-]+){{0,2}})"
)
_ARTICLE_AND_NOUN = (
    r"L(?:[ae]s?\s|['’])(?:(?:petite?s?|grande?s?|belles?|bonnes?|nouvelles?|vieille|jeune|folle|autre)\s)?"
    r"[^\W\d_a-zà-ÿ][\w’'-]+"
)
# « Le Jardin des mots est une Scop » at the start of a sentence, « visite de La Mousse rebelle, une Scop »:
# the capital of the article makes it part of a name.
_ARTICLED = re.compile(rf"(?P<name>{_ARTICLE_AND_NOUN}{_SMALL_REST}){_NAME_END}")
_ARTICLED_BEFORE = re.compile(r"(?:(?:^|\n|[.!?…]\s)[*_]{0,2}|[a-zà-ÿ,]\s)$")
# How far from its form a name may begin.
_REACH = 300
_NO_SUBJECT = FUNCTION - MONTHS


def claims(text: str) -> Iterator[Claim]:
    """Yield the co-ops whose names hold small words or are written without capitals.

    >>> text = "Merci à la coopérative ouzo, et à la coopérative agricole."
    >>> [(c.start, c.end, c.form) for c in claims(text)]
    [(23, 27, 'coopérative')]
    """
    small = list(_SMALL_NAME.said(text))
    if any(dress in text for dress in _DRESSES):
        small += _SMALL_SURNAME.finditer(text)
    for match in small:
        if match["name"].split()[0] not in NOT_NAMES:
            yield Claim(*match.span("name"), form_of(match["form"]), "small_letters")
    for match in _quoted(text):
        yield Claim(*match.span("name"), form_of(match["form"]), "form_before")
    for match in _subjects(text):
        if hinted(text, match.end("name"), match.end("name") + _REACH):
            yield from _said_after(text, match)


def _quoted(text: str) -> Iterator[re.Match[str]]:
    """Yield the forms right before a quotation."""
    end = 0
    for start in form_starts(text):
        quoted = start >= end and _QUOTE.search(text, start, start + _LONGEST_FORM)
        if quoted and (match := _FORM_QUOTED.match(text, start)):
            end = match.end()
            yield match


def _subjects(text: str) -> Iterator[re.Match[str]]:
    """Yield what may be names with small words: first words of sentences, quotations, « La » and a noun."""
    for start in (0, *sentence_ends(text)[1]):
        if (match := _SMALL_SUBJECT.match(text, start)) and hinted(text, start, start + _REACH):
            yield match
    yield from _QUOTED.finditer(text)
    for match in _ARTICLED.finditer(text):
        if _ARTICLED_BEFORE.search(text, max(0, match.start() - 4), match.start()):
            yield match


def _said_after(text: str, match: re.Match[str]) -> Iterator[Claim]:
    """Yield the name when the words after it make it a co-op: « X est une Scop », « « X », une Scop »."""
    start, end = match.span("name")
    words = folded(match["name"]).split(" ")
    if words[0] in _NO_SUBJECT and (len(words) < 2 or match["name"][0].islower()):
        return
    if FORMS.intersection(words[:2]):
        return
    if said := coop_form_after.said(text, start, end):
        yield Claim(start, end, *said)
