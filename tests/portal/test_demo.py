"""The demo programme: built through the operations, true to the report where the report says something."""

import datetime as dt
import io

import pytest
from django.conf import settings as portal_settings
from django.core.management import CommandError, call_command
from django.db import connection
from django.db.models import CharField, Count
from django.db.models.functions import Length
from django.test.utils import override_settings
from django.utils import timezone
from wagtail.models import Page, TaskState

from assets_registry import publiccode
from assets_registry.models import Asset
from audit.models import AuditEvent
from core import clock
from core.office_days import is_office_day
from core.privacy import our_models
from councils.models import Organisation
from events.models import Event, Feedback, PlaceOffer, SignUp
from events.places.queries import miscounted
from outbox import kinds
from outbox.models import Message
from portal.dashboard import old_pages
from portal.demo.board import days_of_meetings
from portal.demo.people import CAST, person
from portal.demo.views import TO_TRY
from portal.inbox.week import waiting_for
from projects.models import BusinessCase, Discovery, Need, NeedMove, Project, Purpose
from publishing.evidence import evidence_level
from publishing.models import CaseStudyPage, NewsPage
from steering.models import BoardSeat, Decision, Meeting, Pack
from steering.packs.moments import is_early
from steering.queries import cases_waiting, changes_since, coverage, projects_late, reviews_due
from surveys.models import SurveyInvitation
from take_up.models import Adoption
from take_up.operations import confirm_adoption
from take_up.queries import take_up
from tests.scenes import built_once
from tests.steering.deciding import sums_of_rows
from voting.models import Ballot

DEPARTMENTS = {
    "HM Revenue & Customs", "Department for Transport", "Department for Work and Pensions", "Ministry of Justice",
    "Department for Business, Innovation and Skills", "Department for Environment, Food and Rural Affairs",
    "Home Office",
}  # fmt: skip
OUTCOMES = {
    "Land Registry property data", "DVLA data sharing", "Deferred payment calculator", "Caresupermarket.com",
    "Waste standards and API", "Verify, check, deliver",
}  # fmt: skip


# Marked, so that these stand before the tests that empty the database behind them.
pytestmark = [pytest.mark.sql, pytest.mark.django_db, pytest.mark.usefixtures("programme")]


@pytest.fixture(scope="module")
def programme(django_db_setup, django_db_blocker):
    """What the command said."""

    def build():
        said = io.StringIO()
        call_command("demo", stdout=said)
        return said.getvalue()

    with override_settings(DEMO=True), built_once(build, django_db_blocker) as said:
        yield said


def test_it_says_what_it_built_and_how_long_that_took(programme):
    assert "Discoveries, days and votes of 2014" in programme
    assert "Demo programme built in" in programme


@pytest.mark.postgresql
def test_postgresql_plans_for_the_rows_that_were_built():
    with connection.cursor() as cursor:
        cursor.execute("SELECT reltuples FROM pg_class WHERE oid = %s::regclass", [SignUp._meta.db_table])
        assert cursor.fetchone() == (SignUp.objects.count(),)


def test_the_demo_people_are_there():
    from accounts.models import User

    assert User.objects.filter(email__endswith="@demo.example", emailaddress__verified=True).count() == len(CAST)


def test_the_board_has_nine_bodies_two_central_and_seven_local():
    assert BoardSeat.objects.count() == 9
    assert BoardSeat.objects.filter(side="central").count() == 2


def test_the_board_met_quarterly_at_dclg_and_the_lga_by_turns():
    hosts = list(Meeting.objects.order_by("day").values_list("host__body__name", flat=True))

    assert hosts == [*["DCLG", "LGA"] * 5, "DCLG"]


def test_the_next_meeting_is_planned_with_its_agenda_two_papers_and_who_comes(client):
    meeting = Meeting.objects.get(state="planned")

    page = client.get(meeting.get_absolute_url()).content.decode()
    assert "7 of 9 bodies have said they come. Quorum 5." in page
    assert "late (LGA: Write to the four waste suppliers, 31 days)" in page
    assert meeting.agenda.first().title == "Open actions"
    assert "Restricted" in page
    public, restricted = (meeting.papers.get(is_restricted=restricted) for restricted in (False, True))
    assert client.get(public.get_absolute_url()).status_code == 200
    assert client.get(restricted.get_absolute_url()).status_code == 404


def test_the_board_of_today_has_met_and_has_something_of_each_kind_before_it(client):
    meetings = list(Meeting.objects.held().filter(day__gt=clock.today() - dt.timedelta(days=366)))
    assert len(meetings) == 4
    assert all(meeting.day.weekday() < 5 for meeting in meetings)
    (case,) = cases_waiting()
    assert coverage(case).with_the_need == 4
    (review,) = reviews_due()
    assert review.meeting in meetings
    assert list(projects_late(Project.objects.all()).values_list("title", flat=True)) == [
        "Potholes, whoever owns the road"
    ]
    assert len(changes_since(Project.objects.all(), meetings[0]).lines) >= 2
    page = client.get("/board/").content.decode()
    for words in (
        "Decide <small>",
        "Review <small>",
        "Late <small>",
        "nothing else moved",
        "Only the 6 outcomes of 2014",
    ):
        assert words in page, words
    assert "2015" not in page.partition('id="portfolio"')[0]


def test_on_whatever_day_the_demo_is_built_the_board_met_on_four_working_days_of_the_year_before():
    for number in range(366):
        today = dt.date(2028, 1, 1) + dt.timedelta(days=number)
        days = days_of_meetings(today)
        assert all(is_office_day(day) for day in days)
        assert today - dt.timedelta(days=330) < days[0] < days[1] < days[2] < days[3] <= today - dt.timedelta(days=21)


def test_no_more_bodies_stood_at_a_meeting_than_were_there_and_never_fewer_than_five():
    decisions = Decision.objects.exclude(meeting=None)

    assert decisions.count() == 5
    for decision in decisions:
        assert 5 <= decision.bodies <= decision.meeting.present().count() <= 9, decision
        sums = decision.votes_for, decision.votes_against, decision.abstentions
        assert not decision.stands.exists() or sums == sums_of_rows(decision), decision


def test_what_a_case_promises_is_the_same_in_the_case_the_ledger_and_on_the_home_page(client):
    accepted = BusinessCase.objects.filter(state=BusinessCase.State.ACCEPTED).select_related("project")
    ledger = client.get("/board/promises/").content.decode()
    promised = []
    for project in Project.objects.all():
        saving = [case.payback().yearly_saving for case in accepted if case.project_id == project.pk]
        assert list(project.benefits.filter(unit="£ a year").values_list("claimed", flat=True)) == saving, project
        promised += saving
        page = client.get(project.get_absolute_url()).content.decode()
        for amount in saving:
            assert page.count(f"£{amount:,.0f}") >= 2, "in the promises and in the sums of the case"
            assert f"£{amount:,.0f}" in ledger

    assert len(promised) == 3
    total = f"£{sum(promised):,.0f}"
    assert total in ledger
    assert f"{total} a year was promised" in client.get("/").content.decode()


def test_what_was_told_of_2015_is_divided_by_the_councils_of_2015(client):
    calculator = Asset.objects.get(name="Deferred payment calculator")

    for address in ("/", calculator.get_absolute_url(), calculator.project.get_absolute_url()):
        page = client.get(address).content.decode()
        assert "3 of 152 co" in page, address
        assert "of 153" not in page, address


def test_figures_name_the_campaign_the_report_and_ukauthority():
    from django.test import Client

    for address in ("/", "/figures/?year=2014"):
        with clock.at(dt.datetime(2026, 6, 1, 9)):  # the home page shows the latest whole year that has events
            page = Client().get(address).content.decode()
        for source in ("Local Digital campaign", "Local Digital Today 2014", "UKAuthority"):
            assert source in page, (address, source)


def test_the_six_outcomes_show_their_source_and_what_of_them_is_made_up(client):
    for project in Project.objects.filter(outcome_of_year=2014):
        page = client.get(project.get_absolute_url()).content.decode()
        assert "Illustrative in part" in page
        assert "Source: Local Digital Today 2014" in page


def test_the_seven_departments_and_seven_purposes_are_there():
    assert (
        set(Organisation.objects.filter(official_name__in=DEPARTMENTS).values_list("official_name", flat=True))
        == DEPARTMENTS
    )
    assert Purpose.objects.of_the_alliance().count() == 7


def test_the_year_2014_has_41_events_and_1838_delegates():
    events = Event.objects.filter(starts_at__year=2014)

    assert events.count() == 41
    assert SignUp.objects.filter(event__in=events, checked_in_at__isnull=False).count() == 1838


def test_every_event_counts_its_own_rows_right():
    assert not miscounted()


def test_by_the_end_of_october_there_were_28_events_and_1400_delegates():
    by_then = Event.objects.filter(starts_at__year=2014, starts_at__date__lte=dt.date(2014, 10, 31))

    assert by_then.count() == 28
    assert SignUp.objects.filter(event__in=by_then, checked_in_at__isnull=False).count() == 1400


def test_all_three_streams_were_held():
    streams = (
        Event.objects.filter(starts_at__year=2014).values("stream").annotate(n=Count("pk")).values_list("stream", "n")
    )

    assert set(dict(streams)) == set(Event.Stream.values)


def test_the_outcomes_of_2014_are_the_six_of_the_report():
    assert set(Project.objects.filter(outcome_of_year=2014).values_list("title", flat=True)) == OUTCOMES


@pytest.mark.parametrize(
    ("question", "yes"),
    [
        ("would_recommend", 95), ("rated_good_or_better", 88), ("identified_improvements", 73),
        ("identified_new_ways_of_working", 68), ("identified_collaboration", 58), ("identified_efficiencies", 52),
        ("identified_savings", 33),
    ],
)  # fmt: skip
def test_a_hundred_forms_give_the_percentages_of_the_report(question, yes):
    forms = Feedback.objects.filter(event__starts_at__year=2014)

    assert forms.count() == 100
    assert forms.filter(**{question: True}).count() == yes
    assert forms.filter(is_illustrative=True).count() == 100


def test_every_record_of_2014_says_its_source_or_that_it_is_illustrative():
    for rows in (
        Event.objects,
        Discovery.objects,
        Project.objects,
        Ballot.objects,
        BusinessCase.objects,
        Decision.objects,
    ):
        assert not rows.filter(source="", is_illustrative=False).exists(), rows.model


# When what a message tells of took place; of all others, when the row was made.
WHEN = {
    NeedMove: "moved_at",
    Page: "first_published_at",
    PlaceOffer: "offered_at",
    SurveyInvitation: "invited_at",
    TaskState: "started_at",
}


def test_no_mail_goes_out_about_a_moment_that_is_past():
    for message in Message.objects.all():
        row = kinds.discover()[message.kind].rows().get(pk=message.about_id)
        told_at = getattr(row, WHEN.get(type(row), "created_at"))
        assert told_at is None or told_at >= clock.HISTORY_ENDS, (message, row)
    assert Message.objects.exists(), "somebody asks to join today, and their lead is told"


def test_the_audit_trail_tells_it_in_its_own_time():
    signed_up = AuditEvent.objects.filter(action="events.signed_up", at__year__lte=2014)

    assert signed_up.count() == SignUp.objects.filter(event__starts_at__year=2014).count()


def test_pages_have_pictures_whose_words_say_what_they_show():
    flagship = CaseStudyPage.objects.get(title="What we got wrong about deferred payments")
    news = NewsPage.objects.get(title="The deferred payment calculator is live")

    for page in (flagship, news):
        assert page.picture.description.count(" ") > 10
    assert (flagship.before, flagship.after) == (1, 2)
    assert "one before the launch, two after it" in flagship.picture.description


def test_pages_of_2015_changed_last_when_they_were_told_and_are_old_by_now():
    page = CaseStudyPage.objects.get(title="Calls about missed bins fell by a third in Luton")

    assert f"{page.last_published_at:%Y-%m}" == "2015-07"
    assert page in {old.specific for old in old_pages(person("editor"))}


def test_an_editor_finds_the_news_of_another_waiting():
    """And what the board asks of the LGA, for which this one publishes."""
    waiting = [line.title for line in waiting_for(person("editor2"))]

    assert waiting == ["Write to the four waste suppliers", "What sixteen councils want from one proof of identity"]


def test_everything_to_be_tried_is_there():
    today = clock.now()

    a_year_ago = clock.today() - dt.timedelta(days=365)
    assert Discovery.objects.filter(step=Discovery.Step.DISCOVERY_DAY, starts_on__gt=a_year_ago).exists()
    assert [event for event in Event.objects.upcoming() if event.places_left], "an event with places"
    assert [event for event in Event.objects.upcoming() if event.places_left == 0], "a full event"
    assert Ballot.objects.filter(state=Ballot.State.DRAFT).exists()
    step_two, co_design_day = Discovery.Step.CO_DESIGN_DAY, Event.Kind.CO_DESIGN_DAY
    of_today = Discovery.objects.filter(step=step_two, starts_on__year__gte=today.year - 1)
    assert of_today.exclude(events__kind=co_design_day).exists(), "a Co-Design Day to plan"
    assert BusinessCase.objects.filter(state=BusinessCase.State.SUBMITTED, is_illustrative=True).exists()


def test_every_project_of_today_came_out_of_a_day_that_was_held_and_a_vote_on_it():
    of_today = Project.objects.filter(started_on__gte=clock.HISTORY_ENDS.date())

    assert len(of_today) == 3
    for project in of_today:
        day = Event.objects.get(discovery=project.prototype.discovery, kind=Event.Kind.CO_DESIGN_DAY)
        ballot = Ballot.objects.get(event=day)
        assert ballot.led_to.get().project == project
        assert ballot.outcome
        assert day.arrived >= 7
        assert timezone.localdate(day.starts_at) < project.started_on


def test_what_happened_before_the_day_it_is_built_on_happened_on_working_days():
    dated = {
        Discovery: ("starts_on", "step_one_ended_on", "step_two_ended_on"),
        Need: ("raised_at",),
        Project: ("started_on", "launched_on"),
        BusinessCase: ("submitted_at", "decided_on"),
        Event: ("starts_at", "ends_at"),
        Meeting: ("day",),
        Ballot: ("opened_at", "closed_at"),
    }
    on = [
        (model.__name__, name, timezone.localdate(day) if isinstance(day, dt.datetime) else day)
        for model, names in dated.items()
        for name in names
        for day in model.objects.values_list(name, flat=True)
        if day
    ]
    free = [each for each in on if clock.HISTORY_ENDS.date() < each[2] < clock.today() and not is_office_day(each[2])]

    assert free == []


def test_the_officer_is_led_to_the_interview():
    assert "/case-studies/new/" in [address for _, address in TO_TRY["officer"]]


@pytest.mark.parametrize("name", TO_TRY)
def test_what_there_is_to_try_opens_for_the_person_who_may(name):
    from django.test import Client, override_settings

    with override_settings(DEMO=True):
        page = Client().get("/demo/").content.decode()

        for words, address in TO_TRY[name]:
            assert f'name="next" value="{address}">{words}' in page
            client = Client()
            answer = client.post(f"/demo/{name}/become/", {"next": address}, follow=True)
            assert (answer.status_code, answer.redirect_chain[0][0]) == (200, address)
            assert answer.context["user"].email == f"{name}@demo.example"
            place = address.partition("#")[2]
            assert not place or f'id="{place}"' in answer.content.decode(), address


def test_one_case_study_was_measured_by_another_council_too():
    page = CaseStudyPage.objects.get(title="Calls about missed bins fell by a third in Luton")

    assert evidence_level(page).level == 4
    assert page.is_illustrative


def test_confirming_harlows_adoption_changes_a_take_up():
    waiting = Adoption.objects.get(council__name="Harlow", confirmed_at=None)
    before = take_up(waiting.asset).all_live

    assert waiting.status == Adoption.Status.LIVE
    confirm_adoption(waiting, by=person("lead"))

    assert take_up(waiting.asset).all_live == before + 1


def test_what_texts_of_2015_say_of_take_up_is_what_the_rows_say():
    def live(name, day):
        adopted = Adoption.objects.filter(asset__name=name, status=Adoption.Status.LIVE, since__lte=day)
        return set(adopted.values_list("council__name", flat=True))

    launch = NewsPage.objects.get(title="The deferred payment calculator is live")
    assert launch.summary.startswith("Three councils")
    users = live("Deferred payment calculator", launch.published_on)
    assert len(users) == 3
    assert all(council in str(launch.body) for council in users)
    news = NewsPage.objects.get(title="Luton and Harlow report missed bins the same way")
    assert live("Waste standards and API", news.published_on) == {"Luton", "Harlow"}
    review = Decision.objects.get(business_case__project__title="Waste standards and API")
    assert "Seven councils use the standard, and one is trying it" in review.review_wording
    assert len(live("Waste standards and API", dt.date(2015, 6, 10))) == 7
    flagship = CaseStudyPage.objects.get(title="What we got wrong about deferred payments")
    assert "Three of the five show it" in flagship.what_we_did


def test_what_the_prototypes_of_today_save_is_less_than_what_their_need_says_it_costs():
    ballot = Ballot.objects.get(state=Ballot.State.DRAFT, roll_from=Ballot.Roll.CHECK_IN)
    outlines = [option.prototype.outline for option in ballot.options.select_related("prototype__outline")]

    assert len({(outline.saving_per_unit, outline.take_up, outline.one_off_cost) for outline in outlines}) == 3
    for outline in outlines:
        assert f"£{outline.unit_cost_now}" in ballot.event.discovery.needs.get().cost_of_problem
        assert outline.saving_per_unit < outline.unit_cost_now


def test_the_day_of_the_vote_begins_at_a_full_hour():
    day = Ballot.objects.get(state=Ballot.State.DRAFT, roll_from=Ballot.Roll.CHECK_IN).event

    assert (day.starts_at.minute, day.starts_at.second) == (0, 0)


def test_it_is_not_built_twice():
    with pytest.raises(CommandError, match="records already"):
        call_command("demo", stdout=io.StringIO())


def test_without_demo_it_is_refused():
    from django.test.utils import override_settings

    with override_settings(DEMO=False), pytest.raises(CommandError, match="DEMO=1"):
        call_command("demo", stdout=io.StringIO())
    assert portal_settings.DEMO is not None


def test_every_publiccode_file_that_is_handed_out_passes_the_rules_of_the_standard():
    assets = [asset for asset in Asset.objects.select_related("owner") if publiccode.is_software(asset)]

    assert len(assets) >= 5
    assert {str(asset): publiccode.problems(publiccode.read(publiccode.as_yaml(asset))) for asset in assets} == {
        str(asset): [] for asset in assets
    }


def test_every_text_fits_its_column_which_sqlite_does_not_ask():
    too_long = {
        f"{model._meta.label}.{field.name}: {value}"
        for model in our_models()
        for field in model._meta.local_concrete_fields
        if isinstance(field, CharField) and field.max_length
        for value in model._base_manager.annotate(long=Length(field.attname))
        .filter(long__gt=field.max_length)
        .values_list(field.attname, flat=True)
    }

    assert too_long == set()


def test_no_pack_tells_of_a_day_after_it_was_frozen_and_none_is_frozen_months_before_its_meeting():
    packs = list(Pack.objects.all())

    assert packs
    for pack in packs:
        frozen_on = timezone.localdate(pack.frozen_at)
        assert not is_early(frozen_on, pack.meeting.day)
        sections = {each["name"]: each for each in pack.content["sections"]}
        happened = [row["cells"][-1]["text"] for row in sections["changed"]["rows"]]
        happened += [row["cells"][3].get("note", "") for row in sections["portfolio"]["rows"]]
        happened += [row["cells"][3]["text"] for row in sections["actions"]["rows"]]
        days = [dt.datetime.strptime(day, "%d %b %Y").date() for day in happened if day]
        assert days
        assert max(days) <= frozen_on
        assert "for -" not in str(pack.content)
