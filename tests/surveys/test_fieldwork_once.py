"""Everybody answers a wave once, by whichever of their addresses they are invited."""

import datetime as dt

import pytest
from allauth.account.models import EmailAddress
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import OperationalError

from accounts.operations import close_account
from accounts.personal_data import report
from accounts.queries import addresses_known_together
from core import clock
from core.errors import Refused
from surveys.fieldwork import receivers
from surveys.fieldwork.once import digest_of
from surveys.fieldwork.operations import Person, invite_all, invite_to_survey, take_answers_back, withdraw_invitation
from surveys.fieldwork.response import freeze_response
from surveys.models import Fieldwork, SurveyInvitation
from surveys.release.operations import forget_invitations
from tests.factories.accounts import UserFactory
from tests.factories.councils import OrganisationFactory
from tests.factories.surveys import a_running, an_invitation, hand_in_for

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("at", [0, 1])
def test_who_answered_and_closed_their_account_is_not_invited_again(answered_and_gone, sunita, at):
    fieldwork, addresses = answered_and_gone
    council = OrganisationFactory()

    with pytest.raises(Refused, match="was invited already") as refused:
        invite_to_survey(fieldwork, by=sunita, organisation=council, email=addresses[at].upper())
    people = [Person(council, addresses[at].upper()), Person(council, "new@council.example")]

    assert refused.value.field == "email"
    assert invite_all(fieldwork, by=sunita, people=people) == 1
    assert not SurveyInvitation.objects.filter(email=addresses[at]).exists()


def test_a_list_says_how_many_were_invited_or_have_answered_and_not_who(client, sunita, answered_and_gone):
    _, addresses = answered_and_gone
    client.force_login(sunita)
    file = SimpleUploadedFile("people.csv", f"organisation,email\nHarlow,{addresses[0]}\n".encode())

    page = client.post("/surveys/2026/running/invitations/upload/", {"file": file}, follow=True).content.decode()

    assert "0 people are invited. 1 person was invited or has answered already." in page
    assert addresses[0] not in page


@pytest.mark.parametrize("first", ["in two lists", "in one list"])
def test_two_addresses_of_one_account_are_invited_once(sunita, first):
    fieldwork = a_running(is_open=True)
    person, council = UserFactory(), OrganisationFactory()
    for address in ("zeb@work.example", "zeb@home.example"):
        EmailAddress.objects.create(user=person, email=address, verified=True)
    people = [Person(council, "zeb@work.example"), Person(council, "zeb@home.example")]
    parts = [people] if first == "in one list" else [people[:1], people[1:]]

    assert sum(invite_all(fieldwork, by=sunita, people=each) for each in parts) == 1


@pytest.mark.parametrize("answered_by", ["zeb@work.example", "zeb@home.example"])
@pytest.mark.parametrize("taken_out", ["zeb@work.example", "zeb@home.example"])
def test_who_answered_is_not_invited_again_by_an_address_taken_out_of_their_account(
    signed_in, sunita, answered_by, taken_out
):
    fieldwork = a_running(is_open=True)
    person = UserFactory(email="zeb@first.example")
    addresses = ["zeb@first.example", "zeb@work.example", "zeb@home.example"]
    for address in addresses:
        of_it = {"user": person, "verified": True, "primary": address == person.email}
        EmailAddress.objects.update_or_create(email=address, defaults=of_it)
    hand_in_for(an_invitation(fieldwork, email=answered_by))
    assert "Runnings of surveys" not in [each["what"] for each in report(person)["sections"]]

    signed_in(person).post("/accounts/email/", {"action_remove": "", "email": taken_out})

    fieldwork.refresh_from_db()
    assert not EmailAddress.objects.filter(email=taken_out).exists()
    assert invite_all(fieldwork, by=sunita, people=[Person(OrganisationFactory(), each) for each in addresses]) == 0
    [told] = [each for each in report(person)["sections"] if each["what"] == "Runnings of surveys"]
    assert list(told["rows"][0].values()) == ["In 1 record"]
    assert len(told["declared"]) == 1


@pytest.mark.parametrize("is_open", [True, False], ids=["open", "prepared"])
@pytest.mark.parametrize(
    ("invited", "taken_out"), [("zeb@first.example", "zeb@home.example"), ("zeb@home.example",) * 2]
)
def test_who_is_invited_and_takes_an_address_out_gets_no_second_link(signed_in, sunita, is_open, invited, taken_out):
    """Also before they have answered: with one link at each address they would answer twice."""
    fieldwork = a_running(is_open=is_open)
    person, stranger = UserFactory(email="zeb@first.example"), UserFactory()
    EmailAddress.objects.create(user=person, email="zeb@home.example", verified=True)
    EmailAddress.objects.create(user=stranger, email="yan@home.example", verified=True)
    an_invitation(fieldwork, email=invited)

    signed_in(person).post("/accounts/email/", {"action_remove": "", "email": taken_out})
    signed_in(stranger).post("/accounts/email/", {"action_remove": "", "email": "yan@home.example"})

    fieldwork.refresh_from_db()
    assert len(fieldwork.not_invited_again) == 1
    people = [Person(OrganisationFactory(), f"zeb@{place}.example") for place in ("first", "home")]
    assert invite_all(fieldwork, by=sunita, people=people) == 0
    assert invite_all(fieldwork, by=sunita, people=[Person(OrganisationFactory(), "yan@home.example")]) == 1


@pytest.mark.parametrize("is_open", [True, False], ids=["open", "prepared"])
def test_who_moved_to_another_council_is_invited_there_once_the_old_invitation_is_taken_back(
    signed_in, sunita, is_open
):
    fieldwork = a_running(is_open=is_open)
    person = UserFactory(email="zeb@new.example")
    EmailAddress.objects.create(user=person, email="zeb@old.example", verified=True)
    old = an_invitation(fieldwork, email="zeb@old.example")
    signed_in(person).post("/accounts/email/", {"action_remove": "", "email": "zeb@old.example"})
    assert "Runnings of surveys" in [each["what"] for each in report(person)["sections"]]

    withdraw_invitation(old, by=sunita)

    assert invite_all(fieldwork, by=sunita, people=[Person(OrganisationFactory(), "zeb@new.example")]) == 1
    assert "Runnings of surveys" not in [each["what"] for each in report(person)["sections"]]


def test_who_confirms_both_addresses_after_they_were_invited_hands_in_once():
    fieldwork = a_running(is_open=True)
    one, two = (an_invitation(fieldwork, email=f"zeb@{place}.example") for place in ("work", "home"))
    person = UserFactory(email="zeb@work.example")
    EmailAddress.objects.create(user=person, email="zeb@home.example", verified=True)
    hand_in_for(one)

    with pytest.raises(Refused, match="by the link at another address of yours"):
        hand_in_for(two)


def test_an_address_that_somebody_typed_and_never_confirmed_is_nobodys(signed_in, sunita):
    fieldwork = a_running(is_open=True)
    person = UserFactory(email="zeb@first.example")
    EmailAddress.objects.create(user=person, email="yan@home.example", verified=False)
    an_invitation(fieldwork, email=person.email)

    signed_in(person).post("/accounts/email/", {"action_remove": "", "email": "yan@home.example"})

    assert invite_all(fieldwork, by=sunita, people=[Person(OrganisationFactory(), "yan@home.example")]) == 1


def test_what_is_kept_of_an_address_cannot_be_read_and_goes_as_the_wave_ends(answered_and_gone):
    fieldwork, addresses = answered_and_gone
    fieldwork.refresh_from_db()
    kept = fieldwork.not_invited_again
    another = a_running(year=2027, is_open=True)

    freeze_response(fieldwork)  # as it ends

    fieldwork.refresh_from_db()
    assert kept == [["", *sorted(digest_of(fieldwork, each) for each in addresses)]]
    assert not any(address in str(kept) for address in addresses)
    assert not set(kept[0]) & {digest_of(another, each) for each in addresses}
    assert (fieldwork.not_invited_again, fieldwork.nameless) == ([], {})


# Two invited addresses that were of one account ----------------------------------------------------------------------


@pytest.fixture
def joined_and_parted(signed_in):
    """Two invitations to an open wave at addresses that were of one account, until the second was taken out of it."""
    fieldwork = a_running(is_open=True)
    person = UserFactory(email="zeb@work.example")
    EmailAddress.objects.create(user=person, email="zeb@home.example", verified=True)
    invitations = [an_invitation(fieldwork, email=f"zeb@{place}.example") for place in ("work", "home")]
    signed_in(person).post("/accounts/email/", {"action_remove": "", "email": "zeb@home.example"})
    assert not EmailAddress.objects.filter(email="zeb@home.example").exists()
    return person, invitations


@pytest.mark.parametrize("first", [0, 1])
def test_who_took_one_of_two_invited_addresses_out_before_answering_hands_in_once(joined_and_parted, first):
    _, invitations = joined_and_parted
    receipt = hand_in_for(invitations[first]).receipt

    with pytest.raises(Refused, match="by the link at another address of yours"):
        hand_in_for(invitations[1 - first])

    take_answers_back(invitations[first], receipt=receipt)
    hand_in_for(invitations[1 - first])  # whoever took them back has answered nothing


def test_nor_after_closing_the_account_by_which_they_handed_in(joined_and_parted):
    person, (one, two) = joined_and_parted
    hand_in_for(one)
    close_account(person, by=person)

    with pytest.raises(Refused, match="by the link at another address of yours"):
        hand_in_for(two)


def test_nor_by_an_address_that_was_joined_to_the_one_taken_out(joined_and_parted):
    _, (one, two) = joined_and_parted
    third = an_invitation(two.fieldwork, email="zeb@third.example")
    another = UserFactory(email="zeb@third.example")
    EmailAddress.objects.create(user=another, email="zeb@home.example", verified=True)
    hand_in_for(third)

    with pytest.raises(Refused, match="by the link at another address of yours"):
        hand_in_for(one)


def test_somebody_elses_answers_keep_nobody_from_theirs(joined_and_parted):
    _, (one, _) = joined_and_parted
    hand_in_for(an_invitation(one.fieldwork, email="yan@work.example"))

    hand_in_for(one)

    assert SurveyInvitation.objects.filter(state="handed_in").count() == 2


def test_who_was_invited_at_both_may_be_invited_at_the_other_once_neither_stands(joined_and_parted, sunita):
    _, invitations = joined_and_parted
    for each in invitations:
        withdraw_invitation(each, by=sunita)

    people = [Person(OrganisationFactory(), "zeb@home.example")]

    assert invite_all(invitations[0].fieldwork, by=sunita, people=people) == 1


@pytest.mark.parametrize("confirmed_by", ["nobody else", "somebody else"])
def test_an_accounts_own_address_is_known_with_the_one_it_confirmed(sunita, confirmed_by):
    """Where somebody else has confirmed it, it is theirs."""
    fieldwork = a_running(is_open=True)
    person = UserFactory(email="zeb@Own.example")
    EmailAddress.objects.filter(user=person).delete()
    EmailAddress.objects.create(user=person, email="zeb@home.example", verified=True)
    if confirmed_by == "somebody else":
        EmailAddress.objects.create(user=UserFactory(), email="zeb@own.example", verified=True)
    people = [Person(OrganisationFactory(), f"zeb@{place}.example") for place in ("own", "home")]

    invited = invite_all(fieldwork, by=sunita, people=people)

    assert invited == (1 if confirmed_by == "nobody else" else 2)


def test_addresses_are_known_together_in_two_queries(django_assert_max_num_queries):
    for number in range(3):
        person = UserFactory(email=f"own{number}@council.example")
        EmailAddress.objects.create(user=person, email=f"confirmed{number}@council.example", verified=True)

    with django_assert_max_num_queries(2):
        together = addresses_known_together()

    assert together["own1@council.example"] == {"own1@council.example", "confirmed1@council.example"}


# As an address is taken out ------------------------------------------------------------------------------------------


@pytest.mark.django_db(transaction=True)
def test_an_address_stays_where_what_is_kept_of_it_cannot_be(signed_in, monkeypatch):
    fieldwork = a_running(is_open=True)
    person = UserFactory(email="zeb@first.example")
    EmailAddress.objects.create(user=person, email="zeb@home.example", verified=True)
    an_invitation(fieldwork, email="zeb@home.example")
    monkeypatch.setattr(receivers, "locked", never)

    with pytest.raises(OperationalError):
        signed_in(person).post("/accounts/email/", {"action_remove": "", "email": "zeb@home.example"})

    assert EmailAddress.objects.filter(email="zeb@home.example").exists()


def never(fieldwork):
    raise OperationalError("canceling statement due to lock timeout")


@pytest.mark.parametrize("who", ["a stranger to the wave", "somebody of a wave whose time has come"])
def test_no_wave_is_waited_for_that_nothing_is_kept_with(signed_in, monkeypatch, who):
    fieldwork = a_running(is_open=True)
    person = UserFactory(email="zeb@first.example")
    EmailAddress.objects.create(user=person, email="zeb@home.example", verified=True)
    if who != "a stranger to the wave":
        an_invitation(fieldwork, email="zeb@home.example")
        Fieldwork.objects.update(closes_at=clock.now())
    monkeypatch.setattr(receivers, "locked", never)

    signed_in(person).post("/accounts/email/", {"action_remove": "", "email": "zeb@home.example"})

    assert not EmailAddress.objects.filter(email="zeb@home.example").exists()


@pytest.mark.parametrize(("days", "is_forgotten"), [(91, True), (89, False)])
def test_what_is_kept_with_a_wave_that_never_opened_goes_90_days_after_its_day(signed_in, days, is_forgotten):
    fieldwork = a_running()
    person = UserFactory(email="zeb@first.example")
    EmailAddress.objects.create(user=person, email="zeb@home.example", verified=True)
    an_invitation(fieldwork, email="zeb@home.example")
    another = an_invitation(a_running(year=2027), email="zeb@home.example")
    signed_in(person).post("/accounts/email/", {"action_remove": "", "email": "zeb@home.example"})
    Fieldwork.objects.filter(pk=fieldwork.pk).update(closes_at=clock.now() - dt.timedelta(days=days))

    forget_invitations()

    fieldwork.refresh_from_db()
    assert (fieldwork.not_invited_again == []) is is_forgotten
    assert fieldwork.invitations.exists() is not is_forgotten
    another.fieldwork.refresh_from_db()
    assert another.fieldwork.not_invited_again
    assert another.fieldwork.invitations.exists()


def test_the_page_of_ones_addresses_says_what_stays_of_one_that_is_taken_out_where_that_is_so(signed_in, amina):
    said = "a code made from each of your addresses stays with the survey until it closes"
    page = signed_in(amina)
    fieldwork = a_running(is_open=True)
    assert said not in page.get("/accounts/email/").content.decode()

    an_invitation(fieldwork, email=amina.email)

    assert said in page.get("/accounts/email/").content.decode()
    assert "also where you take one out of your account" in str(report(amina))
    Fieldwork.objects.update(closes_at=clock.now())
    assert said not in page.get("/accounts/email/").content.decode()
