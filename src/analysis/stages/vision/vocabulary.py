"""The units' own vision sentences, quoted, and the words that they share; nothing is coded."""

import re
from functools import cache
from pathlib import Path

import pandas as pd

from analysis.text import _

STOPWORDS = Path(__file__).with_name("stopwords.txt")


@cache
def stopwords() -> frozenset[str]:
    """Indonesian function words, from ``stopwords.txt`` beside this module."""
    lines = STOPWORDS.read_text("utf-8").split("\n")
    return frozenset(line.strip() for line in lines if line.strip() and line[0] != "#")


def content_words(text: str) -> list[str]:
    """The words of a text in lower case, in their order, less function words and numbers.

    A word with a hyphen stays one (``warga-warga``); nothing is stemmed.
    """
    words = re.findall(r"[^\W\d_]+(?:-[^\W\d_]+)*", text.casefold())
    return [word for word in words if len(word) > 1 and word not in stopwords()]


def sentences(answers: pd.DataFrame) -> pd.DataFrame:
    """What units proposed, as they wrote it: the answers with a ``sentence``."""
    written = answers.dropna(subset="text")
    written = written[written["text"].str.strip() != ""]
    return written.rename(columns={"text": "sentence"}).reset_index(drop=True)


def frequent(
    answers: pd.DataFrame, vision: str = "", count: int = 15, fresh: bool = False
) -> pd.DataFrame:
    """The content words that most units use, at least two of them; `fresh`: none of the vision's.

    Columns: word, units (that use it), share (of the sentences), n (sentences), known (in words:
    whether it stands in the city's `vision` already). Ties in the order of the alphabet, and none
    is cut off from the last place on. Sentences are optional and the units that wrote one chose
    to, so a share describes these sentences only and has no interval.
    """
    written = sentences(answers)
    known = set(content_words(vision))
    passed = known if fresh else set()
    used = [word for text in written["sentence"] for word in set(content_words(text)) - passed]
    units = pd.Series(used, dtype=str).value_counts()
    shared = units[units >= 2]
    if len(shared) > count:
        shared = shared[shared >= shared.iloc[count - 1]]
    table = shared.rename_axis("word").rename("units").reset_index()
    table = table.assign(
        share=table["units"] / max(len(written), 1),
        n=len(written),
        known=table["word"].isin(known).map({True: _("ya"), False: _("tidak")}),
    )
    return table.sort_values(["units", "word"], ascending=[False, True], ignore_index=True)
