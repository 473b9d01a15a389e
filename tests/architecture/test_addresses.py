"""Every address that no two rows share is taken in one way: who finds it taken at the last moment gets another."""

import datetime as dt

import pytest
from django.db import models

from accounts.roles import Role
from assets_registry.models import Asset
from assets_registry.operations import register_asset
from core import addresses, clock
from core.errors import Refused
from core.privacy import our_models
from councils.models import Organisation
from events.models import Event, Series
from events.programme.operations import draft_event
from events.series.operations import copy_event
from projects.blocks import operations as blocks
from projects.discoveries import operations as discoveries
from projects.models import Block, Discovery, Need, Project, Prototype
from projects.needs import operations as needs
from projects.portfolio import operations as portfolio
from steering.models import Meeting
from steering.operations import hold_meeting
from tests.factories.accounts import UserFactory, give_role
from tests.factories.councils import MembershipFactory
from tests.factories.events import EventFactory
from tests.factories.projects import DiscoveryFactory, ProjectFactory, PrototypeFactory
from tests.factories.steering import BoardSeatFactory
from tests.race import all_at_once
from voting.ballots import operations as ballots
from voting.models import Ballot

pytestmark = pytest.mark.django_db

TITLE = "Two at once"
# Unique, and not an address that operations make: why not.
OTHERS = {
    "accounts.User.email": "people's own",
    "accounts.SentForm.key": "a form's token, made at random",
    "assets_registry.MovedRepository.key": "what a forge said last stands; two at once say the same",
    "audit.ChainLink.previous": "a digest; two workers that add the same link say the same, and one of them stops",
    "audit.ChainLink.digest": "a digest of the lines and of the link before",
    "outbox.Message.key": "a digest of kind, reader and occasion; asked for again it is the same message",
    "councils.Organisation.slug": "the importer reads it off its list, and stops as a whole where two rows share one",
    "events.Skill.name": "the fourteen come with a migration; nobody adds one",
    "events.Skill.slug": "the fourteen come with a migration; nobody adds one",
    "councils.Service.slug": "the importer reads it off its list, and stops as a whole where two rows share one",
    "kpis.FactCard.slug": "stands in the file that is taken in, which stops as a whole where a card says otherwise",
    "kpis.FactQuestion.slug": "made anew with its title; the importer takes one that stands again",
    "kpis.FactQuestion.title": "taken again where it stands already, also where somebody else has just added it",
    "councils.Service.lgsl": "the standard's own number",
    "projects.Purpose.name": "the terms of reference, written by a migration",
    "projects.Purpose.order": "the terms of reference, written by a migration",
    "surveys.ResultsTable.slug": "the importer reads it off its file, and stops as a whole where two share one",
    "kpis.ServiceArea.name": "the importer takes it with its address, and stops as a whole where two areas share one",
    "kpis.ServiceArea.slug": "the importer reads it off its file; an area that stands is taken again",
    "kpis.VisitCount.key": "year and place; the importer stops as a whole where two rows share a place",
    "surveys.Wave.year": "one file for each year; the importer changes the wave that stands",
    "voting.Ballot.code": "made anew with the reference, by the same maker, where either is taken",
    "steering.Decision.number": "taken under the lock of the roster, together with the verdict on the case",
    "kpis.ReachMetric.slug": "the importer reads it off its file; a second time it is the same metric",
    "portal.Worker.name": "a process says its own",
    "search.Cursor.engine": "the name of a program",
}


def make_need(cast):
    words = {"who_for": "Residents", "what": f"{clock.now()}"}
    return needs.raise_need(by=cast["amina"], council=cast["harlow"], title=TITLE, **words)


def make_discovery(cast):
    return discoveries.start_discovery(by=cast["fatima"], title=TITLE, summary="About it", theme="Bins")


def make_prototype(cast):
    return discoveries.add_prototype(DiscoveryFactory(at_step_two=True), by=cast["fatima"], title=TITLE)


def make_project(cast):
    return portfolio.start_project(
        PrototypeFactory(), by=cast["fatima"], lead_council=cast["harlow"], title=TITLE, summary="About it"
    )


def make_block(cast):
    return blocks.raise_block(ProjectFactory(running=True), by=cast["fatima"], title=TITLE, what="It is not allowed.")


def make_asset(cast):
    return register_asset(by=cast["amina"], owner=cast["harlow"], name=TITLE, kind=Asset.Kind.CODE, summary="About it")


def make_event(cast):
    fields = {field: getattr(EventFactory.build(), field) for field in ("starts_at", "ends_at", "summary", "capacity")}
    return draft_event(by=cast["fatima"], title=TITLE, **fields)


def make_series(cast):
    hours = {field: getattr(EventFactory.build(), field) for field in ("starts_at", "ends_at")}
    return copy_event(EventFactory(title=TITLE), by=cast["fatima"], title="Again", in_series=True, **hours).series


def make_ballot(cast):
    event = EventFactory(co_design=True)
    return ballots.prepare_ballot(event, by=cast["fatima"], question=TITLE, prototypes=PrototypeFactory.create_batch(2))


def make_meeting(cast):
    seat = BoardSeatFactory()
    return hold_meeting(by=cast["sunita"], day=dt.date(2014, 9, 9), host=seat, place="Here")


MAKERS = {
    (Need, "slug"): make_need,
    (Discovery, "slug"): make_discovery,
    (Prototype, "slug"): make_prototype,
    (Project, "slug"): make_project,
    (Block, "slug"): make_block,
    (Asset, "slug"): make_asset,
    (Event, "slug"): make_event,
    (Series, "slug"): make_series,
    (Ballot, "reference"): make_ballot,
    (Meeting, "day"): make_meeting,
}


BY_CONSTRAINT = {"steering.Meeting.day"}  # but for meetings that were cancelled


def unique_addresses():
    """Unique columns that are no keys and no long random numbers, which nobody else can have."""
    for model in our_models():
        for field in model._meta.local_concrete_fields:
            is_key = field.primary_key or field.is_relation or isinstance(field, models.UUIDField)
            if field.unique and not is_key:
                yield model, field.name


def test_every_unique_address_has_its_maker_here_or_its_reason():
    named = {f"{model._meta.label}.{field}" for model, field in MAKERS} - BY_CONSTRAINT | set(OTHERS)

    assert {f"{model._meta.label}.{field}" for model, field in unique_addresses()} == named


@pytest.mark.parametrize(("model", "field"), MAKERS, ids=lambda value: getattr(value, "__name__", value))
def test_whoever_finds_an_address_taken_at_the_last_moment_gets_another_or_is_told(
    model, field, harlow, amina, fatima, sunita, monkeypatch
):
    cast = {"harlow": harlow, "amina": amina, "fatima": fatima, "sunita": sunita}
    make = MAKERS[model, field]
    first = make(cast)
    stale = iter([set()])
    look = addresses._taken
    monkeypatch.setattr(addresses, "_taken", lambda *about: next(stale, None) or look(*about))
    references = iter([getattr(first, field)])
    monkeypatch.setattr("voting.ballots.operations.drafts.new_reference", lambda: next(references, "another"))

    if model is Meeting:
        with pytest.raises(Refused, match="a meeting on that day already"):
            make(cast)
        return
    second = make(cast)

    assert second.pk != first.pk
    assert getattr(second, field) != getattr(first, field)


@pytest.mark.django_db(transaction=True)
def test_events_assets_and_meetings_made_at_the_same_moment_are_all_answered():
    harlow = Organisation.objects.get(slug="harlow")
    amina = MembershipFactory(organisation=harlow).person
    cast = {"harlow": harlow, "amina": amina}
    cast |= {"fatima": give_role(UserFactory(), Role.FACILITATOR), "sunita": give_role(UserFactory(), Role.SECRETARIAT)}

    events = all_at_once([lambda: make_event(cast)] * 4)
    assets = all_at_once([lambda: make_asset(cast)] * 4)
    meetings = all_at_once([lambda: make_meeting(cast)] * 4)

    assert len({event.slug for event in events}) == len({asset.slug for asset in assets}) == 4
    assert sum(isinstance(meeting, Meeting) for meeting in meetings) == 1
    assert sum(isinstance(meeting, Refused) for meeting in meetings) == 3, meetings
