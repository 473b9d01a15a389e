"""The pages of a vote: what each reader sees and can do, what is refused and how, and what a page costs."""

import json

import pytest
from django.urls import reverse
from django.utils import timezone

from core import clock
from tests.factories.accounts import UserFactory
from tests.factories.projects import PrototypeFactory
from tests.factories.voting import OptionFactory, checked_in
from tests.voting.asking import address, text_of
from voting.ballots import operations as ballots
from voting.casting import operations as casting
from voting.models import Vote
from voting.outcome import operations as outcome
from voting.outcome import queries

# Who sees what


def test_strangers_see_open_and_closed_votes_and_no_draft(client, draft, room, fatima):
    for name in ("detail", "results", "record", "screen", "state"):
        assert client.get(address(name, draft)).status_code == 404
    ballots.open_ballot(draft, by=fatima)

    for name in ("detail", "results", "record", "screen", "state"):
        assert client.get(address(name, draft)).status_code == 200


def test_the_page_of_an_open_vote_says_in_one_sentence_who_can_see_what_and_never_secret(client, ballot):
    for name in ("detail", "results", "record"):
        page = text_of(client.get(address(name, ballot)))
        assert "the tally is public while it runs" in page
        assert "who voted for what can then be seen by the people in this vote, its facilitators and the sec" in page
        assert "secret" not in page.lower().replace("secretariat", "")


def test_every_count_of_people_and_councils_stands_with_its_base(client, ballot, options, amina, carlos, fatima):
    casting.cast(ballot, by=amina, marks=casting.ticks(options[:1]))
    casting.cast(ballot, by=carlos, marks=casting.ticks(options[1:2]))
    councils = queries.tally(ballot).councils_voted

    screen = client.get(address("screen", ballot)).content.decode()
    assert 'People, of <span data-cell="voted">2</span>' in screen
    assert f'Councils or bodies, of <span data-cell="councils_voted">{councils}</span>' in screen
    for name in ("detail", "results"):
        page = client.get(address(name, ballot)).content.decode()
        assert page.count('<span data-cell="people">1</span> of <span data-cell="voted">2</span>') == 2, name
        assert page.count(f'</span> of <span data-cell="councils_voted">{councils}</span>') == len(options), name
    record = text_of(client.get(address("record", ballot)))
    assert record.count("1 of 2") >= 2


def test_who_voted_for_what_is_seen_by_those_in_the_vote_and_facilitators_only(
    signed_in, client, ballot, options, amina, carlos, fatima, ben, boris
):
    casting.cast(ballot, by=amina, marks=casting.ticks(options[:1]))

    for reader in (amina, carlos, fatima):
        page = text_of(signed_in(reader).get(address("record", ballot)))
        assert "Amina Shah</th>" in page
        assert b"Amina Shah" in signed_in(reader).get(address("record", ballot) + "?format=csv").content
    for reader in (ben, boris):
        page = text_of(signed_in(reader).get(address("record", ballot)))
        assert "Amina Shah" not in page
        assert b"Amina Shah" not in signed_in(reader).get(address("record", ballot) + "?format=csv").content
    client.logout()
    for name in ("detail", "results", "record", "screen", "state"):
        assert "Amina" not in text_of(client.get(address(name, ballot)))


def test_while_it_runs_nothing_public_says_which_organisation_has_voted(
    signed_in, client, ballot, options, amina, carlos, ben, day, fatima
):
    casting.cast(ballot, by=amina, marks=casting.ticks(options[:1]))
    state = client.get(address("state", ballot)).content.decode()
    assert set(json.loads(state)["turnout"]) == {"voted", "on_roll", "counted_at", "words"}
    assert "councils_exact" not in state  # whose denominators say how many of a council have voted
    for name in ("record", "results", "detail", "screen"):
        page = text_of(client.get(address(name, ballot)))
        assert "Harlow" not in page, name
        assert "Surrey" not in page, name
    assert b"Harlow" not in client.get(address("record", ballot) + "?format=csv").content
    assert "Harlow" not in text_of(signed_in(ben).get(address("record", ballot)))
    assert "Harlow</td>" in text_of(signed_in(carlos).get(address("record", ballot)))  # in the vote, by its rule

    outcome.close_ballot(ballot, by=fatima)

    client.logout()
    assert "Harlow</th>" in text_of(client.get(address("record", ballot)))


def test_the_pages_of_a_vote_have_titles_of_their_own(signed_in, ballot, options, amina, fatima):
    def title(person, name, body=None, of=ballot):
        browser = signed_in(person)
        answer = browser.post(address(name, of), body) if body else browser.get(address(name, of))
        return answer.content.decode().split("<title>")[1].split("</title>")[0]

    titles = [title(amina, name) for name in ("detail", "cast", "results", "record", "screen")]
    titles.append(title(amina, "cast", {"step": "check", "options": [options[0].pk]}))
    titles += [title(fatima, "void"), title(fatima, "roll")]
    outcome.close_ballot(ballot, by=fatima)
    titles += [title(fatima, "preview"), title(amina, "cast")]
    outcome.reveal_ballot(ballot, by=fatima)
    titles += [title(fatima, name) for name in ("outcome", "project")]
    draft = ballots.prepare_ballot(
        ballot.event, by=fatima, question=ballot.question, prototypes=[option.prototype for option in options]
    )
    titles += [title(fatima, name, of=draft) for name in ("cast", "change")]

    assert len(set(titles)) == len(titles), titles
    assert all(ballot.question in each for each in titles)


# Casting


def test_a_stranger_is_led_to_sign_in_and_back(client, ballot):
    response = client.get(address("cast", ballot))

    assert response.status_code == 302
    assert address("cast", ballot) in response["Location"]


def test_nothing_counts_before_the_check_page_is_confirmed(signed_in, ballot, options, amina):
    browser = signed_in(amina)
    ticked = [options[0].pk, options[2].pk]

    check = browser.post(address("cast", ballot), {"step": "check", "options": ticked})
    assert "Check your vote" in text_of(check)
    assert not Vote.objects.exists()

    back = browser.post(address("cast", ballot), {"step": "change", "options": ticked})
    assert text_of(back).count(" checked ") == 2
    assert not Vote.objects.exists()

    counted = text_of(browser.post(address("cast", ballot), {"step": "count", "options": ticked}))
    assert "Your vote is counted</h1>" in counted
    for title in ("Waste standards and API", "Caresupermarket"):
        assert f"<strong>{title}</strong>" in counted
    assert Vote.objects.get().choices.count() == 2

    again = browser.post(address("cast", ballot), {"step": "count", "options": ticked})
    assert again.status_code == 200
    assert Vote.objects.count() == 1


def test_who_has_voted_finds_the_vote_ticked_and_may_change_it(signed_in, ballot, options, amina):
    casting.cast(ballot, by=amina, marks=casting.ticks(options[:1]))

    page = text_of(signed_in(amina).get(address("cast", ballot)))

    assert page.count(" checked ") == 1
    assert "Change my vote" in text_of(signed_in(amina).get(address("detail", ballot)))


@pytest.mark.parametrize(
    ("options", "sentence"),
    [
        ([], "Tick at least one."),
        (["999999"], "Tick only options of this vote."),
        (["<script>"], "Tick only options of this vote."),
        (["-1", "9" * 40], "Tick only options of this vote."),
        (["1\0"], "Tick only options of this vote."),
    ],
)
@pytest.mark.parametrize("step", ["check", "count", "", "nonsense"])
def test_rubbish_gets_a_sentence_at_the_field_and_no_row(signed_in, ballot, amina, options, sentence, step):
    response = signed_in(amina).post(address("cast", ballot), {"step": step, "options": options})

    assert response.status_code == 422
    page = text_of(response)
    assert page.count(sentence) == 2  # in the summary and at the field
    assert 'href="#id_options_0"' in page
    assert 'id="id_options_0"' in page
    assert "<script>" not in page.replace("<script src", "")
    assert not Vote.objects.exists()


def test_too_many_are_refused_with_the_ticks_kept(signed_in, ballot, options, amina):
    response = signed_in(amina).post(address("cast", ballot), {"step": "check", "options": [o.pk for o in options]})

    assert response.status_code == 422
    assert "You ticked 3: untick 1, you may tick 2." in text_of(response)
    assert text_of(response).count(" checked ") == 3


def test_an_option_of_another_vote_is_refused(signed_in, ballot, amina):
    response = signed_in(amina).post(address("cast", ballot), {"step": "count", "options": [OptionFactory().pk]})

    assert response.status_code == 422
    assert "Tick only options of this vote." in text_of(response)


def test_a_late_post_is_refused_with_the_time_and_leads_to_the_result_once_it_is_shown(
    signed_in, ballot, options, amina, fatima
):
    closed_at = timezone.localtime()
    with clock.at(closed_at):
        outcome.close_ballot(ballot, by=fatima)

    response = signed_in(amina).post(address("cast", ballot), {"step": "count", "options": [options[0].pk]})

    assert response.status_code == 409
    assert f"This vote closed at {closed_at:%H:%M}" in text_of(response)
    assert address("results", ballot) not in text_of(response)
    assert not Vote.objects.exists()

    outcome.reveal_ballot(ballot, by=fatima)
    late = signed_in(amina).post(address("cast", ballot), {"step": "check", "options": [options[0].pk]})
    assert late.status_code == 409
    assert address("results", ballot) in text_of(late)


def test_who_is_not_on_the_roll_gets_403_with_the_reason(signed_in, ballot, options, ben):
    for response in (
        signed_in(ben).get(address("cast", ballot)),
        signed_in(ben).post(address("cast", ballot), {"step": "count", "options": [options[0].pk]}),
    ):
        assert response.status_code == 403
        assert "not on the roll" in text_of(response)


def test_each_person_has_an_order_of_their_own_that_stays(signed_in, fatima, day):
    prototypes = [PrototypeFactory() for _ in range(8)]
    ballot = ballots.prepare_ballot(day, by=fatima, question="Which?", prototypes=prototypes, secrecy="open")
    people = [UserFactory() for _ in range(4)]
    for person in people:
        checked_in(day, person)
    ballots.open_ballot(ballot, by=fatima)

    def order(person):
        page = text_of(signed_in(person).get(address("cast", ballot)))
        return tuple(sorted(range(8), key=lambda n: page.index(f">{prototypes[n].title}<")))

    orders = {order(person) for person in people}
    assert order(people[0]) == order(people[0])
    assert len(orders) > 1


# Running


@pytest.mark.parametrize(
    "garbage", ["?page=x", "?page=-1", "?state=<b>", "?format=exe", "?state=%00", "?page=" + "9" * 99]
)
def test_garbage_in_the_query_is_ignored(client, ballot, garbage):
    for url in (
        reverse("voting:list"),
        address("results", ballot),
        address("record", ballot),
        address("state", ballot),
    ):
        assert client.get(url + garbage).status_code == 200


@pytest.mark.parametrize("event", ["nothing", "%00", "a" * 500])
def test_a_vote_for_a_day_that_is_not_there_is_not_found(signed_in, fatima, event):
    assert signed_in(fatima).get(reverse("voting:new") + f"?event={event}").status_code == 404


def test_polling_gives_what_sockets_send_and_304_while_nothing_changes(client, ballot, options, amina):
    first = client.get(address("state", ballot))
    state = json.loads(first.content)
    assert state["turnout"] == {
        "voted": 0,
        "on_roll": 2,
        "counted_at": None,
        "words": "0 of 2 (0%)",
    }
    assert client.get(address("state", ballot), headers={"if-none-match": first["ETag"]}).status_code == 304

    casting.cast(ballot, by=amina, marks=casting.ticks(options[:1]))

    later = client.get(address("state", ballot), headers={"if-none-match": first["ETag"]})
    assert later.status_code == 200
    assert json.loads(later.content)["version"] == state["version"] + 1
    assert json.loads(later.content)["tally"][0]["people"] == "1"
    assert json.loads(later.content)["councils"] == {"voted": 1, "on_roll": 2}


def test_the_hall_screen_has_its_code_and_no_inline_style(client, ballot):
    page = client.get(address("screen", ballot)).content.decode()

    assert "<svg" in page
    assert reverse("vote", args=[ballot.code]) in page
    assert "style=" not in page
    assert "lda-hall__lines" in page
