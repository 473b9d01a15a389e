"""Who reads a tied vote is led to the run-offs that followed; each has a name of its own."""

import pytest
from django.urls import reverse

from tests.factories.voting import shown
from voting.ballots import operations as ballots
from voting.casting import operations as casting
from voting.models import Ballot
from voting.outcome import operations as outcome


def text_of(response):
    return " ".join(response.content.decode().split())


@pytest.fixture
def vote_in(amina, carlos, fatima):
    """A function: open a draft where it is one, let Amina and Carlos tick, close it and show the result."""

    def vote(ballot, *ticked):
        if ballot.state == Ballot.State.DRAFT:
            ballot = ballots.open_ballot(ballot, by=fatima)
        options = list(ballot.options.all())
        for person, number in zip((amina, carlos), ticked, strict=True):
            casting.cast(ballot, by=person, marks=casting.ticks([options[number]]))
        shown(ballot, fatima)
        return Ballot.objects.get(pk=ballot.pk)

    return vote


def test_a_tied_vote_leads_everybody_to_its_run_offs_and_says_what_came_of_them(
    client, signed_in, ballot, vote_in, amina, fatima
):
    tied = vote_in(ballot, 0, 1)
    draft = outcome.prepare_run_off(tied, by=fatima)
    second = outcome.prepare_run_off(vote_in(draft, 0, 1), by=fatima)
    pages = [reverse(f"voting:{name}", args=[tied.reference]) for name in ("detail", "results")]

    def read_by(person):
        reader = signed_in(person) if person else client
        return [text_of(reader.get(page)) for page in pages]

    client.logout()
    for page in read_by(None):
        assert f'href="{draft.get_absolute_url()}">' in page
        assert second.get_absolute_url() not in page  # still being prepared: facilitators alone see it
    assert all(second.get_absolute_url() in page for page in read_by(fatima))

    vote_in(second, 0, 0)
    client.logout()
    for page in (*read_by(None), *read_by(amina)):
        first, last = (
            page.index(f'href="{draft.get_absolute_url()}"'),
            page.rindex(f'href="{second.get_absolute_url()}"'),
        )
        assert "Two prototypes are tied" in page[first:last]
        assert f'Decided by the <a class="govuk-link" href="{second.get_absolute_url()}">second run-off</a>' in page
        assert "Waste standards and API has most votes" in page[last : last + 300]


def test_until_there_is_one_a_tied_vote_says_that_a_run_off_is_the_rule(client, ballot, vote_in, fatima):
    tied = vote_in(ballot, 0, 1)
    outcome.prepare_run_off(tied, by=fatima)

    page = text_of(client.get(reverse("voting:results", args=[tied.reference])))

    assert "By the rule set before opening there is a run-off between them." in page


def test_each_run_off_has_a_title_of_its_own_and_says_what_it_follows(client, ballot, vote_in, fatima):
    rounds = [vote_in(ballot, 0, 1)]
    for _ in range(4):
        rounds.append(vote_in(outcome.prepare_run_off(rounds[-1], by=fatima), 0, 1))

    assert [each.question.removeprefix("Which prototypes should we pursue?") for each in rounds] == [
        "",
        " (run-off)",
        " (second run-off)",
        " (third run-off)",
        " (4th run-off)",
    ]
    page = text_of(client.get(rounds[2].get_absolute_url()))
    assert "This is the second run-off, after a tie in" in page
    listed = text_of(client.get("/votes/"))
    assert all(
        f'{each.event.title}<span class="govuk-visually-hidden">: {each.question}</span>' in listed for each in rounds
    )


def test_strangers_read_no_name_of_who_opened_it_and_the_facilitator_is_not_sent_to_herself(
    client, signed_in, ballot, fatima, ben
):
    record = reverse("voting:record", args=[ballot.reference])

    assert "by those who run it" in text_of(client.get(record))
    assert "by Fatima Khan" in text_of(signed_in(ben).get(record))
    ask = "ask those who run it to add you"
    assert ask in text_of(signed_in(ben).get(ballot.get_absolute_url()))
    assert ask not in text_of(signed_in(fatima).get(ballot.get_absolute_url()))


def test_a_ballot_and_a_prototype_say_alike_how_soon_it_pays_back(signed_in, ballot, options, amina):
    outline = options[0].prototype.outline
    outline.one_off_cost = outline.payback().yearly_saving * 22 / 12
    outline.save()

    for page in (reverse("voting:cast", args=[ballot.reference]), options[0].prototype.get_absolute_url()):
        text = text_of(signed_in(amina).get(page))
        assert "1 year 10 months" in text
        assert "22 months" not in text
