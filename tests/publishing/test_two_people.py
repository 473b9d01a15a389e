"""Whoever wrote the words does not approve them alone, no change is no change, and each message says who has it."""

import datetime as dt
import json

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse
from django.utils import timezone
from wagtail.models import TaskState

from accounts.roles import Role
from core import clock
from core.words import day_in_words
from publishing.models import NewsIndexPage, NewsPage
from publishing.operations import approve_case_study, return_case_study, submit_case_study
from publishing.permissions import waiting_case_studies
from publishing.standing import standing
from tests.factories.accounts import give_role
from tests.publishing.blocks import posted_blocks
from tests.publishing.drafts import draft_of, fresh, typed

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("short_directory")]


def news_of(editor, title="Met in Leeds") -> NewsPage:
    page = NewsPage(title=title, summary="They met.", body="<p>They met.</p>", owner=editor, live=False)
    page.published_on = dt.date(2015, 1, 1)
    NewsIndexPage.objects.get().add_child(instance=page)
    page.save_revision(user=editor)
    return page


def press(client, page, **pressed):
    answer = client.post(reverse("wagtailadmin_pages:edit", args=[page.pk]), typed(page, **pressed), follow=True)
    assert answer.status_code == 200
    return [str(message) for message in answer.context["messages"]]


def deciding(action, comment=""):
    return {
        "action-workflow-action": "1",
        "workflow-action-name": action,
        "workflow-action-extra-data": json.dumps({"comment": comment}),
    }


def approving(page):
    return deciding("approve")


def test_a_publisher_does_not_approve_at_the_councils_step_what_she_wrote(harlow, amina, petra, grace):
    draft = draft_of(harlow, petra)
    submit_case_study(draft, by=amina)  # whoever submits it has not written it

    with pytest.raises(PermissionDenied):
        approve_case_study(draft, by=petra)
    assert [waiting_case_studies(person).count() for person in (petra, grace)] == [0, 1]
    assert standing(draft) == "With Grace Holt since today."

    approve_case_study(draft, by=grace)
    assert fresh(draft).current_workflow_task.name == "Alliance editor"


def test_a_change_of_her_own_makes_her_a_writer_too(harlow, amina, petra, grace):
    draft = draft_of(harlow, amina)
    draft.summary = "Better words."
    draft.save_revision(user=petra)
    submit_case_study(draft, by=amina)

    with pytest.raises(PermissionDenied):
        approve_case_study(draft, by=petra)


def test_where_a_council_has_one_publisher_the_editors_step_is_the_second_pair(harlow, petra, edith):
    give_role(petra, Role.EDITOR)
    draft = draft_of(harlow, petra)
    submit_case_study(draft, by=petra)
    approve_case_study(draft, by=petra)

    with pytest.raises(PermissionDenied):
        approve_case_study(draft, by=petra)
    approve_case_study(draft, by=edith)

    assert fresh(draft).live


def test_an_editors_words_are_approved_by_the_council_and_then_by_herself(harlow, petra, edith):
    draft = draft_of(harlow, edith)
    submit_case_study(draft, by=edith)
    approve_case_study(draft, by=petra)
    approve_case_study(draft, by=edith)

    assert fresh(draft).live


def test_news_is_published_by_another_editor_than_its_writer(edith, edgar, signed_in):
    page = news_of(edith)
    assert [page.permissions_for_user(editor).can_publish() for editor in (edith, edgar)] == [False, True]

    page.get_workflow().start(page, edith)
    task = NewsPage.objects.get(pk=page.pk).current_workflow_task
    assert [task.may_decide(page, editor) for editor in (edith, edgar)] == [False, True]
    assert standing(page) == "With Edgar Lowe since today."


def test_whoever_begins_a_page_does_not_publish_it_in_the_same_breath(edith, signed_in):
    parent = NewsIndexPage.objects.get()
    said = {"title": "Mine", "slug": "mine", "published_on": "2015-01-01", "summary": "x", "action-publish": "1"}
    said |= posted_blocks(("quote", {"words": "We met.", "who": "A councillor", "source": ""}))
    said |= {f"comments-{name}_FORMS": "0" for name in ("TOTAL", "INITIAL", "MIN_NUM", "MAX_NUM")}

    signed_in(edith).post(reverse("wagtailadmin_pages:add", args=["publishing", "newspage", parent.pk]), said)

    assert not NewsPage.objects.get(slug="mine").live


def test_whoever_changes_and_publishes_at_once_is_told_to_ask_somebody(harlow, amina, edith, signed_in):
    draft = draft_of(harlow, amina)

    said = press(signed_in(edith), draft, summary="My own words.", **{"action-publish": "1"})

    assert "you wrote these words" in said[0]
    assert not fresh(draft).live
    assert fresh(draft).get_latest_revision().user == edith


def test_saving_nothing_makes_no_version_and_keeps_the_approval(harlow, amina, petra, edith, signed_in):
    draft = draft_of(harlow, amina)
    press(signed_in(amina), draft)  # the words as the form writes them
    submit_case_study(fresh(draft), by=amina)
    before = fresh(draft).latest_revision_id
    approve_case_study(fresh(draft), by=petra)
    client = signed_in(edith)
    same = typed(draft)

    said = press(client, draft, **same)
    assert fresh(draft).latest_revision_id == before
    assert "Nothing was changed. With Edith Moss since today." in said[0]

    press(client, draft, **same, **approving(draft))
    assert fresh(draft).live


def test_a_real_change_says_whom_it_goes_back_to(harlow, amina, petra, edith, signed_in):
    draft = draft_of(harlow, amina)
    submit_case_study(draft, by=amina)
    approve_case_study(draft, by=petra)
    client = signed_in(edith)

    said = press(client, draft, summary="Changed by the editor.")
    assert "on your approval it goes back to Petra Voss" in said[0]

    said = press(client, draft, summary="Changed by the editor.", **approving(draft))
    assert "You changed words that had been approved, so it goes back. With Petra Voss since today." in said[0]
    assert not fresh(draft).live


def test_each_message_says_who_has_it_now(harlow, amina, petra, grace, signed_in):
    draft = draft_of(harlow, amina)
    client = signed_in(amina)

    assert "With its authors" in press(client, draft, summary="New.")[0]
    said = press(client, draft, summary="New.", **{"action-submit": "1"})
    assert "With Grace Holt or Petra Voss since today." in said[0]
    assert "has been" not in said[0]
    shown = client.get(reverse("wagtailadmin_pages:edit", args=[draft.pk])).content.decode()
    assert "With Grace Holt or Petra Voss since today." in shown


def test_what_is_done_with_in_the_editor_leads_to_the_page_or_to_what_waits(harlow, amina, petra, edith, signed_in):
    draft = draft_of(harlow, amina)
    edit = reverse("wagtailadmin_pages:edit", args=[draft.pk])

    def leads_to(person, **pressed):
        return signed_in(person).post(edit, typed(fresh(draft), **pressed)).url

    assert leads_to(amina) == edit
    assert leads_to(amina, **{"action-submit": "1"}) == "/account/"
    assert leads_to(petra, **approving(draft)) == "/"
    assert leads_to(edith, **approving(draft)) == fresh(draft).get_url() == "/case-studies/fewer-missed-bins/"
    assert signed_in(edith).get("/case-studies/fewer-missed-bins/").status_code == 200


def test_the_secretariat_enters_the_admin_and_is_not_told_to_ask_itself(sunita, ben, signed_in):
    client = signed_in(sunita)
    assert client.get(reverse("wagtailadmin_home")).status_code == 200
    assert client.get(reverse("wagtailadmin_explore", args=[NewsIndexPage.objects.get().pk])).status_code == 200
    refused = client.get("/case-studies/new/")
    assert refused.status_code == 403
    assert "secretariat" not in refused.content.decode().split("<main", 1)[1].split("</main>")[0]

    assert "or the secretariat" in signed_in(ben).get(reverse("wagtailadmin_home")).content.decode()


def test_the_content_checker_listens_in_the_preview_alone_and_says_when_it_has_not_run(harlow, edith, signed_in):
    page = news_of(edith)
    client = signed_in(edith)

    shown = client.get(reverse("wagtailadmin_pages:edit", args=[page.pk])).content.decode()
    assert "data-content-checker-count>not run yet<" in shown
    draft = draft_of(harlow, edith)
    address = reverse("wagtailadmin_pages:preview_on_edit", args=[draft.pk])
    client.post(address, typed(draft))
    assert "<wagtail-userbar>" in client.get(f"{address}?in_preview_panel=true&mode=").content.decode()
    assert "<wagtail-userbar>" not in client.get("/news/").content.decode()


def in_an_hour() -> dict[str, str]:
    """What the form posts for a page that is to come later."""
    return {"go_live_at": f"{timezone.localtime(clock.now() + dt.timedelta(hours=1)):%Y-%m-%d %H:%M}"}


def test_setting_a_time_changes_no_words_and_keeps_the_councils_approval(harlow, amina, petra, edith, signed_in):
    draft = draft_of(harlow, amina)
    press(signed_in(amina), draft)  # the words as the form writes them
    submit_case_study(fresh(draft), by=amina)
    approve_case_study(fresh(draft), by=petra)
    client = signed_in(edith)
    later = in_an_hour()

    said = press(client, draft, **later)
    assert "Saved. With Edith Moss since today." in said[0]

    said = press(client, draft, **later, **approving(draft))
    assert "goes back" not in said[0]
    assert "It will be published on" in said[0]
    assert fresh(draft).status_string == "scheduled"


def test_a_time_together_with_other_words_goes_back_to_the_council(harlow, amina, petra, edith, signed_in):
    draft = draft_of(harlow, amina)
    submit_case_study(draft, by=amina)
    approve_case_study(draft, by=petra)

    said = press(signed_in(edith), draft, summary="Changed by the editor.", **in_an_hour())

    assert "on your approval it goes back to Petra Voss" in said[0]


def test_words_that_were_approved_are_not_written_over_in_their_own_version(harlow, amina, petra, edith, signed_in):
    draft = draft_of(harlow, edith)
    submit_case_study(draft, by=amina)
    approve_case_study(draft, by=petra)
    approved = fresh(draft).latest_revision_id
    over = {"overwrite_revision_id": str(approved)}

    said = press(signed_in(edith), draft, summary="Changed in secret.", **over)

    assert fresh(draft).latest_revision_id != approved
    assert "on your approval it goes back to Petra Voss" in said[0]


@pytest.mark.parametrize(("action", "not_done"), [("approve", "Not approved"), ("reject", "Not sent back")])
def test_from_an_old_tab_nothing_is_decided_twice_and_it_says_who_decided_when(
    action, not_done, harlow, amina, petra, grace, edith, edgar, signed_in
):
    draft = draft_of(harlow, amina)
    submit_case_study(draft, by=amina)
    approve_case_study(draft, by=petra)

    said = " ".join(press(signed_in(grace), draft, **deciding(action, "Say more")))
    assert f"{not_done}: {petra} approved it on {day_in_words(clock.today())}" in said
    approve_case_study(draft, by=edith)
    said = press(signed_in(edgar), draft, **deciding(action, "Say more"))

    assert len(said) == 1
    assert f"{not_done}: {edith} approved it on {day_in_words(clock.today())}" in said[0]
    assert fresh(draft).live
    assert not fresh(draft).workflow_in_progress


def test_what_was_sent_back_or_taken_back_is_not_approved_from_an_old_tab(harlow, amina, petra, edith, signed_in):
    draft = draft_of(harlow, amina)
    submit_case_study(draft, by=amina)
    return_case_study(draft, by=petra, reason="Say more")
    assert f"Not approved: {petra} sent it back on" in press(signed_in(petra), draft, **approving(draft))[0]

    page = draft_of(harlow, amina, title="Another")
    submit_case_study(page, by=amina)
    page.current_workflow_state.cancel(user=amina)
    assert "Not approved: it was taken back meanwhile" in press(signed_in(petra), page, **approving(page))[0]


def test_what_waits_already_is_not_submitted_again_and_what_is_decided_not_taken_back(
    harlow, amina, petra, grace, edith, signed_in
):
    draft = draft_of(harlow, amina)
    submit_case_study(draft, by=amina)
    other = draft_of(harlow, amina, title="Another")
    submit_case_study(other, by=amina)
    for person, page in ((amina, draft), (grace, other)):  # closed to the one, open to the other
        said = press(signed_in(person), page, **{"action-submit": "1"})
        assert "Not submitted: it waits for approval already." in " ".join(said)
        assert not any("Submitted." in each for each in said)

    approve_case_study(draft, by=petra)
    approve_case_study(draft, by=edith)
    said = press(signed_in(amina), draft, **{"action-cancel-workflow": "1"})

    assert f"Not taken back: {edith} approved it on" in said[0]


def test_nobody_decides_on_words_that_were_changed_since_they_opened_them(harlow, amina, petra, grace, signed_in):
    draft = draft_of(harlow, amina)
    submit_case_study(draft, by=amina)
    shown = draft.latest_revision_id
    draft.summary = "Newer words."
    newer = draft.save_revision(user=grace)

    said = press(signed_in(petra), draft, **deciding("reject", "Say more"), loaded_revision_id=str(shown))
    assert f"Not sent back: {grace} changed it since you opened it." in said[0]
    assert "“Say more”" in said[0]
    assert fresh(draft).current_workflow_task_state.status == "in_progress"
    assert fresh(draft).latest_revision == newer

    done = press(signed_in(petra), fresh(draft), **approving(draft), loaded_revision_id=str(newer.pk))
    assert "changed it since" not in done[0]
    assert TaskState.objects.get(finished_by=petra).status == "approved"
