"""A laptop: `make start`. Nothing but Python is needed."""

from core import logs
from portal.settings import env
from portal.settings.base import *  # noqa: F403 - a settings module is its names
from portal.settings.base import BASE_URL, DEMO

if BASE_URL.startswith("https://") and not DEMO:
    # A worker or a migration beside production's pages, whose variables it sees but not its settings.
    raise SystemExit(
        f"Not started: BASE_URL is {BASE_URL}, a production site, but these are a laptop's settings. "
        "Start its roles with sh deploy/run.sh, or set DJANGO_SETTINGS_MODULE=portal.settings.production."
    )

DEBUG = env.flag("DEBUG")
# Enough for a laptop, refused in production.
SECRET_KEY = env.text("SECRET_KEY", "only-for-a-laptop-0123456789-abcdefghijklmnopqrstuvwxyz")
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = True
LOGGING = logs.only_problems()
