"""What of a survey may be printed, and whether what is printed tells of anybody: plain values, no rows of the database.

`compute_release` is what the close of a wave calls; `lines` is its file, and `attack` what a reader of it can work out.
"""

from surveys.disclosure.attack import Pin, attack
from surveys.disclosure.earlier import EarlierWave
from surveys.disclosure.printed import lines
from surveys.disclosure.release import StillFound, compute_release, suppress

__all__ = ["EarlierWave", "Pin", "StillFound", "attack", "compute_release", "lines", "suppress"]
