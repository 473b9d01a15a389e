"""Production's settings for measurements: static files need not have been collected."""

from portal.settings.production import *  # noqa: F403 - a settings module is its names
from portal.settings.production import STORAGES

ROOT_URLCONF = "benchmarks.floor"
STORAGES = STORAGES | {"staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}}
