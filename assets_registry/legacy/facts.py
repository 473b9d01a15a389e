"""What was counted of the solutions of earlier programmes."""

from core.figures import Figure

# DCLG's research named no list. What is entered here is counted apart, and never put beside this number.
FUNDED = Figure(
    150,
    unit="local public digital solutions",
    source="The Alliance’s terms of reference and background, July 2013",
)
