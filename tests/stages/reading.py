"""What a citizen stumbles over in a sentence that stands first on a page."""

import re

MOST_WORDS, MOST_NUMBERS = 20, 2
JARGON = re.compile(
    r"[()\[\]]|\bp\b|\bn\s*=|\bHolm\b|\bselang\b|\binterval\b|\bpasti\b|\bmemastikan\b"
    r"|\b[EI]FAS\b|\bAHP\b|\bIPA\b|\bTB\b|\bSTEEP\b|\bPESTEL\b|\bKendall\b|\bCronbach\b|\balfa\b"
    r"|\w\.(csv|toml|xlsx|md)\b|\w_\w|[×±]",
    re.IGNORECASE,
)
NUMBER = re.compile(r"\d+(?:[.,]\d+)*")
DECIMALS = {"id": re.compile(r",\d{2}"), "en": re.compile(r"\.\d{2}")}


def faults(headline: str, language: str = "id") -> list[str]:
    """What makes a headline one that people cannot repeat; empty where nothing does."""
    words = [word for word in headline.split() if re.search(r"\w", word)]
    numbers = NUMBER.findall(headline)
    found = [f"“{hit[0]}”" for hit in JARGON.finditer(headline)]
    found += [f"{len(words)} words"] * (len(words) > MOST_WORDS)
    found += [f"{len(numbers)} numbers"] * (len(numbers) > MOST_NUMBERS)
    found += [number for number in numbers if DECIMALS[language].search(number)]
    return found
