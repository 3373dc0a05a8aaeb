"""How is it written in French? Dates at their precision, moments, numbers and the archive's own codes."""

import re
from datetime import UTC, datetime
from datetime import date as calendar

from archive.serve import rules
from archive.serve.typography import typeset

DAYS = ["lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche"]
MONTHS = [
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
]

# 2018, 2018-09, 2018-09-20, each with or without a time; nothing else that merely contains digits.
_ISO = re.compile(
    r"(?P<year>\d{4})(?:-(?P<month>\d\d)(?:-(?P<day>\d\d)(?:[T ](?P<hour>\d\d):(?P<minute>\d\d)"
    r"(?P<rest>[\d:.]*)(?P<zone>Z|[+-]\d\d:?\d\d)?)?)?)?"
)

VALUES = {
    "kind": {
        "article": "article",
        "clipping": "coupure",
        "publication": "publication",
        "union": "union régionale",
        "press": "presse",
        "board": "revue de presse",
        "blog": "blog",
    },
    "published_precision": {"day": "au jour", "month": "au mois", "year": "à l’année"},
    "status": {
        "directory": "dans l’annuaire",
        "confirmed": "confirmée par l’équipe",
        "discovered": "découverte",
        "ambiguous": "ambiguë",
    },
    "field": {"title": "titre", "kicker": "surtitre", "text": "texte"},
    "state": {"pending": "à lire", "read": "lue", "skipped": "rien à lire", "problem": "illisible"},
    "publish": {"full": "texte entier", "excerpt": "extrait", "link": "lien seul"},
    "via": {
        "listing": "pages de liste",
        "sitemap": "plan du site",
        "feed": "flux",
        "original": "article d’origine",
        "full_feed": "flux de textes entiers",
        "board": "planche de coupures",
        "spider": "robot particulier",
    },
    "role": {
        "article": "article",
        "board": "planche",
        "listing": "liste",
        "feed": "flux",
        "sitemap": "plan du site",
        "robots": "robots.txt",
        "other": "autre",
    },
    "origin": {"register": "registre", "discovered": "découvert"},
    "scope": {
        "agency": "agence",
        "national": "national",
        "regional": "régional",
        "trade": "professionnel",
        "coop": "coopératif",
        "reference": "référence",
    },
    "paywalled": {"0": "non", "1": "oui"},
    "outcome": {"ok": "bonne", "unhealthy": "une source à regarder", "interrupted": "interrompue"},
    "error": {
        "obstacle: login": "il faut s’identifier pour lire la page",
        "obstacle: not_found": "la page dit qu’elle n’existe pas",
        "obstacle: bot_wall": "le site écarte les robots",
        "facts looked for only where an enormous text begins": (
            "texte démesuré : les faits n’ont été cherchés que dans son début"
        ),
        "nothing to follow on an entry page": "rien à suivre sur une page d’entrée",
    },
    "language": {"fr": "français", "en": "anglais", "br": "breton", "oc": "occitan", "es": "espagnol"},
}
"""What stands in the database, column by column, and how it is shown; rules have words of their own."""


def date(iso: str) -> str:
    """Write an ISO date in French, no more precise than it is; a time is added when there is one.

    Text that is no such date comes back as it is.

    >>> date("2018-09-01"), date("2018-09"), date("2018")
    ('1er septembre 2018', 'septembre 2018', '2018')
    >>> date("2018-11-21T08:30")
    '21 novembre 2018 à 8\\xa0h\\xa030'
    >>> date("2018-13-40")
    '2018-13-40'
    """
    match = _ISO.fullmatch(iso)
    if match is None or not 1 <= int(match["month"] or 1) <= 12:
        return iso
    if match["month"] is None:
        return iso
    month = f"{MONTHS[int(match['month']) - 1]} {match['year']}"
    if match["day"] is None:
        return month
    day = "1er" if match["day"] == "01" else str(int(match["day"]))
    if match["hour"] is None:
        return f"{day} {month}"
    return f"{day} {month} à {int(match['hour'])}\u00a0h\u00a0{match['minute']}"


def weekday(iso: str) -> str:
    """Write a date with the name of its day, where the day is known.

    >>> weekday("2023-06-20"), weekday("2023-06"), weekday("2023-02-30")
    ('mardi 20 juin 2023', 'juin 2023', '30 février 2023')
    """
    try:
        name = DAYS[calendar.fromisoformat(iso).weekday()] if len(iso) == 10 else ""
    except ValueError:
        name = ""
    return f"{name} {date(iso)}".strip()


def moment(iso: str, seconds: bool = False) -> str:
    """Write when the crawler did something, in universal time; to the second where it is to be cited.

    >>> moment("2026-01-05T09:07:31+01:00")
    '5 janvier 2026 à 8\\xa0h\\xa007 UTC'
    >>> moment("2026-01-05T09:07:31Z", seconds=True)
    '5 janvier 2026 à 9\\xa0h\\xa007\\xa0min\\xa031\\xa0s UTC'
    >>> moment("2026-01-05")
    '5 janvier 2026'
    """
    match = _ISO.fullmatch(iso)
    if match is None or match["hour"] is None:
        return date(iso)
    try:
        seen = datetime.fromisoformat(iso)
    except ValueError:
        return iso
    if seen.tzinfo is not None:
        seen = seen.astimezone(UTC)
    rest = f"\u00a0min\u00a0{seen.second:02d}\u00a0s" if seconds else ""
    return f"{date(seen.strftime('%Y-%m-%dT%H:%M'))}{rest} UTC"


def number(value: int) -> str:
    """Group thousands with the narrow space that French sets there.

    >>> number(12345)
    '12\\u202f345'
    """
    return f"{value:,}".replace(",", "\u202f")


def count(value: int, noun: str) -> str:
    """Say how many; French takes the plural from two on.

    >>> count(0, "article"), count(2, "article")
    ('0 article', '2 articles')
    """
    return f"{number(value)} {noun}{'s' if value > 1 else ''}"


def size(octets: int) -> str:
    """Write how much a file weighs, in the units of the SI.

    >>> size(714), size(12345), size(5_000_000)
    ('714\\u202foctets', '12,3\\u202fko', '5,0\\u202fMo')
    """
    if octets < 1000:
        return f"{octets}\u202foctet{'s' if octets > 1 else ''}"
    value, unit = (octets / 1e3, "ko") if octets < 999_950 else (octets / 1e6, "Mo")
    return f"{value:.1f}\u202f{unit}".replace(".", ",")


def share(value: float) -> str:
    """Write a share of one as a percentage.

    >>> share(0.856)
    '86\\u202f%'
    """
    return f"{round(value * 100)}\u202f%"


def word(column: str, value: object) -> str:
    """Return the French word for one of the archive's codes, or the value as text.

    >>> word("kind", "clipping"), word("kind", "lettre"), word("title", "clipping")
    ('coupure', 'lettre', 'clipping')
    """
    told = rules.label(column, value) or VALUES.get(column, {}).get(str(value))
    return typeset(told) if told else str(value)
