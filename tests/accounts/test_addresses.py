"""An e-mail address typed anywhere belongs to the same person everywhere."""

import pytest
from allauth.account.models import EmailAddress
from django import forms
from django.apps import apps
from django.core.exceptions import ValidationError
from django.core.management import call_command
from django.urls import get_resolver

from accounts.models import User
from accounts.queries import has_confirmed, person_at
from core import clock
from core.forms import LONGEST_ADDRESS
from events.desk.forms import WalkInForm
from events.desk.operations import walk_in
from events.places.forms import PassOnForm
from events.places.permissions import acceptable_offers, can_accept_offer
from tests.factories.accounts import UserFactory
from tests.factories.events import EventFactory, SignUpFactory
from voting.ballots.forms import LatecomerForm

SECOND = "ben@second.example"
TOO_LONG = f"{'x' * 64}@{'d' * 60}.{'d' * 60}.{'d' * 60}.example.org"  # an address, of 259 characters
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


@pytest.mark.parametrize(("address", "said"), [(UNWRITABLE, "No mail can be sent to this address"), (TOO_LONG, "254")])
@pytest.mark.parametrize(
    ("path", "field"),
    [
        ("/accounts/signup/", "email"),
        ("/accounts/login/", "login"),
        ("/accounts/login/code/", "email"),
        ("/accounts/password/reset/", "email"),
    ],
)
def test_an_address_that_no_mail_can_be_sent_to_or_kept_is_refused_beside_its_field(
    client, db, path, field, address, said
):
    more = {"name": "Nina New", "password1": "a-long-pass-phrase", "password": "x"}
    answer = client.post(path, {field: address} | more)

    assert answer.status_code == 422
    assert list(answer.context["form"].errors) == [field]
    assert said in answer.content.decode()
    assert not User.objects.exists()


@pytest.mark.parametrize("form", [PassOnForm, WalkInForm, LatecomerForm])
def test_every_form_that_takes_an_address_refuses_one_that_no_mail_can_be_sent_to(db, form):
    more = {"event": EventFactory()} if form is WalkInForm else {}

    for address in (UNWRITABLE, TOO_LONG, "no address"):
        assert len(form({"email": address}, **more).errors["email"]) == 1


def fields_of_every_form():
    """The fields of ours and of libraries."""
    get_resolver().url_patterns  # noqa: B018  # every view, and so every form, is imported
    waiting = [forms.BaseForm]
    while waiting:
        form = waiting.pop()
        waiting += form.__subclasses__()
        yield from ((f"{form.__module__}.{form.__name__}", each) for each in getattr(form, "base_fields", {}).values())


def test_no_form_takes_an_address_that_is_longer_than_its_column():
    columns = [field.max_length for model in apps.get_models() for field in model._meta.fields if "mail" in field.name]
    shortest = min(length for length in columns if length)
    fields = [(form, field) for form, field in fields_of_every_form() if isinstance(field, forms.EmailField)]

    assert len(fields) > 10
    assert sorted({form for form, field in fields if not field.max_length or field.max_length > shortest}) == []
    assert forms.EmailField().max_length == LONGEST_ADDRESS == shortest


def test_an_address_that_would_be_too_long_as_it_is_kept_is_refused():
    """In small letters this one of 254 has more of them."""
    labels = ".".join(["\u0130" * 8] * 20)
    address = f"{'x' * 64}@{labels}.org"
    address = address.replace("x", "", max(len(address) - LONGEST_ADDRESS, 0))

    assert len(address) <= LONGEST_ADDRESS < len(address.lower())
    with pytest.raises(ValidationError):
        forms.EmailField().clean(address)
