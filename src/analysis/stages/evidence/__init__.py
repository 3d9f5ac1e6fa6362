"""What every stage rests on: estimates over units, their comparisons, and what may be claimed."""
