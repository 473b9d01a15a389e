"""A decision that is to be looked at again comes to the top when it falls due, and stays there until it was."""

import datetime as dt

import pytest
from django.core.exceptions import PermissionDenied

from core import clock
from core.errors import Refused
from projects.models import Project
from steering.operations import record_review
from steering.queries import reviews_due
from tests.factories.projects import BusinessCaseFactory
from tests.factories.steering import DecisionFactory

pytestmark = pytest.mark.sql

ACCEPTED = {
    "state": "accepted",
    "decided_on": dt.date(2014, 12, 10),
    "decided_by_body": "The board",
    "decision_number": "DEC-2014-03",
}


def days(number: int) -> dt.date:
    return clock.today() + dt.timedelta(days=number)


@pytest.fixture
def decision(harlow):
    case = BusinessCaseFactory(project__lead_council=harlow, project__title="Waste standards", **ACCEPTED)
    return DecisionFactory(business_case=case, number="DEC-2014-03", decided_on=days(-200), review_on=days(0))


def on_the_board(client) -> tuple[str, str]:
    """What stands above the portfolio, and the portfolio."""
    above, _, below = client.get("/board/").content.decode().partition('id="portfolio"')
    return above, below.partition("</table>")[0]


@pytest.mark.parametrize("late", [0, 1, 4000])
def test_a_review_that_is_due_stands_above_everything(client, decision, late):
    decision.review_on = days(-late)
    decision.decided_on = days(-late - 1)
    decision.save()

    above, portfolio = on_the_board(client)

    assert "Review <small>since" in above
    assert "DEC-2014-03" in above
    assert f"review due since {decision.review_on:%-d %B %Y}" in portfolio


def test_before_its_day_a_review_is_announced_in_the_portfolio_only(client, decision):
    decision.review_on = days(1)
    decision.implemented_on, decision.implemented_by = days(-1), "Luton"  # else it waits as not carried out
    decision.save()

    above, portfolio = on_the_board(client)

    assert "DEC-2014-03" not in above
    assert f"review on {days(1):%-d %B %Y}" in portfolio


def test_the_end_of_a_project_does_not_end_the_review(client, decision):
    Project.objects.update(stage="stopped", ended_on=days(-1), lesson="Too early.")

    assert "review due since" in on_the_board(client)[1]


def test_the_longest_due_comes_first_and_other_decisions_count_too(decision):
    older = DecisionFactory(review_on=days(-30))
    DecisionFactory(review_on=None)

    assert list(reviews_due()) == [older, decision]


def test_once_recorded_it_says_when_and_what_and_comes_back_on_its_next_day(client, signed_in, sunita, decision):
    secretariat = signed_in(sunita)
    assert f"{decision.get_absolute_url()}review/" in secretariat.get("/board/").content.decode()
    again = days(90)
    form = {
        "wording": "Two councils <b>use</b> it.",
        "review_on_day": again.day,
        "review_on_month": again.month,
        "review_on_year": again.year,
    }

    page = secretariat.post(f"{decision.get_absolute_url()}review/", form, follow=True).content.decode()

    assert "Two councils &lt;b&gt;use&lt;/b&gt; it." in page
    assert f"{again:%-d %B %Y}" in page
    assert not reviews_due().exists()
    decision.refresh_from_db()
    assert (decision.reviewed_on, decision.review_on) == (clock.today(), again)


@pytest.mark.parametrize(
    ("field", "given"),
    [
        ("wording", lambda: " "),
        ("reviewed_on", lambda: days(1)),
        ("reviewed_on", lambda: days(-200)),
        ("review_on", lambda: days(0)),
    ],
)
def test_a_review_that_cannot_have_been_is_refused(sunita, decision, field, given):
    with pytest.raises(Refused) as refusal:
        record_review(decision, by=sunita, **{"wording": "It goes well.", field: given()})

    assert refusal.value.field == field


def test_a_decision_without_a_review_is_not_reviewed_and_nobody_else_records_one(sunita, boris, decision):
    with pytest.raises(PermissionDenied):
        record_review(decision, by=boris, wording="It goes well.")
    record_review(decision, by=sunita, wording="It goes well.")
    with pytest.raises(Refused, match="planned"):
        record_review(decision, by=sunita, wording="It goes well.")


def test_the_form_of_a_review_is_the_secretariats(client, signed_in, boris, decision):
    address = f"{decision.get_absolute_url()}review/"

    assert client.get(address).status_code == 302
    assert signed_in(boris).get(address).status_code == 403
    assert signed_in(boris).get("/board/decisions/DEC-0/review/").status_code == 403
