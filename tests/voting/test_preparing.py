"""Preparing a vote: its method, options in order and with prices, and a list of who may vote."""

import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from core.errors import Refused
from tests.factories.accounts import UserFactory
from tests.factories.events import EventFactory
from tests.factories.voting import BallotFactory, checked_in
from tests.pages import words
from tests.voting.asking import address
from voting.ballots import operations as ballots
from voting.ballots.drafts import NewOption
from voting.ballots.queries import coming_roll
from voting.ballots.sentences import EXACT
from voting.models import Ballot

SENT = {
    "question": "Which?",
    "method": "approval",
    "to_pursue": "1",
    "basis": "person",
    "tie_rule": "run_off",
    "secrecy": "secret",
    "threshold": "",
    "roll_from": "check_in",
}


@pytest.fixture
def visit():
    """An event that is no Co-Design Day."""
    return EventFactory(started=True)


def prepare(client, event, **changed):
    return client.post(f"{reverse('voting:new')}?event={event.slug}", SENT | changed)


def test_options_may_be_anything_with_a_title_and_keep_their_order_and_what_they_are(client, fatima, visit):
    client.force_login(fatima)
    prepare(client, visit, others="Evening opening | Until 8\n\n  Saturday opening ")
    ballot = Ballot.objects.get()
    assert [(o.title, o.summary, o.prototype) for o in ballot.options.all()] == [
        ("Evening opening", "Until 8", None),
        ("Saturday opening", "", None),
    ]


def test_a_co_design_day_votes_on_prototypes_only(client, fatima, day, prototypes):
    checked_in(day, UserFactory())
    options = [NewOption("Something else")]
    draft = ballots.prepare_ballot(
        day, by=fatima, question="Which?", prototypes=prototypes[:1], options=options, secrecy="open"
    )
    with pytest.raises(Refused, match="Something else is no prototype of the day"):
        ballots.open_ballot(draft, by=fatima)


def test_dots_need_a_number_and_what_was_typed_stays(client, fatima, visit):
    client.force_login(fatima)
    answer = prepare(client, visit, others="One\nTwo\nThree", method="dots")
    assert answer.status_code == 422
    assert "dots" in words(answer)
    assert "Two" in answer.content.decode()
    assert not Ballot.objects.exists()


def test_the_form_begins_with_the_question_and_then_the_method_by_what_it_tells(client, fatima, visit):
    client.force_login(fatima)
    page = words(client.get(f"{reverse('voting:new')}?event={visit.slug}"))
    asked = ["What do you want to find out?", "Question", "What should the answer tell you?", "Narrow a long list:"]
    places = [page.index(each) for each in [*asked, "Other options", "Which count decides?", "Quorum and support"]]
    assert places == sorted(places)


def test_each_method_shows_the_fields_that_it_has_and_none_that_it_needs_is_called_optional(client, fatima, visit):
    client.force_login(fatima)
    page = client.get(f"{reverse('voting:new')}?event={visit.slug}").content.decode()
    asked = re.findall(r'data-only-if="method" data-values="([^"]*)">(.*?) name="([a-z_]+)"', page, re.DOTALL)
    of_method = {name: (values.split(), html) for values, html, name in asked}
    assert of_method["dots"][0] == of_method["most_per_option"][0] == ["dots"]
    assert of_method["most_choices"][0] == ["approval", "ranked"]
    assert of_method["pot"][0] == ["budget"]
    assert "budget" not in of_method["to_pursue"][0]
    assert "Only for “narrow a long list”." in of_method["dots"][1]
    assert [name for name, (_, html) in of_method.items() if "optional" in html] == ["most_per_option", "most_choices"]


def test_to_narrow_a_list_five_dots_each_and_two_on_one_are_proposed(client, fatima, visit):
    client.force_login(fatima)
    page = client.get(f"{reverse('voting:new')}?event={visit.slug}").content.decode()
    assert re.search(r'name="dots" value="5"', page)
    assert re.search(r'name="most_per_option" value="2"', page)


def test_what_is_wrong_with_a_field_that_the_method_does_not_have_is_not_said(client, fatima, visit):
    client.force_login(fatima)
    typed = {"dots": "many", "pot": "-1", "most_per_option": "0", "budget_tie_rule": "?"}
    answer = prepare(client, visit, others="One\nTwo\nThree", method="approval", most_choices="2", **typed)
    ballot = Ballot.objects.get()
    assert answer.status_code == 302
    assert (ballot.most_choices, ballot.most_per_option, ballot.pot) == (2, None, None)


def test_a_budget_is_not_asked_how_many_are_chosen_and_has_a_rule_for_ties_of_its_own(client, fatima, visit):
    client.force_login(fatima)
    prepare(client, visit, others="One\nTwo", method="budget", pot="900", to_pursue="", budget_tie_rule="order")
    ballot = Ballot.objects.get()
    assert (ballot.tie_rule, ballot.to_pursue) == ("order", 1)
    page = client.get(address("change", ballot)).content.decode()
    assert re.search(r'name="budget_tie_rule" value="order" checked', page)


def test_two_options_of_one_place_are_refused_at_the_second_and_nothing_is_saved(client, fatima, visit):
    client.force_login(fatima)
    prepare(client, visit, others="One\nTwo")
    ballot = Ballot.objects.get()
    one, two = ballot.options.all()
    answer = client.post(address("options", ballot), {f"place-{one.pk}": 2, f"place-{two.pk}": 2})
    assert answer.status_code == 422
    assert "One has place 2 too. Give each its own." in words(answer)
    assert [option.title for option in ballot.options.all()] == ["One", "Two"]


def test_where_the_basis_is_chosen_it_says_what_exact_fractions_tell(client, fatima, visit):
    client.force_login(fatima)
    assert EXACT in words(client.get(f"{reverse('voting:new')}?event={visit.slug}"))


def test_a_budget_leads_on_to_its_prices_and_opens_once_each_has_one(client, fatima, visit):
    client.force_login(fatima)
    answer = prepare(client, visit, others="One\nTwo", method="budget", pot="100000", tie_rule="none")
    ballot = Ballot.objects.get()
    assert answer["Location"] == address("options", ballot)
    one, two = ballot.options.all()
    client.post(
        address("options", ballot),
        {f"place-{one.pk}": 2, f"place-{two.pk}": 1, f"price-{one.pk}": 60_000, f"price-{two.pk}": 50_000},
    )
    assert [(o.title, o.price) for o in ballot.options.all()] == [("Two", 50_000), ("One", 60_000)]


def test_a_draft_that_is_changed_keeps_the_prices_and_the_order_of_the_options_that_stay(client, fatima, visit):
    client.force_login(fatima)
    prepare(client, visit, others="One\nTwo", method="budget", pot="100000", tie_rule="none")
    ballot = Ballot.objects.get()
    one, two = ballot.options.all()
    ballots.arrange_options(ballot, by=fatima, in_order=[(two, 50_000), (one, 60_000)])

    sent = SENT | {"others": "One\nThree\nTwo", "method": "budget", "pot": "90000", "tie_rule": "none"}
    client.post(address("change", ballot), sent)

    kept = [(option.title, option.price) for option in ballot.options.all()]
    assert kept == [("Two", 50_000), ("One", 60_000), ("Three", None)]


@pytest.mark.parametrize("place", ["", "0", "-1", "1.5", "9" * 5000, "first"])
def test_a_place_that_is_none_is_a_sentence_at_its_field(client, fatima, visit, place):
    client.force_login(fatima)
    prepare(client, visit, others="One\nTwo")
    ballot = Ballot.objects.get()
    one, two = ballot.options.all()
    answer = client.post(address("options", ballot), {f"place-{one.pk}": place, f"place-{two.pk}": 1})
    assert answer.status_code == 422
    assert "Error" in words(answer)
    assert [o.title for o in ballot.options.all()] == ["One", "Two"]


def test_a_list_of_voters_is_entered_by_address_or_file_and_is_the_roll(client, fatima, visit):
    client.force_login(fatima)
    answer = prepare(client, visit, others="One\nTwo", roll_from="list")
    ballot = Ballot.objects.get()
    assert answer["Location"] == address("voters", ballot)
    typed, filed = UserFactory(), UserFactory()
    file = SimpleUploadedFile("voters.csv", f"address\n{filed.email.upper()},x\n".encode(), content_type="text/csv")
    client.post(address("voters", ballot), {"addresses": f"{typed.email}\n{typed.email}\n", "file": file})
    assert {entry.person for entry in coming_roll(ballot)} == {typed, filed}


def test_addresses_without_an_account_are_named_and_the_list_stays_as_it_was(client, fatima, visit):
    client.force_login(fatima)
    prepare(client, visit, others="One\nTwo", roll_from="list")
    ballot = Ballot.objects.get()
    ballots.set_roll(ballot, by=fatima, people=[UserFactory()])
    answer = client.post(address("voters", ballot), {"addresses": "nobody@example.org"})
    assert "Nobody has an account with nobody@example.org." in words(answer)
    assert "nobody@example.org" in answer.content.decode()
    assert ballot.roll.count() == 1


def test_an_earlier_vote_is_used_again_with_its_rules(client, fatima, visit):
    earlier = BallotFactory(event=visit, method="ranked", question="Which now?", quorum=12)
    client.force_login(fatima)
    answer = client.get(f"{reverse('voting:new')}?event={visit.slug}&like={earlier.reference}")
    assert 'value="Which now?"' in answer.content.decode()
    assert 'name="quorum" value="12"' in answer.content.decode()


def test_options_and_list_stay_once_the_vote_has_opened(fatima, ballot):
    with pytest.raises(Refused, match="has opened"):
        ballots.arrange_options(ballot, by=fatima, in_order=[])
    with pytest.raises(Refused, match="has opened"):
        ballots.set_roll(ballot, by=fatima, people=[])
