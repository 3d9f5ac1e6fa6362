"""A finding: one sentence for a person, with how sure it is and what stands behind it."""

from dataclasses import dataclass

from analysis.levels import COUNT


@dataclass(frozen=True)
class Finding:
    """What a stage says, as `tables.findings` takes it.

    `headline`: the sentence; `level`: clear, likely or unclear as the claim's (`levels`), or
    count for what is counted or published without inference; `action`: who should do what by when;
    `detail`: the numbers behind the sentence; `claim`: the id of the claim that it quotes.
    """

    headline: str
    level: str = COUNT
    action: str = ""
    detail: str = ""
    claim: str = ""
