"""Numbers and addresses by which a person is known, in whatever way they are typed."""

import re
import unicodedata
from functools import lru_cache

COVER = "•••"

_SIGN = r"[ \t._/-]"
_S = rf"{_SIGN}{{0,3}}"  # between the digits of a number
_ALONE = rf"(?<!\d)(?<!\d{_SIGN})(?<!\d\s[/-]\s)"  # behind no other digits
_Y = r"(?:19|20)\d\d"
_DAY = r"(?:0?[1-9]|[12]\d|3[01])(?P<{0}>[./-])(?:0?[1-9]|1[0-2])(?P={0})"
_AMOUNT = r"[1-9]\d{0,2}(?:(?:\.\d{3})+(?:,\d+)?|(?:,\d{3})+(?:\.\d+)?)"
_HOUR = r"(?:[01]\d|2[0-4])[.:][0-5]\d"
_BANK = r"bank|bri|bca|bni|btn|bsi|rek(?:ening)?"
_ACCOUNT = rf"\d(?:{_S}\d){{7,15}}(?!\d)"

_SUMS = r"""
    (?<![0-9a-f])(?=\d*[a-f-])(?:[0-9a-f]{32}|[0-9a-f]{40}|[0-9a-f]{64}
        |[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})(?![0-9a-f])
"""
# What cannot be anything else, before all that keeps a number from being taken for one.
_CERTAIN = rf"""
    [\w.+-]{{1,64}}\s?(?:@|[\[({{]\s?(?:at|a|et)\s?[\])}}])\s?
        [\w-]{{1,63}}(?:(?:\.|\s?[\[({{]\s?(?:dot|d|titik)\s?[\])}}]\s?)[\w-]{{1,63}}){{1,4}}
  | [\w.+-]{{1,64}}\s(?:at|et)\s(?:(?:gmail|hotmail|outlook|yahoo|ymail)\b[\w.]*
        |[\w-]{{1,63}}(?:\s(?:dot|titik)\s[\w-]{{1,63}}){{1,4}})
  | {_ALONE}(?<!0,)\(?08\d\d\)?(?:{_S}\d){{5,9}}(?!\d)(?<!\s\d)
  | \(?\+\s?\(?62\)?{_S}\(?0?\)?{_S}8(?:{_S}\d){{2}}\)?(?:{_S}\d){{5,9}}(?!\d)
  | \+\s?\(?62\)?[\s(-]{{1,3}}[2-7]\d{{1,2}}\)?[ -]{{0,3}}\d(?:[ -]?\d){{4,7}}(?!\d)
  | \(0[2-9]\d{{1,2}}\){_S}\d(?:{_S}\d){{4,7}}(?!\d)
"""
# Dates, hours, years, amounts, codes of accounts.
_OTHERS = rf"""
    (?<!\d)(?<!\d[./-])(?:
        {_DAY.format("a")}{_Y}(?:\s?-\s?{_DAY.format("b")}{_Y})?(?![./-]?\d)
      | {_DAY.format("c")}\d\d(?:\s-\s{_DAY.format("d")}\d\d)?(?![./-]?\d)
      | {_HOUR}(?:\s?-\s?{_HOUR})?(?![.:/-]?\d|\s\d{{3}})
      | {_Y}(?P<e>[./-])\d\d(?P=e)\d\d(?![./-]?\d|\W{{0,3}}\d{{6}}\D)
      | {_Y}(?:\s?[/-]\s?{_Y}|\s{_Y})+(?!{_S}\d)
    )
  | (?<![\d.,])(?<!\d-)(?<!\d\s-\s)(?!(?<=\+)62\.?8){_AMOUNT}(?:\s?-\s?{_AMOUNT})?(?!\d|[.,]\d)
  | (?<![\d.])[1-9](?:\.\d{{1,5}}){{3,}}(?!\d|[.-]\d)
"""
# Digits near a word for a bank or an account.
_ACCOUNTS = rf"""
    (?P<before>\b(?:no)?(?:{_BANK}|bjb|cimb|danamon|mandiri|permata|sumut|acc(?:ount)?)\b\D{{0,40}}?)
        {_ACCOUNT}
  | (?<!\d){_ACCOUNT}(?=\D{{0,30}}?\b(?:{_BANK})\b)
"""
# But no telephone number behind the number of its line, or behind another and a comma.
_DECIMALS = rf"""
    (?<![\d.,])(?!62|(?:[1-9]\.08\d{{2}}|[1-9]\d*,08(?:{_S}\d){{2}})(?:{_S}\d){{6,9}}(?!\d))
    (?:0|[1-9]\d{{0,4}})[.,]\d{{4,}}(?![.,]?\d)
"""
_NUMBERS = rf"""
    (?<!\d)(?:\d{{15,16}}|\d{{18}})(?!\d)
    # NIK: the place, the birthday (of women 40 more), a number.
  | (?<!\d)[1-9](?:{_S}\d){{5}}{_S}(?:[04]{_S}[1-9]|[1256]{_S}\d|[37]{_S}[01])
        {_S}(?:0{_S}[1-9]|1{_S}[0-2])(?:{_S}\d){{6}}(?!\d)
  | (?<!\d)(?!(?:{_Y}\D{{1,3}}){{3}}{_Y})\d{{4}}(?:{_SIGN}{{1,3}}\d{{4}}){{3}}(?!\d)
  | (?<!\d)\d\d{_SIGN}?\d\d{_SIGN}?\d\d{_SIGN}{{1,3}}\d{{6}}{_SIGN}{{1,3}}\d{{4}}(?!\d)
    # NIP: the birthday, the month of appointment, the sex, a number.
  | (?<!\d)\d{{8}}{_S}\d{{6}}{_S}\d{_S}\d{{3}}(?!\d)
  | (?<!\d){_Y}{_S}[01]\d{_S}[0-3]\d{_S}{_Y}{_S}[0-3]\d{_S}[12](?:{_S}\d){{3}}(?!\d)
    # NPWP
  | (?<!\d)\d{{2}}{_S}\d{{3}}{_S}\d{{3}}{_S}\d{_S}\d{{3}}{_S}\d{{3}}(?!\d)
    # Telephones; and one that begins behind another whose end its beginning was taken for.
  | (?<!\d)08\d\d(?:{_S}\d){{5,9}}(?!\d)(?<!\s\d)
  | (?<!\w)0{_S}8(?:{_S}\d){{7,11}}(?!\d)
  | (?<!\d)62[ .-]?8(?:{_S}\d){{8,11}}(?!\d)
  | {_ALONE}0[2-9]\d{{1,2}}(?:\s?-\s?|[. ])\d(?:[ .-]?\d){{4,7}}(?![\d/])
  | (?<![\d.,])0[2-9]\d{{7,9}}(?![\d/])
  | (?<={COVER}){_SIGN}{{1,3}}\d(?:{_S}\d){{6,12}}(?!\d)
"""
# In this order: a number is what the first of these takes it for.
_STEPS = [
    (re.compile(pattern, re.VERBOSE | re.IGNORECASE), personal)
    for pattern, personal in (
        (_SUMS, False),
        (_CERTAIN, True),
        (_OTHERS, False),
        (_ACCOUNTS, True),
        (_DECIMALS, False),
        (_NUMBERS, True),
    )
]


# Without this much of a number or an address there is none.
_ANY = re.compile(r"(?:\d\D*){7}|[@＠﹫]|\b(?:at|a|et)\b", re.IGNORECASE)


class Figures(str):
    """What a cell shows of a number: however many digits it has, it is no one's number."""


def mask(text: str) -> str:
    """Text in which what leads to a person is covered.

    Telephone numbers, NIK, NIP, NPWP, accounts at banks and e-mail addresses, with any separators,
    in the digits of any script; names are not recognised. Amounts, dates, decimals and codes stay.
    """
    if isinstance(text, Figures) or not _ANY.search(text):
        return text
    seen, places = _seen(text)
    covered: list[tuple[int, int]] = []
    for pattern, personal in _STEPS:

        def taken(match: re.Match, personal: bool = personal) -> str:
            kept = match.groupdict().get("before") or ""
            if personal:
                covered.append((match.start() + len(kept), match.end()))
            return kept + "\0" * (len(match[0]) - len(kept))

        seen = pattern.sub(taken, seen)
    for start, end in sorted(covered, reverse=True):
        text = text[: places[start]] + COVER + text[places[end - 1] + 1 :]
    return mask(text) if covered else text


def _seen(text: str) -> tuple[str, range | list[int]]:
    """What an eye sees of a text, sign by sign in ASCII where it can be, and where each stands."""
    if text.isascii():
        return text, range(len(text))
    signs = [(sign, place) for place, c in enumerate(text) if (sign := _sign(c))]
    return "".join(sign for sign, _ in signs), [place for _, place in signs]


@lru_cache(4096)
def _sign(character: str) -> str:
    kind = unicodedata.category(character)
    if kind in ("Cf", "Mn", "Me"):
        return ""
    if kind == "Nd":
        return str(unicodedata.decimal(character))
    if kind == "Pd" or character == "\N{MINUS SIGN}":
        return "-"
    plain = unicodedata.normalize("NFKC", character)
    return plain if len(plain) == 1 else character
