"""The pages of a vote by e-mail: to ask, to vote for a body, to see who is missing, to record what it comes to."""

import datetime as dt
import re

import pytest
from django.test import Client
from django.urls import reverse

from core import clock
from core.inbox import Reader
from steering.inbox import motions_to_record
from steering.models import Decision, Motion
from steering.operations import ask_board, conclude_motion, set_representative
from tests.factories.accounts import UserFactory
from tests.factories.projects import BusinessCaseFactory
from tests.pages import plain_words, words
from tests.steering.deciding import meeting_of
from tests.steering.motions import ORDER, SUBMITTED, closed, in_days, vote, votes
from voting.ballots.operations import void_ballot
from voting.inbox import votes_to_cast
from voting.models import Option

NEW = "/board/motions/new/"


def reader_of(person):
    return Reader(person, clock.now() - dt.timedelta(days=7), ())


def asked(**more):
    day = in_days(4)
    day_sent = {"closes_on_day": day.day, "closes_on_month": day.month, "closes_on_year": day.year}
    return {**ORDER, "business_case": "", **day_sent, **more}


def test_the_secretariat_asks_the_board_on_one_page(signed_in, sunita, bodies):
    client = signed_in(sunita)
    page = plain_words(client.get(NEW))
    assert "It goes to 9 representatives of 9 bodies" in page

    response = client.post(NEW, asked())

    motion = Motion.objects.get()
    assert response.url == motion.get_absolute_url()
    assert "9 mails on the way" in plain_words(client.get(response.url))
    assert motion.closes_on == in_days(4)


def test_bodies_that_could_not_vote_are_named_before_it_is_asked(signed_in, sunita, bodies):
    for seat in bodies[:5]:
        set_representative(seat, person=None, by=sunita)
    client = signed_in(sunita)

    page = plain_words(client.get(NEW))

    assert all(str(seat) in page for seat in bodies[:5])
    assert "and 4 representatives could vote now" in page
    response = client.post(NEW, asked())
    assert response.status_code == 409
    assert "4 bodies could vote" in plain_words(response)
    assert ORDER["wording"] in plain_words(response)  # nothing typed is lost


def test_the_form_is_prefilled_with_the_case_from_whose_page_it_was_opened(signed_in, sunita, bodies, harlow):
    case = BusinessCaseFactory(project__lead_council=harlow, **SUBMITTED)
    client = signed_in(sunita)
    link = f"{NEW}?case={case.pk}"
    assert link in words(client.get(f"/board/cases/{case.pk}/"))

    assert f'<option value="{case.pk}" selected' in words(client.get(link))


def test_the_ballot_says_for_which_body_one_votes_and_what_is_asked(signed_in, motion, bodies):
    client = signed_in(bodies[0].representative)
    address = reverse("voting:cast", args=[motion.ballot.reference])

    page = plain_words(client.get(address))

    assert f"You vote for {bodies[0].body}." in page
    assert ORDER["wording"] in page
    assert page.index(">For</label>") < page.index(">Against</label>") < page.index(">Abstain</label>")
    option = Option.objects.get(ballot=motion.ballot, title="For")
    check = plain_words(client.post(address, {"options": option.pk, "step": "check"}))
    assert f"You vote for {bodies[0].body}." in check


def test_somebody_who_votes_for_no_body_is_told_so(signed_in, motion, amina):
    client = signed_in(amina)

    response = client.get(reverse("voting:cast", args=[motion.ballot.reference]))

    assert response.status_code == 403
    assert "you vote for none of them" in plain_words(response)
    assert "check in" not in plain_words(client.get(motion.ballot.get_absolute_url()))


def test_who_is_missing_is_seen_by_the_board_and_its_secretariat_and_never_how_a_body_stood(
    signed_in, motion, bodies, sunita, boris, amina
):
    vote(motion, bodies[0].representative, "Against")
    address = motion.get_absolute_url()

    for person in (sunita, boris, bodies[3].representative):
        page = plain_words(signed_in(person).get(address))
        assert page.count("Has voted") == 1
        assert page.count("Not yet") == 8
        assert "How the bodies stood" not in page
    for client in (Client(), signed_in(amina)):
        page = plain_words(client.get(address))
        assert "1 of 9 bodies" in page
        assert "Has voted" not in page
        assert str(bodies[0].body) not in page


def test_before_the_result_is_shown_no_page_differs_with_how_a_body_stood(signed_in, motion, bodies, sunita, boris):
    """The voter changes their vote, so that turnout and moments stay as they are."""
    voter, others = bodies[0].representative, (sunita, boris, bodies[3].representative)
    addresses = [motion.get_absolute_url(), "/board/"]

    def read(client) -> list[str]:
        pages = [words(client.get(address)) for address in addresses]
        return [re.sub(r'name="csrfmiddlewaretoken" value="[^"]*"', "", page) for page in pages]

    def seen() -> list[list[str]]:
        return [read(Client()), *(read(signed_in(person)) for person in others)]

    vote(motion, voter, "For")
    before = seen()
    vote(motion, voter, "Against")

    assert seen() == before


def test_the_secretariat_reads_how_many_are_missing_before_it_reminds_them(signed_in, sunita, motion):
    votes(motion, votes_for=3)
    client = signed_in(sunita)
    assert "Remind 6 representatives" in plain_words(client.get(motion.get_absolute_url()))

    response = client.post(motion.get_absolute_url() + "remind/", follow=True)

    assert "A reminder is on the way to 6 representatives." in plain_words(response)
    assert "Those missing were reminded today." in plain_words(response)


def test_once_closed_the_secretariat_records_the_result_in_one_step(signed_in, sunita, motion, bodies):
    votes(motion, votes_for=4, against=1, abstain=1)
    closed(motion)
    client, secretary, address = Client(), signed_in(sunita), motion.get_absolute_url()
    assert [line.title for line in motions_to_record(reader_of(sunita))] == [motion.title]
    assert "4 for, 1 against, 1 abstained" in plain_words(secretary.get(address + "conclude/"))
    assert "4 for" not in plain_words(client.get(address))

    response = secretary.post(address + "conclude/", {})

    assert response.url == address
    decision = Decision.objects.get()
    page = plain_words(client.get(address))
    assert "4 for, 1 against, 1 abstained" in page
    assert str(bodies[4].body) in page
    assert decision.get_absolute_url() in words(client.get(address))
    of_decision = words(client.get(decision.get_absolute_url()))
    assert "by e-mail" in of_decision
    assert address in of_decision
    assert motions_to_record(reader_of(sunita)) == []


@pytest.mark.parametrize(
    ("stood", "said"),
    [({"votes_for": 3}, "No quorum: 3 bodies voted"), ({"votes_for": 3, "against": 3}, "Tied: as many bodies")],
)
def test_what_decides_nothing_says_so_and_that_it_may_be_asked_again(client, sunita, motion, stood, said):
    votes(motion, **stood)
    conclude_motion(closed(motion), by=sunita)

    page = plain_words(client.get(motion.get_absolute_url()))

    assert said in page
    assert "ask the board again, or take it to a meeting" in page


def test_the_vote_page_never_crowns_an_abstention(client, sunita, motion):
    votes(motion, votes_for=2, against=1, abstain=5)
    conclude_motion(closed(motion), by=sunita)

    page = plain_words(client.get(reverse("voting:results", args=[motion.ballot.reference])))

    assert "For 2, Against 1, Abstain 5" in page
    assert "has most votes" not in page
    assert "How the bodies stood" in page


def test_a_void_round_says_so_and_the_board_can_be_asked_again(client, sunita, motion):
    void_ballot(motion.ballot, by=sunita, reason="The figures were last year’s")

    page = plain_words(client.get(motion.get_absolute_url()))

    assert "made void" in page
    assert "The figures were last year’s" in page
    assert motion.title not in plain_words(client.get("/board/"))


def test_the_week_of_a_representative_leads_to_the_ballot_until_the_body_has_voted(motion, bodies):
    person = bodies[0].representative
    (line,) = votes_to_cast(reader_of(person))
    assert f"You vote for {bodies[0].body}." in line.note
    assert line.actions[0].url == reverse("voting:cast", args=[motion.ballot.reference])

    vote(motion, person, "Abstain")

    assert votes_to_cast(reader_of(person)) == []


def test_the_board_page_shows_what_is_voted_on(client, motion):
    page = plain_words(client.get("/board/"))

    assert motion.title in page
    assert "The bodies vote by e-mail until" in page


def test_the_secretariat_names_who_votes_for_a_body(signed_in, sunita, bodies):
    seat, amir = bodies[0], UserFactory(email="amir@dclg.gov.uk", name="Amir Khan")
    secretary, address = signed_in(sunita), f"/board/seats/{bodies[0].body.slug}/representative/"
    assert address in words(secretary.get("/board/"))
    assert "Nobody has an account" in plain_words(secretary.post(address, {"person": "nobody@dclg.gov.uk"}))

    secretary.post(address, {"person": "amir@dclg.gov.uk"})

    seat.refresh_from_db()
    assert seat.representative == amir
    assert "Amir Khan votes for it" in plain_words(secretary.get("/board/"))
    assert "Amir Khan" not in plain_words(Client().get("/board/"))
    refused = secretary.post(f"/board/seats/{bodies[1].body.slug}/representative/", {"person": "amir@dclg.gov.uk"})
    assert "One person votes for one body." in plain_words(refused)


def test_mails_say_what_is_asked_for_which_body_and_what_came_of_it(sunita, bodies, deliver):
    motion = ask_board(**ORDER, closes_on=in_days(3), by=sunita)
    (first, *_rest) = deliver()
    assert f"You vote for {bodies[0].body}." in first.body
    assert ORDER["wording"] in first.body
    assert reverse("voting:cast", args=[motion.ballot.reference]) in first.body
    votes(motion, votes_for=5)

    conclude_motion(closed(motion), by=sunita)

    results = [mail for mail in deliver() if "vote by e-mail" in mail.subject]
    assert len(results) == 9
    assert "5 for, 0 against, 0 abstained" in results[0].body
    assert "Accepted, as DEC-" in results[0].body


def test_what_decided_nothing_is_asked_again_in_its_own_words(signed_in, sunita, harlow, bodies):
    case = BusinessCaseFactory(project__lead_council=harlow, **SUBMITTED)
    motion = ask_board(**ORDER, closes_on=in_days(3), business_case=case, by=sunita)
    client, link = signed_in(sunita), f"{NEW}?like={motion.ballot.reference}"
    assert link not in words(client.get(motion.get_absolute_url()))
    void_ballot(motion.ballot, by=sunita, reason="The figures were last year’s")

    assert link in words(client.get(motion.get_absolute_url()))
    form = words(client.get(link))
    assert f'value="{ORDER["title"]}"' in form
    assert ORDER["wording"] in form
    assert f'<option value="{case.pk}" selected' in form
    assert {client.get(f"{NEW}?like={other}").status_code for other in ("nothing", "%00")} == {404}


def test_the_console_of_a_vote_of_bodies_has_nothing_of_a_hall_and_no_more_time(signed_in, sunita, motion):
    page = plain_words(signed_in(sunita).get(motion.ballot.get_absolute_url()))

    assert "Close the vote" in page
    assert "Parked" not in page
    for offer in ("Add 2 minutes", ">Pause<", "Open the big screen", "big screen", "Park it", "Hall screen"):
        assert offer not in page


def test_a_case_that_the_board_votes_on_by_email_has_no_form_for_its_decision_and_says_where_the_vote_is(
    signed_in, sunita, bodies
):
    case = BusinessCaseFactory(**SUBMITTED)
    meeting_of(bodies)
    motion = ask_board(**ORDER, closes_on=in_days(3), business_case=case, by=sunita)
    client = signed_in(sunita)

    page = client.get(reverse("steering:decide", args=[case.pk]))

    assert "The board votes on it by e-mail" in plain_words(page)
    assert f'href="{motion.get_absolute_url()}"' in page.content.decode()
    assert 'name="stood_' not in page.content.decode()

    void_ballot(motion.ballot, by=sunita, reason="The wording was wrong.")

    assert 'name="stood_' in client.get(reverse("steering:decide", args=[case.pk])).content.decode()


@pytest.mark.parametrize("page", ["screen", "park"])
def test_a_vote_by_email_has_no_screen_of_a_hall_and_no_parked_questions(signed_in, sunita, motion, page):
    assert signed_in(sunita).get(reverse(f"voting:{page}", args=[motion.ballot.reference])).status_code == 404
