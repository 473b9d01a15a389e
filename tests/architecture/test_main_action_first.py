"""What one came to do stands above the stepper, the story and the columns: on a phone all of those come before it."""

import pytest

from tests.factories.assets_registry import AdoptionFactory, AssetFactory
from tests.factories.projects import NeedFactory

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
