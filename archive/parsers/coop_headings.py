"""Which co-ops do headings name? « Bief Voilier : la Scop fête ses dix ans », « SCOP. Bief Voilier »."""

import re
from collections.abc import Iterator, Sequence

from archive import gazetteer
from archive.parsers.coop_forms import FORM, form_of, hinted
from archive.parsers.coop_names import Claim, Proper, is_place
from archive.parsers.coop_subject import is_company
from archive.parsers.words import folded

_SLICE = 60
# « SCOP. », « Coopérative / », « Scic – » and the name; « Leur Scop ? », « Son nom de Scop : »
_RUBRIC = re.compile(
    rf"(?:^|\n)[\s*•#>_–—-]{{0,6}}(?P<form>{FORM})\s?[./|–—:-]\s(?:(?:[Ll]a|[Ll]es?)\s|[Ll]['’])?[«“\"]?\s?$"
    rf"|\b(?:[Ll]eur|[Ss]a|[Nn]otre|[Ll]a)\s(?P<asked>{FORM})\s\?\s(?:(?:[Ll]a|[Ll]es?)\s|[Ll]['’])?[«“\"]?\s?$"
)
_OF = re.compile(r"\s(?:de|du|des|à)\s|\sd['’]")
_SIGN = re.compile(r"[./|–—:?-]")
_LINE_START = re.compile(r"(?:^|\n)[\s*•#>_«“\"–—-]{0,6}(?:(?:[Ll]a|[Ll]es?)\s|[Ll]['’])?$")
# « X : la Scop fête », « X. La coopérative recrute », « X : le choix de la Scop », « X – une Scop qui … »
_GOES_ON = re.compile(
    rf"\s?[»”\"]?\s?[:.–—-]\s(?:[Ll]e\schoix\sde\sla\s|[Ll]a\s|[Uu]ne\s|[Ll]['’]aventure\s)(?:jeune\s|petite\s)?(?P<form>{FORM})(?![\w-])"
    r"(?!\s[«“\"]?\s?[A-ZÀ-Ý])(?=\s(?:qui|s['’]|n['’]|[a-zà-ÿ]{2,14}(?:e|t|d|nt|a)\s)|\s?[.!?\n]|$)(?!\s(?:de|du|des|d['’]|reprend|aide|lance\sdes)\b)"
)


def claims(text: str, names: Sequence[Proper]) -> Iterator[Claim]:
    """Yield the names that begin a line, their form apart; ``names`` hold no places."""
    for name in names:
        if " " not in text[name.start : name.end]:
            continue  # « Château-Gontier » may well be a town
        introduced = hinted(text, name.start - _SLICE, name.start)
        signed = introduced and _SIGN.search(text, max(0, name.start - 9), name.start)
        if signed and (match := _RUBRIC.search(text, max(0, name.start - _SLICE), name.start)):
            form = match["form"] or match["asked"]
        elif (match := _GOES_ON.match(text, name.end, name.end + 2 * _SLICE)) and _LINE_START.search(
            text, max(0, name.start - 9), name.start
        ):
            form = match["form"]
        else:
            continue
        if _is_company(text, name):
            yield Claim(name.start, name.end, form_of(form), "labelled_line")


def _is_company(text: str, name: Proper) -> bool:
    """Tell whether a name of several words may be a company's."""
    surface = text[name.start : name.end]
    parts = _OF.split(surface)[1:]  # « Abattoir de Craon »
    of_town = any(gazetteer.communes_named(folded(part)) for part in parts)
    return not of_town and not is_place(surface) and is_company(text, name)
