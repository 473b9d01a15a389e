"""A decision in the editor that does not count: what was typed with it is kept, and it is said truly who decides."""

import pytest
from django.urls import reverse

from core import clock
from core.words import day_in_words
from publishing.operations import approve_case_study, return_case_study, submit_case_study
from tests.publishing.drafts import draft_of, fresh, typed
from tests.publishing.test_forms_come_back import value_of
from tests.publishing.test_two_people import approving, deciding, news_of, press

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("short_directory")]


@pytest.fixture
def waits(harlow, amina, petra, grace):
    """Waits for one of two publishers."""
    page = draft_of(harlow, amina)
    submit_case_study(page, by=amina)
    return page


@pytest.mark.parametrize(("action", "not_done"), [("approve", "Not approved"), ("reject", "Not sent back")])
def test_who_mends_and_decides_with_one_press_keeps_the_words_and_is_told_who_decides(
    action, not_done, waits, petra, signed_in
):
    said = press(signed_in(petra), waits, summary="Mended.", **deciding(action, "A word was wrong"))

    assert f"{not_done}: you wrote some of these words, so somebody else decides on them." in said[0]
    assert "“A word was wrong” Saved. With Grace Holt since today." in said[0]
    assert fresh(waits).get_latest_revision_as_object().summary == "Mended."
    assert fresh(waits).current_workflow_task_state.status == "in_progress"


def test_who_decides_on_words_that_the_tab_has_saved_is_told_who_decides(waits, petra, signed_in):
    client, loaded = signed_in(petra), waits.latest_revision_id
    edit = reverse("wagtailadmin_pages:edit", args=[waits.pk])
    saved = client.post(edit, typed(waits, summary="Mended."), headers={"Accept": "application/json"}).json()
    tab = {"loaded_revision_id": str(loaded), "overwrite_revision_id": str(saved["revision_id"])}

    said = " ".join(press(client, waits, summary="Mended.", **deciding("reject", "A word was wrong"), **tab))

    assert "Not sent back: you wrote some of these words" in said
    assert "“A word was wrong” With Grace Holt since today." in said


def test_an_editor_who_mends_news_and_approves_it_is_told_that_another_decides(edith, edgar, signed_in):
    page = news_of(edith)
    page.get_workflow().start(page, edith)
    page.summary = "Mended."
    page.save_revision(user=edgar)

    answer = signed_in(edgar).post(
        reverse("wagtailadmin_pages:edit", args=[page.pk]), {"title": page.title, **approving(page)}
    )

    said = " ".join(str(each) for each in answer.context["messages"])
    assert "Not approved: you wrote some of these words" in said
    assert "for an Alliance editor who did not write it" in said


def test_a_decision_of_an_earlier_round_is_not_why(waits, amina, petra, grace, carlos, signed_in):
    approved = f"{petra} approved it on {day_in_words(clock.today())}"
    return_case_study(waits, by=petra, reason="Say more")
    fresh(waits).current_workflow_state.resume(user=amina)

    said = " ".join(press(signed_in(amina), waits, **approving(waits)))
    assert "Not approved: it waits for somebody else. With Grace Holt or Petra Voss" in said

    fresh(waits).current_workflow_state.cancel(user=amina)
    submit_case_study(fresh(waits), by=amina)
    said = " ".join(press(signed_in(amina), waits, **approving(waits)))
    assert "sent it back" not in said
    approve_case_study(waits, by=petra)
    assert approved in " ".join(press(signed_in(grace), waits, **approving(waits)))


@pytest.mark.parametrize("reason", ["", "  ", "x" * 2001])
def test_nothing_is_sent_back_from_the_editor_without_a_reason_that_can_be_read(reason, waits, petra, signed_in):
    sent = typed(waits, summary="Mended.", **deciding("reject", reason))

    answer = signed_in(petra).post(reverse("wagtailadmin_pages:edit", args=[waits.pk]), sent)

    back = answer.content.decode()
    wrong = "Not sent back. Say what should change." if not reason.strip() else "Not sent back. "
    assert any(wrong in each for each in answer.context["form"].non_field_errors())
    assert wrong in back
    assert value_of(back, "summary") == "Mended."
    assert fresh(waits).current_workflow_task_state.status == "in_progress"


def test_what_was_typed_comes_back_where_others_changed_the_page_and_a_second_press_decides_no_more(
    waits, petra, grace, signed_in
):
    shown = str(waits.latest_revision_id)
    waits.summary = "Of Grace."
    newer = waits.save_revision(user=grace)
    edit = reverse("wagtailadmin_pages:edit", args=[waits.pk])
    sent = typed(waits, summary="Of Petra.", **deciding("approve", "Fine"), loaded_revision_id=shown)
    client = signed_in(petra)

    for _ in range(2):
        back = client.post(edit, sent).content.decode()
        assert f"Not approved: {grace} changed it since you opened it." in back
        assert "“Fine”" in back
        assert value_of(back, "summary") == "Of Petra."
        sent["loaded_revision_id"] = value_of(back, "loaded_revision_id")

    assert sent["loaded_revision_id"] == shown
    assert fresh(waits).latest_revision == newer
    assert fresh(waits).current_workflow_task_state.status == "in_progress"
    assert client.post(edit, sent, headers={"Accept": "application/json"}).json()["error_code"] == "invalid_revision"


@pytest.mark.parametrize("shown", ["x", "9" * 30, "-1", "0"])
def test_a_version_that_no_form_showed_is_no_fault(shown, waits, petra, signed_in):
    sent = typed(waits, **approving(waits), loaded_revision_id=shown)

    answer = signed_in(petra).post(reverse("wagtailadmin_pages:edit", args=[waits.pk]), sent)

    assert answer.status_code == 200
    assert "changed it since you opened it" in answer.content.decode()
