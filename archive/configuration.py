"""What has the operator decided for this archive? ``coopress.toml`` in its folder, read strictly."""

import tomllib
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, fields
from datetime import date
from pathlib import Path
from typing import Literal, get_args

from archive.errors import ArchiveError
from archive.limits import Limits
from archive.sources.strict import Table

When = Literal["unhealthy", "always"]
NAME = "coopress.toml"

# Every key that the file may hold, by table; ``check.past_from`` holds slugs of sources.
_KEYS: Mapping[str, tuple[str, ...]] = {
    "": ("notify", "check", "crawl", "limits"),
    "notify": ("urls", "when"),
    "check": ("past_from",),
    "crawl": ("frontier",),
    "limits": tuple(field.name for field in fields(Limits)),
}


@dataclass(frozen=True, slots=True)
class Configuration:
    """Whom to tell (Apprise addresses, secrets included), when, and from which day a source's past counts.

    ``frontier`` is the address of a Redis that several workers share, ``None`` for the folder's own.
    ``limits`` is what a crawl bears.
    """

    urls: tuple[str, ...] = ()
    when: When = "unhealthy"
    past_from: Mapping[str, date] = field(default_factory=dict)
    frontier: str | None = None
    limits: Limits = field(default_factory=Limits)


def load(data: Path, known: Collection[str] | None = None) -> Configuration:
    """Return the configuration of the archive in ``data``, the usual one when the file is not there.

    ``known`` are the sources that may be named (``None``: any). Raises ArchiveError with every wrong key.
    """
    path = data / NAME
    if not path.exists():
        return Configuration()
    problems: list[str] = []
    parsed = _parsed(path)
    root = Table("", parsed, problems, _KEYS[""])
    notify = root.table("notify", _KEYS["notify"])
    slugs = _slugs(parsed) if known is None else known
    past = root.table("check", _KEYS["check"]).table("past_from", slugs)
    days = {slug: past.day(slug) for slug in slugs if slug in past}
    found = Configuration(
        notify.texts("urls"),
        notify.choice("when", get_args(When), "unhealthy"),
        {slug: day for slug, day in days.items() if day is not None},
        root.table("crawl", _KEYS["crawl"]).optional_text("frontier"),
        _limits(root.table("limits", _KEYS["limits"])),
    )
    if problems:
        raise ArchiveError(f"{path}: {'; '.join(problems)}")
    return found


def _limits(table: Table) -> Limits:
    """Return what the file says a crawl may bear; only retries and redirects may be none."""
    usual = Limits()
    given: dict[str, float] = {}
    for name in (name for name in _KEYS["limits"] if name in table):
        default = getattr(usual, name)
        value = table.number(name, default=default)
        table.need(value > 0 or name in ("redirects", "retries"), name, "must be more than 0")
        if isinstance(default, int):
            table.need(value == int(value), name, "must be a whole number")
            value = int(value)
        given[name] = value
    return Limits(**given)  # type: ignore[arg-type]


def _slugs(parsed: Mapping[str, object]) -> tuple[str, ...]:
    """Return the names under ``check.past_from`` as they stand there."""
    check = parsed.get("check")
    past = check.get("past_from") if isinstance(check, dict) else None
    return tuple(past) if isinstance(past, dict) else ()


def _parsed(path: Path) -> dict[str, object]:
    try:
        return tomllib.loads(path.read_text("utf-8"))
    except OSError as error:
        raise ArchiveError(f"{path}: cannot be read: {error.strerror}") from error
    except (UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise ArchiveError(f"{path}: is not TOML in UTF-8: {error}") from error
