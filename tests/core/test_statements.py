"""A statement that is kept answers as the queryset it was built from, with other values in its places."""

import datetime as dt

import pytest
from django.db import connection, transaction
from django.db.models import F
from django.db.transaction import TransactionManagementError

from core import clock
from core.statements import Statement, built_once, stand_ins_for
from councils.models import Membership, Organisation

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


# A query that is built once -------------------------------------------------------------------------------


@built_once
def members(name: str, since: dt.datetime, *but: int, is_candidate: bool = False):
    """Built once; whoever belongs to the council of that name."""
    state = Membership.State.CANDIDATE if is_candidate else Membership.State.CONFIRMED
    found = Membership.objects.filter(organisation__name=name, created_at__gt=since, state=state)
    return found.exclude(pk__in=but).annotate(of=F("organisation__slug")).select_related("organisation", "person")


LONG_AGO = dt.datetime(2001, 1, 1, tzinfo=dt.UTC)


def test_its_rows_are_objects_with_their_relations_annotations_and_types(amina, harlow, asked):
    membership = amina.memberships.get()

    with asked() as statements:
        [found] = members(harlow.name, LONG_AGO)
        assert (found, found.organisation, found.person, found.of) == (membership, harlow, amina, harlow.slug)
        assert found.created_at == membership.created_at
    assert len(statements) == 1


def test_each_time_it_answers_for_the_values_of_that_time(amina, harlow, luton):
    assert [found.person for found in members(harlow.name, LONG_AGO)] == [amina]
    assert members(luton.name, LONG_AGO) == []
    assert members(harlow.name, clock.now() + dt.timedelta(days=1)) == []


def test_it_is_built_once_and_once_more_for_other_arguments_by_name_or_another_number_of_values(amina, harlow, builds):
    for _ in range(2):
        members(harlow.name, LONG_AGO)
        del builds[:]
    members(harlow.name, LONG_AGO)
    assert builds == []

    assert members(harlow.name, LONG_AGO, is_candidate=True) == []
    assert members(harlow.name, LONG_AGO, amina.memberships.get().pk) == []


def test_what_it_answered_is_nobody_elses(amina, harlow):
    first, second = (members(harlow.name, LONG_AGO)[0] for _ in range(2))
    first.organisation.name = "Elsewhere"

    assert second.organisation.name == harlow.name


@pytest.mark.parametrize("value", [None, True, Membership.State.CONFIRMED, 1.5])
def test_a_value_for_which_nothing_can_stand_in_is_refused(value):
    @built_once
    def of_state(state):
        return Membership.objects.filter(state=state)

    assert of_state("confirmed") == []
    with pytest.raises(KeyError):
        of_state(value)


def test_a_value_that_would_stay_as_it_was_the_first_time_is_refused():
    @built_once
    def named_like(name):
        return Organisation.objects.filter(name__contains=name)

    with pytest.raises(AssertionError, match="has no place for each of its values"):
        named_like("Harlow")


@pytest.mark.django_db(transaction=True)
def test_it_locks_rows_in_a_transaction_only():
    @built_once
    def locked(key):
        return Organisation.objects.select_for_update().filter(pk=key)

    with transaction.atomic():
        assert locked(-1) == []
    with pytest.raises(TransactionManagementError):
        locked(-1)


@pytest.mark.postgresql
def test_postgresql_keeps_the_plan_of_what_is_asked_again(amina, harlow):
    for _ in range(4):
        assert [found.person for found in members(harlow.name, LONG_AGO)] == [amina]

    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT statement FROM pg_prepared_statements WHERE statement LIKE %s", ["%councils_membership%"]
        )
        assert len(cursor.fetchall()) == 1
