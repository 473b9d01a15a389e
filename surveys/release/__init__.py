"""What comes of a wave that was run here: its plan, its opened answers, and the figures that two analysts publish."""
