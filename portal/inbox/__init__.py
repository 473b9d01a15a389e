"""What somebody's week holds, for the home page of whoever is signed in: asked of every app through one registry."""

from portal.inbox.week import Week, waiting_for, week_of

__all__ = ["Week", "waiting_for", "week_of"]
