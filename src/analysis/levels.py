"""How sure a finding is: the words that stages, tables and charts share."""

from analysis.text import N_

CLEAR, LIKELY, UNCLEAR, COUNT = "clear", "likely", "unclear", "count"
WORDS = {
    CLEAR: N_("jelas"),
    LIKELY: N_("cenderung"),
    UNCLEAR: N_("belum jelas"),
    COUNT: N_("hitungan"),
}
MEANINGS = {
    CLEAR: N_(
        "tetap terlihat juga setelah diperhitungkan bahwa banyak hal dibandingkan; bobot perangkat "
        "daerah atau jawaban yang kurang tidak membalikkannya."
    ),
    LIKELY: N_(
        "terlihat bila dipandang sendiri, tetapi dapat kebetulan di antara banyak pembandingan, "
        "atau dapat berbalik."
    ),
    UNCLEAR: N_(
        "jawaban yang ada tidak cukup untuk mengatakan ke mana arahnya; itu bukan bukti bahwa "
        "tidak ada beda."
    ),
    COUNT: N_("dihitung atau dikutip apa adanya, tanpa dugaan."),
}
"""What the words say, for readers."""
