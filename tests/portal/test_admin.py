"""Wagtail's admin wears the Alliance's mark."""

import pytest

pytestmark = pytest.mark.django_db


def test_the_admin_has_our_mark_as_logo_and_icon(signed_in, root_user):
    page = signed_in(root_user).get("/cms/").content.decode()

    assert '<img src="/static/design_system/mark.svg" alt="Local Digital Alliance"' in page
    assert '<link rel="icon" href="/static/design_system/mark.svg"' in page
    assert "images/favicon.ico" not in page
