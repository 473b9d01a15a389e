"""Ten questions, one a page: kept whatever they say, gone on with anywhere, and one page once they are sent."""

import datetime as dt
import re
from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied
from django.core.files.base import ContentFile
from django.core.files.images import ImageFile
from django.core.files.uploadedfile import SimpleUploadedFile
from wagtail.models import Page

from core import clock
from core.errors import Refused
from publishing.interview import operations
from publishing.interview.drafting import change_in_words, figures_in_words, paragraphs, summary_of
from publishing.interview.forms import QUESTIONS
from publishing.interview.operations import (
    forget_interviews,
    give_up_interview,
    save_answers,
    send_interview,
    start_interview,
)
from publishing.interview.queries import known_figures
from publishing.models import CaseStudyPage, Interview, Picture
from publishing.models.case_study import FOLLOWED_UP_AFTER
from publishing.permissions import can_see_picture
from publishing.standing import standing
from tests.factories.projects import ProjectFactory
from tests.factories.publishing import picture_of, pixels, publish_case_study
from tests.factories.take_up import BenefitFactory
from tests.publishing.interviews import ANSWERS, WORDS, address, opened, sent
from tests.publishing.published import COMPARED
from tests.race import all_at_once, problems, slowly


@pytest.mark.django_db
def test_begun_twice_without_an_answer_it_is_one(harlow, amina):
    first = start_interview(harlow, by=amina)

    assert start_interview(harlow, by=amina) == first
    save_answers(first, by=amina, typed={"title": "Bins"})
    assert start_interview(harlow, by=amina) != first


@pytest.mark.django_db
def test_another_one_is_begun_a_minute_after_the_first(harlow, amina, signed_in):
    client, first = signed_in(amina), None
    for _ in range(2):
        page = client.get("/case-studies/new/").content.decode()
        token = re.findall(r'name="form_token" value="([^"]*)"', page)
        begun = client.post("/case-studies/new/", {"form_token": token[0]} if token else {}).url
        assert begun != first
        first = begun
        client.post(begun, {"title": "Fewer calls", "go": "later"})


@pytest.mark.django_db
def test_what_is_wrong_is_kept_as_it_was_typed(interview, amina):
    save_answers(interview, by=amina, typed={"before": "about four hundred", "measure": "Calls\x00"})
    save_answers(interview, by=amina, typed={"after": "268"})

    interview.refresh_from_db()
    kept = {name: interview.answers[name] for name in ("before", "measure", "after")}
    assert kept == {"before": "about four hundred", "measure": "Calls", "after": "268"}


@pytest.mark.django_db
def test_until_it_is_sent_there_is_no_page(interview, amina, petra):
    assert Page.objects.type(CaseStudyPage).count() == 0

    page = send_interview(interview, by=amina, words=WORDS)

    assert CaseStudyPage.objects.get() == page
    assert not page.live
    assert (page.title, page.council, page.owner) == (WORDS["title"], interview.council, amina)
    assert "With Petra Voss" in standing(page)
    interview.refresh_from_db()
    assert interview.answers == {}
    with pytest.raises(Refused, match="sent already"):
        save_answers(interview, by=amina, typed={"title": "Later"})


@pytest.mark.django_db
def test_nobody_else_goes_on_with_it(interview, petra, edith):
    for other in (petra, edith):
        with pytest.raises(PermissionDenied):
            save_answers(interview, by=other, typed={"title": "Mine"})
        with pytest.raises(PermissionDenied):
            send_interview(interview, by=other, words=WORDS)


@pytest.mark.django_db
def test_one_that_was_abandoned_goes_after_half_a_year_with_its_picture(interview, amina, harlow):
    elsewhere = picture_of(harlow)
    interview.picture = picture_of(harlow, by=amina)
    interview.save()
    with clock.at(interview.saved_at + dt.timedelta(days=179)):
        assert forget_interviews() == 0
    with clock.at(interview.saved_at + dt.timedelta(days=181)):
        assert forget_interviews() == 1

    assert list(Picture.objects.all()) == [elsewhere]


@pytest.mark.django_db
def test_thrown_away_it_leaves_nothing(interview, amina):
    give_up_interview(interview, by=amina)

    assert not Interview.objects.exists()
    with pytest.raises(Refused, match="thrown away"):
        save_answers(interview, by=amina, typed={"title": "Late"})


def send_six_times(interview, amina, monkeypatch):
    monkeypatch.setattr(operations, "can_go_on_with_interview", slowly(operations.can_go_on_with_interview))
    return all_at_once([lambda: send_interview(interview, by=amina, words=WORDS)] * 6)


@pytest.mark.django_db(transaction=True)
def test_sent_six_times_at_once_it_makes_one_page(interview, amina, petra, monkeypatch):
    outcomes = send_six_times(interview, amina, monkeypatch)

    assert problems(outcomes) == []
    assert CaseStudyPage.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_control_without_the_guard_somebody_meets_an_error_or_makes_a_second(
    guard_off, interview, amina, petra, monkeypatch
):
    outcomes = send_six_times(interview, amina, monkeypatch)

    assert problems(outcomes) or CaseStudyPage.objects.count() > 1


# The pages ----------------------------------------------------------------------------------------------------


@pytest.mark.django_db
def test_ten_plain_posts_make_the_draft_and_send_it_to_the_publisher_by_name(harlow, amina, petra, signed_in):
    client = signed_in(amina)
    first = client.post("/case-studies/new/", {"council": harlow.pk})
    interview = Interview.objects.get()
    assert first.url == address(interview, 1)

    for number, typed in ANSWERS.items():
        answer = client.post(address(interview, number), {**typed, "go": "on"})
        assert answer.url == address(interview, number + 1 if number < 10 else "check"), number
    checked = client.get(address(interview, "check")).content.decode()
    assert "Send to Petra Voss" in checked
    assert "Evidence 2" in client.get(address(interview, 5)).content.decode()
    read = opened(client, interview, "check")
    pressed = [client.post(address(interview, "check"), read) for _ in range(2)]

    assert {each.status_code for each in pressed} <= {200, 302}
    page = CaseStudyPage.objects.get()
    assert page.what_we_did == "<ul><li>One form</li><li>A list in the cab</li></ul>"
    assert page.problem == "<p>People rang about bins that nobody had emptied.</p><p>We had no list.</p>"
    assert page.what_went_wrong == "<p>We forgot the flats. &lt;script&gt;</p>"
    assert (page.before, page.after, page.after_unit, page.before_n) == (410, 268, "calls a month", 3)
    assert "With Petra Voss" in client.get(address(interview, "check")).content.decode()
    assert "You are written to when it is approved" in client.get(address(interview, "check")).content.decode()


@pytest.mark.django_db
def test_a_missing_baseline_is_asked_for_and_kept_from_nobody_going_on(interview, amina, signed_in):
    client = signed_in(amina)
    without = {name: words for name, words in ANSWERS[5].items() if not name.startswith("before")}

    asked = sent(client, interview, 5, {**without, "counted_by": "", "go": "on"})
    assert asked.status_code == 422
    assert "What was it before? If nobody counted, mark it as an estimate below." in asked.content.decode()
    assert client.get(address(interview, 5)).content.decode().count('value="268"') == 1
    read = {"read": re.search(r'name="read" value="([^"]*)"', asked.content.decode())[1]}
    assert client.post(address(interview, 5), {**without, **read, "after": "269", "go": "anyway"}).url == address(
        interview, 6
    )

    counted = sent(client, interview, 5, {**without, "go": "on"}).content.decode()
    assert "Enter the same measure of an earlier day" in counted
    assert "mark it as an estimate" not in counted
    estimated = {**without, "counted_by": "estimate", "go": "on"}
    assert sent(client, interview, 5, estimated).url == address(interview, 6)


@pytest.mark.django_db
def test_a_picture_is_kept_and_asked_for_what_it_shows(interview, amina, signed_in):
    client = signed_in(amina)
    file = SimpleUploadedFile("chart.png", pixels(size=(40, 30)), "image/png")

    asked = sent(client, interview, 9, {"picture": file, "description": "", "go": "on"})
    assert asked.status_code == 422
    assert "Say in a sentence what the picture shows." in asked.content.decode()
    named = sent(client, interview, 9, {"description": "chart.png", "go": "on"})
    assert "not what its file is called" in named.content.decode()
    described = {"description": "A line of calls that falls by a third", "go": "on"}
    assert sent(client, interview, 9, described).url == address(interview, 10)

    picture = Picture.objects.get()
    assert (picture.description, picture.council) == (described["description"], None)

    out = {**described, "without_picture": "on"}
    assert sent(client, interview, 9, out).url == address(interview, 10)
    interview.refresh_from_db()
    assert (interview.picture, interview.answers["description"]) == (None, "")
    assert not Picture.objects.exists()


@pytest.mark.django_db
def test_nobody_else_sees_the_picture_until_it_is_sent_and_what_a_page_shows_is_not_reworded(
    interview, amina, petra, edith
):
    picture = Picture.objects.create(
        title="A chart", uploaded_by_user=amina, file=ImageFile(ContentFile(pixels()), name="chart.png")
    )
    Interview.objects.update(picture=picture)

    assert [can_see_picture(person, picture) for person in (amina, petra, edith)] == [True, False, False]
    published = publish_case_study(interview.council, picture=picture)
    save_answers(interview, by=amina, typed={"description": "Another sentence"})
    picture.refresh_from_db()
    assert picture.description == ""
    give_up_interview(interview, by=amina)
    assert Picture.objects.get() == published.picture


@pytest.mark.django_db
def test_a_promise_that_the_ledger_has_is_named_and_not_promised_again(interview, amina, harlow, petra):
    promise = BenefitFactory(project=ProjectFactory(lead_council=harlow), title="Calls", unit="calls a month")
    said = {"measure": "Calls", "after": 268, "after_unit": "calls a month"}

    page = send_interview(interview, by=amina, words=WORDS | said)

    assert list(CaseStudyPage.objects.get(pk=page.pk).get_latest_revision_as_object().benefits.all()) == [promise]


@pytest.mark.django_db
@pytest.mark.parametrize("title", ["👍", "???"])
def test_a_title_of_which_no_address_can_be_made_is_told_beside_the_field(interview, amina, signed_in, title):
    asked = sent(signed_in(amina), interview, 1, {"title": title})

    assert asked.status_code == 422
    assert "Use letters or numbers in the title" in asked.content.decode()


@pytest.mark.django_db
def test_what_was_typed_after_it_was_sent_elsewhere_or_is_too_long_comes_back(interview, amina, petra, signed_in):
    client = signed_in(amina)
    long = client.post(address(interview, 2), {**ANSWERS[2], "problem": "x" * 15_000, "go": "later"})
    assert "x" * 15_000 in long.content.decode()
    assert long.content.decode().partition("</h2>")[2].partition("</ul>")[0].count("<li>") == 1, "said once"
    send_interview(interview, by=amina, words=WORDS)

    late = client.post(address(interview, 1), {**ANSWERS[1], "title": "Typed on the bus", "go": "on"})

    assert "Typed on the bus" in late.content.decode()
    assert operations.SENT in late.content.decode()


@pytest.mark.django_db
def test_figures_that_the_council_has_told_already_fill_the_boxes(interview, amina, harlow, signed_in):
    promise = BenefitFactory(
        project=ProjectFactory(lead_council=harlow), title="Visits to the tip", unit="visits", baseline=900,
        baseline_on=dt.date(2014, 1, 31),
    )  # fmt: skip
    client = signed_in(amina)

    assert "Filled in from" not in client.get(address(interview, 5)).content.decode()  # of nothing that was chosen
    save_answers(interview, by=amina, typed={"project": str(promise.project_id)})
    filled = client.get(address(interview, 5)).content.decode()
    assert "Filled in from" in filled
    assert 'value="Visits to the tip"' in filled
    assert 'value="900' in filled
    assert 'value="Visits to the tip"' not in client.get(f"{address(interview, 5)}?from=none").content.decode()
    assert 'value="Visits to the tip"' in client.get(f"{address(interview, 5)}?from={promise.pk}").content.decode()


@pytest.mark.django_db
def test_the_interview_says_when_a_later_figure_is_asked_for(interview, amina, signed_in):
    figures = signed_in(amina).get(address(interview, 5)).content.decode()

    assert "After 6 and 12 months you are asked" in figures
    assert FOLLOWED_UP_AFTER == (6, 12)


@pytest.mark.django_db
def test_a_figure_that_is_in_the_ledger_or_told_already_is_marked_so(interview, amina, harlow, signed_in):
    promise = BenefitFactory(project=ProjectFactory(lead_council=harlow), title="Calls", unit="calls", baseline=900)
    client, chosen = signed_in(amina), f"{address(interview, 5)}?from={promise.pk}"
    save_answers(interview, by=amina, typed={"project": str(promise.project_id)})
    assert "in the ledger of promises already" in client.get(address(interview, 5)).content.decode()

    publish_case_study(harlow, title="What we told in March", benefits=[promise])

    offered = client.get(address(interview, 5)).content.decode()
    assert "Filled in from" not in offered
    assert "already told in “What we told in March”" in offered
    assert "Already told in “What we told in March”" in client.get(chosen).content.decode()
    said = {"measure": "Calls", "unit": "calls", "after": "268", "after_on_day": "1", "after_on_month": "3"}
    save_answers(interview, by=amina, typed=said | {"after_on_year": "2026"})
    assert "makes no second one" in client.get(address(interview, 5)).content.decode()


@pytest.mark.django_db
def test_what_a_case_study_of_the_council_promised_is_offered_as_told_and_named_rather_than_promised_again(
    interview, amina, harlow, petra, signed_in
):
    told = publish_case_study(harlow, title="What we told in March", owner=amina, **COMPARED)
    promise = told.own_promise.promise

    offered = signed_in(amina).get(address(interview, 5)).content.decode()
    assert "your own case study, which claims 268 calls on 1 March 2015; already told in “What we told in March”" in (
        offered
    )
    save_answers(interview, by=amina, typed={"measure": COMPARED["measure"], "unit": "calls", "after": "250"})
    save_answers(interview, by=amina, typed={"after_on_day": "1", "after_on_month": "3", "after_on_year": "2016"})
    said = signed_in(amina).get(address(interview, 5)).content.decode()
    assert "This measure is told already in “What we told in March”" in said
    page = send_interview(Interview.objects.get(), by=amina, words=WORDS | COMPARED | {"after": 250})
    assert list(page.get_latest_revision_as_object().benefits.all()) == [promise]


@pytest.mark.sql
@pytest.mark.django_db
def test_told_in_names_the_case_study_published_last_not_one_without_a_day(interview, amina, harlow):
    promise = BenefitFactory(project=ProjectFactory(lead_council=harlow), title="Calls", unit="calls", baseline=900)
    with clock.at(dt.datetime(2016, 3, 1, 12, tzinfo=dt.UTC)):
        publish_case_study(harlow, title="Told in March", benefits=[promise])
    without = publish_case_study(harlow, title="Told on no day", benefits=[promise])
    Page.objects.filter(pk=without.pk).update(first_published_at=None)

    assert [each.told_in for each in known_figures(interview, {})] == ["Told in March"]


@pytest.mark.django_db
def test_nothing_that_is_typed_brings_a_page_down(interview, amina, signed_in):
    client = signed_in(amina)
    for number in range(1, 11):
        form = QUESTIONS[number - 1].form
        for rubbish in ("x" * 20_000, "\x00\u202e", "<b>", "-1", "99999999999999999999", "[]"):
            typed = dict.fromkeys(form.names(), rubbish)
            assert sent(client, interview, number, typed).status_code in {302, 422}
            for page in (number, "check"):
                assert client.get(address(interview, page)).status_code == 200
    refused = client.post(address(interview, "check"))
    assert refused.status_code == 422
    assert not CaseStudyPage.objects.exists()


@pytest.mark.django_db
def test_others_find_nothing_and_an_editor_without_a_council_is_told_where_to_write(
    interview, petra, edith, signed_in, ben
):
    for page in (1, "check", "throw-away"):
        assert signed_in(petra).get(address(interview, page)).status_code == 404
    begun = signed_in(edith).get("/case-studies/new/").content.decode()
    assert "you write for none" in begun
    assert "/case-studies/new/editor/" in begun
    assert signed_in(ben).get("/case-studies/new/").status_code == 403


@pytest.mark.django_db
def test_it_stands_in_its_authors_list_and_goes_on_where_they_stopped(interview, amina, signed_in):
    save_answers(interview, by=amina, typed=ANSWERS[2])
    client = signed_in(amina)

    assert "Fewer missed bins" in client.get("/case-studies/new/").content.decode()
    assert client.get(f"/case-studies/new/{interview.pk}/").url == address(interview, 3)
    client.post(address(interview, "throw-away"))
    assert not Interview.objects.exists()


@pytest.mark.parametrize(
    ("before", "after", "unit", "words"),
    [
        (312, 214, "calls a month", "98 fewer calls a month, 31% less."),
        (9, 61, "households", "52 more households, 578% more."),
        (20_000, 2_000, "£ a year", "£18,000 a year less, 90% less."),
        (40, 52, "%", "12 points more."),
        (410, 11, "% of calls", "399 points less."),
        (5, 5, "calls", "No change."),
        (0, 3, "calls", "3 more calls."),
        (20, "18.5", "%", "1.5 points less."),
        (20, 19, "%", "1 point less."),
        ("19.5", 20, "%", "0.5 points more."),
        (3, "4.25", "days", "1.25 more days, 42% more."),
        ("5.60", "4.12", "£ a transaction", "£1.48 a transaction less, 26% less."),
    ],
)
def test_two_figures_are_put_into_words(before, after, unit, words):
    assert change_in_words({"before": Decimal(before), "after": Decimal(after), "unit": unit}) == words


def test_a_figure_has_no_noughts_after_its_decimals():
    said = {"measure": "Take-up", "unit": "%", "before": Decimal("18.50"), "after": Decimal("20.00")}

    assert figures_in_words(said) == "Take-up: from 18.5% to 20%."
    assert figures_in_words(said | {"unit": "% of calls"}) == "Take-up: from 18.5% to 20% of calls."


@pytest.mark.parametrize(
    ("days", "words"),
    [
        ({}, "from 312 to 214 calls."),
        ({"before_on": (2025, 3, 1)}, "from 312 (March 2025) to 214 calls."),
        ({"after_on": (2025, 3, 1)}, "from 312 to 214 calls in March 2025."),
        ({"before_on": (2024, 3, 1), "after_on": (2025, 3, 1)}, "from 312 to 214 calls (March 2024 to March 2025)."),
        (
            {"before_on": (2025, 3, 1), "after_on": (2025, 3, 9)},
            "from 312 to 214 calls (1 March 2025 to 9 March 2025).",
        ),
    ],
)
def test_a_day_is_said_of_the_figure_that_was_measured_on_it(days, words):
    said = {"measure": "Calls", "before": Decimal(312), "after": Decimal(214), "unit": "calls"}

    assert figures_in_words(said | {name: dt.date(*day) for name, day in days.items()}) == f"Calls: {words}"


def test_the_summary_made_of_the_answers_has_sixty_words_at_most():
    said = {
        "problem": "Residents rang about a bin twice, " * 9,
        "what_we_did": "Dispatchers told a crew of each, " * 9,
        "after": Decimal(3),
        "unit": "calls",
    }
    said |= {"measure": "Calls by people whose bins were missed", "before": Decimal(5)}

    assert len(summary_of(said).split()) <= 60
    assert summary_of(said).endswith("Calls by people whose bins were missed: from 5 to 3 calls.")
    assert summary_of(said).startswith("Residents rang"), "what is left out is what does not fit"
    assert summary_of({"what_we_did": "- One form\n- A list in the cab"}) == "One form. A list in the cab."


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("We made:\n- one form.\n- a list in the cab.", "We made: one form, a list in the cab."),
        ("We made two things\n\n* one form;\n* a list", "We made two things: one form, a list."),
        ("- one form\n- a list\nThe crew chose them.", "One form. A list."),
        ("It is on our site.\n- crews mark streets\n- we ring back", "It is on our site."),
        ("Now it is:\n- Crews mark\n- we ring", "Now it is: Crews mark."),
        ("Bins.\n- crews mark.\n-  ;", "Bins. Crews mark."),
        ("Bins - and sacks - were missed.", "Bins - and sacks - were missed."),
        ("-", "-."),
    ],
)
def test_a_list_among_the_answers_is_a_sentence_of_the_summary(typed, said):
    assert summary_of({"what_we_did": typed}) == said


def test_lines_with_a_mark_are_a_list_wherever_they_stand():
    assert paragraphs("We made:\n- a form\n- a text & a call\nIt took a week.\n\nThen we told people.") == (
        "<p>We made:</p><ul><li>a form</li><li>a text &amp; a call</li></ul><p>It took a week.</p>"
        "<p>Then we told people.</p>"
    )
