"""Searches that people keep under a name, and the weekly mail of what they newly find."""
