"""What leaves the site bears the site's own address, by whatever name it was asked."""

from pathlib import Path

import pytest
from django.conf import settings

from core.privacy import our_models
from tests.factories.events import EventFactory
from tests.factories.publishing import publish_case_study

# allauth makes its links from the request; the adapter puts the site's own in their place.
MAY_ASK_THE_REQUEST = {"accounts/adapters.py"}


def test_no_address_is_made_of_the_host_that_was_asked_for():
    apps = {model._meta.app_config.path for model in our_models()} | {settings.BASE_DIR / "core"}
    files = [file for app in apps for file in Path(app).rglob("*.py")]
    asking = {str(file.relative_to(settings.BASE_DIR)) for file in files if "build_absolute_uri" in file.read_text()}

    assert asking == MAY_ASK_THE_REQUEST


@pytest.mark.django_db
def test_tables_that_go_out_lead_to_the_sites_own_address(client, settings, harlow):
    settings.ALLOWED_HOSTS = ["other.example"]
    settings.BASE_URL = "https://portal.example"
    event = EventFactory()
    study = publish_case_study(council=harlow)

    def table(address):
        return client.get(f"{address}?format=csv", HTTP_HOST="other.example").content.decode()

    assert f"https://portal.example{event.get_absolute_url()}" in table("/events/")
    assert f"https://portal.example/case-studies/{study.slug}/" in table("/case-studies/")
