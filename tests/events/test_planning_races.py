"""Two who plan at once: events of one title get an address each, a person is invited once, copies are one series.

The first has a control in which nobody takes another address.
"""

import pytest
from django.db import IntegrityError

from core import addresses
from core.errors import Refused
from councils.models import Membership
from events.inviting.operations import invite
from events.models import Event, Invitation
from events.programme.operations import publish_event
from events.series.operations import copy_event
from projects.discoveries.operations import judge_feasibility
from projects.models import Discovery
from tests.events.test_programme import plan
from tests.factories.councils import MembershipFactory
from tests.factories.events import EventFactory
from tests.factories.projects import DiscoveryFactory
from tests.race import all_at_once, problems, slowly

pytestmark = pytest.mark.django_db(transaction=True)


def of_one_title(fatima, monkeypatch):
    """Four who publish an event of one title, each having looked up what is free before any has saved."""
    monkeypatch.setattr(addresses, "_taken", slowly(addresses._taken))
    fields = plan()
    return all_at_once([lambda: publish_event(by=fatima, **fields)] * 4)


def test_two_events_of_one_title_made_at_once_are_two_events_with_an_address_each(fatima, monkeypatch):
    results = of_one_title(fatima, monkeypatch)

    assert problems(results) == []
    assert {event.slug for event in results} == {
        "discovery-day-parking", *(f"discovery-day-parking-{n}" for n in (2, 3, 4)),
    }  # fmt: skip
    assert Event.objects.count() == 4


@pytest.mark.usefixtures("guard_off")
def test_without_taking_another_address_one_of_them_fails(fatima, monkeypatch):
    monkeypatch.setattr(addresses, "MOST_ATTEMPTS", 1)
    results = [result for _ in range(5) for result in problems(of_one_title(fatima, monkeypatch))]

    assert results, "the race does not show that two looked at once"


def test_two_who_invite_the_same_council_at_once_write_to_each_person_once(fatima, sunita, harlow):
    for _ in range(3):
        MembershipFactory(organisation=harlow, role=Membership.Role.LEAD)
    event = EventFactory()

    results = all_at_once([lambda by=by: invite(event, by=by, councils=[harlow]) for by in (fatima, sunita)])

    assert problems(results) == []
    assert sorted(map(len, results)) == [0, 3]
    assert Invitation.objects.count() == 3


def test_two_who_copy_at_once_make_one_series(fatima, sunita):
    event = EventFactory()
    hours = {"starts_at": event.starts_at, "ends_at": event.ends_at}

    results = all_at_once(
        [lambda by=by: copy_event(event, by=by, title="Again", in_series=True, **hours) for by in (fatima, sunita)]
    )

    assert problems(results) == []
    assert len({copy.series_id for copy in results}) == 1
    assert Event.objects.filter(series=results[0].series).count() == 3


def test_a_verdict_taken_back_at_that_moment_keeps_the_day_from_being_planned_or_comes_after_it(fatima):
    for _ in range(3):
        discovery = DiscoveryFactory(feasibility="feasible", feasibility_reason="The figures exist.")
        discovery.priority_issues.create(wording="Nobody knows the charges")
        discovery.potential_projects.create(title="Calculator", scope="A page")
        day = plan(kind=Event.Kind.CO_DESIGN_DAY, discovery=discovery)

        planned, judged = all_at_once(
            [
                lambda day=day: publish_event(by=fatima, **day),
                lambda one=discovery: judge_feasibility(one, verdict="not_feasible", reason="The law.", by=fatima),
            ]
        )

        assert not isinstance(judged, Exception), judged
        assert isinstance(planned, (Event, Refused)), planned
        assert Discovery.objects.get(pk=discovery.pk).feasibility == "not_feasible"
        assert not isinstance(planned, IntegrityError)
