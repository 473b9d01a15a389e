"""Those who lead a project are asked for its update once when it is due and once when it is overdue, with a link.

The link needs no account, is good for one project and one update, and changes nothing until its one button is pressed.
"""

import datetime as dt
import re
from html import unescape

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client

from audit.models import AuditEvent
from core import clock
from core.errors import Refused
from councils.models import Membership
from outbox.models import Message
from projects.models import Project
from projects.portfolio import links, nudging
from projects.portfolio.operations import post_update
from tests.factories.councils import MembershipFactory
from tests.factories.projects import ProjectFactory
from tests.projects.days import noon

pytestmark = pytest.mark.django_db


@pytest.fixture
def late(harlow, grace):
    """A project whose update was due three days ago, with one line."""
    project = ProjectFactory(title="Permits", running=True, lead_council=harlow, last_updated_at=noon(17))
    project.updates.create(line="Third council live.", by=grace, at=noon(17), rating="green", suggested="green")
    return project


def read(response):
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", response.content.decode())).split())


def link_of(mail):
    return re.search(r"http://testserver(/still-accurate/\S+)", mail.body)[1]


def silent_for(project, days):
    Project.objects.filter(pk=project.pk).update(last_updated_at=noon(days))
    project.refresh_from_db()


def test_its_publishers_and_leads_are_asked_once_when_it_is_due(late, grace, harlow, amina, deliver):
    publisher = MembershipFactory(organisation=harlow, role=Membership.Role.PUBLISHER).person

    for _ in range(3):
        nudging.ask_for_updates()
    mails = deliver()

    assert {mail.to[0] for mail in mails} == {grace.email, publisher.email}
    assert len(mails) == 2
    assert mails[0].subject == "An update is due: Permits"
    assert "“Third council live.”" in mails[0].body
    assert "promised one line on “Permits” every 2 weeks" in mails[0].body
    assert "You need not sign in" in mails[0].body


@pytest.mark.parametrize(("days", "mails"), [(14, 0), (15, 1), (29, 1), (56, 1), (57, 0), (400, 0)])
def test_they_are_asked_while_it_is_due_or_overdue_and_not_while_it_sleeps(late, deliver, days, mails):
    silent_for(late, days)

    nudging.ask_for_updates()

    assert len(deliver()) == mails


def test_about_one_update_they_are_asked_once_when_it_is_due_and_once_when_it_is_overdue(late):
    due = late.next_update_due
    for rhythm, last, freshness in ((14, 17, "due"), (2, 5, "overdue")):  # the same update, seen sooner and later
        Project.objects.update(update_every_days=rhythm, last_updated_at=noon(last))
        late.refresh_from_db()
        assert (late.next_update_due, late.freshness) == (due, freshness)
        for _ in range(2):
            nudging.ask_for_updates()

    assert Message.objects.count() == 2


def test_nothing_is_said_where_there_is_an_update_by_the_time_the_mail_goes(late, grace, deliver):
    nudging.ask_for_updates()
    post_update(late, line="Fourth.", by=grace)

    assert deliver() == []


def test_a_project_of_the_record_or_without_a_council_is_not_asked_about(harlow, grace, deliver):
    ProjectFactory(lead_council=harlow, last_updated_at=noon(17))
    ProjectFactory(running=True, lead_council=None, last_updated_at=noon(17))

    nudging.ask_for_updates()

    assert deliver() == []


# The link ---------------------------------------------------------------------------------------------------


@pytest.fixture
def address(late, deliver):
    nudging.ask_for_updates()
    [mail] = deliver()
    return link_of(mail)


def test_the_link_scanner_that_only_reads_changes_nothing(client, address, late):
    for _ in range(2):
        assert client.get(address).status_code == 200
        assert client.head(address).status_code == 200

    assert late.updates.count() == 1
    assert "Is this still accurate?" in read(client.get(address))
    assert "“Third council live.”" in read(client.get(address))


def test_one_press_without_signing_in_confirms_the_last_line(client, address, late, grace):
    answer = client.post(address, follow=True)

    assert "The line still holds" in read(answer)
    late.refresh_from_db()
    update = late.updates.first()
    assert (update.said, update.by) == ("Still accurate: Third council live.", grace)
    assert late.freshness == Project.Freshness.FRESH
    line = AuditEvent.objects.get(action="projects.confirmed_update")
    assert (line.by, line.details) == (grace, {"by_link": True})


def test_pressed_twice_it_says_that_it_was_answered(client, address, late):
    client.post(address)

    answer = client.post(address, follow=True)

    assert "Nothing is asked for any more: the last update is of" in read(answer)
    assert late.updates.count() == 2


def test_an_update_written_meanwhile_answers_it_too(client, address, late, grace):
    post_update(late, line="Fourth council live.", by=grace)

    assert "Nothing is asked for any more" in read(client.get(address))
    client.post(address)
    assert late.updates.count() == 2


@pytest.mark.parametrize("change", [lambda token: token[:-1], lambda token: f"{token}x", lambda token: "x", str.upper])
def test_a_forged_link_is_a_clear_page_and_changes_nothing(client, address, late, change):
    token = address.split("/")[2]

    answer = client.post(f"/still-accurate/{change(token)}/")

    assert answer.status_code == 404
    assert "This link changes nothing" in read(answer)
    assert late.updates.count() == 1


def test_a_link_of_another_project_confirms_that_one_alone(client, address, late, harlow, grace):
    other = ProjectFactory(running=True, lead_council=harlow, last_updated_at=noon(17))
    other.updates.create(line="Other.", by=grace)

    client.post(links.link_for(other, grace).get_absolute_url())

    assert (other.updates.count(), late.updates.count()) == (2, 1)


def test_after_two_weeks_it_is_old_and_says_until_when_it_was_good(client, late, grace):
    old = links.UpdateLink(late, grace, late.next_update_due, clock.today() - dt.timedelta(days=1))

    for answer in (client.get(old.get_absolute_url()), client.post(old.get_absolute_url(), follow=True)):
        assert "This link was good until" in read(answer)
    assert late.updates.count() == 1


def test_whoever_left_the_council_confirms_nothing_any_more(client, address, late, grace):
    grace.memberships.update(state=Membership.State.ENDED)

    assert "no longer writes for the council" in read(client.post(address, follow=True))
    grace.is_active = False
    grace.save()
    assert client.post(address).status_code == 404
    assert late.updates.count() == 1


@pytest.mark.parametrize(
    ("state", "sentence"),
    [
        ({"stage": "stopped", "ended_on": dt.date(2026, 1, 1), "lesson": "L"}, "has ended"),
        ({"is_of_the_record": True}, "part of the record"),
        (
            {
                "paused_on": dt.date(2026, 1, 1),
                "paused_because": "L",
                "look_again_on": dt.date(2099, 1, 1),
                "lesson": "L",
            },
            "is paused",
        ),
    ],
)
def test_where_no_update_is_asked_for_the_link_says_so(client, address, late, state, sentence):
    Project.objects.filter(pk=late.pk).update(**state)

    assert sentence in read(client.post(address, follow=True))
    assert late.updates.count() == 1


def test_another_site_cannot_press_it(late, address):
    assert Client(enforce_csrf_checks=True).post(address).status_code == 403
    assert late.updates.count() == 1


# Asked by somebody ------------------------------------------------------------------------------------------


def test_the_secretariat_has_an_owner_asked_once_a_day(late, sunita, grace, deliver):
    nudging.nudge_owner(late, by=sunita)
    with pytest.raises(Refused, match="has been asked today"):
        nudging.nudge_owner(late, by=sunita)

    [mail] = deliver()
    assert (mail.to, mail.subject) == ([grace.email], "You are asked for an update: Permits")
    assert AuditEvent.objects.filter(action="projects.nudged_owner", by=sunita).count() == 1

    Project.objects.update(nudged_on=clock.today() - dt.timedelta(days=1))
    nudging.nudge_owner(late, by=sunita)


def test_who_may_have_an_owner_asked(late, grace, amina, boris, fatima):
    for person in (grace, amina, boris):
        with pytest.raises(PermissionDenied):
            nudging.nudge_owner(late, by=person)
    assert nudging.nudge_owner(late, by=fatima).was_nudged_today


def test_nobody_is_asked_for_what_is_not_due_or_where_nobody_would_read_it(late, fatima, grace):
    silent_for(late, 3)
    with pytest.raises(Refused, match="is not due yet"):
        nudging.nudge_owner(late, by=fatima)
    silent_for(late, 40)
    grace.memberships.update(state=Membership.State.ENDED)
    with pytest.raises(Refused, match="nobody could be asked"):
        nudging.nudge_owner(late, by=fatima)


@pytest.mark.parametrize("address", ["/projects/?freshness=overdue", "/board/?overdue=1"])
def test_the_button_stands_in_the_list_of_what_is_overdue_and_leads_back_to_it(
    client, signed_in, sunita, grace, late, address
):
    silent_for(late, 40)
    assert "Ask its owner" not in read(client.get(address))
    assert "Ask its owner" not in read(signed_in(grace).get(address))
    secretariat = signed_in(sunita)
    assert "Ask its owner for an update : Permits" in read(secretariat.get(address))

    answer = secretariat.post("/projects/permits/nudge/".replace("permits", late.slug), {"next": address}, follow=True)

    assert answer.redirect_chain[-1][0] == address
    assert "are asked for an update of “Permits”" in read(answer)
    assert "Its owner was asked today." in read(answer)
