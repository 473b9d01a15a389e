"""Production: PostgreSQL, Redis, Elasticsearch, behind a proxy. Refuses to start with unsafe settings."""

from portal.settings import env
from portal.settings.base import *  # noqa: F403 - a settings module is its names
from portal.settings.base import ALLOWED_HOSTS, BASE_DIR, BASE_URL, DATABASES, DEMO

SECRET_KEY = env.text("SECRET_KEY", example="fifty random characters")
SECRET_KEY_FALLBACKS = env.words("SECRET_KEY_FALLBACKS")


def _refuse_unsafe() -> None:
    refusals = {
        "DEBUG=1 shows strangers the inside of the site; leave DEBUG out": env.flag("DEBUG"),
        "DEMO=1 lets anyone become anyone; leave DEMO out": DEMO,
        "SECRET_KEY is one that others know or shorter than 50 characters; make one with: "
        "python -c 'import secrets; print(secrets.token_urlsafe(50))'": len(SECRET_KEY) < 50
        or SECRET_KEY.startswith("only-for-"),
        "ALLOWED_HOSTS may not hold *; name the hosts, as in: ALLOWED_HOSTS=portal.example.org": not ALLOWED_HOSTS
        or any("*" in host for host in ALLOWED_HOSTS),
        "DATABASE_URL is SQLite or missing; name a PostgreSQL server, as in: "
        "DATABASE_URL=postgres://portal:secret@db:5432/portal": "postgresql" not in DATABASES["default"]["ENGINE"],
        "BASE_URL must begin with https://, as in: BASE_URL=https://portal.example.org": not BASE_URL.startswith(
            "https://"
        ),
    }
    for sentence, refused in refusals.items():
        if refused:
            raise SystemExit(f"Not started: {sentence}.")


_refuse_unsafe()

SESSION_COOKIE_NAME = "__Host-session"
CSRF_COOKIE_NAME = "__Host-csrf"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = True
SECURE_HSTS_SECONDS = 365 * 24 * 3600
SECURE_HSTS_INCLUDE_SUBDOMAINS = True
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
SECURE_SSL_REDIRECT = True
SECURE_REDIRECT_EXEMPT = [r"^healthz$", r"^readyz$"]
STATIC_ROOT = BASE_DIR / "static-collected"  # made with the image
WHITENOISE_USE_FINDERS = False
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
# A vote that was acknowledged must survive a crash of the server.
DATABASES["default"]["OPTIONS"]["options"] = "-c synchronous_commit=on -c lock_timeout=10s -c statement_timeout=60s"
