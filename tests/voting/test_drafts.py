"""A draft can be changed, given a new closing time, and withdrawn; an open vote can be neither."""

import datetime as dt
import re

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse
from django.utils import timezone

from audit.models import AuditEvent
from core import clock
from core.errors import Refused
from tests.factories.voting import checked_in, shown
from tests.voting.asking import address, text_of
from voting.ballots import operations as ballots
from voting.casting import operations as casting
from voting.models import Ballot
from voting.outcome import operations as outcome


def typed(ballot, **other):
    chosen = list(ballot.options.values_list("prototype", flat=True))
    names = ("method", "basis", "secrecy", "shows_tally", "tie_rule", "roll_from")
    rules = {name: getattr(ballot, name) for name in names}
    rules |= {"most_choices": "", "to_pursue": "1"}
    return {"question": ballot.question, "prototypes": chosen, **rules, **other}


def test_a_draft_is_changed_in_words_options_rule_and_closing_time(signed_in, draft, prototypes, day, fatima):
    day.prototypes.set(prototypes)
    browser = signed_in(fatima)
    page = text_of(browser.get(address("change", draft)))
    # Three prototypes, and one each: method, basis, secrecy, tally, threshold, rules for ties (a budget has its own),
    # who may vote.
    assert len(re.findall(r"<input [^>]* checked", page)) == 11
    assert "Change the vote" in text_of(browser.get(address("detail", draft)))

    chosen = [prototypes[0].pk, prototypes[2].pk]
    form = typed(draft, question="Which of two?", prototypes=chosen, basis="council", most_choices="1")
    browser.post(address("change", draft), form)
    browser.post(address("change", draft), form)  # sent again: nothing changes

    draft.refresh_from_db()
    assert (draft.question, draft.basis, draft.most_choices) == ("Which of two?", "council", 1)
    assert {option.prototype_id for option in draft.options.all()} == set(chosen)
    line = AuditEvent.objects.get(action="voting.ballot_changed")
    assert set(line.details["changed"]) == {"question", "basis", "most_choices", "options"}


def test_a_closing_time_that_has_passed_is_refused_said_and_replaced(signed_in, draft, room, prototypes, fatima):
    ago = timezone.localtime() - dt.timedelta(days=1)
    past = dict(zip(("day", "month", "year", "time"), ago.strftime("%-d %-m %Y %H:%M").split(), strict=True))
    past = {f"closes_at_{name}": value for name, value in past.items()}
    browser = signed_in(fatima)
    Ballot.objects.filter(pk=draft.pk).update(closes_at=ago)

    assert "has passed: give it another, or none" in text_of(browser.get(address("detail", draft)))
    assert "This time has passed." in text_of(browser.post(address("change", draft), typed(draft, **past)))
    with pytest.raises(Refused, match="This time has passed"):
        ballots.prepare_ballot(draft.event, by=fatima, question="?", prototypes=prototypes, closes_at=ago)

    browser.post(address("change", draft), typed(draft))
    browser.post(address("open", draft))
    draft.refresh_from_db()
    assert (draft.state, draft.closes_at) == (Ballot.State.OPEN, None)


def test_a_draft_is_withdrawn_and_the_trail_keeps_that_it_was_there(signed_in, draft, fatima, amina):
    with pytest.raises(PermissionDenied, match="A vote is run by"):
        ballots.withdraw_ballot(draft, by=amina)
    browser = signed_in(fatima)
    assert "Withdraw the vote" in text_of(browser.get(address("detail", draft)))

    assert "The vote is withdrawn." in text_of(browser.post(address("withdraw", draft), follow=True))

    assert not Ballot.objects.exists()
    assert AuditEvent.objects.get(action="voting.ballot_withdrawn").about == draft.question
    with pytest.raises(Refused, match="withdrawn"):  # somebody else presses "Open" at that moment
        ballots.open_ballot(draft, by=fatima)


def test_what_people_read_stays_once_the_vote_has_opened(signed_in, ballot, fatima):
    browser = signed_in(fatima)

    for name in ("change", "withdraw"):
        assert "This vote has opened" in text_of(browser.post(address(name, ballot), typed(ballot), follow=True))
    with pytest.raises(Refused, match="has opened"):
        ballots.change_ballot(ballot, by=fatima, question="Another?")

    ballot.refresh_from_db()
    assert (ballot.state, ballot.question) == ("open", "Which prototypes should we pursue?")


def test_the_form_of_a_vote_that_has_opened_says_why_it_stays_and_sent_keeps_what_was_typed(signed_in, ballot, fatima):
    browser = signed_in(fatima)

    page = browser.get(address("change", ballot))
    sent = browser.post(address("change", ballot), typed(ballot, question="Another question?"))

    assert "This vote has opened: from then on it stays as people read it." in text_of(page)
    assert 'name="question"' not in page.content.decode()
    assert (page.status_code, sent.status_code) == (200, 409)
    assert 'value="Another question?"' in sent.content.decode()


def test_of_a_run_off_only_words_and_time_change_and_one_withdrawn_may_be_prepared_again(
    signed_in, ballot, options, amina, carlos, fatima
):
    casting.cast(ballot, by=amina, marks=casting.ticks(options[:1]))
    casting.cast(ballot, by=carlos, marks=casting.ticks(options[1:2]))
    shown(ballot, fatima)
    run_off = outcome.prepare_run_off(ballot, by=fatima)
    browser = signed_in(fatima)
    assert "2 people of the first round" in text_of(browser.get(address("detail", run_off)))
    assert "Which count decides?" not in text_of(browser.get(address("change", run_off)))

    browser.post(address("change", run_off), {"question": "Which of the two first?"})
    with pytest.raises(Refused, match="rule of the first round"):
        ballots.change_ballot(run_off, by=fatima, question="Which?", basis="council")

    run_off.refresh_from_db()
    assert (run_off.question, run_off.options.count()) == ("Which of the two first?", 2)
    ballots.withdraw_ballot(run_off, by=fatima)
    assert outcome.prepare_run_off(Ballot.objects.get(pk=ballot.pk), by=fatima).options.count() == 2


def test_a_draft_that_is_gone_or_nobodys_is_not_found(signed_in, client, draft, day, amina, fatima):
    for reference in ("nothing", draft.reference):
        for name in ("change", "withdraw"):
            here = reverse(f"voting:{name}", args=[reference])
            assert signed_in(amina).post(here).status_code == 403
    assert signed_in(fatima).post(reverse("voting:change", args=["nothing"])).status_code == 404


def test_the_closing_time_in_told_history_is_measured_by_the_clock_of_the_story(
    draft, prototypes, fatima, amina, harlow
):
    then = clock.now() - dt.timedelta(days=400)
    with clock.at(then):
        changed = ballots.change_ballot(
            draft, by=fatima, question=draft.question, closes_at=then + dt.timedelta(hours=1)
        )
        checked_in(draft.event, amina, harlow)
        assert ballots.open_ballot(changed, by=fatima).state == Ballot.State.OPEN


def test_no_page_that_others_read_holds_a_draft(client, signed_in, draft, prototypes, day, amina, fatima):
    day.prototypes.set(prototypes)
    Ballot.objects.filter(pk=draft.pk).update(question="Which of these stays secret?")
    pages = ["/votes/", "/votes/?state=draft", "/votes/?format=csv", "/sitemap.xml", day.get_absolute_url()]
    pages += [prototypes[0].get_absolute_url(), *(address(name, draft) for name in ("detail", "results", "record"))]
    pages += [address(name, draft) for name in ("screen", "state")]
    marks = ("stays secret", draft.reference)

    def shows(browser, page):
        response = browser.get(page)
        body = response.getvalue().decode() if response.streaming else response.content.decode()
        return response.status_code == 200 and any(mark in body for mark in marks)

    for reader in (client, signed_in(amina)):
        assert [page for page in pages if shows(reader, page)] == []
    assert {page for page in pages if shows(signed_in(fatima), page)} >= {"/votes/", day.get_absolute_url(), pages[5]}


def test_a_preview_says_so_in_its_bar_and_leads_back(signed_in, draft, fatima):
    page = text_of(signed_in(fatima).get(address("cast", draft)))

    bar = page.partition('class="lda-preview-bar"')[2].partition("</div>")[0]
    assert "Preview." in bar
    assert f'href="{draft.get_absolute_url()}"' in bar
    assert "Check my vote" not in page


@pytest.mark.parametrize("name", ["options", "voters", "outcome"])
def test_a_form_that_would_be_refused_is_not_shown_but_why_with_the_way_back(signed_in, ballot, fatima, name):
    answer = signed_in(fatima).get(address(name, ballot), follow=True)

    assert answer.redirect_chain == [(ballot.get_absolute_url(), 302)]
    why = "The outcome can be told once the vote has closed." if name == "outcome" else "This vote has opened:"
    assert why in text_of(answer)


def test_nobody_is_asked_why_somebody_is_struck_off_a_roll_that_has_closed(signed_in, ballot, fatima):
    outcome.close_ballot(ballot, by=fatima)
    entry = ballot.roll.first()

    answer = signed_in(fatima).get(f"/votes/{ballot.reference}/roll/{entry.pk}/strike/", follow=True)

    assert "This vote has closed, and its roll with it." in text_of(answer)


@pytest.mark.parametrize("state", ["draft", "open", "void", "shown"])
def test_a_vote_of_any_state_is_used_again_with_its_own_options(signed_in, draft, prototypes, room, day, fatima, state):
    day.prototypes.set(prototypes)
    ballots.change_ballot(draft, by=fatima, prototypes=prototypes[:2])
    if state != "draft":
        ballots.open_ballot(draft, by=fatima)
    if state == "void":
        ballots.void_ballot(draft, by=fatima, reason="Misread")
    if state == "shown":
        shown(draft, fatima)
    browser = signed_in(fatima)
    again = f"{reverse('voting:new')}?like={draft.reference}"
    assert f'href="{again}"' in text_of(browser.get(draft.get_absolute_url()))
    assert f'href="?event={day.slug}&amp;like={draft.reference}"' in text_of(browser.get(again))

    page = text_of(browser.get(f"{again}&event={day.slug}"))

    ticked = re.findall(r'name="prototypes" value="(\d+)" checked', page)
    assert set(ticked) == {str(each.pk) for each in prototypes[:2]}
