from analysis.project import Project
from analysis.survey.asked.instrument import Instrument
from analysis.survey.kept.codebook import codebook
from tests.second_city import ROOT


def test_the_committed_codebook_is_that_of_the_instrument():
    instrument = Instrument.load(Project(ROOT))
    assert (ROOT / "docs/codebook.md").read_text("utf-8") == codebook(instrument)
