"""Production's settings for measurements: no page is kept, and static files need not have been collected."""

from portal.settings.production import *  # noqa: F403 - a settings module is its names
from portal.settings.production import STORAGES

ROOT_URLCONF = "benchmarks.floor"
PAGES_KEPT_SECONDS = 0
STORAGES = STORAGES | {"staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}}
