"""A discovery leads its facilitator on by one button; the form of its day knows what the discovery knows."""

import datetime as dt

import pytest
from django.utils import timezone
from django.utils.html import strip_tags

from core.errors import Refused
from core.forms import as_sent
from core.inbox import Action
from councils.models import Service
from events.models import Event
from events.programme.operations import announce_draft, change_event, draft_event, publish_event
from projects.discoveries.actions import actions_of_discovery
from projects.discoveries.operations import add_priority_issue, judge_feasibility, scope_project
from projects.models import Discovery
from tests.events.test_programme import TYPED, plan
from tests.factories.councils import MembershipFactory
from tests.factories.events import EventFactory
from tests.factories.projects import DiscoveryFactory, NeedFactory, PrototypeFactory

pytestmark = pytest.mark.django_db

OUTPUTS = ("issue", "project", "verdict")


def discovery_with(*outputs, **fields):
    discovery = DiscoveryFactory(**fields)
    if "issue" in outputs:
        discovery.priority_issues.create(wording="Nobody knows the charges")
    if "project" in outputs:
        discovery.potential_projects.create(title="Calculator", scope="A page")
    if "verdict" in outputs:
        discovery.feasibility, discovery.feasibility_reason = "feasible", "The figures exist."
        discovery.save()
    return discovery


def day(discovery, kind, **fields):
    return EventFactory(discovery=discovery, kind=kind, **fields)


def at_step_one():
    return discovery_with()


def with_a_discovery_day_to_come():
    discovery = discovery_with("issue")
    day(discovery, Event.Kind.DISCOVERY_DAY)
    return discovery


def with_a_cancelled_discovery_day():
    discovery = discovery_with()
    day(discovery, Event.Kind.DISCOVERY_DAY, state=Event.State.CANCELLED)
    return discovery


def after_the_discovery_day(*outputs):
    discovery = discovery_with(*outputs)
    day(discovery, Event.Kind.DISCOVERY_DAY, ended=True)
    return discovery


def with_nothing_found():
    return after_the_discovery_day()


def with_an_issue():
    return after_the_discovery_day("issue")


def with_feasibility_missing():
    return after_the_discovery_day("issue", "project")


def judged_not_feasible():
    discovery = after_the_discovery_day(*OUTPUTS)
    Discovery.objects.filter(pk=discovery.pk).update(feasibility="not_feasible")
    return discovery


def with_all_outputs():
    return after_the_discovery_day(*OUTPUTS)


def planned_at_step_one():
    discovery = with_all_outputs()
    day(discovery, Event.Kind.CO_DESIGN_DAY)
    return discovery


def at_step_two():
    return DiscoveryFactory(at_step_two=True)


def with_a_co_design_day_to_come():
    discovery = at_step_two()
    PrototypeFactory(discovery=discovery)
    day(discovery, Event.Kind.CO_DESIGN_DAY, started=True)
    return discovery


def after_the_co_design_day():
    discovery = at_step_two()
    day(discovery, Event.Kind.CO_DESIGN_DAY, ended=True)
    return discovery


def with_a_prototype():
    discovery = after_the_co_design_day()
    PrototypeFactory(discovery=discovery)
    return discovery


def finished():
    discovery = at_step_two()
    Discovery.objects.filter(pk=discovery.pk).update(step=Discovery.Step.FINISHED)
    return discovery


TABLE = [
    (at_step_one, "Plan the Discovery Day"),
    (with_a_cancelled_discovery_day, "Plan the Discovery Day"),
    (with_a_discovery_day_to_come, "Go to the Discovery Day"),
    (with_nothing_found, "Plan the Co-Design Day"),
    (with_feasibility_missing, "Plan the Co-Design Day"),
    (judged_not_feasible, "Plan the Co-Design Day"),
    (with_all_outputs, "Plan the Co-Design Day"),
    (planned_at_step_one, "Go to the Co-Design Day"),
    (at_step_two, "Plan the Co-Design Day"),
    (with_a_co_design_day_to_come, "Go to the Co-Design Day"),
    (after_the_co_design_day, "Add a prototype"),
    (with_a_prototype, "End step 2"),
    (finished, None),
]


@pytest.mark.parametrize(("make", "words"), TABLE, ids=lambda value: getattr(value, "__name__", str(value)))
def test_a_discovery_in_its_steps_has_one_main_button(signed_in, fatima, amina, make, words):
    address = make().get_absolute_url()

    page = " ".join(signed_in(fatima).get(address).content.decode().split())

    assert page.count("data-main-action") == (words is not None)
    if words:
        main = page[page.index("data-main-action") :].partition("</")[0]
        assert main.rpartition(">")[2].strip() == words
    # Whoever reads it is led to its day, and to nothing that only facilitators do.
    read = signed_in(amina).get(address).content.decode()
    assert read.count("data-main-action") == bool(words and words.startswith("Go to"))


def test_from_step_one_on_the_way_to_step_two_stands_beside_the_day_that_comes_first(signed_in, fatima, amina):
    discovery = with_a_discovery_day_to_come()
    client, address = signed_in(fatima), discovery.get_absolute_url()

    second = next(one for one in client.get(address).context["actions"] if one.text == "Plan the Co-Design Day")
    assert second.is_second
    assert [line.is_there for line in client.get(second.url).context["checklist"]] == [True, False, False]
    assert "Plan the Co-Design Day" not in signed_in(amina).get(address).content.decode()
    discovery.events.update(state=Event.State.CANCELLED)
    assert [one.text for one in signed_in(fatima).get(address).context["actions"]][:2] == [
        "Plan the Discovery Day",
        "Plan the Co-Design Day",
    ]


@pytest.mark.parametrize(
    ("make", "words"),
    [
        (with_nothing_found, "Add a priority issue"),
        (with_an_issue, "Scope a potential project"),
        (with_feasibility_missing, "Judge feasibility"),
        (judged_not_feasible, "Judge feasibility again"),
        (with_all_outputs, None),
    ],
    ids=lambda value: getattr(value, "__name__", str(value)),
)
def test_beside_it_stands_what_step_one_still_misses(make, words):
    discovery, to_plan = make(), Action("Plan the Co-Design Day", "/events/new/")
    discovery.refresh_from_db()

    main, *others = actions_of_discovery(discovery, to_plan)

    assert main == to_plan
    assert [each.text for each in others] == [*filter(None, [words]), "End step 1"]
    assert all(each.is_second for each in others)


def checklist_in(page):
    items = page.partition("lda-checks")[2].partition("</ul>")[0].partition(">")[2]
    return [" ".join(strip_tags(item).split()) for item in items.split("</li>")[:-1]]


def plan_of(discovery, kind="co_design_day"):
    return f"/events/new/?discovery={discovery.pk}&kind={kind}"


def test_a_line_that_is_missing_keeps_the_form_shut(signed_in, fatima, on_day):
    discovery = DiscoveryFactory()
    with on_day(2026, 5, 4):
        add_priority_issue(discovery, wording="Nobody knows the charges", by=fatima)
        add_priority_issue(discovery, wording="Two forms say two things", by=fatima)
    with on_day(2026, 5, 6):
        scope_project(discovery, title="Calculator", scope="A page", by=fatima)
    browser = signed_in(fatima)

    page = browser.get(plan_of(discovery)).content.decode()

    assert checklist_in(page) == [
        "Yes Priority issues: 2 priority issues. Fatima Khan, 4 May 2026",
        "Yes Projects scoped: 1 potential project. Fatima Khan, 6 May 2026",
        "Missing Feasibility: none yet.",
    ]
    assert "Still missing: a feasibility verdict." in page
    assert 'name="title"' not in page

    judge_feasibility(discovery, verdict="not_feasible", reason="The law.", by=fatima)
    page = browser.get(plan_of(discovery)).content.decode()
    assert checklist_in(page)[2].startswith("No Feasibility: Not feasible now. Fatima Khan")
    assert 'name="title"' not in page

    judge_feasibility(discovery, verdict="feasible", reason="The figures exist.", by=fatima)
    page = browser.get(plan_of(discovery)).content.decode()
    assert checklist_in(page)[2].startswith("Yes Feasibility: Feasible. Fatima Khan")
    assert 'name="title"' in page


def test_no_other_day_asks_for_the_checklist(signed_in, fatima):
    page = signed_in(fatima).get(plan_of(DiscoveryFactory(), "discovery_day")).content.decode()

    assert "Before the Co-Design Day" not in page
    assert 'name="title"' in page


def a_day(discovery, **changed):
    return plan(kind=Event.Kind.CO_DESIGN_DAY, discovery=discovery, **changed)


def test_no_operation_makes_a_co_design_day_of_a_discovery_with_a_gap(fatima):
    discovery = discovery_with("issue", "project")
    other_day = EventFactory(discovery=discovery, kind=Event.Kind.DISCOVERY_DAY)
    unplaced = EventFactory(co_design=True)
    judged_meanwhile = draft_event(by=fatima, **a_day(before := discovery_with(*OUTPUTS)))
    Discovery.objects.filter(pk=before.pk).update(feasibility="not_feasible")

    for act in (
        lambda: publish_event(by=fatima, **a_day(discovery)),
        lambda: draft_event(by=fatima, **a_day(discovery)),
        lambda: change_event(other_day, by=fatima, kind=Event.Kind.CO_DESIGN_DAY),
        lambda: change_event(unplaced, by=fatima, discovery=discovery),
        lambda: announce_draft(judged_meanwhile, by=fatima),
    ):
        with pytest.raises(Refused, match="cannot go on to a Co-Design Day yet") as refusal:
            act()
        assert refusal.value.field == "discovery"
    assert not Event.objects.filter(discovery=discovery, kind=Event.Kind.CO_DESIGN_DAY).exists()


def test_a_discovery_without_a_gap_may_plan_it_before_or_after_step_one_has_ended(fatima):
    for discovery in (discovery_with(*OUTPUTS), DiscoveryFactory(at_step_two=True)):
        assert publish_event(by=fatima, **a_day(discovery)).discovery == discovery


def test_what_was_typed_stays_where_a_line_has_gone_missing_meanwhile(signed_in, fatima):
    discovery, browser = discovery_with(*OUTPUTS), signed_in(fatima)
    sent = (
        as_sent(browser.get(plan_of(discovery)).context["form"])
        | TYPED
        | {"kind": "co_design_day", "venue": "Kept venue"}
    )
    Discovery.objects.filter(pk=discovery.pk).update(feasibility="")

    answer = browser.post(plan_of(discovery), sent)

    assert "Still missing: a feasibility verdict." in str(answer.context["form"].errors["discovery"])
    assert "Kept venue" in answer.content.decode()
    assert not Event.objects.exists()


def test_what_is_missing_is_refused_in_plain_words(signed_in, fatima):
    discovery = with_feasibility_missing()

    page = signed_in(fatima).post(f"{discovery.get_absolute_url()}end-step/", {"step": discovery.step}, follow=True)

    assert "Step 1 cannot end yet. Still missing: a feasibility verdict." in page.content.decode()


def planned_from(browser, discovery):
    """The address that the main button leads to."""
    page = browser.get(discovery.get_absolute_url()).content.decode()
    return page.partition('href="/events/new/')[2].partition('"')[0].replace("&amp;", "&")


def test_the_form_of_its_day_is_filled_in_and_makes_the_day(signed_in, fatima):
    discovery = DiscoveryFactory(title="Blue badges without papers", at_step_two=True)
    services = list(Service.objects.order_by("pk")[:2])
    needs = [NeedFactory(discovery=discovery, service=service) for service in (*services, services[0], None)]
    NeedFactory(service=Service.objects.last())
    browser = signed_in(fatima)
    address = "/events/new/" + planned_from(browser, discovery)

    form = browser.get(address).context["form"]
    assert "Plan the Co-Design Day" in browser.get(address).content.decode()
    start = timezone.localtime() + dt.timedelta(days=30)
    sent = as_sent(form) | {"summary": "Bring a case.", "venue": "Leeds", "capacity": "40"}
    for name, hour in (("starts_at", "10:00"), ("ends_at", "16:00")):
        parts = (start.day, start.month, start.year, hour)
        sent |= {
            f"{name}_{part}": str(value) for part, value in zip(("day", "month", "year", "time"), parts, strict=True)
        }
    response = browser.post(address, sent)

    assert response.status_code == 302, response.context["form"].errors
    event = Event.objects.get()
    assert event.title == "Co-Design Day: Blue badges without papers"
    assert (event.kind, event.stream, event.discovery) == ("co_design_day", "discovery", discovery)
    assert set(event.services.all()) == set(services)
    assert set(event.needs.all()) == set(needs)
    assert "Go to the Co-Design Day" in browser.get(discovery.get_absolute_url()).content.decode()


def test_the_host_is_the_planners_organisation_else_the_discoverys_department(signed_in, fatima, harlow, surrey):
    discovery = DiscoveryFactory(department=surrey)

    def host(address):
        return signed_in(fatima).get(address).context["form"]["host"].value()

    of_discovery = f"/events/new/?discovery={discovery.pk}"
    assert (host("/events/new/"), host(of_discovery)) == (None, surrey.pk)
    MembershipFactory(person=fatima, organisation=harlow)
    assert (host("/events/new/"), host(of_discovery)) == (harlow.pk, harlow.pk)


def test_a_discovery_without_needs_is_asked_for_a_service_like_any_event(signed_in, fatima):
    discovery = DiscoveryFactory(title="Parking")

    form = signed_in(fatima).get("/events/new/" + planned_from(signed_in(fatima), discovery)).context["form"]

    assert form["title"].value() == "Discovery Day: Parking"
    assert "service" in form.fields
    assert not form.fields.keys() & {"needs", "services"}


@pytest.mark.parametrize(("query", "says_so"), [("?discovery=x", True), ("?discovery=999999", True), ("", False)])
def test_a_discovery_that_is_not_there_is_not_dropped_in_silence(signed_in, fatima, query, says_so):
    page = signed_in(fatima).get(f"/events/new/{query}").content.decode()

    assert ("We did not find that discovery" in page) is says_so


@pytest.mark.parametrize("query", ["", "?discovery=x", "?discovery=999999", "?discovery=%00", "?kind=x"])
def test_an_address_that_names_no_discovery_opens_the_plain_form(signed_in, fatima, query):
    response = signed_in(fatima).get(f"/events/new/{query}")

    assert response.status_code == 200
    assert "Plan an event" in response.content.decode()


def test_a_kind_that_there_is_not_becomes_the_day_of_the_step(signed_in, fatima):
    discovery = DiscoveryFactory(at_step_two=True)

    form = signed_in(fatima).get(f"/events/new/?discovery={discovery.pk}&kind=feast").context["form"]

    assert form["kind"].value() == Event.Kind.CO_DESIGN_DAY
