"""The command ``masterplan new``: the start of a stage of one's own."""

from analysis.new.command import new

__all__ = ["new"]
