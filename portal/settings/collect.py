"""Only for `collectstatic` while an image is built: production's static files, without its secrets."""

from portal.settings.base import *  # noqa: F403 - a settings module is its names

SECRET_KEY = "only-while-building"  # noqa: S105 - guards nothing
WHITENOISE_USE_FINDERS = False
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
STATIC_ROOT = BASE_DIR / "static-collected"  # noqa: F405 - from base
