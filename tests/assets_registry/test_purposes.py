"""An asset is tagged with purposes of the Alliance and its campaign: by its form."""

import pytest

from assets_registry.models import Asset
from assets_registry.operations import mark_of
from core.forms import as_sent
from projects.models import Purpose
from tests.assets_registry.test_entering import ENTRY

pytestmark = pytest.mark.django_db


@pytest.fixture
def two():
    return list(Purpose.objects.of_the_alliance()[:1]) + list(Purpose.objects.filter(kind="campaign")[:1])


def test_the_form_keeps_what_is_chosen_and_lets_it_be_changed(signed_in, amina, harlow, two):
    client = signed_in(amina)
    client.post("/assets/register/", {**ENTRY, "owner": harlow.pk, "purposes": [each.pk for each in two]})
    asset = Asset.objects.get()
    assert set(asset.purposes.all()) == set(two)

    address = f"/assets/{asset.slug}/edit/"
    sent = as_sent(client.get(address).context["form"])
    assert sent["purposes"] == [each.pk for each in two]
    client.post(address, {**sent, "purposes": [two[1].pk], "read_as": mark_of(asset)})

    assert list(asset.purposes.all()) == two[1:]
