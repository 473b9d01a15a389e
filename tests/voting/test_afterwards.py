"""After a vote: the outcome with its reason and who acts, mailed once to those who could vote; who they were."""

import datetime as dt
import re

import pytest

from accounts.roles import Role
from core import clock
from core.errors import Refused
from core.inbox import Reader
from outbox.models import Message
from outbox.retention import ROWS_KEPT
from portal.inbox.account import mine
from projects.models import Purpose
from tests.factories.accounts import UserFactory, give_role
from tests.factories.councils import OrganisationFactory
from tests.factories.events import EventFactory
from tests.factories.projects import PrototypeFactory
from tests.factories.voting import BallotFactory, OptionFactory, RollEntryFactory, checked_in, shown, voted
from tests.voting.asking import address, text_of
from voting.ballots import operations as ballots
from voting.casting import operations as casting
from voting.casting.operations import ticks
from voting.inbox import votes_to_review
from voting.models import Ballot, Choice, RollEntry
from voting.outcome import operations as outcome
from voting.outcome.queries import ToTell, tally, voters_behind
from voting.outcome.words import decided_words
from voting.paper.operations import hand_out

pytestmark = pytest.mark.sql

OUTCOME = {"text": "We build the standards.", "reason": "Most voted for it.", "acts_next": "Luton leads."}


@pytest.fixture
def three(db):
    """An open ballot on three options, with names that are easy to tell apart."""
    ballot = BallotFactory(open=True)
    return ballot, [
        OptionFactory(ballot=ballot, order=n, title=title) for n, title in enumerate(("Bins", "Tax", "Care"))
    ]


@pytest.fixture
def decided(ballot, options, amina, fatima):
    """The ballot of Amina, who voted, and Carlos, who did not, with its result shown."""
    casting.cast(ballot, by=amina, marks=ticks(options[:1]))
    return shown(ballot, fatima)


def votes(ballot, option, number=1):
    for _ in range(number):
        voted(ballot, OrganisationFactory(), option)


# The first words ------------------------------------------------------------------------------------------


def test_the_first_words_are_who_won_and_with_how_many_votes(three):
    ballot, (bins, tax, _) = three
    votes(ballot, bins, 3)
    votes(ballot, tax, 2)
    assert decided_words(ballot, tally(ballot)) == "Bins has most votes: 3 of 5."


def test_the_first_words_of_a_tie_say_so_and_what_the_rule_says_next(three):
    ballot, (bins, tax, _) = three
    votes(ballot, bins)
    votes(ballot, tax)
    assert decided_words(ballot, tally(ballot)) == (
        "Bins and Tax are tied for first place: Bins (1 of 2) and Tax (1 of 2). By the rule set before opening, a "
        "run-off decides between them."
    )


def test_the_first_words_of_two_winners_and_a_tie_for_the_last_place_say_both(three):
    ballot, (bins, tax, care) = three
    ballot.to_pursue = 2
    votes(ballot, bins, 2)
    votes(ballot, tax)
    votes(ballot, care)
    assert decided_words(ballot, tally(ballot)) == (
        "Bins is chosen: 2 of 4. Tax and Care are tied for the last place: Tax (1 of 4) and Care (1 of 4). By the rule "
        "set before opening, a run-off decides between them."
    )


def test_the_first_words_without_a_quorum_say_that_nothing_is_chosen(three):
    ballot, (bins, *_) = three
    ballot.quorum = 9
    votes(ballot, bins)
    assert decided_words(ballot, tally(ballot)) == "1 voted and 9 were needed, so nothing is chosen."


@pytest.mark.parametrize("method", ["single", "dots", "score", "ranked", "matrix", "budget"])
def test_the_first_words_can_be_said_of_every_method(three, method):
    ballot, (bins, *_) = three
    ballot.method, ballot.pot = method, 10 if method == "budget" else None
    ballot.most_choices = 5 if method == "dots" else None
    ballot.options.update(price=5)
    votes(ballot, bins, 2)
    if method == "matrix":
        Choice.objects.update(question="impact")
    said = decided_words(ballot, tally(ballot))
    assert said.endswith(".")
    assert "Bins" in said or "Nothing" in said


# Publishing -----------------------------------------------------------------------------------------------


def test_the_form_starts_with_what_the_count_says(decided, fatima, signed_in):
    page = text_of(signed_in(fatima).get(address("outcome", decided)))
    assert "Waste standards and API has most votes: 1 of 1." in page


def test_what_was_decided_why_who_acts_and_when_it_is_looked_at_again_stand_where_the_outcome_does(
    decided, fatima, signed_in, client
):
    day = clock.today() + dt.timedelta(days=180)
    sent = {
        **OUTCOME,
        "review_on_day": day.day,
        "review_on_month": day.month,
        "review_on_year": day.year,
        "publish": "yes",
    }
    assert signed_in(fatima).post(address("outcome", decided), sent).status_code == 302

    decided.refresh_from_db()
    assert (decided.state, decided.review_on) == (Ballot.State.PUBLISHED, day)
    client.logout()
    for name in ("results", "detail", "record"):
        page = text_of(client.get(address(name, decided)))
        assert all(words in page for words in OUTCOME.values())
        assert f"<dd>{day.day} " in page


def test_before_it_is_published_it_is_shown_and_nothing_is_changed(decided, fatima, signed_in):
    page = text_of(signed_in(fatima).post(address("outcome", decided), OUTCOME | {"tells": "on"}))
    assert all(words in page for words in OUTCOME.values())
    assert "Publish, and mail it to 2 people" in page
    sent = dict(re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)">', page))
    assert sent.items() >= (OUTCOME | {"tells": "on"}).items()
    decided.refresh_from_db()
    assert decided.state == Ballot.State.REVEALED
    assert not Message.objects.filter(kind="voting.outcome").exists()


def test_what_was_typed_stays_where_something_is_missing_or_refused(decided, fatima, signed_in):
    browser = signed_in(fatima)
    answer = browser.post(address("outcome", decided), OUTCOME | {"acts_next": "", "publish": "yes"})
    assert answer.status_code == 422
    assert "Say who acts next." in text_of(answer)
    assert "Most voted for it." in text_of(answer)
    past = {"review_on_day": "1", "review_on_month": "1", "review_on_year": "2020"}
    answer = browser.post(address("outcome", decided), OUTCOME | past | {"publish": "yes"})
    assert answer.status_code == 422
    assert "It is looked at again on a day to come." in text_of(answer)
    assert 'value="2020"' in text_of(answer)


def test_it_is_looked_at_again_on_a_day_to_come(decided, fatima):
    with pytest.raises(Refused, match="day to come") as refusal:
        outcome.publish_outcome(decided, by=fatima, **OUTCOME, review_on=clock.today())
    assert refusal.value.field == "review_on"


def test_once_its_day_has_come_it_waits_for_those_who_run_it(decided, fatima, amina):
    day = clock.today() + dt.timedelta(days=30)
    outcome.publish_outcome(decided, by=fatima, **OUTCOME, review_on=day)

    def waiting(person, on):
        with clock.at(dt.datetime.combine(on, dt.time(12), tzinfo=dt.UTC)):
            return votes_to_review(Reader(person, since=clock.now()))

    assert waiting(fatima, day - dt.timedelta(days=1)) == []
    (line,) = waiting(fatima, day)
    assert (line.title, line.at) == (decided.question, day)
    assert waiting(amina, day) == []


# The mail -------------------------------------------------------------------------------------------------


def test_who_voted_and_who_did_not_are_mailed_what_came_of_it_each_in_other_words(
    decided, fatima, amina, carlos, deliver
):
    outcome.publish_outcome(decided, by=fatima, **OUTCOME, tells=True)

    mails = {mail.to[0]: mail for mail in deliver() if "happened" in mail.subject}
    assert mails.keys() == {amina.email, carlos.email}
    assert mails[amina.email].subject.startswith("What happened to your vote: Which prototypes")
    assert "did not vote in it" in mails[carlos.email].body
    assert all(words in mails[amina.email].body for words in OUTCOME.values())


def test_nobody_is_mailed_where_that_was_not_ticked(decided, fatima, signed_in):
    signed_in(fatima).post(address("outcome", decided), OUTCOME | {"publish": "yes"})
    decided.refresh_from_db()
    assert decided.state == Ballot.State.PUBLISHED
    assert not Message.objects.filter(kind="voting.outcome").exists()


def test_the_mail_goes_once_and_a_correction_stands_on_the_page_alone(decided, fatima, signed_in):
    outcome.publish_outcome(decided, by=fatima, **OUTCOME, tells=True)
    outcome.publish_outcome(decided, by=fatima, **OUTCOME | {"text": "We build both."}, tells=True)

    assert Message.objects.filter(kind="voting.outcome").count() == 2
    page = text_of(signed_in(fatima).get(address("outcome", decided)))
    assert 'name="tells"' not in page
    preview = text_of(signed_in(fatima).post(address("outcome", decided), OUTCOME))
    assert "Nobody is mailed a correction" in preview


def test_where_nobody_was_mailed_a_correction_can_be_once(decided, fatima, signed_in):
    outcome.publish_outcome(decided, by=fatima, **OUTCOME)
    browser = signed_in(fatima)
    assert 'name="tells"' in text_of(browser.get(address("outcome", decided)))
    assert "2 people get this mail" in text_of(browser.post(address("outcome", decided), OUTCOME | {"tells": "on"}))

    for text in ("We build both.", "We build none."):
        outcome.publish_outcome(decided, by=fatima, **OUTCOME | {"text": text}, tells=True)

    assert Message.objects.filter(kind="voting.outcome").count() == 2
    assert 'name="tells"' not in text_of(browser.get(address("outcome", decided)))


def test_once_it_is_not_known_any_more_whether_it_was_mailed_no_correction_is(decided, fatima):
    published = outcome.publish_outcome(decided, by=fatima, **OUTCOME)
    published.revealed_at = clock.now() - ROWS_KEPT
    published.save(update_fields=["revealed_at"])

    outcome.publish_outcome(published, by=fatima, **OUTCOME, tells=True)

    assert not Message.objects.filter(kind="voting.outcome").exists()


def test_who_was_struck_off_or_has_no_account_any_more_is_not_counted_and_not_mailed(fatima, signed_in):
    ballot = BallotFactory(open=True)
    option = OptionFactory(ballot=ballot)
    voted(ballot, OrganisationFactory(), option)
    RollEntryFactory(ballot=ballot, person__is_active=False)
    RollEntryFactory(ballot=ballot, struck_at=clock.now(), struck_reason="By mistake")
    ballot = shown(ballot, fatima)
    page = text_of(signed_in(fatima).post(address("outcome", ballot), OUTCOME | {"tells": "on"}))
    assert "1 person gets this mail" in page

    outcome.publish_outcome(ballot, by=fatima, **OUTCOME, tells=True)
    assert Message.objects.filter(kind="voting.outcome").count() == 1


def test_nobody_is_mailed_about_a_vote_of_2013_to_2015(fatima, signed_in):
    opened = dt.datetime(2014, 5, 1, 12, tzinfo=dt.UTC)
    ballot = BallotFactory(open=True, opened_at=opened)
    voted(ballot, OrganisationFactory(), OptionFactory(ballot=ballot))
    ballot = shown(ballot, fatima)
    assert 'name="tells"' not in text_of(signed_in(fatima).get(address("outcome", ballot)))
    outcome.publish_outcome(ballot, by=fatima, **OUTCOME, tells=True)
    assert not Message.objects.filter(kind="voting.outcome").exists()


# From winner to project -----------------------------------------------------------------------------------


def test_a_winner_becomes_a_project_whose_business_case_begins_with_the_figures_that_people_voted_on(
    decided, options, fatima, harlow, signed_in
):
    sent = {"option": options[0].pk, "lead_council": harlow.pk}
    assert signed_in(fatima).post(address("project", decided), sent).status_code == 302

    project = options[0].led_to.project
    (case,) = project.business_cases.all()
    outline = options[0].prototype.outline
    assert (case.version, case.state) == (1, "draft")
    for name in ("volume", "unit_cost_now", "saving_per_unit", "take_up", "one_off_cost"):
        assert getattr(case, name) == getattr(outline, name)
    assert options[0].prototype.title in case.source


def test_a_winner_whose_discovery_serves_no_purpose_becomes_a_project_once_one_is_chosen(
    decided, options, fatima, harlow, signed_in
):
    client, sent = signed_in(fatima), {"option": options[0].pk, "lead_council": harlow.pk}
    options[0].prototype.discovery.purposes.clear()

    refused = client.post(address("project", decided), sent)
    assert "Choose at least one purpose of the Alliance" in str(refused.context["form"].errors["purposes"])
    purpose = Purpose.objects.of_the_alliance().last()
    client.post(address("project", decided), sent | {"purposes": [purpose.pk]})

    assert list(options[0].led_to.project.purposes.all()) == [purpose]


def test_those_behind_a_project_are_those_who_voted_in_the_vote_that_chose_it(decided, options, fatima, amina, harlow):
    project = outcome.make_project(decided, option=options[0], by=fatima, lead_council=harlow)
    assert voters_behind(project) == ToTell(voted=(amina,))


# Who could vote -------------------------------------------------------------------------------------------


def test_who_could_vote_is_told_to_the_roll_and_those_who_run_it_once_it_has_closed(
    ballot, options, amina, carlos, ben, fatima, sunita, signed_in, client
):
    casting.cast(ballot, by=amina, marks=ticks(options[:1]))
    page = address("who", ballot)
    assert signed_in(amina).get(page).status_code == 404
    outcome.close_ballot(ballot, by=fatima)

    for person in (amina, carlos, fatima, sunita):
        assert signed_in(person).get(page).status_code == 200
    for person in (ben, give_role(UserFactory(), Role.ANALYST)):
        assert signed_in(person).get(page).status_code == 404
    client.logout()
    assert client.get(page).status_code == 404


def test_it_says_who_voted_and_nothing_of_what_or_when(ballot, options, amina, fatima, signed_in):
    casting.cast(ballot, by=amina, marks=ticks(options[:1]))
    outcome.close_ballot(ballot, by=fatima)
    text = text_of(signed_in(amina).get(address("who", ballot)))
    main = re.search(r"<main.*</main>", text)[0]
    words = re.sub(r"<[^>]+>", " ", main)
    assert re.search(r"Amina \w+ +Harlow[^Y]* Yes", words)
    assert re.search(r"Carlos \w+ +Surrey[^N]* No", words)
    assert options[0].title not in words
    assert not re.search(r"\d:\d\d", words)


def test_cards_and_slips_stand_there_by_their_number(fatima, signed_in):
    ballot = BallotFactory(open=True, secrecy="open")
    voted(ballot, OrganisationFactory(), OptionFactory(ballot=ballot))
    RollEntry.objects.bulk_create(RollEntry(ballot=ballot, kind="slip", person=None) for _ in range(3))
    ballot = outcome.close_ballot(ballot, by=fatima)
    ballot.roll.filter(pk=ballot.roll.filter(kind="slip").first().pk).update(voted=True)
    page = text_of(signed_in(fatima).get(address("who", ballot)))
    assert "3 paper slips" in page
    assert "1 of 3" in page


def test_the_result_page_leads_those_who_may_to_it(decided, amina, ben, signed_in):
    assert address("who", decided) in text_of(signed_in(amina).get(address("results", decided)))
    assert address("who", decided) not in text_of(signed_in(ben).get(address("results", decided)))


# My votes -------------------------------------------------------------------------------------------------


def test_my_votes_stand_on_my_account_open_ones_first_with_what_came_of_the_others(
    decided, options, amina, fatima, signed_in, harlow
):
    outcome.publish_outcome(decided, by=fatima, **OUTCOME)
    older = EventFactory(co_design=True, started=True)
    checked_in(older, amina, harlow)
    draft = ballots.prepare_ballot(
        older, by=fatima, question="Which first?", prototypes=PrototypeFactory.create_batch(2), secrecy="open"
    )
    running = ballots.open_ballot(draft, by=fatima)
    Ballot.objects.filter(pk=running.pk).update(opened_at=clock.now() - dt.timedelta(days=2))

    page = text_of(signed_in(amina).get("/account/"))

    assert page.index("Which first?") < page.index(decided.question)
    assert f'href="{address("results", decided)}"' in page
    assert "You voted. We build the standards." in page


def test_they_say_nothing_of_what_came_before_that_is_shown_nor_of_what_one_voted_for(
    ballot, options, amina, fatima, signed_in
):
    casting.cast(ballot, by=amina, marks=ticks(options[:1]))
    outcome.close_ballot(ballot, by=fatima)
    page = text_of(signed_in(amina).get("/account/"))
    assert "You voted." in page
    assert options[0].title not in page


def test_they_hold_a_vote_that_runs_in_which_one_was_handed_a_slip(ballot, carlos, fatima):
    hand_out(ballot, carlos, kind="slip", by=fatima)

    (votes,) = [group for group in mine(carlos) if group.title == "Your votes"]
    assert [(line.title, line.word, line.note) for line in votes.lines] == [(ballot.question, "Open", "")]


# Cards and slips ------------------------------------------------------------------------------------------


def test_who_was_handed_a_slip_is_told_too_and_nobody_says_whether_they_voted(
    ballot, options, amina, carlos, fatima, signed_in, deliver
):
    hand_out(ballot, carlos, kind="slip", by=fatima)
    casting.cast(ballot, by=amina, marks=ticks(options[:1]))
    ended = outcome.close_ballot(ballot, by=fatima)
    who = text_of(signed_in(carlos).get(address("who", ended)))
    assert "Was handed a slip" in who
    assert "1 paper slip" in who

    outcome.reveal_ballot(ended, by=fatima)
    outcome.publish_outcome(ended, by=fatima, **OUTCOME, tells=True)
    (mail,) = [mail for mail in deliver() if mail.to == [carlos.email] and "happened" in mail.subject]
    assert "You were handed a card or a slip in a vote" in mail.body
    account = text_of(signed_in(carlos).get("/account/"))
    assert "You did not vote" not in account
    assert "You had a paper slip. We build the standards." in account
