"""The level of evidence is computed from what a page says and from what others measured; nobody types it.

No level stands without those below it, and use by others is take-up, never evidence.
"""

import datetime as dt
import importlib
import itertools
from decimal import Decimal

import pytest
from django.db import IntegrityError, transaction

from core.figures import Figure
from publishing.evidence import evidence_level, level_now, level_of, with_replication
from publishing.models import CaseStudyPage
from take_up.models import Benefit
from tests.factories.assets_registry import AssetFactory
from tests.factories.publishing import publish_case_study
from tests.factories.take_up import AdoptionFactory, BenefitFactory, MeasurementFactory
from tests.publishing.published import CLAIMED, COMPARED, MEASURED

pytestmark = [pytest.mark.sql, pytest.mark.django_db]


@pytest.mark.parametrize(
    ("said", "level"),
    [
        ({}, 0),
        ({**MEASURED, "after_on": None}, 0),
        ({**MEASURED, "after_unit": ""}, 0),
        ({**COMPARED, "after": None}, 0),
        (MEASURED, 1),
        ({**COMPARED, "measure": ""}, 1),
        ({**COMPARED, "before_unit": "minutes"}, 1),
        ({**COMPARED, "before_on": COMPARED["after_on"]}, 1),
        ({**COMPARED, "before_n": None}, 1),
        ({**COMPARED, "after_n": None}, 1),
        ({**COMPARED, "after_n": 0}, 1),
        (COMPARED, 2),
    ],
)
def test_two_figures_of_one_measure_and_unit_at_two_dates_with_their_base_make_level_2(harlow, said, level):
    assert evidence_level(publish_case_study(harlow, **said)).level == level


def test_a_named_checker_of_another_organisation_makes_level_3_and_only_above_level_2(harlow, surrey):
    named = {"checked_by": "Moira Bell", "checker_organisation": surrey}

    def level(n, **said):
        return evidence_level(publish_case_study(harlow, title=f"Study {n}", **said)).level

    assert level(1, **COMPARED, **named) == 3
    assert level(2, **COMPARED, **{**named, "checked_by": ""}) == 2
    assert level(3, **COMPARED, **{**named, "checker_organisation": None}) == 2
    assert level(4, **MEASURED, **named) == 1
    assert level(5, **named) == 0


def test_a_council_does_not_check_itself(harlow):
    page = publish_case_study(harlow, **COMPARED, checked_by="Our own audit")

    with pytest.raises(IntegrityError), transaction.atomic():
        CaseStudyPage.objects.filter(pk=page.pk).update(checker_organisation=harlow)


def test_another_councils_own_confirmed_measurement_makes_level_4_on_2_and_on_3(harlow, surrey):
    asset = AssetFactory(owner=harlow)
    measured_elsewhere(asset, surrey)
    checked = {"checked_by": "Moira Bell", "checker_organisation": surrey}

    levels = [
        evidence_level(publish_case_study(harlow, title=f"Study {n}", asset=asset, **said)).level
        for n, said in enumerate([CLAIMED, MEASURED, {**MEASURED, **checked}, COMPARED, {**COMPARED, **checked}])
    ]

    assert levels == [0, 1, 1, 4, 4]


def test_use_by_another_council_is_take_up_and_no_evidence(harlow, surrey, client):
    asset = AssetFactory(owner=harlow)
    AdoptionFactory(asset=asset, council=surrey)
    page = publish_case_study(harlow, asset=asset, **COMPARED)

    assert evidence_level(page).level == 2
    assert "Take-up, which is not evidence" in client.get(page.url).content.decode()


def test_other_measurements_do_not_count(harlow, surrey, luton):
    asset = AssetFactory(owner=harlow)
    AdoptionFactory(asset=asset, council=luton, confirmed_by=None, confirmed_at=None)
    measured_elsewhere(asset, surrey, unit="minutes")
    measured_elsewhere(asset, surrey, title="Something else")
    measured_elsewhere(asset, surrey, waiting=True)
    measured_elsewhere(asset, surrey, value=199)
    measured_elsewhere(asset, luton)
    measured_elsewhere(asset, harlow)
    measured_elsewhere(AssetFactory(owner=harlow), surrey)

    assert evidence_level(publish_case_study(harlow, asset=asset, **COMPARED)).level == 2


def test_a_made_up_measurement_is_no_evidence_of_a_real_figure(harlow, surrey):
    asset = AssetFactory(owner=harlow)
    promise = measured_elsewhere(asset, surrey)
    type(promise).objects.filter(pk=promise.pk).update(is_illustrative=True)
    real = publish_case_study(harlow, title="Real", asset=asset, **COMPARED)
    made_up = publish_case_study(harlow, title="Made up", asset=asset, is_illustrative=True, **COMPARED)

    assert [evidence_level(page).level for page in (real, made_up)] == [2, 4]


def test_the_page_says_what_would_raise_it(harlow, surrey):
    def next_step(n, **said):
        return evidence_level(publish_case_study(harlow, title=f"Study {n}", **said)).next_step

    assert "A figure with its unit" in next_step(1)
    assert "the figure before" in next_step(2, **MEASURED)
    assert "how many each figure was measured on" in next_step(3, **{**COMPARED, "before_n": None, "after_n": None})
    assert "how many the figure before was measured on" in next_step(6, **{**COMPARED, "before_n": None})
    assert "how many the figure after was measured on" in next_step(7, **{**COMPARED, "after_n": None})
    assert "named person of another organisation" in next_step(4, **COMPARED)
    assert "another council’s own" in next_step(5, **COMPARED, checked_by="M", checker_organisation=surrey)


def test_the_rule_for_one_page_and_the_rule_for_lists_agree(harlow, surrey):
    measured, unmeasured = AssetFactory(owner=harlow), AssetFactory(owner=harlow)
    AdoptionFactory(asset=unmeasured, council=surrey)
    measured_elsewhere(measured, surrey)
    odd: list[dict] = [
        {},
        {"after": None},
        {"after_n": 0},
        {"before": None},
        {"before_unit": "minutes"},
        {"measure": ""},
    ]
    odd += [{"before_on": COMPARED["after_on"]}, {"before_n": None}, {"after_unit": "", "before_unit": ""}]
    checks: list[dict] = [
        {},
        {"checked_by": "Moira Bell"},
        {"checked_by": "Moira Bell", "checker_organisation": surrey},
    ]
    for n, (said, checked, asset) in enumerate(itertools.product(odd, checks, (measured, unmeasured, None))):
        publish_case_study(harlow, title=f"Study {n}", asset=asset, **{**COMPARED, **said, **checked})

    levels = {
        page.pk: page.evidence for page in with_replication(CaseStudyPage.objects.all()).annotate(evidence=level_now())
    }

    assert set(levels.values()) == {0, 1, 2, 3, 4}
    assert {page.pk: evidence_level(page).level for page in CaseStudyPage.objects.all()} == levels


def test_words_of_old_become_figures_where_they_are_one_and_are_kept_where_they_are_not(harlow):
    migration = importlib.import_module("publishing.migrations.0003_carry_figures")
    old = {"baseline": "410 calls", "result": "268 calls", "measured_on": "2015-03-01", "measured_n": "3 councils"}

    assert migration.new_values(old) == {
        "before": "410",
        "before_unit": "calls",
        "after": "268",
        "after_unit": "calls",
        "after_on": "2015-03-01",
        "after_n": 3,
        "figures_note": "3 councils",
    }
    unclear = {**old, "baseline": "3 of 200 homes", "result": "2 a month; 6 promised", "measured_n": "11 of 19 sites"}
    kept = migration.new_values(unclear)
    assert {"before", "after"}.isdisjoint(kept)
    assert kept["after_n"] is None
    assert kept["figures_note"] == "11 of 19 sites; before: 3 of 200 homes; after: 2 a month; 6 promised"
    assert migration.new_values({"result": "£1,180.50 a year"})["after_unit"] == "£ a year"


def measured_elsewhere(asset, council, **fields) -> Benefit:
    """What `council`, which uses the asset, measured itself and an analyst confirmed."""
    adoption = asset.adoptions.filter(council=council).first() or AdoptionFactory(asset=asset, council=council)
    said = {"title": CLAIMED["measure"], "unit": "calls", "claimed": 200}
    said |= {name: fields.pop(name) for name in ("title", "unit") if name in fields}
    promise = BenefitFactory(project=None, adoption=adoption, **said)
    return MeasurementFactory(promise=promise, **{"value": 200, "measured_on": dt.date(2016, 1, 1), **fields}).promise


@pytest.mark.parametrize(
    ("value", "unit", "words"),
    [(1, "agreements", "1 agreement"), (2, "agreements", "2 agreements"), (1, "people a month", "1 person a month"),
     (1, "£ a year", "£1 a year"), (1, "% of forms", "1% of forms"), (1, "press", "1 press"), (-1, "calls", "−1 call")],
)  # fmt: skip
def test_one_of_a_unit_is_said_in_the_singular(value, unit, words):
    assert Figure(Decimal(value), unit=unit).with_unit == words


def test_the_level_alone_is_the_level_with_its_reason(harlow, surrey):
    named = {"checked_by": "Moira Bell", "checker_organisation": surrey}
    for number, said in enumerate(({}, MEASURED, COMPARED, {**COMPARED, **named})):
        page = publish_case_study(harlow, title=f"Alike {number}", **said)

        assert level_of(page).level == evidence_level(page).level == number
