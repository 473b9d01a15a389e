"""Production's settings for measurements: static files need not have been collected."""

import os

from portal.settings.production import *  # noqa: F403 - a settings module is its names
from portal.settings.production import DATABASES, STORAGES

ROOT_URLCONF = "benchmarks.floor"
STORAGES = STORAGES | {"staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}}

if os.environ.get("COMMITS_ARE_NOT_WAITED_FOR"):  # the control of votes that outlive a crash
    options = DATABASES["default"]["OPTIONS"]
    options["options"] = options["options"].replace("synchronous_commit=on", "synchronous_commit=off")
