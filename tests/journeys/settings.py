"""The site as `make start` runs it, saying besides which template each page came from."""

from portal.settings.dev import *  # noqa: F403 - a settings module is its names

MIDDLEWARE = ["tests.journeys.templates.NamesTemplate", *MIDDLEWARE]  # noqa: F405 - from base
OUTSIDE_ASK, OUTSIDE_RESOLVE = "tests.journeys.forge.ask", "tests.journeys.forge.resolve"
