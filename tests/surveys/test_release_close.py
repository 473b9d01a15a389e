"""At the close answers are opened, counted once and frozen; no organisation, title or draft is left beside them."""

import datetime as dt
import json

import pytest
from django.db.models import F
from django.utils import timezone

from accounts.roles import Role
from core import clock, key_folder
from core.errors import Refused
from core.words import at_moment
from councils.models import Organisation
from councils.reorganising import reorganise
from surveys.fieldwork.queries import why_not_taken
from surveys.fieldwork.response import closing_day
from surveys.models import (
    Fieldwork,
    Mention,
    ResultsRow,
    SurveyInvitation,
    SurveyRelease,
    TypeResponse,
    Wave,
    WrittenAnswer,
)
from surveys.release import operations
from surveys.release.frozen import release_of
from surveys.release.operations import (
    close_fieldwork,
    close_fieldworks_that_are_due,
    closing,
    end_answers,
    forget_invitations,
    forget_texts,
)
from tests.factories.accounts import UserFactory, give_role
from tests.surveys.running import answer, answered_by_many, councils, due, opened

pytestmark = pytest.mark.django_db


@pytest.fixture
def answered():
    fieldwork = opened()
    fieldwork.number = answered_by_many(fieldwork)
    return due(fieldwork)


def test_the_close_freezes_the_release_and_keeps_nobodys_answers(answered):
    harlow = next(iter(councils()))
    SurveyInvitation.objects.create(
        fieldwork=answered, organisation=harlow, email="a@b.example", title="Head of bins", role="it", level=2
    )

    closed = close_fieldwork(answered)

    assert (closed.state, closed.wave.respondents) == ("closed", answered.number)
    assert not SurveyInvitation.objects.exclude(title="", role="").exists()
    release = SurveyRelease.objects.get(fieldwork=closed)
    assert not release.is_published
    assert release.frozen["response"]["council-type"]["welsh"] == 4
    whys = {group: why for breakdown, group, why in release.frozen["why_no_column"] if breakdown == "council-type"}
    assert "only 4 people responded" in whys["welsh"]


def test_no_organisation_is_stored_after_the_close(answered):
    names = [council.name for council in councils()]
    assert len(names) > 50

    close_fieldwork(answered)

    release = SurveyRelease.objects.get()
    frozen = json.dumps(release.frozen)
    assert not [name for name in names if name in frozen]
    assert release.frozen["written"] == {"priorities": True}, "one yes or no is all that is kept of who wrote"


def test_what_people_wrote_stands_apart_and_empty_texts_nowhere(answered):
    close_fieldwork(answered)

    assert WrittenAnswer.objects.count() == Mention.objects.filter(position=1).count() > 50
    assert {each.text for each in Mention.objects.all()} == {"Bins", "bins", "Planning", "A portal"}
    assert not {field.name for field in WrittenAnswer._meta.get_fields()} & {"organisation", "level", "survey_answer"}


def test_a_wave_is_closed_once(answered):
    close_fieldwork(answered)
    before = SurveyRelease.objects.values().get()

    close_fieldwork(answered)

    assert SurveyRelease.objects.values().get() == before
    assert close_fieldworks_that_are_due() == 0


def test_a_close_that_dies_leaves_the_wave_open_to_be_closed_again(answered, monkeypatch):
    def dies(*args, **more):
        raise MemoryError

    with monkeypatch.context() as patched:
        patched.setattr(closing, "compute_release", dies)
        with pytest.raises(MemoryError):
            close_fieldwork(answered)
    answered.refresh_from_db()
    assert (answered.state, Mention.objects.count()) == ("open", 0)

    assert close_fieldwork(answered).state == "closed"


def test_a_wave_is_not_closed_before_its_time():
    with pytest.raises(Refused):
        close_fieldwork(opened())


def test_fewer_than_ten_answers_are_never_opened():
    fieldwork = opened()
    for number, council in enumerate(councils({"district": 9})):
        answer(fieldwork, number, council, strategy="yes")

    closed = close_fieldwork(due(fieldwork))

    assert (closed.state, closed.void_reason) == ("void", "9 people answered, and fewer than ten are not opened.")
    assert not SurveyRelease.objects.exists()


def test_a_lost_key_is_looked_for_for_a_day_and_then_the_wave_is_void(answered):
    key_folder.destroy(answered.round.key_name)

    with pytest.raises(Refused, match="key to the answers was lost"):
        close_fieldwork(answered)
    assert Fieldwork.objects.get().state == "open"

    closed = close_fieldwork(due(answered, since=dt.timedelta(days=1)))
    assert closed.state == "void"
    assert "key" in closed.void_reason


def test_where_the_key_to_one_question_is_lost_the_rest_is_opened(answered):
    key_folder.destroy(answered.written_rounds.get().round.key_name)

    closed = close_fieldwork(due(answered, since=dt.timedelta(days=1)))

    assert (closed.state, WrittenAnswer.objects.count()) == ("closed", 0)


def test_an_analyst_ends_the_answers_and_the_worker_closes(answered, anna):
    answered.closes_at = clock.now() + dt.timedelta(days=3)
    answered.save()

    end_answers(answered, by=anna)

    assert close_fieldworks_that_are_due() == 1


def test_names_and_addresses_go_after_90_days(answered):
    SurveyInvitation.objects.create(
        fieldwork=answered, organisation=next(iter(councils())), email="a@b.example", level=2
    )
    close_fieldwork(answered)

    assert forget_invitations() == 0
    Fieldwork.objects.update(closed_at=F("closed_at") - dt.timedelta(days=91))
    assert forget_invitations() == 1


def test_texts_of_a_wave_that_nobody_publishes_go_after_a_year(answered):
    close_fieldwork(answered)

    assert forget_texts() == 0
    Fieldwork.objects.update(closed_at=F("closed_at") - dt.timedelta(days=366))
    assert forget_texts() > 50
    assert not WrittenAnswer.objects.exists()
    assert not Mention.objects.exists()


@pytest.mark.parametrize(("by_one", "others", "may"), [(12, 3, False), (12, 0, False), (4, 6, True), (5, 6, False)])
def test_what_people_wrote_is_printed_only_where_enough_organisations_wrote_it(by_one, others, may):
    """The rules hold for those who wrote: here many answered, and few organisations wrote or one wrote most."""
    fieldwork = opened()
    first, *rest = councils({"district": 31})
    for number in range(by_one):
        answer(fieldwork, number, first, strategy="yes", texts=["Bins"])
    for number, council in enumerate(rest, start=100):
        answer(fieldwork, number, council, strategy="no", texts=["Planning"] if number < 100 + others else [])
    close_fieldwork(due(fieldwork))
    row = ResultsRow.objects.filter(table__slug="priorities").first()
    anna = give_role(UserFactory(), Role.ANALYST)
    operations.code_texts(fieldwork, table="priorities", texts=["bins"], row=row.key, by=anna)

    frozen = SurveyRelease.objects.get().frozen

    assert frozen["written"] == {"priorities": may}
    coded = release_of(frozen["coded"]["priorities"]["release"])
    assert (10 in {column.base for column in coded.columns}) is may
    assert may or frozen["coded"]["priorities"]["mentions"] is None


@pytest.mark.parametrize("merged", [False, True])
def test_councils_that_merged_while_it_ran_are_one_organisation(merged, sunita):
    """Five districts are enough to print something of; the one council that they have become is not."""
    fieldwork = opened({"strategy": []})
    districts = Organisation.objects.in_force().filter(kind="district").order_by("name")[:5]
    essex = Organisation.objects.get(slug="essex")
    fieldwork.nameless = {str(each.pk): 6 for each in districts}  # as once all of them closed their accounts
    fieldwork.save()
    for number in range(30):
        answer(fieldwork, number, districts[number % 5], strategy=("yes", "no")[number // 15], texts=["Bins"])
    if merged:
        yesterday = clock.today() - dt.timedelta(days=1)
        for council in districts:
            reorganise(council, by=sunita, ends_on=yesterday, carried_on_by=essex, order="An order")

    close_fieldwork(due(fieldwork))

    frozen = SurveyRelease.objects.get().frozen
    assert any(column.base for column in release_of(frozen).columns) is not merged
    assert frozen["written"] == {"priorities": not merged}
    told = ("counties", "districts") if merged else ("districts", "counties")
    assert [frozen["response"]["council-type"].get(each, 0) for each in told] == [30, 0]  # the tables
    assert {each.council_type for each in TypeResponse.objects.filter(answered__gt=0)} == {told[0]}  # the response


@pytest.mark.parametrize("days", [0, 2])
def test_councils_are_counted_as_at_the_day_answers_ended_however_late_the_worker_closes(days, sunita):
    """Reorganisations come on 1 April: a wave that ends the day before counts the councils there were."""
    fieldwork = opened({"strategy": []})
    districts = Organisation.objects.in_force().filter(kind="district").order_by("name")[:5]
    essex = Organisation.objects.get(slug="essex")
    fieldwork.nameless = {str(each.pk): 6 for each in districts}
    for number in range(30):
        answer(fieldwork, number, districts[number % 5], strategy="yes")
    for council in districts:
        reorganise(
            council, by=sunita, ends_on=clock.today() - dt.timedelta(days=1), carried_on_by=essex, order="An order"
        )
    ended = due(fieldwork, since=dt.timedelta(days=days))

    close_fieldwork(ended)

    told = "districts" if days else "counties"
    assert SurveyRelease.objects.get().frozen["response"]["council-type"].get(told) == 30
    assert {each.council_type for each in TypeResponse.objects.filter(answered__gt=0)} == {told}
    day = Wave.objects.get(year=2015).closed_on
    assert day == timezone.localdate(ended.closes_at)
    said = why_not_taken(Fieldwork.objects.get(pk=ended.pk))
    assert said.startswith(f"This survey closed {at_moment(ended.closes_at)}")


def test_a_wave_that_closes_at_midnight_counts_the_day_that_ends_then():
    fieldwork = Fieldwork(closes_at=dt.datetime(2027, 4, 1, 0, 0, tzinfo=clock.LONDON))

    assert closing_day(fieldwork) == dt.date(2027, 3, 31)
    fieldwork.closes_at += dt.timedelta(minutes=1)
    assert closing_day(fieldwork) == dt.date(2027, 4, 1)


def test_only_a_wave_that_was_published_counts_as_the_one_before(answered, anna):
    close_fieldwork(answered)
    next_year = Fieldwork(wave=Wave(year=2016))

    assert closing._earlier(next_year) is None
    SurveyRelease.objects.update(
        proposed_by=anna, proposed_at=clock.now(), confirmed_by=UserFactory(), confirmed_at=clock.now()
    )
    assert closing._earlier(next_year).release.response["level"]
