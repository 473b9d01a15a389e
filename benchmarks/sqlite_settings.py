"""Production's sessions and addresses on SQLite, which production refuses: for promises in a smaller size."""

from core import logs
from portal.settings import env
from portal.settings.base import *  # noqa: F403 - a settings module is its names

SECRET_KEY = env.text("SECRET_KEY")
SESSION_COOKIE_NAME = "__Host-session"
CSRF_COOKIE_NAME = "__Host-csrf"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = True
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
LOGGING = logs.only_problems()
