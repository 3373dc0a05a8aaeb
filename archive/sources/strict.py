"""Is this table of a source file what it must be? Typed reading: forgives nothing, reports everything."""

import re
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from datetime import date, datetime
from typing import TypeVar
from urllib.parse import urlsplit

from cssselect import SelectorError
from lxml import etree
from lxml.cssselect import CSSSelector

Choice = TypeVar("Choice", bound=str)

# A host name alone: no scheme, no path, no credentials; a port is allowed for intranets and tests.
_HOST = re.compile(r"[a-z0-9](?:[a-z0-9.-]{0,251}[a-z0-9])?(?::\d{1,5})?")
# INSEE codes of departments and overseas collectivities; Corsica is 2A and 2B, never 20.
_DEPARTMENT = re.compile(r"0[1-9]|1\d|2[1-9AB]|[3-8]\d|9[0-5]|97[1-8]|98[678]")


class Table:
    """One table of a TOML file, read key by key.

    Nothing here raises: what is wrong goes into ``problems`` as ``key: reason`` and a neutral value comes
    back, so that one reading of the file finds all its mistakes.
    """

    def __init__(self, name: str, values: object, problems: list[str], keys: Collection[str]) -> None:
        """Take the table called ``name``, which may hold nothing but ``keys``."""
        self._name = name
        self._problems = problems
        self._values: Mapping[str, object] = values if isinstance(values, dict) else {}
        if not isinstance(values, dict):
            self._problems.append(f"{name}: must be a table, not {_kind(values)}")
        for key in self._values:
            if key not in keys:
                self._complain(key, f"unknown key (known here: {', '.join(sorted(keys))})")

    def __contains__(self, key: str) -> bool:
        """Say whether the file gives this key."""
        return key in self._values

    def table(self, key: str, keys: Collection[str]) -> "Table":
        """Return the sub-table ``key``, empty when the file has none."""
        return Table(self._path(key), self._values.get(key, {}), self._problems, keys)

    def tables(self, key: str, keys: Collection[str]) -> Iterator["Table"]:
        """Yield each table of the array ``[[key]]``."""
        values = self._values.get(key, [])
        if not isinstance(values, list):
            self._complain(key, f"must be an array of tables, [[{key}]], not {_kind(values)}")
            return
        for position, value in enumerate(values, start=1):
            yield Table(f"{self._path(key)}[{position}]", value, self._problems, keys)

    def text(self, key: str) -> str:
        """Return a text that must be there and not be blank."""
        if key not in self._values:
            self._complain(key, "missing")
            return ""
        return self.optional_text(key) or ""

    def optional_text(self, key: str) -> str | None:
        """Return a text, or ``None`` when the file has none; a blank one is a mistake, not an absence."""
        value = self._values.get(key)
        if value is None:
            return None
        if not isinstance(value, str):
            self._complain(key, f"must be a text, not {_kind(value)}")
            return None
        if not value.strip():
            self._complain(key, "is blank")
            return None
        return value

    def choice(self, key: str, choices: tuple[Choice, ...], default: Choice | None = None) -> Choice:
        """Return one of ``choices``; without ``default`` the key must be there."""
        value = self._values.get(key)
        if value is None and default is not None:
            return default
        for choice in choices:
            if value == choice:
                return choice
        reason = "missing" if value is None else f"{value!r} is not one of"
        self._complain(key, f"{reason} ({' | '.join(choices)})")
        return choices[0]

    def flag(self, key: str) -> bool:
        """Return true or false; false when the file does not say."""
        value = self._values.get(key, False)
        if not isinstance(value, bool):
            self._complain(key, f"must be true or false, not {_kind(value)}")
            return False
        return value

    def number(self, key: str, default: float, most: float | None = None) -> float:
        """Return a number from 0 up to ``most``."""
        value = self._values.get(key, default)
        if isinstance(value, bool) or not isinstance(value, int | float):
            self._complain(key, f"must be a number, not {_kind(value)}")
            return default
        # Written so that nan, which TOML can spell, is refused too.
        if not 0 <= value <= (most if most is not None else 1e9):
            self._complain(key, f"must lie between 0 and {most:g}" if most is not None else "is out of range")
            return default
        return float(value)

    def day(self, key: str) -> date | None:
        """Return a day written without quotes (``2019-03-31``), or ``None``."""
        value = self._values.get(key)
        if value is None or (isinstance(value, date) and not isinstance(value, datetime)):
            return value
        self._complain(key, f"must be a day such as 2019-03-31, without quotes, not {_kind(value)}")
        return None

    def texts(self, key: str) -> tuple[str, ...]:
        """Return a list of texts, empty when the file has none."""
        value = self._values.get(key, [])
        if not isinstance(value, list) or not all(isinstance(item, str) and item.strip() for item in value):
            self._complain(key, "must be a list of texts")
            return ()
        return tuple(value)

    def address(self, key: str) -> str:
        """Return one http(s) address that must be there."""
        value = self.text(key)
        self._check(key, [value] if value else [], is_address, "is not an http(s) address")
        return value

    def addresses(self, key: str) -> tuple[str, ...]:
        """Return at least one http(s) address."""
        if key not in self._values or self._values[key] == []:
            self._complain(key, "missing: at least one address")
            return ()
        values = self.texts(key)
        self._check(key, values, is_address, "is not an http(s) address")
        return values

    def hosts(self, key: str) -> tuple[str, ...]:
        """Return host names, empty when the file has none."""
        values = self.texts(key)
        self._check(key, values, _HOST.fullmatch, "is not a host name")
        return values

    def departments(self, key: str) -> tuple[str, ...]:
        """Return department codes, empty when the file has none."""
        values = self.texts(key)
        self._check(key, values, _DEPARTMENT.fullmatch, "is not a department code")
        return values

    def pattern(self, key: str) -> re.Pattern[str] | None:
        """Return a compiled regular expression, or ``None`` when the file has none."""
        value = self.optional_text(key)
        if value is None:
            return None
        try:
            return re.compile(value)
        except re.error as error:
            self._complain(key, f"bad regular expression {value!r}: {error}")
            return None

    def selector(self, key: str) -> str | None:
        """Return a CSS selector that works, or ``None`` when the file has none."""
        value = self.optional_text(key)
        if value is None:
            return None
        try:
            # Applied once: a name space prefix that nobody declared compiles, and fails on the first page.
            CSSSelector(value)(etree.Element("html"))
        except (SelectorError, etree.XPathError) as error:
            self._complain(key, f"bad CSS selector {value!r}: {error}")
            return None
        return value

    def need(self, met: bool, key: str, reason: str) -> None:
        """Complain about ``key`` unless a condition that spans several keys is met."""
        if not met:
            self._complain(key, reason)

    def _check(self, key: str, values: Iterable[str], is_right: Callable[[str], object], reason: str) -> None:
        for value in values:
            if not is_right(value):
                self._complain(key, f"{value!r} {reason}")

    def _complain(self, key: str, reason: str) -> None:
        self._problems.append(f"{self._path(key)}: {reason}")

    def _path(self, key: str) -> str:
        return f"{self._name}.{key}" if self._name else key


def is_address(value: str) -> bool:
    """Say whether ``value`` is a whole http(s) address, without spaces or characters that cannot be seen.

    >>> is_address("https://bocage.example/actualités"), is_address("bocage.example"), is_address("http:///a")
    (True, False, False)
    """
    if " " in value or not value.isprintable():
        return False
    try:
        parts = urlsplit(value)
        port = parts.port
    except ValueError:
        return False
    return parts.scheme in {"http", "https"} and bool(parts.hostname) and port != 0


def _kind(value: object) -> str:
    """Name a TOML type as the person who wrote the file would."""
    names: dict[type, str] = {
        str: "a text",
        bool: "a boolean",
        int: "a number",
        float: "a number",
        dict: "a table",
    }
    return names.get(type(value), "a list" if isinstance(value, list) else "a date or time")
