"""A missed promise waits for its owner's explanation, which everybody reads, and speaks for amber."""

import datetime as dt

import pytest
from django.core.exceptions import PermissionDenied

from accounts.roles import Role
from core import clock
from core.errors import Refused
from core.inbox import Reader
from outbox.models import Message
from projects.models import Project
from take_up import inbox
from take_up.emails import promise_missed
from take_up.models import Benefit
from take_up.operations import check_measurement, explain_promise
from take_up.signals import missed_promises
from tests.factories.accounts import UserFactory, give_role
from tests.factories.projects import ProjectFactory
from tests.factories.take_up import AdoptionFactory, BenefitFactory, MeasurementFactory

pytestmark = [pytest.mark.sql, pytest.mark.django_db]

WHY = "The two largest councils joined a year late."


@pytest.fixture
def analyst(db):
    return give_role(UserFactory(), Role.ANALYST)


@pytest.fixture
def missed(harlow) -> Benefit:
    """Six agreements were promised by December 2015 for a project that Harlow leads; two were measured after that."""
    measurement = MeasurementFactory(
        promise__title="Agreements a month",
        promise__unit="agreements",
        promise__claimed=6,
        promise__project=ProjectFactory(title="Bins", lead_council=harlow),
        measured_on=dt.date(2016, 2, 3),
    )
    return measurement.promise


def again(promise: Benefit) -> Benefit:
    return Benefit.objects.select_related("latest").get(pk=promise.pk)


def test_it_is_missed_from_the_day_it_was_due_or_from_the_measurement_that_came_later(missed):
    assert missed.missed_on == dt.date(2016, 2, 3)
    MeasurementFactory(promise__claimed=6, promise__due_on=dt.date(2020, 1, 1))
    assert {each.missed_on for each in Benefit.objects.missed()} == {dt.date(2016, 2, 3), dt.date(2020, 1, 1)}


def test_until_it_is_explained_the_ledger_says_whom_it_asks_since_when(client, missed, amina):
    words = "Explanation asked of Harlow since 3 February 2016"
    for address in ("/board/promises/", missed.get_absolute_url(), missed.project.get_absolute_url()):
        assert words in client.get(address).content.decode(), address

    explain_promise(missed, explanation=WHY, by=amina)

    for address in ("/board/promises/", missed.get_absolute_url(), missed.project.get_absolute_url()):
        assert words not in client.get(address).content.decode(), address
    assert WHY in client.get(missed.get_absolute_url()).content.decode()
    assert WHY in client.get("/board/promises/?format=csv").content.decode()


def test_those_who_answer_for_it_explain_it_and_nobody_else(missed, amina, carlos, grace, analyst):
    for stranger in (carlos, analyst, UserFactory()):
        with pytest.raises(PermissionDenied):
            explain_promise(missed, explanation=WHY, by=stranger)
    for person in (amina, grace):
        explain_promise(missed, explanation=f"{WHY} {person}", by=person)

    latest = again(missed).latest
    assert (latest.explanation, latest.explained_by) == (f"{WHY} {grace}", grace)


def test_what_was_kept_or_is_not_due_has_nothing_to_explain(amina, harlow, signed_in):
    project = ProjectFactory(lead_council=harlow)
    kept = MeasurementFactory(promise__project=project, promise__claimed=1).promise
    to_come = MeasurementFactory(promise__project=project, promise__due_on=dt.date(2100, 1, 1)).promise
    for promise in (kept, to_come, BenefitFactory(project=project)):
        with pytest.raises(Refused, match="not missed"):
            explain_promise(promise, explanation=WHY, by=amina)
    page = signed_in(amina)
    assert page.get(f"{kept.get_absolute_url()}explain/").status_code == 302
    assert "Explain it" not in page.get(kept.get_absolute_url()).content.decode()


def test_it_is_explained_on_a_page_and_an_empty_answer_is_asked_for_again(missed, amina, signed_in):
    person, address = signed_in(amina), f"{missed.get_absolute_url()}explain/"
    assert "Explain it" in person.get(missed.get_absolute_url()).content.decode()

    assert person.post(address, {"explanation": " "}).status_code == 422
    assert person.post(address, {"explanation": WHY}).status_code == 302

    assert again(missed).latest.explanation == WHY


def test_a_later_measurement_that_misses_it_again_asks_again_and_keeps_what_was_said(missed, amina, client):
    explain_promise(missed, explanation=WHY, by=amina)
    MeasurementFactory(promise=again(missed), measured_on=dt.date(2017, 2, 3), value=3)

    page = client.get(missed.get_absolute_url()).content.decode()

    assert again(missed).waits_for_explanation
    assert "Explanation asked of Harlow since 3 February 2017" in page
    assert WHY in page


def test_it_waits_in_the_inbox_of_those_who_answer_for_it_until_it_is_explained(missed, amina, carlos, harlow):
    def lines(person):
        return [item.title for item in inbox.our_promises(Reader(person, clock.now()))]

    assert lines(amina) == ["Bins: Agreements a month"]
    assert lines(carlos) == []
    explain_promise(missed, explanation=WHY, by=amina)
    assert lines(amina) == []


def test_who_answers_is_written_to_when_a_check_shows_that_it_was_missed(harlow, grace, analyst):
    recent = clock.today() - dt.timedelta(days=400)
    promise = BenefitFactory(project__lead_council=harlow, claimed_on=recent, claimed=6, due_on=clock.today())
    late = MeasurementFactory(promise=promise, waiting=True, measured_on=clock.today())

    check_measurement(late, by=analyst)

    message = Message.objects.get(kind="take_up.promise_missed")
    assert (message.person, message.about_id) == (grace, promise.pk)
    assert "/board/promises/" in promise_missed(again(promise), grace).context["url"]
    explain_promise(promise, explanation=WHY, by=grace)
    assert promise_missed(again(promise), grace) is None


def test_missed_promises_speak_for_amber_in_one_query(missed, amina, django_assert_num_queries):
    other = ProjectFactory()
    MeasurementFactory(promise__project=other, promise__claimed=1)  # kept
    MeasurementFactory(promise__project=None, promise__adoption=AdoptionFactory(), promise__claimed=6)
    projects = list(Project.objects.all())

    with django_assert_num_queries(1):
        found = missed_promises(projects)

    ((colour, words, url),) = found.pop(missed.project_id)
    assert (colour, url) == ("amber", missed.get_absolute_url())
    assert words == "Promise missed since 3 February 2016: Agreements a month, not explained"
    assert not found
    explain_promise(missed, explanation=WHY, by=amina)
    assert missed_promises(projects)[missed.project_id][0].words.endswith("Agreements a month")


def test_a_promise_of_our_own_day_that_nobody_measured_waits_to_be_measured(amina, carlos, harlow):
    def lines(person):
        return [item.title for item in inbox.our_promises(Reader(person, clock.now()))]

    project = ProjectFactory(title="Bins", lead_council=harlow)
    days = {"Old": 200, "New": 100}
    for title, ago in days.items():
        BenefitFactory(project=project, title=title, claimed_on=clock.today() - dt.timedelta(days=ago))
    BenefitFactory(project=project, title="Of the record")

    assert lines(amina) == ["Bins: Old"]
    assert lines(carlos) == []
    MeasurementFactory(promise=Benefit.objects.get(title="Old"), measured_on=clock.today(), waiting=True)
    assert lines(amina) == []
