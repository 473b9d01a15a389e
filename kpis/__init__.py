"""Services in numbers: what each costs, who uses it and how it goes; facts; how far the campaign reaches."""
