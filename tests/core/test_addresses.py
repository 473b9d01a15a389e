"""An address is made of a record's name, whatever letters it is written with."""

import pytest

from assets_registry.models import Asset
from core.addresses import free_slug


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("name", "slug"),
    [
        ("Snøvakt", "snovakt"),
        ("STRASSE Straße ẞ", "strasse-strasse-ss"),
        ("Ærø", "aero"),
        ("Þórður Ðe", "thordur-de"),
        ("Łódź", "lodz"),
        ("Tŷ’r Cyngor", "tyr-cyngor"),
    ],
)
def test_no_letter_of_a_name_is_lost_in_its_address(name, slug):
    assert free_slug(Asset, name) == slug
