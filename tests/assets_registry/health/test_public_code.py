"""The owner says which requirements of the Standard for Public Code are met; nothing is met by itself."""

import pytest
from django.core.exceptions import PermissionDenied

from assets_registry.health.operations import answer_checklist
from assets_registry.health.queries import checklist
from assets_registry.health.standard import CRITERIA
from assets_registry.models import CriterionAnswer
from core.errors import Refused
from tests.factories.assets_registry import AssetFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def asset(harlow):
    return AssetFactory(owner=harlow, slug="bins", licence="MIT")


def every(criterion):
    return [must.key for must in criterion.musts]


def test_there_are_sixteen_criteria_each_with_something_to_tick():
    keys = [each.key for each in CRITERIA]

    assert len(set(keys)) == len(keys) == 16
    assert all(every(each) and len(set(every(each))) == len(every(each)) for each in CRITERIA)


def test_nothing_is_met_before_somebody_says_so(client, asset):
    assert checklist(asset).sentence == "0 of 16 criteria met"

    page = client.get("/assets/bins/public-code/print/").content.decode()

    assert "Not answered yet" in page
    assert "lda-verdict--yes" not in page.partition("<main")[2]


def test_a_criterion_is_met_where_all_that_it_asks_is(signed_in, asset, grace):
    whole, part = CRITERIA[0], CRITERIA[3]
    sent = {whole.key: every(whole), part.key: every(part)[:2], f"{part.key}-note": "No GOVERNANCE file yet."}

    assert signed_in(grace).post("/assets/bins/public-code/answer/", sent).status_code == 302

    page = signed_in(grace).get("/assets/bins/public-code/").content.decode()
    assert "1 of 16 criteria met" in page
    assert "1. Code in the open: 3 of 3 met" in page
    assert "4. Welcome contributors: 2 of 3 met" in page
    assert "No GOVERNANCE file yet." in page
    assert "1 of 16 criteria met, as its owner says" in signed_in(grace).get("/assets/bins/").content.decode()
    assert CriterionAnswer.objects.count() == 2


def test_to_print_all_are_open_and_their_texts_stand_on_the_page(client, asset):
    page = client.get("/assets/bins/public-code/print/").content.decode()

    assert page.count('class="lda-criterion"') == 16
    assert "<details" not in page.partition("<main")[2].partition("</main")[0]


def test_an_answer_can_be_taken_back(asset, grace):
    whole = CRITERIA[0]
    answer_checklist(asset, by=grace, answers={whole.key: (every(whole), "")})
    answer_checklist(asset, by=grace, answers={whole.key: ([], "")})

    assert checklist(asset).met == 0


def test_what_the_standard_does_not_have_is_refused(asset, grace):
    with pytest.raises(Refused):
        answer_checklist(asset, by=grace, answers={"made-up": ([], "")})
    with pytest.raises(Refused):
        answer_checklist(asset, by=grace, answers={CRITERIA[0].key: (["made-up"], "")})


def test_only_those_who_keep_the_entry_answer(signed_in, asset, carlos):
    with pytest.raises(PermissionDenied):
        answer_checklist(asset, by=carlos, answers={})
    assert signed_in(carlos).get("/assets/bins/public-code/answer/").status_code == 403


def test_what_is_no_code_has_no_checklist(client):
    assert (
        "Standard for Public Code"
        not in client.get(AssetFactory(kind="policy").get_absolute_url()).content.decode().partition("<main")[2]
    )
