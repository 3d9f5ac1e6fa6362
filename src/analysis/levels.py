"""How sure a finding is: the words that stages, tables and charts share."""

from analysis.text import N_

CLEAR, LIKELY, UNCLEAR, COUNT = "clear", "likely", "unclear", "count"
WORDS = {
    CLEAR: N_("jelas"),
    LIKELY: N_("cenderung"),
    UNCLEAR: N_("belum jelas"),
    COUNT: N_("hitungan"),
}
