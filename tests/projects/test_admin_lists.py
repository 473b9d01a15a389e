"""The admin lists needs, discoveries and projects, with search and filters."""

import pytest
from django.urls import reverse

from tests.factories.projects import DiscoveryFactory, NeedFactory, ProjectFactory


@pytest.fixture
def admin(signed_in, root_user):
    return signed_in(root_user)


@pytest.mark.parametrize(
    ("name", "factory"), [("need", NeedFactory), ("discovery", DiscoveryFactory), ("project", ProjectFactory)]
)
def test_rows_are_found_and_lead_to_their_page(admin, name, factory):
    record, other = factory(title="Blue badges"), factory(title="Bin days")

    everything = admin.get(reverse(f"{name}:index")).content.decode()
    found = admin.get(reverse(f"{name}:index"), {"q": "badge"}).content.decode()

    assert record.get_absolute_url() in everything
    assert other.get_absolute_url() in everything
    assert record.get_absolute_url() in found
    assert other.get_absolute_url() not in found


def test_a_filter_by_state_holds(admin):
    open_need, closed = NeedFactory(), NeedFactory(state="withdrawn")

    page = admin.get(reverse("need:index"), {"state": "withdrawn"}).content.decode()

    assert closed.get_absolute_url() in page
    assert open_need.get_absolute_url() not in page
