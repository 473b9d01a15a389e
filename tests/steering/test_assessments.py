"""Where the board wants one, a project is assessed at its gate on 14 points; red and amber make actions."""

import datetime as dt

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction

from core import clock
from core.errors import Refused
from steering.models import BoardAction, GateAssessment, GatePoint
from steering.models.assessments import POINTS
from steering.operations import assess_gate
from tests.factories.projects import ProjectFactory
from tests.pages import words

DAY = dt.date(2014, 9, 9)


@pytest.fixture
def project(harlow):
    return ProjectFactory(title="Waste standards", lead_council=harlow)


def points(**but):
    """All green, but those that are named: `p3="amber"` with words, `p5="red"`."""
    rated = {f"p{number}": "green" for number in range(1, 15)} | but
    return {int(name[1:]): (rating, "Not yet." if rating in ("red", "amber") else "") for name, rating in rated.items()}


def assessed(project, by, again_on=None, **but):
    return assess_gate(project, points=points(**but), assessed_on=DAY, again_on=again_on, by=by)


def test_there_are_the_fourteen_points_of_the_service_standard():
    assert len(POINTS) == 14
    assert POINTS[0] == "Understand users and their needs"
    assert POINTS[13] == "Operate a reliable service"


def test_all_green_goes_on_and_gives_no_action(project, sunita):
    assessment = assessed(project, sunita)

    assert (assessment.rating, assessment.points.count()) == ("green", 14)
    assert not BoardAction.objects.exists()


def test_amber_goes_on_and_is_mended_in_three_months_by_who_leads(project, sunita, harlow):
    assessment = assessed(project, sunita, p3="amber", p10="amber")

    assert (assessment.rating, assessment.again_on) == ("amber", None)
    assert {(action.owner, action.due_on, action.project) for action in BoardAction.objects.all()} == {
        (harlow, dt.date(2014, 12, 9), project)
    }
    assert assessment.points.get(number=3).action.title == f"Point 3, {POINTS[2]}: Not yet."


def test_red_is_assessed_again_by_a_day_and_its_action_is_due_then(project, sunita):
    with pytest.raises(Refused, match="Say by when") as refusal:
        assessed(project, sunita, p5="red")
    assert refusal.value.field == "again_on"

    assessment = assessed(project, sunita, again_on=dt.date(2014, 11, 1), p5="red", p6="amber")

    assert (assessment.rating, assessment.again_on) == ("red", dt.date(2014, 11, 1))
    assert [action.due_on for action in BoardAction.objects.order_by("due_on")] == [
        dt.date(2014, 11, 1), dt.date(2014, 12, 9)
    ]  # fmt: skip


def test_what_is_not_met_yet_gives_no_action(project, sunita):
    assert assessed(project, sunita, p12="not_yet").rating == "green"
    assert not BoardAction.objects.exists()


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({"points": {1: ("green", "")}}, "rating_2"),
        ({"points": points(p4="blue")}, "rating_4"),
        ({"points": points() | {7: ("amber", " ")}}, "words_7"),
        ({"assessed_on": dt.date(2999, 1, 1)}, "assessed_on"),
        ({"points": points(p5="red"), "again_on": DAY}, "again_on"),
    ],
)
def test_what_cannot_have_been_assessed_so_is_refused(project, sunita, given, field):
    with pytest.raises(Refused) as refusal:
        assess_gate(project, by=sunita, **{"points": points(), "assessed_on": DAY, **given})

    assert refusal.value.field == field
    assert not GateAssessment.objects.exists()


def test_where_nobody_leads_nobody_could_mend_it(db, sunita):
    with pytest.raises(Refused, match="Say first who leads it"):
        assessed(ProjectFactory(lead_council=None), sunita, p3="amber")


def test_a_project_is_assessed_once_on_a_day_and_by_the_secretariat(project, sunita, boris):
    with pytest.raises(PermissionDenied):
        assessed(project, boris)
    assessed(project, sunita)
    with pytest.raises(Refused, match="on that day already"):
        assessed(project, sunita)


def test_the_database_keeps_no_red_or_amber_point_without_words_and_action(project, sunita):
    assessment = assessed(project, sunita)

    with pytest.raises(IntegrityError), transaction.atomic():
        GatePoint.objects.filter(assessment=assessment, number=1).update(rating="amber", words="Late.")
    with pytest.raises(IntegrityError), transaction.atomic():
        GateAssessment.objects.filter(pk=assessment.pk).update(rating="red")


def test_the_form_has_fourteen_rows_and_its_page_the_points_and_what_follows(signed_in, client, sunita, boris, project):
    address = f"/board/assessments/{project.slug}/new/"
    assert signed_in(boris).get(address).status_code == 403
    secretariat = signed_in(sunita)
    page = words(secretariat.get(address))
    assert page.count('value="green"') == 14
    assert 'href="https://www.gov.uk/service-manual/service-standard"' in page

    form = {f"rating_{number}": "green" for number in range(1, 15)}
    wrong = secretariat.post(address, form | {"rating_3": "amber"})
    assert wrong.status_code == 422
    assert "Say what is missing on point 3." in words(wrong)
    assert words(wrong).count(" checked") == 14

    page = words(secretariat.post(address, form | {"rating_3": "amber", "words_3": "No telephone yet."}, follow=True))
    assert "The assessment is written down: amber. 1 action follows from it." in page
    assert "No telephone yet." in page
    assert "The project goes on, and mends what is amber within three months." in page
    on_the_project = words(client.get(project.get_absolute_url()))
    assert f"/board/assessments/{project.slug}/{clock.today().isoformat()}/" in on_the_project


def test_the_projects_page_says_what_the_board_decided_about_it(client, signed_in, sunita, project):
    assert "The steering board</h2>" not in words(client.get(project.get_absolute_url()))
    page = words(signed_in(sunita).get(project.get_absolute_url()))
    assert "The board has decided nothing about it yet." in page
    assert f"/board/decisions/new/?project={project.slug}" in page
