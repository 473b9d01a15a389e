"""An interview open on two devices loses no word and is sent as it was read; it says whom to ask."""

import re

import pytest

from core.errors import Refused
from publishing.interview import operations
from publishing.interview.drafting import draft_of
from publishing.interview.operations import save_answers, send_interview
from publishing.interview.queries import others_using
from publishing.models import CaseStudyPage, Interview
from publishing.operations import return_case_study
from tests.factories.assets_registry import AssetFactory
from tests.factories.take_up import AdoptionFactory, BenefitFactory, MeasurementFactory
from tests.publishing.interviews import ANSWERS, WORDS, address, opened, sent


@pytest.mark.django_db
def test_what_was_typed_in_two_tabs_stands_side_by_side_and_neither_is_lost(interview, amina, signed_in):
    client, long = signed_in(amina), "A long answer, typed on the way to work. " * 20
    phone, desk = opened(client, interview, 2), opened(client, interview, 2)
    assert client.post(address(interview, 2), {**phone, "problem": long, "go": "later"}).status_code == 302

    late = client.post(address(interview, 2), {**desk, "problem": "old", "go": "later"})

    said = late.content.decode()
    assert late.status_code == 409
    assert "This question was answered on another device or in another tab" in said
    assert ">\nold</textarea>" in said.replace("\r", "")
    assert long.strip() in said.partition("What stands now")[2]
    interview.refresh_from_db()
    assert interview.answers["problem"] == long.strip()
    again = client.post(address(interview, 2), {**phone, "problem": long, "go": "later"})
    assert again.status_code == 302, "the same once more is no conflict"
    shown = re.search(r'name="read" value="([^"]*)"', said)[1]
    both = {"read": shown, "problem": f"{long} And old.", "go": "later"}
    assert client.post(address(interview, 2), both).status_code == 302
    interview.refresh_from_db()
    assert interview.answers["problem"].endswith("And old.")


@pytest.mark.django_db
def test_what_stands_now_is_told_in_the_words_of_the_page_and_another_page_is_no_conflict(interview, amina, signed_in):
    client = signed_in(amina)
    read = opened(client, interview, 5)
    sent(client, interview, 2, ANSWERS[2])
    assert client.post(address(interview, 5), {**read, **ANSWERS[5], "go": "on"}).url == address(interview, 6)

    late = client.post(address(interview, 5), {**read, **ANSWERS[5], "after": "300", "counted_by": "estimate",
                                               "after_on_day": "30", "go": "on"}).content.decode()  # fmt: skip

    stands = late.partition("What stands now")[2].partition("<form")[0]
    assert re.findall(r"<p>(?!<strong>)(.*?)</p>", stands) == ["268", "31 March 2015", "We did"]


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("page", "first", "elsewhere", "here", "stands_now"),
    [
        (4, {"who": "The waste crew"}, {"who": ""}, {"who": "The waste crew and Luton"}, ["Nothing"]),
        (8, {"what_we_would_do_differently": "Begin", "reuse": "The form"}, {"reuse": ""},
         {"what_we_would_do_differently": "Begin early"}, ["Begin", "Nothing"]),
    ],
)  # fmt: skip
def test_what_was_emptied_in_another_tab_is_told_and_the_next_press_keeps_what_is_typed(
    interview, amina, signed_in, page, first, elsewhere, here, stands_now
):
    client = signed_in(amina)
    sent(client, interview, page, first)
    read = opened(client, interview, page)
    sent(client, interview, page, {**first, **elsewhere})

    late = client.post(address(interview, page), {**read, **first, **here, "go": "on"})

    said = late.content.decode()
    assert late.status_code == 409
    stands = said.partition("What stands now")[2].partition("<form")[0]
    assert re.findall(r"<p>(?!<strong>)(.*?)</p>", stands) == stands_now
    shown = {"read": re.search(r'name="read" value="([^"]*)"', said)[1]}
    assert client.post(address(interview, page), {**shown, **first, **here, "go": "on"}).status_code == 302
    interview.refresh_from_db()
    assert {name: interview.answers[name] for name in here} == here


@pytest.mark.django_db
def test_what_changed_on_another_device_is_read_before_it_is_sent(interview, amina, petra, signed_in):
    client = signed_in(amina)
    for number, typed in ANSWERS.items():
        sent(client, interview, number, typed)
    read = opened(client, interview, "check")
    sent(client, interview, 1, {"title": "Another"})

    refused = client.post(address(interview, "check"), read)

    assert refused.status_code == 409
    assert operations.CHANGED in refused.content.decode()
    assert not CaseStudyPage.objects.exists()
    assert sent(client, interview, "check", {}).status_code == 302
    assert CaseStudyPage.objects.get().title == "Another"


@pytest.mark.django_db
def test_what_is_saved_between_the_reading_of_the_answers_and_the_sending_keeps_it_back(interview, amina, petra):
    elsewhere = Interview.objects.get(pk=interview.pk)
    save_answers(elsewhere, by=amina, typed={"title": "Another"})

    with pytest.raises(Refused, match="another device"):
        send_interview(interview, by=amina, words=WORDS)
    assert not CaseStudyPage.objects.exists()


@pytest.mark.django_db
def test_the_meter_names_who_uses_the_same_and_who_measured_it(interview, amina, luton, surrey, signed_in):
    asset = AssetFactory(name="Waste API", owner=interview.council)
    client = signed_in(amina)
    sent(client, interview, 1, {"title": "Fewer calls", "asset": str(asset.pk)})
    sent(client, interview, 5, ANSWERS[5])
    assert "Ask Luton" not in client.get(address(interview, 5)).content.decode()

    adoption = AdoptionFactory(asset=asset, council=luton, noted=True)
    AdoptionFactory(asset=asset, council=surrey, noted=True, may_be_listed=False)
    said = client.get(address(interview, 5)).content.decode()
    assert said.count("Luton uses the same. Ask Luton.") == 1, "on the next rung alone"
    assert "Another council that uses it measures the same thing, and its lead confirms it." in said
    assert "Surrey" not in said

    MeasurementFactory(promise=BenefitFactory(project=None, adoption=adoption, title="Calls", unit="calls", claimed=2))
    study = draft_of(interview, {"asset": asset, "measure": "Calls", "after": 2, "unit": "calls"})
    assert others_using(study) == (["Luton"], ["Luton"])


@pytest.mark.django_db
def test_the_check_shows_the_figures_and_an_error_says_which_of_two(interview, amina, signed_in):
    client = signed_in(amina)
    sent(client, interview, 5, ANSWERS[5])
    shown = client.get(address(interview, "check")).content.decode().partition("Your answers")[2].partition("</dl>")[0]
    assert "from 410 to 268 calls a month" in shown

    wrong = sent(client, interview, 5, {**ANSWERS[5], "before_on_day": "31", "before_on_month": "2", "after_n": "x"})

    summary = wrong.content.decode().partition("</h2>")[2].partition("</ul>")[0]
    assert "Before: " in summary
    assert "After: Enter a number" in summary


@pytest.mark.django_db
def test_once_it_was_sent_back_the_page_that_said_sent_says_who_asked_for_what(interview, amina, petra, signed_in):
    page = send_interview(interview, by=amina, words=WORDS)
    return_case_study(page, by=petra, reason="Which year?")

    said = signed_in(amina).get(address(interview, "check")).content.decode()

    assert "Sent back" in said.partition("<h1")[2].partition("</h1>")[0]
    assert "Petra Voss asked for changes: “Which year?”" in said
    assert "You are written to" not in said
