"""In the Wagtail admin the registry and the board can be looked up, and changed by nobody."""

import pytest
from django.urls import reverse

from tests.factories.assets_registry import AssetFactory
from tests.factories.steering import DecisionFactory, MeetingFactory
from tests.factories.take_up import AdoptionFactory, BenefitFactory

KINDS = {"asset": AssetFactory, "adoption": AdoptionFactory, "benefit": BenefitFactory}
BOARD = {"decision": DecisionFactory, "meeting": MeetingFactory}


@pytest.mark.parametrize(("name", "factory"), [*KINDS.items(), *BOARD.items()])
def test_staff_look_and_change_nothing(signed_in, root_user, name, factory):
    row = factory()
    client = signed_in(root_user)

    assert client.get(reverse(f"{name}:index")).status_code == 200
    assert client.get(reverse(f"{name}:inspect", args=[row.pk])).status_code == 200
    for deed, keys in (("add", []), ("edit", [row.pk]), ("delete", [row.pk])):
        assert client.post(reverse(f"{name}:{deed}", args=keys)).status_code in {302, 403}
    assert type(row).objects.filter(pk=row.pk).exists()


@pytest.mark.parametrize("name", [*KINDS, *BOARD])
def test_others_do_not_come_in(client, signed_in, amina, name):
    assert client.get(reverse(f"{name}:index")).status_code == 302
    assert signed_in(amina).get(reverse(f"{name}:index")).status_code in {302, 403}
