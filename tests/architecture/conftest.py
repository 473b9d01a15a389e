"""Records to put into addresses."""

import pytest

from assets_registry.models import AssetUpload, ProblemReport
from core import clock
from tests.factories.assets_registry import AssetFactory
from tests.factories.events import EventFactory, SignUpFactory
from tests.factories.projects import (
    BusinessCaseFactory,
    DiscoveryFactory,
    NeedFactory,
    ProjectFactory,
    PrototypeFactory,
)
from tests.factories.steering import DecisionFactory, MeetingFactory
from tests.factories.take_up import AdoptionFactory, CommitmentFactory, MeasurementFactory
from tests.factories.voting import BallotFactory, OptionFactory
from voting.models import Ballot


@pytest.fixture
def records(harlow, amina, grace):
    """One record for each beginning of an address: what stands in for its first argument."""
    need = NeedFactory(council=harlow, raised_by=amina)
    asset = AssetFactory(owner=harlow, registered_by=amina)
    adoption = AdoptionFactory(asset=asset, council=harlow, declared_by=amina)
    ballot = BallotFactory(state=Ballot.State.OPEN, opened_at=clock.now())
    OptionFactory.create_batch(2, ballot=ballot)
    problem = ProblemReport.objects.create(asset=asset, reason="wrong", note="It is older.", reported_by=amina)
    sign_up = SignUpFactory(person=amina)
    meeting, decision = MeetingFactory(), DecisionFactory()
    return {
        "board/meetings": meeting.day,
        "board/decisions": decision.number,
        "board/cases": BusinessCaseFactory(project__lead_council=harlow).pk,
        "needs": need.slug,
        "discoveries": DiscoveryFactory().slug,
        "prototypes": PrototypeFactory().slug,
        "projects": ProjectFactory(lead_council=harlow).slug,
        "events": EventFactory().slug,
        "sign-ups": sign_up.reference,
        "votes": ballot.reference,
        "board/promises/measurements": MeasurementFactory(waiting=True).pk,
        "board/promises": MeasurementFactory(promise__claimed=6).promise.pk,
        "assets/adoptions": adoption.pk,
        "assets/problems": problem.pk,
        "assets/commitments": CommitmentFactory(asset=asset, council=harlow, proposed_by=amina).pk,
        "assets/uploads": AssetUpload.objects.create(owner=harlow, uploaded_by=amina, total=1).pk,
        "assets": asset.slug,
        "councils": "harlow",
        "people": amina.pk,
    }


@pytest.fixture
def short_pages(short_directory, monkeypatch):
    """The story takes its time to draw, as do long lists of councils and services; they say nothing here."""
    monkeypatch.setattr("story.templatetags.story.chain_of", lambda *args: [])
