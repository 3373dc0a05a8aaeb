"""Which names are of the same co-op? « EBS Le Relais Bleu » and « Le Relais bleu » have one key."""

from functools import lru_cache

from archive.parsers.coop_names import bare
from archive.parsers.words import word_set

# Small words that differ between two spellings of one name, and what co-ops put before or after theirs.
_IGNORED = word_set(
    "de du des d la le les l et ebs groupe coop scop scic cae sarl sas sa arl cooperative societe"
)


@lru_cache(maxsize=1 << 14)
def key(name: str) -> str:
    """Return what all spellings of a co-op's name share: folded words without articles, links and forms.

    A name made of nothing else keeps all its words.

    >>> key("EBS Le Relais Val d'Orb"), key("LE RELAIS VAL D’ORB (Scic)")
    ('relais val orb', 'relais val orb')
    >>> key("La Coop"), key("Fil & Toile SARL")
    ('coop', 'fil toile')
    """
    words = bare(name)
    kept = [word for word in words.split(" ") if word not in _IGNORED]
    return " ".join(kept) if any(not word.isdigit() for word in kept) else words
