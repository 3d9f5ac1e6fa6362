"""The columns of a wide table that hold no answers: whose a row is, and what a tool adds to it."""

import re
from collections.abc import Mapping
from functools import lru_cache

from analysis.survey.asked.labels import simplify

# What a column is that holds no answers: whose the row is, who filled it in, or what is not kept.
UNIT, RESPONDENT, NUMBER, SIDE = "unit", "respondent", "number", "side"

UNITS = {
    "unit", "perangkat daerah", "nama perangkat daerah", "nama unit", "opd", "nama opd",
    "instansi", "nama instansi", "asal instansi", "unit kerja", "nama unit kerja", "skpd",
    "office", "agency", "organization", "organisation", "unit name",
}  # fmt: skip
RESPONDENTS = {"respondent", "nomor pengisi", "nomor responden", "respondent number"}
# What forms on the web number their rows by, the most trusted first.
NUMBERS = (
    "_id", "id", "response id", "respondent id", "id respons", "responseid", "_uuid",
    "instanceid", "_index",
)  # fmt: skip
_SIDE = {
    "timestamp", "cap waktu", "stempel waktu", "waktu", "tanggal", "start time", "completion time",
    "last modified time", "waktu mulai", "waktu selesai", "waktu penyelesaian", "start", "end",
    "today", "email", "e-mail", "email address", "respondent name",
    "respondent email address", "alamat email", "alamat surel", "surel", "name",
    "nama", "nama lengkap", "nama responden", "nama pengisi", "nip", "jabatan", "telepon",
    "nomor telepon", "nomor hp", "no hp", "no. hp", "whatsapp", "nomor whatsapp", "username",
    "deviceid", "phonenumber", "simserial", "subscriberid", "audit", "submitdate", "lastpage",
    "startlanguage", "seed", "startdate", "datestamp", "ipaddr", "refurl", "token",
    "date submitted", "last page", "start language", "date started", "date last action",
    "ip address", "referrer url", "access code", "tanggal dikirim", "halaman terakhir",
    "bahasa awal", "bahasa", "language", "total points", "quiz feedback", "grade posted time",
    "score", "skor", "total time", "interviewtime", "rootuuid", "instancename", "formhub/uuid",
    "key", "submitterid", "submittername", "submissiondate", "attachmentspresent", "status",
    "attachmentsexpected", "reviewstate", "devicesid", "edits", "formversion",
}  # fmt: skip
_SYSTEM = re.compile(
    r"_+[a-z]\w*(/.*)?|(meta|formhub)[/-].*|(points|feedback) - .*|.* \[(score|feedback|skor)\]"
    r"|(group|question) ?time: .*|(group|question)time\d+"
)
_CONSENT = re.compile(
    r"\b(consent|persetujuan|saya (ber)?setuju|i agree"
    r"|bersedia (mengisi|menjadi|mengikuti|berpartisipasi))\b"
)
_MARKUP = re.compile(r"<[^<>]{1,200}>")
_COUNTED = re.compile(r"\d{1,3}[.)]\s+")


def kind(said: str, identity: Mapping[str, str]) -> str:
    """What a column with this heading is, empty where that is not known.

    `said`: the heading as it is compared; `identity`: what columns are that say who answers.
    """
    code, _mark, text = said.partition(". ")  # as LimeSurvey writes code and text
    for name in (said, said.rpartition("/")[2], text and code, text):
        if name in identity:
            return identity[name]
        if name in NUMBERS:
            return NUMBER
        if name in _SIDE:
            return SIDE
    return SIDE if _SYSTEM.fullmatch(said) or _CONSENT.search(said) else ""


def trust(heading: str) -> int:
    """How little a number of rows is trusted beside others."""
    said = bare(heading).rpartition("/")[2].partition(". ")[0]
    return NUMBERS.index(said) if said in NUMBERS else len(NUMBERS)


@lru_cache(8192)
def bare(text: object) -> str:
    """A heading as it is compared: without markup, a number in front, remarks and marks at its
    end."""
    said = simplify(_COUNTED.sub("", _MARKUP.sub("", str(text)), count=1))
    return said.rstrip(" .:;*?").lstrip("* ")
