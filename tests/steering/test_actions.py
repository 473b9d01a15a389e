"""The board gives an action to one body by a day; it is open until it is done, and late is computed."""

import datetime as dt

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.template.loader import render_to_string

from core import clock
from core.errors import Refused
from core.inbox import Reader
from councils.models import Membership
from outbox.models import Message
from steering.emails import action_given
from steering.inbox import actions_of_our_body
from steering.models import BoardAction
from steering.operations import finish_action, give_action, move_action
from steering.permissions import can_finish_action
from steering.signals import overdue_actions
from tests.factories.accounts import UserFactory
from tests.factories.councils import MembershipFactory
from tests.factories.projects import ProjectFactory
from tests.factories.steering import BoardActionFactory, BoardSeatFactory, MeetingFactory, MeetingItemFactory
from tests.pages import words
from tests.steering.motions import in_days


@pytest.fixture
def lga(db):
    return BoardSeatFactory(body__name="LGA", body__slug="lga", representative=UserFactory(name="Lee Hall"))


@pytest.fixture
def action(lga, sunita):
    return give_action(title="Write to the four waste suppliers", owner=lga.body, due_on=in_days(7), by=sunita)


def test_the_secretariat_gives_an_action_to_one_body_by_a_day_from_today_on(lga, sunita, boris):
    asked = {"title": "Write", "owner": lga.body, "due_on": in_days(0)}
    assert give_action(**asked, by=sunita).owner == lga.body
    for field, wrong in (("title", {"title": " "}), ("due_on", {"due_on": in_days(-1)})):
        with pytest.raises(Refused) as refusal:
            give_action(**asked | wrong, by=sunita)
        assert refusal.value.field == field
    with pytest.raises(PermissionDenied):
        give_action(**asked, by=boris)


def test_the_leads_of_a_council_without_a_seat_are_mailed_what_the_board_asks_until_it_is_done(lga, harlow, sunita):
    lead = MembershipFactory(organisation=harlow, role=Membership.Role.LEAD).person
    MembershipFactory(organisation=harlow, role=Membership.Role.PUBLISHER)
    MembershipFactory(organisation=lga.body, role=Membership.Role.LEAD)

    give_action(title="Write", owner=lga.body, due_on=in_days(7), by=sunita)
    action = give_action(title="Lend two testers", owner=harlow, due_on=in_days(7), by=sunita)

    assert list(Message.objects.values_list("kind", "person")) == [("steering.action_given", lead.pk)]
    letter = action_given(action, lead)
    text = render_to_string(f"{letter.template}.txt", letter.context)
    assert "Lend two testers" in text
    assert action.get_absolute_url() in text
    assert action_given(finish_action(action, words="Lent.", by=lead), lead) is None


def test_its_owner_s_representative_or_the_secretariat_says_that_it_is_done_and_nobody_else(action, lga, sunita, boris):
    other = BoardSeatFactory(representative=UserFactory()).representative
    for person in (boris, other):
        with pytest.raises(PermissionDenied):
            finish_action(action, words="Done.", by=person)
    with pytest.raises(Refused, match="Say what was done"):
        finish_action(action, words=" ", by=sunita)

    done = finish_action(action, words="All four answered.", by=lga.representative)

    assert (done.done_on, done.done_words) == (clock.today(), "All four answered.")
    with pytest.raises(Refused, match="It was done on"):
        finish_action(action, words="Again.", by=sunita)


def test_an_action_that_is_done_says_what_was_done(action):
    with pytest.raises(IntegrityError), transaction.atomic():
        BoardAction.objects.filter(pk=action.pk).update(done_on=clock.today())


@pytest.mark.parametrize(("role", "may"), [("contributor", False), ("publisher", True), ("lead", True)])
def test_who_publishes_for_the_owner_has_it_in_their_week_and_says_that_it_is_done(harlow, sunita, role, may):
    action = give_action(title="Point 3, security: no test", owner=harlow, due_on=in_days(7), by=sunita)
    person = MembershipFactory(organisation=harlow, role=role).person

    lines = actions_of_our_body(Reader(person, since=clock.now()))

    assert [line.title for line in lines] == (["Point 3, security: no test"] if may else [])
    assert can_finish_action(person, action) == may
    if may:
        assert finish_action(action, words="It was tested.", by=person).done_on == clock.today()
    else:
        with pytest.raises(PermissionDenied):
            finish_action(action, words="It was tested.", by=person)


def test_its_day_is_moved_by_the_secretariat_with_a_reason_that_everybody_reads(client, action, lga, sunita):
    with pytest.raises(PermissionDenied):
        move_action(action, due_on=in_days(30), reason="Later.", by=lga.representative)
    for field, wrong in (("due_on", {"due_on": in_days(-1)}), ("reason", {"reason": " "})):
        with pytest.raises(Refused) as refusal:
            move_action(action, **{"due_on": in_days(30), "reason": "Later.", **wrong}, by=sunita)
        assert refusal.value.field == field

    move_action(action, due_on=in_days(30), reason="One supplier was sold.", by=sunita)

    assert "One supplier was sold." in words(client.get(action.get_absolute_url()))


def test_it_is_late_from_the_day_after_it_was_due(action):
    with clock.at(dt.datetime.combine(action.due_on, dt.time(12))):
        assert not action.is_overdue
    with clock.at(dt.datetime.combine(action.due_on, dt.time(12)) + dt.timedelta(days=1)):
        assert action.is_overdue


def test_the_register_is_narrowed_by_state_and_owner_and_goes_out_as_a_file(client, action, lga):
    BoardActionFactory(title="Late one", due_on=in_days(-31))
    BoardActionFactory(title="Done one", done_on=in_days(-1), done_words="It is.")

    def shown(query: str) -> set[str]:
        page = words(client.get(f"/board/actions/{query}"))
        return {title for title in ("four waste suppliers", "Late one", "Done one") if title in page}

    assert shown("") == {"four waste suppliers", "Late one", "Done one"}
    assert shown("?state=overdue") == {"Late one"}
    assert shown("?state=open") == {"four waste suppliers"}
    assert shown("?state=done") == {"Done one"}
    assert shown("?owner=lga") == {"four waste suppliers"}
    assert "31 days late" in words(client.get("/board/actions/?state=overdue"))
    assert "It is." in client.get("/board/actions/?format=csv").content.decode()


def test_a_late_action_waits_for_the_board_and_turns_its_project_s_suggestion(client, action):
    project, other = ProjectFactory.create_batch(2)
    late = BoardActionFactory(title="Ask the DVLA", due_on=in_days(-31), project=project)
    BoardActionFactory(project=other)

    assert "Action: Ask the DVLA" in words(client.get("/board/"))
    found = overdue_actions([project, other])
    assert list(found) == [project.pk]
    (signal,) = found[project.pk]
    assert signal.url == late.get_absolute_url()
    assert "overdue by 31 days: Ask the DVLA" in signal.words


def test_an_action_given_on_an_item_is_about_the_item_s_project(signed_in, lga, sunita):
    project = ProjectFactory()
    item = MeetingItemFactory(meeting=MeetingFactory(day=in_days(-1)), project=project)
    day = in_days(20)
    form = {"title": "Write", "owner": lga.body.pk}
    form |= {"due_on_day": day.day, "due_on_month": day.month, "due_on_year": day.year}
    page = signed_in(sunita)

    for asked in (item.pk, "x", "99999999999999999999"):
        page.post(f"/board/actions/new/?meeting={item.meeting.day}&item={asked}", form)

    assert list(BoardAction.objects.order_by("pk").values_list("project", flat=True)) == [project.pk, None, None]


def test_an_action_is_given_from_the_page_of_the_meeting_and_done_by_plain_posts(signed_in, lga, sunita):
    meeting = MeetingFactory(day=in_days(-1))
    day = in_days(20)
    form = {
        "title": "Write",
        "owner": lga.body.pk,
        "due_on_day": day.day,
        "due_on_month": day.month,
        "due_on_year": day.year,
    }

    given = signed_in(sunita).post(f"/board/actions/new/?meeting={meeting.day}", form)

    action = BoardAction.objects.get()
    assert (given.url, action.meeting) == (meeting.get_absolute_url(), meeting)
    page = signed_in(lga.representative)
    assert "Say that it is done" in words(page.get(action.get_absolute_url()))
    page.post(f"{action.get_absolute_url()}done/", {"words": "All answered."})
    assert BoardAction.objects.get().done_words == "All answered."
    assert "All answered." in words(page.get(action.get_absolute_url()))
