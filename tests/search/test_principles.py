"""Records that are tagged with a principle are found by it."""

import pytest

from projects.models import Purpose
from tests.factories.assets_registry import AssetFactory
from tests.factories.projects import ProjectFactory
from tests.search.test_finding import read

pytestmark = [pytest.mark.sql, pytest.mark.django_db]


def test_a_principle_narrows_to_the_records_tagged_with_it(client, follow, found):
    share = Purpose.objects.create(kind=Purpose.Kind.PRINCIPLE, name="Share it all", wording="To share.", order=90)
    other = Purpose.objects.create(kind=Purpose.Kind.ALLIANCE, name="No principle", wording="To do.", order=91)
    ProjectFactory(title="Quibble project").purposes.add(share, other)
    AssetFactory(name="Quibble asset")
    follow()

    page = read(client, "q=quibble")
    assert "Share it all" in page
    assert "No principle" not in page
    assert found(f"q=quibble&principle={share.pk}") == ["Quibble project"]
    assert "principle “" in read(client, f"q=quibble&principle={other.pk}")


def test_a_record_tagged_later_is_found_by_its_principle(follow, found):
    share = Purpose.objects.create(kind=Purpose.Kind.PRINCIPLE, name="Share it all", wording="To share.", order=90)
    project = ProjectFactory(title="Quibble project")
    follow()

    project.purposes.add(share)
    follow()

    assert found(f"q=quibble&principle={share.pk}") == ["Quibble project"]
