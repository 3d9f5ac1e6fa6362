"""A number, a date or an hour as its cell shows it: ``0.75`` as ``75%``."""

import re
from datetime import date, datetime, time, timedelta

MONTHS = [
    *("Januari", "Februari", "Maret", "April", "Mei", "Juni"),
    *("Juli", "Agustus", "September", "Oktober", "November", "Desember"),
]
DAYS = ["Senin", "Selasa", "Rabu", "Kamis", "Jumat", "Sabtu", "Minggu"]
DAY, HOUR, SECOND = "dd/mm/yyyy", "hh:mm", "hh:mm:ss"
LITERAL = re.compile(r"\"([^\"]*)\"")
NUMBER_ALONE = re.compile(r"\"-?[\d.,]*\"")
# Words in quotes, a sign that stands for itself, a currency, colours and conditions, padding.
_WORDS = r"\"(?P<quoted>[^\"]*)\"|\\(?P<escaped>.)|\[\$(?P<money>[^\]-]*)[^\]]*\]"
_WORDS += r"|(?P<total>\[h+\])|(?P<none>\[[^\]]*\]|_.|\*.|;.*)"
_NUMBER = re.compile(rf"{_WORDS}|(?P<digits>[#0?][#0?,.]*)|(?P<other>.)", re.DOTALL)
_DATE = re.compile(
    rf"{_WORDS}|(?P<part>y+|m+|d+|h+|s+)|(?P<noon>AM/PM|A/P)|(?P<other>.)",
    re.IGNORECASE | re.DOTALL,
)


def shown(value: float | date | time | timedelta, code: str) -> str | None:
    """What a cell with the format `code` shows; None for a number that is shown as it is."""
    if literal := LITERAL.fullmatch(code):
        return literal[1]
    if isinstance(value, date | time | timedelta):
        return _moment(value, code)
    return _figure(value, code) if code else None


def _figure(value: float, code: str) -> str | None:
    sections = re.split(r";(?=(?:[^\"]*\"[^\"]*\")*[^\"]*$)", code)
    if value < 0 and len(sections) > 1:
        value, code = -value, sections[1]
    tokens = list(_NUMBER.finditer(code))
    signs = [t["other"] for t in tokens if t["other"]]
    patterns = [t["digits"] for t in tokens if t["digits"]]
    unknown = {"E", "e", "G", "g", "y", "m", "d", "h", "s", "@", "/"} & set(signs)
    total = any(t["total"] for t in tokens)
    if len(patterns) != 1 or patterns[0].endswith(",") or unknown or total:
        return None
    number = _digits(value * 100 if "%" in signs else value, patterns[0])
    parts = (number if t["digits"] else _word(t) for t in tokens)
    return "".join(parts).strip()


def _digits(value: float, pattern: str) -> str:
    """A number by a pattern such as ``#,##0.0#``, with the signs that are used here."""
    whole, _point, decimals = pattern.partition(".")
    text = f"{value:,.{len(decimals)}f}"
    for optional in reversed(decimals):
        if optional != "0" and text.endswith("0"):
            text = text[:-1]
        else:
            break
    text = text.rstrip(".")
    if "," not in whole:
        text = text.replace(",", "")
        text = "0" * (whole.count("0") - len(text.partition(".")[0])) + text
    return text.translate(str.maketrans(",.", ".,"))


def _moment(value: date | time | timedelta, code: str) -> str:
    """A date or an hour by its format; without one that fits, as most are written here."""
    day = value if isinstance(value, date) else None
    hour, hours = _hour(value)
    tokens = list(_DATE.finditer(code))
    parts = {t["part"][0].lower() for t in tokens if t["part"]}
    total = any(t["total"] for t in tokens)
    if not (parts or total) or (day is None and {"y", "d"} & parts):
        if isinstance(value, timedelta):
            return f"{hours}:{hour:%M}"
        clock = SECOND if hour.second else HOUR
        known = [*([DAY] if day else []), *([clock] if hour != time() or not day else [])]
        return _moment(value, " ".join(known))
    noon, said, before = any(t["noon"] for t in tokens), [], ""
    for index, token in enumerate(tokens):
        part = (token["part"] or "").lower()
        if token["total"]:
            said.append(str(hours))
        elif part:
            after = next((t["part"][0].lower() for t in tokens[index + 1 :] if t["part"]), "")
            minute = part[0] == "m" and ("h" in before or after == "s")
            said.append(_part("M" * len(part) if minute else part, day, hour, noon))
        elif token["noon"]:
            said.append("AM" if hour.hour < 12 else "PM")
        else:
            said.append(_word(token))
        before = "h" if token["total"] else part or before
    return "".join(said).strip()


def _hour(value: date | time | timedelta) -> tuple[time, int]:
    """The hour of the day, and the hours in all."""
    if isinstance(value, timedelta):
        seconds = round(value.total_seconds())
        return time(seconds // 3600 % 24, seconds // 60 % 60, seconds % 60), seconds // 3600
    hour = value.time() if isinstance(value, datetime) else value
    hour = hour if isinstance(hour, time) else time()
    return hour, hour.hour


def _part(part: str, day: date | None, hour: time, noon: bool) -> str:
    """One part of a date or an hour; a minute as ``M``."""
    size = len(part)
    if part[0] == "y" and day:
        return f"{day.year:04}" if size > 2 else f"{day.year % 100:02}"
    if part[0] == "m" and day:
        return (
            f"{day.month:0{size}}"
            if size < 3
            else MONTHS[day.month - 1][: 3 if size == 3 else None]
        )
    if part[0] == "d" and day and size > 2:
        return DAYS[day.weekday()][: 3 if size == 3 else None]
    numbers = {"d": day and day.day, "h": hour.hour, "M": hour.minute, "s": hour.second}
    number = numbers.get(part[0]) or 0
    if part[0] == "h" and noon:
        number = number % 12 or 12
    return f"{number:0{min(size, 2)}}"


def _word(token: re.Match) -> str:
    """What a token shows that is no part of the value."""
    return next((token[n] for n in ("quoted", "escaped", "money", "other") if token[n]), "")
