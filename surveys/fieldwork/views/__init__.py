"""The pages of a wave that is run here."""
