"""The settings and versions below which the site may not fall, each for a known attack."""

from importlib.metadata import version

import pytest
from django.conf import settings
from packaging.version import Version


@pytest.mark.parametrize(
    ("package", "floor"),
    [
        ("django", "5.2.19"),
        ("wagtail", "8.0.1"),
        ("django-allauth", "65.21.1"),
        ("channels", "4.3.2"),
        ("channels-redis", "4.3.0"),
        ("modelsearch", "1.3.2"),
        ("elasticsearch-dsl", "8.18"),
    ],
)
def test_no_package_is_older_than_its_last_security_fix(package, floor):
    assert Version(version(package)) >= Version(floor)


def test_the_elasticsearch_client_matches_the_server():
    assert Version(version("elasticsearch")) < Version("9")


def test_no_page_is_kept_but_by_the_cache_that_knows_strangers_and_the_content_version():
    assert [name for name in settings.MIDDLEWARE if "cache" in name.lower()] == [
        "portal.serving.page_cache.PagesForStrangers"
    ]


def test_sessions_and_cookies_are_closed_to_scripts_and_other_sites():
    assert settings.SESSION_SAVE_EVERY_REQUEST is False
    assert settings.SESSION_COOKIE_HTTPONLY
    assert settings.SESSION_COOKIE_SAMESITE == "Lax"
    assert settings.CSRF_COOKIE_HTTPONLY
    assert settings.SIGNED_COOKIE_LEGACY_SALT_FALLBACK is False


def test_the_content_security_policy_lets_in_nothing_inline_and_nothing_foreign():
    directives = settings.CONTENT_SECURITY_POLICY["DIRECTIVES"]

    assert directives["script-src"] == ["'self'"]
    assert directives["style-src"] == ["'self'"]
    assert directives["frame-ancestors"] == ["'none'"]
    assert directives["object-src"] == ["'none'"]
    assert "unsafe-inline" not in str(directives)


def test_documents_pass_through_a_view_that_asks_who_may_read_them():
    assert settings.WAGTAILDOCS_SERVE_METHOD == "serve_view"
    assert settings.WAGTAILDOCS_EXTENSIONS
    assert "svg" not in settings.WAGTAILDOCS_EXTENSIONS
    assert settings.WAGTAILDOCS_PRIVATE_COLLECTION_OPTIONS == {"SHARED_PASSWORD": False}


def test_accounts_are_verified_and_never_joined_by_address_alone():
    assert settings.ACCOUNT_EMAIL_VERIFICATION == "mandatory"
    assert settings.ACCOUNT_PREVENT_ENUMERATION
    assert settings.SOCIALACCOUNT_EMAIL_AUTHENTICATION is False
    assert isinstance(settings.ALLAUTH_TRUSTED_PROXY_COUNT, int)


def test_sockets_open_for_whole_origins_only():
    assert settings.LIVE_ORIGINS
    assert all(origin.startswith(("http://", "https://")) for origin in settings.LIVE_ORIGINS)


def test_requests_are_limited_in_size():
    assert settings.DATA_UPLOAD_MAX_MEMORY_SIZE <= 2 * 1024 * 1024
    assert settings.DATA_UPLOAD_MAX_NUMBER_FIELDS <= 1000


def test_reading_takes_no_lock():
    assert settings.DATABASES["default"]["ATOMIC_REQUESTS"] is False
