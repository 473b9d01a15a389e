"""Settings of the tests: quick hashes, mail in memory, an index and files of their own."""

import os
import tempfile
from pathlib import Path
from urllib.parse import urlsplit

from core import logs
from portal.settings.base import *  # noqa: F403 - a settings module is its names

SECRET_KEY = "only-for-tests-0123456789-abcdefghijklmnopqrstuvwxyz"  # noqa: S105 - guards nothing
ALLOWED_HOSTS = ["testserver", "localhost", "127.0.0.1"]
BASE_URL = "http://testserver"
CSRF_TRUSTED_ORIGINS = [BASE_URL]
PORTAL_DATA = Path(os.environ.get("PORTAL_TEST_DATA") or tempfile.mkdtemp(prefix="portal-tests-"))
BALLOT_KEYS = PORTAL_DATA.with_name(f"{PORTAL_DATA.name}-keys")
WHITENOISE_AUTOREFRESH = True  # else each test client begins by listing every static file
PAGES_KEPT_SECONDS = 0  # a test that rolls back leaves no version behind it
VIEWS_ADDED_SECONDS = 0  # no thread beside a test
MEDIA_ROOT = PORTAL_DATA / "media"
SEARCH_INDEX = PORTAL_DATA / "index"
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
MAIL_TRANSPORT = "django.core.mail.backends.locmem.EmailBackend"
OUTSIDE_ASK, OUTSIDE_RESOLVE = "tests.outside.ask", "tests.outside.resolve"  # no test leaves this machine
LOGGING = logs.only_problems("ERROR")
if "sqlite" in DATABASES["default"]["ENGINE"]:  # noqa: F405 - from base
    # A file, because threads that race for a place need a database they can share.
    DATABASES["default"]["TEST"] = {"NAME": PORTAL_DATA / "test.sqlite3"}  # noqa: F405 - from base
    # The tests ask more different statements than the 128 that are else kept, and to prepare one again costs more than
    # to run it.
    DATABASES["default"]["OPTIONS"]["cached_statements"] = 3000  # noqa: F405 - from base
else:
    # What a test commits need not survive a crash.
    DATABASES["default"]["OPTIONS"]["options"] = "-c synchronous_commit=off"  # noqa: F405 - from base
if REDIS_URL:  # noqa: F405 - from base
    # Tests run side by side and each begins by emptying the cache, so every worker has a Redis of its own.
    worker = int(os.environ.get("PYTEST_XDIST_WORKER", "gw0").removeprefix("gw")) + 1
    CACHES["default"]["LOCATION"] = urlsplit(REDIS_URL)._replace(path=f"/{worker}").geturl()  # noqa: F405 - from base
    CHANNEL_LAYERS["default"]["CONFIG"]["prefix"] = f"tests-{worker}"  # noqa: F405 - from base
