"""A database in which results stood on their promises keeps each as a measurement that somebody checked."""

import datetime as dt
from decimal import Decimal

import pytest
from django.db import connection
from django.db.migrations.loader import MigrationLoader

from councils.kinds import Tier
from take_up.models import Benefit
from tests.factories.accounts import UserFactory
from tests.factories.councils import ServiceFactory
from tests.factories.projects import BusinessCaseFactory, ProjectFactory
from tests.factories.take_up import AdoptionFactory

BEFORE = [("take_up", "0003_days_earlier_use_and_sums_shown")]


@pytest.mark.sql
@pytest.mark.django_db(transaction=True)
def test_every_result_becomes_a_measurement_and_every_promise_has_its_day_direction_and_base():
    author, analyst = UserFactory(), UserFactory()
    project = ProjectFactory(service=ServiceFactory(providing_tier=Tier.UPPER))
    adoption, case = AdoptionFactory(), BusinessCaseFactory(project=project)
    made = {"claimed_in": "Plan", "claimed_on": dt.date(2014, 8, 31), "recorded_by_id": author.pk}
    loader = MigrationLoader(connection, replace_migrations=False)
    step, before = loader.get_migration("take_up", "0004_promises_in_rows"), loader.project_state(BEFORE)
    with connection.schema_editor() as editor:
        step.unapply(before, editor)
    former = before.apps.get_model("take_up", "Benefit")
    of_case = former.objects.create(
        **made, title="Saving", project_id=project.pk, business_case_id=case.pk, claimed=712_500, scope=152,
        result=96_400, result_words="nearly £100,000", result_on=dt.date(2015, 11, 30), n=4, n_words="Councils",
        result_source="Slides", result_is_illustrative=True, state="partly", confirmed_by_id=analyst.pk,
    )  # fmt: skip
    falls = former.objects.create(**made, title="Calls", unit="calls", adoption_id=adoption.pk, baseline=9, claimed=3)

    with connection.schema_editor() as editor:
        step.apply(before.clone(), editor)

    saving, calls = Benefit.objects.get(pk=of_case.pk), Benefit.objects.get(pk=falls.pk)
    assert (saving.origin, saving.better, saving.due_on) == ("project", "higher", dt.date(2016, 8, 31))
    assert (saving.tier, saving.scope, saving.state) == (Tier.UPPER, 152, "partly")
    assert (calls.origin, calls.better, calls.due_on) == ("adoption", "lower", dt.date(2015, 8, 31))
    assert (calls.tier, calls.latest, calls.state) == ("", None, "not_checked")
    (moved,) = saving.measurements.all()
    assert saving.latest == moved
    assert (moved.value, moved.value_words, moved.measured_on) == (
        Decimal(96_400), "nearly £100,000", dt.date(2015, 11, 30),
    )  # fmt: skip
    assert (moved.n, moved.n_words, moved.source, moved.is_illustrative) == (4, "councils", "Slides", True)
    assert (moved.reported_by, moved.checked_by, moved.checked_at is None) == (author, analyst, False)
