"""What a facilitator does with a vote on its pages: prepare, open, close, add a latecomer, break a tie, publish."""

import datetime as dt
import re

import pytest
from django.urls import reverse
from django.utils import timezone

from projects.models import Project
from tests.factories.projects import PrototypeFactory
from tests.factories.voting import OptionFactory, checked_in
from tests.voting.asking import address, text_of
from voting.casting import operations as casting
from voting.models import Ballot
from voting.outcome import operations as outcome


def test_a_facilitator_prepares_opens_and_closes_by_post(signed_in, day, prototypes, room, fatima):
    day.prototypes.set(prototypes)
    browser = signed_in(fatima)
    assert "Prepare a vote" in text_of(browser.get(reverse("voting:new")))
    form = {
        "question": "Which ones?",
        "prototypes": [p.pk for p in prototypes],
        "most_choices": "2",
        "to_pursue": "1",
        "method": "approval",
        "basis": "council",
        "secrecy": "open",
        "tie_rule": "run_off",
        "roll_from": "check_in",
    }

    prepared = browser.post(reverse("voting:new") + f"?event={day.slug}", form)
    ballot = Ballot.objects.get()
    assert prepared["Location"] == ballot.get_absolute_url()
    assert (ballot.basis, ballot.most_choices) == ("council", 2)
    assert "Open the vote" in text_of(browser.get(address("detail", ballot)))
    assert "Preview" in text_of(browser.get(address("cast", ballot)))

    assert browser.get(address("open", ballot)).status_code == 405
    browser.post(address("open", ballot))
    ballot.refresh_from_db()
    assert ballot.state == "open"
    assert ballot.roll.count() == 2

    browser.post(address("close", ballot))
    ballot.refresh_from_db()
    assert ballot.state == "closed"
    assert browser.get(address("results", ballot))["Location"] == ballot.get_absolute_url()

    browser.post(address("reveal", ballot))
    ballot.refresh_from_db()
    assert ballot.state == "revealed"
    assert browser.get(address("results", ballot)).status_code == 200


def test_the_console_lists_what_is_missing_and_the_action_refuses_in_the_same_words(signed_in, draft, room, fatima):
    bare = OptionFactory(ballot=draft, prototype=PrototypeFactory(title="Property data", summary="", outline=None))
    browser = signed_in(fatima)

    page = text_of(browser.get(address("detail", draft)))
    refused = browser.post(address("open", draft), follow=True)

    assert "Property data lacks a summary and an outline business case" in page
    assert "Property data lacks a summary and an outline business case" in text_of(refused)
    assert bare.ballot.roll.count() == 0


RUN = ["change", "withdraw", "open", "pause", "resume", "extend", "void", "copy", "close", "reveal", "roll"]


@pytest.mark.parametrize("name", [*RUN, "run_off", "outcome", "project"])
def test_others_may_not_run_a_vote(signed_in, ballot, amina, name):
    response = signed_in(amina).post(address(name, ballot))

    assert response.status_code == 403
    assert "A vote is run by the organisers of its event" in text_of(response)
    ballot.refresh_from_db()
    assert ballot.state == "open"


def test_a_latecomer_is_added_by_address_with_a_reason_and_stands_on_the_result(
    signed_in, client, ballot, ben, luton, day, fatima
):
    checked_in(day, ben, luton)
    browser = signed_in(fatima)
    page = text_of(browser.get(address("roll", ballot)))
    assert "Ben Okoro" in page.partition("<h2")[2].partition("</section>")[0]

    missing = browser.post(address("roll", ballot), {"email": "nobody@example.org", "reason": ""})
    assert "Nobody has an account with this address." in text_of(missing)
    assert "Say why this person was not checked in" in text_of(missing)

    browser.post(address("roll", ballot), {"email": ben.email.upper(), "reason": "Train was late"})
    assert ballot.roll.get(person=ben).organisation == luton
    added_at = timezone.localtime(ballot.roll.get(person=ben).added_at)
    words = f", Luton, added at {added_at:%H:%M}: Train was late"
    assert f"Ben Okoro{words}" in text_of(browser.get(address("results", ballot)))
    client.logout()
    page = text_of(client.get(address("results", ballot)))
    assert words in page
    assert "Ben Okoro" not in page


def test_whoever_came_late_is_added_from_their_row_at_one_press_with_the_reason(signed_in, ballot, day, ben, fatima):
    late = checked_in(day, ben)
    late.checked_in_at = ballot.opened_at + dt.timedelta(minutes=1)
    late.save()
    browser = signed_in(fatima)
    row = text_of(browser.get(address("roll", ballot))).partition("lda-row--acts")[2].partition("</li>")[0]
    fields = dict(re.findall(r'type="hidden" name="(email|reason)" value="([^"]*)"', row))

    answer = text_of(browser.post(address("roll", ballot), fields, follow=True))

    assert "Ben Okoro, of no organisation: may vote now." in answer
    at = timezone.localtime(late.checked_in_at)
    assert ballot.roll.get(person=ben).late_reason.startswith(f"Checked in at {at:%H:%M}")
    assert ballot.roll.get(person=ben).late_reason.endswith(", after the vote opened")
    outcome.close_ballot(ballot, by=fatima)
    ballot.roll.filter(person=ben).delete()
    assert "lda-row--acts" not in text_of(browser.get(address("roll", ballot)))


def test_a_tie_stands_in_the_heading_and_leads_to_a_run_off(signed_in, ballot, options, amina, carlos, fatima):
    casting.cast(ballot, by=amina, marks=casting.ticks(options[:1]))
    casting.cast(ballot, by=carlos, marks=casting.ticks(options[1:2]))
    outcome.close_ballot(ballot, by=fatima)
    browser = signed_in(fatima)
    for name in ("detail", "screen", "record"):
        assert "prototypes are tied" not in text_of(browser.get(address(name, ballot)))

    outcome.reveal_ballot(ballot, by=fatima)
    page = text_of(browser.get(address("results", ballot)))
    assert ">Two prototypes are tied</h1>" in page
    assert page.count("tied first") == 2
    assert "lda-bar--sun" not in page  # the winner's colour
    assert "lda-leads" not in text_of(browser.get(address("screen", ballot)))
    assert "into a project" not in page
    assert "Two prototypes are tied" in text_of(browser.get(address("screen", ballot)))

    run_off = browser.post(address("run_off", ballot), follow=True)
    second = Ballot.objects.get(run_off_of=ballot)
    assert run_off.redirect_chain[-1][0] == second.get_absolute_url()
    assert [str(option) for option in second.options.all()] == ["Waste standards and API", "Verify, check, deliver"]
    opened = text_of(browser.post(address("open", second), follow=True))
    assert "The roll is frozen with those of the first round." in opened
    assert set(second.roll.values_list("person", flat=True)) == {amina.pk, carlos.pk}


def test_the_winner_becomes_a_project_and_the_outcome_is_published(signed_in, ballot, options, amina, harlow, fatima):
    casting.cast(ballot, by=amina, marks=casting.ticks(options[:1]))
    outcome.close_ballot(ballot, by=fatima)
    browser = signed_in(fatima)
    published = {"text": "We build the standards. Luton leads.", "reason": "Most want them.", "publish": "yes"}
    published["acts_next"] = "Luton."
    early = browser.post(address("outcome", ballot), published)
    assert "Show the result first" in text_of(early)
    assert browser.get(address("project", ballot))["Location"] == ballot.get_absolute_url()

    outcome.reveal_ballot(ballot, by=fatima)
    browser.post(address("outcome", ballot), published)
    assert "Choose a council" in browser.get(address("project", ballot)).content.decode()
    made = browser.post(address("project", ballot), {"option": options[0].pk, "lead_council": harlow.pk})

    project = Project.objects.get()
    assert made["Location"] == project.get_absolute_url()
    assert project.prototype == options[0].prototype
    assert project.chosen_by.ballot == ballot
    page = text_of(browser.get(address("results", ballot)))
    assert "We build the standards. Luton leads." in page
    assert project.get_absolute_url() in page


@pytest.mark.parametrize(
    "typed",
    [
        {},
        {"question": "x" * 5000, "prototypes": ["abc"], "to_pursue": "0", "basis": "secret", "tie_rule": "?"},
        {"question": "Q\u202e", "prototypes": ["1"], "to_pursue": "NaN", "most_choices": "1e9"},
        {"question": "Q", "to_pursue": "9" * 50, "closes_at_day": "99", "closes_at_month": "x"},
    ],
)
def test_a_wrong_form_comes_back_with_sentences(signed_in, fatima, day, prototypes, typed):
    day.prototypes.set(prototypes)

    response = signed_in(fatima).post(reverse("voting:new") + f"?event={day.slug}", typed)

    assert response.status_code == 422
    assert "There is a problem" in text_of(response)
    assert not Ballot.objects.exists()


# The state
