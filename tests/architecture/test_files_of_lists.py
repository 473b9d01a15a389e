"""What the cells of a list's file read is read with its rows, also where the rows of a test have none of it."""

import sys
from collections.abc import Iterator
from dataclasses import replace
from importlib import import_module
from itertools import chain
from uuid import uuid4

import pytest
from django.conf import settings
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts.lists import PEOPLE
from accounts.models import User
from assets_registry.health.lists import STEWARDS
from assets_registry.lists import ASSETS, LEGACY_ASSETS, UNPUBLISHED_ASSETS
from core.listing import Listing, ListQuery
from councils.lists import COUNCILS
from events.leads.lists import LEADS
from events.whats_on.lists import EVENTS
from kpis.services.lists import SERVICES
from kpis.volumes.models import ServiceArea
from outbox.lists import SENT
from outbox.models import Message
from projects.blocks.lists import BLOCKS
from projects.discoveries.lists import DISCOVERIES
from projects.interest.lists import OFFERS
from projects.needs.lists import NEEDS
from projects.portfolio.lists import PROJECTS
from publishing.lists import CASE_STUDIES
from steering.lists import ACTIONS, DECISIONS, PORTFOLIO, WHOLE_PORTFOLIO
from steering.models import Pack
from steering.packs.lists import PACKS
from surveys.fieldwork.lists import INVITATIONS
from surveys.models import Fieldwork
from take_up.lists import LEDGER
from tests.factories.accounts import UserFactory
from tests.factories.assets_registry import AssetFactory
from tests.factories.councils import OrganisationFactory, ServiceFactory
from tests.factories.events import EventFactory, LeadFactory
from tests.factories.projects import BlockFactory, DiscoveryFactory, InterestFactory, NeedFactory, ProjectFactory
from tests.factories.publishing import publish_case_study
from tests.factories.steering import BoardActionFactory, DecisionFactory, MeetingFactory
from tests.factories.surveys import a_running, an_invitation
from tests.factories.take_up import MeasurementFactory
from tests.factories.voting import BallotFactory
from voting.lists import VOTES

pytestmark = [pytest.mark.sql, pytest.mark.django_db]

NOBODY = 987_654_321  # no row has this key


def case_study():
    council = OrganisationFactory()
    return publish_case_study(council, slug=council.slug, service=ServiceFactory())


def message_to_root():
    return Message.objects.create(key=uuid4(), kind="any", person=User.objects.get(is_superuser=True))


def pack():
    return Pack.objects.create(meeting=MeetingFactory(), content={}, sha256="0" * 64, frozen_by=UserFactory())


def service_of_an_area():
    service = ServiceFactory()
    ServiceArea.objects.create(name=service.name, slug=service.slug).services.add(service)
    return service


MAKERS = {
    "actions": (ACTIONS, BoardActionFactory),
    "assets": (ASSETS, lambda: AssetFactory(state="published")),
    "legacy assets": (LEGACY_ASSETS, lambda: AssetFactory(legacy=True)),
    "assets not published": (UNPUBLISHED_ASSETS, lambda: AssetFactory(state="draft")),
    "blocks": (BLOCKS, lambda: BlockFactory(who_can_remove=OrganisationFactory())),
    "case studies": (CASE_STUDIES, case_study),
    "councils": (COUNCILS, OrganisationFactory),
    "decisions": (DECISIONS, DecisionFactory),
    "discoveries": (DISCOVERIES, DiscoveryFactory),
    "entries-that-need-care": (STEWARDS, lambda: AssetFactory(state="published")),
    "events": (EVENTS, EventFactory),
    "messages": (SENT, message_to_root),
    "needs": (NEEDS, NeedFactory),
    "offers": (OFFERS, InterestFactory),
    "packs": (PACKS, pack),
    "invitations-to-the-survey": (INVITATIONS, lambda: an_invitation(Fieldwork.objects.first() or a_running())),
    "people": (PEOPLE, UserFactory),
    "portfolio": (PORTFOLIO, ProjectFactory),
    "projects": (PROJECTS, ProjectFactory),
    "promises": (LEDGER, lambda: MeasurementFactory().promise),
    "savings": (LEADS, lambda: LeadFactory(person=UserFactory(), service=ServiceFactory())),
    "services": (SERVICES, service_of_an_area),
    "votes": (VOTES, lambda: BallotFactory(open=True)),
    "whole portfolio": (WHOLE_PORTFOLIO, ProjectFactory),
}


def rows_of(listing, user):
    return list(listing.table(user, ListQuery()).rows)


def without_what_was_not_read(row):
    """The row, and those read with it, where each key that was not followed leads nowhere: to follow it fails."""
    for field in row._meta.concrete_fields:
        if not field.is_relation or field.primary_key:
            continue
        if field.is_cached(row):
            if near := field.get_cached_value(row):
                without_what_was_not_read(near)
        else:
            setattr(row, field.attname, NOBODY)
    return row


def all_lists() -> Iterator[Listing]:
    import_module(settings.ROOT_URLCONF)
    modules = [module for name, module in sys.modules.items() if name.endswith(".lists")]
    return (each for each in chain(*(vars(module).values() for module in modules)) if isinstance(each, Listing))


def test_each_list_stands_here():
    assert {each.name for each in all_lists()} == {listing.name for listing, _ in MAKERS.values()}


def test_no_two_lists_share_a_name():
    lists = {id(each): each.name for each in all_lists()}

    assert sorted(lists.values()) == sorted(set(lists.values()))


@pytest.mark.parametrize("name", MAKERS)
def test_a_file_costs_the_same_with_one_row_and_with_four(root_user, name):
    listing, make = MAKERS[name]
    rows_of(listing, root_user)  # which remembers what the reader may see
    numbers = []
    for more in (1, 3):
        made = [make() for _ in range(more)]
        with CaptureQueriesContext(connection) as queries:
            rows = rows_of(listing, root_user)
        assert len(rows) >= len(made)
        numbers.append(len(queries))

    assert numbers[0] == numbers[1]


@pytest.mark.parametrize("name", MAKERS)
def test_a_file_follows_no_key_that_was_not_read_with_its_rows(root_user, name):
    listing, make = MAKERS[name]
    make()
    bare = replace(listing, cells=lambda rows: listing.cells([without_what_was_not_read(row) for row in rows]))

    assert rows_of(bare, root_user) == rows_of(listing, root_user)
