"""A statement holds as many values as the database takes, so that many rows are written in few."""

import pytest
from django.db import connection

from councils.models import Organisation


@pytest.mark.django_db
def test_two_thousand_rows_of_many_columns_are_a_handful_of_statements(asked):
    rows = [Organisation(name=f"Body {n}", official_name=f"Body {n}", slug=f"body-{n}") for n in range(2000)]

    with asked() as statements:
        Organisation.objects.bulk_create(rows)

    assert len([each for each in statements if each.startswith("INSERT")]) <= 2, connection.vendor
