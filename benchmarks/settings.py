"""A laptop's settings, for measurements: nothing is logged."""

from portal.settings.dev import *  # noqa: F403 - a settings module is its names
from portal.settings.dev import ALLOWED_HOSTS, LOGGING

ALLOWED_HOSTS = [*ALLOWED_HOSTS, "testserver"]
ROOT_URLCONF = "benchmarks.floor"
for _logger in (LOGGING["root"], *LOGGING["loggers"].values()):
    _logger["level"] = "ERROR"
