"""Which figures does a survey or report give? Each with what it counts: « 62 % » « des associés … »."""

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from archive.models import Figure

_NUMBER: Final = (
    r"(?<![\w,.’'/-])(?P<number>\d{1,3}(?:[ \u00a0\u202f.]\d{3})+|\d{1,9})"
    r"(?:,(?P<decimals>\d{1,4}))?(?![\d/])"
)
_UNIT: Final = (
    r"[ \u00a0\u202f]?(?P<unit>%|‰|pour cent\b|€|euros?\b|(?:k|M|Md)€"
    r"|(?:millions|milliards?|million) d[’']euros)"
)
_VALUE: Final = re.compile(f"{_NUMBER}(?:{_UNIT})?")
_SHARE: Final = re.compile(f"{_NUMBER}[ \\u00a0\\u202f]?(?P<unit>%|‰|pour cent\\b)")
_UNITS: Final = {"pour cent": "%", "euro": "€", "euros": "€"}
_TIMES: Final = {"k": 1e3, "M": 1e6, "Md": 1e9, "million": 1e6, "milliard": 1e9}
_OF: Final = re.compile(r"(?:des?|du|d[’'])\s|\bd[’']", re.IGNORECASE)
_LETTER: Final = re.compile(r"[^\W\d_]")
_CLAUSE: Final = re.compile(r"[.;:!?…»)](?:\s|$)|,\s")
_LONGEST_LABEL: Final = 200
_LONGEST_ROW: Final = 120
_LONGEST_COUNTED: Final = 60


@dataclass(frozen=True, slots=True)
class _Line:
    text: str
    start: int
    is_heading: bool
    value: re.Match[str] | None  # when the line is nothing else


def figures(text: str, headings: Collection[int] = ()) -> tuple[Figure, ...]:
    """Return the figures of a publication in order; ``headings`` are the offsets at which headings begin.

    A value that stands alone on its line takes its label from the line after or before it, as the run of
    such lines has it. Shares (« 54 % des sondés trouvent … ») are found within sentences as well.

    >>> [(one.label, one.value, one.unit) for one in figures("62 % des associés votent.")]
    [('des associés votent', 62.0, '%')]
    """
    lines = list(_lines(text, headings))
    found = [*_alone(lines)]
    for line in lines:
        if line.value is None:
            found.extend(_within(line))
    return tuple(sorted(found, key=lambda figure: figure.start))


def _lines(text: str, headings: Collection[int]) -> Iterator[_Line]:
    at = 0
    for raw in text.split("\n"):
        value = _VALUE.fullmatch(raw.strip())
        announces = raw[:1].isupper() and raw.rstrip().endswith(("…", "...", ":", "?"))
        heads = at in headings or raw.isupper() or announces
        yield _Line(raw, at, heads and value is None, value)
        at += len(raw) + 1


def _alone(lines: Sequence[_Line]) -> Iterator[Figure]:
    """Yield the values that stand alone, each run of them read the same way."""
    run: list[int] = []
    for number, line in enumerate(lines):
        if line.value is None:
            continue
        if run and number - run[-1] != 2:
            yield from _run(lines, run)
            run = []
        run.append(number)
    yield from _run(lines, run)


def _run(lines: Sequence[_Line], run: Sequence[int]) -> Iterator[Figure]:
    if not run:
        return
    step = -1 if _labels_stand_before(lines, run) else 1
    for number in run:
        label = _label_at(lines, number + step)
        value = lines[number].value
        if label is None or value is None:
            continue
        if not value["unit"] and (step < 0 or not _is_count(value, label.text)):
            continue
        first, last = sorted((lines[number], label), key=lambda line: line.start)
        end = last.start + len(last.text)
        yield _figure(_tidy(label.text), value, first.start, end, f"{first.text}\n{last.text}")


def _labels_stand_before(lines: Sequence[_Line], run: Sequence[int]) -> bool:
    """Say whether the labels of a run of values stand before them: the run begins with one."""
    after = _label_at(lines, run[-1] + 1)
    before = _label_at(lines, run[0] - 1)
    if before is None or after is None:
        return after is None
    if any((label := _label_at(lines, number + 1)) and _OF.match(label.text) for number in run):
        return False
    return len(run) > 1 and len(before.text) <= _LONGEST_ROW


def _label_at(lines: Sequence[_Line], number: int) -> _Line | None:
    if not 0 <= number < len(lines):
        return None
    line = lines[number]
    is_label = line.value is None and not line.is_heading and 0 < len(line.text) <= _LONGEST_LABEL
    return line if is_label else None


def _is_count(value: re.Match[str], label: str) -> bool:
    """Say whether a plain number counts what the label names: « 105 », « questionnaires »; no year."""
    return len(label) <= _LONGEST_COUNTED and label[:1].islower() and not 1900 <= _number(value) <= 2100


def _within(line: _Line) -> Iterator[Figure]:
    """Yield the figures of a line of text."""
    row = _row(line)
    if row is not None:
        yield row
        return
    values = list(_SHARE.finditer(line.text))
    ends = [match.start() for match in values[1:]] + [len(line.text)]
    begins = [0, *(match.end() for match in values)]
    for match, begin, end in zip(values, begins, ends, strict=False):
        label = _clause_after(line.text[match.end() : end])
        first, last = match.start(), match.end() + len(label)
        if not _LETTER.search(label):
            label = _clause_before(line.text[begin : match.start()])
            first, last = line.text.rfind(label, 0, match.start()), match.end()
        if _LETTER.search(label):
            evidence = line.text[first:last].strip()
            yield _figure(
                _tidy(label), match, line.start + first, line.start + first + len(evidence), evidence
            )


def _row(line: _Line) -> Figure | None:
    """Read a line that is a row of a table: « Premier motif : le métier, 48 % »."""
    values = list(_VALUE.finditer(line.text))
    if not values or len(line.text) > _LONGEST_ROW or line.is_heading:
        return None
    last = values[-1]
    shares = [match for match in values if match["unit"]]
    if last.end() != len(line.text.rstrip()) or not last["unit"] or shares != [last]:
        return None
    label = _tidy(line.text[: last.start()])
    return (
        _figure(label, last, line.start, line.start + last.end(), line.text[: last.end()]) if label else None
    )


def _clause_after(text: str) -> str:
    """Return what a value counts: the words behind it, to the end of their clause."""
    cut = _CLAUSE.search(text)
    clause = text[: cut.start()] if cut else text
    return (
        clause[:_LONGEST_LABEL] if clause.strip() and not clause.lstrip().startswith((")", ",", ".")) else ""
    )


def _clause_before(text: str) -> str:
    """Return the clause that ends with a value: « Le chiffre d’affaires a progressé de »."""
    cuts = [match.end() for match in re.finditer(r"[.;!?…]\s", text)]
    return text[cuts[-1] if cuts else 0 :].strip()[-_LONGEST_LABEL:]


def _tidy(label: str) -> str:
    return label.strip(" \u00a0\u202f.,;:–—-•■→…()*_").strip()


def _number(match: re.Match[str]) -> float:
    whole = re.sub(r"\D", "", match["number"])
    return float(f"{whole}.{match['decimals'] or 0}")


def _figure(label: str, match: re.Match[str], start: int, end: int, evidence: str) -> Figure:
    told = match["unit"]
    unit = _UNITS.get(told, told) if told else None
    value = _number(match)
    if unit and unit not in ("%", "‰", "€"):
        factor = next(times for name, times in sorted(_TIMES.items(), reverse=True) if unit.startswith(name))
        value, unit = value * factor, "€"
    return Figure(label, value, unit, evidence, start, end)
