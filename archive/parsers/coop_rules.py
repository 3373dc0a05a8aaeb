"""Which names does a text call co-ops, by the words right before or right after them?"""

from collections.abc import Iterator, Sequence

from archive.parsers import (
    coop_announced,
    coop_form_after,
    coop_form_before,
    coop_phrases,
    coop_sentences,
    coop_small_words,
)
from archive.parsers.coop_forms import has_form, near
from archive.parsers.coop_names import Claim, Proper

# How far from a name the word for its form may stand, in characters.
_REACH = 180


def claims(text: str, names: Sequence[Proper]) -> Iterator[Claim]:
    """Yield what the text says of each name, in no particular order; a name may be claimed more than once."""
    if not (has_form(text) or " coop " in text or "coopérat" in text):
        return
    yield from coop_small_words.claims(text)
    yield from coop_announced.claims(text)
    yield from coop_phrases.claims(text, names)
    members = "ociétaires" in text
    for index, name in enumerate(names):
        beside = near(text, name.start, name.end)
        if beside.introduced or beside.followed:
            yield from coop_form_before.claims(text, names, index, beside)
        if beside.followed:
            yield from coop_form_after.claims(text, names, index, beside)
        if members or min(beside.before, beside.after) <= _REACH:
            yield from coop_sentences.claims(text, names, index, beside)
