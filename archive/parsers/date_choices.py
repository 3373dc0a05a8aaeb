"""Which of the dates that a reader sees may be the page's own?"""

from collections.abc import Iterable
from datetime import date
from typing import Final

from archive.parsers.date_lines import BESIDE, DateLine
from archive.parsers.surroundings import LONGEST_LINE, short_text

_JUST_ABOVE: Final = 4
_FARTHEST_ABOVE: Final = 15
# So many different bare days by the headline make a list of other pages.
_FEWEST_LISTED: Final = 3
_WORDS_OF_TITLE: Final = 3
_MOST_SENTENCES: Final = 2  # the standfirst between the headline and its date


def is_near(line: DateLine) -> bool:
    """Tell whether a line stands by the headline; without one the markup must call it a date."""
    if line.distance is None:
        return line.marked
    if line.distance < 0:
        return -line.distance < _FARTHEST_ABOVE and line.headings == 0
    if line.headings > 1 or line.prose > 1:
        return False
    return line.sentences <= _MOST_SENTENCES or (line.marked and not is_of_card(line))


def is_by_headline(line: DateLine) -> bool:
    """Tell whether hardly a standfirst stands between the headline and a line: no foot of a short page."""
    return is_near(line) and not line.prose and line.sentences <= _MOST_SENTENCES


def is_of_card(line: DateLine) -> bool:
    """Tell whether a line stands in a link, or in a small box with the link to another page."""
    box = line.element
    if box is None:
        return False
    if next(box.iterancestors("a"), None) is not None:
        return True
    for above in box.iterancestors():
        if len(short_text(above)) > LONGEST_LINE or above.tag in ("body", "main", "article"):
            break
        box = above
    return any(len(short_text(link).split()) >= _WORDS_OF_TITLE for link in box.iter("a"))


def may_tell(line: DateLine) -> bool:
    """Tell whether a line gives a date of publication at all."""
    if line.date.year is None or line.relative or line.visit or line.label == "modified":
        return False
    return line.label is not None or line.bare


def is_today_s(line: DateLine, seen: date | None) -> bool:
    """Tell whether a line well above the headline gives the day of the visit, as page heads do."""
    return line.distance is not None and line.distance < -_JUST_ABOVE and line.date.as_day() == seen


def is_appointment(line: DateLine) -> bool:
    """Tell whether a line gives a round hour, and nothing calls it a publication: « 14 mai à 18h30 »."""
    hour = line.date.time
    return (
        line.label is None
        and not line.marked
        and hour is not None
        and hour.endswith(("00", "15", "30", "45"))
    )


def is_list(lines: Iterable[DateLine], near: list[DateLine]) -> bool:
    """Tell whether the bare days belong to other pages that this one lists, headed or not."""
    unmarked = {line.date.value for line in near if line.label is None and not line.marked}
    headed = {line.headings for line in lines if line.marked and line.bare and line.prose <= 1}
    # Cards of other pages: several marked days, none of them beside the headline.
    marked = [line for line in near if line.marked and line.label is None]
    cards = len({line.date.value for line in marked}) >= _FEWEST_LISTED and all(
        line.distance is not None and line.distance > BESIDE for line in marked
    )
    return len(unmarked) >= _FEWEST_LISTED or len(headed) > _FEWEST_LISTED or cards
