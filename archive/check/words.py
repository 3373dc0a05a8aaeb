"""How is a finding told to the people who look after an archive? In French, one line each."""

from collections.abc import Mapping, Sequence
from datetime import date

from archive.check.findings import Field, Finding
from archive.store import health

_MONTHS = (
    "janvier",
    "février",
    "mars",
    "avril",
    "mai",
    "juin",
    "juillet",
    "août",
    "septembre",
    "octobre",
    "novembre",
    "décembre",
)
# What a share counts, after « 12 % ».
_SHARES: Mapping[Field, str] = {
    "dated": "d’articles datés",
    "titled": "d’articles avec un titre",
    "text": "d’articles avec un texte",
    "length": "de textes de longueur habituelle",
    "coops": "d’articles qui nomment une coopérative",
    "departments": "d’articles qui nomment un département",
    "lag": "d’articles vus peu après leur date",
    "read": "de pages dont on tire un article",
    "answers": "de demandes satisfaites",
}
_NAMES: Mapping[Field, str] = {
    "articles": "nombre d’articles",
    "volume": "nouveaux articles",
    "dated": "dates",
    "titled": "titres",
    "text": "textes",
    "length": "longueur des textes",
    "coops": "coopératives",
    "departments": "départements",
    "lag": "délai entre date et collecte",
    "read": "lecture des pages",
    "answers": "réponses du site",
    "silent": "source muette",
    "links": "pages d’entrée",
    "hours": "horaires",
    "crawl": "collectes",
}
_NO_STATUS = {
    0: "sans réponse",
    health.FORBIDDEN: "interdit par robots.txt",
    health.RULES_UNREAD: "robots.txt illisible, ce qui interdit tout",
}
HEALTHY = "Toutes les sources sont en bon état."


def sentence(finding: Finding) -> str:
    """Return one finding as one line: source, field, what is found and what was expected, since when.

    >>> sentence(Finding("bocage", "dated", "past", 0.0, 0.98, 14, "2024-06-03"))
    'bocage — dates : 0 % d’articles datés sur 14 pages, contre 98 % auparavant, depuis le 3 juin 2024'
    >>> sentence(Finding("bocage", "articles", "floor", 40, 200, 40))
    'bocage — nombre d’articles : 40, au moins 200 attendus'
    """
    who = f"{finding.source} — " if finding.source else ""
    return f"{who}{_NAMES[finding.field]} : {_what(finding)}{_causes(finding)}{_since(finding)}"


def report(findings: Sequence[Finding]) -> str:
    """Return all findings with their examples, one line each; a single line when there is none."""
    lines: list[str] = []
    for finding in findings:
        lines.append(sentence(finding))
        lines.extend(f"    {address}" for address in finding.examples)
    return "\n".join(lines) or HEALTHY


def headline(findings: Sequence[Finding]) -> str:
    """Return the subject of a message.

    >>> headline([])
    'coopress : tout va bien'
    """
    sources = list(dict.fromkeys(finding.source or "collectes" for finding in findings))
    if not sources:
        return "coopress : tout va bien"
    if len(sources) > 3:
        return f"coopress : {len(sources)} sources à regarder"
    return f"coopress : à regarder, {', '.join(sources)}"


def _what(finding: Finding) -> str:
    found, usual, pages = finding.found, finding.usual, finding.pages
    match finding.field:
        case "articles":
            return f"{found:g}, au moins {usual:g} attendus"
        case "volume":
            return f"{found:g} en {pages} jours, contre {usual:g} d’habitude"
        case "silent":
            return "aucune page reçue" + (f" en {pages} collectes" if pages > 1 else "")
        case "links":
            return "elles ne mènent plus à rien" + (f", en {pages} collectes" if pages > 1 else "")
        case "hours":
            return f"aucune des {pages} dernières collectes n’a eu lieu aux heures de la source"
        case "crawl":
            return f"aucune n’a abouti en {found:g} jours"
        case field:
            before = "au moins {} attendus" if finding.against == "floor" else "contre {} auparavant"
            return f"{_percent(found)} {_SHARES[field]} sur {pages} pages, {before.format(_percent(usual))}"


def _causes(finding: Finding) -> str:
    """Return what came instead of pages, as « (HTTP 403 : 12, sans réponse : 2) »."""
    told = [f"{_NO_STATUS.get(status, f'HTTP {status}')} : {count}" for status, count in finding.causes]
    return f" ({', '.join(told)})" if told else ""


def _since(finding: Finding) -> str:
    if finding.since is None:
        return ""
    crawl = f" (collecte {finding.crawl})" if finding.crawl is not None else ""
    return f", depuis le {_day(finding.since)}{crawl}"


def _day(text: str) -> str:
    day = date.fromisoformat(text)
    return f"{'1er' if day.day == 1 else day.day} {_MONTHS[day.month - 1]} {day.year}"


def _percent(share: float) -> str:
    return f"{share * 100:.3g} %".replace(".", ",")
