"""Two corrections of one return at once: each is a version of its own, and one of them stands.

The control shows that the lock on the council's row is why: without it, one of the two is lost to a constraint.
"""

import pytest

from core.errors import Refused
from kpis.indicators import operations
from kpis.indicators.operations import return_services
from kpis.models import ServiceReturn
from tests.factories.councils import MembershipFactory
from tests.factories.indicators import ServiceReturnFactory
from tests.race import all_at_once, problems, slowly

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def results(monkeypatch):
    """What two corrections of one return give that are made at the same moment."""
    officer = MembershipFactory().person
    council = officer.memberships.get().organisation
    old = ServiceReturnFactory(council=council)
    monkeypatch.setattr(operations, "standing_beside", slowly(operations.standing_beside))
    row = {"service": old.service.slug, "quarter": "2014-q4", "reason": "A form came late"}

    def corrected(completed):
        return return_services(council, [(2, row | {"completed": completed})], by=officer)

    return lambda: all_at_once([lambda: corrected("901"), lambda: corrected("902")])


def test_two_corrections_at_once_are_two_versions(results):
    assert not problems(results())

    assert list(ServiceReturn.objects.order_by("version").values_list("version", flat=True)) == [1, 2, 3]
    assert ServiceReturn.objects.get(replaced_at=None).version == 3


def test_without_the_lock_one_of_them_is_lost(results, guard_off):
    [problem] = problems(results())

    assert not isinstance(problem, Refused)
    assert ServiceReturn.objects.count() == 2
