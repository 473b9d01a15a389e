"""A laptop: `make start`. Nothing but Python is needed."""

from portal.settings import env
from portal.settings.base import *  # noqa: F403 - a settings module is its names

DEBUG = env.flag("DEBUG")
# Enough for a laptop, refused in production.
SECRET_KEY = env.text("SECRET_KEY", "only-for-a-laptop-0123456789-abcdefghijklmnopqrstuvwxyz")
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = True
LOGGING["loggers"]["django_structlog"]["level"] = "WARNING"  # noqa: F405 - from base
