"""The level of evidence is computed from what a page says and from who uses its asset; nobody types it."""

import datetime as dt
import itertools

import pytest

from assets_registry.models import Adoption
from publishing.evidence import evidence_level, with_evidence
from publishing.models import CaseStudyPage
from tests.factories.assets_registry import AdoptionFactory, AssetFactory
from tests.factories.publishing import publish_case_study

pytestmark = pytest.mark.django_db
MEASURED = {"result": "268 calls a month", "measured_on": dt.date(2015, 3, 1)}


@pytest.mark.parametrize(
    ("said", "words"),
    [
        ({}, "Evidence 0: claim"),
        ({"result": "268 calls"}, "Evidence 0: claim"),
        (MEASURED, "Evidence 1: own figures"),
        ({**MEASURED, "baseline": "410 calls"}, "Evidence 2: before and after"),
        ({**MEASURED, "is_independently_checked": True}, "Evidence 1: own figures"),
        (
            {**MEASURED, "is_independently_checked": True, "checked_by": "The county’s auditors"},
            "Evidence 3: independently checked",
        ),
    ],
)
def test_what_the_page_says_decides(harlow, said, words):
    assert str(evidence_level(publish_case_study(harlow, **said))) == words


def test_use_by_another_council_makes_it_replicated(harlow, surrey):
    asset = AssetFactory(owner=harlow)
    page = publish_case_study(harlow, asset=asset, **MEASURED)
    AdoptionFactory(asset=asset, council=surrey)

    assert evidence_level(page).level == 4


@pytest.mark.parametrize(
    "adoption",
    [
        {"status": Adoption.Status.PILOTING},
        {"confirmed_by": None, "confirmed_at": None},
        {"council": None},  # the council of the page itself
    ],
)
def test_other_use_does_not_count(harlow, surrey, adoption):
    asset = AssetFactory(owner=harlow)
    page = publish_case_study(harlow, asset=asset, **MEASURED)
    council = harlow if "council" in adoption else surrey
    AdoptionFactory(asset=asset, **{**adoption, "council": council})

    assert evidence_level(page).level == 1


def test_use_without_a_figure_stays_a_claim(harlow, surrey):
    asset = AssetFactory(owner=harlow)
    page = publish_case_study(harlow, asset=asset)
    AdoptionFactory(asset=asset, council=surrey)

    assert evidence_level(page).level == 0


def test_the_rule_for_one_page_and_the_rule_for_lists_agree(harlow, surrey):
    used, unused = AssetFactory(owner=harlow), AssetFactory(owner=harlow)
    AdoptionFactory(asset=used, council=surrey)
    choices = itertools.product(["", "268"], [None, dt.date(2015, 3, 1)], ["", "410"], [True, False], ["", "Auditors"])
    for n, (result, day, baseline, checked, by) in enumerate(choices):
        for asset in (used, unused, None):
            publish_case_study(
                harlow,
                title=f"Study {n} {asset.pk if asset else 0}",
                asset=asset,
                result=result,
                measured_on=day,
                baseline=baseline,
                is_independently_checked=checked,
                checked_by=by,
            )

    levels = {page.pk: page.evidence for page in with_evidence(CaseStudyPage.objects.all())}

    assert set(levels.values()) == {0, 1, 2, 3, 4}
    assert {page.pk: evidence_level(page).level for page in CaseStudyPage.objects.all()} == levels
