"""Chart kinds: a tidy frame and its columns in, an `Exhibit` out; none knows of stages."""

from analysis.charts.bars import bars
from analysis.charts.boxes import boxes
from analysis.charts.choices import choices
from analysis.charts.cloud import cloud
from analysis.charts.dumbbell import dumbbell
from analysis.charts.heatmap import heatmap
from analysis.charts.likert import likert
from analysis.charts.quadrant import quadrant
from analysis.charts.ranked import ranked
from analysis.charts.timeline import timeline
from analysis.charts.trend import trend

__all__ = [
    "bars",
    "boxes",
    "choices",
    "cloud",
    "dumbbell",
    "heatmap",
    "likert",
    "quadrant",
    "ranked",
    "timeline",
    "trend",
]
