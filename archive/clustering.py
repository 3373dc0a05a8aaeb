"""Which articles are one story? Dispatches, reprints of a group, twins of a page: found, joined, led.

Two articles are joined for what they are, never for when they came, so that crawls and a rebuild make the
same clusters. Only articles that are new, changed, gone or withdrawn are looked at (the queue is filled by
the database's own triggers).
"""

import json
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING, Final
from urllib.parse import urlsplit

from archive.parsers.credits import credit, same_name
from archive.parsers.shingles import Likeness, Sample, estimated, likeness, opening, sample, shingles
from archive.parsers.tiles import is_same_site, site_of
from archive.store import clusters
from archive.store.clusters import Kept, Member, Text

if TYPE_CHECKING:
    from sqlite_utils import Database

# Articles that were read whole, with their runs.
_Texts = dict[int, tuple[Text, frozenset[int]]]

_BATCH: Final = 200
_MOST_COMPARED: Final = 8
# Shared runs of four words below this are a formula (« est une société coopérative d’intérêt collectif »).
_FEWEST_COMMON: Final = 25
# Of two sites: a dispatch of which a paper kept a third, with a paragraph of its own, is still that dispatch.
_PART: Final = 0.35
_JACCARD: Final = 0.12
# Below this the opening of one of them must be shared: what papers keep of a dispatch begins where it begins,
# and what the releases of a movement have in common (« À propos ») stands at their end.
_STRONG: Final = 0.7
_STRONG_JACCARD: Final = 0.5
_FEWEST_OPENING: Final = 2
# Of one site, whose articles share its formulas (« En pratique »): nearly the whole text, or a brief of the
# same days that is contained in the article.
_SAME_SITE: Final = 0.7
_BRIEF: Final = 0.85
_BRIEF_DAYS: Final = 2
# What a sample tells of two texts may be off by so much.
_SLACK: Final = 0.2
# The same words a month later on one site announce another meeting; elsewhere, within a year, they reprint.
_SITE_DAYS: Final = 31
_FAR_DAYS: Final = 366


def settle(database: "Database") -> int:
    """Bring clusters up to date with the articles; return how many articles were looked at.

    Killed in between, it goes on where it stopped. Doing it twice changes nothing.
    """
    looked_at = 0
    while batch := clusters.pending(database, _BATCH):
        look_at(database, dict.fromkeys(batch))
        looked_at += len(batch)
    return looked_at


def look_at(database: "Database", articles: Mapping[int, Kept | None]) -> None:
    """Bring clusters up to date with some articles, told by id with what is known of their texts.

    Where that is ``None`` the text is looked up.
    """
    with database.atomic():
        _look_at(database, articles)
        clusters.done(database, articles)


def kept(url: str, text: str, authors: Iterable[str]) -> Kept | None:
    """Return what is to be stored of an article's text, ``None`` of one without words."""
    runs = shingles(text)
    return _kept(url, text, authors, runs) if runs else None


def tells_the_same(one: Text, other: Text, shared: Likeness) -> bool:
    """Say whether two articles are one story, by what their texts share, their sites and their days."""
    apart = _days_apart(one.published, other.published)
    if is_same_site(one.url, other.url):
        if apart is not None and apart > _SITE_DAYS:
            return False
        brief = apart is not None and apart <= _BRIEF_DAYS and shared.part >= _BRIEF
        return shared.jaccard >= _SAME_SITE or (brief and shared.common >= _FEWEST_COMMON)
    if apart is not None and apart > _FAR_DAYS and shared.jaccard < _SAME_SITE:
        return False
    if (shared.part < _STRONG or shared.jaccard < _STRONG_JACCARD) and not _opens_alike(one.text, other.text):
        return False
    enough = shared.common >= _FEWEST_COMMON or shared.jaccard >= _SAME_SITE
    return enough and shared.part >= _PART and shared.jaccard >= _JACCARD


def lead_of(found: Sequence[Member]) -> Member:
    """Return the article that stands for a cluster.

    The one that the others credit, else the first to appear; on the same day one that credits nobody, then
    the longest. A mobile copy or a page that is gone stands behind the others.
    """
    credited = [name for member in found if (name := member.credit)]

    def rank(member: Member) -> tuple[object, ...]:
        """Return what stands before what: the smallest is the origin."""
        own = member.outlet
        is_origin = own is not None and any(same_name(own, name) for name in credited)
        return (
            member.gone,
            _is_mobile(member.url),
            not is_origin,
            member.published or "9999",
            member.credit is not None,
            -member.words,
            member.published_time or "99",
            member.first_seen,
            member.id,
        )

    return min(found, key=rank)


def agency_of(found: Iterable[Member]) -> str | None:
    """Return the agency or paper that the articles of a cluster credit, under its fullest name."""
    names = sorted({member.credit for member in found if member.credit}, key=lambda name: (-len(name), name))
    return names[0] if names else None


def _opens_alike(one: str, other: str) -> bool:
    """Say whether the opening of one of two texts stands in the other."""
    pairs = ((opening(one), shingles(other)), (opening(other), shingles(one)))
    return any(len(begun & whole) >= _FEWEST_OPENING for begun, whole in pairs)


def _look_at(database: "Database", articles: Mapping[int, Kept | None]) -> None:
    texts: _Texts = {}
    touched = set(articles)
    known_before = clusters.sampled(database, articles)
    comparable = clusters.comparable(database, articles)
    for article, mine in articles.items():
        if article in known_before:
            touched |= clusters.forget(database, article)
            texts.pop(article, None)
        if article in comparable:
            _find(database, article, mine, texts)
    _regroup(database, clusters.joined(database, touched))
    clusters.settle_clippings(database, articles)


def _find(database: "Database", article: int, mine: Kept | None, texts: _Texts) -> None:
    """Store the runs of an article and its likeness to those that are there."""
    mine = mine or _looked_up(database, article, texts)
    if mine is None:
        return
    for other in clusters.candidates(database, mine.runs, _MOST_COMPARED):
        if _may_be_like(mine, clusters.kept(database, other)):
            _compare(database, article, other, texts)
    clusters.keep_sample(database, article, mine)


def _compare(database: "Database", article: int, other: int, texts: _Texts) -> None:
    """Note that two articles tell one story, if they do."""
    mine, theirs = (_read(database, one, texts) for one in (article, other))
    if mine is None or theirs is None:
        return
    shared = likeness(mine[1], theirs[1])
    if tells_the_same(mine[0], theirs[0], shared):
        clusters.link(database, article, other, shared.common, shared.jaccard, shared.part)


def _looked_up(database: "Database", article: int, texts: _Texts) -> Kept | None:
    if (found := _read(database, article, texts)) is None:
        return None
    text, runs = found
    return _kept(text.url, text.text, json.loads(text.authors), runs)


def _kept(url: str, text: str, authors: Iterable[str], runs: frozenset[int]) -> Kept:
    sampled = sample(runs)
    return Kept(site_of(url), sampled.step, sampled.runs, credit(text, authors))


def _may_be_like(one: Kept, other: Kept | None) -> bool:
    """Say, from what is stored of two texts, whether they are worth comparing whole."""
    if other is None:
        return False
    seen = estimated(Sample(one.runs, one.step), Sample(other.runs, other.step))
    if one.site == other.site:
        return seen.jaccard >= _SAME_SITE - _SLACK or seen.part >= _BRIEF - _SLACK
    return seen.part >= _PART - _SLACK


def _read(database: "Database", article: int, texts: _Texts) -> tuple[Text, frozenset[int]] | None:
    if article not in texts:
        found = clusters.text(database, article)
        if found is None or not (runs := shingles(found.text)):
            return None
        texts[article] = (found, runs)
    return texts[article]


def _regroup(database: "Database", touched: set[int]) -> None:
    """Make the clusters anew to which ``touched`` articles belong or belonged."""
    before: set[int] = set()
    while touched:
        joined = clusters.component(database, min(touched))
        before |= clusters.clusters_of(database, joined)
        found = clusters.members(database, joined)
        if len(found) > 1:
            clusters.group(database, found, lead_of(found), agency_of(found))
        else:
            clusters.alone(database, min(joined))
        touched = touched - joined
    clusters.drop_empty(database, before)


def _days_apart(one: str | None, other: str | None) -> int | None:
    """Return the days between two dates of publication, ``None`` where one is not known to the day."""
    if one is None or other is None or len(one) < 10 or len(other) < 10:
        return None
    return abs((date.fromisoformat(one) - date.fromisoformat(other)).days)


def _is_mobile(url: str) -> bool:
    host = urlsplit(url).hostname or ""
    return host.startswith(("m.", "mobile.", "amp."))
