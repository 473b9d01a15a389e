"""A council's figures beside the middle of the others', with no league table; and which councils publish all four."""
