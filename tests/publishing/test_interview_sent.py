"""Once it was sent, the pages of an interview say truly where the case study stands and what is left to do with it."""

import re

import pytest
from django.urls import reverse

from publishing.interview.operations import send_interview
from publishing.models import Interview
from publishing.operations import return_case_study
from tests.publishing.interviews import ANSWERS, WORDS, address, sent


def said_of(client, interview) -> tuple[str, str, str]:
    """The heading, the last breadcrumb and the whole of the page that says where it stands."""
    said = client.get(address(interview, "check")).content.decode()
    crumbs = said.partition("govuk-breadcrumbs__list")[2].partition("</ol>")[0]
    last = re.findall(r"<li[^>]*>(.*?)</li>", crumbs, re.DOTALL)[-1].strip()
    return said.partition("<h1")[2].partition(">")[2].partition("</h1>")[0], last, said


@pytest.mark.django_db
def test_it_is_called_sent_only_while_it_waits_or_is_on_the_site(interview, amina, petra, edith, signed_in):
    client, page = signed_in(amina), send_interview(interview, by=amina, words=WORDS)
    submit = f'href="{reverse("wagtailadmin_pages:edit", args=[page.pk])}">Submit it in the page editor</a>'
    heading, crumb, said = said_of(client, interview)
    assert (heading.strip().endswith("Sent"), crumb, submit in said) == (True, "Sent", False)

    page.current_workflow_state.cancel(user=amina)
    heading, crumb, said = said_of(client, interview)
    assert (heading.strip().endswith("Not sent"), crumb, submit in said) == (True, "Not sent", True)

    type(page).objects.get(pk=page.pk).get_latest_revision().publish(user=edith)
    assert said_of(client, interview)[1] == "Sent"
    type(page).objects.get(pk=page.pk).unpublish(user=edith)
    assert said_of(client, interview)[1] == "Taken off the site"


@pytest.mark.django_db
def test_the_breadcrumb_says_sent_back_as_the_heading_does(interview, amina, petra, signed_in):
    return_case_study(send_interview(interview, by=amina, words=WORDS), by=petra, reason="Which year?")

    heading, crumb, _ = said_of(signed_in(amina), interview)
    assert (heading.strip().endswith("Sent back"), crumb) == (True, "Sent back")


@pytest.mark.django_db
def test_one_that_was_sent_is_not_offered_to_be_thrown_away(interview, amina, petra, signed_in):
    client = signed_in(amina)
    send_interview(interview, by=amina, words=WORDS)

    assert client.get(address(interview, "throw-away")).url == address(interview, "check")
    late = client.post(address(interview, "throw-away"))
    assert late.status_code == 409
    assert "This case study was sent already." in late.content.decode()
    assert Interview.objects.exists()


@pytest.mark.django_db
def test_before_it_is_sent_it_is_said_that_a_change_asks_for_taking_it_back(interview, amina, petra, signed_in):
    client = signed_in(amina)
    for number, typed in ANSWERS.items():
        sent(client, interview, number, typed)

    said = client.get(address(interview, "check")).content.decode()
    assert "To change it afterwards, take it back first." in said
    assert "you may still change it" not in said
