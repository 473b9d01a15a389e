"""A task that still waits to send a mail when the site is updated asks the outbox for it, once, under each name that
it ever had.
"""

import datetime as dt
from importlib import import_module

import pytest
from django_tasks.base import Task
from django_tasks_db.models import DBTaskResult
from wagtail.models import TaskState

from assets_registry.models import Asset
from core import clock
from councils.models import Enquiry, Membership
from outbox.models import Message
from projects.models import NeedMove
from publishing.operations import submit_case_study
from take_up.models import Adoption
from take_up.operations import declare_adoption
from tests.factories.assets_registry import AssetFactory
from tests.factories.councils import MembershipFactory
from tests.factories.events import EventFactory, SignUpFactory
from tests.factories.projects import BusinessCaseFactory, NeedFactory
from tests.publishing.drafts import draft_of

pytestmark = pytest.mark.django_db

MODULES = (
    "assets_registry.tasks",
    "councils.tasks",
    "events.places.tasks",
    "projects.needs.tasks",
    "projects.portfolio.tasks",
    "publishing.tasks",
    "take_up.tasks",
)


def place(people, status="confirmed", **event):
    return [SignUpFactory(person=people["amina"], status=status, event=EventFactory(**event)).pk]


def offer(people, state):
    offers = SignUpFactory(person=people["amina"]).offers
    tomorrow = clock.now() + dt.timedelta(days=1)
    made = offers.create(giver=people["amina"], to_email="ada@example.org", expires_at=tomorrow, state=state)
    return [made.pk]


def event(people, **fields):
    there = EventFactory(**fields)
    SignUpFactory(person=people["amina"], event=there)
    return [there.pk]


def need(people, **fields):
    return [NeedFactory(raised_by=people["amina"], **fields).pk, people["ben"].pk]


def move(people):
    mine = [NeedFactory(raised_by=people["amina"]) for _ in range(2)]
    first, second = [NeedMove.objects.create(need=one, what="done", title="Bins", path="/assets/bins/") for one in mine]
    return [first.pk, people["amina"].pk, second.pk]


def case(people, **fields):
    return [BusinessCaseFactory(project__running=True, written_by=people["amina"], **fields).pk]


def asset(people):
    return [AssetFactory(owner=people["harlow"], state=Asset.State.WITH_PUBLISHER).pk, people["amina"].pk]


def adoption(people):
    council, status = people["harlow"], Adoption.Status.LIVE
    said = declare_adoption(AssetFactory(), by=people["amina"], council=council, status=status, since=clock.today())
    return [said.pk]


def membership(people, **fields):
    return [MembershipFactory(person=people["ben"], organisation=people["harlow"], **fields).pk]


def enquiry(people):
    asked = Enquiry.objects.create(asker=people["ben"], organisation=people["harlow"], address="/", words="Who?")
    return [asked.pk]


def step(people):
    return [submit_case_study(draft_of(people["harlow"], people["amina"]), by=people["amina"]).pk]


def returned(people):
    [key] = step(people)
    TaskState.objects.filter(pk=key).update(status="rejected")
    return [key]


def published(people):
    page = draft_of(people["harlow"], people["amina"])
    page.get_latest_revision().publish()
    return [page.pk, people["amina"].pk]


State = Membership.State
# What each task asked for, and what it was handed.
ASKED_FOR = {
    "email_confirmation": ("events.confirmation", place),
    "email_promotion": ("events.promotion", place),
    "email_cancellation": ("events.cancellation", lambda people: place(people, "cancelled")),
    "email_release": ("events.release", lambda people: place(people, "cancelled")),
    "email_reminder": ("events.reminder", place),
    "email_event_changed": ("events.changed", place),
    "email_event_cancelled": ("events.cancelled", lambda people: place(people, state="cancelled")),
    "email_offer": ("events.offer", lambda people: offer(people, "open")),
    "email_offer_accepted": ("events.offer_accepted", lambda people: offer(people, "accepted")),
    "tell_everyone_of_change": ("events.changed", event),
    "tell_everyone_of_cancelled_event": ("events.cancelled", lambda people: event(people, state="cancelled")),
    "tell_of_merged_need": (
        "projects.need_merged",
        lambda people: need(people, state="merged", merged_into=NeedFactory()),
    ),
    "tell_of_withdrawn_need": ("projects.need_withdrawn", lambda people: need(people, state="withdrawn")),
    "tell_of_move": ("projects.need_moved", move),
    "tell_of_submitted_case": ("projects.case_submitted", lambda people: case(people, state="submitted")),
    "tell_of_decided_case": (
        "projects.case_decided",
        lambda people: case(
            people, state="accepted", decided_on=clock.today(), decided_by_body="board", decision_number="D-1"
        ),
    ),
    "tell_of_waiting_asset": ("assets_registry.asset_waits", asset),
    "tell_of_waiting_adoption": ("take_up.adoption_waits", adoption),
    "tell_of_candidate": ("councils.candidate_waits", lambda people: membership(people, state=State.CANDIDATE)),
    "tell_of_confirmation": ("councils.membership_confirmed", membership),
    "tell_of_end": ("councils.membership_ended", lambda people: membership(people, state=State.ENDED)),
    "ask_to_affirm": ("councils.asked_to_affirm", lambda people: membership(people, asked_to_affirm_at=clock.now())),
    "send_enquiry": ("councils.enquiry", enquiry),
    "mail_waiting": ("publishing.page_waits", step),
    "mail_returned": ("publishing.page_returned", returned),
    "mail_published": ("publishing.page_published", published),
}


def tasks_of(module):
    return [(module, name) for name, value in vars(import_module(module)).items() if isinstance(value, Task)]


@pytest.mark.parametrize(
    ("module", "name"), [each for module in (*MODULES, "events.tasks", "projects.tasks") for each in tasks_of(module)]
)
def test_it_asks_for_its_message_and_asked_twice_it_is_sent_once(
    module, name, harlow, amina, ben, grace, boris, deliver
):
    kind, made = ASKED_FOR[name]
    keys = made({"harlow": harlow, "amina": amina, "ben": ben})
    Message.objects.all().delete()  # what the operations of today asked for
    waits = DBTaskResult(task_path=f"{module}.{name}", backend_name="default")

    for _ in range(2):
        waits.task.call(*keys)

    assert Message.objects.get().kind == kind
    assert len(deliver()) == 1


def test_each_task_of_before_is_known():
    assert {name for module in MODULES for _, name in tasks_of(module)} == set(ASKED_FOR)
