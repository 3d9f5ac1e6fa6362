"""What looks over all stages: the summary, the profile of a unit, the comparison of cities."""
