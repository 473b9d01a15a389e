"""Case studies and news that are withdrawn or taken off the site: who may, and what their address says then."""

import datetime as dt

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse
from django.utils.formats import date_format
from wagtail.models import PageViewRestriction

from audit.models import AuditEvent
from core import clock
from core.errors import Refused
from publishing.models import CaseStudyPage
from publishing.operations import withdraw_case_study
from tests.factories.publishing import picture_of, publish_case_study, publish_news
from tests.publishing.bodies import body
from tests.publishing.drafts import draft_of

pytestmark = pytest.mark.django_db


def test_a_withdrawn_case_study_keeps_its_address_and_says_why_but_not_what(client, harlow, publisher):
    page = publish_case_study(harlow, title="Too good", summary="We saved a million.")

    withdraw_case_study(page, by=publisher, reason="The figures were wrong.")

    shown = body(client.get(page.url))
    assert "The figures were wrong." in shown
    assert "We saved a million." not in shown
    assert "Too good" not in body(client.get("/case-studies/"))
    assert AuditEvent.objects.filter(action="publishing.case_study_withdrawn", by=publisher).exists()


@pytest.mark.parametrize(
    ("accept", "status"),
    [("application/json", 410), ("text/html,application/xhtml+xml,*/*;q=0.8", 200), ("*/*", 200), (None, 200)],
)
def test_a_program_that_asks_for_a_withdrawn_case_study_is_told_that_it_is_gone(
    client, harlow, publisher, accept, status
):
    page = publish_case_study(harlow, title="Too good", summary="We saved a million.")
    asked = {"Accept": accept} if accept else {}
    assert client.get(page.url, headers=asked).status_code == 200
    withdraw_case_study(page, by=publisher, reason="The figures were wrong.")

    answer = client.get(page.url, headers=asked)

    assert answer.status_code == status
    assert "We saved a million." not in answer.content.decode()
    if status == 410:
        assert answer.json() == {"withdrawn_on": clock.today().isoformat(), "reason": "The figures were wrong."}
        assert "Accept" in answer.headers["Vary"]


def test_a_program_is_not_answered_with_the_copy_that_a_reader_left(client, settings, harlow, publisher):
    settings.PAGES_KEPT_SECONDS = 60
    page = publish_case_study(harlow)
    withdraw_case_study(page, by=publisher, reason="Wrong.")

    assert client.get(page.url).status_code == 200
    assert client.get(page.url, headers={"Accept": "application/json"}).status_code == 410


def test_an_older_version_does_not_bring_a_withdrawn_case_study_back(harlow, publisher):
    page = publish_case_study(harlow)
    older = page.latest_revision
    withdraw_case_study(page, by=publisher, reason="Wrong.")

    older.publish()

    assert CaseStudyPage.objects.get(pk=page.pk).is_withdrawn


@pytest.mark.parametrize("who", ["amina", "carlos", "ben", "fatima"])
def test_only_its_publisher_or_an_editor_withdraws_it(harlow, who, request):
    page = publish_case_study(harlow)

    with pytest.raises(PermissionDenied):
        withdraw_case_study(page, by=request.getfixturevalue(who), reason="Because.")


def test_a_withdrawn_case_study_takes_its_picture_off_the_site(client, harlow, publisher):
    shown = picture_of(harlow)
    page = publish_case_study(harlow, picture=shown)
    html = client.get(page.url).content.decode()
    sizes = [one.url for one in shown.renditions.all()]
    assert sizes
    assert sizes[0] in html

    withdraw_case_study(page, by=publisher, reason="Somebody is on it who did not agree.")

    assert {client.get(size).status_code for size in sizes} == {404}


def test_no_search_engine_keeps_a_withdrawn_case_study(client, harlow, publisher):
    page, noindex = publish_case_study(harlow), '<meta name="robots" content="noindex">'
    assert noindex not in client.get(page.url).content.decode()

    withdraw_case_study(page, by=publisher, reason="Wrong.")

    assert noindex in client.get(page.url).content.decode()


@pytest.mark.parametrize("action", ["check/", "check/1/", "still-running/"])
def test_a_link_in_a_mail_about_a_withdrawn_case_study_leads_to_what_became_of_it(
    signed_in, ben, harlow, publisher, action
):
    page = publish_case_study(harlow)
    withdraw_case_study(page, by=publisher, reason="The figures were wrong.")
    client = signed_in(ben)

    for answer in (
        client.get(f"{page.url}{action}", follow=True),
        client.post(f"{page.url}{action}", {"is_right": "yes"}, follow=True),
    ):
        assert answer.redirect_chain == [(page.url, 302)]
        assert "The figures were wrong." in body(answer)


def test_withdrawing_needs_a_reason(harlow, edith):
    with pytest.raises(Refused, match="reason"):
        withdraw_case_study(publish_case_study(harlow), by=edith, reason=" \u202e ")


def test_withdrawing_happens_on_a_page_that_keeps_what_was_typed(signed_in, harlow, publisher):
    page = publish_case_study(harlow)
    address = reverse("publishing:withdraw", args=[page.slug])
    client = signed_in(publisher)

    sent_empty = client.post(address, {"reason": ""})
    assert sent_empty.status_code == 422
    assert "Enter the reason" in sent_empty.content.decode()
    assert client.post(address, {"reason": "Wrong figures."}).url == page.url
    assert "Wrong figures." in body(client.get(page.url))


def test_an_address_that_was_once_public_says_since_when_it_is_no_more_and_not_what_it_said(client, harlow):
    case_study = publish_case_study(harlow)
    news = publish_news(title="Thirty councils", published_on=dt.date(2014, 1, 1))
    for page in (case_study, news):
        page.unpublish()

    for address, title in ((case_study.url, case_study.title), (news.url, news.title)):
        answer = client.get(address)
        shown = answer.content.decode()

        assert answer.status_code == 410
        assert f"It stood here until {date_format(clock.today(), 'j F Y')}" in shown
        assert title not in shown
    assert "What we got wrong" not in body(client.get("/case-studies/"))


def test_a_restricted_page_that_was_taken_down_tells_strangers_nothing(client):
    page = publish_news(published_on=dt.date(2014, 1, 1))
    PageViewRestriction.objects.create(page=page, restriction_type="login")
    page.unpublish()

    assert client.get(page.url).status_code == 302


def test_the_trail_names_whoever_took_a_page_off_the_site(signed_in, edith):
    page = publish_news(published_on=dt.date(2014, 1, 1))

    signed_in(edith).post(reverse("wagtailadmin_pages:unpublish", args=[page.pk]))

    line = AuditEvent.objects.get(action="publishing.unpublished")
    assert (line.by, line.about) == (edith, page.title)


def test_a_withdrawn_case_study_says_so_on_its_editing_page(signed_in, harlow, amina, publisher):
    page = publish_case_study(harlow)
    withdraw_case_study(page, by=publisher, reason="The figures were wrong.")

    shown = body(signed_in(amina).get(reverse("wagtailadmin_pages:edit", args=[page.pk])))

    assert "<strong>Withdrawn.</strong>" in shown
    assert "The figures were wrong." in shown
    assert CaseStudyPage.objects.get(pk=page.pk).status_string == "withdrawn"


def test_what_was_public_is_not_deleted_by_editors(signed_in, harlow, amina, edith):
    public = [publish_case_study(harlow), publish_news(published_on=dt.date(2014, 1, 1))]
    draft = draft_of(harlow, amina)

    assert not any(page.permissions_for_user(edith).can_delete() for page in public)
    assert draft.permissions_for_user(edith).can_delete()
