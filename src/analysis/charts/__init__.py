"""Chart kinds: a frame and the names of its columns in, an `Exhibit` out; none knows of stages.

One word means the same in every kind. First comes the frame, then the names of columns: `name` of
what each row is called, `value` of its number, `low` and `high` of the ends of its interval; or
`x` and `y` of a point. Other columns: `category` (colour and marker), `highlight` (yes or no: red),
`level` (how sure a row is). Levels of an index are columns too.

- `label`: what the values are, with their unit; of a point `label_x` and `label_y`.
- `limits`: where the scale of the values begins and ends, otherwise with them; `limits_x`,
  `limits_y`.
- `digits`: of the values; otherwise those that are declared of their column, or as few (at most
  two) as tell them apart.
- `threshold`, `threshold_label`: a value that is marked, and what it is.
- `title`: what to see; otherwise it says plainly what is shown by what. `note`: how to read it.
- `source`: otherwise the frame's own. `alt`: the words for those who cannot see the picture;
  otherwise the title with the highest and the lowest.

A picture of any other kind is made an exhibit by `figure`, and drawn in this house's `style`.
"""

from analysis.charts.bars import bars
from analysis.charts.boxes import boxes
from analysis.charts.choices import choices
from analysis.charts.cloud import cloud
from analysis.charts.dumbbell import dumbbell
from analysis.charts.figure import figure, style
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
    "figure",
    "heatmap",
    "likert",
    "quadrant",
    "ranked",
    "style",
    "timeline",
    "trend",
]
