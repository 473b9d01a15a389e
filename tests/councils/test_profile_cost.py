"""A council's page costs the same for ten times the rows: at most 20 queries for strangers, with nothing kept."""

import datetime as dt

import pytest
from django.core.cache import cache
from django.db import connection
from django.test.utils import CaptureQueriesContext

from councils.models import WebsiteStars
from projects.models import StatusUpdate
from tests.factories.accounts import UserFactory
from tests.factories.assets_registry import AssetFactory
from tests.factories.councils import MembershipFactory, OrganisationFactory, SystemFactory, replaced_by
from tests.factories.projects import NeedFactory, ProjectFactory
from tests.factories.publishing import publish_case_study
from tests.factories.take_up import AdoptionFactory

pytestmark = pytest.mark.django_db


def fill(council, before, times):
    """Rows of every section of the page, of the council and of one that it took over."""
    for n in range(times):
        for each in (council, before):
            NeedFactory(council=each)
            AssetFactory(owner=each)
            NeedFactory().supports.create(council=each, joined_by=UserFactory())
            AdoptionFactory(council=each)
            project = ProjectFactory(lead_council=each, running=True)
            StatusUpdate.objects.create(project=project, line="Sketches tested.", by=UserFactory())
            ProjectFactory().partners.add(each)
            publish_case_study(each, title=f"Study {times} {n} of {each.pk}")
        SystemFactory(council=council)
        MembershipFactory(organisation=council, may_be_asked=n % 2 == 0)
        WebsiteStars.objects.create(council=council, year=2000 + times + n, stars=3, source="Better Connected")
        other = OrganisationFactory()
        AdoptionFactory(council=other)
        replaced_by(council, old=OrganisationFactory())


@pytest.mark.parametrize(("reader", "most"), [("nobody", 20), ("a member", 25)])
def test_it_costs_the_same_for_ten_times_the_rows(client, harlow, amina, reader, most):
    before = OrganisationFactory()
    replaced_by(harlow, old=before, ends_on=dt.date(2020, 3, 31))
    if reader == "a member":
        client.force_login(amina)

    def cost():
        cache.clear()
        client.get("/councils/harlow/")  # what is built once, and the session
        cache.clear()
        with CaptureQueriesContext(connection) as asked:
            assert client.get("/councils/harlow/").status_code == 200
        return [query["sql"] for query in asked]

    fill(harlow, before, 1)
    few = cost()
    fill(harlow, before, 10)
    many = cost()

    assert len(many) == len(few) <= most, "\n".join(many)
