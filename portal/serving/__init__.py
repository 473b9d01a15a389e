"""How requests are answered: kept pages, refusals, and the rules in front of pages that others built."""
