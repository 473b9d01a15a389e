"""Figures across the apps: a year in numbers, and what each organisation contributed."""
