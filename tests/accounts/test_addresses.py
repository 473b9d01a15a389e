"""An e-mail address typed anywhere belongs to the same person everywhere."""

import pytest
from allauth.account.models import EmailAddress
from django.core.management import call_command

from accounts.models import User
from accounts.queries import has_confirmed, person_at
from core import clock
from events.desk.forms import WalkInForm
from events.desk.operations import walk_in
from events.places.forms import PassOnForm
from events.places.permissions import acceptable_offers, can_accept_offer
from tests.factories.accounts import UserFactory
from tests.factories.events import EventFactory, SignUpFactory
from voting.ballots.forms import LatecomerForm

SECOND = "ben@second.example"
UNWRITABLE = "x@" + "ü" * 60 + ".de"  # looks like an address, but no mail can be sent there


@pytest.fixture
def ben_at_two(ben):
    EmailAddress.objects.create(user=ben, email=SECOND, verified=True)
    return ben


def latecomer(address):
    form = LatecomerForm({"email": address, "reason": "Train was late"})
    form.full_clean()
    return form.cleaned_data.get("email")


@pytest.mark.parametrize("typed", [SECOND, SECOND.upper(), f" {SECOND} "])
def test_a_second_confirmed_address_finds_the_person_at_the_desk_and_for_the_roll(ben_at_two, fatima, typed):
    today = EventFactory(starts_at=clock.now())

    assert person_at(typed) == ben_at_two
    assert walk_in(today, by=fatima, name="Somebody", email=typed).person == ben_at_two
    assert latecomer(typed) == ben_at_two


def test_a_second_confirmed_address_takes_an_offer_and_a_report(ben_at_two, capsys):
    place = SignUpFactory(event=EventFactory())
    offer = place.offers.create(
        giver=place.person, to_email=SECOND.upper(), offered_at=place.signed_up_at, expires_at=place.event.starts_at
    )

    assert can_accept_offer(ben_at_two, offer)
    assert list(acceptable_offers(ben_at_two)) == [offer]
    call_command("subject_report", SECOND)
    assert ben_at_two.email in capsys.readouterr().out


def test_an_address_is_whose_it_was_confirmed_to_be_before_whoever_merely_typed_it(ben):
    squatter = UserFactory(email=SECOND, verified=False)
    assert person_at(SECOND) == squatter
    assert not has_confirmed(squatter, SECOND)

    EmailAddress.objects.create(user=ben, email=SECOND, verified=True)

    assert person_at(SECOND) == ben


def test_an_unconfirmed_second_address_and_nobodys_address_find_nobody(ben):
    EmailAddress.objects.create(user=ben, email=SECOND, verified=False)

    assert person_at(SECOND) is None
    assert person_at("") is None


def test_a_closed_account_is_not_put_on_the_roll(ben):
    ben.is_active = False
    ben.save()

    assert latecomer(ben.email) is None


@pytest.mark.parametrize(
    ("path", "field"),
    [
        ("/accounts/signup/", "email"),
        ("/accounts/login/", "login"),
        ("/accounts/login/code/", "email"),
        ("/accounts/password/reset/", "email"),
    ],
)
def test_an_address_that_no_mail_can_be_sent_to_is_refused_beside_its_field(client, db, path, field):
    more = {"name": "Nina New", "password1": "a-long-pass-phrase", "password": "x"}
    answer = client.post(path, {field: UNWRITABLE} | more)

    assert answer.status_code == 422
    assert list(answer.context["form"].errors) == [field]
    assert "No mail can be sent to this address" in answer.content.decode()
    assert not User.objects.exists()


@pytest.mark.parametrize("form", [PassOnForm, WalkInForm, LatecomerForm])
def test_every_form_that_takes_an_address_refuses_one_that_no_mail_can_be_sent_to(db, form):
    more = {"event": EventFactory()} if form is WalkInForm else {}

    for address in (UNWRITABLE, "no address"):
        assert len(form({"email": address}, **more).errors["email"]) == 1
