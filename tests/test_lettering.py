"""Letters that the font of pictures lacks: told below the picture, never drawn as boxes."""

import warnings

import pytest
from matplotlib.font_manager import findfont, get_font
from matplotlib.text import Text

from analysis.drawing.lettering import GAP, legible
from analysis.drawing.style import FONT
from tests.test_charts import KIND_OF_ROWS, cells, points, population, resamples, rows
from tests.test_charts import _boxes as boxes
from tests.test_charts import _cloud as cloud
from tests.test_charts import _heatmap as heatmap
from tests.test_charts import _quadrant as quadrant
from tests.test_charts import _trend as trend

BATAK, EMOJI, HAN = "Dinas ᯅᯇᯂ᯲", "Layanan 👍 cepat", "智慧城市"
RARE = [BATAK, EMOJI, HAN]
LETTERS = {"ᯅ", "ᯇ", "ᯂ", "᯲", "👍", *HAN}

CASES = {
    **{k: lambda k=k: KIND_OF_ROWS[k](rows(RARE)) for k in KIND_OF_ROWS},
    "heatmap": lambda: heatmap(cells(RARE, {"A": EMOJI, BATAK: "B"})),
    "quadrant": lambda: quadrant(points(3, 0.6).assign(name=RARE)),
    "trend": lambda: trend(
        population().assign(area=[HAN, BATAK, EMOJI] * 3),
        category="area",
        levels={BATAK: 2e5, HAN: 2.5e5},
    ),
    "boxes": lambda: boxes(" ".join(RARE), HAN),
}


@pytest.fixture(params=CASES)
def drawn(request):
    with warnings.catch_warnings():
        warnings.filterwarnings("error", "Glyph .* missing from font")
        return CASES[request.param]()


def test_no_letter_is_drawn_that_the_font_lacks(drawn):
    known = get_font(findfont(FONT)).get_charmap()
    texts = [text.get_text() for text in drawn.figure.findobj(Text)]
    assert not {letter for text in texts for letter in text if ord(letter) not in known} - {"\n"}
    assert any(GAP in text for text in texts)


def test_the_note_tells_each_such_letter_and_where_the_whole_text_stands(drawn):
    note = drawn.content["note"]
    letters = note.partition("(")[2].partition(")")[0].split()
    assert set(letters) == LETTERS and len(letters) == len(LETTERS)
    assert "tabel angka gambar ini" in note


def test_the_data_and_the_words_for_the_blind_keep_the_whole_text(drawn):
    given = str(drawn.content["rows"]) + str(drawn.content["columns"])
    assert all(part in given for text in RARE for part in text.split())
    assert GAP not in drawn.content["alt"]


def test_nothing_is_told_where_every_letter_can_be_drawn():
    assert cloud(resamples(20)).content["note"] == ""
    assert legible("Mutu “naik” – 25 °C ≥ 2,6 Å") == "Mutu “naik” – 25 °C ≥ 2,6 Å"


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("ᯅᯇ dan ᯂ", "[…] dan […]"),
        ("👨\u200d👩\u200d👧 warga", "[…] warga"),
        ("数据\n数据", "[…]"),
        ("a👍b", "a[…]b"),
    ],
)
def test_a_run_of_such_letters_is_one_gap(text, shown):
    assert legible(text) == shown
