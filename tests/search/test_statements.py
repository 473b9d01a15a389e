"""A search asks at most eight statements of the database, in any order and however much it finds.

Who is signed in costs four more, as on every page: the session, the person, their roles and their memberships.
"""

import pytest

from tests.factories.assets_registry import AssetFactory
from tests.factories.councils import OrganisationFactory, SystemFactory
from tests.factories.events import EventFactory
from tests.factories.projects import NeedFactory, ProjectFactory
from tests.factories.publishing import publish_case_study

pytestmark = [pytest.mark.sql, pytest.mark.django_db]

MOST = 8
WHO_ASKS = tuple(
    f'SELECT "{table}".' for table in ("django_session", "accounts_user", "auth_group", "councils_membership")
)
SEARCHES = {
    "words": "q=quibble",
    "filters": "q=quibble&kind=asset&council_type=district",
    "newest": "q=quibble&sort=newest",
    "second page": "q=quibble&page=2",
    "councils like one": "q=quibble&sort=alike&like=harlow",
    "nothing": "q=zzzzzz",
    "misspelt": "q=quibbel",
    "a table": "q=quibble&format=csv",
}


def fill(number: int, harlow) -> None:
    """So many records of every kind that is looked up in another table."""
    for each in range(number):
        other = OrganisationFactory()
        SystemFactory(council=other, product="Roundsman", used_for="Rounds")
        AssetFactory(name=f"Quibble asset {each}", owner=other)
        NeedFactory(title=f"Quibble need {each}", council=other)
        EventFactory(title=f"Quibble day {each}", host=other, capacity=4)
        ProjectFactory(title=f"Quibble project {each}", lead_council=other)
        publish_case_study(other, title=f"Quibble story {each} {number}", summary="S.")


@pytest.mark.parametrize("reader", ["stranger", "amina"])
def test_a_search_asks_no_more_however_much_it_finds(client, request, reader, harlow, follow, asked):
    if reader != "stranger":
        request.getfixturevalue("signed_in")(request.getfixturevalue(reader))
    SystemFactory(council=harlow, product="Roundsman", used_for="Rounds")
    costs = {name: [] for name in SEARCHES}
    for number in (1, 8):
        fill(number, harlow)
        follow()
        for name, search in SEARCHES.items():
            client.get(f"/search/?{search}")
            with asked() as statements:
                assert client.get(f"/search/?{search}").status_code == 200
            costs[name].append([each for each in statements if not each.startswith(WHO_ASKS)])

    over = {name: statements for name, (_, statements) in costs.items() if len(statements) > MOST}
    assert not over, "\n".join(
        f"{name}: {len(all_)}\n" + "\n".join(s[:150] for s in all_) for name, all_ in over.items()
    )
    assert all(len(few) >= len(many) - 1 for few, many in costs.values())
