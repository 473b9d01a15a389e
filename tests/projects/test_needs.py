"""A need is raised for a council, other councils say they have it too, and each council counts once."""

import datetime as dt
import threading

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, connection, transaction

from audit.models import AuditEvent
from core.errors import Refused
from councils.models import Membership, Organisation
from projects.models import Need, NeedSupport
from projects.needs import operations
from tests.factories.accounts import UserFactory
from tests.factories.councils import DepartmentFactory, MembershipFactory, OrganisationFactory
from tests.factories.projects import NeedFactory, PrototypeFactory

pytestmark = pytest.mark.sql

WORDS = {"title": "Tell residents about bin days", "who_for": "Residents", "what": "To know when the day changes."}


def test_a_contributor_raises_a_need_and_the_council_counts_as_the_first(amina, harlow):
    need = operations.raise_need(by=amina, council=harlow, **WORDS)

    assert need.slug == "tell-residents-about-bin-days"
    assert [support.council for support in need.supports.all()] == [harlow]
    line = AuditEvent.objects.get(action="projects.raised_need")
    assert (line.by, line.about_key) == (amina, str(need.pk))


def test_a_form_sent_twice_raises_one_need(amina, harlow):
    first = operations.raise_need(by=amina, council=harlow, **WORDS)

    assert operations.raise_need(by=amina, council=harlow, **WORDS) == first
    assert Need.objects.count() == 1


@pytest.mark.parametrize("title", ["New", "new!", "Similar", "🚀", "خدمة"])
def test_a_title_that_would_be_another_page_still_gets_an_address_of_its_own(amina, harlow, title):
    need = operations.raise_need(by=amina, council=harlow, **WORDS | {"title": title})

    assert need.slug not in {"new", "similar", ""}


def test_two_needs_of_one_title_have_two_addresses(amina, carlos, harlow, surrey):
    first = operations.raise_need(by=amina, council=harlow, **WORDS)
    second = operations.raise_need(by=carlos, council=surrey, **WORDS)

    assert (first.slug, second.slug) == ("tell-residents-about-bin-days", "tell-residents-about-bin-days-2")


def test_nobody_raises_a_need_for_a_council_that_has_not_confirmed_them(amina, ben, surrey, harlow):
    for stranger, council in [(amina, surrey), (ben, harlow)]:
        with pytest.raises(PermissionDenied):
            operations.raise_need(by=stranger, council=council, **WORDS)
    assert not Need.objects.exists()


@pytest.mark.parametrize(
    "place",
    [
        {"state": Membership.State.CANDIDATE},
        {"state": Membership.State.ENDED},
        {"role": Membership.Role.READER},
    ],
)
def test_waiting_former_and_reading_members_raise_nothing(db, harlow, place):
    person = MembershipFactory(organisation=harlow, **place).person

    with pytest.raises(PermissionDenied):
        operations.raise_need(by=person, council=harlow, **WORDS)


def test_a_department_does_not_raise_needs(db):
    department = DepartmentFactory()
    person = MembershipFactory(organisation=department).person

    with pytest.raises(PermissionDenied):
        operations.raise_need(by=person, council=department, **WORDS)


def test_a_council_that_has_ended_raises_and_joins_nothing(db):
    gone = OrganisationFactory(ends_on=dt.date(2019, 3, 31))
    person = MembershipFactory(organisation=gone).person

    with pytest.raises(PermissionDenied):
        operations.raise_need(by=person, council=gone, **WORDS)
    with pytest.raises(PermissionDenied):
        operations.join_need(NeedFactory(), by=person, council=gone)


def test_another_council_joins(carlos, surrey):
    need = NeedFactory()

    operations.join_need(need, by=carlos, council=surrey)

    assert Need.objects.with_council_counts().get().council_count == 2
    assert AuditEvent.objects.filter(action="projects.joined_need", by=carlos).exists()


def test_a_second_person_of_the_same_council_finds_it_on_already(amina, harlow, on_day):
    need = NeedFactory()
    with on_day(2026, 5, 3, 12):
        first = operations.join_need(need, by=amina, council=harlow)
    colleague = MembershipFactory(organisation=harlow).person

    assert operations.join_need(need, by=colleague, council=harlow) == first
    assert need.supports.get(council=harlow).joined_by == amina
    assert AuditEvent.objects.filter(action="projects.joined_need").count() == 1


def test_the_database_itself_counts_a_council_once(amina, harlow):
    need = NeedFactory(council=harlow)

    with pytest.raises(IntegrityError), transaction.atomic():
        NeedSupport.objects.create(need=need, council=harlow, joined_by=amina)


def test_nobody_joins_for_somebody_elses_council(amina, surrey):
    with pytest.raises(PermissionDenied):
        operations.join_need(NeedFactory(), by=amina, council=surrey)


def test_someone_of_two_councils_joins_for_each(amina, harlow, surrey):
    MembershipFactory(person=amina, organisation=surrey)
    need = NeedFactory()

    operations.join_need(need, by=amina, council=harlow)
    operations.join_need(need, by=amina, council=surrey)

    assert need.supports.count() == 3


def test_a_council_leaves_again_but_not_the_one_that_raised_it(amina, carlos, harlow, surrey):
    need = operations.raise_need(by=amina, council=harlow, **WORDS)
    operations.join_need(need, by=carlos, council=surrey)

    operations.leave_need(need, by=carlos, council=surrey)

    assert [support.council for support in need.supports.all()] == [harlow]
    with pytest.raises(Refused, match="Withdraw it"):
        operations.leave_need(need, by=amina, council=harlow)
    operations.leave_need(need, by=carlos, council=surrey)  # sent twice

    assert AuditEvent.objects.filter(action="projects.left_need").count() == 1


def test_withdrawing_needs_a_reason_and_keeps_the_row(amina, harlow):
    need = operations.raise_need(by=amina, council=harlow, **WORDS)

    with pytest.raises(Refused, match="Say why"):
        operations.withdraw_need(need, by=amina, reason="  ")
    operations.withdraw_need(need, by=amina, reason="Solved by the county")

    need.refresh_from_db()
    assert (need.state, need.state_reason) == (Need.State.WITHDRAWN, "Solved by the county")


def test_only_the_raising_council_or_a_facilitator_withdraws(carlos, fatima):
    need = NeedFactory()

    with pytest.raises(PermissionDenied):
        operations.withdraw_need(need, by=carlos, reason="Ours is better")
    assert operations.withdraw_need(need, by=fatima, reason="Advertising").state == Need.State.WITHDRAWN


def test_a_withdrawn_need_takes_no_more_actions(amina, carlos, surrey, harlow):
    need = operations.raise_need(by=amina, council=harlow, **WORDS)
    operations.withdraw_need(need, by=amina, reason="Solved")

    with pytest.raises(Refused, match="was withdrawn"):
        operations.join_need(need, by=carlos, council=surrey)
    with pytest.raises(Refused, match="was withdrawn"):
        operations.change_need(need, by=amina, title="Another")
    with pytest.raises(Refused, match="was withdrawn"):
        operations.withdraw_need(need, by=amina, reason="Again")


def test_merging_retires_a_need_in_favour_of_another_without_moving_councils(fatima):
    need, other = NeedFactory(), NeedFactory()

    operations.merge_need(need, into=other, by=fatima, reason="The same bins")

    need.refresh_from_db()
    assert (need.state, need.merged_into) == (Need.State.MERGED, other)
    assert need.supports.count() == other.supports.count() == 1


def test_merging_refuses_itself_a_closed_target_and_what_prototypes_rest_on(fatima):
    need, other = NeedFactory(), NeedFactory(state=Need.State.WITHDRAWN)
    PrototypeFactory().needs.add(need)

    with pytest.raises(Refused, match="into itself"):
        operations.merge_need(need, into=need, by=fatima)
    with pytest.raises(Refused, match="not open"):
        operations.merge_need(need, into=other, by=fatima)
    with pytest.raises(Refused, match="Prototypes"):
        operations.merge_need(need, into=NeedFactory(), by=fatima)


def test_only_a_facilitator_with_a_second_factor_merges(amina, fatima):
    with pytest.raises(PermissionDenied):
        operations.merge_need(NeedFactory(), into=NeedFactory(), by=amina)
    fatima.authenticator_set.all().delete()
    fatima = type(fatima).objects.get(pk=fatima.pk)
    with pytest.raises(PermissionDenied):
        operations.merge_need(NeedFactory(), into=NeedFactory(), by=fatima)


def test_changing_a_need_writes_which_fields_and_only_if_any(amina, harlow):
    need = operations.raise_need(by=amina, council=harlow, **WORDS)

    operations.change_need(need, by=amina, title="Bin days", who_for="Residents")
    operations.change_need(need, by=amina, title="Bin days")

    need.refresh_from_db()
    assert (need.title, need.slug) == ("Bin days", "tell-residents-about-bin-days")
    assert [line.details for line in AuditEvent.objects.filter(action="projects.changed_need")] == [
        {"fields": ["title"]}
    ]


def _at_once(*actions):
    """Run the actions in threads that start together; answer what each returned or raised."""
    barrier, answers = threading.Barrier(len(actions)), []

    def run(action):
        barrier.wait()
        try:
            answers.append(action())
        except Exception as problem:
            answers.append(problem)
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=[action]) for action in actions]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return answers


@pytest.mark.django_db(transaction=True)
def test_two_people_of_one_council_joining_at_once_count_once():
    harlow = Organisation.objects.get(slug="harlow")
    need = NeedFactory()
    people = [MembershipFactory(person=UserFactory(), organisation=harlow).person for _ in range(4)]

    answers = _at_once(
        *(lambda person=person: operations.join_need(need, by=person, council=harlow) for person in people)
    )

    assert need.supports.filter(council=harlow).count() == 1
    assert all(isinstance(answer, NeedSupport) for answer in answers), answers
    assert AuditEvent.objects.filter(action="projects.joined_need").count() == 1


@pytest.mark.django_db(transaction=True)
def test_the_same_title_from_two_councils_at_once_makes_two_needs():
    people = [MembershipFactory(organisation=OrganisationFactory()) for _ in range(3)]

    answers = _at_once(
        *(
            lambda place=place: operations.raise_need(by=place.person, council=place.organisation, **WORDS)
            for place in people
        )
    )

    assert sorted(need.slug for need in Need.objects.all()) == [
        "tell-residents-about-bin-days",
        "tell-residents-about-bin-days-2",
        "tell-residents-about-bin-days-3",
    ], answers


@pytest.mark.django_db(transaction=True)
def test_one_form_sent_twice_at_once_raises_one_need():
    place = MembershipFactory(organisation=OrganisationFactory())
    action = lambda: operations.raise_need(by=place.person, council=place.organisation, **WORDS)  # noqa: E731 - the same action thrice

    answers = _at_once(action, action, action)

    assert Need.objects.count() == 1, answers
