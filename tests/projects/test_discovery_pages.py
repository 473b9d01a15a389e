"""A discovery shows its steps with what is missing, and its facilitator does every action by a plain form."""

import csv
import datetime as dt
import io
import re

import pytest

from core import clock
from projects.discoveries import operations
from projects.models import Discovery, Prototype
from tests.factories.councils import DepartmentFactory
from tests.factories.projects import SUMS, DiscoveryFactory, NeedFactory, ProjectFactory, PrototypeFactory


def page(client, record):
    return client.get(record.get_absolute_url()).content.decode()


def test_the_list_filters_by_step_and_department_and_comes_as_csv(client, db):
    one, two = DiscoveryFactory(title="One"), DiscoveryFactory(title="Two", at_step_two=True)

    for query in ("step=discovery_day", f"department={one.department.slug}", "q=one"):
        assert [line.title for line in client.get(f"/discoveries/?{query}").context["found"].lines] == ["One"], query
    lines = list(csv.reader(io.StringIO(client.get("/discoveries/?format=csv").content.decode("utf-8-sig"))))
    assert {line[0] for line in lines[5:]} == {"One", two.title}


def test_an_empty_list_says_what_to_do_next(client, db):
    assert "No discoveries yet" in client.get("/discoveries/").content.decode()


def test_the_steps_say_what_is_missing(client, db):
    words = page(client, DiscoveryFactory())

    assert "Still missing: a priority issue; a potential project with its scope; a feasibility verdict" in words
    assert 'aria-current="step"' in words


def test_a_facilitator_starts_one(signed_in, fatima):
    client = signed_in(fatima)
    words = {"title": "Care charges", "summary": "What people pay."}

    refused = client.post("/discoveries/new/", words)
    assert "Name a central department, a theme, or both." in refused.content.decode()
    client.post("/discoveries/new/", {**words, "department": DepartmentFactory().pk})

    assert Discovery.objects.get().slug == "care-charges"


@pytest.mark.parametrize("day", [("31", "2", "2026"), ("1", "", "2026"), ("x", "1", "2026"), ("1", "1", "99999")])
def test_a_day_that_cannot_be_is_said_beside_the_field(signed_in, fatima, day):
    parts = dict(zip(("starts_on_day", "starts_on_month", "starts_on_year"), day, strict=True))
    parts |= dict(zip(("starts_on_0", "starts_on_1", "starts_on_2"), day, strict=True))

    response = signed_in(fatima).post("/discoveries/new/", {"title": "T", "summary": "S", "theme": "Th", **parts})

    assert response.status_code == 422
    assert response.context["form"].errors.keys() == {"starts_on"}
    assert not Discovery.objects.exists()


@pytest.mark.parametrize(("days", "word"), [(3, "Starts"), (-3, "Started")])
def test_a_discovery_that_is_to_come_has_not_started(client, db, days, word):
    discovery = DiscoveryFactory(starts_on=clock.today() + dt.timedelta(days=days))

    assert word in [fact[0] for fact in client.get(discovery.get_absolute_url()).context["facts"]]


def test_step_one_by_forms_from_nothing_to_its_end(signed_in, fatima):
    discovery = DiscoveryFactory()
    client, here = signed_in(fatima), discovery.get_absolute_url()

    refused = client.post(f"{here}end-step/", follow=True).content.decode()
    assert "Step 1 cannot end yet. Still missing: a priority issue;" in refused
    client.post(f"{here}issue/", {"issue-wording": "Nobody knows the charges"})
    client.post(f"{here}scope/", {"scope-title": "Calculator", "scope-scope": "A page"})
    client.post(f"{here}feasibility/", {"feasibility-verdict": "feasible", "feasibility-reason": "Figures"})
    done = client.post(f"{here}end-step/", follow=True).content.decode()

    assert "2 Co-Design Day" in done
    discovery.refresh_from_db()
    assert discovery.step == Discovery.Step.CO_DESIGN_DAY


def test_ending_step_one_twice_does_not_end_step_two(signed_in, fatima):
    discovery = PrototypeFactory().discovery
    sent_from_an_older_page = {"step": Discovery.Step.DISCOVERY_DAY}

    page = signed_in(fatima).post(f"{discovery.get_absolute_url()}end-step/", sent_from_an_older_page, follow=True)

    assert "Step 1 of this discovery has ended" in page.content.decode()
    discovery.refresh_from_db()
    assert discovery.step == Discovery.Step.CO_DESIGN_DAY


def test_the_button_names_the_step_that_it_ends(signed_in, fatima):
    discovery = PrototypeFactory().discovery
    client, here = signed_in(fatima), discovery.get_absolute_url()

    assert 'value="co_design_day"' in client.get(here).content.decode()
    client.post(f"{here}end-step/", {"step": "co_design_day"})

    discovery.refresh_from_db()
    assert discovery.step == Discovery.Step.FINISHED


@pytest.mark.parametrize(
    ("action", "sentence"),
    [
        ("issue", "Write the issue down."),
        ("scope", "Give the project a title."),
        ("feasibility", "Choose a verdict."),
        ("stop", "Say what was learned."),
    ],
)
def test_an_empty_form_says_what_it_needs_and_saves_nothing(signed_in, fatima, action, sentence):
    discovery = DiscoveryFactory()

    response = signed_in(fatima).post(f"{discovery.get_absolute_url()}{action}/", {})

    assert response.status_code == 422
    assert sentence in response.content.decode()
    discovery.refresh_from_db()
    assert discovery.step == Discovery.Step.DISCOVERY_DAY


def test_stopping_shows_what_was_learned(signed_in, fatima):
    discovery = DiscoveryFactory()
    client = signed_in(fatima)

    client.post(f"{discovery.get_absolute_url()}stop/", {"stop-lesson": "Each council has its own rules."})

    words = page(client, discovery)
    assert "Each council has its own rules." in words
    assert "End step 1" not in words


def test_actions_are_for_facilitators_and_an_unknown_one_is_not_found(signed_in, amina, fatima):
    here = DiscoveryFactory().get_absolute_url()

    for action in ("issue", "scope", "feasibility", "stop", "end-step", "prototype"):
        assert signed_in(amina).post(f"{here}{action}/").status_code == 403, action
    assert signed_in(fatima).post(f"{here}dance/").status_code == 404
    assert signed_in(fatima).get(f"{here}issue/").status_code == 405


def test_strangers_and_officers_see_no_forms(client, signed_in, amina):
    discovery = DiscoveryFactory()

    assert "End step 1" not in page(client, discovery)
    assert "End step 1" not in page(signed_in(amina), discovery)


@pytest.mark.parametrize(
    ("action", "field"), [("issue", "wording"), ("scope", "title"), ("feasibility", "reason"), ("stop", "lesson")]
)
def test_what_was_typed_for_a_discovery_that_ended_meanwhile_stays_in_the_form(signed_in, fatima, action, field):
    discovery = operations.stop_discovery(DiscoveryFactory(), by=fatima, lesson="Nobody had this need.")
    typed = dict.fromkeys(("wording", "title", "scope", "reason", "lesson"), "Ask the people first")
    sent = {f"{action}-{name}": value for name, value in {**typed, "verdict": "feasible"}.items()}

    answer = signed_in(fatima).post(f"{discovery.get_absolute_url()}{action}/", sent)

    assert answer.status_code == 409
    assert re.search(rf'name="{action}-{field}"[^>]*(value="|>\s*)Ask the people first', answer.content.decode())


def test_needs_that_come_close_are_offered_to_the_facilitator(signed_in, fatima):
    discovery = DiscoveryFactory(title="Blue badges")
    need = NeedFactory(title="Check who may have a blue badge")

    client = signed_in(fatima)
    assert need.title in client.get(f"{discovery.get_absolute_url()}?near=1").content.decode()
    client.post(f"{need.get_absolute_url()}gather/", {"gather-discovery": discovery.slug, "back": "discovery"})
    assert need.title in page(client, discovery)


def test_a_prototype_is_written_down_then_gets_its_figures(signed_in, fatima):
    discovery = DiscoveryFactory(at_step_two=True)
    need = NeedFactory(discovery=discovery)
    client = signed_in(fatima)

    client.post(
        f"{discovery.get_absolute_url()}prototype/",
        {"title": "Calculator", "summary": "Sums", "made_by": "Luton", "needs": [need.pk]},
    )
    prototype = Prototype.objects.get()
    assert "Not ready for a vote" in page(client, prototype)
    client.post(
        f"{prototype.get_absolute_url()}outline/",
        {
            "volume": "100,000",
            "unit_cost_now": "£10.10",
            "saving_per_unit": "4.20",
            "take_up": "40%",
            "one_off_cost": "£ 120,000",
            "note": "",
        },
    )

    words = page(client, prototype)
    for expected in ("£168,000", "9 months", "£134,000", "11 months", "£202,000", "8 months", "Luton", need.title):
        assert expected in words


def test_needs_of_another_discovery_are_not_offered(signed_in, fatima):
    discovery, foreign = DiscoveryFactory(at_step_two=True), NeedFactory()

    response = signed_in(fatima).post(
        f"{discovery.get_absolute_url()}prototype/", {"title": "Calculator", "needs": [foreign.pk]}
    )

    assert "Choose needs of this discovery." in response.content.decode()
    assert not Prototype.objects.exists()


def test_figures_that_cannot_be_are_said_beside_their_field(signed_in, fatima):
    prototype = PrototypeFactory(outline=None)
    wrong = {**SUMS, "volume": "many", "saving_per_unit": "11", "take_up": "140", "one_off_cost": "-5"}

    response = signed_in(fatima).post(f"{prototype.get_absolute_url()}outline/", wrong)

    errors = response.context["form"].errors
    assert set(errors) == {"volume", "saving_per_unit", "take_up", "one_off_cost"}
    assert errors["saving_per_unit"] == ["No more can be saved per transaction than one costs today."]
    assert 'value="many"' in response.content.decode()


def test_a_frozen_prototype_shows_no_buttons_and_refuses_a_late_form(signed_in, fatima):
    prototype = PrototypeFactory()
    operations.freeze_prototypes([prototype])
    client = signed_in(fatima)

    assert "Change the figures" not in page(client, prototype)
    late = client.post(f"{prototype.get_absolute_url()}edit/", {"title": "X", "summary": "Y", "made_by": ""})
    assert "stays as it was voted on" in late.content.decode()


def test_the_steps_go_on_in_the_project_that_came_out(client, db):
    prototype = PrototypeFactory(discovery__step_two_ended_on="2014-07-09")
    Discovery.objects.update(step="finished")
    project = ProjectFactory(prototype=prototype, discovery=prototype.discovery, stage="launch")

    need = NeedFactory(discovery=prototype.discovery)
    prototype.needs.add(need)

    for record in (need, prototype.discovery, prototype, project):
        words = page(client, record)
        assert "Accepted 10 December 2014" in words
        assert "Since 1 June 2015" in words
