"""When: what a sentence says of time, as half-open spans of days.

Written numerically, a date has the day first and the month second wherever dots or the day's
size say so; with slashes and both at most twelve it stays open. Relative words count from
the day on which the text was written, and stay without bounds where that is not known.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta

MONTHS: tuple[str, ...] = ("january", "february", "march", "april", "may", "june", "july")
MONTHS += ("august", "september", "october", "november", "december")
SHORT = {name[:3]: number for number, name in enumerate(MONTHS, 1)} | {"sept": 9}
WEEKDAYS: tuple[str, ...] = ("monday", "tuesday", "wednesday", "thursday", "friday")
WEEKDAYS += ("saturday", "sunday")
COUNTS = {
    **{"a": 1, "an": 1, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6},
    **{"seven": 7, "eight": 8, "nine": 9, "ten": 10, "eleven": 11, "twelve": 12},
    **{"few": 3, "several": 3, "twenty": 20, "thirty": 30, "forty": 40, "fifty": 50},
}
SEASONS = {"spring": (3, 6), "summer": (6, 9), "autumn": (9, 12), "fall": (9, 12)}
PARTS = {"early": (1, 5), "mid": (5, 9), "late": (9, 13)}
MONTH = rf"(?P<month>{'|'.join(f'{name}|{name[:3]}' for name in MONTHS)}|sept)\.?"
YEAR = r"(?P<year>1[89]\d\d|20\d\d)"
DAY = r"(?P<day>[0-3]?\d)(?:st|nd|rd|th)?"
LONGEST_YEARS = 400
# A day named without its year lies in the past unless it comes within these days.
FARTHEST_AHEAD = 90


@dataclass(frozen=True, slots=True)
class DateSpan:
    """What one expression says of time.

    Attributes
    ----------
    start, end : int
        Characters of the expression in the text, half-open.
    day_from, day_to : date or None
        Half-open span; None where it has no bound or none is known.
    precision : str
        day, week, month, year or span.
    """

    start: int
    end: int
    day_from: date | None
    day_to: date | None
    precision: str


Spans = tuple[date | None, date | None, str]


def _month_span(year: int, month: int) -> Spans:
    after = date(year + month // 12, month % 12 + 1, 1)
    return date(year, month, 1), after, "month"


def _day(year: int, month: int, day: int) -> Spans | None:
    try:
        found = date(year, month, day)
    except ValueError:
        return None
    return found, found + timedelta(days=1), "day"


def _number(match: re.Match[str]) -> int:
    word = match["count"].lower()
    return int(word) if word.isdigit() else COUNTS[word]


def _month_of(match: re.Match[str]) -> int:
    return SHORT[match["month"].lower()[:3]]


def _full(match: re.Match[str], anchor: date | None) -> Spans | None:
    return _day(int(match["year"]), _month_of(match), int(match["day"]))


def _iso(match: re.Match[str], anchor: date | None) -> Spans | None:
    return _day(int(match["year"]), int(match["m"]), int(match["day"]))


def _dotted(match: re.Match[str], anchor: date | None) -> Spans | None:
    return _day(int(match["year"]), int(match["m"]), int(match["day"]))


def _slashed(match: re.Match[str], anchor: date | None) -> Spans | None:
    first, second, year = int(match["a"]), int(match["b"]), int(match["year"])
    if first > 12 >= second:
        return _day(year, second, first)
    if second > 12 >= first:
        return _day(year, first, second)
    return date(year, 1, 1), date(year + 1, 1, 1), "year"


def _yearless(match: re.Match[str], anchor: date | None) -> Spans | None:
    if anchor is None:
        return None
    month, day = _month_of(match), int(match["day"])
    found = _day(anchor.year, month, day)
    if found and found[0] and (found[0] - anchor).days > FARTHEST_AHEAD:
        return _day(anchor.year - 1, month, day)
    return found


def _month_year(match: re.Match[str], anchor: date | None) -> Spans | None:
    return _month_span(int(match["year"]), _month_of(match))


def _bare_month(match: re.Match[str], anchor: date | None) -> Spans | None:
    if anchor is None:
        return None
    month = _month_of(match)
    back = match["which"].lower() in {"last", "in", "since"} and month > anchor.month
    year = anchor.year - (back or (match["which"].lower() == "last" and month == anchor.month))
    return _month_span(year, month)


def _year(match: re.Match[str], anchor: date | None) -> Spans | None:
    year = int(match["year"])
    return date(year, 1, 1), date(year + 1, 1, 1), "year"


def _part(match: re.Match[str], anchor: date | None) -> Spans | None:
    year = int(match["year"])
    first, last = PARTS[match["part"].lower()]
    end = date(year + 1, 1, 1) if last == 13 else date(year, last, 1)
    return date(year, first, 1), end, "span"


def _season(match: re.Match[str], anchor: date | None) -> Spans | None:
    year = int(match["year"])
    first, last = SEASONS[match["season"].lower()]
    return date(year, first, 1), date(year, last, 1), "span"


def _decade(match: re.Match[str], anchor: date | None) -> Spans | None:
    year = int(match["year"])
    return date(year, 1, 1), date(year + 10, 1, 1), "span"


def _between(match: re.Match[str], anchor: date | None) -> Spans | None:
    first, last = int(match["year"]), int(match["until"])
    return (date(first, 1, 1), date(last + 1, 1, 1), "span") if first <= last else None


def _weekday(match: re.Match[str], anchor: date | None) -> Spans | None:
    if anchor is None:
        return None
    number = WEEKDAYS.index(match["weekday"].lower())
    back = (anchor.weekday() - number) % 7
    if (match["which"] or "").lower() == "last" and back == 0:
        back = 7
    found = anchor - timedelta(days=back)
    if (match["which"] or "").lower() == "next":
        found += timedelta(days=7)
    return found, found + timedelta(days=1), "day"


def _near(match: re.Match[str], anchor: date | None) -> Spans | None:
    if anchor is None:
        return None
    shift = {"yesterday": -1, "today": 0, "tomorrow": 1}[match["near"].lower()]
    found = anchor + timedelta(days=shift)
    return found, found + timedelta(days=1), "day"


def _relative(match: re.Match[str], anchor: date | None) -> Spans | None:
    if anchor is None:
        return None
    shift = {"last": -1, "past": -1, "previous": -1, "this": 0, "next": 1, "coming": 1}
    return _unit(anchor, match["unit"].lower(), shift[match["which"].lower()])


def _unit(anchor: date, unit: str, shift: int) -> Spans:
    if unit == "week":
        monday = anchor - timedelta(days=anchor.weekday() - 7 * shift)
        return monday, monday + timedelta(days=7), "week"
    if unit == "month":
        months = anchor.year * 12 + anchor.month - 1 + shift
        return _month_span(months // 12, months % 12 + 1)
    return date(anchor.year + shift, 1, 1), date(anchor.year + shift + 1, 1, 1), "year"


def _ago(match: re.Match[str], anchor: date | None) -> Spans | None:
    if anchor is None:
        return None
    count, unit = _number(match), match["unit"].lower()
    if unit in {"day", "week"}:
        found = anchor - timedelta(days=count * (1 if unit == "day" else 7))
        return found, found + timedelta(days=1 if unit == "day" else 7), unit
    return _unit(anchor, unit, -count) if count < LONGEST_YEARS else None


def _lasting(match: re.Match[str], anchor: date | None) -> Spans | None:
    if anchor is None:
        return None
    count, unit = _number(match), match["unit"].lower()
    if count >= LONGEST_YEARS:
        return None
    if unit in {"day", "week"}:
        return anchor - timedelta(days=count * (1 if unit == "day" else 7)), anchor, "span"
    return _unit(anchor, unit, -count)[0], anchor, "span"


def _recently(match: re.Match[str], anchor: date | None) -> Spans | None:
    return None, anchor, "span"


Rule = tuple[re.Pattern[str], Callable[[re.Match[str], date | None], Spans | None]]


def _rule(pattern: str) -> re.Pattern[str]:
    return re.compile(rf"\b{pattern}\b", re.IGNORECASE)


UNIT = r"(?P<unit>day|week|month|year)s?"
COUNT = rf"(?P<count>\d{{1,3}}|{'|'.join(COUNTS)})"
RULES: tuple[Rule, ...] = (
    (_rule(r"(?P<year>\d{4})-(?P<m>\d\d)-(?P<day>\d\d)"), _iso),
    (_rule(r"(?P<day>\d{1,2})\. ?(?P<m>\d{1,2})\. ?(?P<year>\d{4})"), _dotted),
    (_rule(r"(?P<a>\d{1,2})/(?P<b>\d{1,2})/(?P<year>\d{4})"), _slashed),
    (_rule(rf"{DAY} (?:of )?{MONTH},? {YEAR}"), _full),
    (_rule(rf"{MONTH} {DAY},? {YEAR}"), _full),
    (_rule(rf"{MONTH},? {YEAR}"), _month_year),
    (_rule(rf"(?:between|from) {YEAR} (?:and|to|until) (?P<until>\d{{4}})"), _between),
    (_rule(rf"(?P<part>early|mid|late)[ -]{YEAR}"), _part),
    (_rule(rf"(?P<season>spring|summer|autumn|fall) (?:of )?{YEAR}"), _season),
    (_rule(r"(?P<year>1[89]\d0|20\d0)s"), _decade),
    (_rule(rf"{DAY} (?:of )?{MONTH}"), _yearless),
    (_rule(rf"{MONTH} {DAY}"), _yearless),
    (_rule(rf"(?P<which>last|this|next|in|since) {MONTH}"), _bare_month),
    (_rule(rf"(?P<which>last|this|next) {UNIT}"), _relative),
    (_rule(rf"(?:the )?(?P<which>past|previous|coming) {UNIT}"), _relative),
    (_rule(rf"(?:(?P<which>last|this|next) )?(?P<weekday>{'|'.join(WEEKDAYS)})"), _weekday),
    (_rule(r"(?P<near>yesterday|today|tomorrow)"), _near),
    (_rule(rf"(?:almost |nearly |about |some )?{COUNT} {UNIT} (?:ago|earlier)"), _ago),
    (
        _rule(
            rf"(?:for|over|in|after) (?:the )?(?:last |past )?(?:almost |nearly |about )?"
            rf"{COUNT} {UNIT}"
        ),
        _lasting,
    ),
    (_rule(r"until recently"), _recently),
    (_rule(YEAR), _year),
)
MAYBE = re.compile(
    r"\d|day|week|month|year|yesterday|tomorrow|recently|" + "|".join(MONTHS), re.IGNORECASE
)
OPENS = re.compile(r"\b(since|until|till|before|after|by|from)\s+$", re.IGNORECASE)


def find_dates(text: str, start: int, end: int, anchor: date | None) -> list[DateSpan]:
    """Find what a stretch of text says of time.

    Parameters
    ----------
    text : str
        The whole text.
    start, end : int
        The stretch, half-open.
    anchor : date or None
        The day on which the text was written.

    Returns
    -------
    list of DateSpan
        In order, without overlap; "since" and "until" open a side of what follows.

    Examples
    --------
    >>> text = "Moscow has shared intelligence since 2013."
    >>> (found,) = find_dates(text, 0, len(text), date(2017, 2, 8))
    >>> str(found.day_from), str(found.day_to), found.precision
    ('2013-01-01', '2017-02-08', 'span')
    """
    if not MAYBE.search(text, start, end):
        return []
    taken: list[DateSpan] = []
    for pattern, resolve in RULES:
        for match in pattern.finditer(text, start, end):
            if any(match.start() < t.end and t.start < match.end() for t in taken):
                continue
            spans = resolve(match, anchor)
            if spans is not None:
                taken.append(_opened(text, match, spans, anchor))
    return sorted(taken, key=lambda found: found.start)


def _opened(text: str, match: re.Match[str], spans: Spans, anchor: date | None) -> DateSpan:
    first, last, precision = spans
    start = match.start()
    word = OPENS.search(text, max(0, start - 8), start)
    head = word[1].lower() if word else text[start : start + 6].lower().strip()
    if head == "since" or (word and head == "after"):
        last, precision = anchor, "span"
    elif word and head in {"until", "till", "before", "by"}:
        first, last, precision = None, first if head == "before" else last, "span"
    return DateSpan(word.start() if word else start, match.end(), first, last, precision)


def explicit_days(spans: list[DateSpan]) -> Iterator[date]:
    """Give the first days of spans that name a year, for bounding an undated text.

    Parameters
    ----------
    spans : list of DateSpan
        As `find_dates` gives them without an anchor.

    Yields
    ------
    date
        First day of each bounded span.
    """
    yield from (span.day_from for span in spans if span.day_from is not None)
