"""What the board steers by: purposes with what serves them, departments, terms, and how councils assess themselves."""

import datetime as dt

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext

from core.errors import Refused
from projects.models import Purpose
from projects.portfolio import operations as portfolio
from steering.framework import GROUPS, ITEMS, KEYS, SEVEN_DEPARTMENTS
from steering.models import FlagAssessment, LocalImpact
from steering.operations import assess_council, fill_impact
from steering.queries.strategy import assessments_that_count, purposes_with_counts, standing_of_items
from tests.factories.assets_registry import AssetFactory
from tests.factories.councils import OrganisationFactory
from tests.factories.events import EventFactory
from tests.factories.projects import DiscoveryFactory, ProjectFactory, PrototypeFactory
from tests.factories.steering import STEPS, FlagAssessmentFactory, LocalImpactFactory, a_department
from tests.pages import plain_words

pytestmark = pytest.mark.django_db
AN_IMPACT = {"part": "provider", "level": "some", "wording": "Forms that councils check."}


def named(name: str) -> Purpose:
    return Purpose.objects.get(name=name)


def counts_of(purpose: Purpose, user) -> tuple[str, str, str]:
    found = next(each for each in purposes_with_counts(user) if each.purpose == purpose)
    return found.projects.counts, found.events.counts, found.assets.counts


# Purposes -------------------------------------------------------------------------------------------------


def test_the_seven_the_three_and_the_three_principles_come_with_the_migrations():
    kinds = list(Purpose.objects.values_list("kind", flat=True))

    assert [kinds.count(kind) for kind in ("alliance", "campaign", "principle")] == [7, 3, 3]


def test_a_purpose_counts_what_serves_it_of_how_many(sunita):
    purpose = named("Digital by default")
    for record in (ProjectFactory(), EventFactory(), AssetFactory()):
        record.purposes.set([purpose])
    ProjectFactory()

    assert counts_of(purpose, sunita) == ("1 of 2", "1 of 1", "1 of 1")


@pytest.mark.parametrize("made", [EventFactory, AssetFactory])
def test_the_page_of_an_event_and_of_an_asset_leads_from_its_purposes_to_the_strategy(client, made):
    record = made()
    assert 'id="purposes"' not in client.get(record.get_absolute_url()).content.decode()

    purpose, of_campaign = named("Digital by default"), Purpose.objects.filter(kind=Purpose.Kind.CAMPAIGN).first()
    record.purposes.set([purpose, of_campaign])

    page = client.get(record.get_absolute_url()).content.decode()
    assert f'href="/board/strategy/#purposes">{purpose}</a>' in page
    assert f'href="/board/strategy/#campaign">{of_campaign}</a>' in page


def test_a_purpose_without_a_project_leads_to_the_discoveries_that_work_on_it_else_to_a_need(client):
    purpose = named("Sharing good practice")
    DiscoveryFactory(purposes=[purpose])

    page = plain_words(client.get("/board/strategy/"))

    assert "No project serves 7 of the 7 yet. Counted of 0 projects, 0 events and 0 assets" in page
    assert (
        f'href="/discoveries/?purpose={purpose.pk}">1 discovery works on it'
        in client.get("/board/strategy/").content.decode()
    )
    assert "Raise a need for it" in page


def test_a_purpose_leads_to_the_lists_of_what_serves_it(client):
    purpose = named("Digital by default")
    records = [ProjectFactory(), EventFactory(), AssetFactory()]
    others = [ProjectFactory(), EventFactory(), AssetFactory()]
    for record in records:
        record.purposes.set([purpose])

    for address, record, other in zip(("/projects/", "/events/", "/assets/"), records, others, strict=True):
        query = f"{address}?purpose={purpose.pk}"
        assert query in client.get("/board/strategy/").content.decode()
        listed = client.get(query).content.decode()
        assert record.get_absolute_url() in listed
        assert other.get_absolute_url() not in listed


def test_the_counts_are_a_file_too(client):
    lines = client.get("/board/strategy/?format=csv").content.decode().splitlines()

    assert sum(line.startswith("Purpose of the Alliance,") for line in lines) == 7


# A project serves a purpose -------------------------------------------------------------------------------


def test_a_project_without_a_purpose_of_the_alliance_is_not_listed(fatima, harlow):
    of_none = PrototypeFactory(discovery=DiscoveryFactory(at_step_two=True, purposes=[]))
    of_campaign = list(Purpose.objects.filter(kind=Purpose.Kind.CAMPAIGN))

    for purposes in ([], of_campaign):
        with pytest.raises(Refused, match="Choose at least one purpose of the Alliance"):
            portfolio.start_project(of_none, by=fatima, lead_council=harlow, purposes=purposes)


def test_a_project_has_the_purposes_of_its_discovery_unless_others_are_chosen(fatima, harlow):
    taken = portfolio.start_project(PrototypeFactory(), by=fatima, lead_council=harlow)
    chosen = portfolio.start_project(
        PrototypeFactory(), by=fatima, lead_council=harlow, purposes=[named("Digital by default")]
    )

    assert list(taken.purposes.all()) == list(taken.discovery.purposes.all())
    assert [str(each) for each in chosen.purposes.all()] == ["Digital by default"]


def test_a_project_from_before_the_rule_is_listed_and_shown_to_the_secretariat_as_to_be_tagged(client, sunita):
    project = ProjectFactory(title="Potholes")

    assert "Potholes" in client.get("/projects/").content.decode()
    assert "To be tagged" not in client.get("/board/strategy/").content.decode()
    client.force_login(sunita)
    page = client.get("/board/strategy/").content.decode()
    assert "1 project serves no purpose of the Alliance" in page
    assert f'href="/projects/{project.slug}/purposes/"' in page


def test_a_project_that_has_ended_is_tagged_too_and_keeps_one_of_the_seven(client, sunita):
    project = ProjectFactory(stage="stopped", ended_on=dt.date(2015, 1, 1), lesson="Too dear.")
    principle, purpose = named("Redesign services"), named("Digital by default")
    client.force_login(sunita)
    address = f"/projects/{project.slug}/purposes/"

    refused = client.post(address, {"principle": [principle.pk]})
    assert refused.status_code == 422
    assert "Choose at least one purpose of the Alliance" in refused.content.decode()
    with pytest.raises(Refused, match="Choose at least one purpose of the Alliance"):
        portfolio.tag_project(project, by=sunita, purposes=[principle])
    client.post(address, {"purposes": [purpose.pk], "principle": [principle.pk]})

    assert {*project.purposes.all()} == {purpose, principle}
    assert "Redesign services" in client.get(project.get_absolute_url()).content.decode()


def test_nobody_but_who_leads_a_project_tags_it(amina, ben):
    for person in (amina, ben):
        with pytest.raises(PermissionDenied):
            portfolio.tag_project(ProjectFactory(), by=person, purposes=Purpose.objects.all())


# Departments ----------------------------------------------------------------------------------------------


def test_the_matrix_has_the_seven_departments_and_says_which_are_not_on_record(client):
    LocalImpactFactory(is_illustrative=True)

    page = plain_words(client.get("/board/strategy/"))

    for _, name in SEVEN_DEPARTMENTS:
        assert name in page
    assert len(SEVEN_DEPARTMENTS) == 7
    assert page.count("Not on record") == 6 * 3
    assert "1 of 21 cells are filled" in page
    assert "annex A of the terms of reference, which the portal does not have." in page
    assert "What stands here is illustrative." in page


def test_what_stood_in_a_cell_before_is_kept_below_it_with_who_and_when(client, sunita):
    department = a_department()
    fill_impact(department, by=sunita, **AN_IMPACT)
    fill_impact(department, by=sunita, **AN_IMPACT | {"level": "strong", "wording": "People ask at the desk."})

    client.force_login(sunita)
    page = plain_words(client.get("/board/strategy/departments/hmrc/provider/"))

    assert LocalImpact.objects.standing().get().wording == "People ask at the desk."
    assert "Some. Forms that councils check." in page.partition("What stood before")[2]
    assert str(sunita) in page


def test_the_same_words_again_change_nothing(sunita):
    department = a_department()

    assert fill_impact(department, by=sunita, **AN_IMPACT) == fill_impact(department, by=sunita, **AN_IMPACT)
    assert LocalImpact.objects.count() == 1


def test_a_department_that_is_none_of_the_seven_has_no_cell(client, sunita):
    with pytest.raises(Refused, match="none of the seven departments"):
        fill_impact(OrganisationFactory(kind="department"), by=sunita, **AN_IMPACT)
    a_department()
    assert client.get("/board/strategy/departments/dclg/provider/").status_code == 404
    assert client.get("/board/strategy/departments/hmrc/customer/").status_code == 404


def test_two_lines_never_stand_in_one_cell():
    LocalImpactFactory()

    with pytest.raises(IntegrityError, match=r"one_impact_stands_in_a_cell|UNIQUE"), transaction.atomic():
        LocalImpactFactory()


# Planting the Flag ----------------------------------------------------------------------------------------


def test_the_framework_has_fifteen_items_three_six_and_six():
    assert [sum(item.group == group for item in ITEMS) for group in GROUPS] == [3, 6, 6]
    assert len(set(KEYS)) == 15
    columns = {field.name for field in FlagAssessment._meta.get_fields()}
    assert set(KEYS) <= columns


def test_a_lead_assesses_their_council_and_nobody_else_does(grace, amina, sunita, harlow, surrey):
    assert assess_council(harlow, by=grace, **STEPS).council == harlow

    for person, council in ((amina, harlow), (sunita, harlow), (grace, surrey)):
        with pytest.raises(PermissionDenied, match="Only the lead of a council"):
            assess_council(council, by=person, **STEPS)


def test_an_item_without_a_step_is_refused_beside_it(grace, harlow):
    for wrong in ({}, {"governance": 5}, {"governance": -1}):
        steps = {key: step for key, step in STEPS.items() if key != "governance"} | wrong
        with pytest.raises(Refused) as refusal:
            assess_council(harlow, by=grace, **steps)
        assert refusal.value.field == "governance"


def test_the_database_knows_no_step_beyond_the_last():
    with pytest.raises(IntegrityError, match="each_item_is_at_a_step"), transaction.atomic():
        FlagAssessmentFactory(access=5)


def test_the_latest_day_counts_and_earlier_ones_stay(grace, harlow):
    for day, step in ((dt.date(2015, 5, 1), 3), (dt.date(2014, 5, 1), 1)):
        assess_council(harlow, by=grace, assessed_on=day, **dict.fromkeys(KEYS, step))

    assert [each.share for each in assessments_that_count(grace)] == [3]
    assert FlagAssessment.objects.count() == 2


def test_a_second_assessment_of_a_day_and_one_of_a_day_to_come_are_refused(grace, harlow):
    day = dt.date(2015, 5, 1)
    assess_council(harlow, by=grace, assessed_on=day, **STEPS)

    with pytest.raises(Refused, match="There is an assessment of 1 May 2015 already"):
        assess_council(harlow, by=grace, assessed_on=day, **STEPS)
    with pytest.raises(Refused, match="of today or of a day before"):
        assess_council(harlow, by=grace, assessed_on=dt.date(2100, 1, 1), **STEPS)
    with pytest.raises(IntegrityError), transaction.atomic():
        FlagAssessmentFactory(council=harlow, assessed_on=day)


def test_the_median_is_shown_from_five_councils_on():
    few = FlagAssessmentFactory.create_batch(4)
    assert standing_of_items(few)[0].median is None

    assert standing_of_items([*few, FlagAssessmentFactory(share=4)])[0].median == 2


def test_a_councils_page_has_the_strip_of_fifteen_lines_with_its_table(client, harlow):
    FlagAssessmentFactory(council=harlow, share=4)
    FlagAssessmentFactory.create_batch(4)

    for address in (harlow.get_absolute_url(), f"/board/strategy/planting-the-flag/{harlow.slug}/"):
        page = plain_words(client.get(address))
        assert page.count("◆ Own:") == 15
        assert "4 of 4" in page
        assert "Median of 5 councils" in page


def test_a_council_that_did_not_assess_itself_says_so_and_its_lead_is_asked_to(client, grace, harlow):
    address = f"/board/strategy/planting-the-flag/{harlow.slug}/"
    assert "It has not assessed itself yet" in client.get(address).content.decode()
    assert "planting-the-flag" not in client.get(harlow.get_absolute_url()).content.decode()

    client.force_login(grace)

    assert "Assess your council by its fifteen items" in client.get(harlow.get_absolute_url()).content.decode()


def test_a_lead_answers_fifteen_questions_and_nothing_is_lost_where_one_is_missing(client, grace, harlow):
    client.force_login(grace)
    address = f"/board/strategy/planting-the-flag/{harlow.slug}/assess/"
    day = {"assessed_on_day": "1", "assessed_on_month": "5", "assessed_on_year": "2015"}
    sent = dict.fromkeys(KEYS, "3")

    missing = client.post(address, {**day, **sent, "governance": ""})
    assert missing.status_code == 422
    assert "Governance: choose how far your council has come." in missing.content.decode()
    assert missing.content.decode().count("checked") == 14
    client.post(address, {**day, **sent})

    assert FlagAssessment.objects.get().assessed_on == dt.date(2015, 5, 1)


def test_all_assessments_of_a_council_are_a_file(client, harlow):
    FlagAssessmentFactory(council=harlow)
    FlagAssessmentFactory(council=harlow, assessed_on=dt.date(2014, 5, 1))

    lines = client.get(f"/board/strategy/planting-the-flag/{harlow.slug}/?format=csv").content.decode().splitlines()

    assert sum(line.startswith("201") for line in lines) == 30


# The pages ------------------------------------------------------------------------------------------------


def test_the_terms_stand_in_their_own_words_with_their_source(client):
    page = plain_words(client.get("/board/strategy/terms/"))

    assert "strategic oversight of the work of the alliance to ensure coordination between different activities" in page
    assert "a conduit for removing blocks to successful transformation of local public services" in page
    assert "Shared between LGA and DCLG" in page
    assert "purpose and terms of reference, July 2013" in page


def test_each_duty_of_the_board_leads_to_what_it_comes_to_here(client):
    page = client.get("/board/strategy/terms/").content.decode()

    for address in ("/board/#portfolio", "/board/decisions/", "/board/blockers/"):
        assert f'<a class="govuk-link" href="{address}">' in page.partition("<main")[2], address


def test_the_board_leads_to_its_strategy_to_what_was_promised_and_to_what_blocks(client):
    page = client.get("/board/").content.decode().partition("<main")[2]

    for address in ("/board/strategy/", "/board/promises/", "/board/blockers/"):
        assert f'href="{address}"' in page, address


def test_the_pages_ask_as_much_of_many_rows_as_of_few(client, harlow):
    purposes = list(Purpose.objects.all())

    def asked() -> list[int]:
        counts = []
        for address in ("", "planting-the-flag/", f"planting-the-flag/{harlow.slug}/", "departments/hmrc/provider/"):
            with CaptureQueriesContext(connection) as queries:
                assert client.get(f"/board/strategy/{address}").status_code == 200
            counts.append(len(queries))
        return counts

    def fill(times: int) -> None:
        for number in range(times):
            for record in (ProjectFactory(), EventFactory(), AssetFactory(), DiscoveryFactory()):
                record.purposes.set(purposes)
            FlagAssessmentFactory()
            FlagAssessmentFactory(council=harlow, assessed_on=dt.date(2014, 1, 1) + dt.timedelta(days=len(kept)))
            kept.append(number)
            LocalImpactFactory(replaced_at=dt.datetime(2015, 1, 1, tzinfo=dt.UTC))

    kept: list[int] = []
    a_department()
    fill(1)
    asked()
    few = asked()
    fill(4)

    assert asked() == few
    assert max(few) <= 16
