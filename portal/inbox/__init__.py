"""What somebody's week holds, for the home page of whoever is signed in: asked of every app through one registry."""

from portal.inbox.week import Week, week_of

__all__ = ["Week", "week_of"]
