"""What one came to do stands above the stepper, the story and the columns: on a phone all of those come before it."""

import datetime as dt

import pytest

from core import clock
from tests.factories.assets_registry import AssetFactory
from tests.factories.projects import (
    BusinessCaseFactory,
    DiscoveryFactory,
    NeedFactory,
    ProjectFactory,
    PrototypeFactory,
)
from tests.factories.steering import DecisionFactory
from tests.factories.take_up import AdoptionFactory

pytestmark = pytest.mark.django_db


def above_the_rest(page: str) -> str:
    """The page's head, down to whichever comes first."""
    main = page[page.index("<main") :]
    marks = ("lda-stepper", "lda-story", 'class="columns"')
    return main[: min(found for mark in marks if (found := main.find(mark)) > 0)]


def test_the_main_action_of_a_record_stands_above_all_that_is_told_of_it(
    client, signed_in, harlow, surrey, luton, amina, grace, ben
):
    need = NeedFactory(council=surrey).get_absolute_url()
    asset = AssetFactory(owner=surrey)
    entered = AdoptionFactory(asset=AssetFactory(owner=surrey), council=harlow, confirmed_by=None, confirmed_at=None)
    for person, address, words in [
        (None, need, "My council has this too"),
        (amina, need, "My council has this too"),
        (amina, asset.get_absolute_url(), "We use"),
        (grace, entered.asset.get_absolute_url(), "Turn down"),
        (ben, harlow.get_absolute_url(), "Ask to join"),
        (grace, harlow.get_absolute_url(), "Decide who acts for"),
    ]:
        reader = signed_in(person) if person else client
        assert words in above_the_rest(reader.get(address).content.decode()), (person, address)


def test_so_it_stands_for_those_who_lead_the_four_steps(signed_in, harlow, grace, fatima, sunita):
    case = BusinessCaseFactory(state="submitted", submitted_at=clock.now())
    decided = DecisionFactory(review_on=dt.date(2015, 6, 10))
    for person, address, words in [
        (fatima, DiscoveryFactory().get_absolute_url(), "End step 1"),
        (fatima, PrototypeFactory().get_absolute_url(), "Change this prototype"),
        (grace, ProjectFactory(lead_council=harlow).get_absolute_url(), "Write the business case"),
        (sunita, f"/board/cases/{case.pk}/", "Record the decision"),
        (sunita, decided.get_absolute_url(), "Record the review"),
    ]:
        assert words in above_the_rest(signed_in(person).get(address).content.decode()), address
