"""A statement that is kept answers as the queryset it was built from, with other values in its places."""

import pytest

from core.statements import Statement, stand_ins_for
from councils.models import Organisation

pytestmark = [pytest.mark.sql, pytest.mark.django_db]


def councils_of(keys):
    return Organisation.objects.filter(pk__in=keys).order_by("name").values_list("name", "starts_on", "created_at")


def test_it_answers_as_the_queryset_would_with_the_same_types(harlow, luton, surrey):
    stand_ins = stand_ins_for(["first", "second"])
    statement = Statement.of(councils_of(stand_ins.values()), stand_ins)

    for pair in ((harlow, luton), (surrey, harlow)):
        keys = [council.pk for council in pair]
        assert statement.rows(dict(zip(stand_ins, keys, strict=True))) == list(councils_of(keys))


def test_what_can_have_no_rows_is_not_asked(asked):
    statement = Statement.of(councils_of([]), {})

    with asked() as statements:
        assert statement.rows({}) == []
    assert statements == []


def test_a_value_that_is_not_given_is_an_error_and_not_a_wrong_answer():
    stand_ins = stand_ins_for(["first"])

    with pytest.raises(KeyError):
        Statement.of(councils_of(stand_ins.values()), stand_ins).rows({})
