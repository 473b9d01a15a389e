"""A published case study stands in the ledger with its figures as what its council promises, once for each measure."""

import datetime as dt
import importlib
from decimal import Decimal

import pytest
from django.apps import apps
from django.forms.utils import ErrorDict

from core import clock
from councils.models import Organisation
from portal.figures import headline
from publishing.following_up import (
    answer_follow_up,
    ask_for_follow_ups,
)
from publishing.interview.queries import promises_said
from publishing.models import CaseStudyPage, FollowUp
from publishing.operations import withdraw_case_study
from publishing.promising import keep_promise_of
from take_up.models import Benefit, Measurement
from take_up.operations import check_measurement, turn_down_measurement
from tests.factories.assets_registry import AssetFactory
from tests.factories.publishing import publish_case_study
from tests.locks import locks_before_writing
from tests.publishing.drafts import fresh
from tests.publishing.published import COMPARED, MEASURED, PUBLISHED, at, published_with
from tests.publishing.test_evidence import measured_elsewhere

pytestmark = [pytest.mark.sql, pytest.mark.django_db]
LATER = {"value": Decimal(271), "n": 3, "measured_on": dt.date(2040, 8, 1), "better": "lower"}


def test_a_published_case_study_makes_one_promise_which_everybody_finds_in_the_ledger(study, amina, client):
    promise = study.own_promise.promise
    measured = promise.measurements.get()

    assert (promise.origin, promise.baseline, promise.claimed, promise.unit) == ("case_study", 410, 268, "calls")
    assert (promise.baseline_on, promise.better) == (dt.date(2014, 3, 1), "unsaid")
    assert (measured.value, measured.n, measured.measured_on) == (268, 3, dt.date(2015, 3, 1))
    assert (measured.reported_by, measured.is_checked) == (amina, False)
    assert "Calls about missed bins" in client.get("/board/promises/").content.decode()

    keep_promise_of(study, by=amina)
    published_with(study, summary="Other words.")
    assert (Benefit.objects.count(), Measurement.objects.count()) == (1, 1)


def test_a_draft_alters_nothing_and_what_cannot_be_compared_promises_nothing(study, harlow, amina):
    page = fresh(study)
    page.after = 100
    page.save_revision(user=amina)
    publish_case_study(harlow, title="One figure", owner=amina, **MEASURED)

    assert Measurement.objects.get().value == 268
    assert Benefit.objects.count() == 1


def test_what_it_promises_as_a_project_or_council_does_is_not_written_a_second_time(harlow, amina, surrey):
    promise = measured_elsewhere(AssetFactory(), surrey)

    publish_case_study(harlow, owner=amina, benefits=[promise], **COMPARED)

    assert Benefit.objects.get() == promise


def test_a_second_case_study_of_the_same_measure_makes_no_second_promise(study, harlow, surrey, amina):
    again = publish_case_study(harlow, title="Told again", owner=amina, **COMPARED | {"after": 250})

    assert Benefit.objects.get() == study.own_promise.promise
    publish_case_study(surrey, title="Of another council", owner=amina, **COMPARED)
    assert Benefit.objects.count() == 2

    CaseStudyPage.objects.filter(pk=study.pk).update(withdrawn_on=dt.date(2040, 4, 1), withdrawn_reason="Wrong.")
    with locks_before_writing() as locked:
        promise = keep_promise_of(again, by=amina)
    assert promise.claimed == 250, "nobody else tells it now"
    assert locked == [Organisation, CaseStudyPage], "two that are published together see one another"


@pytest.fixture
def later(study, harlow, amina):
    """Of the same measure, a year on."""
    figures = COMPARED | {"after": 250, "after_on": dt.date(2016, 3, 1)}
    with clock.at(PUBLISHED):
        return publish_case_study(harlow, title="A year on", owner=amina, **figures)


def test_the_later_figure_of_a_second_case_study_is_a_measurement_of_the_first_ones_promise(study, later, amina):
    promise = study.own_promise.promise

    keep_promise_of(later, by=amina)

    assert list(promise.measurements.order_by("measured_on").values_list("value", flat=True)) == [268, 250]
    made_up = COMPARED | {"after": 1, "after_on": dt.date(2017, 3, 1), "is_illustrative": True}
    publish_case_study(later.council, title="Made up", owner=amina, **made_up)
    assert promise.measurements.count() == 2, "a made-up figure measures no real promise"


def test_a_second_case_study_is_followed_up_by_the_promise_of_the_first(study, later, amina):
    with at(6):
        ask_for_follow_ups()
        assert set(FollowUp.objects.values_list("case_study", flat=True)) == {study.pk, later.pk}
        answer_follow_up(later, is_running=True, by=amina, **LATER)

    assert study.own_promise.promise.measurements.get(value=271) == FollowUp.objects.get(case_study=later).measurement


@pytest.mark.parametrize("names_it", [False, True])
def test_once_the_first_is_withdrawn_the_next_makes_the_promise_and_others_measure_it(study, later, petra, names_it):
    first = study.own_promise.promise
    if names_it:
        page = fresh(later)
        page.benefits = [first]
        page.save_revision().publish()
    third = COMPARED | {"after": 240, "after_on": dt.date(2017, 3, 1), "before_unit": "calls", "after_unit": "calls"}
    publish_case_study(later.council, title="Two years on", owner=petra, **third)

    withdraw_case_study(study, by=petra, reason="Wrong.")

    promise = Benefit.objects.exclude(pk=first.pk).get()
    assert (promise.of_case_study.case_study.pk, promise.claimed) == (later.pk, 250)
    assert list(promise.measurements.order_by("measured_on").values_list("value", flat=True)) == [250, 240]


def test_two_that_are_withdrawn_at_once_hold_those_of_their_measure_in_one_order(study, later, petra):
    with locks_before_writing() as locked:
        withdraw_case_study(later, by=petra, reason="Wrong.")

    assert locked == [Organisation, CaseStudyPage]
    assert Benefit.objects.count() == 1, "the first still tells it"


def test_taken_off_the_site_the_first_leaves_its_measure_to_the_next(study, later):
    fresh(study).unpublish()

    assert fresh(later).own_promise.promise.claimed == 250


@pytest.mark.parametrize(
    "spelled",
    [{"measure": COMPARED["measure"].upper()}, {"before_unit": "Calls per month", "after_unit": "Calls per month"}],
    ids=["case", "per"],
)
def test_a_measure_that_is_spelled_another_way_is_not_promised_twice(harlow, amina, spelled):
    unit = {"before_unit": "calls a month", "after_unit": "calls a month"}
    told = publish_case_study(harlow, owner=amina, **COMPARED | unit)

    again = publish_case_study(harlow, title="Told again", owner=amina, **COMPARED | unit | spelled)

    assert list(Benefit.objects.all()) == [told.own_promise.promise]
    assert promises_said(again, amina) == [told.own_promise.promise], "the interview says so before"


def test_a_later_figure_is_another_measurement_and_a_corrected_one_leaves_its_trace(study, analyst):
    published_with(study, after=271, after_on=dt.date(2016, 3, 1))
    assert list(Measurement.objects.values_list("value", flat=True)) == [268, 271]

    published_with(study, before=420)
    promise = Benefit.objects.get()
    assert (promise.baseline, promise.claimed) == (420, 271)
    assert promise.measurements.get().value == 271

    check_measurement(promise.measurements.get(), by=analyst)
    published_with(study, before=500)
    assert Benefit.objects.get().baseline == 420


def test_the_promise_of_a_withdrawn_case_study_is_no_longer_in_the_ledger(study, client):
    CaseStudyPage.objects.filter(pk=study.pk).update(withdrawn_on=dt.date(2040, 4, 1), withdrawn_reason="Wrong.")

    assert "Calls about missed bins" not in client.get("/board/promises/").content.decode()
    assert client.get(study.own_promise.promise.get_absolute_url()).status_code == 404


def test_money_that_a_withdrawn_case_study_promised_is_in_no_headline(harlow, amina):
    pounds = {"before_unit": "£ a year", "after_unit": "£ a year"}
    page = publish_case_study(harlow, owner=amina, **{**COMPARED, **pounds})
    assert headline._of_money() is not None

    CaseStudyPage.objects.filter(pk=page.pk).update(withdrawn_on=dt.date(2040, 4, 1), withdrawn_reason="Wrong.")

    assert headline._of_money() is None


def test_a_deleted_case_study_takes_its_promise_with_it_unless_somebody_checked_it(study, harlow, amina, analyst):
    other = publish_case_study(harlow, title="Another", owner=amina, **COMPARED | {"measure": "Calls about flats"})
    check_measurement(other.own_promise.promise.measurements.get(), by=analyst)

    fresh(study).delete()
    fresh(other).delete()

    assert list(Benefit.objects.values_list("measurements__checked_by", flat=True)) == [analyst.pk]


def test_a_page_shows_a_promise_that_it_names_only_as_far_as_a_stranger_sees_it(harlow, amina, surrey, client):
    asset = AssetFactory(owner=harlow)
    promise = measured_elsewhere(asset, surrey)
    page = publish_case_study(harlow, owner=amina, benefits=[promise], **COMPARED)
    assert "Promised and measured" in client.get(page.url).content.decode()

    asset.adoptions.update(may_be_listed=False)

    assert "Promised and measured, never added" not in client.get(page.url).content.decode()


def test_what_was_published_before_gets_its_promise_from_the_migration(study, harlow, amina):
    publish_case_study(harlow, title="One figure", owner=amina, **MEASURED)
    Benefit.objects.update(latest=None)
    study.own_promise.delete()
    Benefit.objects.all().delete()
    migration = importlib.import_module("publishing.migrations.0008_evidence_of_case_studies")

    migration.promises_of_what_is_published(apps, None)

    promise = fresh(study).own_promise.promise
    assert (promise.baseline, promise.claimed, promise.measurements.get().n) == (410, 268, 3)
    assert keep_promise_of(study, by=amina) == promise
    assert (Benefit.objects.count(), Measurement.objects.count()) == (1, 1)


def test_figures_taken_off_the_page_leave_the_ledger_and_checked_ones_are_no_longer_shown(study, analyst, client):
    published_with(study, measure="")
    assert not Benefit.objects.exists()
    published_with(study, measure=COMPARED["measure"])
    check_measurement(Measurement.objects.get(), by=analyst)

    published_with(study, before=None, before_unit="", before_on=None, before_n=None)

    assert Benefit.objects.get().measurements.exists()
    assert "Calls about missed bins" not in client.get("/board/promises/").content.decode()


def test_pounds_a_year_are_one_unit_however_they_are_spelled(harlow, amina):
    pounds = {"before_unit": "£ per year", "after_unit": "£ per year"}
    page = publish_case_study(harlow, owner=amina, **COMPARED | pounds)
    promise = Benefit.objects.get()

    published_with(page, summary="Other words.")
    assert (promise.unit, Measurement.objects.get().pk) == ("£ a year", promise.measurements.get().pk)

    other = publish_case_study(harlow, title="Again", owner=amina, benefits=[promise], **COMPARED | pounds)
    assert not hasattr(fresh(other), "own_promise")


def test_what_was_turned_down_is_not_measured_again_by_other_words(study, analyst):
    turn_down_measurement(Measurement.objects.get(), by=analyst, because="Nobody counted.")

    published_with(study, summary="Other words.")
    published_with(study, before=420)

    assert not Measurement.objects.exists()
    assert Benefit.objects.get().baseline == 420
    published_with(study, after=270)
    assert Measurement.objects.get().value == 270


def test_figures_of_a_day_to_come_are_refused_and_promise_nothing(harlow, amina):
    page = publish_case_study(harlow, owner=amina, **COMPARED | {"after_on": dt.date(9999, 5, 1)})

    assert not hasattr(fresh(page), "own_promise")
    form = CaseStudyPage.get_edit_handler().get_form_class()(instance=page, for_user=amina)
    form._errors = ErrorDict()
    form.cleaned_data = {}
    form._check_figures({"after": 1, "after_unit": "calls", "after_on": dt.date(9999, 5, 1)})
    assert "still to come" in str(form.errors["after_on"])
