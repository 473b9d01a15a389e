"""What the editor says is plain: who has a page, what became of it, what a button does, and which promise is whose."""

import datetime as dt
import re

import pytest
from django.urls import reverse

from core import clock
from publishing.forms import CaseStudyForm
from publishing.models import CaseStudyPage
from publishing.operations import approve_case_study, return_case_study, submit_case_study
from publishing.standing import standing
from tests.factories.assets_registry import AssetFactory
from tests.factories.projects import ProjectFactory
from tests.factories.publishing import publish_case_study, publish_news
from tests.factories.take_up import AdoptionFactory, BenefitFactory
from tests.publishing.drafts import draft_of, fresh, typed
from tests.publishing.test_two_people import news_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("short_directory")]


def account_of(person, signed_in) -> str:
    return signed_in(person).get("/account/").content.decode()


def week_of(person, signed_in) -> str:
    return signed_in(person).get("/").content.decode()


def editing(client, page) -> str:
    return client.get(reverse("wagtailadmin_pages:edit", args=[page.pk])).content.decode()


def test_the_authors_account_says_with_whom_a_case_study_is(harlow, amina, petra, edith, signed_in):
    draft = draft_of(harlow, amina)
    assert "With its authors: nobody has been asked to approve it yet." in account_of(amina, signed_in)

    submit_case_study(draft, by=amina)
    assert "Of Harlow. With Petra Voss since today." in account_of(amina, signed_in)
    approve_case_study(draft, by=petra)
    assert "Of Harlow. With Edith Moss since today." in account_of(amina, signed_in)
    return_case_study(draft, by=edith, reason="Which year?")
    assert "Sent back" in account_of(amina, signed_in)
    why = "With Amina Shah since today. Edith Moss asked for changes: “Which year?”"
    assert why in account_of(amina, signed_in)
    assert why in editing(signed_in(amina), draft)


def test_an_editors_account_says_with_whom_their_news_is(edith, edgar, amina, signed_in):
    news = news_of(edith)
    news.get_workflow().start(news, edith)

    assert "With Edgar Lowe since today." in account_of(edith, signed_in)
    assert "News being written" not in account_of(amina, signed_in)


def test_a_page_that_was_taken_off_the_site_says_when_and_by_whom(harlow, amina, edith, signed_in):
    page = publish_case_study(harlow)
    signed_in(edith).post(reverse("wagtailadmin_pages:unpublish", args=[page.pk]))
    today = f"{clock.today():%-d %B %Y}"

    assert standing(page) == f"Taken off the site on {today}, by Edith Moss."
    assert f"Taken off the site on {today}, by Edith Moss." in account_of(amina, signed_in)
    assert "Taken off the site on" in editing(signed_in(edith), page)


def test_a_page_whose_time_was_over_says_so():
    page = publish_news(title="Over", published_on=dt.date(2015, 1, 1))
    page.unpublish(set_expired=True, log_action="wagtail.unpublish.scheduled")

    assert standing(page).endswith(": its time was over.")


def test_the_buttons_of_the_editing_page_say_what_they_do(harlow, amina, petra, signed_in):
    draft = draft_of(harlow, amina)
    assert "Submit for approval" in editing(signed_in(amina), draft)

    submit_case_study(draft, by=amina)
    waits = editing(signed_in(amina), draft)
    assert 0 < waits.index("Waits for approval") < waits.index("Take it back")  # nothing is the main button there
    assert "Whoever is asked to approve it can change it meanwhile" in waits

    return_case_study(fresh(draft), by=petra, reason="Which year?")
    again = editing(signed_in(amina), draft)
    assert "Submit it again" in again
    assert "Submit it to every step again" not in again
    for words in ("Submit to", "Cancel workflow", "Page locked", "Restart workflow", "Resubmit"):
        assert words not in waits + again


def buttons_of(client, page) -> list[str]:
    """The buttons at the foot of the editing page in their order: the first, unseen, saves; then the main one."""
    foot = editing(client, page).partition('<footer class="footer')[2].partition("</footer>")[0]
    found = re.findall(r"<(?:button|a)\b[^>]*>(.*?)</(?:button|a)>", foot, re.DOTALL)
    words = (" ".join(re.sub(r"<[^>]*>", " ", each).split()) for each in found)
    return [each for each in words if each]


def test_the_main_button_is_what_the_reader_is_there_for(harlow, amina, petra, edith, signed_in):
    draft = draft_of(harlow, amina)
    assert buttons_of(signed_in(amina), draft)[:2] == ["Save draft", "Submit for approval"]

    submit_case_study(draft, by=amina)
    both = ["Save draft", "Ask for changes", "Approve for the council"]
    assert buttons_of(signed_in(petra), draft)[:3] == both
    approve_case_study(fresh(draft), by=petra)
    assert buttons_of(signed_in(edith), draft)[:3] == ["Save draft", "Ask for changes", "Approve and publish"]
    return_case_study(fresh(draft), by=edith, reason="Which year?")
    assert buttons_of(signed_in(amina), draft)[1] == "Submit it again"


def test_the_two_decisions_stand_apart_and_only_approving_is_the_main_one(harlow, amina, petra, signed_in):
    draft = draft_of(harlow, amina)
    submit_case_study(draft, by=amina)

    foot = editing(signed_in(petra), draft).partition('<footer class="footer')[2].partition("</footer>")[0]
    side_by_side = foot.partition("w-gap-2")[2]
    found = re.findall(r'<button class="([^"]*)" data-workflow-action-name="(\w+)"', side_by_side)
    assert found == [("button button-secondary", "reject"), ("button", "approve")]


def test_what_was_sent_back_is_not_taken_back_so_that_what_should_change_stays(harlow, amina, petra, signed_in):
    draft, client = draft_of(harlow, amina), signed_in(amina)
    submit_case_study(draft, by=amina)
    assert "Take it back" in buttons_of(client, draft)
    return_case_study(fresh(draft), by=petra, reason="Which year?")
    assert "Take it back" not in buttons_of(client, draft)

    address = reverse("wagtailadmin_pages:edit", args=[draft.pk])
    late = client.post(address, typed(fresh(draft), **{"action-cancel-workflow": "1"}), follow=True).content.decode()

    assert "Not taken back: Petra Voss sent it back on" in late
    assert "Petra Voss asked for changes: “Which year?”" in standing(draft)


def test_what_waits_is_called_by_what_is_asked(harlow, amina, petra, edith, edgar, signed_in):
    draft, news = draft_of(harlow, amina), news_of(edith)
    submit_case_study(draft, by=amina)
    assert "Case study of Harlow to approve for your council, handed in by Amina Shah." in week_of(petra, signed_in)

    approve_case_study(draft, by=petra)
    news.get_workflow().start(news, edith)
    shown = week_of(edgar, signed_in)
    assert "Case study of Harlow to approve and publish" in shown
    assert "News to approve and publish" in shown


def test_benefits_are_told_apart_by_what_and_whose_they_are(harlow, surrey, amina):
    titles = {"title": "Saving, all councils in scope"}
    BenefitFactory(project=ProjectFactory(title="Care calculator", lead_council=harlow), **titles)
    BenefitFactory(project=ProjectFactory(title="Bin days", lead_council=surrey), **titles)
    asset = AssetFactory(name="Waste API")
    BenefitFactory(project=None, adoption=AdoptionFactory(asset=asset, council=surrey), **titles)
    hidden = AdoptionFactory(asset=asset, may_be_listed=False)  # its council does not want to be named
    BenefitFactory(project=None, adoption=hidden, **titles)

    form = CaseStudyPage.get_edit_handler().get_form_class()(instance=CaseStudyPage(), for_user=amina)

    assert isinstance(form, CaseStudyForm)
    assert sorted(label for _, label in form.fields["benefits"].choices) == [
        "Saving, all councils in scope: Bin days, Surrey",
        "Saving, all councils in scope: Care calculator, Harlow",
        "Saving, all councils in scope: Waste API, Surrey",
    ]


def test_the_list_of_case_studies_offers_whoever_may_write_one_a_way_to_it(client, amina, ben, edith, signed_in):
    assert "/case-studies/new/" not in client.get("/case-studies/").content.decode()
    assert "/case-studies/new/" not in signed_in(ben).get("/case-studies/").content.decode()
    for person in (amina, edith):
        assert "/case-studies/new/" in signed_in(person).get("/case-studies/").content.decode()
        assert signed_in(person).get("/case-studies/new/").status_code == 200


def test_an_editor_finds_the_way_to_the_pages_when_nothing_waits(edith, amina, signed_in):
    assert f'href="{reverse("wagtailadmin_home")}"' in account_of(edith, signed_in)
    assert "Write and approve pages" not in account_of(amina, signed_in)
