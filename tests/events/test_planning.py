"""A discovery leads its facilitator on by one button; the form of its day knows what the discovery knows."""

import datetime as dt

import pytest
from django.utils import timezone

from core.forms import as_sent
from councils.models import Service
from events.models import Event
from projects.models import Discovery
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
    (with_nothing_found, "Add a priority issue"),
    (with_an_issue, "Scope a potential project"),
    (with_feasibility_missing, "Judge feasibility"),
    (judged_not_feasible, "Judge feasibility again"),
    (with_all_outputs, "End step 1"),
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
